"""Random effects against metafor on the BCG trials, by every estimator and every kind of interval."""

import warnings

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.pooling import Estimator, IntervalMethod, pooled, random_effects
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
METHODS = dict(zip(("NORMAL", "KNAPP", "GUARDED"), IntervalMethod, strict=True))
# Computed with metafor: estimator, interval, estimate, standard error, limits, tau2, I2 in per cent, H2, prediction.
METAFOR = """
FE NORMAL -0.4302851636541 0.04049875171086 -0.5096612584262 -0.350909068882
  0 92.11734685456 12.68608400686 nan nan
DL NORMAL -0.7141172220732 0.1787420895354 -1.064445280084 -0.3637891640624
  0.3087602628624 92.11734685456 12.68608400686 -1.858153752732 0.4299193085857
DL KNAPP -0.7141172220732 0.1806966283355 -1.107821354168 -0.3204130899781
  0.3087602628624 92.11734685456 12.68608400686 -1.987206963431 0.5589725192843
DL GUARDED -0.7141172220732 0.1806966283355 -1.107821354168 -0.3204130899781
  0.3087602628624 92.11734685456 12.68608400686 -1.987206963431 0.5589725192843
PM NORMAL -0.7149704056324 0.1808979841258 -1.069523939395 -0.3604168718699
  0.318093711863 92.33090028988 13.03934018071 -1.875854596044 0.4459137847789
PM KNAPP -0.7149704056324 0.180892712223 -1.109101767817 -0.3208390434478
  0.318093711863 92.33090028988 13.03934018071 -2.005474982241 0.5755341709758
PM GUARDED -0.7149704056324 0.1808979841258 -1.109113254307 -0.3208275569581
  0.318093711863 92.33090028988 13.03934018071 -2.005478490361 0.5755376790963
REML NORMAL -0.7145323483651 0.1797815317804 -1.06689767574 -0.3621670209902
  0.3132433259809 92.22138607497 12.85576080311 -1.866692346607 0.4376276498769
REML KNAPP -0.7145323483651 0.1807917455191 -1.108443723 -0.3206209737302
  0.3132433259809 92.22138607497 12.85576080311 -1.996016967022 0.5669522702921
REML GUARDED -0.7145323483651 0.1807917455191 -1.108443723 -0.3206209737302
  0.3132433259809 92.22138607497 12.85576080311 -1.996016967022 0.5669522702921
ML NORMAL -0.7111991391903 0.1718968170227 -1.048110709612 -0.3742875687688
  0.2800281710496 91.37828473985 11.5986201101 -1.801715573732 0.3793172953513
ML KNAPP -0.7111991391903 0.180042222963 -1.103477444464 -0.3189208339166
  0.2800281710496 91.37828473985 11.5986201101 -1.92908217963 0.5066839012497
ML GUARDED -0.7111991391903 0.180042222963 -1.103477444464 -0.3189208339166
  0.2800281710496 91.37828473985 11.5986201101 -1.92908217963 0.5066839012497
SJ NORMAL -0.7172485925576 0.1870594584164 -1.083878394021 -0.3506187910938
  0.3455157015986 92.89632409554 14.07721880121 -1.926257174378 0.4917599892629
SJ KNAPP -0.7172485925576 0.1814284515278 -1.112547230413 -0.3219499547023
  0.3455157015986 92.89632409554 14.07721880121 -2.057585083671 0.6230878985557
SJ GUARDED -0.7172485925576 0.1870594584164 -1.124816140466 -0.3096810446493
  0.3455157015986 92.89632409554 14.07721880121 -2.061254620233 0.6267574351177
HE NORMAL -0.7158785887587 0.1832799859888 -1.075100760384 -0.3566564171337
  0.3285638579958 92.55709740663 13.43561852993 -1.895372166124 0.4636149886066
HE KNAPP -0.7158785887587 0.1811040691912 -1.110470458218 -0.3212867192999
  0.3285638579958 92.55709740663 13.43561852993 -2.025637886545 0.5938807090275
HE GUARDED -0.7158785887587 0.1832799859888 -1.115211373652 -0.3165458038651
  0.3285638579958 92.55709740663 13.43561852993 -2.027073977625 0.595316800108
"""
# Metafor solves for Paule and Mandel's tau2 and for its limits no closer than this; ours are checked in the equation.
METAFOR_SOLVES_TO = 3e-5


@pytest.mark.parametrize("row", np.reshape(METAFOR.split(), (-1, 11)).tolist(), ids=lambda row: f"{row[0]} {row[1]}")
def test_agrees_with_metafor(row: list[str]) -> None:
    estimator, expected = Estimator[row[0]], [float(one) for one in row[2:]]
    found = random_effects(*BCG.T, estimator, METHODS[row[1]])
    closeness = 1e-4 if estimator is Estimator.PM else 1e-6
    names = ("estimate", "standard_error", "lower", "upper", "tau2", "prediction_lower", "prediction_upper")
    for name, value in zip(names, expected[:5] + expected[7:], strict=True):
        assert getattr(found, name) == pytest.approx(value, abs=closeness, nan_ok=True), name
    assert 100 * found.i2 == pytest.approx(expected[5], abs=1e-3 if estimator is Estimator.PM else 2e-6)
    assert found.h2 == pytest.approx(expected[6], abs=1e-3 if estimator is Estimator.PM else 3e-6)


def test_heterogeneity_of_the_trials() -> None:
    found = random_effects(*BCG.T)
    assert found.q == pytest.approx(152.233008082373, abs=1e-9)
    assert found.q_p == pytest.approx(1.99676459084597e-26, rel=1e-6)
    assert found.tau2_lower == pytest.approx(0.119695312816638, abs=METAFOR_SOLVES_TO)
    assert found.tau2_upper == pytest.approx(1.11148626221544, abs=METAFOR_SOLVES_TO)
    for tau2, quantile in (
        (found.tau2_lower, 23.3366641588),
        (found.tau2_upper, 4.4037885070),
    ):  # chi2, 12, 97.5 and 2.5 %
        weight = 1 / (BCG[:, 1] + tau2)
        mean = np.sum(weight * BCG[:, 0]) / weight.sum()
        assert np.sum(weight * (BCG[:, 0] - mean) ** 2) == pytest.approx(quantile, abs=1e-8)


def test_paule_and_mandel_solve_their_equation() -> None:
    tau2 = random_effects(*BCG.T, Estimator.PM).tau2
    weight = 1 / (BCG[:, 1] + tau2)
    mean = np.sum(weight * BCG[:, 0]) / weight.sum()
    assert np.sum(weight * (BCG[:, 0] - mean) ** 2) == pytest.approx(12, abs=1e-9)


def test_the_guard_never_narrows() -> None:
    estimates, variances = np.array([0.10, 0.11, 0.09, 0.10]), np.full(4, 0.01)
    plain, knapp, guarded = (random_effects(estimates, variances, method=method) for method in IntervalMethod)
    assert knapp.standard_error < plain.standard_error == guarded.standard_error
    assert guarded.upper - guarded.lower > plain.upper - plain.lower  # By t instead of the normal.


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.001, 1)), min_size=2, max_size=20))
def test_always_an_interval_around_the_estimate(pairs: list[tuple[float, float]]) -> None:
    y, v = np.array(pairs).T
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = random_effects(y, v)
        turned = random_effects(-y, v)
    assert found.lower <= found.estimate <= found.upper and min(y) - 1e-9 <= found.estimate <= max(y) + 1e-9
    assert found.prediction_lower <= found.lower + 1e-12 and found.tau2_lower <= found.tau2_upper
    assert turned.estimate == pytest.approx(-found.estimate, abs=1e-7)


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
