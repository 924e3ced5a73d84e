"""Standardise rates within offers: each offer has one weight, the same in every phase and for every group.

Adding all citizens up per phase shows a change where no offer changed, as soon as offers of different rates grow,
shrink or begin at different times. Fixed weights prevent this.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.aggregate import OFFER, placed, tabulate
from analysis.measures.disclosure import hidden, rounding_error
from analysis.measures.intervals import (
    FEW,
    LEVEL,
    Floats,
    Interval,
    mover_difference,
    proportion,
    quantile,
    rounding_margin,
    score_limits,
)
from analysis.measures.result_frame import Flags, State, States, Whole
from analysis.model.terms import Phase, Rate

BEFORE_AND_AFTER = (Phase.BEFORE, Phase.AFTER)
METHOD = "MOVER, within offers"
RATE_METHOD = "score, within offers"


class Standardised(NamedTuple):
    """Rates with one mix of offers, in each unit × phase × group.

    Attributes
    ----------
    units : key columns of the units, and ``offers``, the number of compared offers.
    rates : rates with their intervals, as proportions; nan for a group that no compared offer has in every phase.
    numerator, denominator : citizens of the offers that a rate rests on.
    effective : size of one sample with the same precision: 1 / Σ (weight² / citizens), less if counts
        are rounded.
    population : citizens of each group over all phases, unit × group; 0 for a group that is not compared.
    """

    units: pd.DataFrame
    rates: Interval
    numerator: Whole
    denominator: Whole
    effective: Floats
    population: Whole

    def gap(self, reference: int, group: int) -> Interval:
        """Return the rate of one group minus that of another, unit × phase."""
        one, other = (Interval(*(part[..., place] for part in self.rates)) for place in (reference, group))
        return mover_difference(one, other)

    def states(self, smallest_count: int, groups: Sequence[int] | None = None) -> States:
        """Return the state of these groups together, by default of all compared ones, unit × phase."""
        used = self.population > 0
        if groups is not None:
            used &= np.isin(np.arange(used.shape[-1]), groups)
        small = np.any(hidden(self.numerator, self.denominator, smallest_count) & used[:, None], axis=-1)
        filled = np.sum((self.denominator > 0) & used[:, None], axis=-1)
        least = 2 if groups is None else len(groups)
        return np.select([filled == 0, small, filled < least], [State.EMPTY, State.HIDDEN, State.TOO_FEW], State.SHOWN)


class ComparedOffers(NamedTuple):
    """The offers of each unit, and the weights of those that are compared.

    Attributes
    ----------
    units : key columns of the units, and ``offers``, the number of compared offers.
    unit : unit of each offer.
    share : weight of each offer in the rate of each group; they sum to 1 over the offers of a unit.
    numerator, denominator : citizens, offer × phase × group.
    needed : groups that a compared offer has, unit × group.
    rate : the rate of the citizens.
    """

    units: pd.DataFrame
    unit: Whole
    share: Floats
    numerator: Whole
    denominator: Whole
    needed: Flags
    rate: Rate

    @property
    def citizens(self) -> Whole:
        """Citizens of each group in the compared offers, whether or not they have it in every phase."""
        is_compared = np.any(self.share > 0, axis=1, keepdims=True)[..., None]
        inside = self.denominator * is_compared
        return sum_of_offers(inside, self.unit, len(self.units)).astype(np.int64)


def compared_offers(
    counts: pd.DataFrame,
    rate: Rate,
    by: Sequence[str],
    groups: Sequence[str],
    compared: Sequence[str],
    phases: Sequence[Phase] = BEFORE_AND_AFTER,
    *,
    may_drop: bool = False,
) -> ComparedOffers:
    """Return the offers of each unit of ``by``, and the weights of those that can be compared.

    Parameters
    ----------
    counts
        Columns ``model.COUNTS_COLUMNS``, in citizens, for one dimension.
    compared
        Groups that an offer needs in every phase; an offer without one of them is left out.
    may_drop
        Whether to drop compared groups, so that the offers that have all others hold most citizens.

    Returns
    -------
    The weight of an offer is its citizens in the rate's denominator, over the compared groups and all phases.

    Raises as ``tabulate``.
    """
    table = tabulate(counts, rate, [*by, *(key for key in OFFER if key not in by)], groups, phases)
    units, unit = placed(table.units, by)
    there = np.all(table.denominator > 0, axis=1)
    size = table.denominator.sum(axis=1)
    needed = np.broadcast_to(np.isin(np.array(groups), list(compared)), (len(units), len(groups)))
    if may_drop:
        kept = [_most_citizens(there[unit == one] & needed[0], size[unit == one]) for one in range(len(units))]
        needed = np.array(kept, dtype=np.bool_).reshape(needed.shape)
    is_compared = np.all(there | ~needed[unit], axis=-1) & needed[unit].any(axis=-1)
    weight = (np.sum(size * needed[unit], axis=-1) * is_compared)[:, None] * there
    share = weight / np.maximum(sum_of_offers(weight, unit, len(units)), 1)[unit]
    units = units.assign(offers=np.bincount(unit[is_compared], minlength=len(units)))
    return ComparedOffers(units, unit, share, table.numerator, table.denominator, needed, rate)


def standardised(found: ComparedOffers, smallest_count: int) -> Standardised:
    """Return the rates of the groups in each unit, with one mix of offers. Rounded counts have wider intervals.

    A group that is not compared has a rate over those of the compared offers that have it in every phase.

    Source: direct standardisation; limits as ``_distances``, moved outwards by the rounding of each offer as far as
    rates of 0 and 1 leave room, added in squares.
    """
    unit, units, share = found.unit, len(found.units), found.share[:, None]
    error = rounding_error(found.rate, smallest_count)
    size = np.maximum(found.denominator, 1)
    rate = found.numerator / size
    numerator, denominator = (
        sum_of_offers(one * (share > 0), unit, units).astype(np.int64) for one in (found.numerator, found.denominator)
    )
    estimate = np.where(denominator > 0, sum_of_offers(share * rate, unit, units), np.nan)
    margin = rounding_margin(rate, size, error)
    below, above = (
        distance + np.sqrt(sum_of_offers((share * np.minimum(margin, room)) ** 2, unit, units))
        for distance, room in zip(_distances(found), (rate, 1 - rate), strict=True)
    )
    lost = sum_of_offers(share**2 / size * (1 + (error[0] ** 2 + error[1] ** 2) / size), unit, units)
    return Standardised(
        found.units,
        Interval(estimate, np.maximum(estimate - below, 0), np.minimum(estimate + above, 1)),
        numerator,
        denominator,
        effective=np.divide(1, lost, out=np.zeros_like(lost), where=lost > 0),
        population=denominator.sum(axis=1) * found.needed,
    )


def _distances(found: ComparedOffers) -> tuple[Floats, Floats]:
    """Return how far the limits of each rate lie below and above it, unit × phase × group.

    A limit is z standard errors away: the variance is Σ w² / n (p (1 − p) + (1 − part) P (1 − P) / n), p being the rate
    that each offer would have at the limit, and P = Σ w p. That p is Wilson's limit of the offer at z √part, and the
    parts, w² / n, add up to 1: one offer has Wilson's limits. The term with P makes up for p (1 − p), which n citizens
    show too small by 1 / n. Where the effective size is below ``FEW``: by MOVER from each offer's exact limits.

    By MOVER from Wilson's limits, many small offers lean: each of these limits is shifted towards 50 %, and a root of
    squares does not average that out. The change in a gap between 60 and 70 % was covered in 89 % of 40 offers with
    six citizens of each group in each phase, and that between 90 and 95 % in 99 %.

    Source: the score method for a sum of proportions, Martín Andrés, Herranz Tejedor & Álvarez Hernández 2012, J Stat
    Comput Simul, doi 10.1080/00949655.2010.530601; with Wilson's limits at a smaller z, Yan & Su 2010, Stat Biopharm
    Res 2:482. MOVER: Zou, Huang & Zhang 2009, Comput Stat Data Anal 53:1080.
    """
    share, z = found.share[:, None], quantile(LEVEL)
    size = np.maximum(found.denominator, 1)
    spread = share**2 / size

    def total(values: Floats) -> Floats:
        return sum_of_offers(values, found.unit, len(found.units))

    whole = total(spread)
    part = spread / np.where(whole > 0, whole, 1)[found.unit]
    limits = np.stack(score_limits(found.numerator / size, size, z * np.sqrt(part)), axis=-1)
    together = np.clip(total(share[..., None] * limits), 0, 1)
    shared = ((1 - part) / size)[..., None] * (together * (1 - together))[found.unit]
    distances = z * np.sqrt(total(spread[..., None] * (limits * (1 - limits) + shared)))
    few = whole * FEW > 1
    if np.any(few):
        own = proportion(found.numerator, found.denominator)
        exact = np.nan_to_num(np.stack([own.estimate - own.lower, own.upper - own.estimate], axis=-1))
        distances[few] = np.sqrt(total((share[..., None] * exact) ** 2))[few]
    return distances[..., 0], distances[..., 1]


def offers_left_out(
    counts: pd.DataFrame, rate: Rate, groups: Sequence[str], phases: Sequence[Phase] = BEFORE_AND_AFTER
) -> pd.DataFrame:
    """Return the offers that lack one of the groups in a phase, with their citizens.

    Returns
    -------
    ``municipality``, ``offer``, ``n``: citizens in the rate's denominator, over the phases and all groups.
    """
    table = tabulate(counts, rate, OFFER, groups, phases)
    lacks = ~np.all(table.denominator > 0, axis=(1, 2))
    _, place = placed(counts, OFFER)
    citizens = counts[rate.denominator.value].to_numpy(dtype=np.int64, na_value=0)
    every = np.bincount(place, citizens * counts["phase"].isin(phases).to_numpy(), len(table.units)).astype(np.int64)
    return table.units.loc[lacks, OFFER].reset_index(drop=True).assign(n=every[lacks])


def _most_citizens(there: Flags, size: Whole) -> Flags:
    """Return the groups, at least two, whose offers that have all of them hold most citizens of them.

    Only groups that some offers have in common come into question; of equals, the most groups.
    """
    kept: set[tuple[bool, ...]] = set()
    for own in {tuple(row) for row in there.tolist()}:
        kept |= {own} | {tuple(one & other for one, other in zip(own, common, strict=True)) for common in kept}
    found = [np.array(one, dtype=np.bool_) for one in kept if sum(one) > 1]
    if not found:
        return np.asarray(there.any(axis=0))
    return max(found, key=lambda one: (_held(there, size, one), int(one.sum()), one.tolist()))


def _held(there: Flags, size: Whole, kept: Flags) -> int:
    """Return the citizens of these groups in the offers that have all of them."""
    return int(np.sum(size[np.all(there | ~kept, axis=-1)][:, kept]))


def sum_of_offers(values: Floats | Whole | Flags, unit: Whole, units: int) -> Floats:
    """Sum over the offers (first axis) of each of the ``units``."""
    belongs = (unit == np.arange(units)[:, None]).astype(np.float64)
    return np.asarray(np.tensordot(belongs, values, axes=1))
