"""Random effects against metafor on the BCG trials, and many offers as one."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.pooling import pooled, random_effects
from analysis.measures.result_frame import State

# Log risk ratios of the 13 trials of BCG vaccine against tuberculosis and their variances: Colditz et al. 1994, JAMA
# 271:698, as metafor's dat.bcg has them.
BCG = np.array(
    [
        (-0.889311333920205, 0.325584765003961),
        (-1.58538865720143, 0.194581121398144),
        (-1.34807314829969, 0.415367965367965),
        (-1.44155119002131, 0.0200100319022476),
        (-0.217547322211296, 0.0512101721696309),
        (-0.786115585818864, 0.00690561845590876),
        (-1.62089822359839, 0.223017247572315),
        (0.0119523335238405, 0.00396157929781773),
        (-0.469417648738149, 0.056434210463249),
        (-1.37134480347278, 0.0730247936130289),
        (-0.339358828338391, 0.0124122139715597),
        (0.445913400571379, 0.532505845200153),
        (-0.0173139482168798, 0.0714046596839863),
    ]
)
# Computed with metafor, by REML and Hartung and Knapp's interval with the guard: estimate, limits, prediction.
METAFOR = (-0.7145323483651, -1.108443723, -0.3206209737302, -1.996016967022, 0.5669522702921)


def test_agrees_with_metafor() -> None:
    assert random_effects(*BCG.T) == pytest.approx(METAFOR, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.001, 1)), min_size=2, max_size=20))
def test_always_an_interval_around_the_estimate(pairs: list[tuple[float, float]]) -> None:
    y, v = np.array(pairs).T
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = random_effects(y, v)
        turned = random_effects(-y, v)
    assert found.lower <= found.estimate <= found.upper and min(y) - 1e-9 <= found.estimate <= max(y) + 1e-9
    assert found.prediction_lower <= found.lower + 1e-12
    assert turned.estimate == pytest.approx(-found.estimate, abs=1e-7)


def test_the_guard_never_narrows() -> None:
    # By t instead of the normal, though the estimates lie closer than chance alone would have them.
    found = random_effects(np.array([0.10, 0.11, 0.09, 0.10]), np.full(4, 0.01))
    assert found.upper - found.estimate == pytest.approx(3.182446 * 0.05, abs=1e-6)


def test_pooling_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least two"):
        random_effects(np.array([0.1]), np.array([0.01]))


def effects() -> pd.DataFrame:
    rows = [
        ("Aarhus", "a", -0.10, -0.20, 0.00, 100, State.SHOWN),
        ("Aarhus", "b", -0.05, -0.15, 0.05, 200, State.SHOWN),
        ("Aarhus", "c", -0.12, -0.30, 0.06, 300, State.SHOWN),
        ("Holbæk", "d", 0.10, 0.00, 0.20, 400, State.SHOWN),
        ("Holbæk", "e", np.nan, np.nan, np.nan, None, State.HIDDEN),
        ("Ballerup", "f", np.nan, np.nan, np.nan, 0, State.EMPTY),
    ]
    columns = ["municipality", "offer", "estimate", "lower", "upper", "n", "state"]
    return pd.DataFrame(rows, columns=columns).astype({"n": "Int64"})


def test_by_municipality_only_what_is_shown_enters() -> None:
    found = pooled(effects(), ["municipality"]).set_index("municipality")
    assert found["offers"].tolist() == [3, 1, 0]
    assert found["state"].tolist() == [State.SHOWN, State.TOO_FEW, State.EMPTY]
    assert found.loc["Aarhus", "n"] == 600
    shown = effects()[:3]
    variances = ((shown["upper"] - shown["lower"]) / 2 / 1.959963984540054) ** 2
    assert found.loc["Aarhus", "estimate"] == pytest.approx(
        random_effects(shown["estimate"].to_numpy(), variances.to_numpy()).estimate
    )


def test_all_offers_as_one_and_none() -> None:
    assert pooled(effects(), []).loc[0, ["offers", "state"]].tolist() == [4, State.SHOWN]
    two = pooled(effects()[:2], [])
    assert two.loc[0, "state"] == State.SHOWN and np.isnan(two.loc[0, "prediction_lower"])
    assert pooled(effects()[:0], []).loc[0, "state"] == State.EMPTY
    assert pooled(effects()[:0], ["municipality"]).empty
