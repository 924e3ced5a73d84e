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


def autocorrelated(random: np.random.Generator, number: int, correlation: float) -> list[float]:
    """Rates around one half without any step or slope; each month resembles the one before."""
    noise = [float(random.normal(0, 0.02)) / np.sqrt(1 - correlation**2)]
    for _ in range(number - 1):
        noise.append(correlation * noise[-1] + float(random.normal(0, 0.02)))
    return [0.5 + one for one in noise]


@pytest.mark.slow
@pytest.mark.parametrize("correlation", [0, 0.3, 0.5])
@pytest.mark.parametrize("number", [16, 24, 48])
def test_the_interval_of_the_step_covers_however_months_resemble_each_other(number: int, correlation: float) -> None:
    random = np.random.default_rng(7)
    held = []
    for _ in range(120):
        found = found_in(months(autocorrelated(random, number, correlation), number // 2)).set_index("term")
        changes = found.loc[["level change", "slope change"]]
        held.append((changes["lower"] <= 0) & (changes["upper"] >= 0))
    # With 3,000 samples the lowest is .932; two standard errors of 120 samples are .046.
    assert np.mean(held, axis=0).min() >= 0.885


def test_months_that_resemble_their_neighbours_make_it_less_sure() -> None:
    random = np.random.default_rng(3)
    widths = []
    for correlation in (0, 0.7):
        series = [autocorrelated(random, 40, correlation) for _ in range(20)]
        rows = [found_in(months(one, 20)).set_index("term").loc["level change"] for one in series]
        widths.append(np.mean([row["upper"] - row["lower"] for row in rows]))
    assert widths[1] > 1.2 * widths[0]


def test_too_few_months_and_no_adjustment() -> None:
    assert found_in(months(STEP[5:], 7))["state"].eq(State.TOO_FEW).all()
    assert found_in(months(STEP, 24))["state"].eq(State.EMPTY).all()
    assert found_in(months(STEP, 12).assign(phase="unadjusted"))["state"].eq(State.EMPTY).all()
    assert found_in(months(STEP, 12)[:0], "offer").empty
