"""Municipalities page: map, ranking, funnel plot, and the offers of the chosen municipality."""

import streamlit as st

from analysis.exhibits.changes import offers_of_place
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.municipalities import changes, funnel, levels, map_options, municipality_map
from pages.components import formatting, session
from pages.components.choice_widgets import pick
from pages.components.exhibit_card import exhibit
from pages.components.gap_page import begin
from pages.components.offer_tables import offers_table


def ranked(view: GapData) -> None:
    """Show every municipality before and after, ranked by its current value, with its change."""
    moved = changes(view)
    if moved is None:
        exhibit(levels(view))
        return
    left, right = st.columns(2, gap="large")
    with left:
        exhibit(levels(view))
    with right:
        exhibit(moved)


def the_offers(view: GapData) -> None:
    """Show the offers of the chosen municipality with their descriptions."""
    wording = view.wording
    if found := offers_of_place(view):
        exhibit(found)
    st.header(wording.text("The offers and their adjustments"))
    formatting.table(
        offers_table(view), key="offers_table", text_columns=5, alt=wording.text("The offers and their adjustments")
    )


wording = session.language()
view = begin(
    wording.text("Where did the gap change?"),
    wording.text("Where is the gap largest?"),
    undivided=wording.text("How many take part in each municipality?"),
)
if view.selection.municipality:
    the_offers(view)
exhibit(municipality_map(view, pick(map_options(wording))))
ranked(view)
if outliers := funnel(view):
    exhibit(outliers)
formatting.footnotes(view)
