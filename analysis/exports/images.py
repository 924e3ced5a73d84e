"""Figures as pictures and pages as PDF, by Kaleido's Chromium. It stays open; only the first one waits for it."""

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
"""Maximum time for Chromium to start, or to draw one picture."""
NOBODY = "127.0.0.1:9"
"""A proxy that does not answer. It blocks Chromium's own requests, because no data may leave the machine."""

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
"""Load the typeface before texts are measured, and embed it in the SVG, from which Plotly also makes the PNG."""

_READY = """new Promise(done => {
    const is_whole = () => document.readyState === "complete" && document.body.dataset.ready;
    const look = () => is_whole() ? document.fonts.ready.then(() => done()) : setTimeout(look, 20);
    look();
})"""


class NoBrowser(Exception):
    """No Chromium, Chrome or Edge is installed."""


def can_draw() -> bool:
    """Return whether a browser is installed."""
    found = Chromium.find_browser(skip_local=False)
    return found is not None and Path(found).is_file()


def image(figure: Any, form: Format) -> bytes:
    """Return the figure as PNG, or as SVG with its typeface embedded. The figure must have a width and a height.

    Pictures of all sessions are drawn one at a time. Raises ``NoBrowser`` if no browser is installed, and
    ``TimeoutError`` if it does not answer.
    """
    with _one_at_a_time:
        browser = _started()
        try:
            return browser.picture(figure, {"format": form, "scale": SCALE if form == "png" else 1})
        except BaseException:
            _close()  # After any error, the next picture starts a new browser.
            raise


def paper(page: str) -> bytes:
    """Return the HTML page as PDF, on the paper size of its style. The page sets ``data-ready`` when it is complete.

    Raises as ``image``.
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
    """Start the browser in the background, if there is one, so that the first picture does not wait for it."""

    def start() -> None:
        with _one_at_a_time, suppress(NoBrowser, TimeoutError):
            _started()

    threading.Thread(target=start, name="getting ready", daemon=True).start()


def close() -> None:
    """Close the browser; the next picture starts a new one."""
    with _one_at_a_time:
        _close()


class _Browser:
    """Kaleido's Chromium, with a thread for its event loop.

    This replaces Kaleido's own server, which waits forever if there is no browser or it has ended. With two concurrent
    requests, that server may also return the picture of the other request.
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
    """Kaleido's page with the program's typeface. It omits MathJax, which Kaleido would download."""

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
