"""Multiple comparisons: adjust the p-values of comparisons that are shown together."""

import numpy as np
import pandas as pd
from scipy.special import ndtr
from scipy.stats import false_discovery_control

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
        p_value = np.where(estimate == 0, 1, 2 * ndtr(-np.abs(estimate) / error))
    p_value = np.where((frame["state"] == State.SHOWN) & np.isfinite(error) & (error > 0), p_value, np.nan)
    family = int(np.count_nonzero(~np.isnan(p_value)))
    return frame.assign(p_value=p_value, p_adjusted=benjamini_hochberg(p_value), family=family)


def benjamini_hochberg(p_values: Floats) -> Floats:
    """Adjust p-values for the false discovery rate; nan is ignored and stays nan.

    Source: Benjamini & Hochberg 1995, J R Stat Soc B 57:289, by SciPy.
    """
    p_values = np.asarray(p_values, dtype=np.float64)
    taking_part = ~np.isnan(p_values)
    adjusted = np.full(p_values.shape, np.nan)
    if taking_part.any():
        adjusted[taking_part] = false_discovery_control(p_values[taking_part])
    return adjusted
