"""The gap between two groups, in percentage points and as a ratio, and how it changed from before to after."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.disclosure import hidden
from analysis.measures.intervals import Floats, Interval, log_ratio, mover_change, newcombe_difference
from analysis.measures.rates import State
from analysis.measures.tally import Cell, Flags, Whole, concealing, is_key, one_dimension, tally
from analysis.model import Direction, Phase, Rate


def gaps(
    counts: pd.DataFrame,
    rate: Rate,
    group: str,
    reference: str,
    by: Sequence[str],
    smallest_count: int,
    level: float = 0.95,
) -> pd.DataFrame:
    """The gap in each unit of ``by`` and each phase, on the absolute and on the relative scale.

    ``counts`` has the columns ``model.COUNTS_COLUMNS``, in citizens, and holds one dimension. Rows where a stage of
    this rate is missing add nothing; transition is left out. ``by`` may be empty and names neither phase nor group.

    Returns ``by``; ``phase``; ``scale``; ``estimate``, ``lower`` and ``upper``; ``method``; ``n``, the citizens in both
    denominators (Int64, missing where hidden); ``state``. Scale ``absolute`` is the reference's rate minus the group's,
    a proportion −1 to 1; ``relative`` is the reference's rate divided by the group's. Signed: below 0, or below 1, the
    group does better. A row is hidden where either group's count is small, empty where either denominator is 0, and
    undefined where the group's rate, which the ratio divides by, is 0. A ratio can be shown and have no limits.

    Raises ``ValueError`` where the counts hold more than one dimension, where the groups are the same, and where a
    stage has more citizens than the one before it.

    Source: Newcombe 1998, Stat Med 17:873, method 10; Katz et al. 1978, Biometrics 34:469.
    """
    _comparable(counts, group, reference)
    counts = counts[~is_key(counts["phase"], Phase.TRANSITION)]
    units, cells = tally(counts, rate, [*by, "phase"], [is_key(counts["group"], key) for key in (reference, group)])
    small, empty, n = _standing(cells, smallest_count)
    pairs = (*cells[0], *cells[1])
    absolute, relative = newcombe_difference(*pairs, level), log_ratio(*pairs, level)
    state = np.select([small, empty], [State.HIDDEN, State.EMPTY], State.SHOWN)
    undefined = (state == State.SHOWN) & np.isnan(relative.estimate)
    ratio_state = np.where(undefined, State.UNDEFINED, state)
    return pd.concat(
        [
            _rows(units.assign(scale="absolute"), absolute._asdict(), "Newcombe", n, state),
            _rows(units.assign(scale="relative"), relative._asdict(), "log ratio", n, ratio_state),
        ],
        ignore_index=True,
    )


def change_in_gap(
    counts: pd.DataFrame,
    rate: Rate,
    group: str,
    reference: str,
    by: Sequence[str],
    smallest_count: int,
    level: float = 0.95,
) -> pd.DataFrame:
    """The absolute gap after minus the absolute gap before, in each unit of ``by``, and its direction.

    Takes what ``gaps`` takes, and raises the same. Returns ``by``; ``before`` and ``after``, the two gaps, and
    ``estimate``, ``lower`` and ``upper`` of their change, as proportions (nan unless shown); ``method``; ``n``, the
    citizens in all four denominators (Int64, missing where hidden); ``state``; ``direction``, a ``Direction`` (missing
    unless shown). A unit in which one of the phases is lacking is empty, such as a comparison offer. An empty ``by``
    gives one row.

    Negative is more equal only while the reference group is ahead: ``direction`` looks at the size of the gap.

    The change coincides with the adjustment; by itself it does not show that the adjustment caused it.

    Source: MOVER, Donner & Zou 2012, Stat Methods Med Res 21:347; Newcombe 2001, Stat Med 20:2885.
    """
    _comparable(counts, group, reference)
    places = [
        is_key(counts["phase"], phase) & is_key(counts["group"], key)
        for phase in (Phase.AFTER, Phase.BEFORE)
        for key in (reference, group)
    ]
    units, cells = tally(counts, rate, by, places)
    after_reference, after_group, before_reference, before_group = cells
    small, empty, n = _standing(cells, smallest_count)
    lacking = (_citizens(cells[:2]) == 0) | (_citizens(cells[2:]) == 0)
    state = np.select([lacking, small, empty], [State.EMPTY, State.HIDDEN, State.EMPTY], State.SHOWN)
    before = newcombe_difference(*before_reference, *before_group, level).estimate
    after = newcombe_difference(*after_reference, *after_group, level).estimate
    change = mover_change(after_reference, after_group, before_reference, before_group, level)
    rows = _rows(units, {"before": before, "after": after, **change._asdict()}, "MOVER", n, state)
    directions = pd.Series(_direction(before, after, change), index=rows.index, dtype=object)
    return rows.assign(direction=directions.where(rows["state"] == State.SHOWN, None))


def _direction(before: Floats, after: Floats, change: Interval) -> NDArray[np.str_]:
    return np.select(
        [(change.lower <= 0) & (change.upper >= 0), np.abs(after) < np.abs(before), before * after < 0],
        [Direction.UNCLEAR, Direction.NARROWED, Direction.TURNED],
        Direction.WIDENED,
    )


def _comparable(counts: pd.DataFrame, group: str, reference: str) -> None:
    one_dimension(counts)
    if group == reference:
        raise ValueError(f"{group} cannot be compared with itself: pick another reference")


def _citizens(cells: Sequence[Cell]) -> Whole:
    return np.asarray(np.sum([cell.denominator for cell in cells], axis=0))


def _standing(cells: Sequence[Cell], smallest_count: int) -> tuple[Flags, Flags, pd.arrays.IntegerArray]:
    """Where any cell is hidden, where any is empty, and the citizens in all (missing where any is hidden)."""
    small = np.any([hidden(*cell, smallest_count) for cell in cells], axis=0)
    empty = np.any([cell.denominator == 0 for cell in cells], axis=0)
    return small, empty, concealing(_citizens(cells), small)


def _rows(
    units: pd.DataFrame,
    numbers: Mapping[str, Floats],
    method: str,
    n: pd.arrays.IntegerArray,
    state: NDArray[np.str_],
) -> pd.DataFrame:
    """The units with their numbers, which only rows that are shown have."""
    shown = {name: np.where(state == State.SHOWN, values, np.nan) for name, values in numbers.items()}
    return units.assign(**shown, method=method, n=n, state=state)
