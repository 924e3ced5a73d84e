"""The server as the network sees it: what it says with every answer, what it refuses, whether it is well."""

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from analysis.i18n import LANGUAGES, wording
from analysis.store import Database
from analysis.web.error_pages import SENTENCES, ErrorPages, error_text
from tests.browser.conftest import ROOT, serving
from tests.support import looped

MEGABYTE = 2**20
PAGE = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    tight = {
        "HOSTS": "app.example",
        "MOST_SESSIONS": "2",
        "MOST_MEGABYTES": "1",
        "UPLOAD_SECONDS": "2",
    }
    with serving(tmp_path_factory.mktemp("served") / "served.duckdb", **tight) as url:
        yield url


def asked(address: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, http.client.HTTPMessage, str]:
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)) as connection:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode("utf-8", "replace")


def session(address: str) -> ClientConnection:
    return connect(address.replace("http", "ws") + "/_stcore/stream", origin=address, max_size=None)


def told_own_id(opened: ClientConnection) -> str:
    """The id of the session, once its first run is over."""
    own, told = "", ForwardMsg()
    while told.WhichOneof("type") != "script_finished":
        told = ForwardMsg.FromString(opened.recv(timeout=60))
        own = told.new_session.initialize.session_id or own
    return own


def put(
    address: str, path: str, *, length: int | None, sent: bytes = b"", headers: dict[str, str] | None = None
) -> tuple[int, str]:
    """The answer to an upload of which only this much is sent."""
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)) as connection:
        connection.putrequest("PUT", f"/_stcore/upload_file/{path}")
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.putheader(*("Transfer-Encoding", "chunked") if length is None else ("Content-Length", str(length)))
        connection.endheaders(sent or None)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@pytest.mark.parametrize("path", ["/", "/upload", "/media/none", "/_stcore/health", "/health", "/nothing.js"])
def test_every_answer_says_what_a_browser_may_do(address: str, path: str) -> None:
    _, headers, _ = asked(address, path)
    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == "'none'"
    assert not {"'unsafe-inline'", "'unsafe-eval'"} & set(rules["script-src"].split())
    assert not re.search(r"https?:|\*", headers["Content-Security-Policy"])
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers
    kept = {"/": "no-cache", "/upload": "no-cache", "/nothing.js": "no-cache"}
    assert headers["Cache-Control"] == kept.get(path, "no-store")


def test_no_page_around_it_may_steer_the_program(address: str) -> None:
    assert json.loads(asked(address, "/_stcore/host-config")[2])["allowedOrigins"] == []


def test_a_page_has_the_chart_engine_fetched_ahead(address: str) -> None:
    (script,) = re.findall(r"<\.(/static/js/[^>]+)>; rel=modulepreload", asked(address, "/upload")[1]["Link"])
    assert asked(address, script)[0] == 200
    assert asked(address, "/health")[1]["Link"] is None


def test_the_database_is_opened_before_anybody_comes(tmp_path: Path) -> None:
    database = tmp_path / "early.duckdb"
    with serving(database) as url:
        while not database.exists():
            assert asked(url, "/_stcore/health")[0] == 200


def test_over_https_cookies_and_addresses_stay_there(address: str) -> None:
    _, headers, _ = asked(address, "/_stcore/health", {"X-Forwarded-Proto": "https"})
    assert "max-age" in headers["Strict-Transport-Security"]
    assert headers["Set-Cookie"].endswith("SameSite=Lax; Secure")
    _, headers, _ = asked(address, "/_stcore/health")
    assert headers["Set-Cookie"].endswith("SameSite=Lax")


def test_it_answers_under_its_own_names_only(address: str) -> None:
    assert asked(address, "/", {"Host": "app.example:8501"})[0] == 200
    assert asked(address, "/", {"Host": "elsewhere.example"})[0] == 400
    with pytest.raises(InvalidStatus):
        connect(
            address.replace("http", "ws") + "/_stcore/stream", additional_headers={"Host": "elsewhere.example"}
        ).close()


def test_health_tells_no_secrets(address: str) -> None:
    status, _, said = asked(address, "/health")
    found = json.loads(said)
    assert (status, found["status"], found["database"]) == (200, "ok", "ok")
    assert set(found) == {"status", "database", "free_disk_megabytes", "data_version"}


@pytest.mark.parametrize("headers", [{"Host": "app.example"}, {"X-Forwarded-For": "10.0.0.9"}, {"Via": "1.1 proxy"}])
def test_behind_a_proxy_health_says_only_ok_or_not(address: str, headers: dict[str, str]) -> None:
    status, _, said = asked(address, "/health", headers)
    assert (status, json.loads(said)) == (200, {"status": "ok"})


def test_a_program_without_its_database_is_not_well(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "taken.duckdb")) as taken, serving(taken.path) as url:
        status, _, said = asked(url, "/health")
    assert status == 503
    assert json.loads(said)["database"] == "failing"
    assert str(tmp_path) not in said


@pytest.mark.parametrize("path", ["/metrics", "/_stcore/metrics", "/metrics/"])
@pytest.mark.parametrize("headers", [{"Host": "app.example"}, {"X-Forwarded-For": "10.0.0.9"}, {"Via": "1.1 proxy"}])
def test_what_is_counted_is_for_this_computer(address: str, path: str, headers: dict[str, str]) -> None:
    assert asked(address, path, headers)[0] == 403


def test_what_is_counted_is_told_here(address: str) -> None:
    status, _, said = asked(address, "/metrics")
    assert status == 200
    for name in ("sessions ", 'imports{state="standing"} ', 'info{version="', "data_version ", "free_disk_bytes "):
        assert f"lige_adgang_{name}" in said
    assert "process_resident_memory_bytes" in said


def test_too_large_an_upload_is_refused_before_its_bytes_come(address: str) -> None:
    status, said = put(address, "someone/file", length=3 * MEGABYTE)
    assert (status, said[:32]) == (413, "The file is larger than 1 MB, th")
    assert put(address, "someone/file", length=None)[0] == 411
    assert 'lige_adgang_uploads_refused_total{why="too large"} 1.0' in asked(address, "/metrics")[2]


def test_a_session_uploads_no_more_than_it_can_use_and_not_for_ever(address: str) -> None:
    _, headers, _ = asked(address, "/_stcore/health")
    cookie = headers["Set-Cookie"].split(";")[0]
    with session(address) as opened:
        opened.send(BackMsg(rerun_script=ClientState()).SerializeToString())
        own = told_own_id(opened)
        sent = {"Cookie": cookie, "X-Xsrftoken": cookie.split("=", 1)[1]}
        sent["Content-Type"] = "multipart/form-data; boundary=b"
        file = b'--b\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
        file += b"x" * (MEGABYTE - 400) + b"\r\n--b--\r\n"
        for number in range(3):
            assert put(address, f"{own}/{number}", length=len(file), sent=file, headers=sent)[0] == 204
        assert put(address, f"{own}/4", length=2 * MEGABYTE, headers=sent)[0] == 429
        assert put(address, f"{own}/5", length=1000, sent=b"--b", headers=sent)[0] == 408


def test_too_large_a_message_ends_the_session(address: str) -> None:
    with session(address) as opened:
        opened.send(b"x" * (10 * MEGABYTE + 1))
        with pytest.raises(ConnectionClosed) as ended:
            opened.recv(timeout=20)
    assert ended.value.rcvd is not None
    assert ended.value.rcvd.code == 1009


def test_where_there_is_no_room_a_page_says_so_in_the_readers_language(address: str) -> None:
    with session(address), session(address):
        with pytest.raises(InvalidStatus):
            session(address)
        status, headers, said = asked(address, "/", {**PAGE, "Accept-Language": "da-DK,da;q=0.9"})
        assert (status, headers["Retry-After"]) == (503, "20")
        assert "Der er for mange her lige nu." in said
        assert "Täällä on juuri nyt liian monta." in asked(address, "/upload?lang=fi", PAGE)[2]
        assert asked(address, "/_stcore/health")[0] == 200
    while asked(address, "/", PAGE)[0] == 503:  # Until the server, too, has seen them go.
        pass


REFUSALS: dict[str, tuple[int, str, str, dict[str, str]]] = {
    "unknown host": (400, "GET", "/", {"Host": "elsewhere.example"}),
    "foreign origin": (403, "PUT", "/_stcore/upload_file/a/b", {"Origin": "https://elsewhere.example"}),
    "only here": (403, "GET", "/metrics", {"X-Forwarded-For": "10.0.0.9"}),
    "not here": (404, "GET", "/media/none.xlsx", {}),
    "not understood": (403, "DELETE", "/_stcore/upload_file/a/b", {}),
}
BY_BROWSER = {
    "da": "da-DK,da;q=0.9,en;q=0.8",
    "en": "fr,de;q=0.9",
    "nb": "nn-NO",
    "sv": "en;q=0.4,sv-SE",
    "fi": "FI;q=1",
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("why", REFUSALS)
def test_what_is_refused_says_why_in_the_readers_language(address: str, why: str, lang: str) -> None:
    status, method, path, headers = REFUSALS[why]
    said = escape(SENTENCES[why](wording(lang)))
    for query, language in (("", BY_BROWSER[lang]), (f"?lang={lang}", BY_BROWSER["sv"])):
        with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)) as connection:
            connection.request(method, path + query, headers={**PAGE, "Accept-Language": language, **headers})
            answer = connection.getresponse()
            page = answer.read().decode()
        assert (answer.status, answer.headers["Content-Language"]) == (status, lang)
        assert f'<html lang="{lang}">' in page
        assert said in page
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("da", "Filen er større end 1 MB"),
        ("nb", "Filen er større enn 1 MB"),
        ("sv", "Filen är större än 1 MB"),
        ("fi", "Tiedosto on suurempi kuin 1 Mt"),
        ("en", "The file is larger than 1 MB"),
    ],
)
def test_an_upload_is_refused_in_the_readers_language(address: str, lang: str, said: str) -> None:
    status, text = put(address, "someone/file", length=3 * MEGABYTE, headers={"Accept-Language": BY_BROWSER[lang]})
    assert status == 413
    assert text.startswith(said)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_request_that_fails_says_so_in_the_readers_language(lang: str) -> None:
    async def fails(*_: object) -> None:
        raise ValueError("Jens Hansen")

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(ErrorPages(fails))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/", headers={**PAGE, "Accept-Language": BY_BROWSER[lang]})

    answer = looped.run(ask())
    assert (answer.status_code, answer.headers["Content-Language"]) == (500, lang)
    (number,) = re.findall(r"\b[2-9A-HJ-NP-Z]{6}\b", answer.text)
    assert escape(error_text(numbered(number), wording(lang))) in answer.text
    assert "Hansen" not in answer.text


def numbered(number: str) -> Exception:
    raised = Exception()
    raised.__dict__["number_in_log"] = number
    return raised


def test_no_service_on_the_network_is_asked_for_this_computers_address() -> None:
    asks = "import app; from streamlit import net_util; assert net_util.get_external_ip() == ''"
    subprocess.run([sys.executable, "-c", asks], cwd=ROOT, check=True, capture_output=True)
