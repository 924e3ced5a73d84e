"""How unlike the rates of all groups are in a dimension without an order: the mean distance from the mean."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import chdtr, chndtrinc

from analysis.measures.aggregate import compared_groups, result_states, tabulate
from analysis.measures.intervals import LEVEL, Floats, Interval
from analysis.measures.result_frame import Flags, State, Whole, by_phase, difference
from analysis.model.terms import Dimension, Rate

ALIKE = 1e-9


def mean_distance(rates: Floats, population: Whole) -> Floats:
    """``MDM``, Σ p abs(y − μ), of rates that have their groups on the last axis.

    p is a group's share of the citizens and μ = Σ p y; a group without citizens takes no part.
    """
    used = population > 0
    share = population / np.maximum(population.sum(axis=-1, keepdims=True), 1)
    rates = np.where(used, rates, 0)
    mean = np.sum(share * rates, axis=-1, keepdims=True)
    distance = np.abs(rates - mean) * np.where(used, 1, 0)
    return np.asarray(np.sum(distance * population, axis=-1) / np.maximum(population.sum(axis=-1), 1))


def dispersion(
    counts: pd.DataFrame, rate: Rate, dimension: Dimension, by: Sequence[str], smallest_count: int
) -> pd.DataFrame:
    """How unlike the groups are: their mean distance from the mean before, after and its change, in each unit.

    ``counts`` has the columns ``model.COUNTS_COLUMNS``, in citizens, and holds this dimension alone; citizens whose
    group is not stated are left out. Returns ``by``; ``measure`` (``MDM``); ``phase`` (before, after, change);
    ``estimate``, ``lower``, ``upper``, proportions; ``method``; ``n``, the citizens; ``state``.

    It cannot fall below 0, so that chance alone lifts it. The limits are therefore not laid around the estimate, but
    are those of the noncentrality of χ² = Σ n (y − μ)² / μ(1 − μ), the rates drawn in towards their mean or out from it
    until they would give that much. They are widened where they would miss the estimate: where chance makes up most of
    it, the truth lies below the estimate. The limits of the change are put together from those before and after by
    MOVER.

    Hidden where any group's count is small; too few with one group alone. Raises as ``tabulate``.

    Source: Schlotheuber & Hosseinpoor 2022, IJERPH 19:3697; limits of a noncentrality as in Steiger 2004, Psychol
    Methods 9:164.
    """
    table = tabulate(counts, rate, by, compared_groups(dimension))
    state = result_states(table, smallest_count)
    shown = state == State.SHOWN
    number, size = table.numerator[shown], table.denominator[shown]
    estimate = mean_distance(number / np.maximum(size, 1), size)
    lower, upper = (mean_distance(one, size) for one in _drawn_in_and_out(number, size))
    limits = (estimate, np.minimum(lower, estimate), np.maximum(upper, estimate))
    found = difference("MDM", Interval(*(_placed(one, shown) for one in limits)), state, "noncentral chi-square")
    return by_phase(table.units, [found], table.denominator.sum(axis=-1))


def _drawn_in_and_out(number: Whole, size: Whole) -> tuple[Floats, Floats]:
    """The rates drawn in, and out, until the limits of the noncentrality of their χ² would be what they give.

    Where the rates are all alike, and so point nowhere, they are drawn out along the order of the groups.
    """
    total = size.sum(axis=-1, keepdims=True)
    mean = number.sum(axis=-1, keepdims=True) / total
    smooth = (mean * total + 0.5) / (total + 1)
    away = np.where(size > 0, number / np.maximum(size, 1) - mean, 0)
    squares = np.sum(size * away**2, axis=-1, keepdims=True)
    statistic = (squares / (smooth * (1 - smooth)))[..., 0]
    alike = statistic[..., None] < ALIKE
    away = np.where(alike, (np.cumsum(size, axis=-1) - size / 2) / total - 0.5, away)
    squares = np.sum(size * away**2, axis=-1, keepdims=True)
    freedom = np.sum(size > 0, axis=-1) - 1
    limits = []
    for tail in ((1 + LEVEL) / 2, (1 - LEVEL) / 2):
        possible = chdtr(freedom, statistic) > tail
        noncentrality = np.where(possible, chndtrinc(np.where(possible, statistic, 1), freedom, tail), 0)
        factor = np.sqrt(noncentrality[..., None] * smooth * (1 - smooth) / squares)
        limits.append(np.clip(mean + factor * away, 0.5 / total, 1))
    return limits[0], limits[1]


def _placed(values: Floats, shown: Flags) -> Floats:
    """The values of the rows that are shown (last axis) in their unit and phase (last two axes), nan elsewhere."""
    placed = np.full((*values.shape[:-1], *shown.shape), np.nan)
    placed[..., shown] = values
    return placed
