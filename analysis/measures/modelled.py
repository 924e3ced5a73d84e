"""The change in a gap from a regression with fixed effects of offers and errors clustered by offer."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit
from statsmodels.regression.linear_model import WLS

from analysis.measures.aggregate import OFFER, placed, tabulate, two_groups
from analysis.measures.disclosure import hidden
from analysis.measures.intervals import LEVEL, Floats, Interval
from analysis.measures.result_frame import State, Whole, tidy
from analysis.model.terms import Rate

FEWEST_OFFERS = 3
METHOD = "linear probability, clustered by offer"


def modelled_change(
    counts: pd.DataFrame,
    rate: Rate,
    group: str,
    reference: str,
    by: Sequence[str],
    smallest_count: int,
) -> pd.DataFrame:
    """Return the change in the absolute gap in each unit of ``by``, from a linear probability model clustered by offer.

    Takes the arguments of ``gaps.change_in_gap`` and raises the same.

    Returns
    -------
    ``by``; ``offers``, the number of offers in the model; ``estimate``, ``lower``, ``upper`` of the change, as
    proportions; ``method``; ``n``, citizens; ``state``: hidden if any of the four cells is small over all offers, empty
    without any offer, too few below 3 offers.

    Notes
    -----
    The share who reached the stage is regressed on offer, group, phase and group × phase, weighted by citizens. This
    equals the regression on single citizens. Offers in which any of the four cells is empty contain no information
    about the change and are left out.

    Citizens of one offer share its staff, its room and its referrals, so each offer counts as one draw. Errors are
    clustered by offer, with the correction G / (G − 1) and t with G − 1 degrees of freedom for G offers. The fixed
    effects of offers are nested in the clusters and cost no degrees of freedom. With few or unequal offers the interval
    is still too narrow: below about ten, compare it with the pooled change of ``pooling``.

    Source: Cameron & Miller 2015, J Hum Resour 50:317.
    """
    two_groups(group, reference)
    offer = [*by, *(key for key in OFFER if key not in by)]
    table = tabulate(counts, rate, offer, [reference, group])
    units, place = placed(table.units, by)
    complete = np.all(table.denominator > 0, axis=(1, 2))
    fits = [
        _fit(table.numerator[rows], table.denominator[rows], smallest_count)
        for rows in ((place == unit) & complete for unit in range(len(units)))
    ]
    found = pd.DataFrame(fits, columns=list(Fit._fields))
    numbers = {name: found[name].to_numpy(dtype=np.float64) for name in Interval._fields}
    units = units.assign(offers=found["offers"].to_numpy(dtype=np.int64))
    return tidy(units, numbers, METHOD, found["n"].to_numpy(dtype=np.int64), found["state"].to_numpy(dtype=np.str_))


class Fit(NamedTuple):
    estimate: float
    lower: float
    upper: float
    offers: int
    n: int
    state: State


def _fit(numerator: Whole, denominator: Whole, smallest_count: int) -> Fit:
    """Fit the model to offers × phases × groups, the reference first."""
    offers, n = len(numerator), int(denominator.sum())
    state = State.SHOWN
    if offers < FEWEST_OFFERS:
        state = State.TOO_FEW if offers else State.EMPTY
    if hidden(numerator.sum(axis=0), denominator.sum(axis=0), smallest_count).any():
        state = State.HIDDEN
    if state is not State.SHOWN:
        return Fit(np.nan, np.nan, np.nan, offers, n, state)
    estimate, error = _clustered(numerator / denominator, denominator)
    half = float(stdtrit(offers - 1, (1 + LEVEL) / 2)) * error
    return Fit(estimate, estimate - half, estimate + half, offers, n, state)


def _clustered(rates: Floats, citizens: Whole) -> tuple[float, float]:
    """Return the coefficient of reference × after, and its standard error clustered by offer."""
    offers = len(rates)
    offer, phase, group = (axis.ravel() for axis in np.indices(rates.shape))
    after, reference = phase == 1, group == 0
    levels = offer[:, None] == np.arange(offers)
    design = np.column_stack([after & reference, after, reference, levels]).astype(np.float64)
    model = WLS(rates.ravel(), design, weights=citizens.ravel())
    fit = model.fit(cov_type="cluster", cov_kwds={"groups": offer, "use_correction": False})
    variance = max(float(fit.cov_params()[0, 0]), 0)  # Rounding can make the variance of a perfect fit negative.
    return float(fit.params[0]), float(np.sqrt(variance * offers / (offers - 1)))
