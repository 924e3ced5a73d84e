"""Format the numbers of a measure: rates, gaps, ratios, intervals, and the reason if a number is hidden."""

from collections.abc import Mapping
from typing import Any

from analysis.exhibits.gap_data import GapData
from analysis.exhibits.tables import NOTHING as NOTHING
from analysis.i18n import Wording
from analysis.measures.result_frame import State
from analysis.model.terms import Understanding


def interval_text(row: Mapping[str, Any], wording: Wording) -> str:
    """Format an interval of percentages or points, without its unit."""
    return wording.text(
        "{lower} to {upper}", lower=wording.decimal(100 * row["lower"]), upper=wording.decimal(100 * row["upper"])
    )


def state_text(row: Mapping[str, Any], wording: Wording) -> str | None:
    """Return the reason shown instead of a number, or None if the number is shown."""
    if row["state"] == State.SHOWN:
        return None
    if row["state"] == State.HIDDEN:
        return wording.text("hidden")
    if row["state"] == State.UNDEFINED:
        return wording.text("not defined")
    return NOTHING


def rate_cells(row: Mapping[str, Any] | None, wording: Wording) -> tuple[str, str, str]:
    """Format a rate, its interval, and its numerator out of its denominator."""
    if row is None:
        return NOTHING, "", ""
    if missing := state_text(row, wording):
        return missing, "", ""
    counts = wording.text(
        "{numerator} of {denominator}",
        numerator=wording.integer(row["numerator"]),
        denominator=wording.integer(row["n"]),
    )
    return wording.percent(row["estimate"]), interval_text(row, wording), counts


def gap_cells(row: Mapping[str, Any], wording: Wording) -> tuple[str, str]:
    """Format a gap in percentage points and its interval."""
    if missing := state_text(row, wording):
        return missing, ""
    return wording.decimal(100 * row["estimate"]), interval_text(row, wording)


def ratio_cells(row: Mapping[str, Any], wording: Wording) -> tuple[str, str]:
    """Format a ratio of two rates and its interval."""
    if missing := state_text(row, wording):
        return missing, ""
    limits = {"lower": wording.decimal(row["lower"], 2), "upper": wording.decimal(row["upper"], 2)}
    return wording.decimal(row["estimate"], 2), wording.text("{lower} to {upper}", **limits)


def unit(view: GapData) -> str:
    """Return the unit of the answer."""
    if view.question.understanding is Understanding.DISADVANTAGED:
        return view.wording.text("per cent")
    return view.wording.text("percentage points")
