"""The headline figures as they were when a month, a quarter or a year began, beside those of today."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

import pandas as pd

from analysis import store
from analysis.exhibits.by_understanding import measure_name
from analysis.exhibits.cache import cached
from analysis.exhibits.cell_texts import NOTHING, state_text
from analysis.exhibits.gap_counts import GapRequest
from analysis.exhibits.gap_data import GapData, gap_data, occurring
from analysis.exhibits.stored_data import StoredData
from analysis.i18n import Wording
from analysis.measures.result_frame import State
from analysis.model.terms import Phase
from analysis.store import Database


def starts(today: dt.date) -> dict[str, dt.date]:
    """Return the first day of this month, quarter and year."""
    quarter = today.month - (today.month - 1) % 3
    return {
        "month": today.replace(day=1),
        "quarter": today.replace(month=quarter, day=1),
        "year": today.replace(month=1, day=1),
    }


@cached
def figures_on(data: StoredData, request: GapRequest, day: dt.date) -> Mapping[str, str] | None:
    """Return the figures as they were when this day began; None if the question had no answer then."""
    with store.as_of(data.database, day) as trial:
        past = StoredData(cast("Database", trial))  # It is only read.
        if request.selection.synthetic not in past.coverage(request.version):
            return None
        known = past.dimensions(request.version).get(request.dimension)
        months = known and occurring(
            past, request.version, request.dimension, request.selection.synthetic, request.disclosure_level
        )
        if not months or not {request.group, request.reference} <= {one.key for one in months.groups}:
            return None
        view = gap_data(past, request)
        return None if view.months.empty else figures(view)


def figures(view: GapData) -> dict[str, str]:
    """Return the figures of the headline by their names: the measure by phase, its change or both groups."""
    said, name = view.wording, measure_name(view.question, view.wording)
    if view.is_now:
        rows = {f"{name} {said.text('now')}": view.level.get(Phase.NOW)}
        rows |= {
            view.label(one): view.ends.get((one, Phase.NOW)) for one in (view.question.group, view.question.reference)
        }
    else:
        rows = {
            f"{name} {said.text('before')}": view.level.get(Phase.BEFORE),
            f"{name} {said.text('after')}": view.level.get(Phase.AFTER),
        }
    found = {title: _number(row, view) for title, row in rows.items()}
    if not view.is_now:
        is_shown = view.change["state"] == State.SHOWN
        change = said.signed(view.printed["estimate"]) if is_shown else state_text(view.change, said) or ""
        found[said.text("The change")] = change
    return found


def beside(now: Mapping[str, str], then: Mapping[str, str], titles: tuple[str, str], own: Wording) -> pd.DataFrame:
    """Return a table of the figures in both states, in texts."""
    names = dict.fromkeys([*then, *now])
    return pd.DataFrame(
        {
            own.text("Figure"): list(names),
            titles[0]: [then.get(name, NOTHING) for name in names],
            titles[1]: [now.get(name, NOTHING) for name in names],
        }
    )


def _number(row: Mapping[str, Any] | None, view: GapData) -> str:
    """Return a figure as the headline prints it."""
    if row is None or row["state"] != State.SHOWN:
        return NOTHING if row is None else state_text(row, view.wording) or ""
    is_printed = view.change["state"] == State.SHOWN and row["phase"] in view.printed
    return view.wording.decimal(view.printed[row["phase"]] if is_printed else 100 * row["estimate"])
