"""The page over time, from files as a municipality has them: the same offers throughout, and periods as counted."""

import datetime as dt
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.auth.roles import AS_THEY_ARE, DisclosureLevel
from analysis.exhibits.exhibit import Exhibit, Plan
from tests.support.stored_answers import exhibit_of_file
from tests.support.workbooks.faults import ADJUSTMENT_HEADERS, COUNT_HEADERS, COURSE_HEADERS, adjustment, book

Rows = list[list[object]]
SHORT, LONG = "Grundskole", "Lang videregående uddannelse"
Show = Callable[..., Exhibit]
NUMBERS = itertools.count()


def counted(offer: str, period: str, size: int, short: int, long: int) -> Rows:
    """Counts of one period: so many took part in each group, and so many per cent completed."""
    return [
        ["Aarhus", offer, period, "Uddannelse", group, size, size, size * rate // 100]
        for group, rate in ((SHORT, short), (LONG, long))
    ]


def months(number: int) -> list[str]:
    return [f"{2014 + place // 12}-{place % 12 + 1:02}" for place in range(number)]


QUARTERS = [f"{year}K{quarter}" for year in (2014, 2015) for quarter in (1, 2, 3, 4)]


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """Stores a file of counts or courses, with adjustments on 1 January 2015, and shows the page over time."""

    def show_over_time(
        rows: Rows, level: DisclosureLevel = AS_THEY_ARE, headers: Any = None, **choices: str
    ) -> Exhibit:
        sheet = ("Optælling", COUNT_HEADERS) if headers is None else ("Forløb", headers)
        made = [adjustment(Tilbud=offer, Dato=dt.date(2015, 1, 1)) for offer in sorted({str(row[1]) for row in rows})]
        sheets = {sheet[0]: [sheet[1], *rows], "Justeringer": [ADJUSTMENT_HEADERS, *made]}
        asked = {"dimension": "education", "rate": "completion", "understanding": "gap", **choices}
        return exhibit_of_file(tmp_path, lambda: book(sheets), asked.pop("exhibit", "over_time"), level, asked)

    return show_over_time


def lines(found: Exhibit) -> dict[str, list[tuple[Any, float, str]]]:
    """What is drawn of each line: the place, the rate and what the pointer tells; finished periods only."""
    figure = found.draw({"theme": "light"})
    return {
        trace.meta: [
            (at, y, said) for at, y, said in zip(trace.x, trace.y, trace.hovertext, strict=True) if y is not None
        ]
        for trace in figure.data
        if trace.customdata is not None and "lines" in trace.mode
    }


def shifting() -> Rows:
    """Two offers, neither of which changes; the one with high rates shrinks and the other grows."""
    rows: Rows = []
    for place, month in enumerate(months(24)):
        rows += counted("Alfa", month, 500 - 20 * place + 60 * (place % 2), 80, 90)
        rows += counted("Beta", month, 40 + 20 * place + 60 * (place % 2), 20, 60)
    return rows


def test_a_shift_between_offers_is_no_change_in_any_month(show: Show) -> None:
    for points in lines(show(shifting(), every="month")).values():
        rates = [y for _, y, _ in points]
        assert len(rates) == 24
        assert max(rates) - min(rates) < 1.5  # Only the rounding to whole citizens.


def test_a_shift_between_offers_is_no_step(show: Show) -> None:
    found = show(shifting(), every="month", aligned="aligned")
    [step] = re.findall(r"a step of ([+−]?[\d.]+)", found.answers)
    assert abs(float(step.replace("−", "-"))) < 0.5
    assert "No clear" in found.answers or "no clear" in found.answers


def test_the_sentence_compares_before_and_after_as_the_headline_does(show: Show) -> None:
    rows = [row for month in months(24) for row in counted("Alfa", month, 50, 40 if month < "2015" else 60, 70)]
    said = "The gap went from 30.0 to 10.0 percentage points (95% interval of the change of −20.0: "
    assert said in show(rows, every="month").answers
    assert said in show(rows, exhibit="groups").answers
    of_group = show(rows, understanding="disadvantaged").answers
    assert "“Basic school”: 40.0% before and 60.0% after. A change of +20.0 percentage points (95% interval" in of_group


def test_a_group_alone_is_drawn_though_there_is_nobody_to_compare(show: Show) -> None:
    rows = [row for month in months(24) for row in counted("Alfa", month, 50, 40, 70) if LONG not in row]
    rows += [row for month in months(24) for row in counted("Beta", month, 50, 40, 70) if SHORT not in row]
    found = show(rows, every="month", offer="Alfa", municipality="Aarhus")
    assert [round(y) for _, y, _ in lines(found)["basic school"]] == [40] * 24
    assert "cannot be compared before and after" in found.answers


def quarterly(offer: str = "Beta") -> Rows:
    return [row for quarter in QUARTERS for row in counted(offer, quarter, 300, 40, 70)]


@pytest.mark.parametrize("every", ["month", "quarter"])
def test_quarters_are_drawn_as_quarters_in_their_middle(show: Show, every: str) -> None:
    found = show(quarterly(), every=every)
    points = lines(found)["basic school"]
    assert len(points) == 8
    first, second = (pd.Timestamp(at) for at, _, _ in points[:2])
    assert first.strftime("%Y-%m") == "2014-02" and 89 <= (second - first).days <= 92
    assert "1st quarter 2014" in points[0][2]
    assert ("counts are of 3 months together" in found.answers) == (every == "month")


def test_half_years_are_drawn_as_half_years(show: Show) -> None:
    halves = [f"{year}H{half}" for year in (2013, 2014, 2015) for half in (1, 2)]
    found = show([row for half in halves for row in counted("Alfa", half, 300, 40, 70)], every="month")
    points = lines(found)["basic school"]
    assert len(points) == 6
    assert "Jan 2013 – Jun 2013" in points[0][2]
    assert "counts are of 6 months together" in found.answers


def test_the_sentence_names_offers_with_longer_periods(show: Show) -> None:
    rows = quarterly() + [row for month in months(24) for row in counted("Alfa", month, 100, 50, 60)]
    by_month = show(rows, every="month")
    points = lines(by_month)["basic school"]
    assert len(points) == 24 and {round(y) for _, y, _ in points} == {50}
    assert all("of 100 citizens" in said for *_, said in points)
    assert "Without 1 offer that is counted in longer periods" in by_month.answers
    assert "from 10.0 to 10.0" in by_month.answers
    by_quarter = show(rows, every="quarter")
    points = lines(by_quarter)["basic school"]
    assert len(points) == 8 and {round(y) for _, y, _ in points} == {45}
    assert "Without" not in by_quarter.answers and "from 20.0 to 20.0" in by_quarter.answers


def courses(month: tuple[int, int], size: int, completed: int, running: int) -> Rows:
    rows: Rows = []
    for group in (SHORT, LONG):
        for one in range(size):
            outcome = "Gennemført" if one < completed else "I gang" if one < completed + running else "Frafaldet"
            begun = dt.date(*month, 2)
            done = begun + dt.timedelta(days=80 if month < (2015, 11) else 20) if one < completed else None
            citizen = f"b{next(NUMBERS):x}z"
            rows.append(["Aarhus", "Alfa", citizen, begun, begun + dt.timedelta(days=5), done, outcome, group])
    return rows


def running(last: int = 30) -> Rows:
    """A year before and ten months after with half of them completing; in two last months most courses still run."""
    rows: Rows = []
    for place in range(22):
        rows += courses((2014 + place // 12, place % 12 + 1), 60, 30, 0)
    return rows + courses((2015, 11), last, last // 6, last // 2) + courses((2015, 12), last, last // 6, last // 2)


def rings(found: Exhibit) -> list[float]:
    figure = found.draw({"theme": "light"})
    return [y for trace in figure.data if trace.meta == "unfinished" for y in trace.y]


@pytest.mark.parametrize("rate", ["completion", "reach"])
def test_months_that_have_not_had_time_are_rings_beside_the_lines(show: Show, rate: str) -> None:
    found = show(running(), headers=COURSE_HEADERS, every="month", rate=rate)
    assert rings(found) == pytest.approx([100 / 6] * 4)
    assert [round(y) for _, y, _ in lines(found)["basic school"]] == [50] * 22
    drawn = found.draw({"theme": "light"}).to_json()
    assert "not finished" in drawn and "courses still run" in drawn
    assert found.texts["Note"].tolist().count("not finished") == 4
    assert isinstance(found.plan, Plan) and len(found.plan.categories) == 22
    assert not rings(show(running(), headers=COURSE_HEADERS, every="month", rate="participation"))


def test_unfinished_months_are_no_part_of_the_fitted_lines(show: Show) -> None:
    found = show(running(), headers=COURSE_HEADERS, every="month", aligned="aligned")
    assert "a step of 0.0" in found.answers or "a step of −0.0" in found.answers


def test_an_unfinished_month_with_a_small_count_tells_no_more_than_another(show: Show) -> None:
    found = show(running(last=6), DisclosureLevel(5), COURSE_HEADERS, every="month")
    assert not rings(found)
    notes = found.texts.iloc[[place for place, note in enumerate(found.texts["Note"]) if note]]
    assert set(notes["Note"]) == {"hidden, too small to show"}


def test_axes_are_as_wide_as_the_periods_and_the_rates(show: Show) -> None:
    rows = [row for month in months(24) for row in counted("Alfa", month, 2000, 50, 55)]
    layout = show(rows, every="month").draw({"theme": "light"}).layout
    assert [pd.Timestamp(one).strftime("%Y-%m-%d") for one in layout.xaxis.range] == ["2014-01-01", "2016-01-01"]
    low, high = layout.yaxis.range
    assert (low, high) == (40, 60)
