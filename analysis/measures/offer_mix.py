"""A gap standardised to the same mix of offers: does it arise within offers, or from the choice of offer?"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.aggregate import (
    OFFER,
    Cell,
    aggregate_counts,
    is_key,
    one_dimension,
    placed,
    small_or_empty,
    two_groups,
)
from analysis.measures.intervals import Floats, Interval, mover_sum, newcombe_difference, wilson
from analysis.measures.result_frame import Flags, State, Whole, tidy
from analysis.model.terms import Phase, Rate


def gap_by_offer_mix(
    counts: pd.DataFrame,
    rate: Rate,
    group: str,
    reference: str,
    by: Sequence[str],
    smallest_count: int,
) -> pd.DataFrame:
    """Return the absolute gap in each unit of ``by`` and each phase: crude, and with one mix of offers in both groups.

    Takes the arguments of ``gaps.gaps`` and raises the same.

    Returns
    -------
    ``by``; ``phase``; ``kind``; ``offers``, the number of offers with citizens of both groups; ``left_out``, those with
    citizens of one group only; ``estimate``, ``lower``, ``upper``, the reference minus the group, as proportions;
    ``method``; ``n``, the citizens included; ``state``. Kinds:

    - ``crude``: all offers together;
    - ``Mantel-Haenszel``: the gaps of the offers with weights n₁ n₂ / (n₁ + n₂);
    - ``direct standardisation``: each group's rates weighted by both groups' citizens in the offer, which equals the
      gaps of the offers with weights n₁ + n₂.

    A row is hidden if the count of either group is small, over all offers that the kind includes. Except for ``crude``,
    it is also hidden if the count over the offers left out, which is the difference, is small. A row is empty if either
    group has no citizens in the offers. With one comparable offer, the last two kinds are the gap of that offer.

    Source: Mantel & Haenszel 1959, J Natl Cancer Inst 22:719; limits by MOVER from each rate's Wilson limits, Zou,
    Huang & Zhang 2009, Comput Stat Data Anal 53:1080.
    """
    one_dimension(counts, by)
    two_groups(group, reference)
    counts = counts[~is_key(counts["phase"], Phase.TRANSITION)]
    unit_keys = [*by, "phase"]
    stratum_keys = [*unit_keys, *(key for key in OFFER if key not in unit_keys)]
    groups = [is_key(counts["group"], key) for key in (reference, group)]
    strata, cells = aggregate_counts(counts, rate, stratum_keys, groups)
    units, unit = placed(strata, unit_keys)
    ahead, behind = cells
    shared = (ahead.denominator > 0) & (behind.denominator > 0)
    either = (ahead.denominator > 0) | (behind.denominator > 0)
    inside = (unit == np.arange(len(units))[:, None]) & shared
    units = units.assign(offers=inside.sum(axis=1), left_out=_summed(either & ~shared, unit, len(units)))
    whole = [Cell(*(_summed(one, unit, len(units)) for one in cell)) for cell in cells]
    common = [Cell(*(_summed(np.where(shared, one, 0), unit, len(units)) for one in cell)) for cell in cells]
    rest = [Cell(*(one - part for one, part in zip(*pair, strict=True))) for pair in zip(whole, common, strict=True)]
    crude = newcombe_difference(*whole[0], *whole[1])
    size = ahead.denominator + behind.denominator.astype(np.float64)
    product = ahead.denominator * behind.denominator.astype(np.float64)
    found = (
        ("crude", crude, "Newcombe", whole),
        ("Mantel-Haenszel", _mean_gap(ahead, behind, inside * product / np.maximum(size, 1)), "MOVER", common),
        ("direct standardisation", _mean_gap(ahead, behind, inside * size), "MOVER", common),
    )
    frames = []
    for kind, interval, method, resting_on in found:
        n = np.asarray(sum(cell.denominator for cell in resting_on))
        small, empty = small_or_empty(resting_on, smallest_count)
        if resting_on is common:
            small |= small_or_empty(rest, smallest_count)[0]
        state = np.select([small, empty], [State.HIDDEN, State.EMPTY], State.SHOWN)
        frames.append(tidy(units.assign(kind=kind), interval._asdict(), method, n, state))
    return pd.concat(frames, ignore_index=True)


def _summed(values: Whole | Flags, unit: Whole, units: int) -> Whole:
    return np.bincount(unit, values, minlength=units).astype(np.int64)


def _mean_gap(ahead: Cell, behind: Cell, weight: Floats) -> Interval:
    """Return the weighted mean of the gaps of the strata, units × strata; nan if no stratum has a weight."""
    total = weight.sum(axis=1, keepdims=True)
    share = weight / np.where(total > 0, total, np.nan)
    values = [np.concatenate(pair) for pair in zip(wilson(*ahead), wilson(*behind), strict=True)]
    return mover_sum(np.concatenate([share, -share], axis=1), Interval(*values))
