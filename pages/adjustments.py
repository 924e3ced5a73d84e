"""Adjustments page: every adjustment as a card with its result, and all offers together."""

import streamlit as st

from analysis.exhibits.changes import offers
from analysis.exhibits.choosing import Options
from analysis.exhibits.gap_data import GapData
from pages.components import adjustment_form, form_entry, formatting, session
from pages.components.adjustment_cards import card, catalogue, in_order, matching
from pages.components.choice_state import clear
from pages.components.choice_widgets import pick, pick_text
from pages.components.exhibit_card import exhibit
from pages.components.gap_page import begin

AT_A_TIME = 12
COLUMN_WIDTH = 320


def cards(view: GapData) -> None:
    """Show the catalogue, with search and sort order."""
    wording = view.wording
    rows = catalogue(view)
    if not rows and view.is_now:
        return
    if not rows:
        st.info(wording.text("No adjustment is known in this selection."), icon=":material/tune:")
        return
    orders = {
        "change": wording.text("What happened"),
        "date": wording.text("Date"),
        "municipality": wording.text("Municipality"),
    }
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        search = pick_text("search", wording.text("Search in the adjustments"))
    with right:
        order = pick(Options("order", wording.text("Sorted by"), orders))
    found = in_order(matching(rows, search), order, wording)
    st.caption(
        formatting.plain(
            wording.text(
                "{shown} of {all} adjustments", shown=wording.integer(len(found)), all=wording.integer(len(rows))
            )
        )
    )
    if not found:
        st.info(wording.text("No adjustment has these words."), icon=":material/search_off:")
        st.button(wording.text("Clear the search"), key="clear_search", on_click=clear, args=(("search",),))
        return
    many = st.session_state.get("cards_shown", AT_A_TIME)
    with st.grid(3, min_column_width=COLUMN_WIDTH, key="cards"):
        for number, row in enumerate(found[:many]):
            card(view, row, number)
    if len(found) > many and st.button(wording.text("Show more"), key="more_cards"):
        st.session_state["cards_shown"] = many + AT_A_TIME
        st.rerun()


wording = session.language()
view = begin(wording.text("What was tried, and what happened?"))
form_entry.ask_person(wording)
is_asked_for = adjustment_form.is_asked_for()
if is_asked_for:
    adjustment_form.add_one(view, expanded=True)
cards(view)
if together := offers(view):
    exhibit(together)
if not is_asked_for:
    adjustment_form.add_one(view, expanded=False)
formatting.footnotes(view)
