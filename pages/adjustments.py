"""What was tried, and what happened? Every adjustment as a card, and all offers together."""

from typing import Any

import pandas as pd
import streamlit as st

from analysis.measures.frame import State
from analysis.model import Understanding
from pages.parts import session, show
from pages.parts.answers import changes_chart
from pages.parts.cards import card, catalogue, in_order, matching
from pages.parts.choices import clear, pick, pick_text
from pages.parts.exhibit import exhibit, measured_table
from pages.parts.offers import how_many, is_net, offer_changes, offer_labels
from pages.parts.page import begin
from pages.parts.view import View

AT_A_TIME = 12
COLUMN_WIDTH = 320


def together(view: View, changes: pd.DataFrame) -> dict[str, Any] | None:
    """All offers as one; not where they are set against comparison offers, which they share."""
    if is_net(view) or changes["state"].eq(State.SHOWN).sum() < 2:
        return None
    from analysis.measures.pooling import pooled

    return pooled(changes, []).iloc[0].to_dict()


def sentence(view: View, changes: pd.DataFrame, pooled: dict[str, Any] | None) -> str:
    """How many changed which way, and what an average offer did."""
    wording = view.wording
    parts = [how_many(changes, view)]
    if pooled is not None and pooled["state"] == State.SHOWN:
        names = ("estimate", "lower", "upper", "prediction_lower", "prediction_upper")
        values = {name: wording.signed(100 * pooled[name]) if pd.notna(pooled[name]) else "" for name in names}
        parts.append(
            wording.text("An average offer changed by {estimate} (95% interval {lower} to {upper}).", **values)
        )
        if values["prediction_lower"]:
            parts.append(wording.text("One more may land between {prediction_lower} and {prediction_upper}.", **values))
    if is_net(view):
        parts.append(
            wording.text(
                "Each change is set against that of the comparison offers over the same months. The offers share their "
                "comparison, so they are not added up."
            )
        )
    elif view.selection.net_of_trend:
        parts.append(wording.text("Only the gap can be set against comparison offers; this is not."))
    return " ".join(parts)


def forest(view: View, changes: pd.DataFrame) -> None:
    """Every offer's change, and all of them together."""
    is_rate = view.question.understanding is Understanding.DISADVANTAGED
    changes = changes.sort_values(["state", "estimate"], ascending=[False, not is_rate])
    pooled = together(view, changes)
    exhibit(
        view,
        changes_chart(view, changes, offer_labels(view, changes), pooled),
        key="offers",
        asks=view.wording.text("What happened, offer by offer?"),
        answers=sentence(view, changes, pooled),
        numbers=measured_table(
            view, changes, ["municipality", "offer", "before", "after", "estimate", "lower", "upper", "direction", "n"]
        ),
        drill=("municipality", "offer"),
    )


def cards(view: View, changes: pd.DataFrame) -> None:
    """The catalogue, searched and sorted."""
    wording = view.wording
    rows = catalogue(view, changes)
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
        order = pick("order", wording.text("Sorted by"), orders, default="change")
    found = in_order(matching(rows, search), order, wording)
    st.caption(
        show.plain(
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
changes = offer_changes(view)
cards(view, changes)
if not changes.empty:
    forest(view, changes)
show.footnotes(view)
