"""What data there are of each offer: citizens by period, months without data, and what differs from the usual."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

import numpy as np
import pandas as pd

from analysis.measures.aggregate import OFFER
from analysis.model.terms import MISSING

STALE_AFTER = pd.Timedelta(days=92)
"""An offer without data for longer than this before the last day of all data is stale."""
TIMES, FEWEST, EARLIER = 3.0, 20, 6
"""A period with so many times more or fewer citizens than the median of this number of earlier periods is a jump."""
FEWEST_OFFERS = 3
"""Number of offers from which what all have in common in a period, such as a summer, is allowed for."""
UNSTATED, FEWEST_CITIZENS = 0.2, 20
"""Share of citizens without a stated group that is worth a question, of at least this number."""
BY_PERIOD = [*OFFER, "period_start", "period_end"]


class Fault(StrEnum):
    """What somebody should ask about."""

    STALE = "stale"
    HOLE = "hole"
    JUMP = "jump"
    UNSTATED = "unstated"


def citizens_by_period(months: pd.DataFrame) -> pd.DataFrame:
    """Return the citizens of each offer and period.

    Parameters
    ----------
    months
        Columns of ``store.counts_by_month``, of one dimension.

    Returns
    -------
    Columns municipality, offer, period_start, period_end, finished, adjusted_on; in citizens invited, participated,
    completed, and unstated, those who take part without a stated group. ``invited`` is missing where nothing tells.
    """
    counts = months.assign(unstated=months["participated"].where(months["group"] == MISSING, 0))
    by_period = counts.groupby(BY_PERIOD, observed=True)
    found = by_period.agg(
        finished=("finished", "min"),
        adjusted_on=("adjusted_on", "first"),
        participated=("participated", "sum"),
        completed=("completed", "sum"),
        unstated=("unstated", "sum"),
    )
    return found.assign(invited=by_period["invited"].sum(min_count=1)).reset_index()


_OF_OFFER = ("period_start", "period_end", "number", "usual", "unstated", "participated")


def faults(periods: pd.DataFrame, last_day: dt.date) -> pd.DataFrame:
    """Return what somebody should ask about, the offers in order.

    Parameters
    ----------
    periods
        Columns of ``citizens_by_period``.
    last_day
        Last day of all data.

    Returns
    -------
    Columns municipality, offer, fault (``Fault``), start, end (the first day after it), value and usual: citizens, and
    for unstated groups citizens and all citizens.
    """
    rows: list[dict[str, object]] = []
    usual = _with_usual(periods)
    columns = {name: usual[name].to_numpy() for name in _OF_OFFER}
    for (municipality, offer), at in usual.groupby(OFFER, observed=True).indices.items():
        place = {"municipality": municipality, "offer": offer}
        own = {name: values[at] for name, values in columns.items()}
        rows += [{**place, **one} for one in _of_offer(own, pd.Timestamp(last_day))]
    return pd.DataFrame(rows, columns=[*OFFER, "fault", "start", "end", "value", "usual"])


def _with_usual(periods: pd.DataFrame) -> pd.DataFrame:
    """Add number, the citizens of the first stage that is known, and usual, those to be expected.

    These are the median of the earlier periods, times what the period has of that in the middle of all offers.
    """
    ordered = periods.sort_values([*OFFER, "period_start"], ignore_index=True)
    offer = ordered.groupby(OFFER, observed=True).ngroup()
    is_invited = ordered["invited"].notna().groupby(offer).transform("all").to_numpy(dtype=bool)
    number = ordered["participated"].astype(float).where(~is_invited, ordered["invited"].astype(float))
    ordered = ordered.assign(number=number)
    median = number.groupby(offer).rolling(EARLIER).median().droplevel(0).groupby(offer).shift()
    ratio = (ordered["number"] / median.where(median > 0)).groupby(
        [ordered["period_start"], ordered["period_end"]], observed=True
    )
    common = ratio.transform("median").where(ratio.transform("count") >= FEWEST_OFFERS, 1.0)
    return ordered.assign(usual=median * common)


def _of_offer(own: Mapping[str, np.ndarray], last_day: pd.Timestamp) -> list[dict[str, object]]:
    start, end = own["period_start"], own["period_end"]
    rows: list[dict[str, object]] = []
    ended = pd.Timestamp(end.max())
    if last_day - ended > STALE_AFTER:
        rows.append({"fault": Fault.STALE, "start": ended, "end": last_day})
    until = np.maximum.accumulate(end)
    rows += [
        {"fault": Fault.HOLE, "start": pd.Timestamp(until[at]), "end": pd.Timestamp(start[at + 1])}
        for at in np.flatnonzero(start[1:] > until[:-1]).tolist()
    ]
    numbers, usual = own["number"].astype(float), own["usual"].astype(float)
    large, small = np.fmax(numbers, usual), np.fmin(numbers, usual)
    jumps = (large - small >= FEWEST) & (large >= TIMES * np.fmax(small, 1)) & ~np.isnan(usual)
    rows += [
        {
            "fault": Fault.JUMP,
            "start": pd.Timestamp(start[at]),
            "end": pd.Timestamp(end[at]),
            "value": numbers[at],
            "usual": usual[at],
        }
        for at in np.flatnonzero(jumps).tolist()
    ]
    unstated, every = float(own["unstated"].sum()), float(own["participated"].sum())
    if every >= FEWEST_CITIZENS and unstated >= UNSTATED * every:
        rows.append({"fault": Fault.UNSTATED, "start": start.min(), "end": ended, "value": unstated, "usual": every})
    return rows
