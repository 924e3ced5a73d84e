"""The change in a gap net of what happened to the same gap, over the same months, where nothing was adjusted."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.aggregate import (
    OFFER,
    Cell,
    aggregate_counts,
    has_known_stages,
    is_key,
    one_dimension,
    placed,
    small_or_empty,
    tabulate,
    two_groups,
)
from analysis.measures.intervals import Interval, mover_difference, newcombe_difference
from analysis.measures.result_frame import State, tidy
from analysis.model.terms import Phase, Rate


def change_net_of_trend(
    counts: pd.DataFrame, rate: Rate, group: str, reference: str, smallest_count: int
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
    one_dimension(counts, ())
    two_groups(group, reference)
    counts = counts[has_known_stages(counts, rate)]
    adjusted = counts[counts["phase"].isin([Phase.BEFORE, Phase.AFTER])]
    own = tabulate(adjusted, rate, OFFER, [reference, group])
    other = _over_the_same_months(adjusted, counts[is_key(counts["phase"], Phase.UNADJUSTED)], rate, group, reference)
    cells = [Cell(own.numerator, own.denominator), other]
    small, empty = (flags.any(axis=(1, 2)) for flags in small_or_empty(cells, smallest_count))
    change, trend = (_change(cell) for cell in cells)
    net = mover_difference(change, trend)
    numbers = {"change": change.estimate, "trend": trend.estimate, **net._asdict()}
    n = np.asarray(sum(cell.denominator.sum(axis=(1, 2)) for cell in cells))
    state = np.select([small, empty], [State.HIDDEN, State.EMPTY], State.SHOWN)
    return tidy(own.units, numbers, "MOVER, net of comparison offers", n, state)


def _over_the_same_months(
    adjusted: pd.DataFrame, compared: pd.DataFrame, rate: Rate, group: str, reference: str
) -> Cell:
    """The comparison offers added up for every adjusted offer × phase × group, over that offer's months."""
    groups = [is_key(compared["group"], key) for key in (reference, group)]
    periods, cells = aggregate_counts(compared, rate, ["period_start", "period_end"], groups)
    first, end = _spans(adjusted)
    begins, ends = (pd.to_datetime(periods[name]).to_numpy("datetime64[D]") for name in ("period_start", "period_end"))
    within = (begins >= first[..., None]) & (ends <= end[..., None])
    numerator, denominator = (np.stack(both, axis=-1) for both in zip(*cells, strict=True))
    return Cell(within @ numerator, within @ denominator)


def _spans(adjusted: pd.DataFrame) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """The first day of every offer × phase, and the first day after it; the other way round where there is none."""
    units, place = placed(adjusted, OFFER)
    phase = np.where(is_key(adjusted["phase"], Phase.AFTER), 1, 0)
    first = np.full((len(units), 2), np.datetime64("9999-12-31"), dtype="datetime64[D]")
    end = np.full((len(units), 2), np.datetime64("0001-01-01"), dtype="datetime64[D]")
    np.minimum.at(first, (place, phase), pd.to_datetime(adjusted["period_start"]).to_numpy("datetime64[D]"))
    np.maximum.at(end, (place, phase), pd.to_datetime(adjusted["period_end"]).to_numpy("datetime64[D]"))
    return first, end


def _change(cell: Cell) -> Interval:
    """The change in the gap from cells of units × phases × groups, the reference first."""
    (x, n) = cell
    before, after = (newcombe_difference(x[:, k, 0], n[:, k, 0], x[:, k, 1], n[:, k, 1]) for k in (0, 1))
    return mover_difference(after, before)
