"""A story built from what is stored, and made into what people tell it with and take away."""

import re
import unicodedata

import streamlit as st

from analysis.auth.roles import Sight
from analysis.charts.palette import Theme
from analysis.exhibits.exhibit import Exhibit, Told
from analysis.exhibits.registry import built
from analysis.i18n import LANGUAGES, Wording, wording
from analysis.model.story import Slide, Story, as_json, from_json
from pages.components import session
from pages.components.choice_widgets import Gone
from pages.components.missing_choice import said_of_slide

PICTURE = (1450, 520)
PICTURE_TYPE = 17
"""Pixels of a picture on a slide, and of its type; a PNG has two for each."""


def told(story: Story, wording: Wording) -> list[Told]:
    """The slides of the story in this language."""
    return _told(as_json(story), wording.code, session.open_database().version(), session.sight())


@st.cache_resource(max_entries=20, show_spinner=False)
def _told(story: str, code: str, version: int, sight: Sight) -> list[Told]:
    own = wording(code)
    return [_one_told(slide, own) for slide in from_json(story).slides]


def _one_told(slide: Slide, wording: Wording) -> Told:
    """The slide with its exhibit, or with what is said in its place."""
    try:
        return Told(built(slide, wording), slide.heading, slide.note)
    except Gone as gone:
        return Told(None, slide.heading, slide.note, said_of_slide(gone, wording))


def page(story: Story, wording: Wording, theme: Theme) -> str:
    """The story as one HTML page, in every language."""
    return _page(as_json(story), wording.code, theme, session.open_database().version(), session.sight())


@st.cache_resource(max_entries=4, show_spinner=False)
def _page(story: str, code: str, theme: Theme, version: int, sight: Sight) -> str:
    from analysis.exports.stage import document

    own = from_json(story)
    slides = {language: told(own, wording(language)) for language in LANGUAGES}
    return document(own.name, slides, language=code, theme=theme)


def powerpoint(story: Story, wording: Wording) -> bytes:
    ready = told(story, wording)
    if any(one.exhibit and one.exhibit.plan == "picture" for one in ready):
        from analysis.exports import images

        images.get_ready()
    from analysis.exports.powerpoint.deck import slides

    return slides(story.name, ready, wording=wording, picture=_picture)


def _picture(one: Exhibit) -> bytes | None:
    from analysis.charts.standalone import bare
    from analysis.exports.images import NoBrowser, image

    try:
        width, height = PICTURE
        figure = one.draw({"theme": "light", "text_size": PICTURE_TYPE})
        return image(bare(figure, width=width, height=height), "png")
    except (NoBrowser, TimeoutError):
        return None


def pdf(story: Story, wording: Wording) -> bytes:
    from analysis.exports.images import paper

    return paper(page(story, wording, "light"))


def workbook(story: Story, wording: Wording) -> bytes:
    """The numbers of every view, each on a sheet of its own, and what they are on the first."""
    from analysis.exports.workbook import numbers

    about = [(wording.text("Story"), story.name)]
    tables = {}
    for place, one in enumerate(told(story, wording), start=1):
        if one.exhibit is None:
            about.append((f"{place} {one.title}", one.in_its_place(wording)))
            continue
        standing = one.exhibit.standing
        lines = (one.exhibit.answers, standing.in_words, standing.source, *standing.notes)
        about.append((f"{place} {one.title}", "\n".join(lines)))
        tables[f"{place} {one.title}"] = one.exhibit.numbers
    return numbers(tables, about, about_name=wording.text("About"))


def file_name(story: Story, ending: str) -> str:
    """A name that every system takes."""
    letters = unicodedata.normalize("NFKD", story.name.replace("ø", "oe").replace("æ", "ae").replace("å", "aa"))
    plain = re.sub(r"[^a-z0-9]+", "-", letters.encode("ascii", "ignore").decode().lower()).strip("-")
    return f"{plain or 'story'}.{ending}"
