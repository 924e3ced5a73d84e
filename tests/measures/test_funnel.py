"""Funnel limits by hand, and who lies beyond them."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.measures.funnel import funnel, funnel_limits
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
