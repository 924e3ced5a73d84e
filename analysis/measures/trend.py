"""The change in a gap net of what happened to the same gap, over the same months, where nothing was adjusted."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.disclosure import hidden
from analysis.measures.frame import Flags, State, tidy
from analysis.measures.intervals import Interval, mover_difference, newcombe_difference
from analysis.measures.tally import Cell, is_key, known, one_dimension, tally
from analysis.model import Phase, Rate

OFFER = ["municipality", "offer"]


def change_net_of_trend(
    counts: pd.DataFrame, rate: Rate, group: str, reference: str, smallest_count: int, level: float = 0.95
) -> pd.DataFrame:
    """The change in the absolute gap of each adjusted offer, minus that of the comparison offers over the same months.

    ``counts`` has the columns of ``store.counts_by_month``, in citizens, and holds one dimension; its comparison offers
    are the rows of phase ``unadjusted``, so leave out those that are no fair comparison. Their months are split where
    the adjusted offer's are, so that every offer is compared with offers that nothing was done to, around its own date.

    Returns one row per adjusted offer: municipality, offer; ``change``, its own; ``trend``, that of the comparison
    offers added up; ``estimate``, ``lower``, ``upper``, the change minus the trend, as proportions; ``method``; ``n``,
    the citizens of all eight counts; ``state``: hidden where any of the eight is small, empty where any has nobody,
    such as when there is no comparison offer. What is left is a net change, and still no effect: nobody drew lots.

    The offers of one table share their comparison offers. Pooling them as if they did not makes too narrow an interval.

    Raises ``ValueError`` where the counts hold more than one dimension or the groups are the same.

    Source: the group-time difference with never-treated comparisons in Callaway & Sant'Anna 2021, J Econom 225:200,
    from counts; limits by MOVER, Zou & Donner 2008, Stat Med 27:1693.
    """
    one_dimension(counts)
    if group == reference:
        raise ValueError(f"{group} cannot be compared with itself: pick another reference")
    counts = counts[known(counts, rate)]
    adjusted = counts[counts["phase"].isin([Phase.BEFORE, Phase.AFTER])]
    beside = _over_the_same_months(adjusted, counts[is_key(counts["phase"], Phase.UNADJUSTED)])
    both = pd.concat([adjusted.assign(compared=False), beside.assign(compared=True)], ignore_index=True)
    units, cells = tally(both, rate, OFFER, [_rows(both, key, reference, group) for key in range(8)])
    small = np.any([hidden(*cell, smallest_count) for cell in cells], axis=0)
    empty = np.any([cell.denominator == 0 for cell in cells], axis=0)
    own, other = _change(cells[:4], level), _change(cells[4:], level)
    net = mover_difference(own, other)
    numbers = {"change": own.estimate, "trend": other.estimate, **net._asdict()}
    n = np.asarray(np.sum([cell.denominator for cell in cells], axis=0))
    state = np.select([small, empty], [State.HIDDEN, State.EMPTY], State.SHOWN)
    return tidy(units, numbers, "MOVER, net of comparison offers", n, state)


def _over_the_same_months(adjusted: pd.DataFrame, compared: pd.DataFrame) -> pd.DataFrame:
    """The rows of the comparison offers once for every adjusted offer, under its name and in its phases."""
    spans = adjusted.groupby([*OFFER, "phase"], as_index=False).agg(
        first=("period_start", "min"), end=("period_end", "max")
    )
    beside = compared.drop(columns=[*OFFER, "phase"]).merge(spans, how="cross")
    within = (beside["period_start"] >= beside["first"]) & (beside["period_end"] <= beside["end"])
    return beside[within].drop(columns=["first", "end"])


def _rows(counts: pd.DataFrame, place: int, reference: str, group: str) -> Flags:
    """The rows of one of the eight counts: the offer's own or the comparison's, after or before, reference or group."""
    key = (Phase.AFTER, Phase.BEFORE)[place // 2 % 2]
    compared = counts["compared"].to_numpy(dtype=np.bool_) == (place >= 4)
    return compared & is_key(counts["phase"], key) & is_key(counts["group"], (reference, group)[place % 2])


def _change(cells: Sequence[Cell], level: float) -> Interval:
    after_reference, after_group, before_reference, before_group = cells
    after = newcombe_difference(*after_reference, *after_group, level)
    return mover_difference(after, newcombe_difference(*before_reference, *before_group, level))
