"""The header of a column of periods says what its numbers are: weeks, quarters, half-years, or school years."""

import datetime as dt
from typing import Any

import pytest

from analysis.intake.values.period_headers import unit_of
from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, accounted, checks, prepared, workbook

D = dt.date
WHERE = {"municipality": "Randers", "offer": "Rygestop"}
WEEKS = [(D(2022, 1, 31), D(2022, 2, 7)), (D(2022, 2, 7), D(2022, 2, 14))]
MONTHS = [(D(2022, 1, 1), D(2022, 2, 1)), (D(2022, 2, 1), D(2022, 3, 1))]
QUARTERS = [(D(2022, 1, 1), D(2022, 4, 1)), (D(2022, 4, 1), D(2022, 7, 1))]
HALVES = [(D(2022, 1, 1), D(2022, 7, 1)), (D(2022, 7, 1), D(2023, 1, 1))]
THIRDS = [(D(2022, 1, 1), D(2022, 5, 1)), (D(2022, 5, 1), D(2022, 9, 1))]
YEARS = [(D(2021, 1, 1), D(2022, 1, 1)), (D(2022, 1, 1), D(2023, 1, 1))]
SCHOOL_YEARS = [(D(2021, 8, 1), D(2022, 8, 1)), (D(2022, 8, 1), D(2023, 8, 1))]


def under(header: str, *periods: Any) -> bytes:
    rows: Rows = [["Kommune", "Tilbud", header, "Køn", "Inviteret", "Deltaget", "Gennemført"]]
    for number, one in enumerate(periods):
        rows = [*rows, ["Randers", "Rygestop", one, "Mand", 40 + number, 20, 10]]
        rows = [*rows, ["Randers", "Rygestop", one, "Kvinde", 60 + number, 45, 30]]
    return workbook(Ark1=rows)


def spans(database: Database, content: bytes, answers: dict[str, str] | None = None, **given: str) -> list[Any]:
    counts = accounted(prepared(database, content, given, answers)).contents.counts
    assert counts is not None
    return sorted({(row["period_start"], row["period_end"]) for row in counts.to_pylist()})


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        *((text, "weeks") for text in ("Uge", "Ugenr.", "År-uge", "Week no.", "Vecka", "Viikko", "Uke/år")),
        *((text, "quarters") for text in ("Kvartal", "Periode (kvartal)", "Kvt.", "Quarter", "Neljännesvuosi")),
        *((text, "half_years") for text in ("Halvår", "Half-year", "Puolivuosi")),
        *((text, "school_years") for text in ("Skoleår", "School year", "Läsår", "Lukuvuosi")),
        *((text, "years") for text in ("År", "Årstal", "Year", "Vuosi")),
        *((text, "") for text in ("Periode", "Dato", "Måned/kvartal", "")),
    ],
)
def test_a_header_names_a_unit(header: str, unit: str) -> None:
    assert unit_of(header) == unit


@pytest.mark.parametrize(
    ("header", "periods", "expected"),
    [
        *(("Uge", texts, WEEKS) for texts in (["05-2022", "06-2022"], ["5/2022", "6/2022"], [202205, 202206])),
        *((header, ["2022-05", "2022-06"], WEEKS) for header in ("Ugenr.", "Week", "Vecka", "Viikko", "År-uge", "Uke")),
        *(("Kvartal", texts, QUARTERS) for texts in (["1/2022", "2/2022"], ["01-2022", "02-2022"], [202201, 202202])),
        *((header, ["2022-1", "2022-2"], QUARTERS) for header in ("Kvartal", "Quarter", "Kvt")),
        ("Halvår", ["1/2022", "2/2022"], HALVES),
        ("Tertial", ["1/2022", "2/2022"], THIRDS),
        *(("Måned", texts, MONTHS) for texts in (["1/2022", "2/2022"], [202201, 202202], ["2022-1", "2022-2"])),
        *(("Skoleår", texts, SCHOOL_YEARS) for texts in (["2021-2022", "2022-2023"], ["2021-22", "2022-23"])),
        ("Kvartal", [dt.datetime(2022, 1, 1), dt.datetime(2022, 4, 1)], QUARTERS),
        ("År", [dt.datetime(2021, 1, 1), dt.datetime(2022, 1, 1)], YEARS),
        ("År", [dt.datetime(2021, 12, 31), dt.datetime(2022, 12, 31)], YEARS),
        ("Måned", [dt.datetime(2022, 1, 1), dt.datetime(2022, 2, 1)], MONTHS),
        ("Uge", [dt.datetime(2022, 1, 31), dt.datetime(2022, 2, 7)], WEEKS),
    ],
)
def test_numbers_are_of_the_unit_of_their_header(
    database: Database, header: str, periods: list[Any], expected: list[Any]
) -> None:
    assert spans(database, under(header, *periods)) == expected


@pytest.mark.parametrize(
    ("header", "periods", "check"),
    [
        ("Periode", ["1/2023", "2/2023"], "period_month_or_quarter"),
        ("Periode", [dt.datetime(2023, 3, 7), dt.datetime(2023, 4, 9)], "period_day"),
        ("Måned", [dt.datetime(2023, 3, 7), dt.datetime(2023, 4, 9)], "period_day"),
        ("Kvartal", [dt.datetime(2022, 1, 1), dt.datetime(2022, 2, 1)], "period_day"),
        ("Tertial", [dt.datetime(2022, 1, 1), dt.datetime(2022, 5, 1)], "period_day"),
        ("Skoleår", [2021, 2022], "period_years"),
        ("Skoleår", ["2021-05", "2021-06"], "not_a_period"),
        ("Kvartal", ["05-2022", "06-2022"], "not_a_period"),
        ("Semester", ["1/2022", "2/2022"], "period_season"),
    ],
)
def test_what_the_header_does_not_tell_is_asked_about(
    database: Database, header: str, periods: list[Any], check: str
) -> None:
    assert check in checks(prepared(database, under(header, *periods)))


@pytest.mark.parametrize(("answer", "expected"), [("years", YEARS), ("school_years", SCHOOL_YEARS)])
def test_an_answer_tells_what_a_school_year_of_one_year_is(
    database: Database, answer: str, expected: list[Any]
) -> None:
    assert spans(database, under("Skoleår", 2021, 2022), {"period_years": answer}) == expected


@pytest.mark.parametrize(("header", "expected"), [("Kvartal", QUARTERS), ("Halvår", HALVES)])
def test_a_word_over_periods_across_names_their_unit(database: Database, header: str, expected: list[Any]) -> None:
    rows: Rows = [["Deltagere"], [None, header, None], ["Uddannelse", "1/2022", "2/2022"]]
    rows = [*rows, ["Grundskole", 20, 30], ["Kort uddannelse", 10, 15]]
    assert spans(database, workbook(Ark1=rows), **WHERE) == expected


def test_a_single_year_under_school_years_across_is_refused(database: Database) -> None:
    rows: Rows = [["Deltagere"], [None, "Skoleår", None], ["Uddannelse", 2021, 2022]]
    rows = [*rows, ["Grundskole", 20, 30], ["Kort uddannelse", 10, 15]]
    assert "not_a_period" in checks(prepared(database, workbook(Ark1=rows), WHERE))


def test_a_name_above_a_table_is_the_unit_of_its_period(database: Database) -> None:
    rows: Rows = [["Kvartal", "2/2022"], [], ["Køn", "Inviteret", "Deltaget", "Gennemført"]]
    rows = [*rows, ["Mand", 40, 20, 10], ["Kvinde", 60, 45, 30]]
    assert spans(database, workbook(Ark1=rows), **WHERE) == QUARTERS[1:]


@pytest.mark.parametrize(
    "headers",
    [
        ["Inviteret 2021", "Inviteret 2022", "Deltog 2021", "Deltog 2022"],
        ["Antal inviterede i 2021", "Antal inviterede i 2022", "Antal deltagere i 2021", "Antal deltagere i 2022"],
        ["2021 Inviterede", "2022 Inviterede", "2021 Deltagere", "2022 Deltagere"],
        ["Inviterede (2021)", "Inviterede (2022)", "Deltagere (2021)", "Deltagere (2022)"],
        ["Kutsutut 2021", "Kutsutut 2022", "Osallistuneet 2021", "Osallistuneet 2022"],
    ],
)
def test_a_header_names_a_stage_and_a_period(database: Database, headers: list[str]) -> None:
    rows: Rows = [["Køn", *headers], ["Mand", 100, 110, 20, 30], ["Kvinde", 90, 95, 40, 35]]
    counts = accounted(prepared(database, workbook(Ark1=rows), WHERE)).contents.counts
    assert counts is not None
    found = [
        (row["period_start"].year, row["group"], row["invited"], row["participated"]) for row in counts.to_pylist()
    ]
    assert sorted(found) == [
        *((2021, "man", 100, 20), (2021, "woman", 90, 40)),
        *((2022, "man", 110, 30), (2022, "woman", 95, 35)),
    ]
