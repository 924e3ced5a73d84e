"""Attacks on the real server, where people must sign in: each is tried, and each says how many were stopped."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.asyncio.client import connect as connect_at_once
from websockets.exceptions import ConnectionClosed, InvalidStatus

from analysis.web import websockets
from tests.support import looped
from tests.support.visitors import SECRET, Visitor, click, counted, is_through, made_file, run, signing_in

pytestmark = pytest.mark.slow

Stopped = Callable[[int, int], None]
SILENT = 250
WRITTEN = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\nx\r\n--b--\r\n'


@pytest.fixture(scope="module")
def address(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    database = tmp_path_factory.mktemp("attacked") / "attacked.duckdb"
    shutil.copy(demonstration_file, database)
    with signing_in(database) as url:
        yield url


@pytest.fixture
def stopped(capsys: pytest.CaptureFixture[str]) -> Stopped:
    """Says how many of so many attacks were stopped; all of them must be."""

    def say(count: int, of: int) -> None:
        with capsys.disabled():
            print(f" {count} of {of} ", end="", flush=True)
        assert count == of > 0

    return say


def not_signed_in(address: str) -> dict[str, Visitor]:
    return {
        "without a cookie": Visitor(address),
        "with a cookie that somebody else signed": Visitor(address, "eve", secret=SECRET.upper()),
        "with a cookie that has ended": Visitor(address, "eve", signed_in_before=10 * 3600 + 60),
    }


def developers_messages() -> dict[str, BackMsg]:
    """What Streamlit knows for those who write a program: everything but what the pages of this one send."""
    made = {}
    for field in BackMsg.DESCRIPTOR.fields:
        if field.name not in websockets.AFTER_SIGN_IN:
            made[field.name] = BackMsg(**{field.name: True})
    for name in ("install_skills", "dismiss_skills_nudge"):
        message = BackMsg()
        getattr(message.backend_operation_request, name).SetInParent()
        made[name] = message
    return made | {"nothing": BackMsg()}


def test_nobody_clears_caches_or_steers_the_program(address: str, stopped: Stopped) -> None:
    attacks = developers_messages()
    assert "clear_cache" in attacks
    visitors = [*not_signed_in(address).values(), Visitor(address, "anna")]
    with Visitor(address, "vera").connects() as opened:
        assert "Did access become more equal?" in run(opened).texts
        threads = counted(address, "threads")
        before = counted(address, "messages_refused_total")
        for visitor, message in product(visitors, attacks.values()):
            with visitor.connects() as attacking:
                attacking.send(message.SerializeToString())
                assert is_through(attacking)
        stopped(int(counted(address, "messages_refused_total") - before), len(attacks) * len(visitors))
        assert counted(address, "threads") <= threads + 1


def test_a_session_keeps_what_it_has_when_it_asks_to_clear_the_caches(address: str) -> None:
    with Visitor(address, "anna").connects() as opened:
        assert "Socialgrupper" not in run(opened, query="lang=en").texts
        assert "Blev adgangen mere lige?" in run(opened, query="lang=da").texts
        opened.send(BackMsg(clear_cache=True).SerializeToString())
        assert "Blev adgangen mere lige?" in run(opened, query="lang=da").texts


def test_who_has_not_signed_in_can_only_ask_for_the_page_to_sign_in(address: str, stopped: Stopped) -> None:
    files = BackMsg()
    files.file_urls_request.file_names.append("f.csv")
    rows = BackMsg()
    rows.backend_operation_request.dataframe_chunk.SetInParent()
    visitors = not_signed_in(address).values()
    before = counted(address, "messages_refused_total")
    for visitor in visitors:
        with visitor.connects() as opened:
            shown = run(opened)
            assert "Sign in" in shown.texts
            assert shown.downloads == []
            for message in (files, rows):
                opened.send(message.SerializeToString())
            assert is_through(opened)
    stopped(int(counted(address, "messages_refused_total") - before), 2 * len(visitors))


FOREIGN = {
    "none": None,
    "of a file": "null",
    "another site": "https://evil.example",
    "another port of this computer": "http://127.0.0.1:1",
    "another name of this computer": "http://localhost:{port}",
    "ours at its beginning": "{own}.evil.example",
    "ours as a name": "{own}@evil.example",
    "ours as a path": "http://evil.example/{own}",
    "no port": "http://127.0.0.1",
    "a port that is none": "http://127.0.0.1:x",
    "another scheme": "ftp://127.0.0.1:{port}",
    "more than an origin": "{own}/",
    "empty": "",
}


def test_only_pages_of_the_program_itself_may_connect(address: str, stopped: Stopped) -> None:
    refused = 0
    for origin in FOREIGN.values():
        written = origin and origin.format(own=address, port=address.rpartition(":")[2])
        with pytest.raises(InvalidStatus) as answered, Visitor(address, "anna").connects(written):
            pass
        refused += answered.value.response.status_code == 403
    stopped(refused, len(FOREIGN))
    with Visitor(address, "anna").connects() as opened:
        assert is_through(opened)


def test_nobody_uploads_without_signing_in_or_from_another_site(address: str, stopped: Stopped) -> None:
    anna = Visitor(address, "anna")
    with anna.connects() as opened:
        path = f"/_stcore/upload_file/{run(opened).session}/1"
        sent = {"Content_Type": "multipart/form-data; boundary=b", "X_Xsrftoken": anna.token}
        refused, tried = 0, 0
        for visitor in not_signed_in(address).values():
            visitor.token = anna.token
            for method in ("PUT", "DELETE"):
                refused += visitor.asks(path, method, WRITTEN, Origin=address, **sent)[0] == 403
                tried += 1
        for origin in filter(None, FOREIGN.values()):
            written = origin.format(own=address, port=address.rpartition(":")[2])
            for method in ("PUT", "DELETE"):
                refused += anna.asks(path, method, WRITTEN, Origin=written, **sent)[0] == 403
                tried += 1
        assert anna.asks(path, "PUT", WRITTEN, Origin=address, **sent)[0] == 204
    stopped(refused, tried)


def test_silent_connections_are_refused_or_ended(address: str, stopped: Stopped) -> None:
    ended, most_at_once = looped.run(hold_silent(address))
    stopped(ended, SILENT)
    assert most_at_once <= 2 * websockets.NOT_SIGNED_IN_OF_ONE_ADDRESS  # Some end while others come in.
    with Visitor(address).connects() as opened:
        assert "Sign in" in run(opened).texts


async def hold_silent(address: str) -> tuple[int, int]:
    """How many silent connections were refused, or ended by the server, and how many were open at the same time."""
    url = address.replace("http", "ws") + "/_stcore/stream"
    ended, held, most_at_once = 0, 0, 0

    async def connect_and_wait() -> None:
        nonlocal ended, held, most_at_once
        try:
            async with connect_at_once(url, origin=address, open_timeout=60) as opened:
                held += 1
                most_at_once = max(most_at_once, held)
                await opened.wait_closed()
                held -= 1
                ended += opened.close_code == websockets.TRY_AGAIN_LATER
        except InvalidStatus as answered:
            ended += answered.response.status_code == 403

    async with asyncio.timeout(100):  # A server that ends none would hold the test for ever.
        await asyncio.gather(*(connect_and_wait() for _ in range(SILENT)))
    return ended, most_at_once


def test_who_has_not_signed_in_takes_no_room_of_who_has(address: str, stopped: Stopped) -> None:
    """Not even where all come from one address, and say something now and then."""
    with ExitStack() as held:
        for _ in range(websockets.NOT_SIGNED_IN_OF_ONE_ADDRESS):
            assert is_through(held.enter_context(Visitor(address).connects()))
        with pytest.raises(InvalidStatus), Visitor(address).connects():
            pass
        pages = {"/": 503, "/upload": 503, "/oauth2callback": 302, "/auth/login": 302}
        assert {path: Visitor(address).asks(path, Accept="text/html")[0] for path in pages} == pages
        many = websockets.NOT_SIGNED_IN_OF_ONE_ADDRESS + 10
        people = [Visitor(address, f"person {number}") for number in range(many)]
        let_in = [is_through(held.enter_context(person.connects())) for person in people]
        stopped(sum(let_in), many)
        assert people[0].asks("/", Accept="text/html")[0] == 200


FRAMES: dict[str, tuple[str | bytes, bool]] = {
    "11 MB of text": ("x" * 11_000_000, True),
    "a little text": ("x", True),
    "no text": ("", True),
    "11 MB of bytes": (b"x" * 11_000_000, True),
    "bytes that are no message": (b"\xff\xff\xff", True),
    "text before signing in": ("x" * 11_000_000, False),
    "more than is asked before signing in": (BackMsg(load_git_info=True).SerializeToString() + b"\x1a" * 2**16, False),
}


def test_frames_that_no_page_sends_end_the_connection_and_nothing_else(tmp_path: Path, stopped: Stopped) -> None:
    log, ended = tmp_path / "log", 0
    with signing_in(tmp_path / "framed.duckdb", log) as address:
        for frame, signed_in in FRAMES.values():
            with Visitor(address, "anna" if signed_in else "").connects() as opened:
                opened.send(frame)
                with pytest.raises(ConnectionClosed) as closed:
                    while True:
                        opened.recv(timeout=20)
            ended += closed.value.rcvd is not None and closed.value.rcvd.code in (1002, 1003, 1009)
        stopped(ended, len(FRAMES))
        with Visitor(address, "anna").connects() as opened:
            assert is_through(opened)
    said = log.read_text()
    assert "KeyError" not in said
    assert '"error": "' not in said.replace('"error": "google.protobuf.message.DecodeError"', "")


def test_a_file_is_for_the_browser_whose_session_made_it(address: str, stopped: Stopped) -> None:
    anna = Visitor(address, "anna")
    others = [
        *not_signed_in(address).values(),
        Visitor(address, "vera", "viewer"),
        Visitor(address, "anna"),  # At another browser.
        Visitor(address, "vera", "viewer", token=anna.token),  # At the same browser, after anna has signed out.
        Visitor(address, token=anna.token),
    ]
    with anna.connects() as opened:
        shown = run(opened, "methods")
        assert shown.downloads
        click(opened, shown.session, shown.downloads[0])
        url = made_file(opened)
        refused = [visitor.asks(url)[0] for visitor in others]
        status, headers, content = anna.asks(url)
        assert (status, headers["Cache-Control"]) == (200, "no-store")
        assert content
        assert anna.asks(url, "HEAD")[0] == 200
        shorter = [url.replace("/media/", "/media/x"), url.replace("/media/", "//media/"), f"{url}/../none"]
        assert {Visitor(address, "vera").asks(other)[0] for other in shorter} <= {400, 403, 404}
    stopped(sum(one in (403, 404) for one in refused), len(others))


def test_nobody_has_the_file_of_a_button_of_another_session_made(address: str, stopped: Stopped) -> None:
    with Visitor(address, "anna").connects() as hers, Visitor(address, "vera", "viewer").connects() as attacking:
        shown, own = run(hers, "methods"), run(attacking)
        before = counted(address, "messages_refused_total")
        for download in shown.downloads:
            click(attacking, own.session, download)
        assert is_through(attacking)
        stopped(int(counted(address, "messages_refused_total") - before), len(shown.downloads))
        click(attacking, shown.session, shown.downloads[0])  # As if it were hers: Streamlit itself refuses that.
        assert made_file(attacking) == ""


def test_behind_a_proxy_an_attacker_learns_only_whether_it_is_well(address: str) -> None:
    status, _, said = Visitor(address).asks("/health", X_Forwarded_For="192.0.2.1")
    assert (status, said) == (200, b'{"status":"ok"}')
