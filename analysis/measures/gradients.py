"""Gradient of a rate across all groups of an ordered dimension: slope, relative and concentration indices."""

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
    """Index of a gradient. Above 0 (for the ratio, above 1), the more advantaged do better."""

    SII = "SII"
    """Slope index of inequality: the fitted rate at the top minus that at the bottom, −1 to 1."""
    RII = "RII"
    """Relative index of inequality: the ratio of those two rates. Undefined if either is not above 0."""
    RCI = "RCI"
    """Relative concentration index: Σ p (2X − 1) y divided by the overall rate."""


class Weights(NamedTuple):
    """Weight of each group in each sum, with groups on the last axis, the least advantaged first."""

    population: Floats
    slope: Floats
    concentration: Floats

    @property
    def bottom(self) -> Floats:
        """Weights of the fitted value for the least advantaged citizen."""
        return self.population - self.slope / 2

    @property
    def top(self) -> Floats:
        """Weights of the fitted value for the most advantaged citizen."""
        return self.population + self.slope / 2


def weights(population: Floats) -> Weights:
    """Return the weights of each index from the citizens of each group (last axis, least advantaged first).

    p is a group's share, and X the midpoint of its range on the scale of all citizens (its ridit). The mean is Σ p y,
    the slope of the line through y weighted by p is Σ p (X − ½) y / Σ p (X − ½)², and the absolute concentration index
    is Σ p (2X − 1) y. All are 0 if fewer than two groups have citizens.
    """
    total = population.sum(axis=-1, keepdims=True)
    share = population / np.where(total > 0, total, 1)
    offset = np.cumsum(share, axis=-1) - share / 2 - 0.5
    spread = np.sum(share * offset**2, axis=-1, keepdims=True)
    several = np.sum(population > 0, axis=-1, keepdims=True) > 1
    offset = np.where(several, offset, 0)
    return Weights(share, share * offset / np.where(several, spread, 1), 2 * share * offset)


def share_of_sum(part: Floats, whole: Floats, values: Interval) -> Interval:
    """Return Σ part · value / Σ whole · value, by the delta method with the variance of each interval; nan over 0."""
    above, below = mover_sum(part, values).estimate, mover_sum(whole, values).estimate
    below = np.where(below > 0, below, np.nan)
    share = above / below
    slopes = (part - share[..., None] * whole) / below[..., None]
    half = quantile(LEVEL) * np.sqrt(delta_variance(slopes, values))
    return Interval(share, share - half, share + half)


def log_ratio_of_sums(one: Floats, other: Floats, values: Interval) -> Interval:
    """Return ln(Σ one · value / Σ other · value), by the delta method; nan if either sum is not above 0."""
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
    """Return the gradient across the ranked groups of an ordered dimension in each unit: before, after and its change.

    Parameters
    ----------
    counts
        Columns ``model.COUNTS_COLUMNS``, in citizens, for this dimension only. Groups without a rank are left out.

    Returns
    -------
    ``by``; ``measure``, one of ``indices``; ``phase`` (before, after, change); ``estimate``, ``lower``, ``upper``;
    ``method``; ``n``, citizens; ``state``: hidden if any group's count is small, too few with one group only. A change
    is after minus before; for ratios it is the difference of the logarithms.

    Raises ``ValueError`` if the dimension has no order, or as ``tabulate``.

    Notes
    -----
    Intervals use the Wilson interval of each group's rate, not the residuals of the line. Limits of sums are by MOVER,
    those of ratios by the delta method. The shares of the groups are treated as known.

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
