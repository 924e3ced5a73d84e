"""What a browser may load and run: what this server sends, and nothing else."""

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
    """The policy. A story's page, which a browser makes of its own memory, inherits it from the page that opens it.

    No inline script runs but those known here, by their digests. Streamlit loads the scripts of components as
    ``blob:``, and its numbers of 64 bits are WebAssembly; it and Plotly set styles from everywhere.
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
