"""A rate by period, compared with its usual variation: p-charts."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.aggregate import is_key, placed
from analysis.measures.rates import rates
from analysis.measures.result_frame import State
from analysis.model.terms import Phase, Rate

SIGMAS = 3
FEWEST_PERIODS = 12


def p_chart(counts: pd.DataFrame, rate: Rate, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    """Return the rate in each period of each unit of ``by``, with separate control limits for each phase.

    Parameters
    ----------
    counts
        Columns of ``store.counts_by_month``, in citizens, for one dimension.

    Returns
    -------
    ``by``; ``period_start``; ``phase``; ``centre``, the rate of all periods of the phase together; ``outside``, whether
    the rate is beyond the limits; ``estimate``, the rate of the period; ``lower`` and ``upper``, the limits, centre
    ± 3 √(centre (1 − centre) / n), truncated to 0 and 1; ``method``; ``n``, the citizens of the period; ``state``;
    ``limits``, the ``State`` of the limits. With fewer than 12 periods, ``limits`` is too few: there is a centre and no
    limits. A period in transition has a rate, but no centre and no limits. The centre excludes hidden periods, which
    could otherwise be computed from it.

    Raises as ``rates.rates``.

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
        target = numerator[rows].sum() / n[rows].sum()
        centre[rows] = target
        if rows.sum() >= FEWEST_PERIODS:
            half = SIGMAS * np.sqrt(target * (1 - target) / n[rows])
            lower[rows], upper[rows] = np.clip(target - half, 0, 1), np.clip(target + half, 0, 1)
            reasons[rows] = State.SHOWN
    outside = (found["estimate"] < lower) | (found["estimate"] > upper)
    columns = [*by, "period_start", "phase", "centre", "outside", "estimate", "lower", "upper", "method", "n", "state"]
    limits = {"centre": centre, "outside": outside, "lower": lower, "upper": upper, "limits": reasons}
    return found.assign(method="p-chart", **limits)[[*columns, "limits"]]
