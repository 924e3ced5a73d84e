"""Proportions, their differences, their ratios and the change in a difference, each with its interval.

Every function takes counts as arrays (or single numbers) that broadcast against each other and returns arrays of
proportions, 0 to 1. Where a denominator is 0 the result is nan. All raise ``ValueError`` where a numerator lies outside
0 to its denominator, or ``level`` outside 0 to 1. Closed forms in numpy: scipy would cost 0.7 s of the start.
"""

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Pair = tuple[ArrayLike, ArrayLike]
"""Numerators and denominators."""


class Interval(NamedTuple):
    """An estimate and the limits of its confidence interval, as arrays of one shape; nan where not defined."""

    estimate: Floats
    lower: Floats
    upper: Floats


def wilson(numerator: ArrayLike, denominator: ArrayLike, level: float = 0.95) -> Interval:
    """A proportion with Wilson's score interval.

    With p = x / n: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n).

    Source: Wilson 1927, JASA 22:209; method 3 in Newcombe 1998, Stat Med 17:857.
    """
    x, n, p = _proportion(numerator, denominator)
    z = _z(level)
    centre = p + z**2 / (2 * n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    scale = 1 + z**2 / n
    lower = np.where(x == 0, p, (centre - half) / scale)
    upper = np.where(x == n, p, (centre + half) / scale)
    return Interval(p, lower, upper)


def newcombe_difference(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> Interval:
    """The difference p1 − p2 of two independent proportions, with Newcombe's hybrid score interval.

    With d = p1 − p2 and Wilson's limits l and u of each: lower = d − √((p1 − l1)² + (u2 − p2)²) and
    upper = d + √((u1 − p1)² + (p2 − l2)²).

    Source: method 10 in Newcombe 1998, Stat Med 17:873.
    """
    return _mover_difference(wilson(x1, n1, level), wilson(x2, n2, level))


def mover_change(
    after_reference: Pair, after_group: Pair, before_reference: Pair, before_group: Pair, level: float = 0.95
) -> Interval:
    """The change in a gap, (p_ar − p_ag) − (p_br − p_bg), from four independent proportions given as (x, n).

    MOVER: each limit lies as far from the estimate as the root of the summed squares of the four distances between a
    proportion and the limit of its Wilson interval that pulls the same way.

    Source: Zou & Donner 2008, Stat Med 27:1693; Donner & Zou 2012, Stat Methods Med Res 21:347; for a difference of
    differences Newcombe 2001, Stat Med 20:2885.
    """
    after = newcombe_difference(*after_reference, *after_group, level)
    before = newcombe_difference(*before_reference, *before_group, level)
    return _mover_difference(after, before)


def log_ratio(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> Interval:
    """The ratio p1 / p2 of two independent proportions, with Katz's interval on the log scale.

    Limits r · exp(± z √(1/x1 − 1/n1 + 1/x2 − 1/n2)). The ratio is nan where x2 is 0. The limits are nan where x1 or x2
    is 0, and where x1 = n1 and x2 = n2: there the formula claims a certainty that no sample gives.

    Source: Katz, Baptista, Azen & Pike 1978, Biometrics 34:469.
    """
    x1, n1, p1 = _proportion(x1, n1)
    x2, n2, p2 = _proportion(x2, n2)
    ratio = p1 / _positive(p2)
    variance = (1 - p1) / _positive(x1) + (1 - p2) / _positive(x2)
    factor = np.exp(_z(level) * np.sqrt(_positive(variance)))
    return Interval(ratio, ratio / factor, ratio * factor)


def _mover_difference(one: Interval, other: Interval) -> Interval:
    """``one`` minus ``other``, independent of each other, with the interval recovered from the limits of both."""
    estimate = one.estimate - other.estimate
    below = np.hypot(one.estimate - one.lower, other.upper - other.estimate)
    above = np.hypot(one.upper - one.estimate, other.estimate - other.lower)
    return Interval(estimate, estimate - below, estimate + above)


def _proportion(numerator: ArrayLike, denominator: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """x, n and x / n as arrays, n and the proportion nan where n is 0."""
    x, n = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    if np.any((x < 0) | (x > n)):
        raise ValueError("a numerator must lie between 0 and its denominator")
    n = _positive(n)
    return x, n, np.asarray(x / n)


def _positive(values: Floats) -> Floats:
    """The values, nan where they are 0: what is divided by it becomes nan without a warning."""
    return np.where(values > 0, values, np.nan)


def _z(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level}")
    return NormalDist().inv_cdf((1 + level) / 2)
