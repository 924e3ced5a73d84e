"""The page of stories: begun, named, ordered, given words, duplicated, deleted, taken in from a file."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.i18n import wording
from analysis.model.story import Slide, Story
from analysis.store import Database, add_story, saved_stories

Open = Callable[..., AppTest]
PAGE = "stories.py"
PAGES_WITH_CHARTS = (
    *("overview", "social_groups", "stages", "municipalities", "adjustments", "over_time"),
    *("spread", "understandings", "actions", "requests", "municipality"),
)
TWO = Story("Vores historie", (Slide("groups"), Slide("parts", {"municipality": "Aarhus"}, "Ind eller ud?", "Rolig")))


@pytest.fixture
def file_with_story(demonstration_database: Database) -> Path:
    add_story(demonstration_database, TWO, by=NOBODY_SIGNED_IN)
    demonstration_database.close()
    return demonstration_database.path


def stories(test: AppTest) -> list[Story]:
    """What the database of the app has now."""
    from pages.components import process

    return [saved.story for saved in saved_stories(process.open_database())]


def button(test: AppTest, label: str, place: int = 0) -> AppTest:
    return [one for one in test.button if one.label == label][place].click().run()


def told(elements: Iterable[Any]) -> list[str]:
    return [element.value.replace("\\", "") for element in elements]


@pytest.mark.parametrize("lang", ["da", "en", "nb", "sv", "fi"])
def test_the_page_opens_in_every_language(app: Open, demonstration_file: Path, lang: str) -> None:
    test = app(demonstration_file, lang).switch_page(PAGE).run()
    assert not test.exception
    assert len(test.selectbox(key="story").options) == 3


def test_without_any_data_it_says_how_to_begin(app: Open) -> None:
    test = app(lang="en").switch_page(PAGE).run()
    assert not test.exception
    assert "There is no story yet." in told(test.info)


def test_a_new_story_is_begun(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en").switch_page(PAGE).run()
    next(one for one in test.text_input if one.label == "Name").input("Ten minutes")
    button(test, "Begin")
    assert [story.name for story in stories(test)] == ["Ten minutes"]
    assert test.selectbox(key="story").value not in ("laks", "one-municipality", "understandings")


def test_a_story_without_a_name_is_not_kept(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en").switch_page(PAGE).run()
    button(test, "Begin")
    assert "A story needs a name." in told(test.error)
    assert stories(test) == []


def test_views_change_places(app: Open, file_with_story: Path) -> None:
    test = app(file_with_story, "en").switch_page(PAGE).run()
    button(test, "Down")
    assert [slide.exhibit for slide in stories(test)[0].slides] == ["parts", "groups"]
    button(test, "Up", 1)
    assert stories(test) == [TWO]


def test_a_view_is_removed(app: Open, file_with_story: Path) -> None:
    test = app(file_with_story, "en").switch_page(PAGE).run()
    button(test, "Remove")
    assert stories(test)[0].slides == TWO.slides[1:]


def test_heading_and_note_are_kept(app: Open, file_with_story: Path) -> None:
    test = app(file_with_story, "en").switch_page(PAGE).run()
    headings = [one for one in test.text_input if one.label == "Heading"]
    assert [one.value for one in headings] == ["", "Ind eller ud?"]
    headings[0].input("<b>Hvem</b> når frem?").run()
    next(one for one in test.text_area if one.label == "Speaker's note").input("Vis *rolig* én ad gangen").run()
    first = stories(test)[0].slides[0]
    assert (first.heading, first.note) == ("<b>Hvem</b> når frem?", "Vis *rolig* én ad gangen")
    assert not test.exception


def test_a_cpr_number_is_no_note(app: Open, file_with_story: Path) -> None:
    test = app(file_with_story, "en").switch_page(PAGE).run()
    next(one for one in test.text_area if one.label == "Speaker's note").input("Ring 010203-1234").run()
    assert any("looks like a CPR number" in one for one in told(test.error))
    assert stories(test) == [TWO]


def test_what_is_too_long_is_not_kept(app: Open, file_with_story: Path) -> None:
    from pages.components import process
    from pages.components.stories import service

    test = app(file_with_story, "en").switch_page(PAGE).run()
    long = Slide("groups", {"search": "x" * 200})
    (saved,) = saved_stories(process.open_database())
    assert service.change(saved, Story("Lang", (long,)), wording("en")) is False
    number = Slide("groups", {"search": "010203-1234"})
    assert service.change(saved, Story("CPR", (number,)), wording("en")) is False
    assert stories(test) == [TWO]


def test_who_comes_second_is_told(app: Open, file_with_story: Path) -> None:
    from analysis.store import change_story
    from pages.components import process

    test = app(file_with_story, "en").switch_page(PAGE).run()
    (saved,) = saved_stories(process.open_database())
    change_story(process.open_database(), saved, Story("En andens", TWO.slides), by=NOBODY_SIGNED_IN)
    button(test, "Remove")
    assert any("Somebody else has changed this story" in one for one in told(test.error))
    assert stories(test) == [Story("En andens", TWO.slides)]


def test_a_ready_story_is_duplicated_to_be_changed(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en").switch_page(PAGE).run()
    assert not [one for one in test.button if one.label == "Remove"]
    button(test, "Duplicate")
    (copy,) = stories(test)
    assert copy.name == "LAKS in ten minutes (copy)"
    assert len(copy.slides) == 12
    assert len([one for one in test.button if one.label == "Remove"]) == 12


def test_a_story_is_deleted(app: Open, file_with_story: Path) -> None:
    test = app(file_with_story, "en").switch_page(PAGE).run()
    button(test, "Delete the story")
    assert stories(test) == []
    assert not test.exception


def test_a_link_leads_to_its_story(app: Open, demonstration_file: Path) -> None:
    test = app(demonstration_file, "en", story="understandings").switch_page(PAGE)
    test.query_params["story"] = "understandings"
    test.run()
    assert test.selectbox(key="story").value == "understandings"


def test_a_view_of_data_that_is_gone_is_told_of(app: Open, file_with_story: Path) -> None:
    test = app(file_with_story, "en")
    from pages.components import process

    saved = saved_stories(process.open_database())[0]
    from analysis.store import change_story

    change_story(
        process.open_database(), saved, Story("Væk", (Slide("no_such_view"), *TWO.slides)), by=NOBODY_SIGNED_IN
    )
    test.switch_page(PAGE).run()
    assert not test.exception
    assert any("cannot be shown any more" in one.value for one in test.markdown)


def test_every_chart_that_can_be_added_can_be_told(app: Open, demonstration_file: Path) -> None:
    from analysis.exhibits.registry import page_of

    test = app(demonstration_file, "en", municipality="Aarhus", within="sex")
    found = set()
    for page in PAGES_WITH_CHARTS:
        test.switch_page(f"{page}.py").run()
        found |= {str(one.key) for one in test.button if str(one.key).endswith("_story")}
    keys = {key.removesuffix("_story") for key in found}
    assert len(keys) > 20
    assert [key for key in sorted(keys) if page_of(key) is None] == []
