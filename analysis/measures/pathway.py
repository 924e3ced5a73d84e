"""Where on the way a gap in reach arises: when citizens are recruited, or when they are kept."""

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
    """The gap in reach, and the parts of it that arise in participation and in completion, in each unit of ``by``.

    ``counts`` has the columns ``model.COUNTS_COLUMNS``, in citizens, and holds one dimension. Only rows where all three
    stages are known count. Returns ``by``; ``measure`` (participation, completion, reach); ``phase`` (before,
    after, change); ``estimate``, ``lower``, ``upper``; ``method``; ``n``, the citizens invited; ``state``.

    Reach is participation × completion, R = P C. The parts are (P₁ − P₂)(C₁ + C₂)/2 and (C₁ − C₂)(P₁ + P₂)/2,
    proportions that add up to R₁ − R₂. Signed as in ``gaps``: below 0 the group does better.

    Hidden where any of the counts behind the three rates is small; empty where either group has nobody invited;
    undefined where nobody took part. Raises as ``gaps``.

    Better recruitment can change who is there to complete, so that one part may worsen because the other bettered.

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
    """What the difference in one rate adds to the difference in the product: it times the mean of the other rate."""
    gap = own.estimate[..., 0] - own.estimate[..., 1]
    mean = other.estimate.mean(axis=-1)
    slopes = np.stack([mean, -mean, gap / 2, gap / 2], axis=-1)
    both = Interval(*(np.concatenate(pair, axis=-1) for pair in zip(own, other, strict=True)))
    half: Floats = quantile(LEVEL) * np.sqrt(delta_variance(slopes, both))
    return Interval(gap * mean, gap * mean - half, gap * mean + half)
