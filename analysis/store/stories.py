"""Stored stories. A revision number prevents two people from overwriting each other's changes."""

from dataclasses import dataclass
from uuid import uuid4

from analysis.auth.roles import Action, Person
from analysis.model.story import Story, as_json, from_json, texts_of
from analysis.store.database import Database
from analysis.store.integrity.audit import Event, attempted, record
from analysis.text.identity_numbers import must_not_hold_identity_number


class StoryChanged(Exception):
    """Another person changed or deleted the story after it was read."""


@dataclass(frozen=True)
class SavedStory:
    """A stored story. ``revision`` increases with every change."""

    story_id: str
    story: Story
    revision: int


def add_story(database: Database, story: Story, *, by: Person) -> str:
    """Store a new story; return its id, which links use. Raise ``NotAllowed`` and ``HoldsIdentityNumber``."""
    with attempted(database, by, Event.ADD_STORY):
        by.must(Action.TELL)
    must_not_hold_identity_number(texts_of(story))
    story_id = uuid4().hex[:12]
    with database.writing(touching=()) as cursor:
        cursor.execute("INSERT INTO story (story_id, story, revision) VALUES (?, ?, 1)", [story_id, as_json(story)])
        record(cursor, by, Event.ADD_STORY, story=story_id)
    return story_id


def change_story(database: Database, saved: SavedStory, story: Story, *, by: Person) -> None:
    """Replace the story that was read with this one.

    Raise ``StoryChanged``, ``NotAllowed`` and ``HoldsIdentityNumber``.
    """
    with attempted(database, by, Event.CHANGE_STORY):
        by.must(Action.TELL)
    must_not_hold_identity_number(texts_of(story))
    with database.writing(touching=()) as cursor:
        changed = cursor.execute(
            "UPDATE story SET story = ?, revision = revision + 1, changed_at = current_localtimestamp() "
            "WHERE story_id = ? AND revision = ? RETURNING revision",
            [as_json(story), saved.story_id, saved.revision],
        ).fetchall()
        if not changed:
            raise StoryChanged(saved.story_id)
        record(cursor, by, Event.CHANGE_STORY, story=saved.story_id)


def delete_story(database: Database, story_id: str, *, by: Person) -> None:
    """Delete a story. Raise ``NotAllowed``."""
    with attempted(database, by, Event.DELETE_STORY):
        by.must(Action.TELL)
    with database.writing(touching=()) as cursor:
        gone = cursor.execute("DELETE FROM story WHERE story_id = ? RETURNING story_id", [story_id]).fetchall()
        if gone:
            record(cursor, by, Event.DELETE_STORY, story=story_id)


def saved_stories(database: Database) -> list[SavedStory]:
    """Return every story, last changed first."""
    with database.reading() as cursor:
        rows = cursor.execute("SELECT story_id, story, revision FROM story ORDER BY changed_at DESC")
        return [SavedStory(key, from_json(text), revision) for key, text, revision in rows.fetchall()]
