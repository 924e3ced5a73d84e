"""Exhibits as the person at a page gets them."""

from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.registry import ExhibitRequest, build
from analysis.i18n import Wording
from analysis.model.story import Slide
from pages.components.stories.downloads import exporter


def built(slide: Slide, wording: Wording) -> Exhibit | None:
    """The exhibit of a slide, from the database of this process."""
    export = exporter()
    version = export.data.database.version()
    choices = tuple(sorted(slide.choices.items()))
    return build(export.data, ExhibitRequest(slide.exhibit, choices, wording.code, export.disclosure_level, version))
