"""What only a browser shows of exploring: clicks on marks, links, languages, understandings, keys, accessibility."""

import io
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

pytestmark = pytest.mark.reading

Visit = Callable[..., Page]
PAGES = (
    *(
        "",
        "social_groups",
        "stages",
        "municipalities",
        "adjustments",
        "over_time",
        "coverage",
        "offers",
        "methods",
        "upload",
    ),
    *("spread", "understandings", "actions", "requests", "municipality", "theme_day", "stories"),
)
DARK_TOO = ("", "municipalities", "upload", "theme_day", "stories")
DARKNESS = """() => Math.max(
    ...getComputedStyle(document.querySelector("[data-testid=stApp]")).backgroundColor.match(/\\d+/g).slice(0, 3)
)"""
LINK = "municipalities?municipality=Aarhus&rate=reach&understanding=gradient&lang=en"


def click_mark(page: Page, chart: str, name: str) -> None:
    """Click on the mark of a chart that stands for this name."""
    page.locator(f".st-key-{chart} .js-plotly-plot .main-svg").first.wait_for()
    place = page.evaluate(
        """([chart, name]) => {
            const plot = document.querySelector(`.st-key-${chart} .js-plotly-plot`);
            plot.scrollIntoView({block: "center"});
            for (const trace of plot._fullData) {
                const at = (trace.customdata || []).findIndex(keys => keys.some(key => String(key).endsWith(name)));
                if (at < 0) continue;
                const {xaxis, yaxis} = plot._fullLayout, main = document.querySelector("[data-testid=stMain]");
                const mark = plot.getBoundingClientRect().top + yaxis._offset + yaxis.d2p(trace.y[at]);
                main.scrollBy({top: mark - innerHeight / 2, behavior: "instant"});
                const box = plot.getBoundingClientRect();
                return [
                    box.left + xaxis._offset + xaxis.d2p(trace.x[at]),
                    box.top + yaxis._offset + yaxis.d2p(trace.y[at]),
                ];
            }
        }""",
        [chart, name],
    )
    page.mouse.move(*place)
    # A click counts only on a mark that the chart has found under the pointer.
    page.wait_for_function(
        "chart => document.querySelector(`.st-key-${chart} .js-plotly-plot`)._hoverdata?.length", arg=chart
    )
    page.mouse.click(*place)
    settle(page)


def title(page: Page) -> str:
    return page.locator("h1").inner_text()


def answers(page: Page) -> list[str]:
    figures = page.locator("[data-testid=stMetricValue]")
    figures.first.wait_for()
    return figures.all_inner_texts()


def test_from_the_map_to_one_offer_and_back_by_the_trail(visit: Visit) -> None:
    page = visit("municipalities?lang=en")
    click_mark(page, "municipality_map", "Aarhus")
    expect(page.get_by_role("heading", name="What happened in each offer?")).to_be_visible()
    click_mark(page, "offer_changes", "KOL-rehabilitering")
    expect(page.locator(".st-key-trail")).to_contain_text("KOL-rehabilitering")
    assert "offer=KOL-rehabilitering" in page.url
    page.locator(".st-key-trail_0 button").click()
    settle(page)
    assert "municipality" not in page.url


@pytest.mark.parametrize(
    ("path", "chart", "mark", "choice"),
    [
        ("?lang=en", "groups", "short education", "group=short+education"),
        ("social_groups?lang=en", "dimensions", "woman", "dimension=sex"),
        ("municipalities?lang=en&map=tiles", "municipality_tiles", "Gladsaxe", "municipality=Gladsaxe"),
        ("municipalities?lang=en", "funnel", "Ballerup", "municipality=Ballerup"),
        ("adjustments?lang=en", "offers", "Mindre hold", ""),
        ("stages?lang=en", "path", "medium higher education", "group=medium+higher+education"),
        ("over_time?lang=en", "over_time", "short education", "group=short+education"),
        ("spread?lang=en", "reached_map", "Bornholm", "municipality=Bornholm"),
        ("spread?lang=en&map=tiles", "reached_tiles", "Gladsaxe", "municipality=Gladsaxe"),
        ("actions?lang=en", "ranking", "Sundhed i jobcentret", "action=Sundhed+i+jobcentret"),
        ("understandings?lang=en&shape=bars", "understood_bars", "Samsø", "municipality=Sams"),
    ],
)
def test_a_mark_leads_to_what_it_stands_for(visit: Visit, path: str, chart: str, mark: str, choice: str) -> None:
    page = visit(path)
    click_mark(page, chart, "Diabetesskole" if chart == "offers" else mark)
    assert (choice or "offer=Diabetesskole") in page.url.replace("%20", "+")


def test_a_copied_address_shows_the_same_to_somebody_else(visit: Visit) -> None:
    page = visit("?lang=en")
    page.get_by_role("radio", name="Disadvantaged groups").click()
    settle(page)
    click_mark(page, "groups", "short education")
    other = visit(page.url.split("/", 3)[3], locale="fi-FI")
    assert title(other) == title(page)
    assert answers(other) == answers(page)
    assert page.locator(".st-key-exhibit_groups p").first.inner_text() == (
        other.locator(".st-key-exhibit_groups p").first.inner_text()
    )


ONE_OFFER = "?lang=en&data=demonstration&municipality=Aarhus&offer=Diabetesskole"


def test_back_undoes_another_municipality_and_clearing_at_once(visit: Visit) -> None:
    page = visit(ONE_OFFER)
    before = page.url
    page.locator(".st-key-municipality input").fill("Holb")
    page.keyboard.press("Enter")
    settle(page)
    assert "offer" not in page.url
    page.go_back()
    settle(page)
    assert page.url == before
    page.locator(".st-key-clear_choices button").click()
    settle(page)
    assert "municipality" not in page.url
    page.go_back()
    settle(page)
    assert page.url == before
    expect(page.locator(".st-key-trail")).to_contain_text("Diabetesskole")


def test_the_language_changes_the_words_and_not_the_view(visit: Visit) -> None:
    page = visit(LINK)
    before = page.url
    page.locator(".st-key-lang input").press_sequentially("Svenska")
    page.get_by_role("option", name="Svenska").click()
    expect(page.locator("h1")).not_to_have_text("Where did the gap change?")
    settle(page)
    assert page.url == before.replace("lang=en", "lang=sv")
    expect(page.locator(".st-key-trail")).to_contain_text("Aarhus")
    assert page.evaluate("document.documentElement.lang") == "sv"


def test_the_understanding_changes_the_answer_on_the_page(visit: Visit) -> None:
    page = visit("?lang=en")
    said = set()
    for name in ("Disadvantaged groups", "Gap", "Gradient"):
        page.get_by_role("radio", name=name, exact=True).click()
        settle(page)
        said.add((*answers(page)[:3], page.locator("h2").first.inner_text()))
    assert len(said) == 3


def test_everything_is_reached_by_the_keyboard(visit: Visit) -> None:
    page = visit("?lang=en")
    page.get_by_role("radio", name="Gap", exact=True).focus()
    page.keyboard.press("Tab")
    reached = set()
    for _ in range(60):
        key = page.evaluate(
            "() => document.activeElement.closest('[class*=st-key-]')?.className.match(/st-key-([\\w]+)/)?.[1] || ''"
        )
        reached.add(key)
        page.keyboard.press("Tab")
    assert {"exhibit_groups", "exhibit_extremes"} <= reached or {"groups_xlsx"} <= reached, reached
    page.locator(".st-key-municipality input").focus()
    page.keyboard.type("Holb")
    page.keyboard.press("Enter")
    settle(page)
    assert "municipality=Holb" in page.url


def test_a_table_comes_when_it_is_opened_and_stays_when_another_place_is_chosen(visit: Visit) -> None:
    page = visit("?lang=en")
    numbers = page.locator(".st-key-exhibit_groups").get_by_test_id("stExpander")
    drawn = page.locator(".st-key-groups .point").first.element_handle()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(0)
    numbers.get_by_text("The numbers as a table").click()
    expect(numbers.get_by_test_id("stDataFrame")).to_be_visible()
    assert drawn.evaluate("mark => mark.isConnected")  # Nothing but the table was drawn.
    page.locator(".st-key-municipality input").fill("Holb")
    page.keyboard.press("Enter")
    settle(page)
    assert not drawn.evaluate("mark => mark.isConnected")
    expect(numbers.get_by_test_id("stDataFrame")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame")).to_have_count(1)


def test_numbers_and_pictures_are_taken_away(visit: Visit) -> None:
    page = visit("?lang=en")
    page.locator(".st-key-exhibit_groups").get_by_role("button", name="Download").click()
    found = {}
    for kind in ("xlsx", "svg", "png"):
        with page.expect_download() as download:
            page.locator(f".st-key-groups_{kind} button").click()
        found[kind] = download.value.path().read_bytes()
    assert found["png"].startswith(b"\x89PNG")
    assert b"The gap in completion narrowed" in found["svg"]
    book = load_workbook(io.BytesIO(found["xlsx"]))
    assert book.sheetnames == ["About", "Numbers"]
    assert book["Numbers"]["A2"].value


@pytest.mark.slow
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(visit: Visit, address: str) -> None:
    page, axe = visit(PAGES[0]), Axe()
    faults = []
    for path in PAGES:
        page.set_viewport_size({"width": 1366, "height": 900})
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}/{path}")
        page.locator("h1").wait_for()
        settle(page)
        found = axe.run(page).response["violations"]
        if path in DARK_TOO:
            page.emulate_media(color_scheme="dark")
            settle(page)
            assert page.evaluate(DARKNESS) < 128
            found += axe.run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
        serious = [one for one in found if one["impact"] in {"serious", "critical"}]
        faults += [(path, one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in serious]
        page.set_viewport_size({"width": 390, "height": 900})
        settle(page)
        wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth")
        faults += [(path, "too wide")] if wide > 0 else []
    assert faults == []
