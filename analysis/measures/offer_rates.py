"""The rate of each group in each period of each offer, all offers in one pass."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.aggregate import OFFER, aggregate_counts, has_known_stages
from analysis.measures.disclosure import hidden
from analysis.measures.intervals import wilson
from analysis.measures.periods import finished
from analysis.measures.result_frame import State, tidy, with_missing
from analysis.model.terms import Rate

KEYS = [*OFFER, "group", "period_start", "period_end"]


def rates_of_offers(counts: pd.DataFrame, rate: Rate, groups: Sequence[str], smallest_count: int) -> pd.DataFrame:
    """Return what ``rates_by_period`` returns of one offer, for each offer: its own rates.

    Parameters
    ----------
    counts
        Columns of ``store.counts_by_month``, in citizens, for one dimension.

    Returns
    -------
    ``municipality``, ``offer``, ``group``, ``period_start``, ``period_end``; ``numerator``; ``unfinished``, True for a
    shown period in which the offer has not had time to complete; ``estimate``, ``lower`` and ``upper`` as proportions;
    ``method``; ``n``, citizens; ``state``. Periods without citizens are left out.

    Source of the interval: Wilson 1927, JASA 22:209.
    """
    own = counts[has_known_stages(counts, rate) & counts["group"].isin(list(groups))].reset_index(drop=True)
    own = own.assign(unfinished=~own.index.isin(finished(own, rate).index))
    every = np.ones(len(own), dtype=np.bool_)
    units, [(numerator, denominator)] = aggregate_counts(own, rate, [*KEYS, "unfinished"], [every])
    small = hidden(numerator, denominator, smallest_count)
    state = np.select([small, denominator == 0], [State.HIDDEN, State.EMPTY], State.SHOWN)
    interval = wilson(numerator, denominator)._asdict()
    units = units.assign(
        numerator=with_missing(numerator, small), unfinished=units["unfinished"] & (state == State.SHOWN)
    )
    rows = tidy(units, interval, "Wilson", denominator, state)
    return rows[rows["state"] != State.EMPTY].reset_index(drop=True)
