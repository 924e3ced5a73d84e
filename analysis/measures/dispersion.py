"""Dispersion of the rates of all groups in a dimension without an order: the mean distance from the mean."""

import numpy as np
from scipy.special import chdtr, chndtrinc

from analysis.measures.intervals import LEVEL, Floats, Interval
from analysis.measures.result_frame import Flags, Whole

ALIKE = 1e-9


def mean_distance(rates: Floats, population: Floats | Whole) -> Floats:
    """Return ``MDM``, Σ p abs(y − μ), of rates with the groups on the last axis.

    p is a group's share of the citizens and μ = Σ p y; a group without citizens is ignored.
    """
    used = population > 0
    total = population.sum(axis=-1, keepdims=True)
    share = population / np.where(total > 0, total, 1)
    rates = np.where(used, rates, 0)
    mean = np.sum(share * rates, axis=-1, keepdims=True)
    return np.asarray(np.sum(share * np.abs(rates - mean), axis=-1))


def spread_beyond_chance(rates: Floats, variances: Floats, population: Floats) -> float:
    """Return the standard deviation between groups, without what chance alone adds to it.

    √max(0, Σ p (y − μ)² − Σ p (1 − p) v), with the shares p of the groups and the variances v of their rates. Unlike
    the distance between the highest and the lowest rate, it does not grow with the number of groups.

    Source: between-group variance as Schlotheuber & Hosseinpoor 2022, IJERPH 19:3697; its bias by the variances of
    independent rates.
    """
    share = population / population.sum()
    mean = np.sum(share * rates)
    noise = np.sum(share * (1 - share) * variances)
    return float(np.sqrt(max(0.0, np.sum(share * (rates - mean) ** 2) - noise)))


def mean_distance_interval(rates: Floats, size: Floats, shown: Flags) -> Interval:
    """Return the mean distance from the mean in each unit × phase, with its interval; nan unless ``shown``.

    Parameters
    ----------
    rates : unit × phase × group, as proportions.
    size : size of the sample behind each rate; 0 leaves a group out.

    Notes
    -----
    MDM cannot be below 0, so chance alone raises it, and the limits are not centred on the estimate. They come from the
    confidence limits of the noncentrality of χ² = Σ n (y − μ)² / μ(1 − μ): the rates are scaled towards or away from
    their mean until they have that noncentrality. The limits are widened to contain the estimate if necessary: if most
    of the estimate is due to chance, the true value is below it.

    Source: Schlotheuber & Hosseinpoor 2022, IJERPH 19:3697; limits of a noncentrality as in Steiger 2004, Psychol
    Methods 9:164.
    """
    rates, size = np.nan_to_num(rates[shown]), size[shown]
    estimate = mean_distance(rates, size)
    lower, upper = (mean_distance(one, size) for one in _drawn_in_and_out(rates, size))
    limits = (estimate, np.minimum(lower, estimate), np.maximum(upper, estimate))
    return Interval(*(_placed(one, shown) for one in limits))


def _drawn_in_and_out(rates: Floats, size: Floats) -> tuple[Floats, Floats]:
    """Scale the rates towards and away from their mean, to the lower and upper limits of the noncentrality of their χ².

    Rates that are all equal have no direction; they are moved apart in the order of the groups.
    """
    total = size.sum(axis=-1, keepdims=True)
    mean = np.sum(size * rates, axis=-1, keepdims=True) / total
    smooth = (mean * total + 0.5) / (total + 1)
    away = np.where(size > 0, rates - mean, 0)
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
