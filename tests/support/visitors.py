"""Visitors of the real server without a browser: what they send, and what comes back."""

import http.client
import json
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value, generate_xsrf_token_string
from websockets.sync.client import ClientConnection, connect

from tests.browser.conftest import free_port, serving

SECRET = "a secret that is only for tests, and long"
USER, BROWSER = "_streamlit_user", "_streamlit_xsrf"


@contextmanager
def signing_in(database: Path, log: Path | None = None, **settings: str) -> Iterator[str]:
    """The server where people must sign in, at a provider that nobody asks here; a claim gives their role."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    needed = {
        "OIDC_METADATA": "http://127.0.0.1:9/none",
        "OIDC_CLIENT": "lige-adgang",
        "OIDC_SECRET": "only for tests",
        "ADDRESS": address,
        "COOKIE_SECRET": SECRET,
        "ROLE_CLAIM": "roles",
    }
    with serving(database, port, log, **needed, **settings):
        yield address


@dataclass
class Visitor:
    """Somebody at a browser of their own; signed in where they have a name."""

    address: str
    name: str = ""
    role: str = "administrator"
    signed_in_before: float = 0
    secret: str = SECRET
    token: str = field(default_factory=generate_xsrf_token_string)

    @property
    def cookies(self) -> str:
        cookies = {BROWSER: self.token}
        if self.name:
            claims = {"sub": self.name, "roles": [self.role], "origin": self.address, "is_logged_in": True}
            claims["iat"] = time.time() - self.signed_in_before
            cookies[USER] = create_signed_value(self.secret, USER, json.dumps(claims)).decode()
        return "; ".join(f"{name}={value}" for name, value in cookies.items())

    def asks(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        with closing(http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=20)) as connection:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {"Cookie": self.cookies, **named})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

    def connects(self, origin: str | None = "own") -> ClientConnection:
        return connect(
            self.address.replace("http", "ws") + "/_stcore/stream",
            origin=self.address if origin == "own" else origin,
            additional_headers={"Cookie": self.cookies},
            subprotocols=["streamlit", self.token],
            max_size=None,
        )


@dataclass
class Shown:
    """What a run of a page sent."""

    session: str
    texts: str
    downloads: list[str]
    """The ids by which the files of its buttons are asked for."""


def run(opened: ClientConnection, page: str = "", query: str = "lang=en") -> Shown:
    """The page, once its run is over."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    opened.send(message.SerializeToString())
    shown = Shown("", "", [])
    for told in messages(opened):
        shown.session = told.new_session.initialize.session_id or shown.session
        shown.texts += str(told.delta.new_element)
        if button := told.delta.new_element.download_button.deferred_file_id:
            shown.downloads.append(button)
        if told.WhichOneof("type") == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
            return shown
    raise AssertionError("the connection ended before the page was there")


def messages(opened: ClientConnection) -> Iterator[ForwardMsg]:
    while True:
        yield ForwardMsg.FromString(opened.recv(timeout=60))


def click(opened: ClientConnection, session: str, download: str) -> None:
    """Ask for the file of a button of a session, as the browser does at a click."""
    message = BackMsg()
    request = message.backend_operation_request
    request.session_id, request.request_id = session, "1"
    request.deferred_file.file_id = download
    opened.send(message.SerializeToString())


def made_file(opened: ClientConnection) -> str:
    """The address of the file that was asked for."""
    return next(told.backend_operation_response.deferred_file.url for told in messages(opened) if _answers(told))


def _answers(told: ForwardMsg) -> bool:
    return told.WhichOneof("type") == "backend_operation_response"


def is_through(opened: ClientConnection) -> bool:
    """Whether the server has dealt with all that was sent on this connection, and keeps it."""
    opened.send(BackMsg(app_heartbeat=True).SerializeToString())
    return any(told.WhichOneof("type") == "heartbeat_ack" for told in messages(opened))


def counted(address: str, name: str) -> float:
    """A number of ``/metrics``."""
    said = Visitor(address).asks("/metrics")[2].decode()
    (found,) = re.findall(rf"^lige_adgang_{re.escape(name)} (\S+)$", said, re.MULTILINE)
    return float(found)
