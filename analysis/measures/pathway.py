"""Decompose a gap in reach into its parts from participation and from completion."""

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
from analysis.measures.result_frame import State, by_phase, difference
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
    empty if nobody of either group was invited, undefined if nobody participated. The sign is as in ``gaps``: below 0
    the group does better.

    Raises as ``gaps``.

    Notes
    -----
    Reach is participation × completion, R = P C. The parts are (P₁ − P₂)(C₁ + C₂)/2 and (C₁ − C₂)(P₁ + P₂)/2,
    proportions that add up to R₁ − R₂. Better recruitment can change which citizens are there to complete. One part may
    therefore worsen because the other improved.

    Source: Kitagawa 1955, JASA 50:1168.
    """
    two_groups(group, reference)
    counts = counts[has_known_stages(counts, Rate.REACH)]
    took_part = tabulate(counts, Rate.PARTICIPATION, by, [reference, group])
    completed = tabulate(counts, Rate.COMPLETION, by, [reference, group]).numerator
    invited, participated = took_part.denominator, took_part.numerator
    cells = {
        Rate.PARTICIPATION: (participated, invited),
        Rate.COMPLETION: (completed, participated),
        Rate.REACH: (completed, invited),
    }
    small = np.any([hidden(*cell, smallest_count) for cell in cells.values()], axis=(0, -1))
    state = np.select([small, np.any(invited == 0, axis=-1)], [State.HIDDEN, State.EMPTY], State.SHOWN)
    taken, kept = (wilson(*cells[rate]) for rate in (Rate.PARTICIPATION, Rate.COMPLETION))
    whole = newcombe_difference(completed[..., 0], invited[..., 0], completed[..., 1], invited[..., 1])
    parts = [
        difference("participation", _part(taken, kept), state, "delta method"),
        difference("completion", _part(kept, taken), state, "delta method"),
        difference("reach", whole, state, "Newcombe"),
    ]
    return by_phase(took_part.units, parts, invited.sum(axis=-1))


def _part(own: Interval, other: Interval) -> Interval:
    """Return the part of the difference due to one rate: its own difference × the mean of the other rate."""
    gap = own.estimate[..., 0] - own.estimate[..., 1]
    mean = other.estimate.mean(axis=-1)
    slopes = np.stack([mean, -mean, gap / 2, gap / 2], axis=-1)
    both = Interval(*(np.concatenate(pair, axis=-1) for pair in zip(own, other, strict=True)))
    half: Floats = quantile(LEVEL) * np.sqrt(delta_variance(slopes, both))
    return Interval(gap * mean, gap * mean - half, gap * mean + half)
