"""Story service: list, add, change and delete stories, and refuse invalid ones."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from analysis import store
from analysis.auth.roles import NotAllowed
from analysis.exports.builtin_stories import ready_stories
from analysis.i18n import Wording
from analysis.model.story import MOST_SLIDES, BadStory, Story, as_json, texts_of
from analysis.store import Event, Result, SavedStory
from analysis.text.identity_numbers import holds_identity_number
from pages.components import audit_log, permissions, recovery, session
from pages.components.choice_state import clear
from pages.components.database_error_page import not_stored_text
from pages.components.sign_in import signed_in_person

TOLD = "story_told"


@dataclass(frozen=True)
class StoredStory:
    """A story with its id in links; ``saved`` is None for built-in stories, which cannot be changed."""

    story_id: str
    story: Story
    saved: SavedStory | None = None


def stored_stories(wording: Wording) -> dict[str, StoredStory]:
    """Return the stories by id: people's stories, and built-in ones if the demonstration data are loaded."""
    database = session.database()
    found = {one.story_id: StoredStory(one.story_id, one.story, one) for one in store.saved_stories(database)}
    if True in session.data().coverage(database.version()):
        found |= {key: StoredStory(key, story) for key, story in ready_stories(wording).items()}
    return found


def add(story: Story, wording: Wording) -> str | None:
    """Store a new story and report it; return its id, or None if it is refused."""
    if _refused(story, Event.ADD_STORY, wording):
        return None
    try:
        story_id = store.add_story(session.database(), story, by=signed_in_person())
    except NotAllowed as refused:
        show_next(permissions.refusal_text(refused, wording), bad=True)
        return None
    except store.DatabaseError as database_error:
        show_next(not_stored_text(database_error, wording), bad=True)
        return None
    show_next(wording.text("The story “{name}” is saved.", name=story.name))
    return story_id


def change(saved: SavedStory, story: Story, wording: Wording) -> bool:
    """Store the changed story. Report a refusal, or a concurrent change by another person."""
    if _refused(story, Event.CHANGE_STORY, wording):
        return False
    try:
        store.change_story(session.database(), saved, story, by=signed_in_person())
    except NotAllowed as refused:
        show_next(permissions.refusal_text(refused, wording), bad=True)
        return False
    except store.StoryChanged:
        audit_log.refused(Event.CHANGE_STORY, Result.CHANGED_MEANWHILE)
        show_next(
            wording.text("Somebody else has changed this story in the meantime. It is shown as it is now."), bad=True
        )
        return False
    except store.DatabaseError as database_error:
        show_next(not_stored_text(database_error, wording), bad=True)
        return False
    return True


@recovery.reporting_database_errors
def delete(kept: StoredStory, wording: Wording) -> None:
    """Delete a story, and report success or refusal."""
    try:
        store.delete_story(session.database(), kept.story_id, by=signed_in_person())
    except NotAllowed as refused:
        show_next(permissions.refusal_text(refused, wording), bad=True)
        return
    clear(("story",))
    show_next(wording.text("The story “{name}” is deleted.", name=kept.story.name))


def _refused(story: Story, event: Event, wording: Wording) -> bool:
    """Return True, and report why, if the story must not be stored."""
    if not story.name.strip():
        show_next(wording.text("A story needs a name."), bad=True)
    elif len(story.slides) > MOST_SLIDES:
        show_next(wording.text("A story has at most {most} views.", most=MOST_SLIDES), bad=True)
    elif not _can_be_written(story):
        show_next(wording.text("A text is longer than it may be."), bad=True)
    elif holds_identity_number(texts_of(story)):
        audit_log.refused(event, Result.CPR_NUMBER)
        show_next(wording.text("A text looks like a CPR number, which is never stored. Write it without."), bad=True)
    else:
        return False
    return True


def _can_be_written(story: Story) -> bool:
    try:
        as_json(story)
    except BadStory:
        return False
    return True


def show_next(text: str, *, bad: bool = False) -> None:
    """Show this message at the next page run."""
    st.session_state[TOLD] = (text, bad)


def show_messages(plain: Callable[[str], str]) -> None:
    """Show the result of the last action."""
    text, bad = st.session_state.pop(TOLD, ("", False))
    if bad:
        st.error(plain(text), icon=":material/error:")
    elif text:
        st.success(plain(text), icon=":material/check:")
