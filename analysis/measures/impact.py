"""Impact: how many more citizens if every group had the rate of the reference group."""

import numpy as np
import pandas as pd

from analysis.measures.aggregate import Cell, aggregate_counts, has_known_stages, is_key, small_or_empty
from analysis.measures.intervals import newcombe_difference
from analysis.measures.result_frame import State, tidy, with_missing
from analysis.model.terms import Phase, Rate


def more_citizens(
    counts: pd.DataFrame, rate: Rate, reference: str, smallest_count: int, *, closed: float
) -> pd.DataFrame:
    """Return how many more citizens of each group would have reached the stage after if part of its gap were closed.

    Parameters
    ----------
    counts
        As in ``gaps.gaps``.
    closed
        The closed part of each group's gap to the reference, 0 to 1.

    Returns
    -------
    ``group``; ``reached``, the citizens who reached the stage (Int64, missing if hidden); ``estimate``, ``lower`` and
    ``upper``, the additional citizens: gap × the group's citizens × ``closed``, below 0 if the group does better than
    the reference; ``method``; ``n``, the group's citizens; ``state``. The reference is left out. The result is
    arithmetic, not a forecast.

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
    return tidy(rows.assign(reached=with_missing(own.numerator, small)), many, "Newcombe", own.denominator, state)
