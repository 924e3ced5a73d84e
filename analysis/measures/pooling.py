"""Pool the estimates of several offers: random effects, heterogeneity and prediction interval."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from analysis.measures.aggregate import placed
from analysis.measures.intervals import LEVEL, Floats, Interval, variance
from analysis.measures.result_frame import State, tidy
from analysis.measures.shrinkage import variance_between, weighted_mean

FEWEST_TO_PREDICT = 5
"""Fewest offers for a prediction interval: fewer say little of how much offers differ."""


class Pooled(NamedTuple):
    estimate: float
    lower: float
    upper: float
    prediction_lower: float
    prediction_upper: float


def random_effects(estimates: Floats, variances: Floats) -> Pooled:
    """Pool estimates with known variances by a random-effects model.

    Each estimate is its own true value plus noise, and the true values differ with variance τ², estimated by restricted
    maximum likelihood; weights are 1 / (variance + τ²). The interval is Hartung and Knapp's, never narrower than the
    normal interval's standard error (the guard). The prediction interval is that of one more such true value. Raises
    ``ValueError`` with fewer than two estimates, or a variance that is not above 0.

    Source: Viechtbauer 2005, J Educ Behav Stat 30:261; IntHout, Ioannidis & Borm 2014, BMC Med Res Methodol 14:25; the
    guard Röver, Knapp & Friede 2015, same journal 15:99.
    """
    y, v = np.asarray(estimates, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    if len(y) < 2 or not np.all(v > 0):
        raise ValueError("pooling takes at least two estimates, each with a variance above 0")
    freedom = len(y) - 1
    tau2 = variance_between(y, v)
    weight = 1 / (v + tau2)
    mean = weighted_mean(y, weight)
    error = max(np.sqrt(np.sum(weight * (y - mean) ** 2) / freedom), 1) / np.sqrt(weight.sum())
    critical = float(stdtrit(freedom, (1 + LEVEL) / 2))
    ahead = critical * np.sqrt(error**2 + tau2)
    limits = (mean - critical * error, mean + critical * error, mean - ahead, mean + ahead)
    return Pooled(mean, *(float(one) for one in limits))


def pooled(effects: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Pool the estimates of offers in each unit of ``by``, by REML with Hartung and Knapp's guarded interval.

    Parameters
    ----------
    effects
        Tidy frame with one row per offer, for example from ``by_understanding.changes`` by municipality and offer, and
        the columns of ``by``. Limits are at 95 %; the variance is computed from them. Ratios must be logarithms. Only
        shown rows are pooled; offers hidden for small counts are not.

    Returns
    -------
    ``by``; ``offers``; ``estimate``, ``lower``, ``upper``, on the scale of ``effects``; ``prediction_lower`` and
    ``prediction_upper``, the prediction interval of one more such offer (nan below five offers); ``method``; ``n``,
    citizens; ``state``: empty without an offer, too few with one only.

    Source: as ``random_effects``.
    """
    shown = effects[effects["state"] == State.SHOWN]
    spread = variance(Interval(*(shown[name].to_numpy() for name in Interval._fields)))
    units, place = placed(effects, by)
    place = place[(effects["state"] == State.SHOWN).to_numpy(dtype=np.bool_)]
    rows = [place == unit for unit in range(len(units))]
    estimates = shown["estimate"].to_numpy()
    fits = [random_effects(estimates[one], spread[one])._asdict() if one.sum() > 1 else {} for one in rows]
    found = pd.DataFrame(fits, columns=list(Pooled._fields))
    offers = np.array([one.sum() for one in rows], dtype=np.int64)
    numbers = {name: found[name].to_numpy(dtype=np.float64) for name in Pooled._fields}
    for name in ("prediction_lower", "prediction_upper"):
        numbers[name] = np.where(offers < FEWEST_TO_PREDICT, np.nan, numbers[name])
    n = np.array([shown.loc[one, "n"].sum() for one in rows], dtype=np.int64)
    state = np.select([offers == 0, offers == 1], [State.EMPTY, State.TOO_FEW], State.SHOWN)
    return tidy(units.assign(offers=offers), numbers, "REML, Hartung-Knapp with guard", n, state)
