"""Where ideas went: adjustments that were made of an adjustment elsewhere."""

import pandas as pd
import streamlit as st

from analysis.exhibits.adjustments.adjustment import Adjustment, stored_adjustments
from analysis.exhibits.adjustments.filters import practice_name
from analysis.exhibits.adjustments.texts import where_and_when
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import Wording
from pages.components import formatting
from pages.components.adjustment_cards import see


def taken_up(made: Adjustment, known: tuple[Adjustment, ...], wording: Wording) -> None:
    """Show on the page of an adjustment where its idea went."""
    others = [one for one in known if one.origin == made.place]
    if not others:
        return
    st.header(wording.text("Where the idea went"))
    for one in others:
        see(one, wording, one.title, where_and_when(one, wording))


def ideas(data: StoredData, version: int, wording: Wording, *, synthetic: bool) -> None:
    """Show which ideas went from one place to another, the newest first; nothing if there are none."""
    found = [one for one in stored_adjustments(data, version, synthetic) if one.origin]
    if not found:
        return
    st.header(wording.text("Which ideas went further?"))
    places = {one.municipality for one in found}
    st.markdown(
        formatting.plain(
            wording.texts(
                "{count} adjustment was made of an idea from elsewhere, in {places}.",
                "{count} adjustments were made of an idea from elsewhere, in {places}.",
                len(found),
                places=", ".join(wording.in_order(places)),
            )
        )
    )
    rows = []
    for one in sorted(found, key=lambda one: one.adjusted_on, reverse=True):
        assert one.origin is not None
        municipality, offer, title = one.origin
        rows.append(
            {
                wording.text("Idea"): title,
                wording.text("From"): f"{offer}, {municipality}",
                wording.text("To"): f"{one.offer}, {one.municipality}",
                wording.text("Date"): wording.date(one.adjusted_on),
                wording.text("How far"): practice_name(one.state, wording) if one.state else "",
            }
        )
    alt = wording.text("Which ideas went further?")
    formatting.table(pd.DataFrame(rows), key="ideas", text_columns=5, alt=alt)
