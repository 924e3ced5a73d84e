"""What it would mean: how many citizens more, had every group done as the reference does."""

import numpy as np
import pandas as pd

from analysis.measures.aggregate import Cell, aggregate_counts, has_known_stages, is_key, small_or_empty
from analysis.measures.intervals import newcombe_difference
from analysis.measures.result_frame import State, concealing, tidy
from analysis.model.terms import Phase, Rate


def more_citizens(
    counts: pd.DataFrame, rate: Rate, reference: str, smallest_count: int, *, closed: float
) -> pd.DataFrame:
    """How many more citizens of each group would have reached the stage after, with part of its gap closed.

    ``counts`` as in ``gaps.gaps``; ``closed`` is the part of each group's gap to the reference, 0 to 1. Returns
    ``group``; ``reached``, those who did (Int64, missing where hidden); ``estimate``, ``lower`` and ``upper``, the
    citizens more: the gap times the group's citizens times ``closed``, below 0 where the group does better than the
    reference; ``method``; ``n``, the group's citizens; ``state``. The reference itself is left out. It is arithmetic,
    not a forecast.

    Source: the population attributable risk of each group by itself, Schlotheuber & Hosseinpoor 2022, IJERPH 19:3697;
    limits of the gap, Newcombe 1998, Stat Med 17:873.
    """
    after = counts[is_key(counts["phase"], Phase.AFTER) & has_known_stages(counts, rate)]
    units, [(numerator, denominator)] = aggregate_counts(after, rate, ["group"], [np.ones(len(after), dtype=np.bool_)])
    ahead = is_key(units["group"], reference)
    best = Cell(numerator[ahead].sum(), denominator[ahead].sum())
    own = Cell(numerator[~ahead], denominator[~ahead])
    small, empty = small_or_empty(
        [Cell(*(np.broadcast_to(one, own.numerator.shape) for one in best)), own], smallest_count
    )
    gap = newcombe_difference(*best, *own)
    state = np.select([small, empty], [State.HIDDEN, State.EMPTY], State.SHOWN)
    many = {name: closed * own.denominator * one for name, one in gap._asdict().items()}
    rows = units[~ahead].reset_index(drop=True)
    return tidy(rows.assign(reached=concealing(own.numerator, small)), many, "Newcombe", own.denominator, state)
