"""What a browser makes of hostile names and notes: text, letter by letter, and nothing else."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Dialog, Page

from analysis.intake.tables import cleaned
from analysis.store import Database
from tests.browser.conftest import go_to, serving
from tests.support.workbooks.hostile_names import HEADER, OUTSIDE, PLACE, SHOWN, stored_in

pytestmark = pytest.mark.slow

Visit = Callable[..., Page]

MADE = """outside => [
    ...document.querySelectorAll(`[href*="${outside}"], [src*="${outside}"]`),
    ...document.querySelectorAll("[href^=javascript], [*|href^=javascript]"),
    ...document.querySelectorAll(".katex, [onerror], [onload], iframe[srcdoc], [role=img][aria-label^=delete]"),
    ...document.querySelectorAll("[class*=Badge] [class*=Colored], .footnotes"),
].map(one => one.outerHTML.slice(0, 200))"""
"""What was made of a text that was obeyed."""

TEXTS = """() => {
    const blocks = "p, li, td, th, h1, h2, h3, h4, button, summary, text, [role=option], label, footer div, div";
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const inside = walker.currentNode.parentElement;
        if (/z\\d+z/.test(walker.currentNode.data) && !inside.closest("script, style")) {
            found.add(inside.closest(blocks).textContent);
        }
    }
    return [...found];
}"""
"""The blocks of text in which one of the texts ends."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Where the app answers over a database of hostile names."""
    database = Database(tmp_path / "hostile.duckdb")
    stored_in(database)
    database.close()
    with serving(database.path) as url:
        yield url


def obeyed(page: Page) -> list[str]:
    """What the page made of a text, and what stands there otherwise than the text."""
    texts = [re.sub(r"\s", "", text) for text in page.evaluate(TEXTS)]
    literal = [re.sub(r"\s", "", text) for text in SHOWN]
    altered = [
        text for text in texts if any(literal[int(number)] not in text for number in re.findall(r"z(\d+)z", text))
    ]
    turned = [text for text in texts if re.search("[\u202a-\u202e\u2066-\u2069]", text)]
    return [*page.evaluate(MADE, OUTSIDE), *altered, *turned]


def test_no_page_makes_anything_of_a_text(visit: Visit) -> None:
    fired: list[str] = []
    page = visit("?" + urlencode({"lang": "en", "dimension": cleaned(HEADER), "municipality": PLACE}))
    page.context.on("dialog", lambda dialog: _note(dialog, fired))
    number = 0
    for section, name in every_page(page):
        go_to(page, section, name)
        assert obeyed(page) == [], name
        number += len(page.evaluate(TEXTS))
        hover(page)
        assert obeyed(page) == [], f"{name}: pointed at"
    assert number > len(SHOWN)
    assert fired == []


def every_page(page: Page) -> list[tuple[str, str]]:
    """The pages of the menu, each under its section."""
    found = []
    for section in page.get_by_test_id("stTopNav").get_by_role("button").all():
        section.click()
        page.get_by_role("menuitem").first.wait_for()
        found += [(section.inner_text(), name) for name in page.get_by_role("menuitem").all_inner_texts()]
        page.keyboard.press("Escape")
    return found


def hover(page: Page) -> None:
    """Point at a mark of the first chart."""
    mark = page.locator(".js-plotly-plot .point:visible").first
    if mark.count():
        mark.hover(force=True)


def _note(dialog: Dialog, fired: list[str]) -> None:
    fired.append(dialog.message)
    dialog.dismiss()
