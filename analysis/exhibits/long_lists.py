"""Charts of long lists: the rows at both ends are drawn, and all of them are in the table."""

import math
from collections.abc import Iterable

import pandas as pd

from analysis.charts.rows import NARROW
from analysis.i18n import Wording
from analysis.measures.result_frame import State

MOST_DRAWN = 20
"""Maximum number of rows of a chart with a heading above each."""
MOST_LINES = 88
"""Maximum number of lines of text in such a chart: at the default text size, it is less than 2,000 pixels high."""
BELOW = 2.6
"""Lines of the marks below a heading."""


def rows_at_both_ends(ordered: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Return the rows to draw: all of a short frame, else the first and the last of those that can be shown.

    ``names`` are the headings of the rows: the longer they are, the fewer rows there is room for.
    """
    lines = [BELOW + math.ceil(len(name) / NARROW) for name in names]
    if len(ordered) <= MOST_DRAWN and sum(lines) <= MOST_LINES:
        return ordered
    most = min(MOST_DRAWN, int(MOST_LINES / max(lines)))
    shown = ordered.index[ordered["state"] == State.SHOWN]
    rows = shown if len(shown) else ordered.index
    return ordered.loc[rows if len(rows) <= most else [*rows[: most // 2], *rows[-(most // 2) :]]]


def says_first(drawn: int, number: int, wording: Wording) -> str:
    """Return the sentence that a chart has only the first of so many rows; empty if it has all."""
    if drawn == number:
        return ""
    return wording.text(
        "The chart has the first {number}; all {all} are in the table.",
        number=wording.integer(drawn),
        all=wording.integer(number),
    )


def says_drawn(drawn: int, number: int, wording: Wording) -> str:
    """Return the sentence that a chart has only some of so many rows; empty if it has all."""
    if drawn == number:
        return ""
    return wording.text(
        "The chart has the {number} at each end; all {all} are in the table.",
        number=wording.integer(drawn // 2),
        all=wording.integer(number),
    )
