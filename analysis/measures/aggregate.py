"""Aggregate the table of counts, the first step of every measure."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.disclosure import hidden
from analysis.measures.result_frame import Flags, State, States, Whole
from analysis.model.terms import MISSING, Dimension, Phase, Rate, Stage

COMPARED, REFERENCE = "compared", "reference"
OFFER = ["municipality", "offer"]
"""Key columns of an offer."""


class Cell(NamedTuple):
    """Numerator and denominator of a rate in each unit, in citizens."""

    numerator: Whole
    denominator: Whole


class Table(NamedTuple):
    """The units, and the cells of each unit × phase × group."""

    units: pd.DataFrame
    numerator: Whole
    denominator: Whole


def has_known_stages(counts: pd.DataFrame, rate: Rate) -> Flags:
    """Flag the rows in which both stages of this rate are known."""
    missing = counts[rate.numerator].isna().to_numpy() | counts[rate.denominator].isna().to_numpy()
    return np.asarray(~missing, dtype=np.bool_)


def is_key(column: pd.Series, key: str) -> Flags:
    """Flag the rows that hold this key."""
    return np.asarray((column == key).to_numpy(dtype=np.bool_, na_value=False))


def aggregate_counts(
    counts: pd.DataFrame, rate: Rate, by: Sequence[str], cells: Sequence[Flags]
) -> tuple[pd.DataFrame, list[Cell]]:
    """Return the units of ``by`` in order of first occurrence, and the sums of each cell in them.

    Each of ``cells`` flags its rows. Rows in which a stage of this rate is missing are ignored; a unit without rows has
    0 of 0. An empty ``by`` gives exactly one unit.
    """
    units, place = placed(counts, by)
    usable = has_known_stages(counts, rate)

    def total(stage: Stage, rows: Flags) -> Whole:
        citizens = counts[stage].to_numpy(dtype=np.int64, na_value=0)
        return np.bincount(place, np.where(usable & rows, citizens, 0), minlength=len(units)).astype(np.int64)

    return units, [Cell(total(rate.numerator, rows), total(rate.denominator, rows)) for rows in cells]


def tabulate(
    counts: pd.DataFrame,
    rate: Rate,
    by: Sequence[str],
    groups: Sequence[str],
    phases: Sequence[Phase] = (Phase.BEFORE, Phase.AFTER),
) -> Table:
    """Return the cells of these groups and phases in each unit of ``by``, from rows in which the rate is known.

    An empty ``by`` gives exactly one unit.
    Raises ``ValueError`` if the counts hold more than one dimension, or a stage has more citizens than the one before.
    """
    one_dimension(counts, by)
    units, place = placed(counts, by)
    phase, group = _places(counts["phase"], phases), _places(counts["group"], groups)
    rows = has_known_stages(counts, rate) & (phase >= 0) & (group >= 0)
    shape = (len(units), len(phases), len(groups))
    cell = np.ravel_multi_index((place[rows], phase[rows], group[rows]), shape)

    def total(stage: Stage) -> Whole:
        citizens = counts[stage].to_numpy(dtype=np.int64, na_value=0)[rows]
        return np.bincount(cell, citizens, minlength=math.prod(shape)).astype(np.int64).reshape(shape)

    numerator, denominator = total(rate.numerator), total(rate.denominator)
    if np.any(numerator > denominator):
        raise ValueError(f"more citizens {rate.numerator} than {rate.denominator}")
    return Table(units, numerator, denominator)


def result_states(table: Table, smallest_count: int) -> States:
    """Return the state of each unit × phase: hidden, empty, too few groups to compare, or shown."""
    small = np.any(hidden(table.numerator, table.denominator, smallest_count), axis=-1)
    filled = np.sum(table.denominator > 0, axis=-1)
    return np.select([small, filled == 0, filled == 1], [State.HIDDEN, State.EMPTY, State.TOO_FEW], State.SHOWN)


def compared_groups(dimension: Dimension) -> list[str]:
    """Return the groups of a measure; in an ordered dimension the ranked ones, the least advantaged first."""
    if dimension.ordered:
        ranked = [group for group in dimension.groups if group.rank is not None]
        return [group.key for group in sorted(ranked, key=lambda group: group.rank or 0)]
    return [group.key for group in dimension.groups if group.key != MISSING]


def ends(counts: pd.DataFrame, dimensions: Mapping[str, Dimension]) -> pd.DataFrame:
    """Select the two groups that each dimension compares, and rename them ``compared`` and ``reference``.

    A measure can then process all dimensions in one call, by ``dimension``. Input and output have the columns
    ``model.COUNTS_COLUMNS``.
    """
    parts = []
    for key, dimension in dimensions.items():
        roles = {dimension.compared: COMPARED, dimension.reference: REFERENCE}
        part = counts[is_key(counts["dimension"], key) & counts["group"].isin(list(roles)).to_numpy()]
        parts.append(part.assign(group=part["group"].map(roles)))
    return pd.concat(parts, ignore_index=True)


def placed(counts: pd.DataFrame, by: Sequence[str]) -> tuple[pd.DataFrame, Whole]:
    """Return the units of ``by``, and the index of the unit of each row of the counts."""
    if not by:
        return pd.DataFrame(index=range(1)), np.zeros(len(counts), dtype=np.int64)
    code = np.zeros(len(counts), dtype=np.int64)
    for name in by:
        codes, values = pd.factorize(counts[name])
        code = code * (len(values) + 1) + codes + 1
    _, first, place = np.unique(code, return_index=True, return_inverse=True)
    order = np.argsort(first)
    units = pd.DataFrame({name: counts[name].array.take(first[order]) for name in by})
    return units, np.argsort(order)[place]


def _places(column: pd.Series, keys: Sequence[str]) -> Whole:
    """Return the index of each row's key among these keys; −1 if it is not one of them."""
    codes, values = pd.factorize(column)
    known_keys = {key: place for place, key in enumerate(keys)}
    return np.append(np.array([known_keys.get(value, -1) for value in values], dtype=np.int64), -1)[codes]


def two_groups(group: str, reference: str) -> None:
    """Raise ``ValueError`` if the group and the reference are the same."""
    if group == reference:
        raise ValueError(f"{group} cannot be compared with itself: pick another reference")


def small_or_empty(cells: Sequence[Cell], smallest_count: int) -> tuple[Flags, Flags]:
    """Flag the units with any hidden cell, and those with any empty cell."""
    small = np.any([hidden(*cell, smallest_count) for cell in cells], axis=0)
    return small, np.any([cell.denominator == 0 for cell in cells], axis=0)


def one_dimension(counts: pd.DataFrame, by: Sequence[str]) -> None:
    """Raise ``ValueError`` if ``by`` does not separate several dimensions: each counts every citizen once."""
    if "dimension" not in by and counts["dimension"].nunique() > 1:
        raise ValueError("the counts hold more than one dimension: pick one before adding up")
