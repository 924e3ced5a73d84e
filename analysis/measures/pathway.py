"""Decompose a gap in reach within offers into its parts from participation and from completion."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.aggregate import has_known_stages, tabulate, two_groups
from analysis.measures.disclosure import hidden
from analysis.measures.intervals import (
    LEVEL,
    Floats,
    Interval,
    delta_variance,
    newcombe_difference,
    quantile,
    wilson,
)
from analysis.measures.result_frame import State, Whole, by_phase, difference
from analysis.measures.within_offers import ComparedOffers, compared_offers, sum_of_offers
from analysis.model.terms import Rate


def gap_in_reach(
    counts: pd.DataFrame, group: str, reference: str, by: Sequence[str], smallest_count: int
) -> pd.DataFrame:
    """Return the gap in reach and its parts from participation and from completion, in each unit of ``by``.

    Parameters
    ----------
    counts
        Columns ``model.COUNTS_COLUMNS``, in citizens, for one dimension. Only rows with all three stages known count.

    Returns
    -------
    ``by``; ``measure`` (participation, completion, reach); ``phase`` (before, after, change); ``estimate``, ``lower``,
    ``upper``; ``method``; ``n``, the citizens invited; ``state``: hidden if any count of the three rates is small,
    empty if no offer invited both groups in both phases. The sign is as in ``gaps``: below 0 the group does better.

    Raises as ``gaps``.

    Notes
    -----
    Reach is participation × completion, R = P C. In each offer the parts are (P₁ − P₂)(C₁ + C₂)/2 and
    (C₁ − C₂)(P₁ + P₂)/2, proportions that add up to R₁ − R₂; the offers are weighted as in ``within_offers``. Where
    nobody participated, completion is taken to be that of the other group, so that it has no part. Better recruitment
    can change which citizens are there to complete. One part may therefore worsen because the other improved.

    Source: Kitagawa 1955, JASA 50:1168.
    """
    two_groups(group, reference)
    counts = counts[has_known_stages(counts, Rate.REACH)]
    pair = [reference, group]
    offers = compared_offers(counts, Rate.PARTICIPATION, by, pair, pair)
    keys = [*by, *(key for key in ("municipality", "offer") if key not in by)]
    completed = tabulate(counts, Rate.COMPLETION, keys, pair).numerator
    invited, participated = offers.denominator, offers.numerator
    taken, kept = wilson(participated, invited), _completion(completed, participated)
    whole = newcombe_difference(completed[..., 0], invited[..., 0], completed[..., 1], invited[..., 1])
    used = (offers.share > 0)[:, None]
    sums = [
        sum_of_offers(one * used, offers.unit, len(offers.units)).astype(np.int64)
        for one in (invited, participated, completed)
    ]
    small = np.any([hidden(sums[n], sums[m], smallest_count) for n, m in ((1, 0), (2, 1), (2, 0))], axis=(0, -1))
    state = np.select([np.any(sums[0] == 0, axis=-1), small], [State.EMPTY, State.HIDDEN], State.SHOWN)
    parts = [
        difference("participation", _weighted(_part(taken, kept), offers), state, "delta method"),
        difference("completion", _weighted(_part(kept, taken), offers), state, "delta method"),
        difference("reach", _weighted(whole, offers), state, "Newcombe"),
    ]
    return by_phase(offers.units.drop(columns="offers"), parts, sums[0].sum(axis=-1))


def _completion(completed: Whole, participated: Whole) -> Interval:
    """Return the completion rates; where nobody participated, that of the other group, or 0."""
    found = wilson(completed, participated)
    nobody = participated == 0
    return Interval(*(np.nan_to_num(np.where(nobody, part[..., ::-1], part)) for part in found))


def _weighted(part: Interval, offers: ComparedOffers) -> Interval:
    """Return the weighted sum over the offers of each unit."""
    share, units = offers.share[:, :1], len(offers.units)
    estimate = sum_of_offers(share * np.nan_to_num(part.estimate), offers.unit, units)
    below, above = (
        np.sqrt(sum_of_offers((share * np.nan_to_num(one)) ** 2, offers.unit, units))
        for one in (part.estimate - part.lower, part.upper - part.estimate)
    )
    return Interval(estimate, estimate - below, estimate + above)


def _part(own: Interval, other: Interval) -> Interval:
    """Return the part of the difference due to one rate: its own difference × the mean of the other rate."""
    gap = own.estimate[..., 0] - own.estimate[..., 1]
    mean = other.estimate.mean(axis=-1)
    slopes = np.stack([mean, -mean, gap / 2, gap / 2], axis=-1)
    both = Interval(*(np.concatenate(pair, axis=-1) for pair in zip(own, other, strict=True)))
    half: Floats = quantile(LEVEL) * np.sqrt(delta_variance(slopes, both))
    return Interval(gap * mean, gap * mean - half, gap * mean + half)
