"""Proportions, their differences, their ratios and the change in a difference, each with its interval.

Every function takes counts as numbers or arrays that broadcast against each other. It returns arrays of proportions,
0 to 1. If a denominator is 0, the result is nan. All raise ``ValueError`` if a numerator is not between 0 and its
denominator, or ``level`` is not between 0 and 1. Only numpy is used: importing SciPy would delay the start by 0.7 s.
"""

from math import comb
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

LEVEL = 0.95
"""Confidence level of every interval on a page."""
ROUNDING_LEVEL = 0.999
"""Share of roundings that an interval allows for."""
POWER = 0.8
SMALL_CELL = 10
"""Below this count, a ratio has Koopman's interval: the normal interval of the logarithm is then unreliable."""
LOG_RATIO_LIMIT = 32.0
BISECTIONS = 50
FEW = 5
"""Below this denominator, a proportion has its exact interval: otherwise groups of two would be clearly apart."""

Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """An estimate and the limits of its confidence interval, as arrays of one shape; nan where not defined."""

    estimate: Floats
    lower: Floats
    upper: Floats


def wilson(numerator: ArrayLike, denominator: ArrayLike, level: float = LEVEL) -> Interval:
    """Return a proportion with Wilson's score interval.

    With p = x / n: (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n).

    Source: Wilson 1927, JASA 22:209; method 3 in Newcombe 1998, Stat Med 17:857.
    """
    _, n, p = _proportion(numerator, denominator)
    return Interval(p, *score_limits(p, n, quantile(level)))


def score_limits(rate: Floats, size: Floats | NDArray[np.int64], z: float | Floats) -> tuple[Floats, Floats]:
    """Return Wilson's limits of a rate of ``size`` citizens at this normal quantile."""
    centre = rate + z**2 / (2 * size)
    half = z * np.sqrt(rate * (1 - rate) / size + z**2 / (4 * size**2))
    scale = 1 + z**2 / size
    return np.where(rate == 0, rate, (centre - half) / scale), np.where(rate == 1, rate, (centre + half) / scale)


def proportion(numerator: ArrayLike, denominator: ArrayLike, error: tuple[float, float] = (0, 0)) -> Interval:
    """Return a proportion with the interval that pages show: Wilson's, or below ``FEW`` citizens the exact one.

    ``error`` are the standard errors of a rounded numerator and of the rounded remainder. Each limit moves outwards by
    ``rounding_margin``, and not by less, as it would if variances were added: a rounded rate is then hardly ever clear
    where the exact one is not.

    Source: as ``wilson``; Clopper & Pearson 1934, Biometrika 26:404.
    """
    x, n, p = _proportion(numerator, denominator)
    found = wilson(numerator, denominator)
    few, reached = np.minimum(np.nan_to_num(n), FEW - 1).astype(np.int64), np.minimum(x, FEW - 1).astype(np.int64)
    lower = np.where(n < FEW, _EXACT_LOWER[few, reached], found.lower)
    upper = np.where(n < FEW, 1 - _EXACT_LOWER[few, np.maximum(few - reached, 0)], found.upper)
    wider = rounding_margin(p, n, error)
    return Interval(p, np.maximum(lower - wider, 0 * p), np.minimum(upper + wider, 1 + 0 * p))


def rounding_margin(rate: Floats, size: Floats | NDArray[np.int64], error: tuple[float, float]) -> Floats:
    """Return what 999 of 1,000 roundings move a rate by at most; ``error`` as in ``proportion``."""
    return np.asarray(quantile(ROUNDING_LEVEL) * np.hypot(error[0] * (1 - rate), error[1] * rate) / size)


def newcombe_difference(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = LEVEL) -> Interval:
    """Return the difference p1 − p2 of two independent proportions, with Newcombe's hybrid score interval.

    With d = p1 − p2 and Wilson's limits l and u of each: lower = d − √((p1 − l1)² + (u2 − p2)²) and
    upper = d + √((u1 − p1)² + (p2 − l2)²).

    Source: method 10 in Newcombe 1998, Stat Med 17:873.
    """
    return mover_difference(wilson(x1, n1, level), wilson(x2, n2, level))


def log_ratio(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = LEVEL) -> Interval:
    """Return the ratio p1 / p2 of two independent proportions, with Katz's interval on the log scale.

    Limits r · exp(± z √(1/x1 − 1/n1 + 1/x2 − 1/n2)). The ratio is nan if x2 is 0. The limits are nan if x1 or x2 is 0,
    or if x1 = n1 and x2 = n2: the formula would then give an interval of width 0.

    Source: Katz, Baptista, Azen & Pike 1978, Biometrics 34:469.
    """
    x1, n1, p1 = _proportion(x1, n1)
    x2, n2, p2 = _proportion(x2, n2)
    ratio = p1 / _positive(p2)
    variance = (1 - p1) / _positive(x1) + (1 - p2) / _positive(x2)
    factor = np.exp(quantile(level) * np.sqrt(_positive(variance)))
    return Interval(ratio, ratio / factor, ratio * factor)


def koopman_ratio(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = LEVEL) -> Interval:
    """Return the ratio p1 / p2 of two independent proportions, with Koopman's score interval.

    The limits are the ratios r at which (p1 − r p2) / √(q1(1 − q1)/n1 + r² q2(1 − q2)/n2) is ± z, where q1 = r q2 are
    the maximum-likelihood rates for the ratio r. They are found by bisection. The lower limit is 0 if x1 is 0. If x2 is
    0, the ratio is nan and the upper limit infinite.

    Source: Koopman 1984, Biometrics 40:513; the likeliest rates from Miettinen & Nurminen 1985, Stat Med 4:213.
    """
    x1, n1, p1 = _proportion(x1, n1)
    x2, n2, p2 = _proportion(x2, n2)
    z = quantile(level)

    def score(ratio: Floats) -> Floats:
        linear = ratio * (n1 + x2) + x1 + n2
        likely2 = 2 * (x1 + x2) / (linear + np.sqrt(np.maximum(linear**2 - 4 * ratio * (n1 + n2) * (x1 + x2), 0)))
        likely1 = np.minimum(ratio * likely2, 1)
        variance = likely1 * (1 - likely1) / n1 + ratio**2 * likely2 * (1 - likely2) / n2
        return (p1 - ratio * p2) / np.sqrt(np.maximum(variance, np.finfo(np.float64).tiny))

    shape = np.broadcast_shapes(np.shape(p1), np.shape(p2))
    wanted = np.stack([np.full(shape, z), np.full(shape, -z)])
    low, high = np.full(wanted.shape, -LOG_RATIO_LIMIT), np.full(wanted.shape, LOG_RATIO_LIMIT)
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        above = score(np.exp(middle)) > wanted
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    lower, upper = np.exp((low + high) / 2)
    nobody = 0 * (p1 + p2)  # nan where a denominator is 0
    lower, upper = np.where(x1 == 0, 0, lower) + nobody, np.where(x2 == 0, np.inf, upper) + nobody
    return Interval(p1 / _positive(p2), lower, upper)


def ratio(
    x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = LEVEL
) -> tuple[Interval, NDArray[np.str_]]:
    """Return the ratio p1 / p2 and its interval method: Koopman's if any x or n − x is below 10, else Katz's."""
    x1, n1, x2, n2 = np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in (x1, n1, x2, n2)))
    few = np.minimum.reduce([x1, n1 - x1, x2, n2 - x2]) < SMALL_CELL
    found = Interval(*(np.array(one) for one in log_ratio(x1, n1, x2, n2, level)))
    for whole, part in zip(found, koopman_ratio(x1[few], n1[few], x2[few], n2[few], level), strict=True):
        whole[few] = part
    return found, np.where(few, "Koopman", "log ratio")


def mover_difference(one: Interval, other: Interval) -> Interval:
    """Return ``one`` minus ``other``, which are independent, with an interval recovered from the limits of both.

    MOVER: the distance of each limit from the estimate is the root of the summed squares of two distances, each between
    a part and the limit of that part that moves the difference in the same direction.

    Source: Zou & Donner 2008, Stat Med 27:1693; Donner & Zou 2012, Stat Methods Med Res 21:347; for a difference of
    differences Newcombe 2001, Stat Med 20:2885.
    """
    with np.errstate(invalid="ignore"):  # For logarithms of 0, infinity minus infinity is nan.
        estimate = one.estimate - other.estimate
        below = np.hypot(one.estimate - one.lower, other.upper - other.estimate)
        above = np.hypot(one.upper - one.estimate, other.estimate - other.lower)
        return Interval(estimate, estimate - below, estimate + above)


def mover_sum(weights: Floats, parts: Interval) -> Interval:
    """Return Σ weight · part over the last axis, for independent parts, with an interval recovered from their limits.

    A part with weight 0 is ignored, even if it is nan. Source: Zou, Huang & Zhang 2009, Comput Stat Data Anal 53:1080,
    for a linear function of proportions.
    """
    used = weights != 0
    estimate, lower, upper = (np.where(used, part, 0) for part in parts)
    below = np.where(weights > 0, estimate - lower, upper - estimate)
    above = np.where(weights > 0, upper - estimate, estimate - lower)
    total = np.sum(weights * estimate, axis=-1)
    return Interval(
        total,
        total - np.sqrt(np.sum((weights * below) ** 2, axis=-1)),
        total + np.sqrt(np.sum((weights * above) ** 2, axis=-1)),
    )


def variance(interval: Interval) -> Floats:
    """Return the variance of a normal interval of this width, ((upper − lower) / 2z)²: never 0 for a proportion."""
    return ((interval.upper - interval.lower) / (2 * quantile(LEVEL))) ** 2


def detectable(interval: Interval) -> Floats:
    """Return the smallest change that a sample of this precision shows with a chance of ``POWER``.

    Half the width of the interval, times (z + z_power) / z. Source: Cohen 1988, Statistical power analysis, 2nd ed.
    """
    z = quantile(LEVEL)
    return np.asarray((interval.upper - interval.lower) / 2 * (z + NormalDist().inv_cdf(POWER)) / z)


def delta_variance(slopes: Floats, parts: Interval) -> Floats:
    """Return the variance of a function of independent parts (last axis), by the delta method with these ``slopes``."""
    spread = np.where(slopes == 0, 0, variance(parts))
    return np.asarray(np.sum(slopes**2 * spread, axis=-1))


def pair(both: Interval) -> tuple[Interval, Interval]:
    """Split the two elements of the last axis."""
    first, second = (Interval(*(one[..., place] for one in both)) for place in (0, 1))
    return first, second


def _proportion(numerator: ArrayLike, denominator: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """Return x, n and x / n as arrays; n and the proportion are nan where n is 0."""
    x, n = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    if np.any((x < 0) | (x > n)):
        raise ValueError("a numerator must lie between 0 and its denominator")
    n = _positive(n)
    return x, n, np.asarray(x / n)


def _positive(values: Floats) -> Floats:
    """Replace 0 by nan, so that a division gives nan without a warning."""
    return np.where(values > 0, values, np.nan)


def quantile(level: float) -> float:
    """Return z, the normal quantile of a two-sided interval: 1.96 at 0.95."""
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, not {level!r}")
    return NormalDist().inv_cdf((1 + level) / 2)


def _exact_lower(reached: int, number: int) -> float:
    """Return the rate at which so many of a number, or more, have a chance of (1 − LEVEL) / 2."""
    low, high = 0.0, 1.0
    for _ in range(BISECTIONS):
        rate = (low + high) / 2
        chance = sum(comb(number, k) * rate**k * (1 - rate) ** (number - k) for k in range(reached, number + 1))
        low, high = (rate, high) if chance < (1 - LEVEL) / 2 else (low, rate)
    return low if reached else 0.0


_EXACT_LOWER = np.array([[_exact_lower(reached, number) for reached in range(FEW)] for number in range(FEW)])
"""Lower limit by denominator and numerator."""
