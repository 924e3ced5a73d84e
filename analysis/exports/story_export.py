"""Build a story from stored data and export it: HTML and stage, PowerPoint, PDF, Excel."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from analysis.auth.roles import DisclosureLevel
from analysis.charts.palette import Theme
from analysis.exhibits.cache import cached
from analysis.exhibits.choice_texts import missing_in_story
from analysis.exhibits.choosing import MissingChoice
from analysis.exhibits.exhibit import Exhibit, StorySlide
from analysis.exhibits.registry import ExhibitRequest, build
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import LANGUAGES, Wording, wording
from analysis.model.story import Slide, Story, as_json, from_json

PICTURE = (1450, 520)
PICTURE_TYPE = 17
"""Size of a picture on a slide and of its text, in pixels; a PNG has two pixels for each."""


@dataclass(frozen=True)
class StoryExport:
    """The stored data and the disclosure level of exported stories."""

    data: StoredData
    disclosure_level: DisclosureLevel

    def slides(self, story: Story, wording: Wording) -> list[StorySlide]:
        """Build the slides of the story in this language."""
        return _story_slides(self, as_json(story), wording.code, self.data.database.version())

    def page(self, story: Story, language: Wording, theme: Theme, languages: Iterable[str] = tuple(LANGUAGES)) -> str:
        """Return the story as one HTML page in these languages; it opens in ``language``."""
        version = self.data.database.version()
        return _page(self, as_json(story), language.code, theme, tuple(languages), version)

    def powerpoint(self, story: Story, wording: Wording) -> bytes:
        views = self.slides(story, wording)
        if any(one.exhibit and one.exhibit.plan == "picture" for one in views):
            from analysis.exports import images

            images.get_ready()
        from analysis.exports.powerpoint.deck import slides

        return slides(story.name, views, wording=wording, picture=_picture)

    def pdf(self, story: Story, wording: Wording) -> bytes:
        """Return the story as PDF in one language."""
        from analysis.exports.images import paper

        return paper(self.page(story, wording, "light", [wording.code]))

    def workbook(self, story: Story, wording: Wording) -> bytes:
        """Return a workbook with the numbers of each exhibit on its own sheet, and their description on the first."""
        from analysis.exports.workbook import numbers

        about = [(wording.text("Story"), story.name)]
        tables = {}
        for place, one in enumerate(self.slides(story, wording), start=1):
            if one.exhibit is None:
                about.append((f"{place} {one.title}", one.in_its_place(wording)))
                continue
            provenance = one.exhibit.provenance
            lines = (one.exhibit.answers, provenance.in_words, provenance.source, *provenance.notes)
            about.append((f"{place} {one.title}", "\n".join(lines)))
            tables[f"{place} {one.title}"] = one.exhibit.numbers
        return numbers(tables, about, about_name=wording.text("About"))


@cached
def _story_slides(export: StoryExport, story: str, language: str, version: int) -> list[StorySlide]:
    return [_story_slide(export, slide, language, version) for slide in from_json(story).slides]


def _story_slide(export: StoryExport, slide: Slide, language: str, version: int) -> StorySlide:
    """Return the slide with its exhibit, or with the message that replaces it."""
    choices = tuple(sorted(slide.choices.items()))
    request = ExhibitRequest(slide.exhibit, choices, language, export.disclosure_level, version)
    try:
        return StorySlide(build(export.data, request), slide.heading, slide.note)
    except MissingChoice as missing:
        return StorySlide(None, slide.heading, slide.note, missing_in_story(missing, wording(language)))


@cached
def _page(
    export: StoryExport, story: str, language: str, theme: Theme, languages: tuple[str, ...], version: int
) -> str:
    from analysis.exports.stage import document

    own = from_json(story)
    slides = {code: _story_slides(export, story, code, version) for code in languages}
    return document(own.name, slides, language=language, theme=theme)


def _picture(one: Exhibit) -> bytes | None:
    from analysis.charts.standalone import without_page
    from analysis.exports.images import NoBrowser, image

    try:
        width, height = PICTURE
        figure = one.draw({"theme": "light", "text_size": PICTURE_TYPE})
        return image(without_page(figure, width=width, height=height), "png")
    except (NoBrowser, TimeoutError):
        return None


def file_name(story: Story, ending: str) -> str:
    """Return a file name that is valid on every operating system."""
    letters = unicodedata.normalize("NFKD", story.name.replace("ø", "oe").replace("æ", "ae").replace("å", "aa"))
    plain = re.sub(r"[^a-z0-9]+", "-", letters.encode("ascii", "ignore").decode().lower()).strip("-")
    return f"{plain or 'story'}.{ending}"
