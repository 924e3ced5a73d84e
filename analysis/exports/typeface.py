"""The program's typeface, for exports."""

import base64
import tomllib
from functools import cache

from analysis.config import ROOT


@cache
def typeface() -> str:
    """Return a style sheet with the typeface of the pages embedded."""
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    faces = []
    for face in settings["theme"]["fontFaces"]:
        letters = base64.b64encode((ROOT / "pages" / face["url"].removeprefix("app/")).read_bytes()).decode()
        faces.append(
            f"@font-face{{font-family:'{face['family']}';font-weight:{face['weight']};font-style:{face['style']};"
            f"unicode-range:{face['unicodeRange']};src:url(data:font/woff2;base64,{letters})format('woff2')}}"
        )
    return "".join(faces)
