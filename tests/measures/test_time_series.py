"""Level and slope at the adjustment: found where they were put, and no surer than neighbouring months allow."""

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

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
            "period_start": pd.Timestamp(2014 + (start + place) // 12, (start + place) % 12 + 1, 1),
            "finished": True,
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


def found_in(counts: pd.DataFrame, smallest_count: int = 5) -> pd.DataFrame:
    return interrupted_time_series(counts, Rate.PARTICIPATION, ["woman"], ["woman"], smallest_count)


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


def mixed(random: np.random.Generator, sizes: NDArray[np.float64], rates: NDArray[np.float64]) -> pd.DataFrame:
    """Offers of these mean sizes and rates, offer × month, adjusted in the middle. An offer can lack a month."""
    n = random.poisson(sizes)
    parts = [
        months([0.0] * sizes.shape[1], sizes.shape[1] // 2, f"{offer}").assign(invited=size, participated=taken)
        for offer, (size, taken) in enumerate(zip(n, random.binomial(n, np.clip(rates, 0, 1)), strict=True))
    ]
    found = pd.concat(parts, ignore_index=True).astype({"invited": "Int64", "participated": "Int64"})
    return found[found["invited"] > 0]


LEVELS = np.array([0.1, 0.3, 0.5, 0.9, 0.7, 0.6])


def shifting(kind: str, number: int) -> NDArray[np.float64]:
    """Relative sizes of six offers by month: half of them shrink, at the adjustment or bit by bit, the others grow."""
    at = np.arange(number)
    share = {"at the adjustment": np.where(at < number // 2, 1.0, 0.2), "bit by bit": 1 - 0.9 * at / (number - 1)}[kind]
    return np.stack([share] * 3 + [1.2 - share] * 3)


@pytest.mark.parametrize("kind", ["at the adjustment", "bit by bit"])
def test_a_shift_between_offers_that_do_not_change_is_no_step_and_no_slope(kind: str) -> None:
    sizes = np.round(1000 * shifting(kind, 24)).astype(int)
    parts = [
        months([0.0] * 24, 12, f"{offer}").assign(
            invited=10 * size, participated=np.rint(10 * size * level).astype(int)
        )
        for offer, (size, level) in enumerate(zip(sizes, LEVELS, strict=True))
    ]
    counts = pd.concat(parts, ignore_index=True)
    added_up = counts.groupby("period_start")[["participated", "invited"]].sum()
    crude = added_up["participated"] / added_up["invited"]
    assert crude.iloc[-1] - crude.iloc[0] > 0.2
    found = found_in(counts.astype({"invited": "Int64", "participated": "Int64"})).set_index("term")
    assert found["estimate"].tolist()[1:] == pytest.approx([0, 0, 0], abs=1e-9)


def test_a_step_is_that_of_the_offers_with_their_fixed_weights() -> None:
    # Alfa rises by .2 and has four fifths of the citizens before, one fifth after; Beta stays. Half of all are in each.
    alfa = months([0.4] * 24, 12, "Alfa").assign(invited=[8000] * 12 + [2000] * 12)
    beta = months([0.3] * 24, 12, "Beta").assign(invited=[2000] * 12 + [8000] * 12)
    counts = pd.concat([alfa, beta], ignore_index=True)
    rate = np.array([0.4] * 12 + [0.6] * 12 + [0.3] * 24)
    counts["participated"] = np.rint(counts["invited"] * rate).astype("Int64")
    found = found_in(counts.astype({"invited": "Int64"})).set_index("term")
    assert found.loc["level change", "estimate"] == pytest.approx(0.5 * 0.2)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["at the adjustment", "bit by bit"])
@pytest.mark.parametrize("number", [16, 24, 48])
def test_the_interval_of_the_step_covers_where_offers_of_few_citizens_shift(number: int, kind: str) -> None:
    random = np.random.default_rng(11)
    held = []
    for _ in range(120):
        noise = np.array(autocorrelated(random, number, 0.5)) - 0.5
        rates = random.uniform(0.2, 0.8, (6, 1)) + noise
        found = found_in(mixed(random, 8 * shifting(kind, number), rates), smallest_count=1).set_index("term")
        changes = found.loc[["level change", "slope change"]]
        held.append((changes["lower"] <= 0) & (changes["upper"] >= 0))
    assert np.mean(held, axis=0).min() >= 0.885


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
    assert found_in(months(STEP, 12)[:0])["state"].eq(State.EMPTY).all()


def test_months_that_have_not_had_time_to_complete_are_left_out() -> None:
    counts = months(STEP, 12).assign(finished=[True] * 22 + [False] * 2, completed=0)
    counts["completed"] = counts["participated"] // 2 * counts["finished"]
    found = interrupted_time_series(counts, Rate.COMPLETION, ["woman"], ["woman"], 5).set_index("term")
    assert found["periods"].eq(22).all()
    assert found.loc["level change", "estimate"] == pytest.approx(0, abs=1e-3)
