"""Numbers that a legend calls unknown or too small: held back, never stored as counts."""

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, accounted, checks, counted, prepared, workbook

HEADERS = ["Kommune", "Tilbud", "År", "Køn", "Inviteret", "Deltog"]


def rows(came: int) -> Rows:
    return [HEADERS, ["Randers", "Rygestop", 2021, "Mand", 120, came], ["Randers", "KOL", 2021, "Mand", 140, 80]]


@pytest.mark.parametrize(
    ("legend", "number"),
    [
        ("99 = uoplyst", 99),
        ("9: ikke oplyst", 9),
        ("0 = færre end 5 (diskretioneret)", 0),
        ("Note: 0 = under 5 borgere", 0),
        ("Færre end 5 er sat til 0", 0),
        ("Tallet 4 dækker over færre end 5", 4),
        ("Uoplyst angives som 99", 99),
        ("0 = <5", 0),
        ("3 = fewer than 5", 3),
        ("99 = uppgift saknas", 99),
        ("3 = 1-4 borgere", 3),
        ("0: Tallet ikke er oplyst", 0),
    ],
)
def test_an_explained_number_is_held_back(database: Database, legend: str, number: int) -> None:
    found = prepared(database, workbook(Ark=[*rows(number), [], [legend]]))
    assert [(row[0], row[4]) for row in counted(found)] == [("Randers", 80)]
    assert {"number_explained", "hidden_count", "held_back"} <= {*checks(found)}


@pytest.mark.parametrize("between", [[], [[]]])
def test_a_legend_in_two_cells_is_no_row_of_data(database: Database, between: Rows) -> None:
    found = prepared(database, workbook(Ark=[*rows(3), *between, [3, "1-4 borgere"]]))
    assert [(row[0], row[4]) for row in counted(found)] == [("Randers", 80)]
    assert "number_explained" in checks(found)


def test_a_row_without_numbers_at_the_end_is_no_note(database: Database) -> None:
    found = prepared(database, workbook(Ark=[*rows(20), ["Randers", "KOL", 2021, "Kvinde"]]))[1]
    assert [one.rows for one in found.findings if one.check == "cell_empty"] == [(4,)]


def test_a_code_and_its_meaning_below_a_list_of_courses_are_no_course(database: Database) -> None:
    headers = ["Borger-id", "Kommune", "Tilbud", "Startet", "Uddannelse"]
    courses = [[f"b-{number}", "Randers", "Rygestop", "2023-01-09", "Grundskole"] for number in range(3)]
    found = prepared(database, workbook(Ark=[headers, *courses, [], ["99", "Uoplyst"], ["I alt", None, None, 3]]))
    assert [row["row"] for row in accounted(found).contents.courses.to_pylist()] == [2, 3, 4]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "legend",
    [
        "1 = mand, 2 = kvinde, 9 = uoplyst",
        "Note 9: Uoplyste er udeladt",
        "9: Uoplyste er ikke medtaget i tabellen",
        "9 = ingen",
        "Uoplyste 9",
        "9 uoplyste er udeladt",
    ],
)
def test_other_texts_hold_nothing_back(database: Database, legend: str) -> None:
    found = prepared(database, workbook(Ark=[*rows(9), [], [legend]]))
    assert [row[4] for row in counted(found)] == [9, 80]
