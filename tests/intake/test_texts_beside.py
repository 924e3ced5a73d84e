"""Texts beside a table, in columns that are not read, and on other sheets: asked about or named, never passed over."""

from typing import Any

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, accounted, checks, counted, prepared, workbook

HEADERS = ["Kommune", "Tilbud", "År", "Uddannelse", "Inviteret", "Deltog", "Gennemført"]
LOW, LONG = "Grundskole", "Lang videregående uddannelse"
ROWS: Rows = [HEADERS, ["Randers", "Rygestop", 2021, LOW, 40, 20, 10], ["Randers", "Rygestop", 2021, LONG, 60, 35, 22]]
STAGES = ["Inviteret", "Deltog", "Gennemført"]


def with_column(header: str | None, value: Any) -> Rows:
    return [[*ROWS[0], header], *([*row, value] for row in ROWS[1:])]


def said(database: Database, rows: Rows) -> list[str]:
    found = prepared(database, workbook(Ark=rows))
    return [one.value for one in found[1].findings if one.check == "remark"]


@pytest.mark.parametrize(
    "text",
    [
        *("Stikprøve: hver tiende borger", "Tallene er samlet for Randers og Favrskov kommuner", "Dækker 2021-2022"),
        *("Alene henvisninger fra praktiserende læge", "Opregnet til hele befolkningen", "Kladde", "Uden gravide"),
        *("Samme borger kan indgå flere gange", "Otos on satunnainen", "Hänvisade av läkare", "A random sample"),
    ],
)
def test_a_text_with_other_words_is_named(database: Database, text: str) -> None:
    assert said(database, [[text], [], *ROWS]) == [text]
    assert said(database, [*ROWS, [], [text]]) == [text]


@pytest.mark.parametrize(
    "text",
    [
        *("Tabel 1. Deltagere i rygestop fordelt på uddannelse, Randers Kommune 2021", "Rygestop 2021", "Oversigt"),
        *("Kilde: KMD Nexus", "Udtrukket 3. marts 2022", "Antal inviterede og deltagere", "Rygestopkurser i Randers"),
    ],
)
def test_a_plain_title_is_not(database: Database, text: str) -> None:
    assert said(database, [[text], [], *ROWS]) == []


@pytest.mark.parametrize("text", ["Peter Hansen", "Underviser: Mette Friis-Holm", "Hansen, Peter"])
def test_the_name_of_a_person_is_not_quoted(database: Database, text: str) -> None:
    assert said(database, [[text], [], *ROWS]) == []


@pytest.mark.parametrize("text", ["Kun kvinder", "Stikprøve"])
def test_a_text_beside_the_table_is_named(database: Database, text: str) -> None:
    rows = [ROWS[0], [*ROWS[1], None, text], ROWS[2]]
    assert said(database, rows) == [text]


@pytest.mark.parametrize(
    ("header", "value"), [("Måleenhed", "Andel (%)"), ("Enhed", "1.000 personer"), ("Status", "Prognose")]
)
def test_another_unit_of_all_rows_is_asked_about(database: Database, header: str, value: str) -> None:
    found = prepared(database, workbook(Ark=with_column(header, value)))
    assert "numbers_scaled" in checks(found) and not found[1].faultless


@pytest.mark.parametrize(("header", "value"), [("Population", "Kvinder"), ("Bemærkning", "Kun 1. hold")])
def test_a_column_of_some_citizens_is_named(database: Database, header: str, value: str) -> None:
    assert said(database, with_column(header, value)) == [f"{header}: {value}"]


@pytest.mark.parametrize(("header", "value"), [("Dækker", "jan-jun"), ("Til og med", "Juni")])
def test_a_column_of_a_part_of_the_year_is_asked_about(database: Database, header: str, value: str) -> None:
    assert "year_or_part" in checks(prepared(database, workbook(Ark=with_column(header, value))))


def test_a_sheet_of_notes_is_named(database: Database) -> None:
    found = prepared(database, workbook(Noter=[["Kun kvinder er medtaget"], ["Ring til os"]], Data=ROWS))
    assert [one.value for one in found[1].findings if one.check == "remark"] == ["Kun kvinder er medtaget"]
    assert len(counted(found)) == 2


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_header_may_stand_over_the_middle_of_its_columns(database: Database, place: int) -> None:
    band: list[Any] = [None] * 6
    band[place], band[place + 3] = 2021, 2022
    rows: Rows = [["Uddannelse", *band], [None, *STAGES, *STAGES], [LOW, 40, 20, 10, 140, 120, 110]]
    rows = [*rows, [LONG, 60, 35, 22, 160, 135, 122]]
    where = {"municipality": "Randers", "offer": "Rygestop"}
    found = counted(prepared(database, workbook(Ark=rows), where))
    assert [(start.year, *stages) for _, start, group, *stages in found if group == "basic school"] == [
        (2021, 40, 20, 10),
        (2022, 140, 120, 110),
    ]


def test_a_total_called_n_is_no_woman(database: Database) -> None:
    rows: Rows = [["Uddannelse", *STAGES], [LOW, 40, 20, 10], [LONG, 60, 35, 22], ["N", 100, 55, 32]]
    where = {"municipality": "Randers", "offer": "Rygestop", "period": "2021"}
    found = prepared(database, workbook(Ark=rows), where)
    assert not found[1].faultless and "sum_of_others" in checks(found)


def test_the_name_of_a_sheet_is_a_sex_and_a_year(database: Database) -> None:
    rows: Rows = [["Kommune", "Tilbud", *STAGES], ["Randers", "Rygestop", 40, 20, 10]]
    found = counted(prepared(database, workbook(**{"Kvinder 2021": rows, "Mænd 2021": rows})))
    assert {(start.year, group) for _, start, group, *_ in found} == {(2021, "woman"), (2021, "man")}


@pytest.mark.parametrize(
    ("header", "mark", "other"), [("Slettet", "Ja", "Nej"), ("Dublet", "x", None), ("Samtykke", "Nej", "Ja")]
)
def test_marked_courses_are_asked_about(database: Database, header: str, mark: str, other: str | None) -> None:
    headers = ["Kommune", "Tilbud", "Borger-id", "Køn", "Inviteret", "Startet", "Gennemført", header]
    days = ["02-03-2015", "12-03-2015", "01-06-2015"]
    rows: Rows = [headers, *(["Randers", "Rygestop", f"b-{n}", "Mand", *days, mark if n else other] for n in range(3))]
    content = workbook(Ark=rows)
    assert "rows_marked" in checks(prepared(database, content))
    for answer, number in (("left_out", 1), ("counted", 3)):
        one = accounted(prepared(database, content, answers={"rows_marked": answer}))
        assert one.contents.rows("courses") == number
