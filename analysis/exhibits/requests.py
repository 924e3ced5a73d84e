"""Exhibit of the waiting requests."""

from typing import Any

import pandas as pd

from analysis.charts.bars import Bar, bars
from analysis.exhibits.exhibit import Exhibit, Plan
from analysis.exhibits.long_lists import MOST_DRAWN, says_first
from analysis.exhibits.tables import NOTHING
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.measures.theme_days.requests import request_states

Row = dict[str, Any]


def chosen_requests(view: ThemeDayData) -> pd.DataFrame:
    rows = view.requests
    rows = rows[rows["municipality"] == view.municipality] if view.municipality else rows
    return request_states(rows, view.until)


def title_of(row: Row, view: ThemeDayData) -> str:
    """Return the title of a request in lists."""
    day = view.wording.date(row["requested_on"].date())
    return f"{row['municipality']}, {view.word('request', row['request']).lower()}, {day}"


def waiting(view: ThemeDayData, found: pd.DataFrame) -> Exhibit | None:
    """Build the list of waiting requests, the longest wait first."""
    wording = view.wording
    still = found[found["is_waiting"]]
    if still.empty:
        return None
    rows = {title_of(row, view): row for row in still.head(MOST_DRAWN).to_dict("records")}
    drawn = [
        Bar(name, row["waited"], wording.texts("{count} day", "{count} days", row["waited"]))
        for name, row in rows.items()
    ]
    longest = wording.text(
        "{municipality} has waited longest: {days}.",
        municipality=still.iloc[0]["municipality"],
        days=wording.texts("{count} day", "{count} days", int(still.iloc[0]["waited"])),
    )
    return Exhibit(
        view,
        key="waiting",
        asks=wording.text("Who is waiting, and for how long?"),
        answers=f"{longest} {says_first(len(rows), len(still), wording)}".strip(),
        draw=lambda look: bars(
            drawn,
            labels={name: name for name in rows},
            unit=wording.text("Days since the request"),
            wording=wording,
            **look,
        ),
        numbers=as_table(view, found),
        plan=Plan(
            "bars",
            (wording.text("Municipality"), wording.text("Request"), wording.text("Received")),
            wording.text("Days"),
            categories=tuple(
                ", ".join(
                    (row["municipality"], view.word("request", row["request"]), wording.date(row["requested_on"]))
                )
                for row in rows.values()
            ),
        ),
    )


def as_table(view: ThemeDayData, found: pd.DataFrame) -> pd.DataFrame:
    wording = view.wording
    return pd.DataFrame(
        {
            wording.text("Municipality"): found["municipality"],
            wording.text("Request"): [view.word("request", key) for key in found["request"]],
            wording.text("Received"): found["requested_on"].dt.date,
            wording.text("State"): [view.word("state", key) for key in found["state"]],
            wording.text("Since"): found["state_on"].dt.date,
            wording.text("Next step"): found["next_step"].fillna(NOTHING),
            wording.text("Days"): found["waited"],
        }
    ).reset_index(drop=True)
