"""Rates by period with one mix of offers: neither a shift between offers nor an empty cell shows as a change.

An offer has an effect of its own in each phase, and a period one that all its offers share. A period's rate is what all
compared offers, each with its fixed weight, would have had in it. An offer without citizens in a period is thus neither
left out, which would change the mix, nor taken to have changed.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.aggregate import OFFER, has_known_stages, is_key
from analysis.measures.disclosure import hidden
from analysis.measures.intervals import Floats, wilson
from analysis.measures.periods import finished
from analysis.measures.result_frame import Flags, State, States, Whole, tidy, with_missing
from analysis.measures.within_offers import BEFORE_AND_AFTER, compared_offers
from analysis.model.terms import Phase, Rate

METHOD = "Wilson, within offers"
DIGITS = 12
"""Rounding that removes the errors of floating point from a rate of 0 or 1."""


class Series(NamedTuple):
    """The rate of one group by period (axes of length T), over the compared offers.

    Attributes
    ----------
    estimate : with one mix of offers, as a proportion.
    covariance : T × T, of the estimates, for a variance of 1 in each citizen.
    numerator, denominator : citizens of the compared offers.
    is_linked : whether the effect of the period can be estimated apart from those of its offers.
    is_unfinished : whether the courses have not had time to complete in most of the offers, by weight.
    """

    estimate: Floats
    covariance: Floats
    numerator: Whole
    denominator: Whole
    is_linked: Flags
    is_unfinished: Flags

    def states(self, smallest_count: int) -> States:
        """Return the state of each period."""
        small = hidden(self.numerator, self.denominator, smallest_count)
        return np.select([self.denominator == 0, small], [State.EMPTY, State.HIDDEN], State.SHOWN)


class Cells(NamedTuple):
    """Citizens of one group, unit (offer × phase) × period, and the weight of each unit in each period's rate."""

    numerator: Floats
    denominator: Floats
    weight: Floats


def rates_by_period(
    counts: pd.DataFrame,
    rate: Rate,
    groups: Sequence[str],
    compared: Sequence[str],
    smallest_count: int,
    phases: Sequence[Phase] = BEFORE_AND_AFTER,
    *,
    period: str = "period_start",
    may_drop: bool = False,
) -> pd.DataFrame:
    """Return the rate of each group in each period, with one mix of offers in all of them.

    Parameters
    ----------
    counts
        Columns of ``store.counts_by_month`` and ``period``, in citizens, for one dimension.
    groups, compared, phases, may_drop
        As in ``within_offers.compared_offers``, which selects the offers and their weights.
    period
        Column of the period, which is sorted.

    Returns
    -------
    ``group``, ``period``; ``numerator``; ``unfinished``, True for a shown period in which most offers, by weight, have
    not had time to complete (a hidden one does not tell); ``estimate``, ``lower`` and ``upper`` as proportions;
    ``method``; ``n``, citizens; ``state``. Groups and periods without citizens in compared offers are left out.

    Raises as ``within_offers.compared_offers``.

    Notes
    -----
    The rates y of a group in offer o and period t are fitted by y = α + δ, weighted by their citizens, with α by offer
    and phase and δ by period; the rate of a period is Σ w α + δ, with the weights w of the headline. Over a phase, its
    mean is thus the rate of the headline, and with one offer it is that offer's own rate. Periods of transition have
    effects α of their own. Where no offer links two sets of periods, the δ of each set are 0 on average. Offers take no
    part in the fit in periods in which they have not had time to complete; an unfinished period gets the mean distance
    of its citizens from the α of their offers.
    The interval is Wilson's, for the size of one sample with the precision of the estimate.

    Source: marginal standardisation, Muller & MacLehose 2014, Int J Epidemiol 43:962, of a two-way linear model; size
    of a sample with the same precision as Korn & Graubard 1998, Surv Methodol 24:193.
    """
    periods, found = series_of_groups(counts, rate, groups, compared, phases, period=period, may_drop=may_drop)
    frames = [
        _frame(one, smallest_count).assign(group=group, period=periods)
        for group, one in zip(groups, found, strict=True)
        if one.denominator.any()
    ]
    columns = ["group", "period", "numerator", "unfinished", "estimate", "lower", "upper", "method", "n", "state"]
    if not frames:
        return pd.DataFrame(columns=columns)
    rows = pd.concat(frames, ignore_index=True)
    return rows.loc[rows["state"] != State.EMPTY, columns].reset_index(drop=True)


def series_of_groups(
    counts: pd.DataFrame,
    rate: Rate,
    groups: Sequence[str],
    compared: Sequence[str],
    phases: Sequence[Phase] = BEFORE_AND_AFTER,
    *,
    period: str = "period_start",
    may_drop: bool = False,
) -> tuple[pd.Series, list[Series]]:
    """Return the sorted periods, and the series of each group. Takes the arguments of ``rates_by_period``."""
    counts = counts[has_known_stages(counts, rate)].reset_index(drop=True)
    in_time = finished(counts, rate)
    mix = compared_offers(in_time, rate, [], groups, compared, phases, may_drop=may_drop)
    offers = pd.MultiIndex.from_frame(in_time[OFFER].drop_duplicates())
    code, periods = pd.factorize(counts[period], sort=True)
    offer = offers.get_indexer(pd.MultiIndex.from_frame(counts[OFFER]))
    is_compared = np.append(mix.share.any(axis=1), False)[offer]  # −1, an offer without a finished period, is the last.
    is_finished = counts.index.isin(in_time.index)
    weight = mix.share.max(axis=1, initial=0)
    occurs = np.zeros((2, len(weight) + 1, len(periods)), dtype=np.bool_)
    occurs[is_finished.astype(np.int64), offer, code] = True
    is_late = _mostly_unfinished(occurs[:, :-1], weight)[code]
    kinds = [*phases, Phase.TRANSITION]
    kind = counts["phase"].map({kind: place for place, kind in enumerate(kinds)}).fillna(-1).to_numpy(dtype=np.int64)
    last = np.full(len(weight), len(periods))  # The first period of the last phase: of after, or of now.
    in_last = is_compared & (kind == len(phases) - 1)
    np.minimum.at(last, offer[in_last], code[in_last])
    is_last = (np.arange(len(periods)) >= last[:, None]) | (len(phases) == 1)
    stages = [counts[stage].to_numpy(dtype=np.float64, na_value=0) for stage in (rate.numerator, rate.denominator)]
    found = []
    for place, group in enumerate(groups):
        own = is_compared & (kind >= 0) & is_key(counts["group"], group)
        cells, late = (
            _cells(
                (offer[some], kind[some], code[some]),
                [one[some] for one in stages],
                mix.share[:, place],
                is_last,
                len(phases),
            )
            for some in (own & is_finished, own & is_late)
        )
        found.append(_series(cells, late))
    return pd.Series(periods), found


def _mostly_unfinished(occurs: Flags, weight: Floats) -> Flags:
    """Flag the periods in which the offers that have not had time to complete weigh more than those that have.

    ``occurs`` flags the offers × periods with citizens, first unfinished, then finished.
    """
    unfinished, done = occurs
    return np.asarray(weight @ (unfinished & ~done) > weight @ done)


def _frame(one: Series, smallest_count: int) -> pd.DataFrame:
    state = one.states(smallest_count)
    is_used = one.denominator > 0
    size = 1 / np.where(is_used, np.diag(one.covariance), np.inf)
    interval = wilson(np.where(is_used, one.estimate, 0) * size, size)._asdict() | {"estimate": one.estimate}
    unfinished = one.is_unfinished & (state == State.SHOWN)
    numerator = with_missing(one.numerator, state == State.HIDDEN)
    return tidy(
        pd.DataFrame({"numerator": numerator, "unfinished": unfinished}), interval, METHOD, one.denominator, state
    )


def _cells(
    at: tuple[Whole, Whole, Whole], stages: Sequence[Floats], share: Floats, is_last: Flags, phases: int
) -> Cells:
    """Return the cells of a group from its rows, in compared offers only.

    ``at`` are the offers, phases and periods of the rows; ``stages`` their citizens in the numerator and denominator;
    ``is_last`` flags the offers × periods of the last of the ``phases``; the transition comes after it. The weight of
    an offer in a period belongs to its phase then: the transition if it has citizens in it, else before or after, also
    where it has nobody.
    """
    periods, is_compared = is_last.shape[1], (share > 0)[:, None, None]
    shape = (len(share), phases + 1, periods)
    cell = np.ravel_multi_index(at, shape)
    numerator, denominator = (
        np.bincount(cell, one, minlength=np.prod(shape)).astype(np.float64).reshape(shape) * is_compared
        for one in stages
    )
    in_transition = denominator[:, -1] > 0
    weight = np.zeros(shape)
    weight[:, phases - 1] = is_last & ~in_transition
    weight[:, 0] += ~is_last & ~in_transition
    weight[:, -1] = in_transition
    weight *= share[:, None, None]
    return Cells(*(one.reshape(len(share) * (phases + 1), periods) for one in (numerator, denominator, weight)))


def _series(cells: Cells, late: Cells) -> Series:
    """Fit effects of units and of periods, weighted by citizens, and add them up with the weights of the units.

    ``late`` has all cells of the periods that are not finished. Their rate is that of their citizens, and what their
    mix of offers differs from the weights.
    """
    used = cells.denominator.any(axis=1)
    x, n, weight = (one[used] for one in cells)
    late_x, late_n = late.numerator[used], late.denominator[used]
    of_late = late_n.sum(axis=0)
    weight = weight - late_n / np.maximum(of_late, 1)
    of_unit, of_period = n.sum(axis=1), n.sum(axis=0)
    mean = n / of_unit[:, None]
    solved = np.linalg.pinv(np.diag(of_period) - n.T @ mean, rcond=1e-9, hermitian=True)
    period = solved @ (x.sum(axis=0) - mean.T @ x.sum(axis=1))
    unit = x.sum(axis=1) / of_unit - mean @ period
    by_period = (np.diag(of_late == 0) - weight.T @ mean) @ solved
    by_unit = weight.T / of_unit - by_period @ mean.T
    both = by_unit @ n @ by_period.T
    covariance = (by_unit * of_unit) @ by_unit.T + both + both.T + (by_period * of_period) @ by_period.T
    period = np.where(of_late > 0, late_x.sum(axis=0) / np.maximum(of_late, 1), period)
    covariance[np.diag_indices(len(of_late))] += np.where(of_late > 0, 1 / np.maximum(of_late, 1), 0)
    return Series(
        np.clip(np.round(weight.T @ unit + period, DIGITS), 0, 1),
        covariance,
        np.where(of_late > 0, late_x.sum(axis=0), x.sum(axis=0)).astype(np.int64),
        np.where(of_late > 0, of_late, of_period).astype(np.int64),
        _linked(n, weight),
        of_late > 0,
    )


def _linked(n: Floats, weight: Floats) -> Flags:
    """Flag the periods that are linked, by offers with citizens in several periods, to every unit of their rate."""
    linked = (n.T @ n > 0) | np.eye(n.shape[1], dtype=np.bool_)
    for _ in range(n.shape[1].bit_length()):
        linked = linked @ linked
    has_unit = (n > 0) @ linked
    return np.asarray(np.all(has_unit | (weight == 0), axis=0))
