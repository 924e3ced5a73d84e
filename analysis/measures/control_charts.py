"""A rate month by month against what it usually comes to: p-charts and, for few large months, XmR charts."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.aggregate import is_key, placed
from analysis.measures.intervals import Floats
from analysis.measures.rates import rates
from analysis.measures.result_frame import Flags, State, States
from analysis.model.terms import Phase, Rate

SIGMAS = 3
FEWEST_PERIODS = 12
XMR_FACTOR = 2.66
LARGEST_MOVE = 3.267


class Limits(NamedTuple):
    """The centre of a stretch of periods and the limits around it, in every period."""

    centre: Floats
    lower: Floats
    upper: Floats


def p_chart(counts: pd.DataFrame, rate: Rate, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    """The rate in each period of each unit of ``by``, with limits that each phase has for itself.

    ``counts`` has the columns of ``store.counts_by_month``, in citizens, and holds one dimension. Returns ``by``;
    ``period_start``; ``phase``; ``centre``, the rate of all the phase's periods added up; ``outside``, whether the rate
    lies beyond the limits; ``estimate``, the period's rate; ``lower`` and ``upper``, the limits, centre
    ± 3 √(centre (1 − centre) / n), cut off at 0 and 1; ``method``; ``n``, the period's citizens; ``state``; ``limits``,
    the ``State`` of the limits: too few below 12 periods, when there is a centre and no limits. A period in transition
    has its rate and neither. A hidden period takes no part in the centre, else it could be worked out from it. Raises
    as ``rates.rates``.

    Source: Shewhart's p-chart; limits anew at a known change, and none below 12 points: NHS England, Making Data Count.
    """
    return _chart(counts, rate, by, smallest_count, "p-chart", _p_limits)


def xmr_chart(counts: pd.DataFrame, rate: Rate, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    """As ``p_chart``, with the limits of ``xmr_limits``: for months so large that a p-chart finds most unusual."""

    def limits(numerator: Floats, n: Floats) -> Limits:
        return xmr_limits(numerator / n)

    return _chart(counts, rate, by, smallest_count, "XmR", limits)


def xmr_limits(values: Floats) -> Limits:
    """The mean of the values ± 2.66 times the mean step from each to the next.

    Steps above 3.267 times their mean are left out of it, once. Limits are nan for a single value, all nan for none.

    Source: Wheeler 1993, Understanding Variation; screening as in NHS England's Making Data Count.
    """
    values = np.asarray(values, dtype=np.float64)
    centre = values.mean() if len(values) else np.nan
    half = np.nan
    if len(values) > 1:
        moves = np.abs(np.diff(values))
        half = XMR_FACTOR * moves[moves <= LARGEST_MOVE * moves.mean()].mean()
    full = np.ones(len(values))
    return Limits(centre * full, (centre - half) * full, (centre + half) * full)


def _p_limits(numerator: Floats, n: Floats) -> Limits:
    centre = numerator.sum() / n.sum()
    half = SIGMAS * np.sqrt(centre * (1 - centre) / n)
    return Limits(np.full(len(n), centre), centre - half, centre + half)


def _chart(
    counts: pd.DataFrame,
    rate: Rate,
    by: Sequence[str],
    smallest_count: int,
    method: str,
    limits_of: Callable[[Floats, Floats], Limits],
) -> pd.DataFrame:
    found = rates(counts, rate, [*by, "period_start", "phase"], smallest_count)
    found = found.sort_values([*by, "period_start"], kind="stable", ignore_index=True)
    numerator, n = (found[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("numerator", "n"))
    shown = (found["state"] == State.SHOWN).to_numpy(dtype=np.bool_)
    used = shown & ~is_key(found["phase"], Phase.TRANSITION)
    centre, lower, upper = (np.full(len(found), np.nan) for _ in range(3))
    reasons = np.where(used, State.TOO_FEW, np.where(shown, State.EMPTY, found["state"]))
    segments, segment = placed(found, [*by, "phase"])
    for place in range(len(segments)):
        rows = used & (segment == place)
        if not rows.any():
            continue
        one = limits_of(numerator[rows], n[rows])
        centre[rows] = one.centre
        if rows.sum() >= FEWEST_PERIODS:
            lower[rows], upper[rows] = np.clip(one.lower, 0, 1), np.clip(one.upper, 0, 1)
            reasons[rows] = State.SHOWN
    return _framed(found, by, Limits(centre, lower, upper), method, reasons, _beyond(found, lower, upper))


def _beyond(found: pd.DataFrame, lower: Floats, upper: Floats) -> Flags:
    estimate = found["estimate"].to_numpy()
    return np.asarray((estimate < lower) | (estimate > upper))


def _framed(
    found: pd.DataFrame, by: Sequence[str], limits: Limits, method: str, reasons: States, outside: Flags
) -> pd.DataFrame:
    columns = [*by, "period_start", "phase", "centre", "outside", "estimate", "lower", "upper", "method", "n", "state"]
    return found.assign(
        centre=limits.centre, lower=limits.lower, upper=limits.upper, outside=outside, method=method, limits=reasons
    )[[*columns, "limits"]]
