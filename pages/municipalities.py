"""Where did the gap change? Each municipality, and each offer in the one that is chosen."""

from typing import Any

import pandas as pd
import streamlit as st

from analysis.charts.dumbbells import gap_dumbbell
from analysis.charts.forest import change_forest
from analysis.measures.frame import State
from analysis.model import Direction
from analysis.wording.sentences import rate_name
from pages.parts import session, show
from pages.parts.view import View, adjustments, choose, offers


def headline(changes: pd.DataFrame, view: View) -> str:
    """How many of the units narrowed, widened, or show no clear change."""
    directions = changes.loc[changes["state"] == State.SHOWN, "direction"].tolist()
    if not directions:
        return view.wording.text("No gap can be compared before and after")
    return view.wording.text(
        "The gap in {rate}: narrowed in {narrowed} of {number}, widened in {widened}",
        rate=rate_name(view.selection.rate, view.wording),
        narrowed=directions.count(Direction.NARROWED),
        widened=directions.count(Direction.WIDENED),
        number=len(directions),
    )


def changes_table(view: View, changes: pd.DataFrame, name: str) -> pd.DataFrame:
    """The gap before and after and its change, in percentage points, in each unit."""
    text = view.wording.text
    rows = []
    for row in changes.to_dict("records"):
        value, interval = show.gap_cells(row, view.wording)
        shown = row["state"] == State.SHOWN
        rows.append(
            {
                name: row["unit"],
                text("Gap before"): view.wording.decimal(100 * row["before"]) if shown else value,
                text("Gap after"): view.wording.decimal(100 * row["after"]) if shown else value,
                text("Change"): view.wording.signed(100 * row["estimate"]) if shown else value,
                text("95% interval"): interval,
                text("Citizens"): view.wording.integer(row["n"]) if shown else value,
            }
        )
    return pd.DataFrame(rows)


def offers_table(view: View, version: int) -> pd.DataFrame:
    """What each offer is, when it was adjusted, and what counts as completed in it."""
    text = view.wording.text
    known: dict[tuple[str, str], Any] = offers(version, view.selection.synthetic)
    changed = adjustments(version, view.selection.synthetic)
    rows = []
    for (municipality, name), offer in known.items():
        if municipality != view.selection.municipality:
            continue
        own = changed[(changed["municipality"] == municipality) & (changed["offer"] == name)]
        made = [f"{view.wording.date(row.adjusted_on)}: {row.title}" for row in own.itertuples()]
        rows.append(
            {
                text("Offer"): name,
                text("Theme"): offer.theme or "",
                text("Adjustment"): "; ".join(made) or text("none: comparison offer"),
                text("What counts as completed"): offer.completion_rule or text("not stated"),
            }
        )
    return pd.DataFrame(rows)


wording = session.language()
view = choose(wording, with_groups=True, with_offer=False)
by = "offer" if view.selection.municipality else "municipality"
unit_name = wording.text("Offer") if view.selection.municipality else wording.text("Municipality")
changes = view.changes([by]).rename(columns={by: "unit"}).sort_values(["state", "estimate"], ascending=[False, True])
gaps = view.gaps([by]).rename(columns={by: "unit"})
labels = {unit: unit for unit in changes["unit"]}

show.heading(wording.text("Where did the gap change?"), view)
st.subheader(headline(changes, view))
st.markdown(
    show.plain(
        wording.text(
            "The gap is the rate of “{reference}” minus that of “{compared}”.",
            reference=view.reference,
            compared=view.compared,
        )
    )
)
left, right = st.columns(2, gap="large")
with left:
    show.label(wording.text("The gap before and after"))
    show.chart(
        gap_dumbbell(gaps, labels=labels, wording=wording, theme=session.theme()),
        alt=wording.text("The gap before and after in each row of the table below"),
        key="gaps_chart",
    )
with right:
    show.label(wording.text("Its change, with 95% intervals"))
    show.chart(
        change_forest(changes, labels=labels, wording=wording, theme=session.theme()),
        alt=wording.text("The change in the gap in each row of the table below"),
        key="changes_chart",
    )
show.table(changes_table(view, changes, unit_name), key="changes_table", alt=wording.text("The change in the gap"))
if view.selection.municipality:
    st.subheader(wording.text("The offers and their adjustments"))
    show.table(
        offers_table(view, session.database().version()),
        key="offers_table",
        text_columns=4,
        alt=wording.text("The offers and their adjustments"),
    )
else:
    st.info(wording.text("Choose a municipality at the side to see each of its offers."), icon=":material/arrow_left:")
show.footnotes(view)
