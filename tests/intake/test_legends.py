"""Registers with a legend of their marks, and pivot tables with a line above that says what they sum up."""

import datetime as dt
from typing import Any

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, accounted, checks, counted, prepared, workbook

TOLD = {"municipality": "Randers", "offer": "Rygestop"}
RULE = {"completion_rule": "share:75"}
DAYS = [dt.datetime(2024, 2, day) for day in (5, 12, 19, 26)]


def register(legend: str, came: str, *away: str) -> Rows:
    """A register of three citizens: always there, once there, and never there."""
    first, second, third = away
    marks = [[came] * 4, [came, first, second, third], [first] * 4]
    rows = [[name, sex, *row] for name, sex, row in zip("abc", ("Mand", "Kvinde", "Mand"), marks, strict=True)]
    return [[legend], ["Borger-id", "Køn", *DAYS], *rows]


def participated(database: Database, rows: Rows, constants: dict[str, str] | None = None) -> list[tuple[bool, bool]]:
    courses = accounted(prepared(database, workbook(Hold=rows), constants or TOLD, RULE)).contents.courses
    assert courses is not None
    return list(zip(courses["participated"].to_pylist(), courses["completed"].to_pylist(), strict=True))


@pytest.mark.parametrize("came", ["x", "M"])
@pytest.mark.parametrize(
    "legend",
    [
        "Signaturforklaring: M = mødt, A = afbud, U = udeblevet",
        "M: mødt / A: afbud / U: udeblevet",
        "M = fremmødt, A = afbud og U = ikke mødt",
    ],
)
def test_a_legend_explains_the_marks(database: Database, legend: str, came: str) -> None:
    assert participated(database, register(legend, came, "A", "U", "")) == [(True, True), (True, False), (False, False)]


def test_a_legend_explains_a_mark_of_absence(database: Database) -> None:
    rows = register("D = deltaget, B = afbud", "D", "B", "B", "B")
    assert participated(database, rows) == [(True, True), (True, False), (False, False)]


@pytest.mark.parametrize("legend", ["A = mødt, U = udeblevet", "M = mødt, X = udeblevet"])
def test_a_legend_against_the_usual_meaning_is_an_error(database: Database, legend: str) -> None:
    found = prepared(database, workbook(Hold=register(legend, "x", "", "", "")), TOLD, RULE)
    assert "register_absence" in checks(found)


def test_a_mark_without_a_legend_is_asked_about(database: Database) -> None:
    found = prepared(database, workbook(Hold=register("Rygestop", "x", "B", "", "")), TOLD, RULE)
    assert "attendance_mark" in checks(found)


def test_a_stage_that_is_given_for_other_sheets_is_none_of_a_register(database: Database) -> None:
    rows = register("M = mødt, A = afbud", "M", "A", "A", "A")
    assert len(participated(database, rows, {**TOLD, "stage": "participated"})) == 3


@pytest.mark.parametrize(("summed", "columns"), [("Sum af Antal", "Køn"), ("Sum af Deltaget", "Kolonnenavne")])
def test_a_pivot_table_has_a_line_above_its_headers(database: Database, summed: str, columns: str) -> None:
    rows: list[list[Any]] = [
        [summed, None, columns],
        ["Kommune", "År", "Mand", "Kvinde", "Hovedtotal"],
        ["Randers", 2021, 21, 31, 52],
        [None, 2022, 22, 32, 54],
        ["Randers Total", None, 43, 63, 106],
        ["Viborg", 2021, 41, 61, 102],
        [None, 2022, 42, 62, 104],
        ["Viborg Total", None, 83, 123, 206],
        ["Hovedtotal", None, 126, 186, 312],
    ]
    found = counted(prepared(database, workbook(Ark=rows), {"offer": "Rygestop", "stage": "participated"}))
    numbers = {(place, start.year, group): came for place, start, group, _, came, _ in found}
    assert len(numbers) == 8
    assert (numbers["Randers", 2022, "woman"], numbers["Viborg", 2021, "man"]) == (32, 41)
