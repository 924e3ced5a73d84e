"""The change in an answer within adjusted offers, minus that within comparison offers over the same months."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.aggregate import OFFER, has_known_stages, is_key, placed, tabulate
from analysis.measures.by_understanding import needed_groups, sides_of
from analysis.measures.directions import gap_directions, rate_directions
from analysis.measures.disclosure import hidden, rounding_error
from analysis.measures.gradients import weights
from analysis.measures.intervals import (
    FEW,
    LEVEL,
    ROUNDING_LEVEL,
    Floats,
    Interval,
    detectable,
    mover_difference,
    mover_sum,
    pair,
    quantile,
)
from analysis.measures.result_frame import Flags, State, Whole, with_change
from analysis.measures.within_offers import (
    BEFORE_AND_AFTER,
    ComparedOffers,
    Standardised,
    compared_offers,
    standardised,
    sum_of_offers,
)
from analysis.model.terms import Direction, Phase, Question, Rate, Understanding

PERIOD = ["period_start", "period_end"]
SIGN = np.array([-1, 1])[:, None, None]
"""Sign of the rates before and after in a change, phase × month × group."""


class NetChange(NamedTuple):
    """A change net of the trend, as proportions; nan unless ``state`` is shown.

    Attributes
    ----------
    before : the answer of the adjusted offers before.
    change, trend : change of the adjusted offers, and of the comparison offers over the same months.
    estimate, lower, upper : change minus trend.
    detectable : smallest change that such a sample shows with a chance of 80 %.
    offers, comparisons : number of adjusted offers, and of comparison offers.
    months, unused_months : number of periods of the adjusted offers that a comparison offer has too, and of the others.
    """

    before: float
    change: float
    trend: float
    estimate: float
    lower: float
    upper: float
    detectable: float
    direction: Direction | None
    offers: int
    comparisons: int
    months: int
    unused_months: int
    state: State


def net_change(months: pd.DataFrame, question: Question, smallest_count: int) -> NetChange:
    """Return the change in the answer within the adjusted offers, minus that within the comparison offers.

    Parameters
    ----------
    months
        Columns of ``store.counts_by_month``, in citizens, for the question's dimension. Rows of phase ``unadjusted``
        are the comparison offers.

    Notes
    -----
    Every adjusted offer has its own months before and after. Its trend is the change over these months in the
    comparison offers that have at least ``FEW`` citizens of every group in both, each with one weight: its citizens.
    The rate of a phase is that of the mean month of the adjusted offer's own citizens, on a line through the rates of
    the comparison offers; the offers share its slope. An offer that grows is then compared with the months in which
    it was large. The trends are averaged with the weights of the adjusted offers. A month of a comparison offer counts
    in the trend of many adjusted offers; its weight in the whole trend is the sum, and the variance follows from it.
    Months that no comparison offer has, and adjusted offers without any comparison, are left out. The answer must be
    linear in the rates: a rate, a gap, or a slope.

    Source: Callaway & Sant'Anna 2021, J Econom 225:200, never-treated comparisons; limits by MOVER, Zou & Donner 2008,
    Stat Med 27:1693, with Agresti & Coull's variance of the trend, 1998, Am Stat 52:119.
    """
    groups, may_drop = needed_groups(question), question.understanding is Understanding.GRADIENT
    months = months[has_known_stages(months, question.rate)]
    compared = months[is_key(months["phase"], Phase.UNADJUSTED)]
    every = months[months["phase"].isin(BEFORE_AND_AFTER)]
    adjusted = _in_months_of(every, compared, question, groups)
    used = len(placed(adjusted, PERIOD)[0])
    unused = len(placed(every, PERIOD)[0]) - used
    trends = _trends(compared, adjusted, question.rate, groups)
    _, place = placed(adjusted, OFFER)
    adjusted = adjusted[trends.is_known[place]]
    offers = compared_offers(adjusted, question.rate, [], groups, groups, may_drop=may_drop)
    found = standardised(offers, smallest_count)
    state = with_change(found.states(smallest_count, None if may_drop else range(len(groups))))[0, -1]
    if state != State.SHOWN or trends.is_small(smallest_count):
        return _not_shown(State.HIDDEN if state == State.SHOWN else State(state))
    error = rounding_error(question.rate, smallest_count)
    before, _ = pair(mover_sum(_slopes(question, found), found.rates))
    change, trend, net = _net(_slopes(question, found), found, offers, trends, error)
    group, reference = (_net(side, found, offers, trends, error)[-1] for side in sides_of(_slopes(question, found)))
    return NetChange(
        float(before.estimate[0]),
        float(change.estimate),
        float(trend.estimate),
        float(net.estimate),
        float(net.lower),
        float(net.upper),
        float(detectable(net)),
        _direction(question, float(before.estimate[0] + trend.estimate), net, reference, group),
        int(found.units["offers"].iloc[0]),
        trends.comparisons,
        used,
        unused,
        State.SHOWN,
    )


def net_changes(months: pd.DataFrame, question: Question, smallest_count: int) -> pd.DataFrame:
    """Return ``net_change`` for each adjusted offer by itself.

    Returns
    -------
    ``municipality``, ``offer``, and the fields of ``NetChange``. Offers share their comparisons: do not pool them.
    """
    is_compared = is_key(months["phase"], Phase.UNADJUSTED)
    adjusted = months[months["phase"].isin(BEFORE_AND_AFTER)]
    units, place = placed(adjusted, OFFER)
    found = [
        net_change(pd.concat([adjusted[place == one], months[is_compared]]), question, smallest_count)._asdict()
        for one in range(len(units))
    ]
    columns = pd.DataFrame(found, columns=list(NetChange._fields))
    return pd.concat([units[OFFER].reset_index(drop=True), columns], axis=1)


def _in_months_of(
    adjusted: pd.DataFrame, compared: pd.DataFrame, question: Question, groups: list[str]
) -> pd.DataFrame:
    """Select the periods of adjusted offers in which the comparison offers together have citizens of every group."""
    table = tabulate(compared, question.rate, PERIOD, groups, [Phase.UNADJUSTED])
    filled = (table.denominator[:, 0] > 0).all(axis=1)
    begins, ends = (pd.to_datetime(table.units[name][filled]).to_numpy("datetime64[D]") for name in PERIOD)
    first, end = (pd.to_datetime(adjusted[name]).to_numpy("datetime64[D]") for name in PERIOD)
    return adjusted[((first[:, None] < ends) & (begins < end[:, None])).any(axis=1)]


def _net(
    slopes: Floats, found: Standardised, offers: ComparedOffers, trends: "_Trends", error: tuple[float, float]
) -> tuple[Interval, Interval, Interval]:
    """Return the change in Σ slope · rate, the trend, and the net change."""
    before, after = (Interval(*(part[0] for part in one)) for one in pair(mover_sum(slopes, found.rates)))
    change, trend = mover_difference(after, before), trends.weighted(offers.share * slopes, error)
    return change, trend, mover_difference(change, trend)


def _not_shown(state: State) -> NetChange:
    return NetChange(math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, None, 0, 0, 0, 0, state)


class _Trends(NamedTuple):
    """Months of the comparison offers, and their weights in the trend of each adjusted offer.

    Attributes
    ----------
    numerator, denominator : citizens, month × group.
    offer : comparison offer of each month.
    inside : months before and after of each adjusted offer, adjusted offer × phase × month.
    per_citizen : weight of a citizen of a comparison offer in the rate of a phase, adjusted offer × phase × month ×
        group.
    """

    numerator: Whole
    denominator: Whole
    offer: Whole
    inside: Flags
    per_citizen: Floats

    @property
    def is_known(self) -> Flags:
        return np.asarray(self.per_citizen.any(axis=(1, 2, 3)))

    @property
    def comparisons(self) -> int:
        return len(np.unique(self.offer[self.per_citizen.any(axis=(0, 1, 3))]))

    def is_small(self, smallest_count: int) -> bool:
        inside = self.inside.any(axis=0)
        return bool(hidden(inside @ self.numerator, inside @ self.denominator, smallest_count).any())

    def weighted(self, shares: Floats, error: tuple[float, float]) -> Interval:
        """Return the trend with these weights of adjusted offer × group, and its interval."""
        in_phase = np.einsum("og,okmg->kmg", shares, self.per_citizen[self.is_known])
        weight = (in_phase * SIGN).sum(axis=0)
        offers = int(self.offer.max(initial=0)) + 1
        reached, every = (sum_of_offers(one, self.offer, offers) for one in (self.numerator, self.denominator))
        z = quantile(LEVEL)
        rate = (reached + z**2 / 2) / (every + z**2)
        variance = np.sum(weight**2 * self.denominator * (rate * (1 - rate))[self.offer])
        of_offers = [np.abs(in_phase[:, self.offer == one]) for one in range(offers)]
        largest = np.stack([one.max(axis=1, initial=0) for one in of_offers], axis=1)
        of_rounding = np.hypot(error[0] * (1 - rate), error[1] * rate) * largest
        half = z * np.sqrt(variance) + quantile(ROUNDING_LEVEL) * np.sqrt(np.sum(of_rounding**2))
        estimate = np.sum(weight * self.numerator)
        return Interval(*(np.asarray(value) for value in (estimate, estimate - half, estimate + half)))


def _trends(compared: pd.DataFrame, adjusted: pd.DataFrame, rate: Rate, groups: list[str]) -> _Trends:
    table = tabulate(compared, rate, [*OFFER, *PERIOD], groups, [Phase.UNADJUSTED])
    numerator, denominator = table.numerator[:, 0], table.denominator[:, 0]
    comparisons, offer = placed(table.units, OFFER)
    first, end = _spans(adjusted)
    begins, ends = (pd.to_datetime(table.units[name]).to_numpy("datetime64[D]") for name in PERIOD)
    inside = (begins >= first[..., None]) & (ends <= end[..., None])
    belongs = offer == np.arange(len(comparisons))[:, None]
    citizens = np.einsum("okm,cm,mg->okcg", inside, belongs, denominator)
    size = np.all(citizens >= FEW, axis=(1, 3)) * citizens.sum(axis=(1, 3))
    share = (size / np.maximum(size.sum(axis=1, keepdims=True), 1))[:, None, :, None]
    day = _middle(table.units)
    days = np.einsum("okm,cm,mg->okcg", inside, belongs, denominator * day[:, None])
    mean_day = days / np.maximum(citizens, 1)
    from_mean = np.where(inside[..., None], day[:, None] - mean_day[:, :, offer], 0) * (share > 0)[:, :, offer]
    spread = np.einsum("okmg,mg->okg", from_mean**2, denominator)[:, :, None]
    ahead = _mean_days(adjusted, rate, groups)[:, :, None] - (share * mean_day).sum(axis=2, keepdims=True)
    ahead = np.nan_to_num(ahead)
    slope = from_mean * np.divide(ahead, spread, out=np.zeros_like(spread), where=spread > 0)
    level = (share / np.maximum(citizens, 1))[:, :, offer] * inside[..., None]
    return _Trends(numerator, denominator, offer, inside, level + slope)


def _mean_days(adjusted: pd.DataFrame, rate: Rate, groups: list[str]) -> Floats:
    """Return the mean day of the citizens of each adjusted offer × phase × group; nan if there are none."""
    table = tabulate(adjusted, rate, [*OFFER, *PERIOD], groups, BEFORE_AND_AFTER)
    units, place = placed(table.units, OFFER)
    days = table.denominator * _middle(table.units)[:, None, None]
    every, summed = (sum_of_offers(one, place, len(units)) for one in (table.denominator, days))
    return np.divide(summed, every, out=np.full_like(summed, np.nan), where=every > 0)


def _middle(units: pd.DataFrame) -> Floats:
    """Return the middle of each period, in days."""
    begins, ends = (pd.to_datetime(units[name]).to_numpy("datetime64[D]").astype(np.float64) for name in PERIOD)
    return (begins + ends) / 2


def _spans(adjusted: pd.DataFrame) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64]]:
    """Return the first day of each offer × phase, and the first day after it; reversed if there are no periods."""
    units, place = placed(adjusted, OFFER)
    phase = np.where(is_key(adjusted["phase"], Phase.AFTER), 1, 0)
    first = np.full((len(units), 2), np.datetime64("9999-12-31"), dtype="datetime64[D]")
    end = np.full((len(units), 2), np.datetime64("0001-01-01"), dtype="datetime64[D]")
    np.minimum.at(first, (place, phase), pd.to_datetime(adjusted["period_start"]).to_numpy("datetime64[D]"))
    np.maximum.at(end, (place, phase), pd.to_datetime(adjusted["period_end"]).to_numpy("datetime64[D]"))
    return first, end


def _slopes(question: Question, found: Standardised) -> Floats:
    """Return the weight of each group's rate in the answer."""
    if question.understanding is Understanding.GRADIENT:
        return weights(found.population[0].astype(np.float64)).slope
    return np.array([1.0] if question.understanding is Understanding.DISADVANTAGED else [-1.0, 1.0])


def _direction(question: Question, expected: float, net: Interval, reference: Interval, group: Interval) -> Direction:
    """Return the direction of a net change, from the expected answer after and the net changes of the two rates.

    Expected is the answer before plus the trend. What is smaller than expected is narrowed, and never called closed:
    it may be as large as before.
    """
    if question.understanding is Understanding.DISADVANTAGED:
        return Direction(str(rate_directions(net)))
    start = np.asarray(expected)
    after = Interval(*(start + part for part in net))
    found = Direction(str(gap_directions(Interval(start, start, start), after, net, reference, group)))
    return Direction.NARROWED if found is Direction.CLOSED else found
