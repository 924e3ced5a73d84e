"""Convert a measure's frame to a readable table: labels for columns and keys, proportions in per cent or points."""

import csv
import datetime as dt
import io
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

import pandas as pd

from analysis.i18n import Wording
from analysis.measures.result_frame import CHANGE, State
from analysis.model.terms import Direction, Phase, Stage

PREDICTION = ("prediction_lower", "prediction_upper")
PROPORTIONS = (
    "before",
    "after",
    "shrunken",
    "detectable",
    "estimate",
    "lower",
    "upper",
    "change",
    "trend",
    "centre",
    *PREDICTION,
)
NOTHING = "\N{EN DASH}"
"""Placeholder for a missing number, in every language."""
BEGINS_A_FORMULA = ("=", "+", "-", "@")


def readable(
    frame: pd.DataFrame, *, names: Mapping[str, Mapping[str, str]], columns: Mapping[str, str], wording: Wording
) -> pd.DataFrame:
    """Convert a measure's frame to a readable table.

    Parameters
    ----------
    frame
        Tidy frame of ``analysis.measures``; proportions range from 0 to 1.
    names
        Labels of the keys, by column. Labels of phases, stages and directions are built in.
    columns
        Columns to include, with their titles.

    Returns
    -------
    Numbers remain numeric. Proportions are multiplied by 100. Hidden numbers are missing, and a last column states why.
    """
    words = _words(wording) | dict(names)
    found = {}
    for name, title in columns.items():
        values = frame[name]
        if name in words:
            values = values.map(lambda key, known=words[name]: known.get(str(key), str(key)), na_action="ignore")
        elif name in PROPORTIONS:
            values = 100 * values.astype("Float64")
        found[title] = values
    table = pd.DataFrame(found).reset_index(drop=True)
    reasons = _reasons(wording)
    if "state" in frame and (frame["state"] != State.SHOWN).any():
        table[wording.text("Note")] = [reasons.get(State(state), "") for state in frame["state"]]
    return table


def as_texts(table: pd.DataFrame, wording: Wording) -> pd.DataFrame:
    """Format the numbers and dates of the table in this language."""
    return pd.DataFrame(
        {name: [_text(value, wording) for value in table[name]] for name in table}, columns=table.columns
    )


def without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with a quote before each text that looks like a formula."""

    def safe(value: Any) -> Any:
        return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA) else value

    return table.map(safe)


def as_csv(table: pd.DataFrame, foot: str = "") -> bytes:
    """Encode as CSV for a Danish Excel, with ``foot`` as last row. A quote precedes text that looks like a formula."""
    written = io.StringIO()
    without_formulas(table).to_csv(written, sep=";", index=False, lineterminator="\r\n")
    if foot:
        csv.writer(written, delimiter=";", lineterminator="\r\n").writerow([foot])
    return written.getvalue().encode("utf-8-sig")


def _text(value: Any, wording: Wording) -> str:
    if pd.isna(value):
        return NOTHING
    if isinstance(value, dt.date):
        return wording.date(value)
    if isinstance(value, Integral):
        return wording.integer(int(value))
    return wording.decimal(float(value)) if isinstance(value, Real) else str(value)


def column_titles(wording: Wording, *, unit: str) -> dict[str, str]:
    """Return the column titles of a measure's frame. ``unit`` is that of its proportions."""
    return {
        "municipality": wording.text("Municipality"),
        "offer": wording.text("Offer"),
        "dimension": wording.text("Dimension"),
        "group": wording.text("Group"),
        "within": wording.text("Within"),
        "stage": wording.text("Stage"),
        "phase": wording.text("Phase"),
        "period": wording.text("Period"),
        "before": wording.text("Before, {unit}", unit=unit),
        "after": wording.text("After, {unit}", unit=unit),
        "estimate": unit[:1].upper() + unit[1:],
        "lower": wording.text("95% from"),
        "upper": wording.text("95% to"),
        "direction": wording.text("Direction"),
        "shrunken": wording.text("Change allowing for chance, {unit}", unit=unit),
        "detectable": wording.text("Smallest change likely to be seen, {unit}", unit=unit),
        "kind": wording.text("Kind of adjustment"),
        "offers": wording.text("Number of offers"),
        "prediction_lower": wording.text("One more may land from"),
        "prediction_upper": wording.text("One more may land to"),
        "numerator": wording.text("Reached the stage"),
        "n": wording.text("Citizens"),
    }


def _words(wording: Wording) -> dict[str, dict[str, str]]:
    return {
        "phase": {
            Phase.BEFORE: wording.text("before"),
            Phase.AFTER: wording.text("after"),
            Phase.NOW: wording.text("now"),
            Phase.TRANSITION: wording.text("transition"),
            Phase.UNADJUSTED: wording.text("not adjusted"),
            CHANGE: wording.text("change"),
        },
        "stage": {
            Stage.INVITED: wording.text("invited"),
            Stage.PARTICIPATED: wording.text("took part"),
            Stage.COMPLETED: wording.text("completed"),
        },
        "direction": {
            Direction.NARROWED: wording.text("narrower"),
            Direction.WIDENED: wording.text("wider"),
            Direction.CLOSED: wording.text("closed"),
            Direction.TURNED: wording.text("turned"),
            Direction.LEVELLED_DOWN: wording.text("levelled down"),
            Direction.ROSE: wording.text("higher"),
            Direction.FELL: wording.text("lower"),
            Direction.UNCLEAR: wording.text("cannot tell"),
        },
    }


def _reasons(wording: Wording) -> dict[State, str]:
    return {
        State.SHOWN: "",
        State.HIDDEN: wording.text("hidden, too small to show"),
        State.EMPTY: wording.text("nobody, or too few to show"),
        State.UNDEFINED: wording.text("not defined"),
        State.TOO_FEW: wording.text("too few to measure"),
    }
