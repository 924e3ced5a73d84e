"""The change in a gap, minus its change in comparison offers over the same months."""

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
    """Return the change in the absolute gap of each adjusted offer, minus that of comparison offers in the same months.

    Parameters
    ----------
    counts
        Columns of ``store.counts_by_month``, in citizens, for one dimension. Rows of phase ``unadjusted`` are the
        comparison offers; remove those that are not comparable. Their months are split at the date of the adjusted
        offer. Each offer is thus compared, around its own date, with offers that were not adjusted.

    Returns
    -------
    One row per adjusted offer: ``municipality``, ``offer``; ``change``, that of the offer; ``trend``, that of all
    comparison offers together; ``estimate``, ``lower``, ``upper``, change minus trend, as proportions; ``method``;
    ``n``, the citizens of all eight counts; ``state``: hidden if any of the eight is small, empty if any has no
    citizens, for example without a comparison offer.

    Raises
    ------
    ValueError
        If the counts hold more than one dimension or the groups are the same.

    Notes
    -----
    The result is a net change, not a causal effect: the offers were not randomised. All offers of one table share their
    comparison offers. Pooling them as if they were independent gives too narrow an interval.

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
    """Sum the comparison offers for each adjusted offer × phase × group, over the months of that offer."""
    groups = [is_key(compared["group"], key) for key in (reference, group)]
    periods, cells = aggregate_counts(compared, rate, ["period_start", "period_end"], groups)
    first, end = spans(adjusted)
    begins, ends = (pd.to_datetime(periods[name]).to_numpy("datetime64[D]") for name in ("period_start", "period_end"))
    within = (begins >= first[..., None]) & (ends <= end[..., None])
    numerator, denominator = (np.stack(both, axis=-1) for both in zip(*cells, strict=True))
    return Cell(within @ numerator, within @ denominator)


def spans(adjusted: pd.DataFrame) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """Return the first day of each offer × phase, and the first day after it; reversed if there are no periods."""
    units, place = placed(adjusted, OFFER)
    phase = np.where(is_key(adjusted["phase"], Phase.AFTER), 1, 0)
    first = np.full((len(units), 2), np.datetime64("9999-12-31"), dtype="datetime64[D]")
    end = np.full((len(units), 2), np.datetime64("0001-01-01"), dtype="datetime64[D]")
    np.minimum.at(first, (place, phase), pd.to_datetime(adjusted["period_start"]).to_numpy("datetime64[D]"))
    np.maximum.at(end, (place, phase), pd.to_datetime(adjusted["period_end"]).to_numpy("datetime64[D]"))
    return first, end


def _change(cell: Cell) -> Interval:
    """Return the change in the gap from cells of units × phases × groups, the reference first."""
    (x, n) = cell
    before, after = (newcombe_difference(x[:, k, 0], n[:, k, 0], x[:, k, 1], n[:, k, 1]) for k in (0, 1))
    return mover_difference(after, before)
