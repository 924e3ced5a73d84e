"""Level and slope at the adjustment: found where they were put, and no surer than neighbouring months allow."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.measures.result_frame import State
from analysis.measures.time_series import TERMS, interrupted_time_series
from analysis.model.terms import Rate


def months(
    rates: list[float], first_after: int, offer: str = "Motion", start: int = 0, n: int = 10_000
) -> pd.DataFrame:
    rows = [
        {
            "municipality": "Holbæk",
            "offer": offer,
            "period_start": dt.date(2014 + (start + place) // 12, (start + place) % 12 + 1, 1),
            "phase": "before" if place < first_after else "after",
            "dimension": "sex",
            "group": "woman",
            "invited": n,
            "participated": round(n * rate),
            "completed": 0,
        }
        for place, rate in enumerate(rates)
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(("invited", "participated", "completed"), "Int64"))


def found_in(counts: pd.DataFrame, *by: str) -> pd.DataFrame:
    return interrupted_time_series(counts, Rate.PARTICIPATION, list(by), 5)


STEP = [0.40 + 0.01 * place for place in range(-12, 0)] + [0.50 + 0.005 * place for place in range(12)]


def test_level_and_slope_are_found_where_they_were_put() -> None:
    found = found_in(months(STEP, 12)).set_index("term")
    assert found.index.tolist() == list(TERMS)
    # Before .40 at the adjustment, rising .01 a month; then .10 higher, rising .005 a month less.
    assert found["estimate"].tolist() == pytest.approx([0.40, 0.01, 0.10, -0.005], abs=1e-12)
    assert found["periods"].eq(24).all() and found["n"].eq(240_000).all() and found["state"].eq(State.SHOWN).all()


def test_offers_are_added_up_by_the_months_from_their_own_adjustment() -> None:
    both = pd.concat([months(STEP, 12), months(STEP, 12, "Kost", start=7)])
    found = found_in(both).set_index("term")
    assert found["estimate"].tolist() == pytest.approx([0.40, 0.01, 0.10, -0.005], abs=1e-12)
    assert found_in(both, "offer")["state"].eq(State.SHOWN).all()


def newey_west(y: np.ndarray, design: np.ndarray, weights: np.ndarray, lags: int) -> np.ndarray:
    """Newey & West 1987, Econometrica 55:703, written out: standard errors with T / (T - k)."""
    bread = np.linalg.inv(design.T @ (weights[:, None] * design))
    beta = bread @ design.T @ (weights * y)
    score = design * (weights * (y - design @ beta))[:, None]
    meat = score.T @ score
    for lag in range(1, lags + 1):
        cross = score[lag:].T @ score[:-lag]
        meat += (1 - lag / (lags + 1)) * (cross + cross.T)
    size, terms = design.shape
    return np.sqrt(np.diag(bread @ meat @ bread) * size / (size - terms))


def drifting(seed: int) -> list[float]:
    rng = np.random.default_rng(seed)
    noise = [0.0]
    for _ in range(40):
        noise.append(0.7 * noise[-1] + float(rng.normal(0, 0.02)))
    return [0.5 + one for one in noise[1:]]


def test_errors_are_newey_and_wests() -> None:
    counts = months(drifting(1), 20)
    y = counts["participated"].to_numpy(float) / 10_000
    time = np.arange(-20.0, 20.0)
    design = np.column_stack([np.ones(40), time, time >= 0, np.where(time >= 0, time, 0)])
    error = newey_west(y, design, np.full(40, 10_000.0), 3)  # floor(4 (40 / 100)^(2/9)) = 3
    found = found_in(counts)
    half = 2.0280940009804502 * error  # t with 36 degrees of freedom
    np.testing.assert_allclose((found["upper"] - found["lower"]) / 2, half, rtol=1e-9)


def test_months_that_resemble_their_neighbours_make_it_less_sure() -> None:
    wider = 0
    for seed in range(20):
        counts = months(drifting(seed), 20)
        y = counts["participated"].to_numpy(float) / 10_000
        time = np.arange(-20.0, 20.0)
        design = np.column_stack([np.ones(40), time, time >= 0, np.where(time >= 0, time, 0)])
        plain = newey_west(y, design, np.full(40, 10_000.0), 0)[2]
        row = found_in(counts).set_index("term").loc["level change"]
        wider += (row["upper"] - row["lower"]) / 2 > 2.0280940009804502 * plain
    assert wider >= 15


def test_too_few_months_and_no_adjustment() -> None:
    assert found_in(months(STEP[5:], 7))["state"].eq(State.TOO_FEW).all()
    assert found_in(months(STEP, 24))["state"].eq(State.EMPTY).all()
    assert found_in(months(STEP, 12).assign(phase="unadjusted"))["state"].eq(State.EMPTY).all()
    assert found_in(months(STEP, 12)[:0], "offer").empty
