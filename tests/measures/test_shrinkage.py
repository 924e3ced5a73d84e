"""Shrunken estimates: a published example, and extremes that chance alone made."""

import numpy as np
import pandas as pd
import pytest

from analysis.measures.dispersion import spread_beyond_chance
from analysis.measures.intervals import quantile
from analysis.measures.result_frame import State
from analysis.measures.shrinkage import shrunken

# Rubin 1981, J Educ Stat 6:377, as rounded in Gelman et al. 2013, Bayesian Data Analysis, table 5.2: effects of
# coaching in eight schools, and their standard errors. Their pooled estimate is 7.7.
EFFECTS = np.array([28.0, 8, -3, 7, -1, 1, 18, 12])
ERRORS = np.array([15.0, 10, 16, 11, 9, 11, 10, 18])


def effects(estimates: np.ndarray, errors: np.ndarray) -> pd.DataFrame:
    half = quantile(0.95) * errors
    numbers = {"estimate": estimates, "lower": estimates - half, "upper": estimates + half}
    return pd.DataFrame({**numbers, "state": State.SHOWN})


def test_eight_schools_are_drawn_to_their_mean() -> None:
    # The between-school variance is estimated as 0 for these data, so that every school gets the pooled one.
    np.testing.assert_allclose(shrunken(effects(EFFECTS, ERRORS)), 7.7, atol=0.05)


def test_certain_estimates_stay_and_uncertain_ones_are_drawn_in() -> None:
    estimates, errors = np.array([-30.0, -10.0, 10.0, 30.0]), np.array([1.0, 10.0, 10.0, 1.0])
    found = shrunken(effects(estimates, errors))
    assert np.all(np.abs(found) < np.abs(estimates))
    assert abs(found[0] + 30) < 0.1 < abs(found[1] + 10)


def test_the_largest_of_offers_without_any_change_are_drawn_in_by_most_of_their_size() -> None:
    random = np.random.default_rng(3)
    raw, drawn_in = [], []
    for _ in range(200):
        found = effects(random.normal(0, 10, 19), np.full(19, 10.0))
        raw.append(found["estimate"].nsmallest(3).mean())
        drawn_in.append(np.sort(shrunken(found))[:3].mean())
    assert np.mean(raw) < -12
    assert np.mean(drawn_in) > 0.3 * np.mean(raw)


def test_one_offer_is_not_shrunken() -> None:
    assert shrunken(effects(np.array([5.0]), np.array([1.0]))).tolist() == [5.0]


@pytest.mark.parametrize("groups", [2, 7])
def test_the_spread_does_not_grow_with_the_number_of_groups(groups: int) -> None:
    random = np.random.default_rng(1)
    size = np.full(groups, 60.0)
    found = []
    for _ in range(500):
        rates = random.binomial(60, 0.5, groups) / 60
        found.append(spread_beyond_chance(rates, np.full(groups, 0.25 / 60), size))
    assert np.mean(np.array(found) == 0) > 0.5
    assert np.mean(found) < 0.03
