"""The catalogue to take away: the adjustments that the filters leave, or a few of them, as a document or a story."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.adjustments.adjustment import Adjustment
from analysis.exhibits.adjustments.results import WithResult
from analysis.exhibits.adjustments.slides import story_of
from analysis.exhibits.gap_choices import offer_gap_data
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.model.choices import ChoiceGroup, keys_of
from pages.components import audit_log, formatting, permissions, session
from pages.components.exhibit_context import context
from pages.components.server_browser import can_draw
from pages.components.stories import service

if TYPE_CHECKING:
    from analysis.exports.catalogue_document import Kind
    from analysis.exports.catalogue_document.chapters import GroupedBy

LONGEST_NAME = 80
"""Most letters of the name of a file."""


def download_catalogue(view: GapData, kept: Sequence[WithResult], narrowed_by: str) -> None:
    """Show the downloads of the catalogue in an expander, made when it is open; ``narrowed_by`` names the filters."""
    wording = view.wording
    if not kept:
        return
    place = st.expander(
        wording.text("Download the catalogue"), icon=":material/menu_book:", key="catalogue_open", on_change="rerun"
    )
    if not place.open:
        return
    with place:
        names = {one.adjustment.id: one for one in kept}
        few = st.multiselect(
            wording.text("Only these"), list(names), placeholder=wording.text("all that are shown"), key="catalogue_few"
        )
        chosen = [names[name] for name in few] or list(kept)
        orders: dict[GroupedBy, str] = {
            "municipality": wording.text("Municipality"),
            "tags": wording.text("What was done"),
        }
        grouped_by = st.segmented_control(
            wording.text("Grouped by"),
            list(orders),
            format_func=orders.__getitem__,
            default="municipality",
            required=True,
            key="catalogue_grouped_by",
        )
        _downloads(view, chosen, grouped_by, narrowed_by)
        _make_story(chosen, wording)


def _downloads(view: GapData, chosen: Sequence[WithResult], grouped_by: "GroupedBy", narrowed_by: str) -> None:
    wording, here = view.wording, context(view.wording)
    drawable = session.is_first_run() or can_draw()

    def of_offer(made: Adjustment) -> GapData | None:
        return offer_gap_data(here, view, made.place[:2], made.code)

    def making(kind: "Kind") -> Callable[[], bytes]:
        from analysis.exports.catalogue_document import catalogue_document  # Few people need it.

        return lambda: catalogue_document(
            view, chosen, of_offer, grouped_by=grouped_by, kind=kind, narrowed_by=narrowed_by
        )

    file_name = " - ".join([wording.text("Adjustments"), *re.findall(r"[\w ]+", narrowed_by)])[:LONGEST_NAME]
    labels: dict[Kind, str] = {"docx": wording.text("Word"), "pdf": "PDF", "html": wording.text("One HTML file")}
    for kind, label in labels.items():
        audit_log.download(
            label,
            making(kind),
            file_name=f"{file_name}.{kind}",
            key=f"catalogue_{kind}",
            what="catalogue",
            format=kind,
            able=kind != "pdf" or drawable,
            icon=":material/download:",
            width="stretch",
        )


def _make_story(chosen: Sequence[WithResult], wording: Wording) -> None:
    """Show the button that makes a story of them: one slide each, to present and to change in PowerPoint."""
    why = permissions.reason_not_allowed(Action.TELL, wording)
    label = wording.text("Make a story of them")
    if not st.button(label, key="catalogue_story", icon=":material/slideshow:", **permissions.disabled_if(why)):
        return
    asked = keys_of(ChoiceGroup.QUESTION, ChoiceGroup.DATA)
    choices = {key: st.query_params[key] for key in asked if key in st.query_params}
    story = story_of(chosen, choices, wording)
    if not story.slides:
        st.info(wording.text("No numbers of this offer are stored yet."), icon=":material/event_busy:")
    elif service.add(story, wording) is not None:
        st.page_link("stories.py", label=wording.text("Go to the story"), icon=":material/arrow_forward:")
    service.show_messages(formatting.plain)
