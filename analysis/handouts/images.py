"""A figure as a picture, drawn by Kaleido in a Chromium that stays open: only the first picture waits for it."""

import base64
import shutil
import threading
from typing import Any, Literal

from analysis.settings import ROOT

Format = Literal["png", "svg"]
SCALE = 2
"""Pixels of a PNG for each pixel of the figure: sharp in print and on a stage."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
WEIGHTS = (400, 600)

_starting = threading.Lock()
_is_started = False


class NoBrowser(Exception):
    """There is no Chromium or Chrome to draw with."""


def image(figure: Any, form: Format) -> bytes:
    """The figure as PNG, or as SVG with its typeface inside. It has a width and a height of its own.

    Raises ``NoBrowser`` where neither Chromium nor Chrome is installed. A PNG is in IBM Plex Sans where the machine has
    it installed, and else in its own sans serif.
    """
    import kaleido

    _start()
    drawn: bytes = kaleido.calc_fig_sync(figure, opts={"format": form, "scale": SCALE if form == "png" else 1})
    return drawn if form == "png" else _with_typeface(drawn)


def _start() -> None:
    global _is_started
    import kaleido
    from choreographer.errors import ChromeNotFoundError

    with _starting:
        if _is_started:
            return
        found = next(filter(None, map(shutil.which, BROWSERS)), None)
        try:
            kaleido.start_sync_server(n=1, mathjax=False, path=found)
        except ChromeNotFoundError as error:
            raise NoBrowser from error
        _is_started = True


def _with_typeface(svg: bytes) -> bytes:
    """The picture with the letters it is set in, so that it looks the same wherever it is opened."""
    faces = []
    for weight in WEIGHTS:
        font = (ROOT / "static" / "fonts" / f"ibm-plex-sans-latin-{weight}-normal.woff2").read_bytes()
        data = base64.b64encode(font).decode()
        faces.append(
            f"@font-face{{font-family:'IBM Plex Sans';font-weight:{weight};"
            f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    start = svg.index(b">") + 1
    return svg[:start] + f"<style>{''.join(faces)}</style>".encode() + svg[start:]
