"""Many offers as one: random effects, how much the offers differ, and where the next may land."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import chdtrc, chdtri, stdtrit

from analysis.measures.aggregate import placed
from analysis.measures.intervals import Floats, Interval, quantile, variance
from analysis.measures.result_frame import State, tidy

STEPS = 100
SETTLED = 1e-12
FEWEST_TO_PREDICT = 3


class Estimator(StrEnum):
    """How the variance between offers, τ², is estimated. FE takes it to be none."""

    FE = "fixed effect"
    DL = "DerSimonian-Laird"
    PM = "Paule-Mandel"
    REML = "restricted maximum likelihood"
    ML = "maximum likelihood"
    SJ = "Sidik-Jonkman"
    HE = "Hedges"


class IntervalMethod(StrEnum):
    """What the interval of the pooled estimate rests on."""

    NORMAL = "normal"
    HARTUNG_KNAPP = "Hartung-Knapp"
    GUARDED = "Hartung-Knapp with guard"
    """Never narrower than its own normal interval's standard error."""


class Pooled(NamedTuple):
    """``i2`` is a share, 0 to 1; ``q_p`` is the p-value of the test that all are alike; ``k`` is how many."""

    estimate: float
    standard_error: float
    lower: float
    upper: float
    tau2: float
    tau2_lower: float
    tau2_upper: float
    i2: float
    h2: float
    q: float
    q_p: float
    prediction_lower: float
    prediction_upper: float
    k: int


def random_effects(
    estimates: Floats,
    variances: Floats,
    estimator: Estimator = Estimator.REML,
    method: IntervalMethod = IntervalMethod.GUARDED,
    level: float = 0.95,
) -> Pooled:
    """Estimates with known variances pooled by random effects.

    Each estimate is its own true value plus noise, and the true values differ with variance τ²; weights are
    1 / (variance + τ²). The limits of τ² come from the Q-profile, the prediction interval is that of one more such true
    value. Raises ``ValueError`` with fewer than two estimates, or a variance that is not above 0.

    Source: Viechtbauer 2005, J Educ Behav Stat 30:261 (estimators), 2007, Stat Med 26:37 (limits of τ²); IntHout,
    Ioannidis & Borm 2014, BMC Med Res Methodol 14:25; the guard Röver, Knapp & Friede 2015, same journal 15:99.
    """
    y, v = np.asarray(estimates, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    if len(y) < 2 or not np.all(v > 0):
        raise ValueError("pooling takes at least two estimates, each with a variance above 0")
    freedom = len(y) - 1
    tau2 = ESTIMATORS[estimator](y, v)
    weight = 1 / (v + tau2)
    mean = _mean(y, weight)
    error, critical = 1 / np.sqrt(weight.sum()), float(quantile(level))
    if method is not IntervalMethod.NORMAL:
        scale = np.sqrt(np.sum(weight * (y - mean) ** 2) / freedom)
        error *= max(scale, 1) if method is IntervalMethod.GUARDED else scale
        critical = float(stdtrit(freedom, (1 + level) / 2))
    q = _generalised_q(0, y, v)
    typical = freedom * np.sum(1 / v) / (np.sum(1 / v) ** 2 - np.sum(1 / v**2))
    h2 = q / freedom if estimator is Estimator.FE else 1 + tau2 / typical
    ahead = critical * np.sqrt(error**2 + tau2)
    is_fixed = estimator is Estimator.FE
    low, high = (np.nan, np.nan) if is_fixed else _limits_of_tau2(y, v, level)
    return Pooled(
        estimate=mean,
        standard_error=float(error),
        lower=float(mean - critical * error),
        upper=float(mean + critical * error),
        tau2=tau2,
        tau2_lower=low,
        tau2_upper=high,
        i2=float(max(1 - 1 / h2, 0) if h2 > 0 else 0),
        h2=float(h2),
        q=q,
        q_p=float(chdtrc(freedom, q)),
        prediction_lower=np.nan if is_fixed else float(mean - ahead),
        prediction_upper=np.nan if is_fixed else float(mean + ahead),
        k=len(y),
    )


def pooled(effects: pd.DataFrame, by: Sequence[str], level: float = 0.95) -> pd.DataFrame:
    """Estimates of offers pooled in each unit of ``by``, by REML with Hartung and Knapp's guarded interval.

    ``effects`` is a tidy frame with one row an offer, such as ``gaps.change_in_gap`` by municipality and offer gives,
    and whatever columns ``by`` names; ``level`` is that of its limits. Only rows that are shown enter: an offer hidden
    for its small counts does not. Its variance is recovered from its limits.

    Returns ``by``; ``offers``; ``estimate``, ``lower``, ``upper``, on the scale of ``effects`` (ratios go in as
    logarithms); ``prediction_lower`` and ``prediction_upper``, where one more such offer may lie (nan below three
    offers); ``tau2``, the variance between offers, with ``tau2_lower`` and ``tau2_upper``; ``i2``, the share of the
    spread that is not chance, 0 to 1; ``method``; ``n``, the citizens; ``state``: empty without an offer, too few with
    one alone.

    Source: as ``random_effects``.
    """
    shown = effects[effects["state"] == State.SHOWN]
    spread = variance(Interval(*(shown[name].to_numpy() for name in Interval._fields)), level)
    units, place = placed(effects, by)
    place = place[(effects["state"] == State.SHOWN).to_numpy(dtype=np.bool_)]
    rows = [place == unit for unit in range(len(units))]
    estimates = shown["estimate"].to_numpy()
    fits = [random_effects(estimates[one], spread[one], level=level)._asdict() if one.sum() > 1 else {} for one in rows]
    found = pd.DataFrame(fits, columns=list(Pooled._fields))
    offers = np.array([one.sum() for one in rows], dtype=np.int64)
    limits = ("estimate", "lower", "upper", "prediction_lower", "prediction_upper")
    numbers = {
        name: found[name].to_numpy(dtype=np.float64) for name in (*limits, "tau2", "tau2_lower", "tau2_upper", "i2")
    }
    for name in ("prediction_lower", "prediction_upper"):
        numbers[name] = np.where(offers < FEWEST_TO_PREDICT, np.nan, numbers[name])
    n = np.array([shown.loc[one, "n"].sum() for one in rows], dtype=np.int64)
    state = np.select([offers == 0, offers == 1], [State.EMPTY, State.TOO_FEW], State.SHOWN)
    return tidy(units.assign(offers=offers), numbers, "REML, Hartung-Knapp with guard", n, state)


def _mean(y: Floats, weight: Floats) -> float:
    return float(np.sum(weight * y) / weight.sum())


def _generalised_q(tau2: float, y: Floats, v: Floats) -> float:
    weight = 1 / (v + tau2)
    return float(np.sum(weight * (y - _mean(y, weight)) ** 2))


def _where_q_is(value: float, y: Floats, v: Floats) -> float:
    """The τ² at which the generalised Q, which falls as τ² grows, has this value; 0 where it never is as large."""
    if _generalised_q(0, y, v) <= value:
        return 0.0
    high = float(v.max())
    while _generalised_q(high, y, v) > value:
        high *= 4
    return float(brentq(lambda tau2: _generalised_q(tau2, y, v) - value, 0, high, xtol=1e-14, rtol=1e-14))


def _limits_of_tau2(y: Floats, v: Floats, level: float) -> tuple[float, float]:
    freedom = len(y) - 1
    low, high = (float(chdtri(freedom, tail)) for tail in ((1 - level) / 2, (1 + level) / 2))
    return _where_q_is(low, y, v), _where_q_is(high, y, v)


def _der_simonian_laird(y: Floats, v: Floats) -> float:
    w = 1 / v
    return max(0.0, float((_generalised_q(0, y, v) - len(y) + 1) / (w.sum() - np.sum(w**2) / w.sum())))


def _paule_mandel(y: Floats, v: Floats) -> float:
    return _where_q_is(len(y) - 1, y, v)


def _sidik_jonkman(y: Floats, v: Floats) -> float:
    start = float(np.var(y))
    return start * _generalised_q(start, y, v) / (len(y) - 1) if start > 0 else 0.0


def _hedges(y: Floats, v: Floats) -> float:
    return max(0.0, float(np.var(y, ddof=1) - v.mean()))


def _likelihood(y: Floats, v: Floats, *, restricted: bool) -> float:
    """By Fisher scoring, from Hedges' estimate; each turn back halves the steps, which could swing for ever."""
    tau2, last, damping = _hedges(y, v), 0.0, 1.0
    for _ in range(STEPS):
        w = 1 / (v + tau2)
        lost = np.sum(w**2) / w.sum() if restricted else 0
        information = np.sum(w**2) - 2 * np.sum(w**3) / w.sum() + lost**2 if restricted else np.sum(w**2)
        step = (np.sum(w**2 * (y - _mean(y, w)) ** 2) - w.sum() + lost) / information
        damping *= 0.5 if step * last < 0 else 1
        step = last = max(damping * float(step), -tau2)
        tau2 += step
        if abs(step) < SETTLED * (1 + tau2):
            break
    return tau2


ESTIMATORS: dict[Estimator, Callable[[Floats, Floats], float]] = {
    Estimator.FE: lambda y, v: 0.0,
    Estimator.DL: _der_simonian_laird,
    Estimator.PM: _paule_mandel,
    Estimator.REML: lambda y, v: _likelihood(y, v, restricted=True),
    Estimator.ML: lambda y, v: _likelihood(y, v, restricted=False),
    Estimator.SJ: _sidik_jonkman,
    Estimator.HE: _hedges,
}
