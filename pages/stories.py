"""Stories page: sequences of views, to present and to export."""

from typing import Any

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.choosing import Options
from analysis.i18n import Wording
from analysis.model.story import LONGEST_NAME, BadStory, Story, from_json
from pages.components import formatting, permissions, session
from pages.components.choice_state import choose_instead
from pages.components.choice_widgets import pick
from pages.components.stories import downloads, editor, service
from pages.components.stories.service import StoredStory

LARGEST_FILE = 1_000_000
"""Maximum size in bytes of a story file."""


def choose(stories: dict[str, StoredStory], wording: Wording) -> StoredStory:
    """Return the story to show."""
    names = {
        key: kept.story.name if kept.saved else wording.text("{name} (ready made)", name=kept.story.name)
        for key, kept in stories.items()
    }
    return stories[pick(Options("story", wording.text("Story"), names, initial=next(iter(stories))))]


def only_tellers(wording: Wording) -> dict[str, Any]:
    """Return arguments for widgets that change stories: disabled, with the reason, for people without permission."""
    return permissions.disabled_if(permissions.reason_not_allowed(Action.TELL, wording))


def begin_new(wording: Wording) -> None:
    """Show buttons for a new story, empty or from a file."""
    with st.popover(wording.text("New story"), icon=":material/add:", **only_tellers(wording)):
        with st.form("new_story", border=False, clear_on_submit=True):
            name = st.text_input(wording.text("Name"), max_chars=LONGEST_NAME)
            if st.form_submit_button(wording.text("Begin"), type="primary"):
                _open(service.add(Story(name.strip()), wording))
        file = st.file_uploader(wording.text("Or a story that was taken away"), type=["json"], key="story_file")
        if file is not None and st.session_state.get("story_file_read") != file.file_id:
            st.session_state["story_file_read"] = file.file_id
            _open(_from_file(file.getvalue(), wording))


def _from_file(content: bytes, wording: Wording) -> str | None:
    try:
        if len(content) > LARGEST_FILE:
            raise BadStory
        return service.add(from_json(content), wording)
    except BadStory:
        service.show_next(wording.text("The file holds no story that was taken away from here."), bad=True)
        return None


def _open(story_id: str | None) -> None:
    if story_id is not None:
        st.session_state["story_held"] = story_id
        st.query_params["story"] = story_id
    st.rerun()


def handle(kept: StoredStory, wording: Wording) -> None:
    """Show the actions for the whole story."""

    def duplicate() -> None:
        name = wording.text("{name} (copy)", name=kept.story.name)[:LONGEST_NAME]
        if copy := service.add(Story(name, kept.story.slides), wording):
            choose_instead(story=copy)

    with st.container(horizontal=True, key="handle"):
        if kept.story.slides:
            downloads.downloads(kept, wording)
        label = wording.text("Duplicate")
        st.button(label, icon=":material/content_copy:", on_click=duplicate, **only_tellers(wording))
        if kept.saved:
            with st.popover(wording.text("Delete"), icon=":material/delete:", **only_tellers(wording)):
                st.markdown(wording.text("The story is gone for everybody. The data behind it stay."))
                st.button(
                    wording.text("Delete the story"), type="primary", on_click=service.delete, args=(kept, wording)
                )
        begin_new(wording)


def name_of(kept: StoredStory, wording: Wording) -> None:
    """Show a field for the name of the story, or a note for a built-in story."""
    saved = kept.saved
    if saved is None:
        st.caption(
            formatting.plain(wording.text("Ready made, from the demonstration data. Duplicate it to change it."))
        )
        return
    key = f"name_{kept.story_id}_{saved.revision}"

    def rename() -> None:
        service.change(saved, Story(st.session_state[key].strip(), kept.story.slides), wording)

    st.text_input(
        wording.text("Name"),
        kept.story.name,
        key=key,
        max_chars=LONGEST_NAME,
        on_change=rename,
        **only_tellers(wording),
    )


wording = session.language()
st.title(wording.text("Stories"))
st.markdown(
    wording.text(
        "A story is a row of views, each with a heading and a speaker's note. Any chart comes into one by “Add to "
        "story” below it. Presented, it fills the screen, goes on without the network, and changes language by one key."
    )
)
service.show_messages(formatting.plain)
stories = service.stored_stories(wording)
if not stories:
    st.info(wording.text("There is no story yet."), icon=":material/slideshow:")
    begin_new(wording)
    st.stop()
kept = choose(stories, wording)
handle(kept, wording)
name_of(kept, wording)
if kept.story.slides:
    downloads.present(kept, wording)
    editor.views(kept, downloads.exporter().slides(kept.story, wording), wording)
else:
    st.info(wording.text("No view yet: press “Add to story” below a chart on any page."), icon=":material/slideshow:")
