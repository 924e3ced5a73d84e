"""The rate in each group, offer or municipality, with its interval; small counts are hidden."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.aggregate import aggregate_counts, has_known_stages, one_dimension
from analysis.measures.disclosure import hidden, rounding_error
from analysis.measures.intervals import Interval, proportion
from analysis.measures.result_frame import State, repeated, tidy, with_missing
from analysis.measures.within_offers import BEFORE_AND_AFTER, RATE_METHOD, compared_offers, standardised
from analysis.model.terms import Phase, Rate


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
    interval = proportion(numerator, denominator, rounding_error(rate, smallest_count))._asdict()
    return tidy(units.assign(numerator=with_missing(numerator, small)), interval, "Wilson", denominator, state)


def rates_within_offers(
    counts: pd.DataFrame,
    rate: Rate,
    by: Sequence[str],
    groups: Sequence[str],
    compared: Sequence[str],
    smallest_count: int,
    phases: Sequence[Phase] = BEFORE_AND_AFTER,
    *,
    may_drop: bool = False,
) -> pd.DataFrame:
    """Return the rate of each group in each unit of ``by`` and each phase, with one mix of offers.

    Takes the arguments of ``within_offers.compared_offers`` and returns the columns of ``rates``, with ``group`` and
    ``phase``. ``numerator`` and ``n`` are the citizens of the offers that a rate rests on. Because the offers are
    weighted, the estimate can differ from their quotient. Groups that do not occur are left out; one that no offer has
    in every phase has the state too few, and ``n`` is its citizens.
    """
    offers = compared_offers(counts, rate, by, groups, compared, phases, may_drop=may_drop)
    found = standardised(offers, smallest_count)
    units = found.units.drop(columns="offers")
    keys = repeated(units, len(phases) * len(groups)).assign(
        group=np.tile(np.repeat(list(groups), len(units)), len(phases)),
        phase=np.repeat(list(phases), len(units) * len(groups)),
    )

    def flat(values: NDArray[Any]) -> NDArray[Any]:
        """Order by phase, then by group, then by unit."""
        return values.transpose(1, 2, 0).ravel()

    numerator, denominator = flat(found.numerator), flat(found.denominator)
    is_alone = (denominator == 0) & (flat(offers.citizens) > 0)
    denominator = np.where(is_alone, flat(offers.citizens), denominator)
    small = np.where(is_alone, denominator < smallest_count, hidden(numerator, denominator, smallest_count))
    state = np.select([denominator == 0, small, is_alone], [State.EMPTY, State.HIDDEN, State.TOO_FEW], State.SHOWN)
    numbers = {name: flat(getattr(found.rates, name)) for name in Interval._fields}
    keys = keys.assign(numerator=with_missing(numerator, small | is_alone))
    rows = tidy(keys, numbers, RATE_METHOD, denominator, state)
    return rows[keys["group"].isin(counts["group"].unique())].reset_index(drop=True)
