"""Content security policy: the browser may load and run only content from this server."""

import base64
import hashlib
import re
from collections.abc import Iterable

from analysis.exports.scripts import engine_script, stage_script
from analysis.i18n import LANGUAGES
from analysis.web.compat import static_folder
from analysis.web.page_scripts import FIT_CHARTS_TO_PAPER, GO_ON, REMEMBER_THE_WAY, page_language

_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def content_security_policy() -> str:
    """Return the policy. The page of a story, which the browser opens from memory, inherits it from its opener.

    Only known inline scripts run, identified by digest. Streamlit loads the scripts of components as ``blob:``, and
    uses WebAssembly for 64-bit numbers. Streamlit and Plotly set styles everywhere.
    """
    digests = " ".join(f"'sha256-{_digest(script)}'" for script in _inline_scripts())
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' blob: 'wasm-unsafe-eval' {digests}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _inline_scripts() -> Iterable[str]:
    yield from _INLINE.findall((static_folder() / "index.html").read_text("utf-8"))
    yield from map(page_language, LANGUAGES)
    yield from (FIT_CHARTS_TO_PAPER, REMEMBER_THE_WAY, GO_ON)
    yield engine_script()
    yield stage_script()


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
