"""Whether citizens come at the same time: two groups within a phase, and the rates of one from period to period."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.measures.aggregate import OFFER, placed, tabulate
from analysis.measures.intervals import Floats
from analysis.measures.result_frame import Whole
from analysis.measures.within_offers import BEFORE_AND_AFTER, sum_of_offers
from analysis.model.terms import Phase, Rate

PERIOD = ["period_start", "period_end"]
DAYS_OF_A_MONTH = 365.25 / 12
MONTHS_OF_A_YEAR = 12
FEWEST_EXPECTED = 1.0
"""Smallest number of citizens, expected to reach the stage or not, of a period that tells of chance."""


class Timing(NamedTuple):
    """The timing of two groups in a phase, and the spread of their rates between periods.

    Attributes
    ----------
    months, error : how much later one group comes than the other within the offers, and the standard error of that.
    apart : part of the citizens who would have to come in another month of the year, for both groups to come alike.
    chi_square, freedom : of the hypothesis that both groups come in the same months of the year.
    spread, spread_freedom : of the hypothesis that a rate is the same in all periods of an offer × group.
    """

    months: float
    error: float
    apart: float
    chi_square: float
    freedom: int
    spread: float
    spread_freedom: int


def timing(
    counts: pd.DataFrame, rate: Rate, group: str, reference: str, phases: Sequence[Phase] = BEFORE_AND_AFTER
) -> list[Timing | None]:
    """Return the timing of the group and the reference in each phase; None where no offer has both.

    Parameters
    ----------
    counts
        Columns of ``store.counts_by_month``, in citizens, for one dimension.

    Source: Pearson 1900, Phil Mag 50:157.
    """
    table = tabulate(counts, rate, [*OFFER, *PERIOD], [group, reference], phases)
    units, place = placed(table.units, OFFER)
    begins, ends = (table.units[name].to_numpy("datetime64[D]") for name in PERIOD)
    day = (begins.astype(np.float64) + ends.astype(np.float64)) / 2
    month = begins.astype("datetime64[M]").astype(np.int64) % MONTHS_OF_A_YEAR
    return [
        _timing(table.numerator[:, one], table.denominator[:, one], place, len(units), day, month)
        for one in range(len(phases))
    ]


def chance(chi_square: float, freedom: int) -> float:
    """Return the chance of such a χ² or a larger one; 1 without any freedom."""
    from scipy.special import chdtrc  # Does not delay the first page.

    return float(chdtrc(freedom, chi_square)) if freedom else 1.0


def _timing(reached: Whole, citizens: Whole, offer: Whole, offers: int, day: Floats, month: Whole) -> Timing | None:
    """Return the timing from the citizens of each period × group; ``month`` of the year, 0 to 11."""
    at = day[:, None]
    number, summed, squared, stage = (
        sum_of_offers(one, offer, offers) for one in (citizens, citizens * at, citizens * at**2, reached)
    )
    has_both = number.all(axis=1)
    if not has_both.any():
        return None
    size = number[has_both]
    mean = summed[has_both] / size
    variance = np.maximum(squared[has_both] / size - mean**2, 0) / size
    weight = size.sum(axis=1) / size.sum()
    later, error = weight @ (mean[:, 0] - mean[:, 1]), np.sqrt(weight**2 @ variance.sum(axis=1))
    own = citizens * np.asarray(has_both)[offer][:, None]
    apart, chi_square, freedom = _months_apart(sum_of_offers(own, month, MONTHS_OF_A_YEAR))
    spread, spread_freedom = _spread(reached, citizens, offer, stage / np.maximum(number, 1))
    return Timing(
        float(later / DAYS_OF_A_MONTH),
        float(error / DAYS_OF_A_MONTH),
        apart,
        chi_square,
        freedom,
        spread,
        spread_freedom,
    )


def _months_apart(citizens: Floats) -> tuple[float, float, int]:
    """Return how far apart two groups are over the months of the year, month × group, with χ² and its freedom."""
    used = citizens[citizens.sum(axis=1) > 0]
    share = used / used.sum(axis=0)
    expected = used.sum(axis=1, keepdims=True) * used.sum(axis=0) / used.sum()
    return (
        float(np.abs(share[:, 0] - share[:, 1]).sum() / 2),
        float(((used - expected) ** 2 / expected).sum()),
        len(used) - 1,
    )


def _spread(reached: Whole, citizens: Whole, offer: Whole, rate: Floats) -> tuple[float, int]:
    """Return χ² and its freedom of equal rates in all periods of each offer × group."""
    own = rate[offer]
    expected, rest = citizens * own, citizens * (1 - own)
    is_used = np.minimum(expected, rest) >= FEWEST_EXPECTED
    squared = np.where(is_used, (reached - expected) ** 2 / np.maximum(expected * (1 - own), 1e-9), 0)
    periods = sum_of_offers(is_used, offer, len(rate))
    return float(squared.sum()), int(np.maximum(periods - 1, 0).sum())
