"""Lists of courses in which a column, or the outcome, tells that a citizen never came in spite of a date started."""

import datetime as dt
from typing import Any

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, accounted, checks, prepared, workbook

HEADERS: list[Any] = ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet"]
INVITED, STARTED = dt.datetime(2023, 1, 2), dt.datetime(2023, 1, 9)
TOTALS = {"no_groups": "totals"}


def course(citizen: str, *beside: Any, start: dt.datetime | None = STARTED) -> list[Any]:
    return ["Randers", "Rygestop", citizen, INVITED, start, *beside]


def came(database: Database, rows: Rows) -> dict[str, tuple[bool, bool]]:
    """Return whether each citizen was invited and participated."""
    found = accounted(prepared(database, workbook(Ark=rows), answers=TOTALS))
    assert found.contents.courses is not None
    return {row["citizen"]: (row["invited"], row["participated"]) for row in found.contents.courses.to_pylist()}


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        *[(header, "Ja", "Nej") for header in ("Deltaget", "Fremmødt", "Mødt op", "Deltog", "Fremmøde", "Mødt")],
        *[("Attended", "Yes", "No"), ("Participated", 1, 0), ("Møtt", "Ja", "Nei"), ("Deltatt", "ja", "nei")],
        *[
            ("Deltagit", "Ja", "Nej"),
            ("Osallistui", "Kyllä", "Ei"),
            ("Deltaget", "x", None),
            ("Fremmødt", "Mødt", "Afbud"),
        ],
        *[(header, "Nej", "Ja") for header in ("Udeblevet", "Ikke mødt", "Uteblitt", "Uteblev")],
        *[("No show", "No", "Yes"), ("Udeblevet", None, "x"), ("Udeblevet", 0, 1), ("Ei saapunut", "Ei", "Kyllä")],
    ],
)
def test_a_column_tells_who_came(database: Database, header: str, yes: Any, no: Any) -> None:
    rows: Rows = [
        [*HEADERS, header, "Gennemført", "Køn"],
        course("A1", yes, "Ja", "Mand"),
        course("A2", no, "Nej", "Kvinde"),
        course("A3", yes, "Nej", "Kvinde"),
    ]
    assert came(database, rows) == {"A1": (True, True), "A2": (True, False), "A3": (True, True)}
    assert "no_shows" in checks(prepared(database, workbook(Ark=rows)))
    assert "unknown_column" not in checks(prepared(database, workbook(Ark=rows)))


@pytest.mark.parametrize("word", ["Udeblevet", "Ikke mødt", "No show", "Mødte ikke", "Uteblev", "Ei saapunut"])
def test_an_outcome_tells_who_never_came(database: Database, word: str) -> None:
    rows: Rows = [[*HEADERS, "Status"], course("A1", word), course("A2", "Gennemført"), course("A3", "Frafaldet")]
    assert came(database, rows) == {"A1": (True, False), "A2": (True, True), "A3": (True, True)}


def test_without_an_invitation_the_planned_start_is_that_of_the_list(database: Database) -> None:
    rows: Rows = [[*HEADERS, "Deltaget", "Udfald"], course("A1", "Ja", "Gennemført"), course("A2", "Nej", None)]
    rows = [[*row[:3], *row[4:]] for row in rows]
    assert came(database, rows) == {"A1": (True, True), "A2": (True, False)}


def test_an_empty_cell_beside_yes_and_no_is_asked_about(database: Database) -> None:
    rows: Rows = [[*HEADERS, "Deltaget"], course("A1", "Ja"), course("A2", "Nej"), course("A3", None)]
    assert [one.rows for one in prepared(database, workbook(Ark=rows))[1].findings if one.check == "cell_empty"] == [
        (4,)
    ]


def test_who_came_needs_a_date_started(database: Database) -> None:
    rows: Rows = [[*HEADERS, "Deltaget"], course("A1", "Ja", start=None), course("A2", "Nej", start=None)]
    assert [one.rows for one in prepared(database, workbook(Ark=rows))[1].findings if one.check == "cell_empty"] == [
        (2,)
    ]


def test_numbers_of_sessions_are_no_marks(database: Database) -> None:
    rows: Rows = [[*HEADERS, "Udeblevet", "Gennemført"], course("A1", 0, "Ja"), course("A2", 3, "Nej")]
    assert came(database, rows) == {"A1": (True, True), "A2": (True, True)}
    assert "unknown_column" in checks(prepared(database, workbook(Ark=rows)))


def test_courses_with_an_outcome_are_no_attendances(database: Database) -> None:
    later = dt.datetime(2023, 6, 1)
    rows: Rows = [
        [*HEADERS, "Deltaget", "Udfald"],
        course("A1", "Ja", "Frafaldet"),
        ["Randers", "Rygestop", "A1", later, later, "Nej", None],
    ]
    found = prepared(database, workbook(Ark=rows), answers={**TOTALS, "citizen_repeats": "courses"})
    courses = accounted(found).contents.courses
    assert courses is not None
    assert courses["participated"].to_pylist() == [True, False]


def test_sessions_that_a_citizen_stayed_away_from_are_none(database: Database) -> None:
    days = [dt.datetime(2023, 1, 9), dt.datetime(2023, 1, 16), dt.datetime(2023, 1, 23)]
    rows: Rows = [
        ["Kommune", "Tilbud", "Borger-id", "Dato", "Udeblevet"],
        *[["Randers", "Rygestop", "A1", day, "Nej"] for day in days],
        *[["Randers", "Rygestop", "A2", day, "Ja"] for day in days],
    ]
    courses = accounted(
        prepared(database, workbook(Ark=rows), answers={**TOTALS, "completion_rule": "number:2"})
    ).contents.courses
    assert courses is not None
    assert courses["participated"].to_pylist() == [True, False]
