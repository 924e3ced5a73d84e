"""Which origins are the program's own: as the browser names them, behind a proxy or not."""

from typing import Any

import pytest
from starlette.types import Message

from analysis.web.origins import KnownHosts, OwnOrigin
from tests.support import looped

ADDRESS = "https://lige-adgang.example"


def let_on(rule: type[KnownHosts] | type[OwnOrigin], **scope: Any) -> bool:
    """Whether the request comes through to the program."""
    through: list[bool] = []

    async def app(*_: Any) -> None:
        through.append(True)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(_: Message) -> None:
        pass

    asked = {"path": "/_stcore/stream", "query_string": b"", "method": "GET", "server": ("127.0.0.1", 8501), **scope}
    looped.run(rule(app)(asked, receive, send))
    return bool(through)


def websocket(host: str, origin: str, scheme: str = "ws") -> bool:
    headers = [(b"host", host.encode()), (b"origin", origin.encode())]
    return let_on(OwnOrigin, type="websocket", scheme=scheme, headers=headers)


@pytest.mark.parametrize(
    ("host", "origin", "scheme", "own"),
    [
        ("localhost:8501", "http://localhost:8501", "ws", True),
        ("LOCALHOST:8501", "http://localhost:8501", "ws", True),
        ("[::1]:8501", "http://[::1]:8501", "ws", True),
        ("lige-adgang.example", ADDRESS, "wss", True),
        ("lige-adgang.example:443", ADDRESS, "wss", True),
        ("lige-adgang.example", f"{ADDRESS}:443", "wss", True),
        # A proxy that the program does not trust to say that it was over https.
        ("lige-adgang.example", ADDRESS, "ws", True),
        ("lige-adgang.example:8443", f"{ADDRESS}:8443", "ws", True),
        ("lige-adgang.example", "http://lige-adgang.example", "wss", False),
        ("lige-adgang.example", f"{ADDRESS}:8443", "wss", False),
        ("lige-adgang.example", "https://sub.lige-adgang.example", "wss", False),
        ("127.0.0.1:8501", ADDRESS, "ws", False),
        ("127.0.0.1:8501", "http://localhost:8501", "ws", False),
        ("x:y", "http://x:y", "ws", False),
        ("", "http://", "ws", False),
    ],
)
def test_the_origin_is_that_of_the_host_that_was_asked(host: str, origin: str, scheme: str, own: bool) -> None:
    assert websocket(host, origin, scheme) is own


def test_the_address_in_the_settings_is_the_programs_own_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGE_ADGANG_ADDRESS", ADDRESS)
    assert websocket("127.0.0.1:8501", ADDRESS)
    assert not websocket("127.0.0.1:8501", "http://lige-adgang.example")
    assert not websocket("127.0.0.1:8501", "https://elsewhere.example")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST", "PATCH"])
def test_what_changes_something_comes_from_the_program_itself(method: str) -> None:
    for origin, own in (("http://localhost:8501", True), ("https://evil.example", False), ("null", False)):
        headers = [(b"host", b"localhost:8501"), (b"origin", origin.encode())]
        assert let_on(OwnOrigin, type="http", scheme="http", method=method, headers=headers) is own


@pytest.mark.parametrize(
    ("hosts", "host", "known"),
    [
        ("", "anything.example", True),
        ("app.example", "app.example", True),
        ("app.example", "APP.example:8501", True),
        ("app.example", "127.0.0.1:8501", True),
        ("app.example", "elsewhere.example", False),
        ("app.example", "app.example.evil.example", False),
        ("app.example", "", False),
        ("*.example", "app.example", True),
        ("*.example", "example", False),
        ("*.example", "app.example.com", False),
    ],
)
def test_a_host_is_known_by_its_name(monkeypatch: pytest.MonkeyPatch, hosts: str, host: str, known: bool) -> None:
    monkeypatch.setenv("LIGE_ADGANG_HOSTS", hosts)
    headers = [(b"host", host.encode())]
    assert let_on(KnownHosts, type="http", scheme="http", headers=headers) is known
