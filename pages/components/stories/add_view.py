"""Add the view of an exhibit to a story, from the page of the exhibit."""

import streamlit as st

from analysis.exhibits.exhibit import Exhibit
from analysis.i18n import Wording
from analysis.model.choices import in_slide
from analysis.model.story import LONGEST_NAME, Slide, Story
from pages.components import formatting, session
from pages.components.stories import service

NEW = ""


def choose_story(one: Exhibit) -> None:
    """Show a dialog that asks for the story, and append the view to it."""
    wording = one.provenance.wording

    @st.dialog(wording.text("Add to story"), icon=":material/playlist_add:")
    def ask() -> None:
        _ask(one, wording)

    ask()


def _ask(one: Exhibit, wording: Wording) -> None:
    stories = {kept.story_id: kept for kept in service.stored_stories(wording).values() if kept.saved}
    names = {NEW: wording.text("A new story"), **{key: kept.story.name for key, kept in stories.items()}}
    st.markdown(f"**{formatting.plain(one.asks)}**  \n{formatting.plain(one.provenance.in_words)}")
    first = next(iter(stories), NEW)
    chosen = st.selectbox(
        wording.text("Story"), list(names), index=list(names).index(first), format_func=names.__getitem__
    )
    with st.form("add_to_story", border=False):
        name = st.text_input(wording.text("Name"), max_chars=LONGEST_NAME) if chosen == NEW else ""
        is_asked = st.form_submit_button(wording.text("Add"), type="primary", icon=":material/check:")
    if is_asked:
        slide = Slide(one.key, _choices())
        if chosen == NEW:
            done = service.add(Story(name, (slide,)), wording) is not None
        else:
            saved = stories[chosen].saved
            assert saved is not None
            done = service.change(saved, Story(saved.story.name, (*saved.story.slides, slide)), wording)
        if done:
            st.session_state.pop(service.TOLD, None)
            st.session_state[f"{one.key}_added"] = True
            st.rerun()
        service.show_messages(formatting.plain)


def _choices() -> dict[str, str]:
    """Return the choices in a link to this view, without its language and page-specific ones."""
    return {**in_slide(st.query_params), "understanding": session.understanding().value}
