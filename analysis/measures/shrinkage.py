"""Shrink the estimates of several offers towards their mean, and the variance between offers that this takes."""

import numpy as np
import pandas as pd

from analysis.measures.intervals import Floats, Interval, variance
from analysis.measures.result_frame import State

STEPS = 100
SETTLED = 1e-12


def shrunken(effects: pd.DataFrame) -> Floats:
    """Return the empirical Bayes estimate of each offer: its own, drawn to the mean the more, the less certain it is.

    Parameters
    ----------
    effects
        Tidy frame with one row per offer; ``estimate``, ``lower`` and ``upper`` at 95 %, and ``state``.

    Returns
    -------
    μ + τ² / (τ² + v) · (estimate − μ), with the variance v of the estimate, and μ and τ² by restricted maximum
    likelihood. Without a second offer, the estimate itself; nan unless shown.

    Source: Morris 1983, J Am Stat Assoc 78:47; τ² as ``pooling.random_effects``.
    """
    shown = (effects["state"] == State.SHOWN).to_numpy(dtype=np.bool_)
    found = effects["estimate"].to_numpy(dtype=np.float64).copy()
    if shown.sum() < 2:
        return found
    own = effects[shown]
    y, v = own["estimate"].to_numpy(), variance(Interval(*(own[name].to_numpy() for name in Interval._fields)))
    tau2 = variance_between(y, v)
    mean = weighted_mean(y, 1 / (v + tau2))
    found[shown] = mean + tau2 / (tau2 + v) * (y - mean)
    return found


def weighted_mean(y: Floats, weight: Floats) -> float:
    return float(np.sum(weight * y) / weight.sum())


def variance_between(y: Floats, v: Floats) -> float:
    """Estimate τ² by restricted maximum likelihood.

    Fisher scoring from Hedges' estimate. Each change of direction halves the step size, to prevent endless oscillation.
    """
    tau2, last, damping = max(0.0, float(np.var(y, ddof=1) - v.mean())), 0.0, 1.0
    for _ in range(STEPS):
        w = 1 / (v + tau2)
        lost = np.sum(w**2) / w.sum()
        information = np.sum(w**2) - 2 * np.sum(w**3) / w.sum() + lost**2
        step = (np.sum(w**2 * (y - weighted_mean(y, w)) ** 2) - w.sum() + lost) / information
        damping *= 0.5 if step * last < 0 else 1
        step = last = max(damping * float(step), -tau2)
        tau2 += step
        if abs(step) < SETTLED * (1 + tau2):
            break
    return tau2
