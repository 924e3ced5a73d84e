"""Funnel limits by hand, and who lies beyond them."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.measures.funnel import funnel, funnel_limits, overdispersion
from analysis.measures.result_frame import State
from analysis.model.terms import Rate

Table = Callable[..., pd.DataFrame]


def offers(table: Table, *pairs: tuple[int, int]) -> pd.DataFrame:
    return table(*[(f"{place}", "before", "short", n, x, 0) for place, (x, n) in enumerate(pairs)])


def found_in(counts: pd.DataFrame) -> pd.DataFrame:
    return funnel(counts, Rate.PARTICIPATION, ["offer"], 5)


def test_limits_by_hand() -> None:
    # .5 -/+ 1.959964 * sqrt(.25 / 100) and 3.090232 times the same.
    np.testing.assert_allclose(np.array(funnel_limits(0.5, np.array([100.0]), 0.95)).T, [[0.40200180, 0.59799820]])
    np.testing.assert_allclose(np.array(funnel_limits(0.5, np.array([100.0]), 0.998)).T, [[0.34548839, 0.65451161]])
    assert np.array(funnel_limits(0.01, np.array([10.0]), 0.998))[0] == 0
    assert np.isnan(np.array(funnel_limits(0.5, np.array([0.0]), 0.95))).all()


def test_both_levels_and_who_stands_out(table: Table) -> None:
    found = found_in(offers(table, (50, 100), (500, 1000), (65, 100), (35, 100)))
    assert found["level"].tolist() == [0.95] * 4 + [0.998] * 4
    assert found["target"].to_numpy() == pytest.approx(0.5)
    assert found["outside"].tolist() == [False, False, True, True] + [False] * 4


def test_a_hidden_unit_takes_no_part_in_the_target(table: Table) -> None:
    found = found_in(offers(table, (50, 100), (60, 100), (3, 100)))
    assert found["state"].tolist() == [State.SHOWN, State.SHOWN, State.HIDDEN] * 2
    assert found["target"].dropna().unique().tolist() == [0.55]
    assert found.loc[found["state"] == State.HIDDEN, ["estimate", "lower", "upper", "n"]].isna().all(axis=None)


def test_one_unit_has_nobody_to_differ_from(table: Table) -> None:
    assert found_in(offers(table, (50, 100)))["state"].eq(State.TOO_FEW).all()
    assert found_in(offers(table)).empty


def test_overdispersion_by_hand() -> None:
    # Target .6; z = -2.0412, 0, 3.0619, -6.1237, 5.1031; the outer two are set to the 10 % and 90 % quantile: -6.1237 +
    # .4 (6.1237 - 2.0412) = -4.4907 and 5.1031 - .4 (5.1031 - 3.0619) = 4.2866. Squares 4.1667 + 0 + 9.375 + 20.1667 +
    # 18.375 = 52.0833, over 5 units.
    found, is_evident = overdispersion(np.array([0.5, 0.6, 0.75, 0.3, 0.85]), np.full(5, 100), 0.6)
    assert found == pytest.approx(52.0833333 / 5)
    assert is_evident


def test_overdispersion_needs_evidence(table: Table) -> None:
    # z = 0, 0, 3, -3, winsorised 2.1: phi = 2.205, and 4 phi = 8.82 is below 9.488, the 95 % quantile of chi-square.
    alike = offers(table, (50, 100), (500, 1000), (65, 100), (35, 100))
    found = found_in(alike)
    assert found["overdispersion"].to_numpy() == pytest.approx(2.205)
    assert found["inflation"].eq(1).all()


def test_limits_allow_for_what_makes_all_units_differ(table: Table) -> None:
    found = found_in(offers(table, (50, 100), (60, 100), (75, 100), (30, 100), (85, 100)))
    assert found["inflation"].to_numpy() == pytest.approx(52.0833333 / 5)
    # .6 -/+ 1.959964 sqrt(10.41667 * .24 / 100) = .6 -/+ .309897; without the factor .70399 and three units outside.
    first = found.iloc[0]
    assert [first["lower"], first["upper"]] == pytest.approx([0.2901027, 0.9098973])
    assert not found["outside"].any()


def test_units_that_vary_by_chance_alone_seldom_have_wider_limits() -> None:
    random = np.random.default_rng(5)
    n = random.integers(50, 500, (400, 19))
    x = random.binomial(n, 0.6)
    evident = [overdispersion(some / size, size, some.sum() / size.sum())[1] for some, size in zip(x, n, strict=True)]
    assert np.mean(evident) <= 0.05


def test_without_anybody_or_with_everybody_there_is_no_overdispersion(table: Table) -> None:
    found = found_in(offers(table, (100, 100), (50, 50)))
    assert found["overdispersion"].isna().all() and found["inflation"].eq(1).all() and not found["outside"].any()
