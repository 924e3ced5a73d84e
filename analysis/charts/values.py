"""Numbers of one row of a measure, scaled for a chart."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.i18n import Wording
from analysis.measures.result_frame import State


@dataclass(frozen=True)
class Cell:
    """A measure on the axis scale, 100 times the value in the frame; missing unless shown."""

    state: State = State.EMPTY
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    details: tuple[str, ...] = ()
    """Additional lines of the hover text."""

    @property
    def ends(self) -> tuple[float, float] | None:
        """Start and end of the mark with its interval; None without a mark."""
        if self.estimate is None:
            return None
        low = self.estimate if self.lower is None else self.lower
        high = self.estimate if self.upper is None else self.upper
        return low, high


def cell(row: dict[str, Any], wording: Wording) -> Cell:
    """Return the cell of a row with ``state``, ``estimate``, ``lower``, ``upper`` (proportions) and counts of citizens.

    The counts are ``numerator`` and ``n``, or ``n`` alone. The cell of a row that is not shown contains no numbers.
    """
    state = State(row["state"])
    if state is not State.SHOWN:
        return Cell(state)
    estimate, lower, upper = (_hundred(row[name]) for name in ("estimate", "lower", "upper"))
    if estimate is None:
        return Cell(State.EMPTY)
    details = []
    if lower is not None and upper is not None:
        details.append(
            wording.text("95% interval {lower} to {upper}", lower=wording.decimal(lower), upper=wording.decimal(upper))
        )
    if "numerator" in row:
        counts = {"numerator": wording.integer(row["numerator"]), "denominator": wording.integer(row["n"])}
        details.append(wording.text("{numerator} of {denominator} citizens", **counts))
    elif not pd.isna(row.get("n")):
        details.append(wording.texts("{count} citizen", "{count} citizens", int(row["n"])))
    return Cell(state, estimate, lower, upper, tuple(details))


def _hundred(value: Any) -> float | None:
    return None if pd.isna(value) else 100 * float(value)
