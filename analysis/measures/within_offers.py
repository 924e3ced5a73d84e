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
from analysis.measures.intervals import Floats, Interval, mover_difference, proportion
from analysis.measures.result_frame import Flags, State, States, Whole
from analysis.model.terms import Phase, Rate

BEFORE_AND_AFTER = (Phase.BEFORE, Phase.AFTER)
METHOD = "MOVER, within offers"


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
        Whether to drop compared groups, until the offers that have all others hold most citizens.

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

    Source: direct standardisation; limits by MOVER from each rate's own limits, Zou, Huang & Zhang 2009, Comput Stat
    Data Anal 53:1080.
    """
    unit, units, share = found.unit, len(found.units), found.share
    error = rounding_error(found.rate, smallest_count)
    own = proportion(found.numerator, found.denominator, error)
    parts = share[:, None] * np.nan_to_num(np.stack([own.estimate, own.estimate - own.lower, own.upper - own.estimate]))
    estimate = sum_of_offers(parts[0], unit, units)
    below, above = (np.sqrt(sum_of_offers(part**2, unit, units)) for part in parts[1:])
    used = (share > 0)[:, None]
    numerator, denominator = (
        sum_of_offers(one * used, unit, units).astype(np.int64) for one in (found.numerator, found.denominator)
    )
    size = np.maximum(found.denominator, 1)
    lost = sum_of_offers(share[:, None] ** 2 / size * (1 + (error[0] ** 2 + error[1] ** 2) / size), unit, units)
    estimate = np.where(denominator > 0, estimate, np.nan)
    return Standardised(
        found.units,
        Interval(estimate, estimate - below, estimate + above),
        numerator,
        denominator,
        effective=np.divide(1, lost, out=np.zeros_like(lost), where=lost > 0),
        population=denominator.sum(axis=1) * found.needed,
    )


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
    """Drop groups one by one as long as the offers that have all others then hold more citizens; keep at least two."""
    kept = np.asarray(there.any(axis=0))
    best = _held(there, size, kept)
    while kept.sum() > 2:
        without = [kept & (np.arange(len(kept)) != place) for place in np.flatnonzero(kept)]
        held = [_held(there, size, one) for one in without]
        if max(held) <= best:
            break
        best = max(held)
        kept = without[int(np.argmax(held))]
    return kept


def _held(there: Flags, size: Whole, kept: Flags) -> int:
    """Return the citizens of these groups in the offers that have all of them."""
    return int(np.sum(size[np.all(there | ~kept, axis=-1)][:, kept]))


def sum_of_offers(values: Floats | Whole | Flags, unit: Whole, units: int) -> Floats:
    """Sum over the offers (first axis) of each of the ``units``."""
    belongs = (unit == np.arange(units)[:, None]).astype(np.float64)
    return np.asarray(np.tensordot(belongs, values, axes=1))
