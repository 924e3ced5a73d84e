"""Upload and rate limits, so that one slow or malicious client does not slow down the others."""

import asyncio
from collections import Counter

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.config import Limits, ServerLimits
from analysis.web import metrics, visitors
from analysis.web.compat import uploaded_bytes
from analysis.web.error_pages import Said, answer, refused

MEGABYTE = 2**20
AROUND_A_FILE = MEGABYTE
"""Bytes that an upload form may have in addition to its file."""
UPLOAD = "/_stcore/upload_file/"
MINUTE, AT_ONCE = 60, 15
"""Reruns allowed by this many seconds of a minute may come in one burst; further reruns are delayed."""


class Uploads:
    """Middleware that limits uploads according to the settings. It refuses an upload before reading it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.serving, self.limits = ServerLimits(), Limits()
        self.coming: Counter[str] = Counter()
        """Bytes of uploads in progress, per session."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or UPLOAD not in scope["path"]:
            await self.app(scope, receive, send)
        elif not visitors.is_admitted(scope):
            metrics.uploads_refused.labels("not signed in").inc()
            await refused(scope, 403, "not signed in")(scope, receive, send)
        elif scope["method"] == "PUT":
            await self._upload(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        session = scope["path"].split(UPLOAD)[1].split("/")[0]
        length = Headers(scope=scope).get("content-length", "")
        size = int(length) if length.isascii() and length.isdigit() else None
        if (why := self._refusal(session, size)) is not None:
            await self._refused(scope, why)(scope, receive, send)
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
                await self._refused(scope, "too slow")(scope, receive, send)
        finally:
            self.coming[session] -= size or 0
            self.coming += Counter()  # Remove sessions without uploads in progress.

    def _refusal(self, session: str, size: int | None) -> str | None:
        """Return the reason to refuse an upload of this size, or None."""
        if size is None:
            return "no length"
        most = self.limits.megabytes * MEGABYTE + AROUND_A_FILE
        if size > most:
            return "too large"
        held = uploaded_bytes()
        if held.get(session, 0) + self.coming[session] + size > 2 * most:
            return "too many of one session"
        if sum(held.values()) + self.coming.total() + size > self.serving.held_megabytes * MEGABYTE:
            return "no room"
        return None

    def _refused(self, scope: Scope, why: str) -> Response:
        metrics.uploads_refused.labels(why).inc()
        most = self.limits.megabytes
        sentences: dict[str, tuple[int, Said]] = {
            "no length": (
                411,
                lambda own: own.text("The browser did not tell how large the file is. Try with another browser."),
            ),
            "too large": (
                413,
                lambda own: own.text(
                    "The file is larger than {most} MB, the most that is taken in. Upload a smaller one, or split it.",
                    most=own.integer(most),
                ),
            ),
            "too many of one session": (
                429,
                lambda own: own.text("You have uploaded as much as one may at a time. Remove a file, then try again."),
            ),
            "no room": (
                503,
                lambda own: own.text("Too many files are being uploaded just now. Try again in a few minutes."),
            ),
            "too slow": (
                408,
                lambda own: own.text(
                    "The upload took too long and was stopped. Try again on a faster connection, or with a smaller "
                    "file."
                ),
            ),
        }
        response = answer(scope, *sentences[why])
        response.headers["Connection"] = "close"
        return response


class Pace:
    """Rate limit for the reruns of a session. It delays reruns and drops none."""

    def __init__(self, a_minute: int) -> None:
        self.every = MINUTE / a_minute
        self.at_once = a_minute * AT_ONCE / MINUTE
        self.taken = 0.0
        self.before: float | None = None

    def wait(self, now: float) -> float:
        """Return the number of seconds to wait at this time."""
        gone = 0.0 if self.before is None else now - self.before
        self.taken = max(0.0, self.taken - gone / self.every) + 1
        self.before = now
        return max(0.0, self.taken - self.at_once) * self.every
