"""Disclosure control: which counts are small enough to identify a person."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.model.terms import Rate, RoundingBase


def hidden(numerator: ArrayLike, denominator: ArrayLike, smallest_count: int) -> NDArray[np.bool_]:
    """Return True where a share must be hidden: its numerator or remainder is at least 1 and below ``smallest_count``.

    The remainder is denominator − numerator: 98 completed of 100 also discloses the two who did not. Shares of 0 % and
    100 % are shown. The rule always hides a denominator from 1 to ``smallest_count`` − 1.

    Under a ``RoundingBase`` both must be above it: rounded counts of 0 and of the smallest multiple are too
    imprecise.

    This function checks each cell separately. The rounding in ``store.counts_by_month`` ensures that a hidden cell
    cannot be computed from others. Synthetic counts are exact; they are hidden only so that they look like own data.

    Source: Statistics Denmark's rule of thumb, at least 3; smallest_count is set in ``analysis.config``.
    """
    few = np.asarray(numerator, dtype=np.float64)
    rest = np.asarray(denominator, dtype=np.float64) - few
    if isinstance(smallest_count, RoundingBase):
        return np.asarray((few + rest > 0) & (np.minimum(few, rest) <= smallest_count))
    return np.asarray(((few > 0) & (few < smallest_count)) | ((rest > 0) & (rest < smallest_count)))


def rounding_error(rate: Rate, smallest_count: int) -> tuple[float, float]:
    """Return the standard errors of a rate's rounded numerator and remainder; 0 if counts are not rounded.

    Those who were only invited, those who only took part, and those who completed are rounded each by itself, and each
    sum is off by an amount that is spread evenly between −base and base: variance (base² − 1) / 6.
    """
    if not isinstance(smallest_count, RoundingBase):
        return 0.0, 0.0
    of_one = (smallest_count**2 - 1) / 6
    parts = {Rate.PARTICIPATION: (2, 1), Rate.COMPLETION: (1, 1), Rate.REACH: (1, 2)}[rate]
    return math.sqrt(parts[0] * of_one), math.sqrt(parts[1] * of_one)
