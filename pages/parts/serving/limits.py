"""So that one person, slow or ill-meaning, does not make it slow for the others."""

import asyncio
from collections import Counter
from html import escape

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.settings import Limits, Serving
from analysis.wording import LANGUAGES, Wording, wording
from pages.parts.serving import counting

MEGABYTE = 2**20
AROUND_A_FILE = MEGABYTE
"""The most that a form may be larger than the file in it."""
UPLOAD = "/_stcore/upload_file/"
SESSION = "/_stcore/stream"
TOO_LARGE, TRY_AGAIN_LATER = 1009, 1013
PAGE = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="20"><title>Lige Adgang</title>
<style>
:root {{color-scheme: light dark}}
body {{font: 1.125rem/1.5 system-ui, sans-serif; margin: 20vh auto; max-width: 32rem; padding: 0 1.5rem}}
</style>
<h1>Lige Adgang</h1><p>{said}</p></html>"""
MINUTE, AT_ONCE = 60, 15
"""As many reruns as these seconds of a minute allow may come together; after that they are spread out."""


class Limited:
    """Takes in no more than the settings allow. What is refused is refused before it costs anything."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.serving, self.limits = Serving(), Limits()
        self.sessions = 0
        self.coming: Counter[str] = Counter()
        """Bytes of uploads under way, of each session."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope["path"].endswith(SESSION):
            await self._session(scope, receive, send)
        elif scope["type"] == "http" and scope["method"] == "PUT" and UPLOAD in scope["path"]:
            await self._upload(scope, receive, send)
        elif self.sessions >= self.serving.sessions and _is_for_a_page(scope):
            await _no_room(Request(scope))(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.sessions >= self.serving.sessions:
            counting.sessions_refused.inc()
            await receive()
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            return
        pace = Pace(self.serving.reruns_a_minute)

        async def receive_at_a_pace() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                if len(message.get("bytes") or b"") > self.serving.message_megabytes * MEGABYTE:
                    await send({"type": "websocket.close", "code": TOO_LARGE})
                    return {"type": "websocket.disconnect", "code": TOO_LARGE}
                await asyncio.sleep(pace.wait(asyncio.get_running_loop().time()))
            return message

        self.sessions += 1
        counting.sessions.set(self.sessions)
        try:
            await self.app(scope, receive_at_a_pace, send)
        finally:
            self.sessions -= 1
            counting.sessions.set(self.sessions)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = scope["path"].split(UPLOAD)[1].split("/")[0]
        length = Headers(scope=scope).get("content-length", "")
        size = int(length) if length.isascii() and length.isdigit() else None
        if refused := self._refusal(session, size):
            await refused(scope, receive, send)
            return
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        self.coming[session] += size or 0
        try:
            async with asyncio.timeout(self.serving.upload_seconds):
                await self.app(scope, receive, send_and_note)
        except TimeoutError:
            if not started:
                await _refuse(408, "too slow")(scope, receive, send)
        finally:
            self.coming[session] -= size or 0
            self.coming += Counter()  # Drops the sessions with nothing under way.

    def _refusal(self, session: str, size: int | None) -> Response | None:
        """Why an upload of this size is not taken in, or nothing."""
        if size is None:
            return _refuse(411, "no length")
        most = self.limits.megabytes * MEGABYTE + AROUND_A_FILE
        if size > most:
            return _refuse(413, "too large")
        held = _held()
        if held.get(session, 0) + self.coming[session] + size > 2 * most:
            return _refuse(429, "too many of one session")
        if sum(held.values()) + self.coming.total() + size > self.serving.held_megabytes * MEGABYTE:
            return _refuse(503, "no room")
        return None


class Pace:
    """How long the next rerun of a session waits for its turn. Nothing is lost, it only comes later."""

    def __init__(self, a_minute: int) -> None:
        self.every = MINUTE / a_minute
        self.at_once = a_minute * AT_ONCE / MINUTE
        self.taken = 0.0
        self.before: float | None = None

    def wait(self, now: float) -> float:
        """Seconds to wait at this time."""
        gone = 0.0 if self.before is None else now - self.before
        self.taken = max(0.0, self.taken - gone / self.every) + 1
        self.before = now
        return max(0.0, self.taken - self.at_once) * self.every


def _held() -> dict[str, int]:
    """The bytes of the uploaded files that each session has in memory."""
    from streamlit.runtime import get_instance
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

    manager = get_instance().uploaded_file_mgr
    assert isinstance(manager, MemoryUploadedFileManager)
    stored = list(manager.file_storage.items())
    return {session: sum(len(file.data) for file in list(files.values())) for session, files in stored}


def _refuse(status: int, why: str) -> Response:
    counting.uploads_refused.labels(why).inc()
    return PlainTextResponse(why, status, headers={"Connection": "close"})


def _is_for_a_page(scope: Scope) -> bool:
    """Whether a person's browser asks for a page, and not a page for its parts."""
    return scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")


def _no_room(request: Request) -> Response:
    """A page in the reader's language that says so, and asks again by itself."""
    words = _wording_of(request)
    said = escape(words.text("Too many people are here just now. This page asks again by itself in a little while."))
    page = PAGE.format(language=words.code, said=said)
    return HTMLResponse(page, 503, headers={"Retry-After": "20", "Cache-Control": "no-store"})


def _wording_of(request: Request) -> Wording:
    """The language of the address, or else the first of the browser's that there is."""
    asked = [request.query_params.get("lang", "")]
    asked += [
        part.split(";")[0].split("-")[0].strip() for part in request.headers.get("accept-language", "").split(",")
    ]
    codes = [{"nn": "nb", "no": "nb"}.get(code, code) for code in asked]
    return wording(next((code for code in codes if code in LANGUAGES), "en"))
