"""The real app in a real browser, over a database of its own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from analysis.intake import demonstration
from analysis.store import Database

ROOT = Path(__file__).parents[2]
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
"""The first is the same browser without windows of its own, and takes a tenth less time."""
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
expect.set_options(timeout=20_000)  # What is waited for comes late where many tests share the computer.


def browser_path() -> str:
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path is not None, "Chromium or Chrome is needed: see the README"
    return path


@contextmanager
def a_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


@pytest.fixture(scope="session")
def address_to_read(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the app answers to all tests that only read the demonstration data."""
    database = tmp_path_factory.mktemp("read") / "browser.duckdb"
    shutil.copy(demonstration_file, database)
    with serving(database) as url:
        yield url


@pytest.fixture
def address(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the app answers; its database is empty, or holds the demonstration data if the test is marked so."""
    if request.node.get_closest_marker("reading"):
        yield request.getfixturevalue("address_to_read")
        return
    database = tmp_path / "browser.duckdb"
    if request.node.get_closest_marker("demonstration"):
        shutil.copy(request.getfixturevalue("demonstration_file"), database)
    with serving(database) as url:
        yield url


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(database: Path, port: int | None = None, log: Path | None = None, **settings: str) -> Iterator[str]:
    """The app as a program of its own over this database, with these settings: its address. ``log`` is what it says."""
    port = port or free_port()
    named = {f"LIGE_ADGANG_{name}": value for name, value in {"DATABASE": str(database), **settings}.items()}
    environment = {**os.environ, **named}
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert server.stdout is not None
    with (log or Path(os.devnull)).open("wb") as said:
        said_on = Thread(target=shutil.copyfileobj, args=(server.stdout, said))
        try:
            assert any(said.write(line) and b"URL:" in line for line in server.stdout), "the app did not start"
            said_on.start()
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)
            if said_on.is_alive():
                said_on.join()


@contextmanager
def demonstration_in_a_browser() -> Iterator[tuple[Browser, str]]:
    """A browser, and the address of the app over the demonstration data, for what is no test."""
    with tempfile.TemporaryDirectory() as folder, a_browser() as started:
        path = Path(folder) / "demonstration.duckdb"
        database = Database(path)
        demonstration.load(database)
        database.close()
        with serving(path) as url:
            yield started, url


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> dict[str, BrowserContext]:
    """The browser contexts by language. A new one loads and compiles the scripts of the page anew: twice the time."""
    return {}


@pytest.fixture
def visit(browser: Browser, address: str, contexts: dict[str, BrowserContext]) -> Iterator[Callable[..., Page]]:
    """Opens a page of the app and waits until it stands still; at the end the console must be clean."""
    problems: list[str] = []
    pages = []

    def open_page(path: str = "", *, width: int = 1366, locale: str = "da-DK") -> Page:
        if locale not in contexts:
            contexts[locale] = browser.new_context(locale=locale, accept_downloads=True, reduced_motion="reduce")
        page = contexts[locale].new_page()
        page.set_viewport_size({"width": width, "height": 900})
        pages.append(page)
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: _note(message, problems))
        page.on("request", lambda request: _note_request(request.url, address, problems))
        page.goto(f"{address}/{path}")
        page.locator("h1").wait_for()
        settle(page)
        return page

    yield open_page
    for context in {page.context for page in pages}:
        for page in context.pages:
            page.close()
        context.clear_cookies()
        context.set_offline(False)
    assert problems == []


STANDS_STILL = """() => new Promise(resolve => {
    const app = () => document.querySelector("[data-testid='stApp'][data-test-connection-state='CONNECTED']");
    let timer;
    const again = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
            const isWaiting = document.querySelector("[data-testid='stSkeleton']");
            if (isWaiting || app()?.dataset.testScriptState !== "notRunning") return again();
            watcher.disconnect();
            resolve();
        }, 300);
    };
    const watcher = new MutationObserver(again);
    watcher.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
    again();
})"""


def settle(page: Page) -> None:
    """Wait until the page is connected, no script runs, all is drawn, and nothing has moved for a moment."""
    page.evaluate(STANDS_STILL)


def go_to(page: Page, section: str, name: str) -> None:
    """Choose a page in the menu."""
    page.get_by_test_id("stTopNav").get_by_role("button", name=section).click()
    page.get_by_role("menuitem", name=name, exact=True).click()
    settle(page)


def _note(message: ConsoleMessage, problems: list[str]) -> None:
    # Streamlit looks for its own address below every page's path, and the browser logs what is not found there.
    if message.type == "error" and "_stcore" not in message.location.get("url", ""):
        problems.append(message.text)


def _note_request(url: str, address: str, problems: list[str]) -> None:
    if not url.startswith((address, "data:", "blob:")):
        problems.append(f"a request left the machine: {url}")
