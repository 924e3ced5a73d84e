"""The gap between two groups within offers, in percentage points and as a ratio."""

from collections.abc import Sequence
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.aggregate import two_groups
from analysis.measures.intervals import Floats, Interval, ratio
from analysis.measures.result_frame import repeated, tidy, where_defined
from analysis.measures.within_offers import BEFORE_AND_AFTER, Standardised, compared_offers, standardised
from analysis.model.terms import Phase, Rate

REFERENCE, GROUP = 0, 1


class Scale(StrEnum):
    """Scale of a gap: the difference of two rates, or their ratio."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    """Ratio of the rates of those who reached the stage."""
    SHORTFALL = "relative shortfall"
    """Ratio of the rates of those who did not; it can move in the opposite direction."""


def gaps(
    counts: pd.DataFrame,
    rate: Rate,
    group: str,
    reference: str,
    by: Sequence[str],
    smallest_count: int,
    scales: Sequence[Scale] = tuple(Scale),
    phases: Sequence[Phase] = BEFORE_AND_AFTER,
) -> pd.DataFrame:
    """Return the gap in each unit of ``by`` and each phase, on each of these scales, from rates within offers.

    Parameters
    ----------
    counts
        Columns ``model.COUNTS_COLUMNS``, in citizens, for one dimension, or for several prepared by ``ends`` and
        separated by ``by``. Rows in which a stage of this rate is missing are left out.
    by
        Key columns of a unit; may be empty, and contains neither phase nor group.
    phases
        Phases that every compared offer has.

    Returns
    -------
    ``by``; ``phase``; ``scale``; ``estimate``, ``lower`` and ``upper``; ``method``; ``n``, the citizens in both
    denominators (Int64, missing if hidden); ``state``. Scale ``absolute`` is the reference's rate minus the group's, a
    proportion −1 to 1; for the shortfall it has the same size and the opposite sign. ``relative`` is the reference's
    rate divided by the group's. ``relative shortfall`` is the group's share who did not reach the stage divided by the
    reference's. On every scale the group does better if the value is below 0, or below 1 for a ratio. A row is hidden
    if either group's count is small, empty if no offer can be compared, and undefined if a ratio would divide by 0.

    Raises
    ------
    ValueError
        If the counts hold more than one dimension, if the groups are the same, or if a stage has more citizens than the
        one before it.

    Source: of one offer Newcombe 1998, Stat Med 17:873, method 10; Katz et al. 1978, Biometrics 34:469, and where a
    count is below 10 Koopman 1984, Biometrics 40:513; of several offers as ``within_offers.standardised``, and the
    ratio of samples of the effective size. Both scales: Kjellsson et al. 2015, Epidemiology 26:673.
    """
    two_groups(group, reference)
    pair = [reference, group]
    found = standardised(compared_offers(counts, rate, by, pair, pair, phases), smallest_count)
    units = repeated(found.units[list(by)], len(phases)).assign(phase=np.repeat(list(phases), len(found.units)))
    rows = repeated(units, len(scales)).assign(scale=np.repeat([scale.value for scale in scales], len(units)))
    on_scales = [_on_scale(scale, found) for scale in scales]
    numbers = {
        name: np.concatenate([getattr(one, name).T.ravel() for one, _ in on_scales]) for name in Interval._fields
    }
    methods = np.concatenate([np.broadcast_to(method, one.estimate.shape).T.ravel() for one, method in on_scales])
    n = found.denominator.sum(axis=-1).T.ravel()
    states = found.states(smallest_count, (REFERENCE, GROUP)).T.ravel()
    states = where_defined(np.tile(states, len(scales)), numbers["estimate"])
    return tidy(rows, numbers, methods, np.tile(n, len(scales)), states)


def _on_scale(scale: Scale, found: Standardised) -> tuple[Interval, str | NDArray[np.str_]]:
    """Return the gap and its interval method. The numerator of the shortfall ratio is the group's shortfall."""
    if scale is Scale.ABSOLUTE:
        return found.gap(REFERENCE, GROUP), "Newcombe"
    if scale is Scale.RELATIVE:
        return ratio(*_sample(found, REFERENCE), *_sample(found, GROUP))
    return ratio(*_sample(found, GROUP, shortfall=True), *_sample(found, REFERENCE, shortfall=True))


def _sample(found: Standardised, group: int, *, shortfall: bool = False) -> tuple[Floats, Floats]:
    """Return numerator and denominator of a sample of the effective size with the standardised rate."""
    size = found.effective[..., group]
    rate = np.nan_to_num(np.clip(found.rates.estimate[..., group], 0, 1))
    return np.minimum(size * (1 - rate if shortfall else rate), size), size
