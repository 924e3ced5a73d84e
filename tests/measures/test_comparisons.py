"""The example of Benjamini and Hochberg, and p-values from intervals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.comparisons import adjusted_for_many, benjamini_hochberg
from analysis.measures.result_frame import State

# Benjamini & Hochberg 1995, J R Stat Soc B 57:289, section 4: the p-values of 15 comparisons of treatments of
# myocardial infarction, and what R's p.adjust makes of them. Four are significant at 5 %.
P_VALUES = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1),
]
ADJUSTED = [
    *(0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.0638571428571429, 0.0638571428571429, 0.0645, 0.0765, 0.486),
    *(0.581181818181818, 0.714875, 0.753230769230769, 0.813214285714286, 1),
]


def test_the_example_of_1995() -> None:
    np.testing.assert_allclose(benjamini_hochberg(np.array(P_VALUES)), ADJUSTED, atol=1e-14)
    shuffled = np.random.default_rng(1).permutation(15)
    np.testing.assert_allclose(benjamini_hochberg(np.array(P_VALUES)[shuffled]), np.array(ADJUSTED)[shuffled])
    assert np.sum(benjamini_hochberg(np.array(P_VALUES)) < 0.05) == 4


@given(st.lists(st.floats(0, 1), max_size=30))
def test_never_smaller_and_never_above_one(p_values: list[float]) -> None:
    adjusted = benjamini_hochberg(np.array(p_values))
    assert np.all((adjusted >= np.array(p_values) - 1e-15) & (adjusted <= 1))


def test_what_is_not_shown_takes_no_part() -> None:
    with_gap = benjamini_hochberg(np.array([0.01, np.nan, 0.04]))
    np.testing.assert_allclose(with_gap, [0.02, np.nan, 0.04])
    assert np.isnan(benjamini_hochberg(np.array([np.nan]))).all()


def frame(*rows: tuple[float, float, float, State]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["estimate", "lower", "upper", "state"])


def test_p_from_the_side_of_the_interval_that_faces_none() -> None:
    found = adjusted_for_many(
        frame(
            (1.959963984540054, 0.0, 9.0, State.SHOWN),  # Its lower limit is none: p = .05 by definition.
            (-2.0, -9.0, -1.0, State.SHOWN),
            (0.0, -1.0, 1.0, State.SHOWN),
            (np.nan, np.nan, np.nan, State.HIDDEN),
        )
    )
    assert found.loc[0, "p_value"] == pytest.approx(0.05)
    assert found.loc[1, "p_value"] == pytest.approx(8.86e-5, rel=1e-2)  # z = 2 * 1.96 / 1
    assert found.loc[2, "p_value"] == 1
    assert found["family"].tolist() == [3] * 4
    assert found.loc[3, ["p_value", "p_adjusted"]].isna().all()


def test_a_ratio_is_tested_against_one() -> None:
    ratio = frame((2.0, 1.0, 4.0, State.SHOWN), (0.0, 0.0, 0.5, State.SHOWN))
    found = adjusted_for_many(ratio, is_ratio=True)
    assert found.loc[0, "p_value"] == pytest.approx(0.05)
    assert np.isnan(found.loc[1, "p_value"]) and found["family"].tolist() == [1, 1]
