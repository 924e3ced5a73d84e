"""A gap with the same mix of offers in both groups: is it within the offers, or only in who goes where?"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.disclosure import hidden
from analysis.measures.frame import Flags, State, States, Whole, tidy
from analysis.measures.intervals import Floats, Interval, mover_sum, newcombe_difference, quantile, wilson
from analysis.measures.tally import Cell, is_key, one_dimension, placed, tally
from analysis.model import Phase, Rate

OFFER = ("municipality", "offer")


def gap_by_offer_mix(
    counts: pd.DataFrame,
    rate: Rate,
    group: str,
    reference: str,
    by: Sequence[str],
    smallest_count: int,
    level: float = 0.95,
) -> pd.DataFrame:
    """The absolute gap in each unit of ``by`` and each phase: crude, and with the same mix of offers in both groups.

    Takes what ``gaps.gaps`` takes. Returns ``by``; ``phase``; ``kind``; ``offers``, those that both groups have
    citizens in; ``left_out``, those that only one has; ``estimate``, ``lower``, ``upper``, proportions, the reference
    minus the group; ``method``; ``n``, the citizens it rests on; ``state``. Kinds:

    - ``crude``: all offers added up;
    - ``Mantel-Haenszel``: the offers' own gaps with weights n₁ n₂ / (n₁ + n₂);
    - ``direct standardisation``: each group's rates weighted by both groups' citizens in the offer.

    Hidden where the counts of either group, over all the offers that a kind rests on, are small; empty where either
    group has nobody in them. With one offer all kinds are its own gap. Raises as ``gaps.gaps``.

    Source: Mantel & Haenszel 1959, J Natl Cancer Inst 22:719, with the variance of Sato 1989, Biometrics 45:1323;
    direct standardisation's limits by MOVER, Zou, Huang & Zhang 2009, Comput Stat Data Anal 53:1080.
    """
    one_dimension(counts, by)
    if group == reference:
        raise ValueError(f"{group} cannot be compared with itself: pick another reference")
    counts = counts[~is_key(counts["phase"], Phase.TRANSITION)]
    unit_keys = [*by, "phase"]
    stratum_keys = [*unit_keys, *(key for key in OFFER if key not in unit_keys)]
    groups = [is_key(counts["group"], key) for key in (reference, group)]
    strata, cells = tally(counts, rate, stratum_keys, groups)
    units, unit = placed(strata, unit_keys)
    ahead, behind = cells
    shared = (ahead.denominator > 0) & (behind.denominator > 0)
    either = (ahead.denominator > 0) | (behind.denominator > 0)
    inside = (unit == np.arange(len(units))[:, None]) & shared
    units = units.assign(offers=inside.sum(axis=1), left_out=_summed(either & ~shared, unit, len(units)))
    whole = [Cell(*(_summed(one, unit, len(units)) for one in cell)) for cell in cells]
    common = [Cell(*(_summed(np.where(shared, one, 0), unit, len(units)) for one in cell)) for cell in cells]
    crude = newcombe_difference(*whole[0], *whole[1], level)
    found = (
        ("crude", crude, "Newcombe", whole),
        ("Mantel-Haenszel", _mantel_haenszel(ahead, behind, inside, level), "Sato", common),
        ("direct standardisation", _standardised(ahead, behind, inside, level), "MOVER", common),
    )
    frames = []
    for kind, interval, method, resting_on in found:
        n = np.asarray(sum(cell.denominator for cell in resting_on))
        state = _standing(resting_on, smallest_count)
        frames.append(tidy(units.assign(kind=kind), interval._asdict(), method, n, state))
    return pd.concat(frames, ignore_index=True)


def _summed(values: Whole | Flags, unit: Whole, units: int) -> Whole:
    return np.bincount(unit, values, minlength=units).astype(np.int64)


def _standing(cells: Sequence[Cell], smallest_count: int) -> States:
    small = np.any([hidden(*cell, smallest_count) for cell in cells], axis=0)
    empty = np.any([cell.denominator == 0 for cell in cells], axis=0)
    return np.select([small, empty], [State.HIDDEN, State.EMPTY], State.SHOWN)


def _mantel_haenszel(ahead: Cell, behind: Cell, inside: Flags, level: float) -> Interval:
    """The mean of the gaps over the strata inside each unit, units on the first axis; nan without any."""
    (x1, n1), (x2, n2) = (tuple(np.where(inside, one, 0.0) for one in cell) for cell in (ahead, behind))
    total = np.where(inside, n1 + n2, 1)
    weight = np.sum(n1 * n2 / total, axis=1)
    weight = np.where(weight > 0, weight, np.nan)
    estimate = np.sum((x1 * n2 - x2 * n1) / total, axis=1) / weight
    p = np.sum((n1**2 * x2 - n2**2 * x1 + n1 * n2 * (n2 - n1) / 2) / total**2, axis=1)
    q = np.sum((x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * total), axis=1)
    half = quantile(level) * np.sqrt(np.maximum(estimate * p + q, 0)) / weight
    return Interval(estimate, estimate - half, estimate + half)


def _standardised(ahead: Cell, behind: Cell, inside: Flags, level: float) -> Interval:
    """The gap between both groups' rates, each weighted by the citizens of both in every stratum; nan without any."""
    size: Floats = np.where(inside, ahead.denominator + behind.denominator, 0.0)
    total = size.sum(axis=1, keepdims=True)
    share = size / np.where(total > 0, total, np.nan)
    values = (np.broadcast_to(one, (*inside.shape, 2)) for one in _both(ahead, behind, level))
    weight = np.stack([share, -share], axis=-1)
    flat = (len(inside), 2 * inside.shape[1])
    return mover_sum(weight.reshape(flat), Interval(*(one.reshape(flat) for one in values)))


def _both(ahead: Cell, behind: Cell, level: float) -> Interval:
    """Wilson's interval of both rates in every stratum, groups on the last axis."""
    numerator, denominator = (np.stack(pair, axis=-1) for pair in zip(ahead, behind, strict=True))
    return wilson(numerator, denominator, level)
