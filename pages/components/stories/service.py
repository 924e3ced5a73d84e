"""The stories that there are, and what is done with them; what may not be kept is refused."""

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
    """A story by its id in links; ``saved`` is missing for those that are ready made and cannot be changed."""

    story_id: str
    story: Story
    saved: SavedStory | None = None


def stored_stories(wording: Wording) -> dict[str, StoredStory]:
    """The stories by their id: those that people made, and the ready ones where the demonstration data are there."""
    database = session.database()
    found = {one.story_id: StoredStory(one.story_id, one.story, one) for one in store.saved_stories(database)}
    if True in session.data().coverage(database.version()):
        found |= {key: StoredStory(key, story) for key, story in ready_stories(wording).items()}
    return found


def add(story: Story, wording: Wording) -> str | None:
    """Keep a new story and say so; its id, or None where it may not be kept."""
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
    """Keep the story as it is now. Says why where it may not be, or where somebody else has changed it."""
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
    try:
        store.delete_story(session.database(), kept.story_id, by=signed_in_person())
    except NotAllowed as refused:
        show_next(permissions.refusal_text(refused, wording), bad=True)
        return
    clear(("story",))
    show_next(wording.text("The story “{name}” is deleted.", name=kept.story.name))


def _refused(story: Story, event: Event, wording: Wording) -> bool:
    """Whether the story may not be kept; says why."""
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
    """Say it when the page is drawn next."""
    st.session_state[TOLD] = (text, bad)


def show_messages(plain: Callable[[str], str]) -> None:
    """What was done, or why it was not."""
    text, bad = st.session_state.pop(TOLD, ("", False))
    if bad:
        st.error(plain(text), icon=":material/error:")
    elif text:
        st.success(plain(text), icon=":material/check:")
