"""Rows that say the same in the columns of the format, and something else beside them, are not the same row."""

import datetime as dt

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, checks, counted, prepared, workbook

START = dt.datetime(2023, 1, 9)
COUNTS = ["Kommune", "Tilbud", "År", "Køn", "Inviteret", "Deltaget", "Gennemført"]


def courses(*teams: str) -> Rows:
    """The same course of one citizen in each of these teams."""
    headers = ["Kommune", "Tilbud", "Hold", "Borger-id", "Startet", "Udfald", "Køn"]
    return [headers, *[["Randers", "Rygestop", team, "A1", START, "Gennemført", "Mand"] for team in teams]]


def test_courses_of_two_teams_are_not_the_same_row(database: Database) -> None:
    found = checks(prepared(database, workbook(Ark=courses("A", "B"))))
    assert "row_twice" not in found
    assert "course_twice" in found


def test_a_course_that_stands_twice_is_left_out_once(database: Database) -> None:
    found = checks(prepared(database, workbook(Ark=courses("A", "A"))))
    assert "row_twice" in found
    assert "course_twice" not in found


def test_offers_in_other_letters_are_not_the_same_row(database: Database) -> None:
    rows: Rows = [COUNTS, *[["Randers", offer, 2022, "Mand", 40, 20, 10] for offer in ("KOL 1", "Kol 1")]]
    found = checks(prepared(database, workbook(Ark=rows)))
    assert {"offer_written", "count_twice"} <= {*found}
    assert "row_twice" not in found


def test_a_count_that_stands_twice_is_left_out_once(database: Database) -> None:
    rows: Rows = [COUNTS, *[["Randers", "KOL 1", 2022, "Mand", 40, 20, 10] for _ in range(2)]]
    assert len(counted(prepared(database, workbook(Ark=rows)))) == 1
