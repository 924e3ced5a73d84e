"""A story from a stage: by the keyboard, without the network, in two windows, in every language, large enough."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

LEAST_TYPE = 24
"""Pixels of a stage that is 1080 high."""
LANGUAGE_KEYS = {"d": "da", "n": "nb", "s": "sv", "f": "fi", "e": "en"}

SHOWN = """least => {
    const slide = document.querySelector(".slide.shown");
    const texts = [...slide.querySelectorAll("h2, .sentence, footer div, .synthetic, svg text")]
        .filter(text => text.textContent.trim() && text.getBoundingClientRect().width);
    const progress = document.querySelector(".progress");
    const inside = ({left, right, top, bottom}) => left >= 0 && right <= 1920 && top >= 0 && bottom <= 1080;
    const foot = slide.querySelector("footer").getBoundingClientRect();
    const chart = slide.querySelector(".main-svg")?.getBoundingClientRect();
    return {
        lang: slide.lang,
        title: slide.querySelector("h2").textContent,
        place: progress.textContent,
        small: [...texts, progress].filter(text => parseFloat(getComputedStyle(text).fontSize) < least)
            .map(text => text.textContent),
        cut: texts.filter(text => !inside(text.getBoundingClientRect())).map(text => text.textContent),
        covered: Boolean(chart && chart.bottom > foot.top + 1),
        isDrawn: Boolean(chart),
    };
}"""

READY_WITHIN = 120_000
"""Milliseconds for a story in five languages to be made on a busy machine."""


def present(page: Page) -> Page:
    """The window that the button opens, once it is ready."""
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Præsentér").click()
    shown = opened.value
    shown.wait_for_selector("body[data-ready]", timeout=READY_WITHIN)
    return shown


@pytest.fixture
def stage(visit: Visit) -> Callable[[str], Page]:
    """Opens a story on a stage of 1920 by 1080, takes the network away, and begins."""

    def open_stage(story: str) -> Page:
        page = visit(f"stories?lang=da&story={story}", width=1920)
        shown = present(page)
        shown.set_viewport_size({"width": 1920, "height": 1080})
        page.context.set_offline(True)
        shown.keyboard.press("Enter")
        return shown

    return open_stage


def until_it_ends(shown: Page) -> list[dict[str, object]]:
    """What is on the stage at first and after each step."""
    found = [shown.evaluate(SHOWN, LEAST_TYPE)]
    while True:
        shown.keyboard.press("ArrowRight")
        found.append(shown.evaluate(SHOWN, LEAST_TYPE))
        here, last = str(found[-1]["place"]).split(" / ")
        if here == last and found[-1]["place"] == found[-2]["place"]:
            return found


@pytest.mark.reading
@pytest.mark.parametrize("story", [pytest.param("laks", marks=pytest.mark.slow), "one-municipality", "understandings"])
def test_a_ready_story_is_told_in_every_language_without_the_network(stage: Callable[[str], Page], story: str) -> None:
    shown = stage(story)
    titles = {}
    for key, code in LANGUAGE_KEYS.items():
        shown.keyboard.press(key)
        shown.keyboard.press("Home")
        states = until_it_ends(shown)
        assert {state["lang"] for state in states} == {code}
        for state in states:
            assert state["isDrawn"], state
            assert state["small"] == [], state
            assert state["cut"] == [], state
            assert not state["covered"], state
        titles[code] = list(dict.fromkeys((state["place"], state["title"]) for state in states))
    assert len({len(one) for one in titles.values()}) == 1
    assert len({tuple(one) for one in titles.values()}) == len(LANGUAGE_KEYS)


@pytest.mark.reading
def test_keys_go_there_and_back(stage: Callable[[str], Page]) -> None:
    shown = stage("understandings")
    place = shown.locator(".progress")
    for key, where in (("End", "5 / 5"), ("Home", "1 / 5")):
        shown.keyboard.press(key)
        expect(place).to_have_text(where)
    for forth, back in (("PageDown", "PageUp"), (" ", "ArrowLeft")):
        shown.keyboard.press(forth)
        shown.keyboard.press(forth)
        expect(place).to_have_text("2 / 5")
        shown.keyboard.press(back)
        shown.keyboard.press(back)
        expect(place).to_have_text("1 / 5")
    shown.keyboard.press("b")
    expect(shown.locator(".blank")).to_be_visible()
    shown.keyboard.press(".")
    expect(shown.locator(".blank")).to_have_count(0)
    shown.keyboard.press("?")
    expect(shown.get_by_role("dialog")).to_contain_text("Talerens vindue: W")
    shown.keyboard.press("Escape")
    expect(shown.get_by_role("dialog")).to_have_count(0)


@pytest.mark.reading
def test_before_stands_alone_until_after_comes_beside_it(stage: Callable[[str], Page]) -> None:
    shown = stage("understandings")
    marks = shown.locator(".slide.shown .scatterlayer .points path")
    before = marks.count()
    expect(shown.locator(".slide.shown .sentence")).to_be_hidden()
    shown.keyboard.press("ArrowRight")
    expect(shown.locator(".slide.shown .sentence")).to_be_visible()
    assert marks.count() == 2 * before


@pytest.mark.reading
def test_one_row_is_pointed_at(stage: Callable[[str], Page]) -> None:
    shown = stage("understandings")
    pointer = shown.locator(".slide.shown .pointer")
    shown.keyboard.press("ArrowDown")
    first = pointer.bounding_box()
    shown.keyboard.press("ArrowDown")
    second = pointer.bounding_box()
    assert first is not None
    assert second is not None
    assert second["y"] > first["y"]
    shown.keyboard.press("Escape")
    expect(pointer).to_have_count(0)


@pytest.mark.reading
def test_the_speaker_sees_the_note_and_the_next_view_in_a_window_that_goes_along(
    stage: Callable[[str], Page],
) -> None:
    shown = stage("understandings")
    with shown.context.expect_page() as opened:
        shown.keyboard.press("w")
    speaker = opened.value
    speaker.wait_for_selector("body[data-ready]")
    expect(speaker.locator(".note")).to_have_text("Hvordan går det de dårligst stillede?")
    speaker.keyboard.press("ArrowRight")
    speaker.keyboard.press("ArrowRight")
    expect(shown.locator(".progress")).to_have_text("2 / 5")
    shown.keyboard.press("ArrowRight")
    shown.keyboard.press("ArrowRight")
    expect(speaker.locator(".place")).to_have_text("3 / 5")
    expect(speaker.locator(".coming .slide.shown h2")).to_have_count(1)
    speaker.keyboard.press("f")
    expect(shown.locator(".slide.shown")).to_have_attribute("lang", "fi")


@pytest.mark.reading
def test_a_story_is_presented_again(visit: Visit) -> None:
    page = visit("stories?lang=da&story=one-municipality")
    for _ in range(2):
        shown = present(page)
        expect(shown.get_by_role("heading", name="Én kommune")).to_be_visible()
        shown.close()


@pytest.mark.reading
def test_a_window_that_the_browser_blocks_is_told_of(visit: Visit) -> None:
    page = visit("stories?lang=da&story=one-municipality")
    page.evaluate("window.open = () => null")
    page.get_by_role("button", name="Præsentér").click()
    expect(page.get_by_text("tillad pop op-vinduer")).to_be_visible()


@pytest.mark.demonstration
def test_views_from_two_pages_become_a_story_that_a_colleague_opens_by_its_link(visit: Visit, tmp_path: Path) -> None:
    page = visit("stages?lang=en&municipality=Aarhus")
    page.locator(".st-key-parts_story button").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("From Aarhus")
    dialog.get_by_role("button", name="Add").click()
    expect(page.get_by_text("The view is added to the story.")).to_be_visible()
    other = visit("?lang=en&dimension=labour%20market")
    other.locator(".st-key-groups_story button").click()
    other.get_by_role("dialog").get_by_role("button", name="Add").click()
    expect(other.get_by_text("The view is added to the story.")).to_be_visible()
    stories = visit("stories?lang=en")
    expect(stories.locator(".st-key-view_0")).to_contain_text("Aarhus")
    expect(stories.locator(".st-key-view_1")).to_contain_text("Labour-market attachment")
    stories.get_by_role("button", name="Take away").click()
    with stories.expect_download() as download:
        stories.get_by_role("button", name="One file for any browser (HTML)").click()
    file = tmp_path / "story.html"
    download.value.save_as(file)
    reader = stories.context.new_page()
    stories.context.set_offline(True)
    reader.goto(file.as_uri())
    reader.wait_for_selector("body[data-ready]")
    expect(reader.locator("article")).to_have_count(2)
    expect(reader.locator("article .main-svg").first).to_be_visible()
    reader.get_by_role("button", name="Suomi").click()
    expect(reader.locator("article section").first).to_have_attribute("lang", "fi")
