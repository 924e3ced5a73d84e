"""The measure of each understanding of inequality: a group's rate, the gap between two groups, or the gradient."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.aggregate import Cell, is_key, small_or_empty, tabulate
from analysis.measures.gaps import Scale, change_in_gap, direction, gaps
from analysis.measures.intervals import Interval, newcombe_difference
from analysis.measures.rates import rates
from analysis.measures.result_frame import CHANGE, State, States, tidy
from analysis.model.terms import Direction, Phase, Question, Understanding

LEVEL_COLUMNS = ("phase", "estimate", "lower", "upper", "method", "n", "state")
CHANGE_COLUMNS = ("before", "after", "estimate", "lower", "upper", "method", "n", "state", "direction")


def levels(counts: pd.DataFrame, question: Question, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    """Return the answer before and after, in each unit of ``by``: a rate, an absolute gap, or a gradient.

    Parameters
    ----------
    counts
        Columns ``model.COUNTS_COLUMNS``, in citizens, for the question's dimension only.

    Returns
    -------
    ``by``; ``phase`` (before, after); ``estimate``, ``lower``, ``upper``, as proportions; ``method``; ``n``, citizens;
    ``state``. The estimate is, for ``DISADVANTAGED``, the group's rate; for ``GAP``, the reference's rate minus the
    group's; for ``GRADIENT``, the slope index of an ordered dimension. In an unordered dimension it is the mean
    distance from the mean, which is above 0 by chance alone.

    Source: as ``rates``, ``gaps``, ``gradients`` and ``dispersion``, which compute it.
    """
    if question.understanding is Understanding.DISADVANTAGED:
        own = counts[is_key(counts["group"], question.group)]
        found = rates(own, question.rate, [*by, "phase"], smallest_count)
    elif question.understanding is Understanding.GAP:
        found = gaps(counts, question.rate, question.group, question.reference, by, smallest_count, [Scale.ABSOLUTE])
    else:
        found = _gradient(counts, question, by, smallest_count)
    before_or_after = found["phase"].isin([Phase.BEFORE, Phase.AFTER])
    return found.loc[before_or_after, [*by, *LEVEL_COLUMNS]].reset_index(drop=True)


def changes(counts: pd.DataFrame, question: Question, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    """Return the answer after minus the answer before, in each unit of ``by``, and its direction.

    Takes the arguments of ``levels``. Returns ``by``; ``before``, ``after``, and ``estimate``, ``lower`` and ``upper``
    of the change, as proportions; ``method``; ``n``; ``state``; ``direction``. The direction of a rate is ``rose`` or
    ``fell``; that of a gap or a gradient is ``narrowed``, ``widened`` or ``turned``; each is ``unclear`` if the
    interval contains 0.

    Source: for a rate, the difference of two independent proportions, Newcombe 1998, Stat Med 17:873, method 10;
    otherwise as ``levels``.
    """
    if question.understanding is Understanding.DISADVANTAGED:
        return _change_in_rate(counts, question, by, smallest_count)
    if question.understanding is Understanding.GAP:
        found = change_in_gap(counts, question.rate, question.group, question.reference, by, smallest_count)
        return found[[*by, *CHANGE_COLUMNS]]
    return _change_in_gradient(_gradient(counts, question, by, smallest_count), by)


def _change_in_rate(counts: pd.DataFrame, question: Question, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    table = tabulate(counts, question.rate, by, [question.group])
    before, after = (Cell(table.numerator[:, phase, 0], table.denominator[:, phase, 0]) for phase in (0, 1))
    small, empty = small_or_empty([before, after], smallest_count)
    state = np.select([empty, small], [State.EMPTY, State.HIDDEN], State.SHOWN)
    change = newcombe_difference(*after, *before)
    was, became = (cell.numerator / np.maximum(cell.denominator, 1) for cell in (before, after))
    numbers = {"before": was, "after": became, **change._asdict()}
    rows = tidy(table.units, numbers, "Newcombe", before.denominator + after.denominator, state)
    unclear = (change.lower <= 0) & (change.upper >= 0)
    ways = np.where(unclear, Direction.UNCLEAR, np.where(change.estimate > 0, Direction.ROSE, Direction.FELL))
    return _with_direction(rows, ways)


def _gradient(counts: pd.DataFrame, question: Question, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    if question.has_slope:
        from analysis.measures.gradients import gradients

        return gradients(counts, question.rate, question.dimension, by, smallest_count)
    from analysis.measures.dispersion import dispersion

    return dispersion(counts, question.rate, question.dimension, by, smallest_count)


def _change_in_gradient(found: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Join the three rows of each unit (before, after, change); ``by_phase`` returns the units in the same order."""
    before, after, change = (
        found[is_key(found["phase"], phase)].reset_index(drop=True) for phase in (Phase.BEFORE, Phase.AFTER, CHANGE)
    )
    shown = change["state"] == State.SHOWN
    rows = change.assign(before=before["estimate"].where(shown), after=after["estimate"].where(shown), direction=None)[
        [*by, *CHANGE_COLUMNS]
    ]
    interval = Interval(*(change[name].to_numpy() for name in Interval._fields))
    return _with_direction(rows, direction(before["estimate"].to_numpy(), after["estimate"].to_numpy(), interval))


def _with_direction(rows: pd.DataFrame, ways: States) -> pd.DataFrame:
    shown = rows["state"] == State.SHOWN
    return rows.assign(direction=pd.Series(ways, index=rows.index, dtype=object).where(shown, None))
