"""The table of counts summed up: what every measure starts from."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.model import Rate, Stage

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Cell(NamedTuple):
    """The numerator and the denominator of a rate in every unit, in citizens."""

    numerator: Whole
    denominator: Whole


def known(counts: pd.DataFrame, rate: Rate) -> Flags:
    """Which rows can speak of this rate: those where neither of its stages is missing."""
    return np.asarray(counts[rate.numerator].notna() & counts[rate.denominator].notna(), dtype=np.bool_)


def is_key(column: pd.Series, key: str) -> Flags:
    """Which rows hold this key."""
    return np.asarray((column == key).to_numpy(dtype=np.bool_, na_value=False))


def tally(
    counts: pd.DataFrame, rate: Rate, by: Sequence[str], cells: Sequence[Flags]
) -> tuple[pd.DataFrame, list[Cell]]:
    """The units of ``by`` in the order in which they first occur, and the sums of each cell in them.

    Each of ``cells`` flags the rows that go into it, of which those that cannot speak of this rate add nothing; a unit
    without any has 0 of 0. With an empty ``by`` there is always exactly one unit.
    """
    units, place = _units(counts, by)
    usable = known(counts, rate)

    def total(stage: Stage, rows: Flags) -> Whole:
        citizens = counts[stage].to_numpy(dtype=np.int64, na_value=0)
        return np.bincount(place, np.where(usable & rows, citizens, 0), minlength=len(units)).astype(np.int64)

    return units, [Cell(total(rate.numerator, rows), total(rate.denominator, rows)) for rows in cells]


def _units(counts: pd.DataFrame, by: Sequence[str]) -> tuple[pd.DataFrame, Whole]:
    """The units, and for every row of the counts the place of its unit among them."""
    if not by:
        return pd.DataFrame(index=range(1)), np.zeros(len(counts), dtype=np.int64)
    place = counts.groupby(list(by), sort=False, observed=True, dropna=False).ngroup().to_numpy()
    first = np.unique(place, return_index=True)[1]
    return counts[list(by)].iloc[first].reset_index(drop=True), place


def one_dimension(counts: pd.DataFrame) -> None:
    """Raises ``ValueError`` where the counts hold more than one dimension: each counts every citizen once."""
    if counts["dimension"].nunique() > 1:
        raise ValueError("the counts hold more than one dimension: pick one before adding up")


def concealing(values: Whole, concealed: Flags) -> pd.arrays.IntegerArray:
    """The numbers as Int64, missing where concealed."""
    return pd.arrays.IntegerArray(np.where(concealed, 0, values), concealed)
