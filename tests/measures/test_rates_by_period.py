"""Rates by period: of one offer its own, of several those of one mix, and the headline over a phase."""

import numpy as np
import pandas as pd
import pytest

from analysis.measures.intervals import wilson
from analysis.measures.rates import rates_within_offers
from analysis.measures.rates_by_period import rates_by_period
from analysis.measures.result_frame import State
from analysis.model.terms import Phase, Rate

Row = tuple[str, int, str, int, int]
"""Offer, month, phase, participated and completed."""


def months(*rows: Row, unfinished: int = 999, group: str = "woman") -> pd.DataFrame:
    columns = ["offer", "month", "phase", "participated", "completed"]
    found = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[-2:], "Int64"))
    start = pd.to_datetime({"year": 2014 + found["month"] // 12, "month": found["month"] % 12 + 1, "day": 1})
    more = {"municipality": "Holbæk", "dimension": "sex", "group": group, "invited": found["participated"]}
    return found.assign(period_start=start, finished=found["month"] < unfinished, **more)


def found_in(counts: pd.DataFrame, smallest_count: int = 1, *phases: Phase) -> pd.DataFrame:
    groups = counts["group"].unique().tolist()
    some = phases or (Phase.BEFORE, Phase.AFTER)
    return rates_by_period(counts, Rate.COMPLETION, groups, groups, smallest_count, some)


ALFA: tuple[Row, ...] = (
    ("Alfa", 0, "before", 40, 10),
    ("Alfa", 1, "before", 50, 20),
    ("Alfa", 2, "transition", 30, 6),
    ("Alfa", 3, "after", 60, 30),
    ("Alfa", 4, "after", 20, 8),
)


def test_one_offer_has_its_own_rates_and_intervals() -> None:
    found = found_in(months(*ALFA))
    x, n = np.array([10, 20, 6, 30, 8]), np.array([40, 50, 30, 60, 20])
    for name, expected in wilson(x, n)._asdict().items():
        assert found[name].to_numpy() == pytest.approx(expected)
    assert found["numerator"].tolist() == x.tolist() and found["n"].tolist() == n.tolist()


def test_the_mix_of_offers_is_the_same_in_every_period() -> None:
    # Alfa has 20 % and Beta 80 % throughout; Beta comes late, leaves a month out, and grows.
    sizes = {"Alfa": [400, 400, 300, 200, 100, 100], "Beta": [0, 100, 100, 300, 0, 900]}
    rows = [
        (offer, month, "before" if month < 3 else "after", n, int(n * rate))
        for offer, rate in (("Alfa", 0.2), ("Beta", 0.8))
        for month, n in enumerate(sizes[offer])
        if n
    ]
    found = found_in(months(*rows))
    weight = 1500 / 2900
    assert found["estimate"].to_numpy() == pytest.approx(np.full(6, weight * 0.2 + (1 - weight) * 0.8))


def test_where_all_offers_are_there_alike_it_is_direct_standardisation() -> None:
    rows = [
        (offer, month, phase, n, x)
        for offer, n, taken in (("Alfa", 100, (10, 30, 40, 20)), ("Beta", 300, (150, 180, 240, 210)))
        for month, (phase, x) in enumerate(zip(("before", "before", "after", "after"), taken, strict=True))
    ]
    found = found_in(months(*rows))
    assert found["estimate"].to_numpy() == pytest.approx(
        [0.25 * a / 100 + 0.75 * b / 300 for a, b in ((10, 150), (30, 180), (40, 240), (20, 210))]
    )
    assert found["n"].eq(400).all()


def test_over_a_phase_the_mean_is_the_headline() -> None:
    random = np.random.default_rng(4)
    rows: list[Row] = []
    for offer in ("Alfa", "Beta", "Gamma"):
        for month in range(24):
            n = int(random.integers(0, 30))
            rows.append((offer, month, "before" if month < 10 else "after", n, int(random.binomial(n, 0.4))))
    counts = months(*rows)
    points = found_in(counts)
    headline = rates_within_offers(counts, Rate.COMPLETION, [], ["woman"], ["woman"], 1)
    total = counts.groupby("offer")["participated"].sum() / counts["participated"].sum()
    for phase, rate in zip(headline["phase"], headline["estimate"], strict=True):
        own = counts[counts["phase"] == phase]
        size = own.groupby("offer")["participated"].transform("sum")
        share = (own["participated"] / size * own["offer"].map(total)).groupby(own["period_start"]).sum()
        at = points.set_index("period")["estimate"].reindex(share.index)
        assert (share * at).sum() == pytest.approx(rate)


def test_the_interval_holds_the_rate_of_the_mix() -> None:
    random = np.random.default_rng(9)
    level, held = np.array([0.2, 0.4, 0.6, 0.8]), []
    for _ in range(50):
        n = random.integers(0, 25, (4, 10))
        n[:2, 5:] *= 3
        x = random.binomial(n, level[:, None])
        rows = [
            (f"{offer}", month, "before" if month < 5 else "after", int(n[offer, month]), int(x[offer, month]))
            for offer, month in np.ndindex(4, 10)
        ]
        found = found_in(months(*rows))
        truth = n.sum(axis=1) @ level / n.sum()
        held.append(((found["lower"] <= truth) & (found["upper"] >= truth)).mean())
    assert 0.92 <= np.mean(held) <= 0.995


def test_an_unfinished_month_is_marked_and_changes_no_other() -> None:
    rows = (*ALFA, ("Alfa", 5, "after", 40, 4), ("Alfa", 6, "after", 40, 0))
    found = found_in(months(*rows, unfinished=5))
    assert found["unfinished"].tolist() == [False] * 5 + [True] * 2
    assert found["estimate"].tolist()[5:] == pytest.approx([0.1, 0])
    assert found["lower"].tolist()[5:] == pytest.approx(wilson([4, 0], [40, 40]).lower)
    known = found_in(months(*ALFA))
    pd.testing.assert_frame_equal(found[:5], known)


def test_a_month_in_which_most_offers_are_unfinished_is_unfinished() -> None:
    rows = [
        (offer, month, "before" if month < 3 else "after", n, n // 2)
        for offer, n in (("Short", 20), ("Long", 100))
        for month in range(6)
    ]
    counts = months(*rows)
    counts["completed"] = counts["completed"].mask((counts["offer"] == "Long") & (counts["month"] == 5), 0)
    found = found_in(counts.assign(finished=(counts["offer"] == "Short") | (counts["month"] < 5)))
    assert found["unfinished"].tolist() == [False] * 5 + [True]
    assert found["estimate"].to_numpy() == pytest.approx([0.5] * 5 + [10 / 120], abs=0.01)
    assert found["numerator"].tolist()[-1] == 10 and found["n"].tolist()[-1] == 120
    reverse = found_in(counts.assign(finished=(counts["offer"] == "Long") | (counts["month"] < 5)))
    assert not reverse["unfinished"].any()


def test_a_small_count_is_hidden_finished_or_not() -> None:
    rows = (*ALFA, ("Alfa", 5, "after", 40, 2), ("Alfa", 6, "after", 40, 20))
    found = found_in(months(*rows, unfinished=5), 5)
    hidden = found[found["state"] == State.HIDDEN]
    assert hidden["period"].dt.month.tolist() == [6]
    assert hidden[["estimate", "lower", "upper", "n", "numerator"]].isna().all(axis=None)
    assert not hidden["unfinished"].any()


def test_offers_that_never_meet_are_taken_to_be_as_on_average() -> None:
    rows = [
        ("Alfa", 0, "now", 50, 10),
        ("Alfa", 1, "now", 50, 20),
        ("Beta", 6, "now", 50, 40),
        ("Beta", 7, "now", 50, 40),
    ]
    found = found_in(months(*rows), 1, Phase.NOW)
    assert found["estimate"].to_numpy() == pytest.approx([0.45, 0.65, 0.55, 0.55])  # (.3 + .8) / 2, and -/+ .1 of Alfa


def test_nobody_and_no_compared_offer() -> None:
    assert found_in(months(*ALFA)[:0]).empty
    assert found_in(months(*ALFA[:2])).empty
