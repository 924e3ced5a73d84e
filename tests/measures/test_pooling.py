"""Random effects against metafor on the BCG trials, by every estimator and every kind of interval."""

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.frame import State
from analysis.measures.pooling import Estimator, IntervalMethod, pooled, random_effects

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
NORMAL, KNAPP, GUARDED = IntervalMethod.NORMAL, IntervalMethod.HARTUNG_KNAPP, IntervalMethod.GUARDED
# Computed with metafor: estimator, interval, estimate, standard error, limits, tau2, I2 in per cent, H2, prediction.
METAFOR: list[tuple[Any, ...]] = [
    (
        Estimator.FE,
        NORMAL,
        -0.430285163654091,
        0.0404987517108638,
        -0.509661258426214,
        -0.350909068881968,
        0,
        92.1173468545621,
        12.6860840068644,
        np.nan,
        np.nan,
    ),
    (
        Estimator.DL,
        NORMAL,
        -0.714117222073227,
        0.178742089535403,
        -1.06444528008405,
        -0.363789164062403,
        0.308760262862376,
        92.1173468545621,
        12.6860840068644,
        -1.85815375273217,
        0.429919308585714,
    ),
    (
        Estimator.DL,
        KNAPP,
        -0.714117222073227,
        0.180696628335547,
        -1.10782135416833,
        -0.320413089978125,
        0.308760262862376,
        92.1173468545621,
        12.6860840068644,
        -1.98720696343074,
        0.558972519284285,
    ),
    (
        Estimator.DL,
        GUARDED,
        -0.714117222073227,
        0.180696628335547,
        -1.10782135416833,
        -0.320413089978125,
        0.308760262862376,
        92.1173468545621,
        12.6860840068644,
        -1.98720696343074,
        0.558972519284285,
    ),
    (
        Estimator.PM,
        NORMAL,
        -0.714970405632446,
        0.180897984125838,
        -1.06952393939499,
        -0.360416871869904,
        0.318093711863015,
        92.3309002898848,
        13.039340180713,
        -1.8758545960438,
        0.445913784778906,
    ),
    (
        Estimator.PM,
        KNAPP,
        -0.714970405632446,
        0.180892712222961,
        -1.10910176781713,
        -0.320839043447757,
        0.318093711863015,
        92.3309002898848,
        13.039340180713,
        -2.00547498224065,
        0.575534170975756,
    ),
    (
        Estimator.PM,
        GUARDED,
        -0.714970405632446,
        0.180897984125838,
        -1.10911325430676,
        -0.32082755695813,
        0.318093711863015,
        92.3309002898848,
        13.039340180713,
        -2.00547849036119,
        0.575537679096301,
    ),
    (
        Estimator.REML,
        NORMAL,
        -0.714532348365101,
        0.179781531780361,
        -1.06689767574005,
        -0.36216702099015,
        0.313243325980895,
        92.2213860749656,
        12.8557608031121,
        -1.86669234660707,
        0.437627649876866,
    ),
    (
        Estimator.REML,
        KNAPP,
        -0.714532348365101,
        0.1807917455191,
        -1.10844372300005,
        -0.320620973730153,
        0.313243325980895,
        92.2213860749656,
        12.8557608031121,
        -1.99601696702229,
        0.566952270292088,
    ),
    (
        Estimator.REML,
        GUARDED,
        -0.714532348365101,
        0.1807917455191,
        -1.10844372300005,
        -0.320620973730153,
        0.313243325980895,
        92.2213860749656,
        12.8557608031121,
        -1.99601696702229,
        0.566952270292088,
    ),
    (
        Estimator.ML,
        NORMAL,
        -0.711199139190283,
        0.171896817022674,
        -1.04811070961179,
        -0.374287568768771,
        0.280028171049595,
        91.3782847398471,
        11.598620110104,
        -1.80171557373183,
        0.37931729535126,
    ),
    (
        Estimator.ML,
        KNAPP,
        -0.711199139190283,
        0.180042222963046,
        -1.10347744446397,
        -0.318920833916591,
        0.280028171049595,
        91.3782847398471,
        11.598620110104,
        -1.92908217963029,
        0.50668390124972,
    ),
    (
        Estimator.ML,
        GUARDED,
        -0.711199139190283,
        0.180042222963046,
        -1.10347744446397,
        -0.318920833916591,
        0.280028171049595,
        91.3782847398471,
        11.598620110104,
        -1.92908217963029,
        0.50668390124972,
    ),
    (
        Estimator.SJ,
        NORMAL,
        -0.717248592557584,
        0.187059458416427,
        -1.08387839402135,
        -0.35061879109382,
        0.345515701598595,
        92.8963240955401,
        14.0772188012148,
        -1.92625717437808,
        0.49175998926291,
    ),
    (
        Estimator.SJ,
        KNAPP,
        -0.717248592557584,
        0.181428451527755,
        -1.11254723041292,
        -0.321949954702252,
        0.345515701598595,
        92.8963240955401,
        14.0772188012148,
        -2.05758508367082,
        0.623087898555653,
    ),
    (
        Estimator.SJ,
        GUARDED,
        -0.717248592557584,
        0.187059458416427,
        -1.1248161404659,
        -0.30968104464927,
        0.345515701598595,
        92.8963240955401,
        14.0772188012148,
        -2.06125462023285,
        0.626757435117687,
    ),
    (
        Estimator.HE,
        NORMAL,
        -0.715878588758735,
        0.183279985988782,
        -1.07510076038375,
        -0.356656417133717,
        0.328563857995769,
        92.5570974066271,
        13.435618529932,
        -1.89537216612409,
        0.463614988606624,
    ),
    (
        Estimator.HE,
        KNAPP,
        -0.715878588758735,
        0.181104069191232,
        -1.11047045821753,
        -0.321286719299938,
        0.328563857995769,
        92.5570974066271,
        13.435618529932,
        -2.02563788654495,
        0.59388070902748,
    ),
    (
        Estimator.HE,
        GUARDED,
        -0.715878588758735,
        0.183279985988782,
        -1.11521137365232,
        -0.316545803865147,
        0.328563857995769,
        92.5570974066271,
        13.435618529932,
        -2.02707397762544,
        0.595316800107974,
    ),
]
# Metafor solves for Paule and Mandel's tau2 and for its limits no closer than this; ours are checked in the equation.
METAFOR_SOLVES_TO = 3e-5


@pytest.mark.parametrize("row", METAFOR, ids=lambda row: f"{row[0].name} {row[1]}")
def test_agrees_with_metafor(row: tuple[Any, ...]) -> None:
    estimator, method, *expected = row
    found = random_effects(*BCG.T, estimator, method)
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
