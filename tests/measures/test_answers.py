"""What each understanding answers with, against the measures it stands for and against a table read by hand."""

import pandas as pd
import pytest

from analysis.measures.by_understanding import changes, levels
from analysis.measures.gradients import gradients
from analysis.measures.impact import more_citizens
from analysis.measures.periods import around_adjustment, between, by_phase
from analysis.model.terms import Dimension, Group, Question, Rate, Understanding

GROUPS = tuple(Group(key, {}, rank) for rank, key in enumerate(("low", "middle", "high"), start=1))
RANKED = Dimension("education", {}, True, GROUPS, reference="high", compared="low")
UNRANKED = Dimension("education", {}, False, GROUPS, reference="high", compared="low")


def counts(**completed: tuple[int, int]) -> pd.DataFrame:
    """100 citizens of each group took part before and after; so many completed."""
    rows = [
        ("A", "stop", phase, "education", group, 200, 100, pair[place])
        for group, pair in completed.items()
        for place, phase in enumerate(("before", "after"))
    ]
    names = ["municipality", "offer", "phase", "dimension", "group", "invited", "participated", "completed"]
    return pd.DataFrame(rows, columns=names).astype(dict.fromkeys(names[5:], "Int64"))


def question(understanding: Understanding, dimension: Dimension = RANKED) -> Question:
    return Question(understanding, Rate.COMPLETION, dimension, "low", "high")


TABLE = counts(low=(40, 70), middle=(60, 70), high=(80, 80))


def test_the_disadvantaged_are_answered_with_their_rate_and_its_newcombe_interval() -> None:
    # Newcombe 1998, Stat Med 17:873, table II: 56/70 − 48/80 has the interval .0524 to .3339 by method 10.
    rows = [("A", "o", "before", "d", "low", 80, 80, 48), ("A", "o", "after", "d", "low", 70, 70, 56)]
    table = pd.DataFrame(rows, columns=TABLE.columns)
    change = changes(table, question(Understanding.DISADVANTAGED), [], 5).iloc[0]
    assert (change["before"], change["after"]) == (0.6, 0.8)
    assert (round(change["lower"], 4), round(change["upper"], 4)) == (0.0524, 0.3339)
    assert change["direction"] == "rose"


@pytest.mark.parametrize(
    ("understanding", "before", "after", "direction"),
    [
        (Understanding.DISADVANTAGED, 0.4, 0.7, "rose"),
        (Understanding.GAP, 0.4, 0.1, "narrowed"),
        # Ridits of three groups of equal size are 1/6, 1/2 and 5/6: the slope is (high − low) · 3/2.
        (Understanding.GRADIENT, 0.6, 0.15, "narrowed"),
    ],
)
def test_the_same_counts_read_under_each_understanding(
    understanding: Understanding, before: float, after: float, direction: str
) -> None:
    change = changes(TABLE, question(understanding), [], 5).iloc[0]
    assert (change["before"], change["after"]) == (pytest.approx(before), pytest.approx(after))
    assert change["direction"] == direction
    found = levels(TABLE, question(understanding), [], 5)
    assert found["estimate"].tolist() == [pytest.approx(before), pytest.approx(after)]


def test_groups_without_an_order_are_answered_with_their_distance_from_the_mean() -> None:
    found = levels(TABLE, question(Understanding.GRADIENT, UNRANKED), [], 5)
    assert found["estimate"].tolist() == [pytest.approx(2 * 0.2 / 3), pytest.approx((1 / 30 + 1 / 30 + 1 / 15) / 3)]


def test_the_gradient_is_the_slope_index() -> None:
    found = levels(TABLE, question(Understanding.GRADIENT), ["municipality"], 5)
    slope = gradients(TABLE, Rate.COMPLETION, RANKED, ["municipality"], 5).query("measure == 'SII'")
    assert found["lower"].tolist() == pytest.approx(slope["lower"].tolist()[:2], abs=1e-12)


@pytest.mark.parametrize("understanding", list(Understanding))
def test_a_small_count_hides_the_answer(understanding: Understanding) -> None:
    change = changes(counts(low=(3, 70), middle=(60, 70), high=(80, 80)), question(understanding), [], 5).iloc[0]
    assert change["state"] == "hidden"
    assert pd.isna(change["estimate"])
    assert pd.isna(change["before"])
    assert change["direction"] is None


@pytest.mark.parametrize("understanding", list(Understanding))
def test_without_after_there_is_no_change(understanding: Understanding) -> None:
    before = TABLE[TABLE["phase"] == "before"]
    assert changes(before, question(understanding), [], 5).iloc[0]["state"] == "empty"


def test_closing_half_of_a_gap_of_thirty_points_among_a_hundred_is_fifteen_citizens() -> None:
    table = counts(low=(40, 50), middle=(60, 60), high=(80, 80))
    found = more_citizens(table, Rate.COMPLETION, "high", 5, closed=0.5).set_index("group")
    assert found.loc["low", "estimate"] == pytest.approx(15)
    assert found.loc["low", "reached"] == 50
    assert found.loc["low", "lower"] < 15 < found.loc["low", "upper"]
    assert "high" not in found.index


def months(adjusted_on: str | None) -> pd.DataFrame:
    starts = pd.date_range("2015-01-01", "2015-12-01", freq="MS")
    ends = starts + pd.offsets.MonthBegin()
    day = pd.Timestamp(adjusted_on) if adjusted_on else pd.NaT
    phases = [
        "unadjusted" if day is pd.NaT else "before" if end <= day else "after" if start >= day else "transition"
        for start, end in zip(starts, ends, strict=True)
    ]
    table = pd.DataFrame({"period_start": starts, "period_end": ends, "phase": phases, "adjusted_on": day})
    table = table.assign(municipality="A", offer="o", dimension="d", group="g", invited=9, participated=7, completed=5)
    return table.astype({"adjusted_on": "datetime64[us]", **dict.fromkeys(["invited", "participated"], "Int64")})


@pytest.mark.parametrize(("day", "first", "last", "number"), [("2015-06-01", 3, 8, 6), ("2015-06-15", 3, 9, 7)])
def test_three_months_on_either_side_of_an_adjustment(day: str, first: int, last: int, number: int) -> None:
    found = around_adjustment(months(day), 3)
    assert (found["period_start"].dt.month.min(), found["period_start"].dt.month.max()) == (first, last)
    assert len(found) == number
    assert (found["phase"] == "before").sum() == (found["phase"] == "after").sum() == 3


def test_a_comparison_offer_has_no_window() -> None:
    assert len(around_adjustment(months(None), 3)) == 12


def test_only_periods_wholly_within_the_time() -> None:
    found = between(months("2015-06-01"), pd.Timestamp("2015-02-15").date(), pd.Timestamp("2015-04-30").date())
    assert found["period_start"].dt.month.tolist() == [3, 4]


def test_months_add_up_to_phases_and_unknown_invitations_stay_apart() -> None:
    table = months("2015-06-15")
    table.loc[0, "invited"] = pd.NA
    found = by_phase(table).set_index("phase")
    assert found.loc["after", "participated"] == 6 * 7
    assert found.loc["transition", "invited"] == 9
    before = found.loc["before"]
    assert before["participated"].tolist() == [7, 4 * 7]
    assert before["invited"].isna().tolist() == [True, False]
