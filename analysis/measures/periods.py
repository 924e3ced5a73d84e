"""Counts by period: only those of a time, or of a window around each offer's adjustment, and added up by phase."""

import datetime as dt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.model import COUNTS_COLUMNS, Stage


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


def _month(days: pd.Series) -> NDArray[np.float64]:
    """Months since year 0, missing where the day is."""
    return np.asarray(12 * days.dt.year + days.dt.month, dtype=np.float64)
