"""Counts of whole years beside a text that names a part of a year: asked about, never stored for the whole year."""

import datetime as dt

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, accounted, checks, prepared, workbook

HEADERS = ["Kommune", "Tilbud", "År", "Uddannelse", "Inviteret", "Deltog", "Gennemført"]
LOW, LONG = "Grundskole", "Lang videregående uddannelse"


def rows(*years: int) -> Rows:
    groups = ([LOW, 120, 50, 30], [LONG, 140, 80, 60])
    return [HEADERS, *(["Randers", "Rygestop", year, *group] for year in years for group in groups)]


def periods(database: Database, content: bytes, answer: str = "part") -> set[tuple[dt.date, dt.date]]:
    one = accounted(prepared(database, content, answers={"year_or_part": answer}))
    assert one.contents.counts is not None
    return {(row["period_start"], row["period_end"]) for row in one.contents.counts.to_pylist()}


@pytest.mark.parametrize(
    ("text", "last_month"),
    [
        ("Rygestop januar-juni", 6),
        ("Tallene for 2021 dækker kun januar-september", 9),
        ("Rygestop 2021, 1. halvår", 6),
        ("1.-3. kvartal 2021", 9),
        ("Til og med oktober 2021", 10),
        ("Perioden 1.1.2021-30.6.2021", 6),
        ("1/1-30/6 2021", 6),
        ("1. januar - 30. juni 2021", 6),
        ("Januari till och med mars", 3),
        ("January to March 2021", 3),
        ("Tammi-kesäkuu 2021", 6),
        ("Q1-Q3", 9),
        ("H1 2021", 6),
        ("Opgjort pr. 30.06.2021", 6),
        ("Kilde: Nexus, udtrukket 1. april 2021", 3),
    ],
)
def test_the_part_of_the_year_becomes_the_period(database: Database, text: str, last_month: int) -> None:
    content = workbook(Ark=[[text], [], *rows(2021)])
    assert "year_or_part" in checks(prepared(database, content))
    assert periods(database, content) == {(dt.date(2021, 1, 1), dt.date(2021, last_month + 1, 1))}
    assert periods(database, content, "years") == {(dt.date(2021, 1, 1), dt.date(2022, 1, 1))}


def test_only_the_year_that_the_text_names_is_shorter(database: Database) -> None:
    content = workbook(Ark=[*rows(2021, 2022), [], ["2022 er til og med september"]])
    expected = {(dt.date(2021, 1, 1), dt.date(2022, 1, 1)), (dt.date(2022, 1, 1), dt.date(2022, 10, 1))}
    assert periods(database, content) == expected


def test_the_names_of_sheets_are_months(database: Database) -> None:
    content = workbook(Jan=rows(2021), Feb=rows(2021))
    assert periods(database, content) == {
        (dt.date(2021, 1, 1), dt.date(2021, 2, 1)),
        (dt.date(2021, 2, 1), dt.date(2021, 3, 1)),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Opgjort juni 2022",
        "Kilde: Nexus, udtrukket 3. marts 2022",
        "Opgjort pr. 31.12.2021",
        "Gennemført efter 6 måneder",
        "Holdet varer 12 uger",
        "Numbers may be preliminary",
        "Hele året 2021",
        "1. januar til 31. december 2021",
        "Januar-december",
        "Antal pr. måned",
        "Tabel 2. Rygestop 2021",
    ],
)
def test_other_texts_ask_nothing(database: Database, text: str) -> None:
    assert "year_or_part" not in checks(prepared(database, workbook(Ark=[[text], [], *rows(2021)])))


def test_months_of_their_own_are_not_asked_about(database: Database) -> None:
    months: Rows = [[*HEADERS[:2], "Måned", *HEADERS[3:]], ["Randers", "Rygestop", "2021-03", LOW, 120, 50, 30]]
    assert "year_or_part" not in checks(prepared(database, workbook(Ark=[["Januar-juni"], [], *months])))
