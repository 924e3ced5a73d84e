"""Dispersion of the rates of all groups in a dimension without an order: the mean distance from the mean."""

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
    """Return ``MDM``, Σ p abs(y − μ), of rates with the groups on the last axis.

    p is a group's share of the citizens and μ = Σ p y; a group without citizens is ignored.
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
    """Return the dispersion of the groups in each unit: mean distance from the mean before, after, and its change.

    Parameters
    ----------
    counts
        Columns ``model.COUNTS_COLUMNS``, in citizens, for this dimension only. Citizens whose group is not stated are
        left out.

    Returns
    -------
    ``by``; ``measure`` (``MDM``); ``phase`` (before, after, change); ``estimate``, ``lower``, ``upper``, as
    proportions; ``method``; ``n``, citizens; ``state``: hidden if any group's count is small, too few with one group
    only.

    Raises as ``tabulate``.

    Notes
    -----
    MDM cannot be below 0, so chance alone raises it, and the limits are not centred on the estimate. They come from the
    confidence limits of the noncentrality of χ² = Σ n (y − μ)² / μ(1 − μ): the rates are scaled towards or away from
    their mean until they have that noncentrality. The limits are widened to contain the estimate if necessary: if most
    of the estimate is due to chance, the true value is below it. MOVER combines the limits before and after into those
    of the change.

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
    """Scale the rates towards and away from their mean, to the lower and upper limits of the noncentrality of their χ².

    Rates that are all equal have no direction; they are moved apart in the order of the groups.
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
    """Place the values of the shown rows (last axis) in their unit and phase (last two axes); nan elsewhere."""
    placed = np.full((*values.shape[:-1], *shown.shape), np.nan)
    placed[..., shown] = values
    return placed
