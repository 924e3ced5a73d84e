"""Where did it change? The map, every municipality, the funnel, and the offers of the one that is chosen."""

import pandas as pd
import streamlit as st

from pages.parts import session, show, stored
from pages.parts.exhibit import exhibit
from pages.parts.exhibits.changes import offers_of_place
from pages.parts.exhibits.municipalities import changes, choose_map, funnel, levels, municipality_map
from pages.parts.page import begin
from pages.parts.view import View


def ranked(view: View) -> None:
    """Every municipality before and after in the order of where it stands now, and how it changed."""
    left, right = st.columns(2, gap="large")
    with left:
        exhibit(levels(view))
    with right:
        exhibit(changes(view))


def the_offers(view: View) -> None:
    """The offers of the chosen municipality, and what each is."""
    wording = view.wording
    if found := offers_of_place(view):
        exhibit(found)
    st.header(wording.text("The offers and their adjustments"))
    show.table(
        offers_table(view), key="offers_table", text_columns=4, alt=wording.text("The offers and their adjustments")
    )


def offers_table(view: View) -> pd.DataFrame:
    """What each offer is, when it was adjusted, and what counts as completed in it."""
    text, synthetic = view.wording.text, view.selection.synthetic
    made = stored.adjustments(view.version, synthetic)
    rows = []
    for (municipality, name), offer in stored.offers(view.version, synthetic).items():
        if municipality != view.selection.municipality:
            continue
        own = made[(made["municipality"] == municipality) & (made["offer"] == name)]
        dated = [f"{view.wording.date(row.adjusted_on)}: {row.title}" for row in own.itertuples()]
        rows.append(
            {
                text("Offer"): name,
                text("Theme"): offer.theme or "",
                text("Adjustment"): "; ".join(dated) or text("none: comparison offer"),
                text("What counts as completed"): offer.completion_rule or text("not stated"),
            }
        )
    return pd.DataFrame(rows)


wording = session.language()
view = begin(wording.text("Where did the gap change?"))
if view.selection.municipality:
    the_offers(view)
exhibit(municipality_map(view, choose_map(wording)))
ranked(view)
if outliers := funnel(view):
    exhibit(outliers)
show.footnotes(view)
