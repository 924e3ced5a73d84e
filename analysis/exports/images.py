"""Figures as pictures and pages as PDF, by Kaleido's Chromium, which stays open: only the first waits for it."""

import asyncio
import atexit
import base64
import tempfile
import threading
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from choreographer.browsers.chromium import Chromium
from kaleido import Kaleido, PageGenerator

from analysis.exports.typeface import typeface

Format = Literal["png", "svg"]
SCALE = 2
"""Pixels of a PNG for each pixel of the figure: sharp in print and on a stage."""
SECONDS = 60
"""The longest that Chromium may take to start, or to draw one picture."""
NOBODY = "127.0.0.1:9"
"""A proxy that does not answer. Chromium by itself asks its maker for news, and here nothing may leave the machine."""

_EMBEDDING = """
const measured = Plotly.toImage, written = XMLSerializer.prototype.serializeToString;
Plotly.toImage = async (...asked) => {
    await Promise.all([...document.fonts].map(face => face.load()));
    return measured(...asked);
};
XMLSerializer.prototype.serializeToString = function (drawing) {
    const typeface = document.getElementById("typeface").outerHTML;
    return written.call(this, drawing).replace(">", () => ">" + typeface);
};
"""
"""Wait for the typeface before texts are measured, and put it into the SVG, from which Plotly also makes the PNG."""

_READY = """new Promise(done => {
    const look = () => document.body?.dataset.ready ? done() : setTimeout(look, 20);
    look();
})"""


class NoBrowser(Exception):
    """There is no Chromium, Chrome or Edge to draw with."""


def can_draw() -> bool:
    """Whether there is a browser to draw with."""
    found = Chromium.find_browser(skip_local=False)
    return found is not None and Path(found).is_file()


def image(figure: Any, form: Format) -> bytes:
    """The figure as PNG, or as SVG with its typeface inside. It has a width and a height of its own.

    Pictures are drawn one after the other, whoever asks. Raises ``NoBrowser`` where no browser is installed, and
    ``TimeoutError`` where it does not answer.
    """
    with _one_at_a_time:
        browser = _started()
        try:
            return browser.picture(figure, {"format": form, "scale": SCALE if form == "png" else 1})
        except BaseException:
            _close()  # Whatever went wrong, the next picture has a new one.
            raise


def paper(page: str) -> bytes:
    """The HTML page as PDF, on the paper that its style asks for. The page says ``data-ready`` when all is drawn.

    Raises as ``image`` does.
    """
    with _one_at_a_time, tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, "utf-8")
        browser = _started()
        try:
            return browser.paper(file.as_uri())
        except BaseException:
            _close()
            raise


def get_ready() -> None:
    """Start the browser in the background, where there is one: whatever is asked for next does not wait for it."""

    def start() -> None:
        with _one_at_a_time, suppress(NoBrowser, TimeoutError):
            _started()

    threading.Thread(target=start, name="getting ready", daemon=True).start()


def close() -> None:
    """Close the browser; the next picture starts another."""
    with _one_at_a_time:
        _close()


class _Browser:
    """Kaleido's Chromium, and a thread for its event loop.

    Kaleido's own server for this waits forever where there is no browser or it has ended, and when two ask at once it
    may give one the other's picture.
    """

    def __init__(self) -> None:
        if not can_draw():
            raise NoBrowser
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="pictures", daemon=True).start()
        try:
            self._kaleido = self._wait(_open())
        except BaseException:
            self._loop.call_soon_threadsafe(self._loop.stop)
            raise

    @property
    def is_alive(self) -> bool:
        return self._kaleido.subprocess.poll() is None

    def picture(self, figure: Any, options: dict[str, Any]) -> bytes:
        return self._wait(self._kaleido.calc_fig(figure, opts=options))

    def paper(self, address: str) -> bytes:
        return self._wait(_printed(self._kaleido, address))

    def close(self) -> None:
        try:
            self._wait(self._kaleido.close())
        except Exception:
            self._kaleido.subprocess.terminate()  # It does not answer.
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)

    def _wait(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(SECONDS)


async def _open() -> Kaleido:
    return await Kaleido(page_generator=_Page(), timeout=SECONDS, proxy_server=NOBODY)


async def _printed(browser: Kaleido, address: str) -> bytes:
    tab = await browser.create_tab("about:blank")
    try:
        await tab.send_command("Page.navigate", {"url": address})
        await tab.send_command("Runtime.evaluate", {"expression": _READY, "awaitPromise": True})
        answer = await tab.send_command("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
        return base64.b64decode(answer["result"]["data"])
    finally:
        await browser.close_tab(tab.target_id)


class _Page:
    """Kaleido's page with the typeface of the program in it. Without MathJax, which it would fetch from elsewhere."""

    def generate_index(self) -> str:
        ours = f'<style id="typeface">{typeface()}</style><script>{_EMBEDDING}</script></head>'
        return str(PageGenerator(mathjax=False).generate_index()).replace("</head>", ours)


_one_at_a_time = threading.Lock()
_kept: _Browser | None = None


def _started() -> _Browser:
    global _kept
    if _kept is not None and not _kept.is_alive:
        _close()
    if _kept is None:
        _kept = _Browser()
    return _kept


def _close() -> None:
    global _kept
    ended, _kept = _kept, None
    if ended is not None:
        ended.close()


atexit.register(close)
