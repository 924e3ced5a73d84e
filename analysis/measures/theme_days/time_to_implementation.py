"""Implementation of actions: progress by status, time to the next status, and shared policy areas."""

import datetime as dt
import math
from itertools import combinations, pairwise

import pandas as pd

from analysis.measures.intervals import LEVEL
from analysis.model.theme_day_terms import Status

STATUSES = list(Status)


def stages(actions: pd.DataFrame) -> pd.DataFrame:
    """Count the actions that reached each status: status, reached, share of all, and stayed (reached no later one)."""
    place = actions["status"].map({status.value: number for number, status in enumerate(STATUSES)})
    reached = [int((place >= number).sum()) for number in range(len(STATUSES))]
    whole = max(len(actions), 1)
    return pd.DataFrame(
        {
            "status": [status.value for status in STATUSES],
            "reached": reached,
            "share": [number / whole for number in reached],
            "stayed": [int((place == number).sum()) for number in range(len(STATUSES))],
        }
    )


def times(actions: pd.DataFrame, until: dt.date, level: float = LEVEL) -> pd.DataFrame:
    """Return the median time from each status to the next, in days, including actions that still wait on ``until``.

    Parameters
    ----------
    actions
        A date for each status (``proposed_on``, …), each of which may be missing. An action without a date for the next
        status has waited since its last one. An action that passed the next status without a date for it is left out.

    Returns
    -------
    ``status`` and ``next``; ``median``, ``lower`` and ``upper`` in days, missing if fewer than half reached the next
    status; ``n``, actions with a date for the first; ``came``, those with a date for the next.

    Source: Kaplan & Meier 1958, J Am Stat Assoc 53:457; interval of the median Brookmeyer & Crowley 1982, Biometrics
    38:29, both as ``statsmodels.duration.survfunc.SurvfuncRight`` has them.
    """
    from statsmodels.duration.survfunc import SurvfuncRight

    rows = []
    for status, following in pairwise(STATUSES):
        start, end = (pd.to_datetime(actions[f"{one}_on"]) for one in (status, following))
        later = actions["status"].map(STATUSES.index) >= STATUSES.index(following)
        known = start.notna() & (end.notna() | ~later)
        days = (end.fillna(pd.Timestamp(until)) - start).dt.days[known].clip(lower=0)
        came = end.notna()[known]
        row = {"status": status.value, "next": following.value, "n": len(days), "came": int(came.sum())}
        found = [float("nan")] * 3
        if row["came"]:
            curve = SurvfuncRight(days, came.astype(int))
            found = [curve.quantile(0.5), *curve.quantile_ci(0.5, 1 - level)]
        limits = [limit if math.isfinite(limit) else float("nan") for limit in found]  # An open end is infinite.
        rows.append({**row, **dict(zip(("median", "lower", "upper"), limits, strict=True))})
    return pd.DataFrame(rows)[["status", "next", "median", "lower", "upper", "n", "came"]]


def together(actions: pd.DataFrame) -> pd.DataFrame:
    """Count the actions that each two policy areas share: area, other, actions. An area with itself counts all its own.

    ``actions`` has ``responsible``, an area or missing, and ``involved``, a list of areas.
    """
    pairs: dict[tuple[str, str], int] = {}
    for responsible, involved in zip(actions["responsible"], actions["involved"], strict=True):
        areas = [responsible] if isinstance(responsible, str) else []
        areas = sorted({*areas, *involved})
        for pair in [*((area, area) for area in areas), *combinations(areas, 2)]:
            pairs[pair] = pairs.get(pair, 0) + 1
    rows = [(one, other, number) for (one, other), number in pairs.items()]
    rows += [(other, one, number) for one, other, number in rows if one != other]
    return pd.DataFrame(rows, columns=["area", "other", "actions"])
