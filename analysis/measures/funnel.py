"""Funnel plots: compare each unit's rate with the limits of chance variation for its size."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.intervals import LEVEL, Floats, quantile
from analysis.measures.rates import rates
from analysis.measures.result_frame import State, Whole, repeated, tidy
from analysis.model.terms import Rate

LEVELS = (LEVEL, 0.998)


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
    beyond them; ``method``; ``n``, the unit's citizens; ``state``: too few with one unit only. The target excludes
    hidden units, which could otherwise be computed from it.

    Raises as ``rates.rates``.

    Source: Spiegelhalter 2005, Stat Med 24:1185.
    """
    found = rates(counts, rate, by, smallest_count)
    is_shown = (found["state"] == State.SHOWN).to_numpy(dtype=np.bool_)
    estimate, n = found["estimate"].to_numpy(), found["n"].to_numpy(dtype=np.int64, na_value=0)
    size = n[is_shown].sum()
    target = found["numerator"].to_numpy(dtype=np.int64, na_value=0)[is_shown].sum() / size if size else np.nan
    state = np.where(is_shown & (is_shown.sum() < 2), State.TOO_FEW, found["state"])
    limits = [funnel_limits(target, n, level) for level in LEVELS]
    lower, upper = np.concatenate(limits, axis=1)
    units = repeated(found[list(by)], len(LEVELS))
    estimate, n, state = (np.tile(one, len(LEVELS)) for one in (estimate, n, state))
    outside = (state == State.SHOWN) & ((estimate < lower) | (estimate > upper))
    units = units.assign(level=np.repeat(LEVELS, len(found)), outside=outside)
    numbers = {"target": target + 0 * estimate, "estimate": estimate}
    return tidy(units, numbers | {"lower": lower, "upper": upper}, "Spiegelhalter", n, state)


def funnel_limits(target: float, n: Floats | Whole, level: float) -> tuple[Floats, Floats]:
    """Return target ± z √(target (1 − target) / n), truncated to 0 and 1, for n above 0; nan otherwise."""
    half = quantile(level) * np.sqrt(target * (1 - target) / np.where(n > 0, n, np.nan))
    return np.clip(target - half, 0, 1), np.clip(target + half, 0, 1)
