"""The gap between two groups, in percentage points and as a ratio, and its change from before to after."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.aggregate import (
    Cell,
    aggregate_counts,
    is_key,
    one_dimension,
    small_or_empty,
    tabulate,
    two_groups,
)
from analysis.measures.intervals import (
    Floats,
    Interval,
    mover_difference,
    newcombe_difference,
    ratio,
)
from analysis.measures.result_frame import State, Whole, repeated, tidy, where_defined, with_missing
from analysis.model.terms import Direction, Phase, Rate


class Scale(StrEnum):
    """Scale of a gap: the difference of two rates, or their ratio."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    """Ratio of the rates of those who reached the stage."""
    SHORTFALL = "relative shortfall"
    """Ratio of the rates of those who did not; it can move in the opposite direction."""


def gaps(
    counts: pd.DataFrame,
    rate: Rate,
    group: str,
    reference: str,
    by: Sequence[str],
    smallest_count: int,
    scales: Sequence[Scale] = tuple(Scale),
) -> pd.DataFrame:
    """Return the gap in each unit of ``by`` and each phase, on each of these scales.

    Parameters
    ----------
    counts
        Columns ``model.COUNTS_COLUMNS``, in citizens, for one dimension, or for several prepared by ``ends`` and
        separated by ``by``. Rows in which a stage of this rate is missing, and rows in transition, are left out.
    by
        Key columns of a unit; may be empty, and contains neither phase nor group.

    Returns
    -------
    ``by``; ``phase``; ``scale``; ``estimate``, ``lower`` and ``upper``; ``method``; ``n``, the citizens in both
    denominators (Int64, missing if hidden); ``state``. Scale ``absolute`` is the reference's rate minus the group's, a
    proportion −1 to 1; for the shortfall it has the same size and the opposite sign. ``relative`` is the reference's
    rate divided by the group's. ``relative shortfall`` is the group's share who did not reach the stage divided by the
    reference's. On every scale the group does better if the value is below 0, or below 1 for a ratio. A row is hidden
    if either group's count is small, empty if either denominator is 0, and undefined if a ratio would divide by 0.

    Raises
    ------
    ValueError
        If the counts hold more than one dimension, if the groups are the same, or if a stage has more citizens than the
        one before it.

    Source: Newcombe 1998, Stat Med 17:873, method 10; Katz et al. 1978, Biometrics 34:469, and where a count is below
    10 Koopman 1984, Biometrics 40:513. Both scales: Kjellsson et al. 2015, Epidemiology 26:673.
    """
    two_groups(group, reference)
    one_dimension(counts, by)
    counts = counts[~is_key(counts["phase"], Phase.TRANSITION)]
    units, cells = aggregate_counts(
        counts, rate, [*by, "phase"], [is_key(counts["group"], key) for key in (reference, group)]
    )
    small, empty = small_or_empty(cells, smallest_count)
    state = np.select([small, empty], [State.HIDDEN, State.EMPTY], State.SHOWN)
    ahead, behind = cells
    found = [_on_scale(scale, ahead, behind) for scale in scales]
    numbers = {name: np.concatenate([getattr(one, name) for one, _ in found]) for name in Interval._fields}
    methods = np.concatenate([np.broadcast_to(method, len(units)) for _, method in found])
    rows = repeated(units, len(scales)).assign(scale=np.repeat([scale.value for scale in scales], len(units)))
    states = where_defined(np.tile(state, len(scales)), numbers["estimate"])
    return tidy(rows, numbers, methods, np.tile(_citizens(cells), len(scales)), states)


def _on_scale(scale: Scale, ahead: Cell, behind: Cell) -> tuple[Interval, str | NDArray[np.str_]]:
    """Return the gap and its interval method. The numerator of the shortfall ratio is the group's shortfall."""
    if scale is Scale.ABSOLUTE:
        return newcombe_difference(*ahead, *behind), "Newcombe"
    if scale is Scale.RELATIVE:
        return ratio(*ahead, *behind)
    return ratio(*_shortfall(behind), *_shortfall(ahead))


def change_in_gap(
    counts: pd.DataFrame,
    rate: Rate,
    group: str,
    reference: str,
    by: Sequence[str],
    smallest_count: int,
) -> pd.DataFrame:
    """Return the gap after minus the gap before, in each unit of ``by``, and its direction.

    Takes the arguments of ``gaps`` and raises the same. An empty ``by`` gives one row.

    Returns
    -------
    ``by``; ``before`` and ``after``, the two gaps, and ``estimate``, ``lower`` and ``upper`` of their change (nan
    unless shown), all as proportions; ``method``; ``n``, the citizens in all four denominators (Int64, missing if
    hidden); ``state``; ``direction``, a ``Direction`` (missing unless shown). A unit without one of the phases is
    empty, for example a comparison offer.

    A negative change means more equality only if the reference group is ahead; ``direction`` refers to the size of the
    gap. The change coincides with the adjustment; it does not prove that the adjustment caused it.

    Source: MOVER from four Wilson intervals, Donner & Zou 2012, Stat Methods Med Res 21:347; Newcombe 2001, Stat Med
    20:2885.
    """
    two_groups(group, reference)
    table = tabulate(counts, rate, by, [reference, group])
    before_cells, after_cells = (
        [Cell(table.numerator[:, phase, place], table.denominator[:, phase, place]) for place in (0, 1)]
        for phase in (0, 1)
    )
    small, empty = small_or_empty([*before_cells, *after_cells], smallest_count)
    n = _citizens([*before_cells, *after_cells])
    lacking = (_citizens(after_cells) == 0) | (_citizens(before_cells) == 0)
    state = np.select([lacking, small, empty], [State.EMPTY, State.HIDDEN, State.EMPTY], State.SHOWN)
    before, after = (newcombe_difference(*ahead, *behind) for ahead, behind in (before_cells, after_cells))
    change = mover_difference(after, before)
    numbers = {"before": before.estimate, "after": after.estimate, **change._asdict()}
    rows = tidy(table.units, numbers, "MOVER", n, state)
    # Also hide the citizens of an empty unit if a phase that it has is small.
    rows["n"] = with_missing(n, small)
    directions = pd.Series(direction(before.estimate, after.estimate, change), index=rows.index, dtype=object)
    return rows.assign(direction=directions.where(rows["state"] == State.SHOWN, None))


def _shortfall(cell: Cell) -> Cell:
    return Cell(cell.denominator - cell.numerator, cell.denominator)


def direction(before: Floats, after: Floats, change: Interval) -> NDArray[np.str_]:
    """Return whether the size of a signed difference shrank, grew or changed sign; unclear if the change may be 0."""
    return np.select(
        [
            (change.lower <= 0) & (change.upper >= 0),
            np.abs(after) < np.abs(before),
            np.sign(before) * np.sign(after) < 0,
        ],
        [Direction.UNCLEAR, Direction.NARROWED, Direction.TURNED],
        Direction.WIDENED,
    )


def _citizens(cells: Sequence[Cell]) -> Whole:
    return np.asarray(np.sum([cell.denominator for cell in cells], axis=0))
