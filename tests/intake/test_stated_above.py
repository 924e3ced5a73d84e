"""What stands above a table holds for all of it: fields with their values, and the year of its months."""

import datetime as dt

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, checks, counted, prepared, workbook

LOW, LONG = "Grundskole", "Lang videregående uddannelse"
TOLD = {"municipality": "Randers", "offer": "Rygestop", "stage": "participated"}


@pytest.mark.parametrize(
    "head",
    [
        [["Kommune", "Randers"], ["Tilbud", "Rygestop"], ["År", 2022]],
        [["Udtræk"], ["Kommune:", None, "Randers"], ["Hold: Rygestop"], ["Periode: 01-01-2022 - 31-12-2022"], []],
    ],
    ids=["in two cells", "with a colon"],
)
def test_fields_above_a_table_hold_for_its_rows(database: Database, head: Rows) -> None:
    rows: Rows = [*head, ["Uddannelse", "Inviteret", "Deltaget", "Gennemført"], [LOW, 40, 20, 10], [LONG, 41, 21, 11]]
    _, one = found = prepared(database, workbook(Ark1=rows))
    assert [row[:3] for row in counted(found)] == [
        *(("Randers", dt.date(2022, 1, 1), "basic school"), ("Randers", dt.date(2022, 1, 1), "long higher education")),
    ]
    assert one.contents.counts is not None
    assert {row["offer"] for row in one.contents.counts.to_pylist()} == {"Rygestop"}
    assert checks(found).count("constant_above") == 3


@pytest.mark.parametrize(
    "head", [["Tilbud", "2022"], ["Kommune", "Deltaget"], ["År", "Grundskole"], ["Tilbud", "Kvinder"]]
)
def test_headers_of_two_columns_are_no_field_and_value(database: Database, head: list[str]) -> None:
    rows: Rows = [head, ["Rygestop", 10], ["KOL", 12]]
    assert "constant_above" not in checks(prepared(database, workbook(Ark1=rows), TOLD))


def test_what_a_person_states_goes_before_what_stands_above(database: Database) -> None:
    rows: Rows = [["Kommune: Viborg"], [], ["Uddannelse", "2022"], [LOW, 20]]
    assert counted(prepared(database, workbook(Ark1=rows), TOLD))[0][0] == "Randers"


@pytest.mark.parametrize("across", [True, False], ids=["across", "down"])
@pytest.mark.parametrize("where", ["sheet", "title", "person"])
def test_months_without_a_year_have_that_of_the_table(database: Database, across: bool, where: str) -> None:
    months = ["jan", "februar", "Marts"]
    table: Rows = [["Uddannelse", *months], [LOW, 4, 5, 6], [LONG, 7, 8, 9]]
    if not across:
        table = [["Måned", LOW, LONG], *([month, 4 + at, 7 + at] for at, month in enumerate(months)), ["I alt", 15, 24]]
    rows: Rows = [["Rygestop 2022"], [], *table] if where == "title" else table
    given = {**TOLD, **({"period": "2022"} if where == "person" else {})}
    found = prepared(database, workbook(**{"2022" if where == "sheet" else "Ark1": rows}), given)
    assert {(start.month, group): number for _, start, group, _, number, _ in counted(found)} == {
        **{(1, "basic school"): 4, (2, "basic school"): 5, (3, "basic school"): 6},
        **{(1, "long higher education"): 7, (2, "long higher education"): 8, (3, "long higher education"): 9},
    }
    assert "period_year_added" in checks(found)


def test_a_year_is_asked_for_where_nothing_says_it(database: Database) -> None:
    rows: Rows = [["Kvartal", LOW, LONG], ["1. kvartal", 4, 7], ["2. kvartal", 5, 8]]
    assert checks(prepared(database, workbook(Ark1=rows), TOLD)) == ["missing_year"]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Rygestop uge 3 2022", dt.date(2022, 1, 17)),
        ("Rygestop, 2. kvartal 2022", dt.date(2022, 4, 1)),
        ("Deltagere i marts 2022", dt.date(2022, 3, 1)),
        ("Rygestop uge 3-4 2022", None),
        ("Rygestop 2022", dt.date(2022, 1, 1)),
    ],
)
def test_a_part_of_a_year_in_a_title_is_not_the_year(database: Database, title: str, period: dt.date | None) -> None:
    rows: Rows = [[title], [], ["Uddannelse", "Deltaget"], [LOW, 20], [LONG, 21]]
    found = prepared(database, workbook(Ark1=rows), TOLD)
    assert found[1].faultless == (period is not None)
    assert period is None or {row[1] for row in counted(found)} == {period}


def test_months_past_new_year_are_not_of_one_year(database: Database) -> None:
    rows: Rows = [["Uddannelse", "nov", "dec", "jan", "feb"], [LOW, 1, 2, 3, 4], [LONG, 1, 2, 3, 4]]
    assert checks(prepared(database, workbook(Ark1=rows), {**TOLD, "period": "2022"})) == ["months_cross_new_year"]


def test_a_sheet_may_be_named_after_a_municipality_and_a_year(database: Database) -> None:
    rows: Rows = [["Tilbud", "Køn", "Inviteret", "Deltaget", "Gennemført"], ["Rygestop", "Kvinde", 40, 30, 20]]
    names = ("Randers 2021", "Randers 2022", "Viborg - 2021", "Viborg Kommune, 2022")
    found = prepared(database, workbook(**dict.fromkeys(names, rows)))
    years = [(place, day.year) for place, day, *_ in counted(found)]
    assert sorted(years) == [("Randers", 2021), ("Randers", 2022), ("Viborg", 2021), ("Viborg", 2022)]
    assert "missing_constant" in checks(prepared(database, workbook(**{"Data 2021": rows})))


def test_what_citizens_were_invited_to_is_no_limit_of_years(database: Database) -> None:
    def table(title: str, numbers: tuple[int, int]) -> Rows:
        return [[title], ["Kommune", "Mænd", "Kvinder"], ["Randers", *numbers], []]

    titles = {"Inviterede til rygestop 2022": (40, 60), "Deltagere i rygestop 2022": (20, 45)}
    rows = [row for title, numbers in titles.items() for row in table(title, numbers)]
    found = prepared(database, workbook(Ark1=rows), {"offer": "Rygestop"})
    assert [(day.year, group, *stages[:2]) for _, day, group, *stages in counted(found)] == [
        (2022, "man", 40, 20),
        (2022, "woman", 60, 45),
    ]
