"""A rate month by month against its usual variation: p-charts."""

from collections.abc import Sequence
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
        one = _limits(numerator[rows], n[rows])
        centre[rows] = one.centre
        if rows.sum() >= FEWEST_PERIODS:
            lower[rows], upper[rows] = np.clip(one.lower, 0, 1), np.clip(one.upper, 0, 1)
            reasons[rows] = State.SHOWN
    return _framed(found, by, Limits(centre, lower, upper), reasons, _beyond(found, lower, upper))


def _limits(numerator: Floats, n: Floats) -> Limits:
    centre = numerator.sum() / n.sum()
    half = SIGMAS * np.sqrt(centre * (1 - centre) / n)
    return Limits(np.full(len(n), centre), centre - half, centre + half)


def _beyond(found: pd.DataFrame, lower: Floats, upper: Floats) -> Flags:
    estimate = found["estimate"].to_numpy()
    return np.asarray((estimate < lower) | (estimate > upper))


def _framed(found: pd.DataFrame, by: Sequence[str], limits: Limits, reasons: States, outside: Flags) -> pd.DataFrame:
    columns = [*by, "period_start", "phase", "centre", "outside", "estimate", "lower", "upper", "method", "n", "state"]
    return found.assign(
        centre=limits.centre,
        lower=limits.lower,
        upper=limits.upper,
        outside=outside,
        method="p-chart",
        limits=reasons,
    )[[*columns, "limits"]]
