"""One mix of offers in every group and phase: against a published paradox, and what must always hold."""

from collections.abc import Callable
from math import sqrt

import numpy as np
import pandas as pd
import pytest

from analysis.measures.gaps import gaps
from analysis.measures.intervals import detectable, mover_difference, proportion, wilson
from analysis.measures.result_frame import State
from analysis.measures.within_offers import compared_offers, offers_left_out, standardised
from analysis.model.terms import Phase, Rate, RoundingBase
from tests.support.questions import change_in_gap

Table = Callable[..., pd.DataFrame]
LIMITS = ["estimate", "lower", "upper"]
PAIR = ["short", "long"]

# Bickel, Hammel & O'Connell 1975, Science 187:398: graduate admissions to Berkeley's six largest departments, 1973.
# Department, men who applied and were admitted, women who applied and were admitted.
BERKELEY = [
    ("A", 825, 512, 108, 89),
    ("B", 560, 353, 25, 17),
    ("C", 325, 120, 593, 202),
    ("D", 417, 138, 375, 131),
    ("E", 191, 53, 393, 94),
    ("F", 373, 22, 341, 24),
]


def berkeley(table: Table) -> pd.DataFrame:
    rows = []
    for department, men, admitted_men, women, admitted_women in BERKELEY:
        rows.append((department, "after", "man", men, admitted_men, 0))
        rows.append((department, "after", "woman", women, admitted_women, 0))
    return table(*rows)


def test_women_were_admitted_no_less_within_departments(table: Table) -> None:
    found = gaps(berkeley(table), Rate.PARTICIPATION, "woman", "man", [], 5, phases=[Phase.AFTER])
    # By independent software, standardised to all applicants: .3873185826894 of the men, .4299553804607 of the women.
    assert found.loc[0, "estimate"] == pytest.approx(0.3873185826894 - 0.4299553804607, abs=1e-12)
    crude = gaps(berkeley(table).assign(offer=""), Rate.PARTICIPATION, "woman", "man", [], 5, phases=[Phase.AFTER])
    assert crude.loc[0, "estimate"] == pytest.approx(0.1416454282465, abs=1e-12)


def offer(
    name: str, before: tuple[int, int], after: tuple[int, int], size: tuple[int, int]
) -> list[tuple[object, ...]]:
    """Counts of an offer with these rates in per cent, short before long."""
    return [
        (name, phase, group, number, number * rate // 100, 0)
        for phase, both, number in (("before", before, size[0]), ("after", after, size[1]))
        for group, rate in zip(PAIR, both, strict=True)
    ]


def test_a_change_in_the_mix_is_no_change(table: Table) -> None:
    counts = table(*offer("Kost", (20, 60), (20, 60), (800, 100)), *offer("Motion", (80, 90), (80, 90), (100, 800)))
    assert change_in_gap(counts, Rate.PARTICIPATION, *PAIR, [], 5).loc[0, "estimate"] == pytest.approx(0, abs=1e-12)
    crude = change_in_gap(counts.assign(offer=""), Rate.PARTICIPATION, *PAIR, [], 5).loc[0]
    assert crude["estimate"] < -0.1 and crude["direction"] == "narrowed"


def test_the_change_is_the_weighted_mean_of_the_offers(table: Table) -> None:
    counts = table(*offer("Kost", (20, 60), (40, 60), (300, 100)), *offer("Motion", (50, 90), (60, 70), (100, 100)))
    whole = change_in_gap(counts, Rate.PARTICIPATION, *PAIR, [], 5).loc[0]
    # Weights 800 and 400 citizens; changes −20 and −30 points.
    assert whole["estimate"] == pytest.approx((800 * -0.20 + 400 * -0.30) / 1200)
    assert (whole["n"], whole["offers"]) == (1200, 2)
    assert whole["from_group"] + whole["from_reference"] == pytest.approx(whole["estimate"])


def test_offers_without_a_group_in_a_phase_are_left_out_and_listed(table: Table) -> None:
    counts = table(
        *offer("Kost", (20, 60), (40, 60), (100, 100)),
        ("Motion", "before", "short", 90, 60, 0),
        ("Motion", "before", "long", 80, 60, 0),
        ("Tobak", "before", "short", 70, 60, 0),
        ("Tobak", "after", "long", 60, 50, 0),
        ("Søvn", "unadjusted", "long", 60, 50, 0),
    )
    whole = change_in_gap(counts, Rate.PARTICIPATION, *PAIR, [], 5).loc[0]
    assert (whole["offers"], whole["n"]) == (1, 400)
    left_out = offers_left_out(counts[counts["phase"] != "unadjusted"], Rate.PARTICIPATION, PAIR)
    assert left_out[["offer", "n"]].values.tolist() == [["Motion", 170], ["Tobak", 130]]


def test_splitting_an_offer_of_one_rate_changes_nothing(table: Table) -> None:
    whole = table(*offer("Kost", (20, 60), (40, 70), (200, 400)))
    halves = table(*offer("Kost", (20, 60), (40, 70), (100, 200)), *offer("Ost", (20, 60), (40, 70), (100, 200)))
    one, two = (
        standardised(compared_offers(counts, Rate.PARTICIPATION, [], PAIR, PAIR), 1) for counts in (whole, halves)
    )
    np.testing.assert_allclose(one.rates.estimate, two.rates.estimate)
    np.testing.assert_allclose(one.effective, two.effective)


def test_a_group_that_few_offers_have_is_dropped_and_not_the_offers(table: Table) -> None:
    rows = [row for name in ("Kost", "Motion", "Tobak") for row in offer(name, (20, 60), (40, 70), (100, 100))]
    rows += [("Kost", phase, "rare", 10, 5, 0) for phase in ("before", "after")]
    three = [*PAIR, "rare"]
    found = standardised(compared_offers(table(*rows), Rate.PARTICIPATION, [], three, three, may_drop=True), 5)
    assert found.units["offers"].tolist() == [3]
    assert found.population.tolist() == [[600, 600, 0]]
    assert found.states(5).tolist() == [[State.SHOWN, State.SHOWN]]


@pytest.mark.parametrize("smallest_count", [1, RoundingBase(5)])
@pytest.mark.parametrize("reached", [(0, 3), (1, 4), (5, 5), (19, 40), (40, 40)])
def test_one_offer_has_its_own_interval(table: Table, reached: tuple[int, int], smallest_count: int) -> None:
    x, n = reached
    rows = [("Kost", phase, "short", n, x, 0) for phase in ("before", "after")]
    found = standardised(compared_offers(table(*rows), Rate.PARTICIPATION, [], PAIR[:1], PAIR[:1]), smallest_count)
    # Each sum of rounded counts has variance (5² − 1) / 6 for each part: participants are two parts, the others one.
    own = proportion(x, n, (sqrt(8), 2) if smallest_count == 5 else (0, 0))
    for limits, expected in zip(found.rates, own, strict=True):
        np.testing.assert_allclose(limits.ravel(), expected, atol=1e-12)


def test_the_limits_of_two_offers_are_those_at_which_they_are_z_standard_errors_away(table: Table) -> None:
    counts = table(
        ("Kost", "now", "short", 8, 3, 0),
        ("Kost", "now", "long", 22, 9, 0),
        ("Motion", "now", "short", 12, 11, 0),
        ("Motion", "now", "long", 18, 9, 0),
    )
    found = standardised(compared_offers(counts, Rate.PARTICIPATION, [], PAIR, PAIR, [Phase.NOW]), 1).rates
    z = 1.959963984540054
    offers = [(0.5, 3, 8), (0.5, 11, 12)]  # 30 citizens each: weights of one half.
    precision = sum(weight**2 / n for weight, _, n in offers)
    for end, limit in ((0.0, found.lower), (1.0, found.upper)):
        parts = [weight**2 / n / precision for weight, _, n in offers]
        there = [rate_at(x / n, n, end, z**2 * part) for (_, x, n), part in zip(offers, parts, strict=True)]
        whole = sum(there) / 2
        variance = sum(
            weight**2 / n * (p * (1 - p) + (1 - part) * whole * (1 - whole) / n)
            for (weight, _, n), part, p in zip(offers, parts, there, strict=True)
        )
        estimate = (3 / 8 + 11 / 12) / 2
        expected = estimate + (1 if end else -1) * z * sqrt(variance)
        assert limit[0, 0, 0] == pytest.approx(expected, abs=1e-9)


def rate_at(observed: float, n: int, end: float, squared: float) -> float:
    """Return by bisection the rate towards ``end`` at which the observed one is √squared standard errors away."""
    near, far = observed, end
    for _ in range(60):
        rate = (near + far) / 2
        near, far = (near, rate) if n * (observed - rate) ** 2 > squared * rate * (1 - rate) else (rate, far)
    return near


def test_an_offer_of_a_few_that_weighs_most_has_its_exact_limits(table: Table) -> None:
    rows = [("Kost", 2, 2, 400), ("Motion", 3, 3, 20)]
    counts = table(
        *((name, "now", "short", n, x, 0) for name, n, x, _ in rows),
        *((name, "now", "long", n, n // 2, 0) for name, _, _, n in rows),
    )
    found = standardised(compared_offers(counts, Rate.PARTICIPATION, [], PAIR, PAIR, [Phase.NOW]), 1).rates
    # Clopper & Pearson: of two who all came, at least √0.025; of three, the third root.
    below = sqrt((402 / 425 * (1 - 0.025 ** (1 / 2))) ** 2 + (23 / 425 * (1 - 0.025 ** (1 / 3))) ** 2)
    assert found.lower[0, 0, 0] == pytest.approx(1 - below)
    assert found.upper[0, 0, 0] == 1


@pytest.mark.parametrize(("size", "rates"), [(6, (0.6, 0.7)), (8, (0.9, 0.95))])
def test_the_interval_covers_with_many_small_offers(size: int, rates: tuple[float, float]) -> None:
    """By MOVER from Wilson's limits of each offer it would in 89 and 99 %."""
    random = np.random.default_rng(4)
    worlds, offers, runs = 20, 40, 40
    cells = pd.MultiIndex.from_product(
        [[f"{world}" for world in range(worlds)], [f"{one}" for one in range(offers)], ["before", "after"], PAIR],
        names=["municipality", "offer", "phase", "group"],
    ).to_frame(index=False)
    cells = cells.assign(dimension="education", invited=size, completed=0)
    true = cells["group"].map(dict(zip(PAIR, rates, strict=True)))
    covered = []
    for _ in range(runs):
        counts = cells.assign(participated=random.binomial(size, true))
        found = change_in_gap(counts, Rate.PARTICIPATION, *PAIR, ["municipality"], 1)
        covered.append(found["lower"].le(0) & found["upper"].ge(0))
    assert 0.93 < np.mean(covered) < 0.975


def test_the_interval_covers_with_a_shifting_mix() -> None:
    """Six offers whose shares of the citizens differ between the phases, in a world where nothing changed."""
    random = np.random.default_rng(20)
    covered = clear = 0
    for _ in range(SAMPLES):
        rows = []
        for name in "abcdef":
            level = random.uniform(0.2, 0.8, 2)
            for phase in ("before", "after"):
                for group, rate in zip(PAIR, level, strict=True):
                    n = int(random.integers(15, 200))
                    rows.append(("", name, phase, "education", group, n, int(random.binomial(n, rate)), 0))
        columns = ["municipality", "offer", "phase", "dimension", "group", "invited", "participated", "completed"]
        found = change_in_gap(pd.DataFrame(rows, columns=columns), Rate.PARTICIPATION, *PAIR, [], 1).loc[0]
        covered += found["lower"] <= 0 <= found["upper"]
        clear += found["direction"] != "unclear"
    assert covered / SAMPLES > 0.93
    assert clear / SAMPLES < 0.07


SAMPLES = 500


def test_a_change_said_to_be_seen_most_likely_is_seen_in_eight_of_ten() -> None:
    random = np.random.default_rng(3)
    n = 250
    size = float(detectable(mover_difference(wilson(n // 2, n), wilson(n // 2, n))))
    before, after = random.binomial(n, 0.5 - size / 2, 4000), random.binomial(n, 0.5 + size / 2, 4000)
    found = mover_difference(wilson(after, n), wilson(before, n))
    assert 0.77 < np.mean(found.lower > 0) < 0.83
