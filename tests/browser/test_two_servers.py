"""Two processes of the app over one database, behind a real nginx: what is stored through one the other shows."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import serving, settle
from tests.pages.test_upload import adjustments, rows
from tests.support.proxying import answered_by, proxied
from tests.support.servers import wait_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_BROWSERS = 30
"""It falls to chance which server a new browser gets."""


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def browsers_of_each(browser: Browser, address: str, folder: Path) -> Iterator[Page]:
    """A page in a browser of its own at each of the two servers."""
    taken: set[str] = set()
    for _ in range(MOST_BROWSERS):
        context = browser.new_context(locale="da-DK", ignore_https_errors=True)
        context.request.get(address)
        page = context.new_page()
        wait_for(lambda page=page: cookie_of(page) in answered_by(folder))
        (app,) = answered_by(folder)[cookie_of(page)]
        if app not in taken:
            taken.add(app)
            yield page
        if len(taken) == 2:
            return
    pytest.fail("one server gets every browser")


def cookie_of(page: Page) -> str:
    """By which nginx knows the browser."""
    (cookie,) = (one["value"] for one in page.context.cookies() if one["name"] == "lige_adgang_server")
    return cookie


def shows(page: Page) -> bool:
    """Whether the page shows what was stored when it is loaded anew."""
    page.reload()
    settle(page)
    return page.get_by_role("heading", name="kløften i gennemførelse").count() > 0


def test_a_workbook_stored_at_one_server_is_seen_at_the_other(
    browser: Browser, folder: Path, courses: Callable[..., bytes]
) -> None:
    database = folder / "shared.duckdb"
    with ExitStack() as running:
        apps = {}
        for _ in range(2):
            stopped = running.enter_context(ExitStack())
            apps[stopped.enter_context(serving(database, SERVERS="several", SIGN_IN="off"))] = stopped
        _, tls = running.enter_context(proxied(folder, *apps))
        address = f"https://127.0.0.1:{tls}"
        storing, looking = browsers_of_each(browser, address, folder)
        looking.goto(f"{address}/?lang=da")
        storing.goto(f"{address}/upload?lang=da")
        expect(looking.get_by_role("heading", name="Ingen data endnu")).to_be_visible()
        content = courses(*rows(), Justeringer=adjustments())
        storing.locator("input[type=file]").set_input_files(
            {"name": "holbæk.xlsx", "mimeType": XLSX, "buffer": content}
        )
        storing.get_by_role("button", name="Gem", exact=True).click()
        expect(storing.get_by_text("er gemt, og siderne viser det nu.")).to_be_visible()
        wait_for(lambda: shows(looking))
        own = answered_by(folder)
        assert all(len(of_one) == 1 for of_one in own.values())

        (its,) = own[cookie_of(looking)]
        apps[f"http://{its}"].close()  # Its browsers go on at the other.
        wait_for(lambda: shows(looking))
        for page in (storing, looking):
            page.context.close()
