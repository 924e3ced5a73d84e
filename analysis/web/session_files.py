"""Media files and downloads: only the browser whose session created a file can fetch it."""

import hashlib
from contextvars import ContextVar

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from analysis.web import visitors
from analysis.web.compat import MediaFileKind, MemoryFile, MemoryMediaFileStorage, media_path, page_cookies
from analysis.web.error_pages import refused

asking: ContextVar[str] = ContextVar("asking", default="")
"""Browser whose websocket message is being processed: a file created by a click is created outside any page run."""


class OwnFiles(MemoryMediaFileStorage):
    """Streamlit's media storage, in which each file belongs to one browser, identified by the file's id.

    The same content has a different address in each browser, so that an address does not reveal who else has the file.
    """

    def load_and_get_id(
        self, path_or_data: str | bytes, mimetype: str, kind: MediaFileKind, filename: str | None = None
    ) -> str:
        """Add a file for the current browser; return its id."""
        content = self._read_file(path_or_data) if isinstance(path_or_data, str) else path_or_data
        browser = asking.get() or visitors.browser_of(page_cookies())
        about = f"{browser}\n{mimetype}\n{filename}\n".encode()
        file_id = f"{_mark(browser)}{hashlib.sha256(about + content).hexdigest()}"
        self._files_by_id.setdefault(file_id, MemoryFile(content, mimetype, kind, filename))
        return file_id


def _mark(browser: str) -> str:
    """Return the id prefix of a browser's files. It does not reveal the browser's secret."""
    return hashlib.sha256(f"files of {browser}".encode()).hexdigest()[:32]


class FilesOfOneBrowser:
    """Middleware that serves a file only to its browser and, if sign-in is required, only to signed-in people."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.media = media_path()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            asking.set(visitors.browser_of(HTTPConnection(scope).cookies))
        elif scope["type"] == "http" and scope["path"].startswith(self.media):
            if not visitors.is_admitted(scope):
                await refused(scope, 403, "not signed in")(scope, receive, send)
                return
            browser = visitors.browser_of(HTTPConnection(scope).cookies)
            if not browser or not scope["path"].removeprefix(self.media).startswith(_mark(browser)):
                await refused(scope, 404, "not here")(scope, receive, send)
                return
        await self.app(scope, receive, send)
