"""What a page says, and offers, where the data lack something: time, invitations, one side of an adjustment."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.auth.roles import DisclosureLevel
from tests.support.made_courses import ADJUSTED, BEFORE, LONG, SHORT, Courses, citizens, rates
from tests.support.stored_answers import exhibit_of_file
from tests.support.workbooks.faults import ADJUSTMENT_HEADERS, COURSE_HEADERS, adjustment, book

Open = Callable[..., AppTest]
Stored = Callable[..., Path]
EARLY = dt.date(2013, 1, 1)


@pytest.fixture
def stored(tmp_path: Path) -> Stored:
    """Stores courses, and adjustments of offers, and returns the database."""

    def store(rows: Courses, *adjusted: tuple[str, dt.date]) -> Path:
        made = [adjustment(Tilbud=offer, Dato=day) for offer, day in adjusted]
        sheets = {"Forløb": [COURSE_HEADERS, *rows], "Justeringer": [ADJUSTMENT_HEADERS, *made]}
        if not made:
            del sheets["Justeringer"]
        folder = tmp_path / "stored"
        folder.mkdir()
        exhibit_of_file(folder, lambda: book(sheets), "groups", DisclosureLevel(5), {})
        return folder / "answers.duckdb"

    return store


def said(test: AppTest) -> str:
    shown = (*test.info, *test.warning, *test.markdown, *test.caption)
    return "\n".join(one.value for one in shown).replace("\\", "")


@pytest.mark.parametrize("is_exact", [False, True])
def test_an_adjustment_before_all_months_is_told(app: Open, stored: Stored, is_exact: bool) -> None:
    test = app(stored(rates("Alfa", (40, 70), (60, 70)), ("Alfa", EARLY)), lang="en")
    test.toggle("exact_counts").set_value(is_exact).run()
    assert "one side of the adjustment" in said(test)
    assert "2013" in test.info[0].value
    assert "percentage points behind" in "".join(one.value for one in test.header)


def test_courses_that_all_run_are_not_called_too_few(app: Open, stored: Stored) -> None:
    rows: Courses = []
    for group in (SHORT, LONG):
        rows += citizens("Alfa", BEFORE, group, 50, 0, running=50)
    test = app(stored(rows), lang="en")
    text = said(test)
    assert "The courses have not had time to complete" in text
    assert "could point at a person" not in text
    assert "Exact counts" not in text
    test.button(key="show_participation").click().run()
    assert test.session_state["rate_held"] == "participation"
    assert not test.exception


def test_a_file_without_invitations_says_so(app: Open, stored: Stored) -> None:
    rows: Courses = []
    for group, completed in ((SHORT, 40), (LONG, 70)):
        rows += citizens("Alfa", BEFORE, group, 100, completed, invited=False)
    test = app(stored(rows), lang="en", rate="participation")
    assert "The files do not say who was invited" in said(test)
    test.button(key="show_completion").click().run()
    assert test.session_state["rate_held"] == "completion"


@pytest.mark.parametrize("rate", ["completion", "participation"])
def test_a_file_of_participants_alone_does_not_lead_in_a_circle(app: Open, tmp_path: Path, rate: str) -> None:
    headers = ["Kommune", "Tilbud", "Uddannelse", "2014", "2015"]
    rows = [["Aarhus", "Alfa", group, 100, 120] for group in (SHORT, LONG)]
    content = book({"Tal": [["Deltagere"], [], headers, *rows]})
    exhibit_of_file(tmp_path, lambda: content, "groups", DisclosureLevel(5), {})
    test = app(tmp_path / "answers.duckdb", lang="en", rate=rate)
    assert "The files say only how many took part" in said(test)
    assert not {"show_participation", "show_completion"} & {one.key for one in test.button}


def test_months_that_have_not_had_time_to_start_can_be_left_out(app: Open, stored: Stored) -> None:
    rows: Courses = []
    for month in (*((2014, month) for month in range(1, 13)), *((2015, month) for month in range(1, 7))):
        rows += citizens("Alfa", month, SHORT, 60 if month < (2015, 5) else 0, 0, absent=40, wait=60)
        rows += citizens("Alfa", month, LONG, 60, 0, absent=40)
    test = app(stored(rows, ("Alfa", ADJUSTED)), lang="en", rate="participation")
    assert "not had time to start" in test.warning[0].value
    test.button(key="leave_out_late").click().run()
    assert test.query_params["to"] == "2015-03"
    assert not test.warning


def test_municipalities_without_an_adjustment_are_on_the_map_too(app: Open, stored: Stored) -> None:
    other = [["Holbæk", *row[1:]] for row in rates("Beta", (30, 80), (30, 80))]
    file = stored([*rates("Alfa", (40, 70), (60, 70)), *other], ("Alfa", ADJUSTED))
    test = app(file, lang="en", page="municipalities.py")
    assert "It lies between 10.0 percentage points in Aarhus and 50.0 percentage points in Holbæk." in said(test)
