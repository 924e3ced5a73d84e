"""Many comparisons shown at once: what each p-value is worth among the others."""

import numpy as np
import pandas as pd
from scipy.special import ndtr
from scipy.stats import false_discovery_control

from analysis.measures.intervals import LEVEL, Floats, quantile
from analysis.measures.result_frame import State


def adjusted_for_many(frame: pd.DataFrame, *, is_ratio: bool = False) -> pd.DataFrame:
    """The rows of a tidy frame, all shown together, with what chance alone would make of them.

    ``frame`` has ``estimate``, ``lower``, ``upper`` at 95 %, and ``state``; none is 0, and 1 where
    ``is_ratio``. Returns it with three more columns: ``p_value``, two-sided, from the side of the interval that faces
    none; ``p_adjusted``, by Benjamini and Hochberg over the rows that are shown; ``family``, how many those are. Both
    are nan in rows that are not shown or have no limit to measure from, or an interval without width.

    Of the rows with ``p_adjusted`` below 0.05, some 5 % are expected to be nothing.

    Source: Benjamini & Hochberg 1995, J R Stat Soc B 57:289; p from an interval: Altman & Bland 2011, BMJ
    343:d2304.
    """
    numbers = frame[["estimate", "lower", "upper"]].to_numpy(dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):  # A limit without end, or a ratio of 0, leaves no p-value.
        estimate, lower, upper = (np.log(numbers) if is_ratio else numbers).T
        error = np.where(estimate > 0, estimate - lower, upper - estimate) / quantile(LEVEL)
        p_value = np.where(estimate == 0, 1, 2 * ndtr(-np.abs(estimate) / error))
    p_value = np.where((frame["state"] == State.SHOWN) & np.isfinite(error) & (error > 0), p_value, np.nan)
    family = int(np.count_nonzero(~np.isnan(p_value)))
    return frame.assign(p_value=p_value, p_adjusted=benjamini_hochberg(p_value), family=family)


def benjamini_hochberg(p_values: Floats) -> Floats:
    """The p-values adjusted for how many they are; nan takes no part and stays nan.

    Source: Benjamini & Hochberg 1995, J R Stat Soc B 57:289, by SciPy.
    """
    p_values = np.asarray(p_values, dtype=np.float64)
    taking_part = ~np.isnan(p_values)
    adjusted = np.full(p_values.shape, np.nan)
    if taking_part.any():
        adjusted[taking_part] = false_discovery_control(p_values[taking_part])
    return adjusted
