"""The page says what else than the adjustment can have made a change, where the data show it."""

from collections.abc import Callable

import pytest

from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_data import GapData
from tests.support.made_courses import ADJUSTED, AFTER, BEFORE, LONG, SHORT, Courses, citizens, rates

ALFA = [("Alfa", ADJUSTED)]


def doubts(exhibit: Exhibit) -> str:
    assert isinstance(exhibit.provenance, GapData)
    return " ".join(exhibit.provenance.doubts)


def test_the_same_months_and_groups_leave_no_doubt(shown: Callable[..., Exhibit]) -> None:
    assert doubts(shown(rates("Alfa", (40, 70), (60, 70)), ALFA)) == ""


def test_groups_that_come_at_different_times(shown: Callable[..., Exhibit]) -> None:
    rows: Courses = []
    for month, rate in ((1, 40), (4, 70), (7, 100)):
        for group, number in ((SHORT, 200 - 20 * month), (LONG, 20 * month)):
            rows += citizens("Alfa", (2014, month), group, number, number * rate // 100)
            rows += citizens("Alfa", (2015, month), group, 100, 70)
    said = doubts(shown(rows, ALFA))
    assert "Before, “Basic school” came 2.5 months earlier than “Long higher education”" in said
    assert "After, " not in said


@pytest.mark.parametrize(("months", "is_told"), [((9, 10), False), ((9, 10, 11), True)])
def test_phases_of_different_seasons(shown: Callable[..., Exhibit], months: tuple[int, ...], is_told: bool) -> None:
    rows = rates("Alfa", (40, 70), (60, 70))
    for month in months:
        rows += [row for group in (SHORT, LONG) for row in citizens("Alfa", (2014, month), group, 50, 25)]
    assert ("not the same months of the year" in doubts(shown(rows, ALFA))) is is_told


def test_gaps_that_ran_opposite_ways(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (40, 70), (55, 55)), *rates("Beta", (70, 40), (55, 55))]
    found = shown(rows)
    assert found.asks == "No clear change in the gap in completion"
    assert "behind in 1 of the offers and ahead in 1" in doubts(found)


def test_groups_that_are_not_stated_are_told_before_and_after(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (40, 70), (60, 70)), *citizens("Alfa", AFTER, "", 100, 10)]
    assert "not stated of 0 of 400 citizens before, and of 100 of 500 after" in doubts(shown(rows, ALFA))


def test_who_starts_can_change_who_completes(shown: Callable[..., Exhibit]) -> None:
    rows: Courses = []
    for month, start in ((BEFORE, 80), (AFTER, 40)):
        rows += citizens("Alfa", month, SHORT, 4 * start, 160, absent=400 - 4 * start)
        rows += citizens("Alfa", month, LONG, 320, 280, absent=80)
    said = doubts(shown(rows, ALFA))
    assert "participation in “Basic school” went from 80.0% to 40.0%" in said
    assert "Long higher education" not in said


def test_citizens_who_have_not_had_time_to_start(shown: Callable[..., Exhibit]) -> None:
    rows: Courses = []
    for month in (*((2014, month) for month in range(1, 13)), *((2015, month) for month in range(1, 7))):
        rows += citizens("Alfa", month, SHORT, 60 if month < (2015, 5) else 0, 0, absent=40, wait=60)
        rows += citizens("Alfa", month, LONG, 60, 0, absent=40)
    found = shown(rows, ALFA, rate="participation")
    assert "citizens were invited in months, from Apr 2015 on, that have not had time to start" in doubts(found)
    assert "not had time to start" not in doubts(shown(rows, ALFA, rate="reach"))


@pytest.mark.parametrize(("before", "after", "way"), [(9, 6, "narrowed"), (30, 2, "closed")])
def test_only_a_gap_that_was_open_closes(shown: Callable[..., Exhibit], before: int, after: int, way: str) -> None:
    low = 5 if way == "narrowed" else 2
    rows = rates("Alfa", (90 - before, 90 - low), (90 - after, 90 - low), (6000, 6000))
    assert shown(rows, ALFA).asks == f"The gap in completion {way}"


def test_groups_that_come_in_other_seasons(shown: Callable[..., Exhibit]) -> None:
    rows: Courses = []
    for month, rate in ((1, 35), (4, 55), (7, 75), (10, 55)):
        many = {1: 200, 7: 20}.get(month, 100)
        for year, number in ((2014, many), (2015, 100)):
            rows += citizens("Alfa", (year, month), SHORT, number, number * rate // 100)
            rows += citizens("Alfa", (year, month), LONG, 200, 2 * rate)
    said = doubts(shown(rows, ALFA))
    assert "“Basic school” and “Long higher education” did not come in the same months of the year" in said
    assert "as much from month to month as chance alone" in said


def test_a_group_that_became_another_part_of_all(shown: Callable[..., Exhibit]) -> None:
    rows = rates("Alfa", (40, 70), (60, 70))
    rows += [row for _ in range(2) for row in citizens("Alfa", AFTER, SHORT, 200, 120)]
    assert "“Basic school” was 50.0% of the citizens before and 75.0% after" in doubts(shown(rows, ALFA))


@pytest.mark.parametrize(("after", "way"), [((50, 80, 50, 89), "flatter"), ((50, 60, 55, 89), "flatter, but only")])
def test_a_gradient_levels_down_by_the_groups_above_the_middle(
    shown: Callable[..., Exhibit], after: tuple[int, ...], way: str
) -> None:
    groups = (SHORT, "Kort uddannelse", "Mellemlang videregående uddannelse", LONG)
    before = (50, 60, 50 if way == "flatter" else 80, 90)
    rows = [
        row
        for month, them in ((BEFORE, before), (AFTER, after))
        for group, rate in zip(groups, them, strict=True)
        for row in citizens("Alfa", month, group, 800, 8 * rate)
    ]
    found = shown(rows, ALFA, understanding="gradient")
    assert found.asks.startswith(f"The gradient in completion became {way}")
    assert ("but only" in found.asks) is ("but only" in way)


def test_every_direction_is_drawn_in_the_list(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (40, 70), (70, 70), (800, 800)), *rates("Beta", (40, 70), (69, 40), (800, 800))]
    rows += [*rates("Gamma", (40, 70), (40, 45), (800, 800)), *rates("Delta", (40, 70), (60, 70), (800, 800))]
    rows += [*rates("Epsilon", (60, 70), (40, 70), (800, 800)), *rates("Zeta", (60, 70), (60, 70), (800, 800))]
    offers = ("Alfa", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")
    found = shown(rows, [(name, ADJUSTED) for name in offers], exhibit="offers")
    chart = found.chart({"theme": "light", "text_size": 15})
    drawn = {trace.meta for trace in chart.data if trace.meta and len(trace.x)}
    assert drawn >= {"closed", "turned", "levelled down", "narrowed", "widened", "unclear"}


@pytest.mark.parametrize("after", [40, 30])
def test_set_against_offers_that_moved_nothing_closes_or_turns(shown: Callable[..., Exhibit], after: int) -> None:
    rows = [*rates("Alfa", (50, 70), (50, 70), (800, 800)), *rates("Ro", (60, 70), (after, 70), (800, 800))]
    found = shown(rows, ALFA, comparison="on")
    assert found.asks == "The gap in completion is smaller than the comparison offers would lead one to expect"
    assert any("The trend is that of 1 comparison offer" in one for one in found.provenance.notes)


def test_a_gradient_names_what_it_leaves_out(shown: Callable[..., Exhibit]) -> None:
    middle = "Kort videregående uddannelse"
    rows = [*rates("Alfa", (40, 70), (40, 70), (100, 100)), *rates("Beta", (40, 70), (20, 70), (800, 800))]
    for month in (BEFORE, AFTER):
        rows += citizens("Alfa", month, middle, 100, 50)
    rows += [*citizens("Beta", BEFORE, middle, 100, 50), *rates("Gamma", (40, 70), (40, 70), (30, 0))]
    adjusted = [(name, ADJUSTED) for name in ("Alfa", "Beta", "Gamma")]
    found = shown(rows, adjusted, understanding="gradient")
    assert found.asks == "The gradient in completion became steeper"
    left_out = " ".join(found.provenance.left_out)
    assert "Left out of the gradient: Short higher education" in left_out
    assert "Left out: Gamma in Aarhus, 60 citizens, because it has no numbers to show from one side" in left_out


def test_a_group_alone_in_one_phase_is_not_called_too_small(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (40, 70), (60, 70)), *citizens("Alfa", BEFORE, "Kort videregående uddannelse", 100, 20)]
    found = shown(rows, ALFA)
    row = found.numbers[found.numbers["Group"] == "Short higher education"]
    assert dict(zip(row["Phase"], row["Note"], strict=True)) == {
        "before": "too few to measure",
        "after": "nobody, or too few to show",
    }
