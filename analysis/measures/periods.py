"""Filter counts by period or by a window around each offer's adjustment, and sum them by phase or longer period."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.aggregate import OFFER, is_key, placed
from analysis.model.terms import COUNTS_COLUMNS, Phase, Rate, Stage

NEVER = 12 * 9999
"""Number of months later than any adjustment."""
DAYS_OF_A_MONTH = 365.25 / 12


def divided_at(counts: pd.DataFrame, municipality: str, offer: str, day: dt.date) -> pd.DataFrame:
    """Put the periods of one offer into phases by this day instead of the day of its first adjustment.

    Input and output have the columns of ``store.counts_by_month``, or of ``store.crossed_counts``.
    """
    own = is_key(counts["municipality"], municipality) & is_key(counts["offer"], offer)
    at = pd.Timestamp(day)
    phases = np.select(
        [(counts["period_end"] <= at).to_numpy(), (counts["period_start"] >= at).to_numpy()],
        [Phase.BEFORE.value, Phase.AFTER.value],
        Phase.TRANSITION.value,
    )
    return counts.assign(
        phase=counts["phase"].mask(own, pd.Series(phases, counts.index, counts["phase"].dtype)),
        adjusted_on=counts["adjusted_on"].mask(own, at),
    )


def phases_of(counts: pd.DataFrame) -> tuple[Phase, ...]:
    """Return before and after, or now if no offer has periods in both."""
    both = (Phase.BEFORE, Phase.AFTER)
    offers, place = placed(counts, OFFER)
    has = [np.bincount(place[is_key(counts["phase"], phase)], minlength=len(offers)) > 0 for phase in both]
    return both if np.any(has[0] & has[1]) else (Phase.NOW,)


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
    return _summed(counts[[*COUNTS_COLUMNS, *more]])


def months_of_periods(counts: pd.DataFrame) -> NDArray[np.int64]:
    """Return the length of the period of each row, in whole months; 1 for a week.

    ``counts`` has the columns of ``store.counts_by_month``.
    """
    days = (pd.to_datetime(counts["period_end"]) - pd.to_datetime(counts["period_start"])).dt.days
    return np.maximum(1, np.rint(days.to_numpy(dtype=np.float64) / DAYS_OF_A_MONTH)).astype(np.int64)


def length_to_draw(counts: pd.DataFrame, months: int) -> int:
    """Return the length of periods, in months, that most closely follows a wish and that some offer has.

    It is the wish, or the shortest length of an offer if all offers have longer periods. The length of an offer is that
    of its longest period. ``counts`` has the columns of ``store.counts_by_month``.
    """
    lengths = lengths_of_offers(counts)
    return max(months, int(lengths.min())) if len(lengths) else months


def in_longer_periods(counts: pd.DataFrame, months: int) -> NDArray[np.bool_]:
    """Flag the rows of offers that have a period longer than this: it cannot be divided.

    ``counts`` has the columns of ``store.counts_by_month``.
    """
    return np.asarray(lengths_of_offers(counts) > months)


def in_periods(counts: pd.DataFrame, months: int) -> pd.DataFrame:
    """Sum shorter periods to calendar periods of so many months, for example 3 for quarters.

    Input and output have the columns of ``store.counts_by_month``. A period with parts of several phases is in
    transition; one with an unfinished part is unfinished. Periods of this length or longer stay as they are.
    """
    start, end = pd.to_datetime(counts["period_start"]), pd.to_datetime(counts["period_end"])
    is_whole = (months_of_periods(counts) >= months) & (start.dt.day == 1) & (end.dt.day == 1)
    if is_whole.all():
        return counts
    first = 12 * start.dt.year + start.dt.month - 1
    day = pd.to_datetime({"year": first // months * months // 12, "month": first // months * months % 12 + 1, "day": 1})
    summed = counts.assign(
        period_start=start.where(is_whole, day.astype(start.dtype)),
        period_end=end.where(is_whole, (day + pd.DateOffset(months=months)).astype(end.dtype)),
    )
    own = summed.groupby([*OFFER, "period_start"], sort=False)
    summed["phase"] = summed["phase"].mask(own["phase"].transform("nunique") > 1, Phase.TRANSITION.value)
    summed["finished"] = own["finished"].transform("all")
    return _summed(summed)


def joined_groups(counts: pd.DataFrame, ends: Mapping[str, str]) -> pd.DataFrame:
    """Sum the counts of groups that ``ends`` maps to the same group. Columns as ``store.counts_by_month``."""
    return _summed(counts.assign(group=counts["group"].map(lambda key: ends.get(key, key))))


def from_adjustment(counts: pd.DataFrame, length: int = 1) -> pd.DataFrame:
    """Return the periods before and after, with ``months`` since their offer's first period after; others are left out.

    ``counts`` has the columns of ``store.counts_by_month``. An offer without a period after is left out. With a
    ``length`` above 1, ``months`` is the first month of a block of so many months; the adjustment does not divide it.
    """
    adjusted = counts[counts["phase"].isin([Phase.BEFORE, Phase.AFTER])]
    days = pd.to_datetime(adjusted["period_start"]).dt
    month = (12 * days.year + days.month).to_numpy(dtype=np.int64)
    offers, place = placed(adjusted, OFFER)
    first = np.full(len(offers), NEVER)
    after = is_key(adjusted["phase"], Phase.AFTER)
    np.minimum.at(first, place[after], month[after])
    return adjusted.assign(months=(month - first[place]) // length * length)[first[place] < NEVER]


def lengths_of_offers(counts: pd.DataFrame) -> NDArray[np.int64]:
    """Return the longest period of the offer of each row, in months.

    ``counts`` has the columns of ``store.counts_by_month``.
    """
    units, place = placed(counts, OFFER)
    longest = np.zeros(len(units), dtype=np.int64)
    np.maximum.at(longest, place, months_of_periods(counts))
    return np.asarray(longest[place])


def _summed(counts: pd.DataFrame) -> pd.DataFrame:
    """Sum the counts of equal keys; rows with and without ``invited`` apart."""
    keys = [name for name in counts.columns if name not in set(Stage)]
    summed, place = placed(counts.assign(unknown=counts["invited"].isna()), [*keys, "unknown"])
    for stage in Stage:
        citizens = counts[stage].to_numpy(dtype=np.int64, na_value=0)
        summed[stage] = pd.array(np.bincount(place, citizens, len(summed)).astype(np.int64), counts[stage].dtype)
    summed["invited"] = summed["invited"].mask(summed.pop("unknown"))
    return summed[list(counts.columns)]


def _month(days: pd.Series) -> NDArray[np.float64]:
    """Return the months since year 0; missing for a missing day."""
    return np.asarray(12 * days.dt.year + days.dt.month, dtype=np.float64)
