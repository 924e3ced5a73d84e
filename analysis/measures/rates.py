"""The rate in each group, offer or municipality, with its interval; small counts are hidden."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.aggregate import aggregate_counts, has_known_stages, one_dimension
from analysis.measures.disclosure import hidden
from analysis.measures.intervals import wilson
from analysis.measures.result_frame import State, tidy, with_missing
from analysis.model.terms import Rate


def rates(counts: pd.DataFrame, rate: Rate, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    """Return the rate in each unit of ``by``, summed over everything else, in order of first occurrence.

    Parameters
    ----------
    counts
        Columns ``model.COUNTS_COLUMNS``, in citizens. Rows in which a stage of this rate is missing are left out:
        without the number invited, participation and reach are unknown.
    by
        Key columns of a unit; if empty, there is one row.

    Returns
    -------
    ``by``; ``numerator``; ``estimate``, ``lower`` and ``upper`` as proportions 0 to 1 (nan if hidden or the denominator
    is 0); ``method``; ``n``, the denominator; ``state``, a ``State``. Numerator and denominator are in citizens (Int64,
    missing if hidden).

    Raises
    ------
    ValueError
        If the counts hold several dimensions and ``by`` does not separate them, because each dimension counts every
        citizen once. If a stage has more citizens than the one before it.

    Source: Wilson 1927, JASA 22:209.
    """
    one_dimension(counts, by)
    counts = counts[has_known_stages(counts, rate)]
    units, [(numerator, denominator)] = aggregate_counts(counts, rate, by, [np.ones(len(counts), dtype=np.bool_)])
    small = hidden(numerator, denominator, smallest_count)
    state = np.select([small, denominator == 0], [State.HIDDEN, State.EMPTY], State.SHOWN)
    interval = wilson(numerator, denominator)._asdict()
    return tidy(units.assign(numerator=with_missing(numerator, small)), interval, "Wilson", denominator, state)
