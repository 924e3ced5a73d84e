"""How steep a rate rises across all groups of an ordered dimension: slope, relative and concentration indices."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.aggregate import compared_groups, result_states, tabulate
from analysis.measures.intervals import LEVEL, Floats, Interval, delta_variance, mover_sum, quantile, wilson
from analysis.measures.result_frame import Measured, States, by_phase, difference, ratio
from analysis.model.terms import Dimension, Rate


class Index(StrEnum):
    """How a gradient is measured. Positive, or above 1, the more advantaged do better."""

    SII = "SII"
    """The slope index: the fitted rate at the top minus that at the bottom, −1 to 1."""
    RII = "RII"
    """The relative index: the ratio of those ends. Undefined where an end is not above 0."""
    RCI = "RCI"
    """The relative concentration index: Σ p (2X − 1) y divided by the overall rate."""


class Weights(NamedTuple):
    """What each group counts for in each sum, groups on the last axis, the least advantaged first."""

    population: Floats
    slope: Floats
    concentration: Floats

    @property
    def bottom(self) -> Floats:
        """The fitted value at the very least advantaged citizen."""
        return self.population - self.slope / 2

    @property
    def top(self) -> Floats:
        """The fitted value at the very most advantaged citizen."""
        return self.population + self.slope / 2


def weights(population: Floats) -> Weights:
    """The sums that make each index, from the citizens in each group (last axis, the least advantaged first).

    With p a group's share and X the midpoint of its place on the scale of all citizens (its ridit), the mean is Σ p y,
    the slope of the line through y weighted by p is Σ p (X − ½) y / Σ p (X − ½)², and the absolute concentration index
    is Σ p (2X − 1) y. All are 0 where fewer than two groups have citizens.
    """
    total = population.sum(axis=-1, keepdims=True)
    share = population / np.where(total > 0, total, 1)
    offset = np.cumsum(share, axis=-1) - share / 2 - 0.5
    spread = np.sum(share * offset**2, axis=-1, keepdims=True)
    several = np.sum(population > 0, axis=-1, keepdims=True) > 1
    offset = np.where(several, offset, 0)
    return Weights(share, share * offset / np.where(several, spread, 1), 2 * share * offset)


def share_of_sum(part: Floats, whole: Floats, values: Interval) -> Interval:
    """Σ part · value / Σ whole · value, by the delta method with the variance of each value's interval; nan over 0."""
    above, below = mover_sum(part, values).estimate, mover_sum(whole, values).estimate
    below = np.where(below > 0, below, np.nan)
    share = above / below
    slopes = (part - share[..., None] * whole) / below[..., None]
    half = quantile(LEVEL) * np.sqrt(delta_variance(slopes, values))
    return Interval(share, share - half, share + half)


def log_ratio_of_sums(one: Floats, other: Floats, values: Interval) -> Interval:
    """ln(Σ one · value / Σ other · value), by the delta method; nan where either sum is not above 0."""
    above, below = mover_sum(one, values).estimate, mover_sum(other, values).estimate
    above, below = np.where(above > 0, above, np.nan), np.where(below > 0, below, np.nan)
    estimate = np.log(above / below)
    slopes = one / above[..., None] - other / below[..., None]
    half = quantile(LEVEL) * np.sqrt(delta_variance(slopes, values))
    return Interval(estimate, estimate - half, estimate + half)


def gradients(
    counts: pd.DataFrame,
    rate: Rate,
    dimension: Dimension,
    by: Sequence[str],
    smallest_count: int,
    indices: Sequence[Index] = (Index.SII,),
) -> pd.DataFrame:
    """The gradient across the ranked groups of an ordered dimension, before, after and its change, in each unit.

    ``counts`` has the columns ``model.COUNTS_COLUMNS``, in citizens, and holds this dimension alone; groups without a
    rank are left out. Returns ``by``; ``measure``, one of ``indices``; ``phase`` (before, after, change); ``estimate``,
    ``lower``, ``upper``; ``method``; ``n``, the citizens; ``state``.

    A change is after minus before; of ratios the difference of the logarithms. A row is hidden where any group's count
    is small, too few with one group alone.

    Intervals rest on the Wilson interval of each group's rate, not on how far the points lie from the line. Sums by
    MOVER, ratios by the delta method. The shares of the groups are taken as known.

    Raises ``ValueError`` where the dimension has no order, or as ``tabulate``.

    Source: Mackenbach & Kunst 1997, Soc Sci Med 44:757; Wagstaff et al. 1991, Soc Sci Med 33:545; Zou, Huang & Zhang
    2009, Comput Stat Data Anal 53:1080; Schlotheuber & Hosseinpoor 2022, IJERPH 19:3697.
    """
    if not dimension.ordered:
        raise ValueError(f"{dimension.key} has no order: a gradient needs one")
    table = tabulate(counts, rate, by, compared_groups(dimension))
    values = wilson(table.numerator, table.denominator)
    weight = weights(table.denominator.astype(np.float64))
    state = result_states(table, smallest_count)
    found = [_measured(index, weight, values, state) for index in indices]
    return by_phase(table.units, found, table.denominator.sum(axis=-1))


def _measured(index: Index, weight: Weights, values: Interval, state: States) -> Measured:
    if index is Index.SII:
        return difference(index, mover_sum(weight.slope, values), state, "MOVER")
    if index is Index.RII:
        return ratio(index, log_ratio_of_sums(weight.top, weight.bottom, values), state, "delta method")
    share = share_of_sum(weight.concentration, weight.population, values)
    return difference(index, share, state, "delta method")
