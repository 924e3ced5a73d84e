"""Time to implementation: duration of each stage, and the municipalities that implemented an action."""

import pandas as pd
import streamlit as st

from analysis.exhibits.actions import DONE, commonest
from analysis.exhibits.choosing import Options
from analysis.exhibits.tables import NOTHING
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.i18n import Wording
from analysis.measures.theme_days.time_to_implementation import times
from analysis.model.theme_day_terms import Status
from pages.components import formatting
from pages.components.choice_widgets import pick


def the_times(view: ThemeDayData, rows: pd.DataFrame) -> None:
    """Show the time from one stage to the next."""
    wording = view.wording
    labels = view.words("status")
    found = times(rows, view.until)
    formatting.label(wording.text("How long does it take?"))
    cells = [
        {
            wording.text("From"): labels[row["status"]],
            wording.text("To"): labels[row["next"]],
            wording.text("Half took at most"): _days(row["median"], wording),
            wording.text("95% interval"): _interval(row, wording),
            wording.text("Came so far"): wording.integer(row["came"]),
            wording.text("Still waiting"): wording.integer(row["n"] - row["came"]),
        }
        for row in found.to_dict("records")
    ]
    formatting.table(
        pd.DataFrame(cells), key="times_table", text_columns=2, alt=wording.text("Days from one stage to the next")
    )
    st.caption(
        wording.text(
            "Those still waiting count for as long as they have waited (Kaplan-Meier). Where fewer than half have come "
            "so far, half has no time yet."
        )
    )


def _days(number: float, wording: Wording) -> str:
    return NOTHING if pd.isna(number) else wording.texts("{count} day", "{count} days", round(number))


def _interval(row: dict[str, float], wording: Wording) -> str:
    if pd.isna(row["lower"]):
        return NOTHING
    upper = NOTHING if pd.isna(row["upper"]) else wording.integer(round(row["upper"]))
    return wording.text("{lower} to {upper}", lower=wording.integer(round(row["lower"])), upper=upper)


def municipalities_with_action(view: ThemeDayData, rows: pd.DataFrame) -> str:
    """Show the municipalities that have implemented the chosen action, as contacts for others. Return the action."""
    wording = view.wording
    st.header(wording.text("Who has done it already?"))
    names = {name: name for name in wording.in_order(rows["action"].unique())}
    action = pick(Options("action", wording.text("Action"), names, initial=commonest(rows)))
    order = {status.value: -place for place, status in enumerate(Status)}
    found = rows[rows["action"] == action].sort_values("status", key=lambda status: status.map(order))
    done = int(found["status"].isin(DONE).sum())
    st.markdown(
        formatting.plain(
            wording.texts(
                "Of {count} municipality with this action, {done} does it.",
                "Of {count} municipalities with this action, {done} do it.",
                len(found),
                done=wording.integer(done),
            )
        )
    )
    is_done = found["status"].isin(DONE)
    if done:
        list_of(view, found[is_done])
    if done < len(found):
        with st.expander(wording.text("Those on their way"), icon=":material/hourglass:"):
            list_of(view, found[~is_done])
    return action


def list_of(view: ThemeDayData, found: pd.DataFrame) -> None:
    """List municipalities with an action: stage, date and areas involved."""
    wording = view.wording
    since = [row[f"{row['status']}_on"] for row in found.to_dict("records")]
    formatting.table(
        pd.DataFrame(
            {
                wording.text("Municipality"): found["municipality"].tolist(),
                wording.text("How far"): [view.word("status", key) for key in found["status"]],
                wording.text("Since"): [NOTHING if pd.isna(day) else wording.date(day.date()) for day in since],
                wording.text("Responsible area"): [view.word("area", key) for key in found["responsible"]],
                wording.text("Areas involved"): [
                    ", ".join(view.word("area", one) for one in areas) or NOTHING for areas in found["involved"]
                ],
            }
        ),
        key=f"done_{found['status'].iloc[0]}_{len(found)}",
        text_columns=5,
        alt=wording.text("Municipalities with the action"),
    )
