"""The headline says what happened in the offers, whatever else happened to their citizens.

Each file is written, read, stored and shown as a person would do it. Its right answer follows from how it is made.
"""

import datetime as dt
import itertools
from collections.abc import Callable

import pytest

from analysis.auth.roles import AS_THEY_ARE, DisclosureLevel
from analysis.exhibits.choosing import MissingChoice
from analysis.exhibits.exhibit import Exhibit
from tests.support.made_courses import ADJUSTED, AFTER, BEFORE, LONG, ROUNDED, SHORT, Courses, citizens, rates

UNDERSTANDINGS = ("gap", "disadvantaged", "gradient")


def test_an_offer_that_shrinks_is_no_change(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (20, 60), (20, 60), (800, 100)), *rates("Beta", (80, 90), (80, 90), (100, 800))]
    for understanding in UNDERSTANDINGS:
        assert "o clear change" in shown(rows, understanding=understanding).asks
    assert "95% interval of the change of 0.0" in shown(rows).answers
    assert "Within the 2 offers" in shown(rows).answers


def test_an_offer_without_an_after_is_left_out_and_named(shown: Callable[..., Exhibit]) -> None:
    rows = rates("Alfa", (60, 70), (60, 70))
    rows += [*citizens("Beta", BEFORE, SHORT, 200, 20), *citizens("Beta", BEFORE, LONG, 200, 180)]
    found = shown(rows)
    assert found.asks == "No clear change in the gap in completion"
    assert "from 10.0 to 10.0" in found.answers
    assert "Left out: Beta in Aarhus, 400 citizens" in " ".join(found.provenance.left_out)


def test_offers_that_begin_at_other_times_are_no_change(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (40, 45), (40, 45), (600, 200)), *rates("Beta", (50, 85), (50, 85), (200, 600))]
    rows += [*citizens("Beta", (2014, 9), SHORT, 300, 150), *citizens("Beta", (2014, 9), LONG, 300, 255)]
    found = shown(rows, [("Alfa", ADJUSTED), ("Beta", dt.date(2014, 6, 1))])
    assert found.asks == "No clear change in the gap in completion"
    assert "95% interval of the change of 0.0" in found.answers


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((70, 50), (50, 68), "The gap in completion turned the other way"),
        ((50, 70), (70, 72), "The gap in completion narrowed"),
        ((50, 70), (50, 90), "The gap in completion widened"),
        ((50, 70), (50, 52), "The gap in completion narrowed, but only as those ahead fell back"),
        ((70, 50), (52, 50), "The gap in completion narrowed, but only as those ahead fell back"),
        ((51, 50), (50, 80), "The gap in completion widened"),
    ],
)
def test_the_direction_looks_at_size_and_sign(
    shown: Callable[..., Exhibit], before: tuple[int, int], after: tuple[int, int], said: str
) -> None:
    rows = rates("Alfa", before, after, (300, 300))
    assert shown(rows, [("Alfa", ADJUSTED)]).asks == said
    better = "Clearly better in 1" if said.endswith(" narrowed") else "Clearly better in 0"
    assert shown(rows, [("Alfa", ADJUSTED)], exhibit="offers").answers.startswith(better)


def test_a_gradient_compares_the_same_groups(shown: Callable[..., Exhibit]) -> None:
    middle = ("Erhvervsfaglig uddannelse", "Kort videregående uddannelse", "Mellemlang videregående uddannelse")
    rows = rates("Alfa", (10, 50), (10, 50))
    for group in middle:
        rows += citizens("Alfa", BEFORE, group, 200, 40)
    found = shown(rows, [("Alfa", ADJUSTED)], understanding="gradient")
    assert found.asks == "No clear change in the gradient in completion"
    assert "95% interval of the change of 0.0" in found.answers


@pytest.mark.parametrize("level", [AS_THEY_ARE, ROUNDED])
def test_running_courses_are_no_drop_outs(shown: Callable[..., Exhibit], level: DisclosureLevel) -> None:
    rows = rates("Alfa", (40, 70), (40, 70))
    for month in ((2015, 11), (2015, 12)):
        rows += [
            *citizens("Alfa", month, SHORT, 200, 5, running=180, days=20),
            *citizens("Alfa", month, LONG, 200, 10, running=170, days=20),
        ]
    found = shown(rows, [("Alfa", ADJUSTED)], level=level)
    assert found.asks == "No clear change in the gap in completion"
    assert any(line.startswith("Not finished: 8") for line in found.provenance.left_out), found.provenance.left_out


def test_running_courses_are_no_drop_outs_where_no_course_has_a_date_of_completion(
    shown: Callable[..., Exhibit],
) -> None:
    rows = [*rates("Alfa", (40, 70), (40, 70)), *citizens("Alfa", (2015, 11), SHORT, 200, 5, running=180)]
    rows += citizens("Alfa", (2015, 11), LONG, 200, 10, running=170)
    found = shown([[*row[:5], None, *row[6:]] for row in rows], [("Alfa", ADJUSTED)])
    assert found.asks == "No clear change in the gap in completion"
    assert "Not finished: 400 citizens" in " ".join(found.provenance.left_out)


def without_end_dates(rows: Courses) -> Courses:
    return [[*row[:5], None, *row[6:]] for row in rows]


def running(offer: str, month: tuple[int, int], number: int = 200) -> Courses:
    """Courses of one month that all run."""
    return [row for group in (SHORT, LONG) for row in citizens(offer, month, group, number, 0, running=number)]


RUNNING = {
    "the course got longer": [*running("Alfa", (2015, 7)), *citizens("Alfa", (2015, 12), SHORT, 5, 0, absent=400)],
    "one start has a wrong year": [
        *running("Alfa", (2015, 11)),
        *running("Alfa", (2015, 12)),
        *citizens("Alfa", (2016, 11), SHORT, 1, 0),
    ],
    "few run in each month": [row for month in (9, 10, 11, 12) for row in running("Alfa", (2015, month), 2)],
    "one course has an end": [*running("Alfa", (2015, 11)), *citizens("Alfa", BEFORE, SHORT, 1, 1, days=18)],
}


@pytest.mark.parametrize("level", [AS_THEY_ARE, ROUNDED])
@pytest.mark.parametrize("what", RUNNING)
def test_courses_said_to_run_are_no_drop_outs_whatever_the_dates(
    shown: Callable[..., Exhibit], what: str, level: DisclosureLevel
) -> None:
    rows = rates("Alfa", (40, 70), (40, 70))
    if what == "one course has an end":
        rows = without_end_dates(rows)
    found = shown([*rows, *RUNNING[what]], [("Alfa", ADJUSTED)], level=level)
    assert found.asks == "No clear change in the gap in completion"
    if level is AS_THEY_ARE:
        assert "to 30.0" in found.answers or what == "one course has an end"


def test_a_slow_new_offer_gets_its_own_time(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (40, 70), (40, 70)), *running("Beta", (2015, 9))]
    for month, group, number in itertools.product((BEFORE, (2015, 1)), (SHORT, LONG), (200,)):
        rows += citizens("Beta", month, group, number, 80 if group == SHORT else 140, days=300)
    rows += citizens("Alfa", (2015, 12), SHORT, 10, 4, days=20)
    found = shown(rows)
    assert found.asks == "No clear change in the gap in completion"
    assert "change of 0.0" in found.answers


def test_without_a_word_of_completion_none_is_shown(shown: Callable[..., Exhibit]) -> None:
    rows = [[*row[:5], None, None, row[7]] for row in rates("Alfa", (40, 70), (40, 70))]
    found = shown(rows, [("Alfa", ADJUSTED)])
    assert "0.0%" not in found.answers
    assert "Left out: 800 citizens of offers whose files do not say" in " ".join(found.provenance.left_out)


def test_a_planned_adjustment_shows_how_it_stands(shown: Callable[..., Exhibit]) -> None:
    found = shown(rates("Alfa", (40, 70), (40, 70)), [("Alfa", dt.date(2016, 1, 1))])
    assert found.asks == "“Basic school” is 30.0 percentage points behind “Long higher education” in completion"


def test_a_file_in_which_all_have_ended_counts_to_its_last_month(shown: Callable[..., Exhibit]) -> None:
    rows = rates("Alfa", (40, 70), (60, 70))
    found = shown(rows, [("Alfa", ADJUSTED)])
    assert found.asks == "The gap in completion narrowed"
    assert not found.provenance.left_out


@pytest.mark.parametrize("level", [AS_THEY_ARE, ROUNDED])
def test_walk_ins_are_nobodys_invitation(shown: Callable[..., Exhibit], level: DisclosureLevel) -> None:
    rows: Courses = []
    for month in (BEFORE, AFTER):
        rows += citizens("Alfa", month, SHORT, 80, 40, absent=120)
        rows += citizens("Alfa", month, LONG, 120, 60, absent=80)
    rows += citizens("Alfa", AFTER, SHORT, 150, 100, invited=False)
    found = shown(rows, [("Alfa", ADJUSTED)], level=level, rate="participation")
    assert found.asks == "No clear change in the gap in participation"
    if level is AS_THEY_ARE:
        assert "from 20.0 to 20.0" in found.answers
    by_starters = shown(rows, [("Alfa", ADJUSTED)], level=level)
    assert by_starters.asks == "No clear change in the gap in completion"
    assert "went from 0.0 to −" in by_starters.answers or level is ROUNDED  # Walk-ins completed more often: 100 of 150.


@pytest.mark.parametrize("level", [AS_THEY_ARE, ROUNDED])
@pytest.mark.parametrize(
    ("rates_of", "said"),
    [
        ((40, 70), "“Basic school” is 30.0 percentage points behind “Long higher education” in completion"),
        ((70, 40), "“Basic school” is 30.0 percentage points ahead of “Long higher education” in completion"),
        ((50, 52), "No clear gap in completion between “Basic school” and “Long higher education”"),
    ],
)
def test_without_an_adjustment_the_page_shows_how_it_stands(
    shown: Callable[..., Exhibit], rates_of: tuple[int, int], said: str, level: DisclosureLevel
) -> None:
    rows = [*rates("Alfa", rates_of, rates_of), *rates("Beta", rates_of, rates_of)]
    found = shown(rows, [], level=level)
    if level is AS_THEY_ARE or said.startswith("No clear"):
        assert found.asks == said
    assert "Within the 2 offers" in found.answers
    figure = found.draw({"theme": "light"})
    assert {trace.name for trace in figure.data if trace.mode == "markers"} == {"Now"}
    for exhibit in ("dimensions", "parts", "path", "municipality_map", "levels", "over_time", "more_citizens"):
        found = shown(rows, [], exhibit=exhibit, level=level)
        assert "adjustment" not in found.answers
        assert "no citizens" not in found.answers.lower()
        found.draw({"theme": "light"})


def test_an_offer_without_an_adjustment_shows_how_it_stands_beside_others(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (40, 70), (60, 70)), *rates("Beta", (50, 60), (50, 60))]
    alone = shown(rows, [("Alfa", ADJUSTED)], municipality="Aarhus", offer="Beta")
    assert alone.asks == "“Basic school” is 10.0 percentage points behind “Long higher education” in completion"
    both = shown(rows, [("Alfa", ADJUSTED)])
    assert both.asks == "The gap in completion narrowed"
    assert "Left out: 1 comparison offer, which has no adjustment." in both.provenance.left_out


FIRST, SECOND = f"{ADJUSTED}|Opkald før start", "2015-07-01|Opkald før start"
ALFA = {"municipality": "Aarhus", "offer": "Alfa"}


def with_two_adjustments(offer: str) -> Courses:
    """The gap in completion is 40 points, after the first adjustment 0, after the second 40 again."""
    rows: Courses = []
    for month, short in ((BEFORE, 30), (AFTER, 70), ((2015, 9), 30)):
        rows += [*citizens(offer, month, SHORT, 400, 4 * short), *citizens(offer, month, LONG, 400, 280)]
    return rows


@pytest.mark.parametrize("level", [AS_THEY_ARE, ROUNDED])
@pytest.mark.parametrize(
    ("choices", "said", "numbers"),
    [
        ({}, "narrowed", "from 40.0 to 20.0"),
        ({"adjustment": FIRST}, "narrowed", "from 40.0 to 20.0"),
        ({"adjustment": SECOND}, "widened", "from 20.0 to 40.0"),
        ({"adjustment": SECOND, "window": "6"}, "widened", "from 0.0 to 40.0"),
        ({"window": "6"}, "No clear gap", "0.0"),
        ({"adjustment": SECOND, "to": "2015-03"}, "behind", "20.0 percentage points"),
    ],
)
def test_each_of_two_adjustments_has_its_own_answer(
    shown: Callable[..., Exhibit], choices: dict[str, str], said: str, numbers: str, level: DisclosureLevel
) -> None:
    rows = [*with_two_adjustments("Alfa"), *rates("Beta", (40, 70), (40, 70))]
    adjusted = [("Alfa", ADJUSTED), ("Alfa", dt.date(2015, 7, 1)), ("Beta", ADJUSTED)]
    found = shown(rows, adjusted, level=level, **ALFA, **choices)
    assert said in found.asks
    if level is AS_THEY_ARE:
        assert numbers in found.answers + found.asks
    notes = " ".join(found.provenance.notes)
    is_later = choices.get("adjustment") == SECOND
    assert ("relative to “Opkald før start”, 1 Jul 2015. The offer has 1 earlier adjustment;" in notes) is is_later
    assert ("before and after “Opkald før start”, 1 Jul 2015" in found.provenance.in_words) is is_later
    for exhibit in ("over_time", "dimensions", "path", "municipality_map"):
        shown(rows, adjusted, exhibit=exhibit, level=level, **ALFA, **choices).draw({"theme": "light"})


def test_an_adjustment_that_was_chosen_changes_no_other_offer(shown: Callable[..., Exhibit]) -> None:
    rows = [*with_two_adjustments("Alfa"), *with_two_adjustments("Beta")]
    later = dt.date(2015, 7, 1)
    adjusted = [("Alfa", ADJUSTED), ("Alfa", later), ("Beta", ADJUSTED), ("Beta", later)]
    assert "narrowed" in shown(rows, adjusted, municipality="Aarhus", offer="Beta").asks
    assert "widened" in shown(rows, adjusted, **ALFA, adjustment=SECOND).asks
    with pytest.raises(MissingChoice):
        shown(rows, adjusted, municipality="Aarhus", adjustment=SECOND)


@pytest.mark.parametrize("gone", ["2015-07-02|Opkald før start", "2015-07-01|Følgeskab", "", "x"])
def test_a_link_to_an_adjustment_that_is_gone_shows_nothing_else(shown: Callable[..., Exhibit], gone: str) -> None:
    rows = [*with_two_adjustments("Alfa"), *rates("Beta", (40, 70), (40, 70)), *rates("Gamma", (40, 70), (40, 70))]
    adjusted = [("Alfa", ADJUSTED), ("Alfa", dt.date(2015, 7, 1)), ("Beta", ADJUSTED)]
    for offer in ("Alfa", "Beta", "Gamma"):
        if gone or offer == "Alfa":
            with pytest.raises(MissingChoice):
                shown(rows, adjusted, municipality="Aarhus", offer=offer, adjustment=gone)


def test_two_citizens_prove_nothing(shown: Callable[..., Exhibit]) -> None:
    rows = [*citizens("Alfa", BEFORE, SHORT, 2, 0), *citizens("Alfa", AFTER, SHORT, 2, 2)]
    rows += [row for month in (BEFORE, AFTER) for row in citizens("Alfa", month, LONG, 40, 20)]
    found = shown(rows, [("Alfa", ADJUSTED)], understanding="disadvantaged")
    assert found.asks == "“Basic school”: no clear change in completion"


def test_a_gap_that_changed_sides_is_said_to(shown: Callable[..., Exhibit]) -> None:
    rows = [*citizens("Alfa", BEFORE, SHORT, 66, 32), *citizens("Alfa", AFTER, SHORT, 66, 32)]
    rows += [*citizens("Alfa", BEFORE, LONG, 66, 13), *citizens("Alfa", AFTER, LONG, 66, 38)]
    found = shown(rows, [("Alfa", ADJUSTED)])
    assert found.asks == "No clear change in the gap in completion"
    assert "includes 0" not in found.answers
    assert "it changed sides" in found.answers


@pytest.mark.parametrize("understanding", UNDERSTANDINGS)
def test_what_comparison_offers_did_too_is_taken_off(shown: Callable[..., Exhibit], understanding: str) -> None:
    rows = [*rates("Alfa", (40, 70), (55, 70)), *rates("Beta", (30, 60), (45, 60)), *rates("Ro", (50, 80), (65, 80))]
    asked = {"understanding": understanding, "comparison": "on"}
    found = shown(rows, **asked)
    assert found.asks.endswith(", set against comparison offers")
    assert "o clear change" in found.asks
    assert "1 comparison offer changed by" in found.answers
    assert "a net change of 0.0" in found.answers
    assert "set against" not in shown(rows, understanding=understanding).asks
    assert any(line.startswith("Only the overall change") for line in found.provenance.notes)


def test_without_comparison_offers_nothing_is_said_to_be_set_against_them(shown: Callable[..., Exhibit]) -> None:
    found = shown([*rates("Alfa", (40, 70), (60, 70)), *rates("Beta", (30, 60), (50, 60))], comparison="on")
    assert found.asks == "The gap in completion narrowed"
    assert any(line.startswith("Not set against") for line in found.provenance.notes)


@pytest.mark.parametrize("level", [AS_THEY_ARE, ROUNDED])
def test_walk_ins_change_who_starts(shown: Callable[..., Exhibit], level: DisclosureLevel) -> None:
    rows: Courses = []
    for month in (BEFORE, AFTER):
        rows += citizens("Alfa", month, SHORT, 100, 40) + citizens("Alfa", month, LONG, 300, 60)
    rows += citizens("Alfa", AFTER, SHORT, 200, 100, invited=False)
    found = shown(rows, [("Alfa", ADJUSTED)], exhibit="starters", level=level)
    assert found.asks == "“Basic school” make up more of those who start"
    assert "25.0% were “Basic school” before and 50.0% after" in found.answers or level is ROUNDED
    assert "200 courses are those of walk-ins" in found.answers
    found.draw({"theme": "light"})


@pytest.mark.parametrize("level", [AS_THEY_ARE, ROUNDED])
def test_citizens_with_several_courses_are_counted_beside_the_courses(
    shown: Callable[..., Exhibit], level: DisclosureLevel
) -> None:
    rows = rates("Alfa", (40, 70), (40, 70))
    again = [[*row[:2], f"a{number % 400:x}z", *row[3:]] for number, row in enumerate(rows)]
    notes = shown(again, [("Alfa", ADJUSTED)], level=level).provenance.notes
    assert any("800 in these offers, of 400 citizens" in line for line in notes), notes


def test_neighbouring_groups_can_be_joined(shown: Callable[..., Exhibit]) -> None:
    skilled, middle = "Erhvervsfaglig uddannelse", "Mellemlang videregående uddannelse"
    rows: Courses = []
    for month, low, high in ((BEFORE, 10, 25), (AFTER, 20, 25)):
        for group, completed in ((SHORT, low), (skilled, low), (middle, high), (LONG, high)):
            rows += citizens("Alfa", month, group, 40, completed)
    apart = shown(rows, [("Alfa", ADJUSTED)])
    assert apart.asks == "No clear change in the gap in completion"
    joined = shown(rows, [("Alfa", ADJUSTED)], joined="on")
    assert joined.asks == "The gap in completion narrowed"
    assert "“Basic school – Short education”" in joined.answers
    assert "from 37.5 to 12.5" in joined.answers
    gradient = shown(rows, [("Alfa", ADJUSTED)], joined="on", understanding="gradient")
    assert gradient.asks == "The gradient in completion became flatter"


def test_a_net_change_can_be_levelled_down(shown: Callable[..., Exhibit]) -> None:
    still = [*rates("Alfa", (50, 70), (50, 52), (400, 400)), *rates("Ro", (50, 80), (50, 80), (400, 400))]
    assert shown(still, [("Alfa", ADJUSTED)], comparison="on").asks.endswith(", but only as those ahead did worse")
    assert shown(still, [("Alfa", ADJUSTED)], exhibit="offers", comparison="on").answers.startswith(
        "Clearly smaller than expected in 0 of 1"
    )


def test_a_net_change_knows_that_all_others_fell(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (50, 70), (50, 52), (400, 400)), *rates("Ro", (50, 80), (30, 60), (400, 400))]
    assert (
        shown(rows, [("Alfa", ADJUSTED)], comparison="on").asks
        == "The gap in completion is smaller than the comparison offers would lead one to expect"
    )


def test_a_comparison_offer_of_one_citizen_decides_nothing(shown: Callable[..., Exhibit]) -> None:
    rows = rates("Alfa", (40, 70), (40, 70))
    for month, low, high in ((BEFORE, 1, 0), (AFTER, 0, 1)):
        rows += [*citizens("Ro", month, SHORT, 1, low), *citizens("Ro", month, LONG, 1, high)]
    assert shown(rows, [("Alfa", ADJUSTED)], comparison="on").asks == "No clear change in the gap in completion"


def test_only_months_that_both_have_are_compared(shown: Callable[..., Exhibit]) -> None:
    """All rise alike; the comparison offer ends half-way through the months after."""
    rows: Courses = []
    for place in range(12):
        month = (2014 + (place + 6) // 12, (place + 6) % 12 + 1)
        rows += [*citizens("Alfa", month, SHORT, 200, 40 + 8 * place), *citizens("Alfa", month, LONG, 200, 160)]
        if place < 9:
            rows += [*citizens("Ro", month, SHORT, 200, 20 + 8 * place), *citizens("Ro", month, LONG, 200, 120)]
    found = shown(rows, [("Alfa", ADJUSTED)], comparison="on")
    assert found.asks.startswith("No clear change")
    assert "a net change of 0.0" in found.answers


@pytest.mark.parametrize("name", ["Ro", "Syn", "Kost", "Puls", "Vejr", "Trin"])
def test_a_rounded_comparison_is_not_clearer(shown: Callable[..., Exhibit], name: str) -> None:
    rows = rates("Alfa", (50, 50), (50, 50), (2000, 2000))
    for month, low, high in ((BEFORE, 23, 17), (AFTER, 17, 23)):
        rows += [*citizens(name, month, SHORT, 40, low), *citizens(name, month, LONG, 40, high)]
    assert shown(rows, [("Alfa", ADJUSTED)], comparison="on", level=ROUNDED).asks.startswith("No clear change")


def test_the_sentence_gives_the_share_without_a_known_group(shown: Callable[..., Exhibit]) -> None:
    rows = rates("Alfa", (50, 50), (50, 50), (100, 100))
    rows += [row for month in (BEFORE, AFTER) for row in citizens("Alfa", month, LONG, 200, 100)]
    blank = [
        [*row[:7], None if row[3] and row[3].year == 2015 and number % 2 else row[7]] for number, row in enumerate(rows)
    ]
    assert (
        "The group is unknown of 0.0% before and 50.0% after"
        in shown(blank, [("Alfa", ADJUSTED)], exhibit="starters").answers
    )


def test_joined_groups_warn_of_shifts(shown: Callable[..., Exhibit]) -> None:
    skilled, middle = "Erhvervsfaglig uddannelse", "Mellemlang videregående uddannelse"
    rows: Courses = []
    for month, few, many in ((BEFORE, 300, 100), (AFTER, 100, 300)):
        rows += [*citizens("Alfa", month, SHORT, few, few // 5), *citizens("Alfa", month, skilled, many, many * 3 // 5)]
        rows += [*citizens("Alfa", month, middle, 200, 140), *citizens("Alfa", month, LONG, 200, 140)]
    found = shown(rows, [("Alfa", ADJUSTED)], joined="on")
    assert any(line.startswith("Groups are joined: a shift") for line in found.provenance.notes)


def waiting_across_the_adjustment() -> Courses:
    """Before the adjustment 40 and 80 % of those who start complete, and after it 80 and 80 %.

    Half of those who start after it were invited before it, and the last to be invited wait for as long.
    """
    rows: Courses = []
    for month, wait, short in (((2014, 6), 40, 40), ((2014, 12), 40, 80), ((2015, 3), 40, 80)):
        rows += citizens("Alfa", month, SHORT, 100, short, absent=100, wait=wait)
        rows += citizens("Alfa", month, LONG, 100, 80, absent=100, wait=wait)
    return rows


@pytest.mark.parametrize(
    ("counted_from", "said", "belongs"),
    [
        ("invitation", "from 20.0 to 0.0", "A course belongs to the month of its invitation."),
        ("start", "from 40.0 to 0.0", "A course belongs to the month in which it began."),
    ],
)
def test_courses_can_count_from_their_start(
    shown: Callable[..., Exhibit], counted_from: str, said: str, belongs: str
) -> None:
    found = shown(waiting_across_the_adjustment(), [("Alfa", ADJUSTED)], counted_from=counted_from)
    assert said in found.answers
    assert belongs in found.provenance.notes


def test_those_who_never_start_count_when_they_would_have(shown: Callable[..., Exhibit]) -> None:
    rows = waiting_across_the_adjustment()
    found = shown(rows, [("Alfa", ADJUSTED)], counted_from="start", rate="participation")
    assert "from 0.0 to 0.0" in found.answers
    assert "50 took part before and 50 after" in found.answers


def test_the_page_says_how_many_courses_were_under_way(shown: Callable[..., Exhibit]) -> None:
    rows = [*waiting_across_the_adjustment(), *citizens("Alfa", (2014, 9), LONG, 30, 30)]
    notes = " ".join(shown(rows, [("Alfa", ADJUSTED)]).provenance.notes)
    assert "About 200 courses were under way at the adjustment" in notes


def with_slow_group(month: tuple[int, int], *, running: int = 0) -> Courses:
    """One month of Alfa: 80 % of each group complete, the long education in 10 days and the few others in 300."""
    few = citizens("Alfa", month, SHORT, 30, 24 - running, running=running, days=300)
    return [*few, *citizens("Alfa", month, LONG, 600, 480, days=10)]


def test_a_group_whose_courses_take_longer_gets_its_time(shown: Callable[..., Exhibit]) -> None:
    rows = [*with_slow_group(BEFORE), *with_slow_group((2015, 2)), *with_slow_group((2015, 9), running=24)]
    found = shown([*rows, *citizens("Alfa", (2015, 12), LONG, 600, 480, days=10)], [("Alfa", ADJUSTED)])
    assert found.asks == "No clear change in the gap in completion"
    assert "Not finished" in " ".join(found.provenance.left_out)


def half_running(month: tuple[int, int], size: int) -> Courses:
    """A month of Alfa that is half way: those of the short education take longer, and all of them run."""
    ended = citizens("Alfa", month, LONG, size, size // 2, days=10)
    return [*citizens("Alfa", month, SHORT, size, 0, running=size), *ended]


def test_one_wrong_year_moves_nothing(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (50, 50), (50, 50), (24, 24)), *half_running((2015, 8), 40)]
    found = shown([*rows, *citizens("Alfa", (2018, 8), LONG, 1, 1)], [("Alfa", ADJUSTED)])
    assert found.asks == "No clear change in the gap in completion"
    assert "Not finished: 81 citizens" in " ".join(found.provenance.left_out)


def test_an_offer_that_was_updated_earlier_has_its_own_last_day(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (50, 50), (50, 50), (100, 100)), *half_running((2015, 8), 200)]
    rows += [*rates("Beta", (50, 50), (50, 50), (20, 20)), *citizens("Beta", (2017, 8), LONG, 20, 10)]
    assert shown(rows).asks == "No clear change in the gap in completion"


def test_the_page_says_that_the_months_after_include_a_later_adjustment(shown: Callable[..., Exhibit]) -> None:
    rows = with_two_adjustments("Alfa")
    adjusted = [("Alfa", ADJUSTED), ("Alfa", dt.date(2015, 7, 1))]
    said = "The months after include 1 later adjustment: “Opkald før start”, 1 Jul 2015."
    assert said in shown(rows, adjusted).provenance.notes
    assert said not in shown(rows, adjusted, **ALFA, adjustment=SECOND).provenance.notes


@pytest.mark.parametrize("level", [AS_THEY_ARE, ROUNDED])
def test_the_page_says_how_many_came_without_an_invitation(
    shown: Callable[..., Exhibit], level: DisclosureLevel
) -> None:
    rows = [*rates("Alfa", (40, 50), (40, 50)), *citizens("Alfa", AFTER, SHORT, 200, 190, invited=False)]
    notes = shown(rows, [("Alfa", ADJUSTED)], level=level).provenance.notes
    assert any("without an invitation too: 0 of 400 who started before, and 200 of 600 after." in one for one in notes)


def test_those_whose_group_is_not_stated_are_counted_in_one_phase_too(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (50, 50), (50, 50)), *citizens("Alfa", AFTER, "Uoplyst", 60, 0)]
    numbers = shown(rows, [("Alfa", ADJUSTED)]).numbers
    unknown = numbers[numbers["Group"] == "Not stated"].set_index("Phase")
    assert unknown.loc["after", "Citizens"] == 60
    assert unknown.loc["after", "Note"] == "too few to measure"


def test_a_net_change_says_how_many_months_it_is_over(shown: Callable[..., Exhibit]) -> None:
    rows = [*rates("Alfa", (50, 50), (50, 50)), *citizens("Alfa", (2015, 9), SHORT, 200, 150)]
    rows += [*citizens("Alfa", (2015, 9), LONG, 200, 100), *rates("Gamma", (50, 50), (50, 50))]
    rows += [*citizens("Gamma", (2016, 5), LONG, 5, 5)]
    notes = shown(rows, [("Alfa", ADJUSTED)], comparison="on").provenance.notes
    assert any("The net change is over 2 of 3 months" in one for one in notes)
    assert not any("comparison offer, which has no adjustment" in one for one in notes)
