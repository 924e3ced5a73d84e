"""The answer of each understanding of inequality, within offers: a group's rate, a gap, or a gradient."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.aggregate import compared_groups, two_groups
from analysis.measures.comparisons import adjusted_for_many
from analysis.measures.directions import gap_directions, rate_directions
from analysis.measures.intervals import LEVEL, Floats, Interval, detectable, mover_difference, mover_sum, pair
from analysis.measures.result_frame import State, States, Whole, repeated, tidy, where_defined, with_change
from analysis.measures.within_offers import BEFORE_AND_AFTER, METHOD, Standardised, compared_offers, standardised
from analysis.model.terms import Direction, Phase, Question, Understanding

LEVEL_COLUMNS = ("phase", "estimate", "lower", "upper", "method", "n", "state", "offers")
CHANGE_COLUMNS = (
    *("before", "after", "estimate", "lower", "upper", "detectable"),
    *("method", "n", "state", "direction", "offers"),
)
CONTRIBUTIONS = ("from_group", "from_reference")


class Answer(NamedTuple):
    """An answer by phase (last axis), its states, and the rates that it rests on, the group before the reference.

    ``sides`` are the weights of the rates of those behind and of those ahead, unit × 1 × group: ahead minus behind is
    the answer. None for an answer of one rate, or without an order.
    """

    rates: Standardised
    level: Interval
    state: States
    n: Whole
    sides: tuple[Floats, Floats] | None


def levels(
    counts: pd.DataFrame,
    question: Question,
    by: Sequence[str],
    smallest_count: int,
    phases: Sequence[Phase] = BEFORE_AND_AFTER,
) -> pd.DataFrame:
    """Return the answer in each phase and each unit of ``by``: a rate, an absolute gap, or a gradient.

    Parameters
    ----------
    counts
        Columns ``model.COUNTS_COLUMNS``, in citizens, for the question's dimension only.

    Returns
    -------
    ``by``; ``phase``; ``estimate``, ``lower``, ``upper``, as proportions; ``method``; ``n``, citizens of the compared
    offers and groups; ``state``; ``offers``, how many were compared. The estimate is, for ``DISADVANTAGED``, the
    group's rate; for ``GAP``, the reference's rate minus the group's; for ``GRADIENT``, the slope index of an ordered
    dimension. In an unordered dimension it is the mean distance from the mean, which is above 0 by chance alone.

    Source: rates as ``within_offers.standardised``; slope as ``gradients``; distance as ``dispersion``.
    """
    return levels_of(answer(counts, question, by, smallest_count, phases), by, phases)


def levels_of(found: Answer, by: Sequence[str], phases: Sequence[Phase] = BEFORE_AND_AFTER) -> pd.DataFrame:
    """Return ``levels`` from an answer."""
    units = repeated(found.rates.units, len(phases)).assign(phase=np.repeat(list(phases), len(found.rates.units)))
    numbers = {name: getattr(found.level, name).T.ravel() for name in Interval._fields}
    rows = tidy(units, numbers, METHOD, found.n.T.ravel(), found.state.T.ravel())
    return rows[[*by, *LEVEL_COLUMNS]]


def changes(counts: pd.DataFrame, question: Question, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    """Return the answer after minus the answer before, in each unit of ``by``, and its direction.

    Takes the arguments of ``levels``.

    Returns
    -------
    ``by``; ``before``, ``after``, and ``estimate``, ``lower`` and ``upper`` of the change, as proportions;
    ``detectable``, the smallest change that such a sample shows with a chance of 80 %; ``method``;
    ``n``; ``state``; ``direction``, as ``directions`` defines it; ``offers``; for a gap also ``from_group`` and
    ``from_reference``, what each rate contributed to the change. Several units are a list: a direction is then clear
    only if it also holds at a false discovery rate of 5 % (Benjamini & Hochberg 1995).
    """
    return changes_of(answer(counts, question, by, smallest_count), question, by)


def changes_of(found: Answer, question: Question, by: Sequence[str]) -> pd.DataFrame:
    """Return ``changes`` from an answer before and after."""
    rows = each_change(found, question, by)
    return clear_among_many(rows) if by else rows


def each_change(found: Answer, question: Question, by: Sequence[str]) -> pd.DataFrame:
    """Return ``changes`` from an answer before and after, with the direction that each has if it is seen alone."""
    before, after = pair(found.level)
    change = mover_difference(after, before)
    state = where_defined(with_change(found.state)[:, -1], change.estimate)
    numbers = {"before": before.estimate, "after": after.estimate, **change._asdict()}
    numbers["detectable"] = detectable(change)
    moved = _moved(found) if question.understanding is not Understanding.DISADVANTAGED else None
    if moved and question.understanding is Understanding.GAP:
        numbers |= {"from_group": -moved[0].estimate, "from_reference": moved[1].estimate}
    rows = tidy(found.rates.units, numbers, METHOD, found.n.sum(axis=1), state)
    if question.understanding is Understanding.DISADVANTAGED:
        ways = rate_directions(change)
    else:
        group, reference = moved or (None, None)
        ways = gap_directions(before, after, change, reference, group)
    shown = rows["state"] == State.SHOWN
    rows = rows.assign(direction=pd.Series(ways, index=rows.index, dtype=object).where(shown, None))
    columns = [*by, *CHANGE_COLUMNS, *(name for name in CONTRIBUTIONS if name in rows)]
    return rows[columns]


def clear_among_many(rows: pd.DataFrame) -> pd.DataFrame:
    """Call a direction unclear if it does not hold at a false discovery rate of 5 % among the rows."""
    adjusted = adjusted_for_many(rows)["p_adjusted"].to_numpy()
    doubtful = (rows["state"] == State.SHOWN) & (adjusted > 1 - LEVEL)
    return rows.assign(direction=rows["direction"].mask(doubtful, Direction.UNCLEAR))


def needed_groups(question: Question) -> list[str]:
    """Return the groups that an offer must have to be compared. Of a gradient, some may be dropped."""
    return {
        Understanding.DISADVANTAGED: lambda: [question.group],
        Understanding.GAP: lambda: [question.group, question.reference],
        Understanding.GRADIENT: lambda: compared_groups(question.dimension),
    }[question.understanding]()


def answer(
    counts: pd.DataFrame,
    question: Question,
    by: Sequence[str],
    smallest_count: int,
    phases: Sequence[Phase] = BEFORE_AND_AFTER,
) -> Answer:
    """Return the answer in each phase and each unit of ``by``. Takes the arguments of ``levels``."""
    if question.understanding is Understanding.GRADIENT:
        return _gradient(counts, question, by, smallest_count, phases)
    groups = needed_groups(question)
    if len(groups) > 1:
        two_groups(question.group, question.reference)
    found = standardised(compared_offers(counts, question.rate, by, groups, groups, phases), smallest_count)
    level = found.gap(1, 0) if len(groups) > 1 else Interval(*(one[..., 0] for one in found.rates))
    state = found.states(smallest_count, range(len(groups)))
    sides = (np.array([1.0, 0.0]), np.array([0.0, 1.0])) if len(groups) > 1 else None
    return Answer(found, level, state, found.denominator.sum(axis=-1), sides)


def _gradient(
    counts: pd.DataFrame, question: Question, by: Sequence[str], smallest_count: int, phases: Sequence[Phase]
) -> Answer:
    groups = needed_groups(question)
    found = standardised(
        compared_offers(counts, question.rate, by, groups, groups, phases, may_drop=True), smallest_count
    )
    state = found.states(smallest_count)
    n = np.sum(found.denominator * (found.population > 0)[:, None], axis=-1)
    if question.has_slope:
        from analysis.measures.gradients import weights

        slope = weights(found.population.astype(np.float64)).slope[:, None]
        return Answer(found, mover_sum(slope, found.rates), state, n, sides_of(slope))
    from analysis.measures.dispersion import mean_distance_interval

    size = found.effective * (found.population > 0)[:, None]
    return Answer(found, mean_distance_interval(found.rates.estimate, size, state == State.SHOWN), state, n, None)


def sides_of(slope: Floats) -> tuple[Floats, Floats]:
    """Return the weights of the rates of those behind and of those ahead in a slope with these weights."""
    return np.maximum(-slope, 0), np.maximum(slope, 0)


def _moved(found: Answer) -> tuple[Interval, Interval] | None:
    """Return how far those behind and those ahead moved; in a gradient the groups below and above the middle."""
    if found.sides is None:
        return None
    moved = []
    for weights_of_side in found.sides:
        before, after = pair(mover_sum(weights_of_side, found.rates.rates))
        moved.append(mover_difference(after, before))
    return moved[0], moved[1]
