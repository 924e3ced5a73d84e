"""Impact: how many more citizens if every group had the rate of the reference group."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.intervals import Interval
from analysis.measures.result_frame import State, tidy, with_missing
from analysis.measures.within_offers import BEFORE_AND_AFTER, METHOD, compared_offers, standardised
from analysis.model.terms import Phase, Rate


def more_citizens(
    counts: pd.DataFrame,
    rate: Rate,
    reference: str,
    smallest_count: int,
    *,
    closed: float,
    phases: Sequence[Phase] = BEFORE_AND_AFTER,
) -> pd.DataFrame:
    """Return how many more citizens of each group would have reached the stage if part of its gap were closed.

    It is about the last of the ``phases``.

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

    Each group is compared with the reference within the offers that have both before and after.

    Source: the population attributable risk of each group by itself, Schlotheuber & Hosseinpoor 2022, IJERPH 19:3697;
    limits of the gap as ``within_offers.standardised``.
    """
    groups = [key for key in counts["group"].unique() if key != reference]
    rows = [_more_of(counts, rate, group, reference, smallest_count, phases) for group in groups]
    found = pd.DataFrame(rows, columns=["reached", "estimate", "lower", "upper", "n", "state"])
    many = {name: closed * found["n"].to_numpy() * found[name].to_numpy(dtype=np.float64) for name in Interval._fields}
    state = found["state"].to_numpy(dtype=np.str_)
    units = pd.DataFrame({"group": groups}, dtype=object)
    units["reached"] = with_missing(found["reached"].to_numpy(dtype=np.int64), state == State.HIDDEN)
    return tidy(units, many, METHOD, found["n"].to_numpy(dtype=np.int64), state)


def _more_of(
    counts: pd.DataFrame, rate: Rate, group: str, reference: str, smallest_count: int, phases: Sequence[Phase]
) -> tuple[int, float, float, float, int, str]:
    """Return who reached the stage, the gap and its limits, the citizens, and the state, of one group after."""
    pair = [reference, group]
    found = standardised(compared_offers(counts, rate, [], pair, pair, phases), smallest_count)
    gap = found.gap(0, 1)
    reached, n = found.numerator[0, -1, 1], found.denominator[0, -1, 1]
    estimate, lower, upper = (float(one[0, -1]) for one in gap)
    return int(reached), estimate, lower, upper, int(n), str(found.states(smallest_count, (0, 1))[0, -1])
