"""What only a browser shows of the theme days: votes from two windows at once, clicks on the triangle, paper."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import a_browser, go_to, settle

Visit = Callable[..., Page]
DAY = "theme_day?lang=en&day=2016-10-06%7CBornholm"


def vote(page: Page, table: str, votes: tuple[int, int, int]) -> None:
    """Enter the votes of a table, as fast as the page takes them, and wait until it says that they are saved."""
    page.get_by_label("Table", exact=True).fill(table)
    for name, number in zip(("Disadvantaged groups", "Gap", "Gradient"), votes, strict=True):
        page.get_by_role("spinbutton", name=name).fill(str(number))
    page.get_by_role("button", name="Save the table's votes").click()
    expect(page.get_by_text(f"The votes of table {table} are saved.")).to_be_visible()
    settle(page)


def in_a_window_of_its_own(address: str, tables: range, together: Barrier, failed: list[BaseException]) -> None:
    """Somebody at another computer, who enters the votes of these tables."""
    try:
        with a_browser() as browser:
            page = browser.new_context(locale="en-GB", viewport={"width": 1366, "height": 900}).new_page()
            page.set_default_timeout(60_000)
            page.goto(f"{address}/{DAY}")
            page.locator("h1").wait_for()
            settle(page)
            for table in tables:
                together.wait(timeout=60)
                vote(page, str(table), (table, 2 * table, 3))
    except BaseException as error:
        failed.append(error)
        together.abort()


@pytest.mark.demonstration
def test_two_windows_enter_votes_at_once_and_none_is_lost(visit: Visit, address: str) -> None:
    shown = visit(DAY)
    expect(shown.get_by_text("No table has voted yet.")).to_be_visible()
    together = Barrier(2)
    failed: list[BaseException] = []
    windows = [
        Thread(target=in_a_window_of_its_own, args=(address, tables, together, failed))
        for tables in (range(1, 3), range(11, 13))
    ]
    for window in windows:
        window.start()
    expect(shown.get_by_text(re.compile(r"^[1-4] tables? so far"))).to_be_visible(timeout=120_000)
    for window in windows:
        window.join()
    assert failed == []
    expect(shown.get_by_text("4 tables so far")).to_be_visible()
    shown.reload()
    settle(shown)
    for table in (*range(1, 3), *range(11, 13)):
        entered = (
            f"Table {table}, Bornholm Politicians, before: disadvantaged groups {table}, gap {2 * table}, gradient 3"
        )
        expect(shown.get_by_text(entered, exact=True)).to_be_visible()


@pytest.mark.demonstration
def test_the_same_table_from_two_windows_is_told_before_it_is_replaced(visit: Visit) -> None:
    one, other = visit(DAY), visit(DAY)
    vote(one, "1", (6, 3, 1))
    expect(other.get_by_text("1 table so far; most weight on disadvantaged groups.")).to_be_visible()
    other.get_by_label("Table", exact=True).fill("1")
    other.get_by_role("spinbutton", name="Gradient").fill("9")
    other.get_by_role("button", name="Save the table's votes").click()
    expect(other.get_by_text("Table 1 has entered votes already; they stand below.")).to_be_visible()
    expect(other.get_by_text("1 table so far; most weight on disadvantaged groups.")).to_be_visible()
    expect(other.get_by_role("spinbutton", name="Gradient")).to_have_value("9")
    settle(other)
    other.get_by_role("button", name="Save the table's votes").click()
    expect(one.get_by_text("1 table so far; most weight on gradient.")).to_be_visible()
    settle(other)
    other.get_by_role("button", name="Take back").click()
    expect(one.get_by_text("1 table so far; most weight on disadvantaged groups.")).to_be_visible()


@pytest.mark.demonstration
def test_a_sheet_takes_the_place_of_the_number_fields(visit: Visit) -> None:
    page = visit(DAY + "&voted=actions")
    expect(page.get_by_text("4 tables so far; “Påmindelser på sms” has the most votes.")).to_be_visible()
    page.locator(".st-key-day_upload summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a sheet to fill in").click()
    assert download.value.suggested_filename == "votes.xlsx"
    page.locator("input[type=file]").set_input_files(
        {"name": "votes.xlsx", "mimeType": "application/octet-stream", "buffer": filled(download.value.path())}
    )
    page.get_by_role("button", name="Store it").click()
    expect(page.get_by_text("6 tables so far; “Transport til tilbuddet” has the most votes.")).to_be_visible()


def filled(path: Path) -> bytes:
    """The sheet as six tables fill it in: all for one action."""
    book = load_workbook(io.BytesIO(path.read_bytes()))
    page = book["Votes"]
    for row in page.iter_rows(min_row=2):
        row[4].value = 50 if row[3].value == "Transport til tilbuddet" else 0
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.demonstration
def test_a_click_in_the_triangle_changes_the_understanding_of_every_page(visit: Visit) -> None:
    page = visit("understandings?lang=en")
    page.locator(".st-key-understood_triangle .js-plotly-plot .scatterlayer .point").first.wait_for()
    index = page.evaluate(
        """() => {
            const plot = document.querySelector(".st-key-understood_triangle .js-plotly-plot");
            const keys = plot._fullData[1].customdata;
            return keys.findIndex(([leading]) => leading === "gradient");
        }"""
    )
    point = page.locator(".st-key-understood_triangle .scatterlayer .trace").nth(1).locator("path.point").nth(index)
    point.scroll_into_view_if_needed()
    box = point.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("understanding=gradient"))
    settle(page)
    go_to(page, "The gaps", "Overview")
    expect(page.get_by_role("heading", name=re.compile("slope|gradient", re.IGNORECASE)).first).to_be_visible()


@pytest.mark.demonstration
def test_a_municipalitys_page_comes_out_on_paper_without_choices_and_buttons(visit: Visit) -> None:
    page = visit("municipality?lang=en&municipality=Holb%C3%A6k")
    page.emulate_media(media="print")
    for choice in ("stSidebar", "stHeader"):
        expect(page.get_by_test_id(choice)).to_be_hidden()
    expect(page.get_by_role("button", name="Download")).to_be_hidden()
    expect(page.get_by_role("heading", name="Holbæk", exact=True)).to_be_visible()
    expect(page.get_by_text("Følgeskab til samtalen (1 Nov 2015)")).to_be_visible()
    printed = page.pdf(format="A4")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 5
