"""Counts with years down and months across, or the other way round."""

import datetime as dt
from typing import Any

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, checks, counted, prepared, workbook

TOLD = {"municipality": "Randers", "offer": "Rygestop", "stage": "participated"}
ANSWERS = {"no_groups": "totals", "counts_cumulated": "own"}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec"]


def numbers(database: Database, rows: Rows) -> dict[dt.date, int]:
    found = counted(prepared(database, workbook(Ark=rows), TOLD, ANSWERS))
    return {start: came for _, start, _, _, came, _ in found}


@pytest.mark.parametrize("header", ["År", None, "Årstal", "Vuosi"])
def test_each_cell_is_of_the_month_of_its_years_row(database: Database, header: str | None) -> None:
    rows: Rows = [[header, *MONTHS], [2021, *range(11, 23)], [2022, *range(31, 43)]]
    found = numbers(database, rows)
    assert len(found) == 24
    assert (found[dt.date(2021, 1, 1)], found[dt.date(2021, 12, 1)], found[dt.date(2022, 5, 1)]) == (11, 22, 35)


@pytest.mark.parametrize(
    "quarters", [["K1", "K2", "K3", "K4"], ["1. kvartal", "2. kvartal", "3. kvartal", "4. kvartal"]]
)
def test_quarters_stand_across(database: Database, quarters: list[str]) -> None:
    rows: Rows = [["Deltagere"], [], ["År", *quarters], [2021, 11, 13, 15, 17], [2022, 12, 14, 16, None]]
    found = numbers(database, rows)
    assert (found[dt.date(2021, 10, 1)], found[dt.date(2022, 4, 1)]) == (17, 14)
    assert len(found) == 7


@pytest.mark.parametrize("header", ["Måned", None, "Måned / år"])
def test_months_down_and_years_across(database: Database, header: str | None) -> None:
    rows: Rows = [[header, 2021, 2022], *[[month, 10 + at, 30 + at] for at, month in enumerate(MONTHS)]]
    found = numbers(database, rows)
    assert (found[dt.date(2021, 1, 1)], found[dt.date(2022, 12, 1)], len(found)) == (10, 41, 24)


def test_totals_of_years_and_of_months_are_left_out(database: Database) -> None:
    rows: Rows = [["År", "Jan", "Feb", "I alt"], [2021, 11, 12, 23], [2022, 13, 15, 28], ["I alt", 24, 27, 51]]
    assert sorted(numbers(database, rows).values()) == [11, 12, 13, 15]
    assert "totals_differ" not in checks(prepared(database, workbook(Ark=rows), TOLD, ANSWERS))


def test_a_wrong_total_of_a_year_is_reported(database: Database) -> None:
    rows: Rows = [["År", "Jan", "Feb", "I alt"], [2021, 11, 12, 23], [2022, 13, 15, 29]]
    found = prepared(database, workbook(Ark=rows), TOLD, ANSWERS)
    assert [one.value for one in found[1].findings if one.check == "totals_differ"] == ["29"]


def test_findings_name_the_headers_as_they_are_written(database: Database) -> None:
    rows: list[list[Any]] = [["År", "Jan", "Feb", "Mar"], [2021, 11, 12, 13], [2022, 13, "fem", 14]]
    found = prepared(database, workbook(Ark=rows), TOLD, ANSWERS)
    (wrong,) = (one for one in found[1].findings if one.value == "fem")
    assert wrong.column == "Feb"
