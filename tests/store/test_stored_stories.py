"""Stories in the database: kept, changed by one at a time, and no reason to count anything again."""

from pathlib import Path

import pytest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.model.story import Slide, Story
from analysis.store import Database, StoryChanged, add_story, change_story, delete_story, saved_stories

LAKS = Story("LAKS på ti minutter", (Slide("groups", {"rate": "reach"}, "Hvem når frem?", "Før, så efter"),))


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "stories.duckdb")


def test_a_story_is_there_after_a_restart(database: Database) -> None:
    story_id = add_story(database, LAKS, by=NOBODY_SIGNED_IN)
    database.close()
    again = Database(database.path)
    (saved,) = saved_stories(again)
    assert (saved.story_id, saved.story) == (story_id, LAKS)


def test_who_comes_second_is_told_and_overwrites_nothing(database: Database) -> None:
    add_story(database, LAKS, by=NOBODY_SIGNED_IN)
    (read_by_both,) = saved_stories(database)
    change_story(database, read_by_both, Story("Den første", LAKS.slides), by=NOBODY_SIGNED_IN)
    with pytest.raises(StoryChanged):
        change_story(database, read_by_both, Story("Den anden", LAKS.slides), by=NOBODY_SIGNED_IN)
    assert [saved.story.name for saved in saved_stories(database)] == ["Den første"]


def test_a_deleted_story_cannot_be_changed(database: Database) -> None:
    story_id = add_story(database, LAKS, by=NOBODY_SIGNED_IN)
    (saved,) = saved_stories(database)
    delete_story(database, story_id, by=NOBODY_SIGNED_IN)
    with pytest.raises(StoryChanged):
        change_story(database, saved, LAKS, by=NOBODY_SIGNED_IN)
    assert saved_stories(database) == []


def test_a_story_changes_no_data(database: Database) -> None:
    before = database.version()
    add_story(database, LAKS, by=NOBODY_SIGNED_IN)
    change_story(database, saved_stories(database)[0], Story("Et andet navn", ()), by=NOBODY_SIGNED_IN)
    assert database.version() == before


def test_the_story_changed_last_comes_first(database: Database) -> None:
    first = add_story(database, LAKS, by=NOBODY_SIGNED_IN)
    add_story(database, Story("En til"), by=NOBODY_SIGNED_IN)
    change_story(
        database, next(one for one in saved_stories(database) if one.story_id == first), LAKS, by=NOBODY_SIGNED_IN
    )
    assert saved_stories(database)[0].story_id == first
