"""Funnel plots: compare each unit's rate with the limits of chance variation for its size."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.intervals import LEVEL, Floats, quantile
from analysis.measures.rates import rates
from analysis.measures.result_frame import State, Whole, repeated, tidy
from analysis.model.terms import Rate

LEVELS = (LEVEL, 0.998)
WINSORISED = 0.1
"""Share of the z-scores at either end that are set to the nearest other one before the overdispersion is computed."""


def funnel(counts: pd.DataFrame, rate: Rate, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    """Return the rate of each unit of ``by``, and the 95 % and 99.8 % limits around the rate of all units.

    Parameters
    ----------
    counts
        As in ``rates.rates``.

    Returns
    -------
    One row per unit and level: ``by``; ``level``; ``estimate``, the unit's rate; ``target``, the rate of all shown
    units together; ``lower`` and ``upper``, the limits around the target, 0 to 1; ``outside``, whether the rate is
    beyond them; ``overdispersion``, that of the shown units; ``inflation``, by which the limits multiply the variance
    of chance: the overdispersion if there is evidence that it is above 1, else 1; ``method``; ``n``, the unit's
    citizens; ``state``: too few with one unit only. The target and the overdispersion exclude hidden units, which could
    otherwise be computed from them.

    Raises as ``rates.rates``.

    Source: Spiegelhalter 2005, Stat Med 24:1185.
    """
    found = rates(counts, rate, by, smallest_count)
    is_shown = (found["state"] == State.SHOWN).to_numpy(dtype=np.bool_)
    estimate, n = found["estimate"].to_numpy(), found["n"].to_numpy(dtype=np.int64, na_value=0)
    size = n[is_shown].sum()
    target = found["numerator"].to_numpy(dtype=np.int64, na_value=0)[is_shown].sum() / size if size else np.nan
    state = np.where(is_shown & (is_shown.sum() < 2), State.TOO_FEW, found["state"])
    factor, is_evident = overdispersion(estimate[is_shown], n[is_shown], target)
    inflation = factor if is_evident else 1.0
    limits = [funnel_limits(target, n, level, inflation) for level in LEVELS]
    lower, upper = np.concatenate(limits, axis=1)
    units = repeated(found[list(by)], len(LEVELS))
    estimate, n, state = (np.tile(one, len(LEVELS)) for one in (estimate, n, state))
    outside = (state == State.SHOWN) & ((estimate < lower) | (estimate > upper))
    units = units.assign(level=np.repeat(LEVELS, len(found)), outside=outside)
    numbers = {"target": target + 0 * estimate, "estimate": estimate}
    numbers |= {"overdispersion": factor + 0 * estimate, "inflation": inflation + 0 * estimate}
    return tidy(units, numbers | {"lower": lower, "upper": upper}, "Spiegelhalter", n, state)


def funnel_limits(target: float, n: Floats | Whole, level: float, inflation: float = 1) -> tuple[Floats, Floats]:
    """Return target ± z √(inflation · target (1 − target) / n), truncated to 0 and 1, for n above 0; nan otherwise."""
    half = quantile(level) * np.sqrt(inflation * target * (1 - target) / np.where(n > 0, n, np.nan))
    return np.clip(target - half, 0, 1), np.clip(target + half, 0, 1)


def overdispersion(rates: Floats, n: Whole, target: float) -> tuple[float, bool]:
    """Return φ, how many times the units vary as much as by chance alone, and whether it is evidently above 1.

    φ = Σ z² / k over the k units, of z = (rate − target) / √(target (1 − target) / n), winsorised: the tenth of the
    z-scores at either end is set to their 10 % and 90 % quantile, so that few outliers do not widen their own limits.
    It is evidently above 1 if k φ is beyond the 95 % quantile of χ² with k degrees of freedom. Without a unit, or with
    a target of 0 or 1, φ is nan.

    Source: Spiegelhalter 2005, Stat Med 24:1185, section on overdispersion (multiplicative); quantiles between two
    units are interpolated.
    """
    if not len(rates) or not 0 < target < 1:
        return np.nan, False
    from scipy.special import chdtrc

    z = (rates - target) / np.sqrt(target * (1 - target) / n)
    z = np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED]))
    factor = float(np.mean(z**2))
    return factor, factor > 1 and float(chdtrc(len(z), len(z) * factor)) < 1 - LEVEL
