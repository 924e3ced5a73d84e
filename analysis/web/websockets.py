"""Websockets of the pages: limits on their number, idle time and message types."""

import asyncio
from collections import Counter
from dataclasses import dataclass

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from analysis.config import ServerLimits
from analysis.web import compat, metrics, visitors
from analysis.web.compat import BackMsg
from analysis.web.error_pages import is_for_a_page, refused
from analysis.web.limits import MEGABYTE, Pace

STREAM = "/_stcore/stream"
SIGNING_IN = ("/auth/", "/oauth2callback")
NOT_TEXT, TOO_LARGE, TRY_AGAIN_LATER = 1003, 1009, 1013

SILENT_SECONDS = 5
"""Seconds until the first message. A page sends it immediately after connecting."""
NOT_SIGNED_IN_SECONDS = 120
"""Maximum duration of a connection without sign-in, in seconds. A page that is still open reconnects."""
NOT_SIGNED_IN, NOT_SIGNED_IN_OF_ONE_ADDRESS = 100, 50
"""Maximum number of such connections, in total and per address.

Signed-in people have no limit per address: a municipality may have only one address.
"""
NOT_SIGNED_IN_BYTES, NOT_SIGNED_IN_RERUNS_A_MINUTE = 2**16, 30
"""Maximum message size of such a connection in bytes, and its maximum number of page runs per minute."""

BEFORE_SIGN_IN = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
AFTER_SIGN_IN = BEFORE_SIGN_IN | {"file_urls_request", "backend_operation_request"}
"""Message types that pages of this program send.

Streamlit has more, for developers: nobody may clear the caches, which all sessions share.
"""


@dataclass(frozen=True)
class Allowance:
    """Limits of one connection; ``seconds`` is its maximum duration, None for no limit."""

    messages: frozenset[str]
    most_bytes: int
    reruns_a_minute: int
    seconds: int | None


class Sessions:
    """Middleware that limits the number of sessions. Sessions without sign-in use no slots of signed-in people."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        serving = ServerLimits()
        self.most = serving.sessions
        self.open = 0
        self.not_signed_in: Counter[str] = Counter()
        """Number of connections by client address."""
        self.signed_in = Allowance(
            AFTER_SIGN_IN, serving.message_megabytes * MEGABYTE, serving.reruns_a_minute, seconds=None
        )
        self.others = Allowance(
            BEFORE_SIGN_IN, NOT_SIGNED_IN_BYTES, NOT_SIGNED_IN_RERUNS_A_MINUTE, NOT_SIGNED_IN_SECONDS
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope["path"].endswith(STREAM):
            await self._connect(scope, receive, send)
        elif _opens_a_session(scope) and not self._has_room(scope, is_admitted=visitors.is_admitted(scope)):
            await refused(scope, 503, "no room", again=True)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _has_room(self, scope: Scope, *, is_admitted: bool) -> bool:
        if is_admitted:
            return self.open < self.most
        own = self.not_signed_in[_address(scope)]
        return own < NOT_SIGNED_IN_OF_ONE_ADDRESS and self.not_signed_in.total() < NOT_SIGNED_IN

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_admitted = visitors.is_admitted(scope)
        if not self._has_room(scope, is_admitted=is_admitted):
            metrics.sessions_refused.inc()
            await receive()
            await send({"type": "websocket.close", "code": TRY_AGAIN_LATER})
            return
        connection = Connection(self.signed_in if is_admitted else self.others, receive, send)
        self._count(scope, 1, is_admitted=is_admitted)
        try:
            await self.app(scope, connection.receive, send)
        finally:
            self._count(scope, -1, is_admitted=is_admitted)

    def _count(self, scope: Scope, change: int, *, is_admitted: bool) -> None:
        if is_admitted:
            self.open += change
            metrics.sessions.set(self.open)
        else:
            self.not_signed_in[_address(scope)] += change
            self.not_signed_in += Counter()  # Remove addresses without open connections.
            metrics.not_signed_in.set(self.not_signed_in.total())


class Connection:
    """Receiving side of one websocket, with limits on time, size, rate and message types."""

    def __init__(self, allowance: Allowance, receive: Receive, send: Send) -> None:
        self.allowance = allowance
        self.pace = Pace(allowance.reruns_a_minute)
        self._receive, self._send = receive, send
        begun = _now()
        self.ends = None if allowance.seconds is None else begun + allowance.seconds
        self.until: float | None = begun + SILENT_SECONDS

    async def receive(self) -> Message:
        """Return the next message for Streamlit."""
        while True:
            try:
                async with asyncio.timeout_at(self.until):
                    message = await self._receive()
            except TimeoutError:
                return await self._close(TRY_AGAIN_LATER)
            if message["type"] != "websocket.receive":
                return message
            content = message.get("bytes")
            if content is None:
                return await self._close(NOT_TEXT)
            if len(content) > self.allowance.most_bytes:
                return await self._close(TOO_LARGE)
            self.until = self.ends
            await asyncio.sleep(self.pace.wait(_now()))
            if self._may_pass(content):
                return message
            metrics.messages_refused.inc()

    def _may_pass(self, content: bytes) -> bool:
        """Return True if Streamlit may receive the message.

        Streamlit itself closes the connection for an unreadable one.
        """
        try:
            asked = BackMsg.FromString(content)
        except DecodeError:
            return True
        kind = asked.WhichOneof("type")
        if kind == "backend_operation_request" and kind in self.allowance.messages:
            return _is_own_operation(asked)
        return kind in self.allowance.messages

    async def _close(self, code: int) -> Message:
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


def _is_own_operation(asked: BackMsg) -> bool:
    """Return True if the message requests rows of a table, or the file of a button on a page of the same session.

    Streamlit checks that the session in a request is the sender, but it would create the file of any button.
    """
    request = asked.backend_operation_request
    what = request.WhichOneof("payload")
    if what == "deferred_file":
        return compat.session_of_download(request.deferred_file.file_id) in (None, request.session_id)
    return what == "dataframe_chunk"


def _opens_a_session(scope: Scope) -> bool:
    """Return True if the request is for a page that then connects; the redirect after sign-in is not."""
    return is_for_a_page(scope) and not scope["path"].startswith(SIGNING_IN)


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope["client"] else ""


def _now() -> float:
    return asyncio.get_running_loop().time()
