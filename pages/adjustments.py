"""Adjustments page: the catalogue of what was tried, each with its result, and all offers together."""

import streamlit as st

from analysis.exhibits.adjustments.kinds import kind_options, kinds
from analysis.exhibits.adjustments.results import with_results
from analysis.exhibits.changes import offers
from analysis.exhibits.gap_data import GapData
from pages.components import adjustment_form, form_entry, formatting, session
from pages.components.adjustment import history
from pages.components.adjustment_cards import cards
from pages.components.adjustment_download import download_catalogue
from pages.components.adjustment_filters import narrowed
from pages.components.choice_widgets import pick
from pages.components.exhibit_card import exhibit
from pages.components.gap_page import begin


def catalogue(view: GapData) -> bool:
    """Show the catalogue with its filters, and return whether they leave some out."""
    found = with_results(view)
    if not found and view.is_now:
        return False
    if not found:
        st.info(view.wording.text("No adjustment is known in this selection."), icon=":material/tune:")
        return False
    kept, names = narrowed(found, view.wording)
    download_catalogue(view, kept, names)
    cards(view, kept)
    return len(kept) < len(found)


def which_kinds(view: GapData) -> None:
    """Show the change by kind of adjustment."""
    wording = view.wording
    if view.is_now or view.dimension.is_undivided:
        return
    divided_by = pick(kind_options(wording))
    if found := kinds(view, divided_by):
        exhibit(found)
    else:
        st.info(wording.text("No kind has three offers whose changes can be added up."), icon=":material/category:")


wording = session.language()
view = begin(wording.text("What was tried, and what happened?"))
is_asked_for = adjustment_form.is_asked_for()
if is_asked_for:
    adjustment_form.add_one(view, expanded=True)
is_narrowed = catalogue(view)
history.drafts(view)
if is_narrowed:
    st.caption(wording.text("The charts below show all adjustments of the selection, not only those found above."))
which_kinds(view)
if together := offers(view):
    exhibit(together)
if not is_asked_for:
    adjustment_form.add_one(view, expanded=False)
form_entry.show_last_entry(wording)
formatting.footnotes(view)
