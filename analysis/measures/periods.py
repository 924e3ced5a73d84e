"""Counts by period: only those of a time, or of a window around each offer's adjustment, and added up by phase."""

import datetime as dt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.aggregate import OFFER, is_key, placed
from analysis.model.terms import COUNTS_COLUMNS, Phase, Stage

NEVER = 12 * 9999
"""Months that no adjustment comes to."""


def between(counts: pd.DataFrame, first: dt.date | None, last: dt.date | None) -> pd.DataFrame:
    """The periods that lie wholly from the first to the last day, which may each be None for no limit.

    ``counts`` has the columns of ``store.counts_by_month``.
    """
    if first is not None:
        counts = counts[counts["period_start"] >= pd.Timestamp(first)]
    if last is not None:
        counts = counts[counts["period_end"] <= pd.Timestamp(last) + pd.Timedelta(days=1)]
    return counts


def around_adjustment(counts: pd.DataFrame, months: int) -> pd.DataFrame:
    """The periods that lie wholly within so many whole months before and after their offer's adjustment.

    The month that straddles it, if any, stays, as do comparison offers, which have no date. ``counts`` has the columns
    of ``store.counts_by_month``.
    """
    start, end = (_month(counts[name]) for name in ("period_start", "period_end"))
    adjusted = counts["adjusted_on"]
    first = _month(adjusted)
    past = first + np.where(adjusted.dt.day.to_numpy() > 1, 1, 0)
    within = (start >= first - months) & (end <= past + months)
    return counts[within | adjusted.isna().to_numpy()]


def by_phase(counts: pd.DataFrame, *more: str) -> pd.DataFrame:
    """The counts added up over periods: ``model.COUNTS_COLUMNS``, and ``more`` columns that are to stay apart.

    Rows without ``invited`` stay apart from rows with it, so that a rate of the invited is never mixed with citizens
    who are not known to have been invited.
    """
    keys = [name for name in COUNTS_COLUMNS if name not in set(Stage)] + list(more)
    unknown = counts["invited"].isna()
    summed = counts.groupby([*keys, unknown.rename("unknown")], sort=False, observed=True)[list(Stage)].sum()
    summed = summed.reset_index()
    summed["invited"] = summed["invited"].mask(summed.pop("unknown"))
    return summed[[*COUNTS_COLUMNS, *more]]


def by_quarter(counts: pd.DataFrame) -> pd.DataFrame:
    """The months added up to quarters; a quarter that an adjustment divides is in transition.

    ``counts`` has the columns of ``store.counts_by_month``, and so does what comes back. Periods that are longer than
    a month already stay in the quarter in which they begin.
    """
    start = counts["period_start"].dt.to_period("Q").dt.start_time
    quarters = counts.assign(period_start=start, period_end=start + pd.DateOffset(months=3))
    phases = quarters.groupby([*OFFER, "period_start"])["phase"]
    divided = phases.transform("nunique") > 1
    quarters["phase"] = quarters["phase"].mask(divided, Phase.TRANSITION.value)
    keys = [name for name in quarters.columns if name not in set(Stage)]
    unknown = quarters["invited"].isna()
    summed = (
        quarters.groupby([*keys, unknown.rename("unknown")], sort=False, dropna=False)[list(Stage)].sum().reset_index()
    )
    summed["invited"] = summed["invited"].mask(summed.pop("unknown"))
    return summed[list(counts.columns)]


def from_adjustment(counts: pd.DataFrame) -> pd.DataFrame:
    """The periods before and after, with ``months`` from their offer's first period after; others are left out.

    ``counts`` has the columns of ``store.counts_by_month``. An offer without a period after is left out.
    """
    adjusted = counts[counts["phase"].isin([Phase.BEFORE, Phase.AFTER])]
    days = pd.to_datetime(adjusted["period_start"]).dt
    month = (12 * days.year + days.month).to_numpy(dtype=np.int64)
    offers, place = placed(adjusted, OFFER)
    first = np.full(len(offers), NEVER)
    after = is_key(adjusted["phase"], Phase.AFTER)
    np.minimum.at(first, place[after], month[after])
    return adjusted.assign(months=month - first[place])[first[place] < NEVER]


def _month(days: pd.Series) -> NDArray[np.float64]:
    """Months since year 0, missing where the day is."""
    return np.asarray(12 * days.dt.year + days.dt.month, dtype=np.float64)
