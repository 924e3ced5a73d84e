"""The change in an answer within adjusted offers, minus that within comparison offers over the same months."""

import math
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.aggregate import OFFER, has_known_stages, is_key, placed, tabulate
from analysis.measures.by_understanding import needed_groups
from analysis.measures.directions import gap_directions, rate_directions
from analysis.measures.disclosure import hidden, rounding_error
from analysis.measures.gradients import weights
from analysis.measures.intervals import LEVEL, Floats, Interval, detectable, mover_difference, mover_sum, pair, quantile
from analysis.measures.net_of_trend import spans
from analysis.measures.result_frame import Flags, State, Whole, with_change
from analysis.measures.within_offers import BEFORE_AND_AFTER, Standardised, compared_offers, standardised, sum_of_offers
from analysis.model.terms import Direction, Phase, Question, Rate, Understanding

PERIOD = ["period_start", "period_end"]


class NetChange(NamedTuple):
    """A change net of the trend, as proportions; nan unless ``state`` is shown.

    Attributes
    ----------
    before : the answer of the adjusted offers before.
    change, trend : change of the adjusted offers, and of the comparison offers over the same months.
    estimate, lower, upper : change minus trend.
    detectable : smallest change that such a sample shows with a chance of 80 %.
    offers, comparisons : number of adjusted offers, and of comparison offers.
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
    comparison offers that have the groups in both, each with one weight: its citizens. The trends are averaged with the
    weights of the adjusted offers. A month of a comparison offer counts in the trend of many adjusted offers; its
    weight in the whole trend is the sum, and the variance follows from it. An adjusted offer without any comparison is
    left out. The answer must be linear in the rates: a rate, a gap, or a slope.

    Source: Callaway & Sant'Anna 2021, J Econom 225:200, never-treated comparisons; limits by MOVER, Zou & Donner 2008,
    Stat Med 27:1693, with Agresti & Coull's variance of the trend, 1998, Am Stat 52:119.
    """
    groups, may_drop = needed_groups(question), question.understanding is Understanding.GRADIENT
    months = months[has_known_stages(months, question.rate)]
    adjusted = months[months["phase"].isin(BEFORE_AND_AFTER)]
    trends = _trends(months, adjusted, question.rate, groups)
    _, place = placed(adjusted, OFFER)
    adjusted = adjusted[trends.is_known[place]]
    offers = compared_offers(adjusted, question.rate, [], groups, groups, may_drop=may_drop)
    found = standardised(offers, smallest_count)
    state = with_change(found.states(smallest_count, None if may_drop else range(len(groups))))[0, -1]
    if state != State.SHOWN or trends.is_small(smallest_count):
        return _not_shown(State.HIDDEN if state == State.SHOWN else State(state))
    slopes = _slopes(question, found)
    before, after = (Interval(*(part[0] for part in one)) for one in pair(mover_sum(slopes, found.rates)))
    trend = trends.weighted(offers.share * slopes, rounding_error(question.rate, smallest_count))
    change = mover_difference(after, before)
    net = mover_difference(change, trend)
    return NetChange(
        float(before.estimate),
        float(change.estimate),
        float(trend.estimate),
        float(net.estimate),
        float(net.lower),
        float(net.upper),
        float(detectable(net)),
        _direction(question, before, net),
        int(found.units["offers"].iloc[0]),
        trends.comparisons,
        State.SHOWN,
    )


def _not_shown(state: State) -> NetChange:
    return NetChange(math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, None, 0, 0, state)


class _Trends(NamedTuple):
    """Months of the comparison offers, and their weights in the trend of each adjusted offer.

    Attributes
    ----------
    numerator, denominator : citizens, month × group.
    offer : comparison offer of each month.
    weight : weight in the trend of each adjusted offer, adjusted offer × month × group; below 0 for months before.
    inside : months before and after of any adjusted offer, phase × month.
    """

    numerator: Whole
    denominator: Whole
    offer: Whole
    weight: Floats
    inside: Flags

    @property
    def is_known(self) -> Flags:
        return np.asarray(self.weight.any(axis=(1, 2)))

    @property
    def comparisons(self) -> int:
        return len(np.unique(self.offer[self.weight.any(axis=(0, 2))]))

    def is_small(self, smallest_count: int) -> bool:
        counts = (self.inside @ self.numerator, self.inside @ self.denominator)
        return bool(hidden(*counts, smallest_count).any())

    def weighted(self, shares: Floats, error: tuple[float, float]) -> Interval:
        """Return the trend with these weights of adjusted offer × group, and its interval."""
        weight = np.einsum("og,omg->mg", shares, self.weight[self.is_known])
        reached, all_citizens = (
            sum_of_offers(one, self.offer, self.offer.max() + 1)[self.offer]
            for one in (self.numerator, self.denominator)
        )
        z = quantile(LEVEL)
        rate = (reached + z**2 / 2) / (all_citizens + z**2)
        of_rounding = 1 + (error[0] ** 2 + error[1] ** 2) / np.maximum(all_citizens, 1)
        variance = np.sum(weight**2 * self.denominator * rate * (1 - rate) * of_rounding)
        estimate, half = np.sum(weight * self.numerator), z * np.sqrt(variance)
        return Interval(*(np.asarray(value) for value in (estimate, estimate - half, estimate + half)))


def _trends(months: pd.DataFrame, adjusted: pd.DataFrame, rate: Rate, groups: list[str]) -> _Trends:
    compared = months[is_key(months["phase"], Phase.UNADJUSTED)]
    table = tabulate(compared, rate, [*OFFER, *PERIOD], groups, [Phase.UNADJUSTED])
    numerator, denominator = table.numerator[:, 0], table.denominator[:, 0]
    comparisons, offer = placed(table.units, OFFER)
    first, end = spans(adjusted)
    begins, ends = (pd.to_datetime(table.units[name]).to_numpy("datetime64[D]") for name in PERIOD)
    inside = (begins >= first[..., None]) & (ends <= end[..., None])
    belongs = offer == np.arange(len(comparisons))[:, None]
    citizens = np.einsum("okm,cm,mg->okcg", inside, belongs, denominator)
    size = np.all(citizens > 0, axis=(1, 3)) * citizens.sum(axis=(1, 3))
    share = size / np.maximum(size.sum(axis=1, keepdims=True), 1)
    sign = np.array([-1, 1])[:, None, None]
    per_citizen = np.sum(sign * inside[..., None] / np.maximum(citizens, 1)[:, :, offer], axis=1)
    return _Trends(numerator, denominator, offer, per_citizen * share[:, offer, None], inside.any(axis=0))


def _slopes(question: Question, found: Standardised) -> Floats:
    """Return the weight of each group's rate in the answer."""
    if question.understanding is Understanding.GRADIENT:
        return weights(found.population[0].astype(np.float64)).slope
    return np.array([1.0] if question.understanding is Understanding.DISADVANTAGED else [-1.0, 1.0])


def _direction(question: Question, before: Interval, net: Interval) -> Direction:
    """Return the direction of a net change, from the answer before."""
    if question.understanding is Understanding.DISADVANTAGED:
        return Direction(str(rate_directions(net)))
    after = Interval(*(before.estimate + part for part in net))
    return Direction(str(gap_directions(Interval(*[before.estimate] * 3), after, net)))
