"""What is made of pip-audit's answers: nothing is called fine that was not asked about."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.audit.__main__ import FINE, NOT_ASKED, VULNERABLE, asked, judged

FAULT = {"id": "PYSEC-1", "aliases": ["GHSA-1"], "fix_versions": ["2.0"], "description": ""}


def library(*faults: dict[str, Any]) -> dict[str, Any]:
    return {"name": "one", "version": "1.0", "vulns": list(faults)}


SKIPPED = {"name": "two", "skip_reason": "Dependency not found on PyPI and could not be audited: two (1.0)"}


@pytest.mark.parametrize("answer", [None, {"dependencies": []}, {"dependencies": [SKIPPED]}])
def test_where_nothing_was_asked_it_says_so(answer: dict[str, Any] | None) -> None:
    outcome, lines = judged(answer, {})
    assert outcome == NOT_ASKED
    assert "NOTHING was checked" in lines[0]


def test_a_vulnerability_fails_unless_it_is_allowed_with_a_reason() -> None:
    answer = {"dependencies": [library(FAULT), SKIPPED]}
    outcome, lines = judged(answer, {})
    assert outcome == VULNERABLE
    assert lines == [
        "1 of 2 libraries were checked for known vulnerabilities.",
        "Not known to the service: two",
        "VULNERABLE PYSEC-1: one 1.0, mended in 2.0",
    ]
    for name in ("PYSEC-1", "GHSA-1"):
        outcome, lines = judged(answer, {name: "never called"})
        assert outcome == FINE
        assert lines[-1] == "Allowed, never called: PYSEC-1: one 1.0, mended in 2.0"


def test_what_is_allowed_and_no_longer_there_is_told() -> None:
    outcome, lines = judged({"dependencies": [library()]}, {"PYSEC-1": "never called"})
    assert outcome == FINE
    assert lines[-1] == "No longer needed in allowed.toml: PYSEC-1"


class _Advisories(BaseHTTPRequestHandler):
    """A service that knows of one vulnerability, in pytest."""

    def do_POST(self) -> None:
        question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        package = {"name": "pytest", "ecosystem": "PyPI"}
        affected = [{"package": package, "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "99"}]}]}]
        fault = {"id": "PYSEC-1", "affected": affected, "summary": "x"}
        content = json.dumps({"vulns": [fault]} if question["package"]["name"] == "pytest" else {}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Advisories)
    Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_libraries_that_are_installed_are_asked_about(service: str) -> None:
    outcome, lines = judged(asked(["--vulnerability-service", "osv", "--osv-url", service]), {})
    assert outcome == VULNERABLE
    assert [line for line in lines if line.startswith("VULNERABLE PYSEC-1: pytest")] == lines[-1:]
