"""Percentages under headers that say so: as the cells display them, as numbers up to 100, and as shares of 1."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook

from analysis.store import Database
from tests.support.workbooks.read_tables import counted, prepared, workbook

HEADERS = ["Kommune", "Tilbud", "År", "Køn", "Antal inviterede", "Deltaget i pct.", "Gennemført i pct."]
OF_INVITED = {"percent_of": "invited"}


def content(shares: list[list[Any]], number_format: str = "") -> bytes:
    rows = [
        ["Randers", "Rygestop", 2023, sex, invited, *own]
        for sex, invited, own in zip(("Mand", "Kvinde"), (400, 800), shares, strict=True)
    ]
    made = load_workbook(io.BytesIO(workbook(Ark=[HEADERS, *rows])))
    for row in made["Ark"].iter_rows(min_row=2, min_col=6, max_col=7):
        for cell in row:
            cell.number_format = number_format or cell.number_format
    saved = io.BytesIO()
    made.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("shares", "number_format"),
    [
        ([[0.5, 0.25], [0.75, 0.5]], "0%"),
        ([[0.5, 0.25], [0.75, 0.5]], ""),
        ([[50, 25], [75, 50]], ""),
        ([["50 %", "25 %"], ["75 %", "50 %"]], ""),
        ([["0,5", "0,25"], ["0,75", "0,5"]], ""),
    ],
)
def test_half_of_the_invited_is_half(database: Database, shares: list[list[Any]], number_format: str) -> None:
    found = counted(prepared(database, content(shares, number_format), answers=OF_INVITED))
    assert [row[3:] for row in found] == [(400, 200, 100), (800, 600, 400)]


def test_a_percentage_below_one_beside_others_stays_one(database: Database) -> None:
    found = counted(prepared(database, content([[0.5, 0.25], [75, 50]]), answers=OF_INVITED))
    assert [row[3:] for row in found] == [(400, 2, 1), (800, 600, 400)]


def test_a_header_may_say_yes_or_no(database: Database) -> None:
    headers = ["Kommune", "Tilbud", "Borger-id", "Startet", "Køn", "Gennemført (ja/nej)?"]
    rows = [["Randers", "Rygestop", f"b-{one}", "2023-01-09", "Mand", said] for one, said in enumerate(("ja", "nej"))]
    _, found = prepared(database, workbook(Ark=[headers, *rows]))
    assert found.contents.courses is not None
    assert [row["completed"] for row in found.contents.courses.to_pylist()] == [True, False]
