"""Attendance registers of 1 and 0 with a row or a column that sums them up."""

import datetime as dt
from typing import Any

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, accounted, checks, prepared, workbook

TOLD = {"municipality": "Randers", "offer": "Rygestop"}
ANSWERS = {"completion_rule": "share:75"}
DAYS = [dt.datetime(2024, 2, day) for day in (5, 12, 19, 26)]
CITIZENS: list[list[Any]] = [["a", "Mand", 1, 1, 1, 1], ["b", "Kvinde", 1, 0, 0, 1], ["c", "Kvinde", 0, 0, 0, 0]]


@pytest.mark.parametrize("label", ["I alt", "Fremmødte", "Antal fremmødte", "Total", "Sum"])
@pytest.mark.parametrize("beside", [False, True])
def test_a_register_of_ones_has_a_row_of_sums(database: Database, label: str, *, beside: bool) -> None:
    rows: Rows = [["Borger-id", "Køn", *DAYS], *CITIZENS, [label, None, 2, 1, 1, 2]]
    rows = [[*row, "I alt" if row is rows[0] else sum(row[2:])] for row in rows] if beside else rows
    found = prepared(database, workbook(Hold=rows), TOLD, ANSWERS)
    courses = accounted(found).contents.courses
    assert courses is not None
    assert courses["participated"].to_pylist() == [True, True, False]
    assert "register" in checks(found)


def test_counts_by_date_are_no_register(database: Database) -> None:
    rows: Rows = [["Køn", *DAYS], ["Mand", 1, 3, 4, 2], ["Kvinde", 5, 1, 0, 1], ["I alt", 6, 4, 4, 3]]
    assert "register" not in checks(prepared(database, workbook(Ark=rows), TOLD, ANSWERS))
