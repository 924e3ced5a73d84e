"""Signing in at a real provider: what each role sees and may do, who is refused, and what no cookie gets past."""

import json
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from tests.browser.conftest import ROOT, free_port, serving, settle

SECRET = "a secret that is only for tests, and long"
COOKIE = "_streamlit_user"
PEOPLE = {
    "vera": {"name": "Vera Vang", "roles": ["viewer"]},
    "karen": {"name": "Karen Kær", "email": "Karen@Holbaek.dk", "email_verified": True},
    "leif": {"name": "Leif Lund", "roles": "project leader"},
    "anna": {"name": "Anna Aas", "roles": ["offline_access", "administrator"]},
    "ulla": {"name": "Ulla Uhd", "email": "ulla@holbaek.dk", "email_verified": False},
}
FILE = """
[[person]]
email = "karen@holbaek.dk"
role = "consultant"
municipalities = ["Holbæk"]

[[person]]
email = "atle@example.org"
role = "consultant"
municipalities = ["Atlantis"]

[[person]]
email = "ulla@holbaek.dk"
role = "administrator"
"""


@dataclass
class Provider:
    """The provider, and what is changed in its description of itself before the app reads it."""

    address: str
    lies: dict[str, str] = field(default_factory=dict)

    def described(self) -> bytes:
        with urlopen(f"{self.address}/.well-known/openid-configuration") as answer:
            return json.dumps(json.load(answer) | self.lies).encode()


@contextmanager
def provider_for(app: str) -> Iterator[Provider]:
    node = shutil.which("node")
    assert node and (ROOT / "tests/oidc/node_modules").exists(), "Run make test once: it installs the provider."
    command = [node, "tests/oidc/provider.js", app, json.dumps(PEOPLE)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout is not None
    try:
        yield Provider(next(line.split()[1] for line in process.stdout if line.startswith("provider: ")))
    finally:
        process.terminate()
        process.communicate(timeout=20)


@contextmanager
def describing(provider: Provider) -> Iterator[str]:
    """Where the provider's description is to be had, with its lies."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(provider.described())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@dataclass
class Place:
    """The app, and the provider that it trusts."""

    app: str
    provider: Provider


@pytest.fixture(scope="module")
def place(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("signing_in")
    shutil.copy(demonstration_file, folder / "app.duckdb")
    (folder / "people.toml").write_text(FILE, encoding="utf-8")
    port = free_port()
    app = f"http://localhost:{port}"
    with provider_for(app) as provider, describing(provider) as description:
        settings = {
            "OIDC_METADATA": description,
            "OIDC_CLIENT": "lige-adgang",
            "OIDC_SECRET": "only for tests",
            "ADDRESS": app,
            "COOKIE_SECRET": SECRET,
            "ROLE_CLAIM": "roles",
            "PEOPLE": str(folder / "people.toml"),
        }
        with serving(folder / "app.duckdb", port, **{f"LIGE_ADGANG_{key}": one for key, one in settings.items()}):
            yield Place(app, provider)


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="en-GB")
    context.set_default_timeout(30_000)
    yield context
    context.close()


Enter = Callable[..., Page]


@pytest.fixture
def enter(window: BrowserContext, place: Place) -> Enter:
    """Signs somebody in on the way to a page."""

    def sign_in(who: str, path: str = "") -> Page:
        page = window.new_page()
        page.goto(f"{place.app}/{path}")
        page.get_by_role("button", name="Sign in").click()
        page.locator("input[name=login]").fill(who)
        page.locator("input[name=password]").fill("any")
        page.get_by_role("button", name="Sign-in").click()
        page.wait_for_url(f"{place.app}/{path}*")
        page.locator("h1").wait_for()
        settle(page)
        return page

    return sign_in


def here(page: Page) -> str:
    return page.locator(".st-key-person_here").inner_text()


def test_a_viewer_comes_to_the_page_that_was_asked_for_and_is_told_what_is_for_others(enter: Enter) -> None:
    page = enter("vera", "upload?lang=en&understanding=gradient")
    assert "Vera Vang (vera)" in here(page)
    assert "Viewer" in here(page)
    expect(page.get_by_text("You may look at what is stored here, and not store anything.")).to_be_visible()
    expect(page.get_by_test_id("stFileUploader")).to_have_count(0)
    expect(page.get_by_role("button", name="Take back").first).to_be_disabled()


def test_a_consultant_takes_back_only_what_is_of_the_own_municipality(enter: Enter) -> None:
    page = enter("karen", "upload?lang=en")
    assert "Karen Kær (karen@holbaek.dk)" in here(page)
    assert "Health consultant: Holbæk" in here(page)
    expect(page.get_by_test_id("stFileUploader")).to_be_visible()
    own = page.locator("[class*=st-key-row_]", has_text="Holbæk").get_by_role("button", name="Take back")
    other = page.locator("[class*=st-key-row_]", has_text="Aarhus").get_by_role("button", name="Take back")
    expect(own).to_be_enabled()
    expect(other).to_be_disabled()
    other.hover(force=True)
    expect(page.get_by_text("Not for: Aarhus. You act for Holbæk.").first).to_be_visible()


def test_a_project_leader_tells_stories_and_signs_out(enter: Enter, place: Place) -> None:
    page = enter("leif", "stories?lang=en")
    assert "Project leader" in here(page)
    expect(page.get_by_role("button", name="Duplicate")).to_be_enabled()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Yes, sign me out").click()
    page.wait_for_url(f"{place.app}/**")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto(f"{place.app}/stories?lang=en")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_only_the_provider_itself_lets_an_administrator_in(enter: Enter, place: Place) -> None:
    place.provider.lies = {"issuer": "https://somebody-else.example"}
    expect(enter("anna").get_by_role("heading", name="Sign in")).to_be_visible()
    place.provider.lies = {}
    page = enter("anna", "methods?lang=en")
    assert "Administrator" in here(page)
    expect(page.get_by_text("atle@example.org: “Atlantis” is not a municipality that is known.")).to_be_visible()


def test_who_has_no_role_is_refused_and_sees_nothing(enter: Enter) -> None:
    page = enter("ulla")
    expect(page.get_by_role("heading", name="You have no access yet")).to_be_visible()
    expect(
        page.get_by_text("Your e-mail does not count: those who signed you in have not verified it.")
    ).to_be_visible()
    expect(page.get_by_text("subject = 'ulla'")).to_be_visible()
    expect(page.locator(".js-plotly-plot .point")).to_have_count(0)


COOKIES: dict[str, tuple[str, float, int, str]] = {
    "as it is given": (SECRET, 0, 0, "Did access become more equal?"),
    "signed by somebody else": (SECRET.upper(), 0, 0, "Sign in"),
    "changed by a letter": (SECRET, 0, 1, "Sign in"),
    "older than a sign-in holds": (SECRET, 10 * 3600 + 1, 0, "Sign in"),
}
"""With which secret the cookie is made, how many seconds ago, how far a letter of it is moved, and what stands then."""


@pytest.mark.parametrize("case", COOKIES)
def test_a_cookie_lets_in_only_as_it_is_given(window: BrowserContext, place: Place, case: str) -> None:
    secret, age, moved, heading = COOKIES[case]
    claims = {"sub": "x", "roles": ["administrator"], "iat": time.time() - age, "origin": place.app}
    value = create_signed_value(secret, COOKIE, json.dumps(claims | {"is_logged_in": True})).decode()
    changed = value[:9] + chr(ord(value[9]) + moved) + value[10:]
    window.add_cookies([{"name": COOKIE, "value": changed, "url": place.app}])
    page = window.new_page()
    page.goto(f"{place.app}/?lang=en")
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
