"""The rate in every group, offer or municipality, with its interval and with small counts hidden."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.aggregate import aggregate_counts, has_known_stages, one_dimension
from analysis.measures.disclosure import hidden
from analysis.measures.intervals import wilson
from analysis.measures.result_frame import State, concealing, tidy
from analysis.model.terms import Rate


def rates(counts: pd.DataFrame, rate: Rate, by: Sequence[str], smallest_count: int) -> pd.DataFrame:
    """The rate in each unit of ``by``, summed over everything else, in the order in which the units first occur.

    ``counts`` has the columns ``model.COUNTS_COLUMNS``, in citizens. Rows where a stage of this rate is missing are
    left out: where nobody knows how many were invited, nothing is said of participation or reach. An empty ``by``
    gives one row.

    Returns ``by``; ``numerator``; ``estimate``, ``lower`` and ``upper`` as proportions 0 to 1 (nan where hidden or the
    denominator is 0); ``method``; ``n``, the denominator; ``state``, a ``State``. Numerator and denominator are in
    citizens (Int64, missing where hidden).

    Raises ``ValueError`` where the counts hold more than one dimension and ``by`` does not tell them apart, since each
    dimension counts every citizen once, and where a stage has more citizens than the one before it.

    Source: Wilson 1927, JASA 22:209.
    """
    one_dimension(counts, by)
    counts = counts[has_known_stages(counts, rate)]
    units, [(numerator, denominator)] = aggregate_counts(counts, rate, by, [np.ones(len(counts), dtype=np.bool_)])
    small = hidden(numerator, denominator, smallest_count)
    state = np.select([small, denominator == 0], [State.HIDDEN, State.EMPTY], State.SHOWN)
    interval = wilson(numerator, denominator)._asdict()
    return tidy(units.assign(numerator=concealing(numerator, small)), interval, "Wilson", denominator, state)
