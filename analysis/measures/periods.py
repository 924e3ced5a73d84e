"""Filter counts by period or by a window around each offer's adjustment, and sum them by phase or quarter."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.aggregate import OFFER, is_key, placed
from analysis.model.terms import COUNTS_COLUMNS, Phase, Rate, Stage

NEVER = 12 * 9999
"""Number of months later than any adjustment."""


def phases_of(counts: pd.DataFrame) -> tuple[Phase, ...]:
    """Return before and after, or now if the periods lack either."""
    both = (Phase.BEFORE, Phase.AFTER)
    return both if set(both) <= set(counts["phase"].unique()) else (Phase.NOW,)


def in_phases(counts: pd.DataFrame, phases: tuple[Phase, ...]) -> pd.DataFrame:
    """Put every period into the phase now, if that is the only one of ``phases_of``."""
    return counts.assign(phase=Phase.NOW.value) if phases == (Phase.NOW,) else counts


def finished(counts: pd.DataFrame, rate: Rate) -> pd.DataFrame:
    """Select the periods that count for a rate: for completion and reach, those that have had time to complete.

    ``counts`` has the columns of ``store.counts_by_month``.
    """
    return counts if rate is Rate.PARTICIPATION else counts[counts["finished"].to_numpy(dtype=np.bool_)]


def between(counts: pd.DataFrame, first: dt.date | None, last: dt.date | None) -> pd.DataFrame:
    """Select the periods that are entirely between the first and the last day; None means no limit.

    ``counts`` has the columns of ``store.counts_by_month``.
    """
    if first is not None:
        counts = counts[counts["period_start"] >= pd.Timestamp(first)]
    if last is not None:
        counts = counts[counts["period_end"] <= pd.Timestamp(last) + pd.Timedelta(days=1)]
    return counts


def around_adjustment(counts: pd.DataFrame, months: int) -> pd.DataFrame:
    """Select the periods that are entirely within so many whole months before and after their offer's adjustment.

    A month that contains the adjustment is included, and so are comparison offers, which have no date. ``counts`` has
    the columns of ``store.counts_by_month``.
    """
    start, end = (_month(counts[name]) for name in ("period_start", "period_end"))
    adjusted = counts["adjusted_on"]
    first = _month(adjusted)
    past = first + np.where(adjusted.dt.day.to_numpy() > 1, 1, 0)
    within = (start >= first - months) & (end <= past + months)
    return counts[within | adjusted.isna().to_numpy()]


def by_phase(counts: pd.DataFrame, *more: str) -> pd.DataFrame:
    """Sum the counts over periods; returns ``model.COUNTS_COLUMNS`` and the key columns ``more``.

    Rows with and without ``invited`` are summed separately. A rate of the invited then never includes citizens whose
    invitation is unknown.
    """
    keys = [name for name in COUNTS_COLUMNS if name not in set(Stage)] + list(more)
    unknown = counts["invited"].isna()
    summed = counts.groupby([*keys, unknown.rename("unknown")], sort=False, observed=True)[list(Stage)].sum()
    summed = summed.reset_index()
    summed["invited"] = summed["invited"].mask(summed.pop("unknown"))
    return summed[[*COUNTS_COLUMNS, *more]]


def by_quarter(counts: pd.DataFrame) -> pd.DataFrame:
    """Sum the months to quarters; a quarter with periods of several phases is in transition.

    Input and output have the columns of ``store.counts_by_month``. Periods longer than a month belong to the quarter in
    which they begin.
    """
    start = counts["period_start"].dt.to_period("Q").dt.start_time
    quarters = counts.assign(period_start=start, period_end=start + pd.DateOffset(months=3))
    phases = quarters.groupby([*OFFER, "period_start"])["phase"]
    divided = phases.transform("nunique") > 1
    quarters["phase"] = quarters["phase"].mask(divided, Phase.TRANSITION.value)
    return summed(quarters)


def joined_groups(counts: pd.DataFrame, ends: Mapping[str, str]) -> pd.DataFrame:
    """Sum the counts of groups that ``ends`` maps to the same group. Columns as ``store.counts_by_month``."""
    return summed(counts.assign(group=counts["group"].map(lambda key: ends.get(key, key))))


def summed(counts: pd.DataFrame) -> pd.DataFrame:
    """Sum rows that are equal in all but the stages. Rows with and without ``invited`` are summed separately."""
    keys = [name for name in counts.columns if name not in set(Stage)]
    unknown = counts["invited"].isna().rename("unknown")
    found = counts.groupby([*keys, unknown], sort=False, dropna=False, observed=True)[list(Stage)].sum().reset_index()
    found["invited"] = found["invited"].mask(found.pop("unknown"))
    return found[list(counts.columns)]


def from_adjustment(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the periods before and after, with ``months`` since their offer's first period after; others are left out.

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
    """Return the months since year 0; missing for a missing day."""
    return np.asarray(12 * days.dt.year + days.dt.month, dtype=np.float64)
