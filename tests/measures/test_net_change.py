"""The change within all adjusted offers, minus that within comparison offers over the same months."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.measures.net_change import NetChange, net_change
from analysis.measures.result_frame import State
from analysis.model.terms import Dimension, Direction, Group, Question, Rate, Understanding

DIMENSION = Dimension("education", {}, True, (Group("short", {}, 1), Group("long", {}, 2)), "long", "short")
SAMPLES = 300
Rates = dict[str, tuple[float, float]]


def month(number: int) -> pd.Timestamp:
    return pd.Timestamp(dt.date(2015 + number // 12, number % 12 + 1, 1))


def offer(
    name: str,
    adjusted: int | None,
    rates: tuple[float, float],
    steps: tuple[float, float] = (0, 0),
    trend: tuple[float, float] = (0, 0),
    n: int = 100,
    random: np.random.Generator | None = None,
) -> list[tuple[object, ...]]:
    """Twelve months of an offer: rates of short and long, their steps at the adjustment, and a trend a month."""
    rows: list[tuple[object, ...]] = []
    for number in range(12):
        phase = "unadjusted" if adjusted is None else "before" if number < adjusted else "after"
        for group, rate, step, slope in zip(("short", "long"), rates, steps, trend, strict=True):
            now = rate + slope * number + (step if phase == "after" else 0)
            taken = int(random.binomial(n, now)) if random else round(n * now)
            rows.append(("Holbæk", name, month(number), month(number + 1), phase, "education", group, n, taken, 0))
    return rows


def found_in(rows: list[tuple[object, ...]], understanding: Understanding = Understanding.GAP) -> NetChange:
    columns = ["municipality", "offer", "period_start", "period_end", "phase", "dimension", "group"]
    counts = pd.DataFrame(rows, columns=[*columns, "invited", "participated", "completed"])
    return net_change(counts, Question(understanding, Rate.PARTICIPATION, DIMENSION, "short", "long"), 1)


ADJUSTED = [
    *offer("Motion", 4, (0.3, 0.6), (0.1, 0), (0.01, 0)),
    *offer("Tobak", 8, (0.2, 0.7), (0.1, 0), (0.01, 0), n=300),
]


@pytest.mark.parametrize(
    ("understanding", "change"),
    [(Understanding.GAP, -0.1), (Understanding.DISADVANTAGED, 0.1), (Understanding.GRADIENT, -0.2)],
)
def test_a_trend_that_all_offers_share_is_taken_off(understanding: Understanding, change: float) -> None:
    compared = [
        *offer("Kost", None, (0.4, 0.5), trend=(0.01, 0)),
        *offer("Syn", None, (0.1, 0.9), trend=(0.01, 0), n=9),
    ]
    found = found_in(ADJUSTED + compared, understanding)
    assert found.estimate == pytest.approx(change, abs=0.012)  # Citizens are whole.
    assert (found.offers, found.comparisons) == (2, 2)
    assert found.estimate == pytest.approx(found.change - found.trend)


def test_a_comparison_offer_that_grows_is_no_trend() -> None:
    """Two comparison offers without any change, of which one has few citizens early and many late."""
    small, large = offer("Kost", None, (0.2, 0.3), n=100), offer("Syn", None, (0.2, 0.8), n=100)
    assert found_in(ADJUSTED + growing(small, since=6, times=10) + large).trend == pytest.approx(0)


def growing(rows: list[tuple[object, ...]], since: int, times: int) -> list[tuple[object, ...]]:
    """The same offer with so many times the citizens from a month on."""
    return [(*row[:7], row[7] * times, row[8] * times, 0) if row[2] >= month(since) else row for row in rows]  # type: ignore[operator]


@pytest.mark.parametrize("understanding", list(Understanding))
def test_an_offer_that_grows_within_a_phase_keeps_no_trend(understanding: Understanding) -> None:
    """All offers follow one steep trend. The adjusted ones grow late in a phase, and a comparison offer early."""
    adjusted = growing(offer("Motion", 4, (0.1, 0.6), trend=(0.04, 0.01)), since=9, times=10)
    adjusted += growing(offer("Tobak", 8, (0.2, 0.7), trend=(0.04, 0.01)), since=6, times=5)
    compared = [*offer("Kost", None, (0.3, 0.5), trend=(0.04, 0.01))]
    compared += growing(offer("Syn", None, (0.1, 0.8), trend=(0.04, 0.01)), since=5, times=8)
    found = found_in(adjusted + compared, understanding)
    assert found.estimate == pytest.approx(0, abs=0.01)  # Citizens are whole.
    assert found.direction == Direction.UNCLEAR


def test_an_offer_that_no_comparison_covers_is_left_out() -> None:
    compared = [row for row in offer("Kost", None, (0.4, 0.5)) if row[2] < month(8)]  # type: ignore[operator]
    found = found_in(ADJUSTED + compared)
    assert found.offers == 1
    assert found_in(ADJUSTED).state == State.EMPTY


def test_the_interval_knows_that_the_comparison_is_shared() -> None:
    """Six offers that begin at three times share two small comparison offers; nothing but a trend has changed."""
    random = np.random.default_rng(4)
    covered = clear = 0
    for _ in range(SAMPLES):
        rows = []
        for place in range(8):
            rates = tuple(random.uniform(0.3, 0.5, 2))
            adjusted = None if place > 5 else (4, 6, 8)[place % 3]
            n = 12 if place > 5 else 25
            rows += offer(f"{place}", adjusted, rates, trend=(0.02, 0.01), n=n, random=random)
        found = found_in(rows)
        covered += found.lower <= 0 <= found.upper
        clear += found.direction != Direction.UNCLEAR
    assert 0.93 < covered / SAMPLES < 0.975
    assert clear / SAMPLES < 0.07
