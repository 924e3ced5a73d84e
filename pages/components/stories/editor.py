"""Editor of a story's views: order, headings and speaker's notes."""

from dataclasses import replace

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.exhibit import StorySlide
from analysis.exhibits.registry import page_of
from analysis.i18n import Wording
from analysis.model.story import LONGEST_HEADING, LONGEST_NOTE, Slide, Story
from pages.components import formatting
from pages.components.sign_in import signed_in_person
from pages.components.stories import service
from pages.components.stories.service import StoredStory


def views(kept: StoredStory, story_slides: list[StorySlide], wording: Wording) -> None:
    """Show every view in its own box, editable if the story is not built in."""
    for place, (slide, one) in enumerate(zip(kept.story.slides, story_slides, strict=True)):
        with st.container(border=True, key=f"view_{place}"):
            _what_it_is(place, slide, one, wording)
            if kept.saved and signed_in_person().may(Action.TELL):
                _words(kept, place, wording)
                _buttons(kept, place, wording)
            elif one.note:
                st.markdown("  \n".join(map(formatting.plain, one.note.splitlines())))


def _what_it_is(place: int, slide: Slide, one: StorySlide, wording: Wording) -> None:
    left, right = st.columns([5, 1])
    with left:
        st.markdown(f"**{place + 1}. {formatting.plain(one.title or one.in_its_place(wording))}**")
        if one.exhibit:
            st.caption(
                f"{formatting.plain(one.exhibit.answers)}  \n{formatting.plain(one.exhibit.provenance.in_words)}"
            )
        elif one.title:
            st.caption(formatting.plain(one.in_its_place(wording)))
    page = page_of(slide.exhibit)
    if page:
        right.page_link(
            f"{page}.py",
            label=wording.text("See its page"),
            icon=":material/open_in_new:",
            query_params=dict(slide.choices),
        )


def _words(kept: StoredStory, place: int, wording: Wording) -> None:
    slide = kept.story.slides[place]
    names = {"heading": f"heading_{_version(kept)}_{place}", "note": f"note_{_version(kept)}_{place}"}

    def keep() -> None:
        changed = replace(slide, **{field: st.session_state[key].strip() for field, key in names.items()})
        _change(kept, [*kept.story.slides[:place], changed, *kept.story.slides[place + 1 :]], wording)

    st.text_input(
        wording.text("Heading"),
        slide.heading,
        key=names["heading"],
        max_chars=LONGEST_HEADING,
        placeholder=wording.text("The question of the view, unless you write another"),
        on_change=keep,
    )
    st.text_area(
        wording.text("Speaker's note"), slide.note, key=names["note"], max_chars=LONGEST_NOTE, height=80, on_change=keep
    )


def _buttons(kept: StoredStory, place: int, wording: Wording) -> None:
    slides = list(kept.story.slides)

    def move(step: int) -> None:
        slides.insert(place + step, slides.pop(place))
        _change(kept, slides, wording)

    def remove() -> None:
        del slides[place]
        _change(kept, slides, wording)

    last = len(slides) - 1
    with st.container(horizontal=True):
        key = f"{_version(kept)}_{place}"
        st.button(
            wording.text("Up"),
            icon=":material/arrow_upward:",
            key=f"up_{key}",
            on_click=move,
            args=(-1,),
            disabled=place == 0,
        )
        st.button(
            wording.text("Down"),
            icon=":material/arrow_downward:",
            key=f"down_{key}",
            on_click=move,
            args=(1,),
            disabled=place == last,
        )
        st.button(wording.text("Remove"), icon=":material/delete:", key=f"remove_{key}", on_click=remove)


def _change(kept: StoredStory, slides: list[Slide], wording: Wording) -> None:
    assert kept.saved is not None
    service.change(kept.saved, Story(kept.story.name, tuple(slides)), wording)


def _version(kept: StoredStory) -> str:
    """Return the version of the story, for widget keys: a field retains typed text until the story changes."""
    assert kept.saved is not None
    return f"{kept.story_id}_{kept.saved.revision}"
