"""The server behind the nginx of docs/deploy: only connections that have not signed in are counted by address."""

import re
import ssl
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from analysis.web import websockets
from tests.browser.conftest import ROOT
from tests.support import looped
from tests.support.proxying import proxied
from tests.support.visitors import Visitor, signing_in

TRIED = 70
UNCHECKED = ssl.create_default_context()
UNCHECKED.check_hostname, UNCHECKED.verify_mode = False, ssl.CERT_NONE


def test_the_limits_of_nginx_and_of_the_program_are_the_same() -> None:
    text = (ROOT / "docs/deploy/nginx.conf").read_text("utf-8")
    (limit,) = re.findall(r"limit_conn lige_adgang_not_signed_in (\d+);", text)
    assert int(limit) == websockets.NOT_SIGNED_IN_OF_ONE_ADDRESS


def test_who_has_not_signed_in_takes_no_room_of_those_who_have(capsys: pytest.CaptureFixture[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with signing_in(folder / "proxied.duckdb") as app, proxied(folder, app) as (_, tls):
            others, signed_in = looped.run(come_in(app, f"https://127.0.0.1:{tls}"))
    with capsys.disabled():
        print(f" {signed_in} of {TRIED} who signed in, {TRIED - others} of {TRIED} others refused ", end="")
    assert (signed_in, others) == (TRIED, websockets.NOT_SIGNED_IN_OF_ONE_ADDRESS)


async def come_in(app: str, proxy: str) -> tuple[int, int]:
    """How many of those who have not signed in, and how many who have, are connected through the proxy at once."""
    url = proxy.replace("http", "ws", 1) + "/_stcore/stream"
    async with AsyncExitStack() as held:

        async def connected(visitor: Visitor) -> bool:
            cookies = {"Cookie": visitor.cookies}
            try:
                opened = await held.enter_async_context(
                    connect(url, origin=proxy, ssl=UNCHECKED, additional_headers=cookies)
                )
            except InvalidStatus as answered:
                assert answered.response.status_code == 503  # By nginx: the program itself would say 403.
                return False
            await opened.send(BackMsg(app_heartbeat=True).SerializeToString())  # So that it is not silent.
            return bool(await opened.recv())

        others = [await connected(Visitor(app)) for _ in range(TRIED)]
        signed_in = [await connected(Visitor(app, f"person {number}")) for number in range(TRIED)]
        return sum(others), sum(signed_in)
