"""Disclosure control: which counts are small enough to point at a person."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analysis.model.terms import SmallestRounded


def hidden(numerator: ArrayLike, denominator: ArrayLike, smallest_count: int) -> NDArray[np.bool_]:
    """True where a share must be hidden: its numerator or its remainder is at least 1 and below ``smallest_count``.

    The remainder, denominator − numerator, counts too: 98 completed of 100 says as much about the two who did not. 0 is
    shown, and so is everyone. A denominator from 1 to one below ``smallest_count`` is always hidden by this rule.

    Under a ``SmallestRounded`` both must be above it: of rounded counts, 0 and the least multiple say too little.

    This looks at one cell by itself. That a hidden cell cannot be computed back is the matter of the rounding in
    ``store.counts_by_month``. Synthetic counts are exact, and hidden here only to look as own data do.

    Source: Statistics Denmark's rule of thumb, at least 3; smallest_count is set in ``analysis.config``.
    """
    few = np.asarray(numerator, dtype=np.float64)
    rest = np.asarray(denominator, dtype=np.float64) - few
    if isinstance(smallest_count, SmallestRounded):
        return np.asarray((few + rest > 0) & (np.minimum(few, rest) <= smallest_count))
    return np.asarray(((few > 0) & (few < smallest_count)) | ((rest > 0) & (rest < smallest_count)))
