"""One connection: when the server ends it, and what of it comes through to Streamlit."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import pytest
from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg

from analysis.web import websockets
from analysis.web.websockets import AFTER_SIGN_IN, Allowance, Connection
from tests.support import looped

ALLOWED = Allowance(AFTER_SIGN_IN, most_bytes=100, reruns_a_minute=240, seconds=None)
BEAT = BackMsg(app_heartbeat=True).SerializeToString()
CLEAR = BackMsg(clear_cache=True).SerializeToString()


def received(allowance: Allowance, *sent: Message) -> tuple[list[Message], list[int]]:
    """What comes through of what is sent, after which nothing is; and the codes with which the server ends it."""

    async def talk() -> tuple[list[Message], list[int]]:
        waiting = iter(sent)
        codes: list[int] = []
        through: list[Message] = []

        async def receive() -> Message:
            return next(waiting, None) or await asyncio.Event().wait()

        async def send(message: Message) -> None:
            codes.append(message["code"])

        connection = Connection(allowance, receive, send)
        while not codes:
            through.append(await connection.receive())
        return through[:-1], codes

    return looped.run(talk())


def frames(contents: Iterable[bytes]) -> list[Message]:
    return [{"type": "websocket.receive", "bytes": content} for content in contents]


def test_who_says_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websockets, "SILENT_SECONDS", 0.01)
    connected = {"type": "websocket.connect"}
    assert received(ALLOWED, connected) == ([connected], [websockets.TRY_AGAIN_LATER])


def test_who_does_not_sign_in_is_let_go_however_much_they_say() -> None:
    beats = frames([BEAT] * 3)
    assert received(replace(ALLOWED, seconds=0.01), *beats) == (beats, [websockets.TRY_AGAIN_LATER])


def test_who_has_signed_in_may_be_silent_for_as_long_as_they_like(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websockets, "SILENT_SECONDS", 0.01)

    async def still_there() -> bool:
        messages = iter(frames([BEAT]))

        async def receive() -> Message:
            return next(messages, None) or await asyncio.Event().wait()

        async def send(message: Message) -> None:
            raise AssertionError(message)

        connection = Connection(ALLOWED, receive, send)
        await connection.receive()
        waiting = asyncio.ensure_future(connection.receive())
        done, _ = await asyncio.wait([waiting], timeout=0.1)
        waiting.cancel()
        return not done

    assert looped.run(still_there())


def test_only_known_messages_come_through_in_their_order() -> None:
    beats = frames([BEAT, b"\xff\xff"])
    through, codes = received(
        ALLOWED, beats[0], *frames([CLEAR, b""]), beats[1], {"type": "websocket.receive", "text": "x"}
    )
    assert (through, codes) == (beats, [websockets.NOT_TEXT])


def test_a_message_of_the_largest_size_comes_through_and_none_that_is_larger() -> None:
    message = BackMsg()
    message.rerun_script.query_string = "x" * (
        100 - len(BackMsg(rerun_script={"query_string": "x"}).SerializeToString()) + 1
    )
    content = message.SerializeToString()
    assert len(content) == 100
    longer = frames([content + BEAT])
    assert received(ALLOWED, *frames([content]), *longer) == (frames([content]), [websockets.TOO_LARGE])
