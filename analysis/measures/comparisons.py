"""Multiple comparisons: adjust the p-values of comparisons that are shown together."""

import math

import numpy as np
import pandas as pd

from analysis.measures.intervals import LEVEL, Floats, quantile
from analysis.measures.result_frame import State


def adjusted_for_many(frame: pd.DataFrame, *, is_ratio: bool = False) -> pd.DataFrame:
    """Add p-values, unadjusted and adjusted for multiple comparisons, to the rows of a tidy frame.

    Parameters
    ----------
    frame
        ``estimate``, ``lower``, ``upper`` at 95 %, and ``state``. The null value is 0, or 1 if ``is_ratio``.

    Returns
    -------
    The frame with three more columns: ``p_value``, two-sided, from the interval limit that is nearer to the null value;
    ``p_adjusted``, by Benjamini and Hochberg; ``family``, the number of rows adjusted together. Both p-values are nan
    in rows that are not shown, have no finite limit, or have an interval of width 0.

    About 5 % of the rows with ``p_adjusted`` below 0.05 are expected to be false discoveries.

    Source: Benjamini & Hochberg 1995, J R Stat Soc B 57:289; p from an interval: Altman & Bland 2011, BMJ
    343:d2304.
    """
    numbers = frame[["estimate", "lower", "upper"]].to_numpy(dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):  # An infinite limit or a ratio of 0 gives no p-value.
        estimate, lower, upper = (np.log(numbers) if is_ratio else numbers).T
        error = np.where(estimate > 0, estimate - lower, upper - estimate) / quantile(LEVEL)
        p_value = np.where(estimate == 0, 1, _two_sided(np.abs(estimate) / error))
    p_value = np.where((frame["state"] == State.SHOWN) & np.isfinite(error) & (error > 0), p_value, np.nan)
    family = int(np.count_nonzero(~np.isnan(p_value)))
    return frame.assign(p_value=p_value, p_adjusted=benjamini_hochberg(p_value), family=family)


def _two_sided(z: Floats) -> Floats:
    """Return the two-sided p-values of normal deviates."""
    return np.array([math.erfc(one / math.sqrt(2)) for one in z], dtype=np.float64)


def benjamini_hochberg(p_values: Floats) -> Floats:
    """Adjust p-values for the false discovery rate; nan is ignored and stays nan.

    Without SciPy, whose import would delay the first page by half a second.

    Source: Benjamini & Hochberg 1995, J R Stat Soc B 57:289.
    """
    p_values = np.asarray(p_values, dtype=np.float64)
    largest_first = np.argsort(np.where(np.isnan(p_values), -1, p_values))[::-1][
        : np.count_nonzero(~np.isnan(p_values))
    ]
    number = len(largest_first)
    adjusted = np.full(p_values.shape, np.nan)
    scaled = p_values[largest_first] * number / np.arange(number, 0, -1)
    adjusted[largest_first] = np.minimum(np.minimum.accumulate(scaled), 1)
    return adjusted
