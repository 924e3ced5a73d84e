"""What looks like a header, a title or a total and is not: a question or an error, and never other numbers."""

import datetime as dt

import pytest

from analysis.store import Database
from tests.support.workbooks.read_tables import Rows, checks, counted, prepared, workbook

LOW, SHORT = "Grundskole", "Kort uddannelse"
WHERE = {"municipality": "Randers", "offer": "Rygestop"}
HEADERS = ["Uddannelse", "Inviteret", "Deltaget", "Gennemført"]
COUNTS: Rows = [[LOW, 60, 31, 21], [SHORT, 70, 42, 33]]


def test_a_first_row_of_data_without_numbers_is_no_header(database: Database) -> None:
    given = {"offer": "Rygestop", "stage": "participated", "period": "2023"}
    rows: Rows = [["Kommune", "Mænd", "Kvinder"], ["Randers", "-", "-"], ["Viborg", 33, 23], ["Favrskov", 43, 34]]
    found = prepared(database, workbook(Ark1=rows), given)
    assert "suppressed_mark" in checks(found) or not found[1].faultless
    years: Rows = [["Kommune", "Mænd", "Kvinder"], ["Randers", 2022, 2024], ["Viborg", 1500, 1400]]
    stored = counted(prepared(database, workbook(Ark1=years), given))
    assert {(row[0], row[1].year, row[2]): row[4] for row in stored} == {
        **{("Randers", 2023, "man"): 2022, ("Randers", 2023, "woman"): 2024},
        **{("Viborg", 2023, "man"): 1500, ("Viborg", 2023, "woman"): 1400},
    }


@pytest.mark.parametrize(
    "above",
    [
        [["Udtrukket:", "15-02-2024"]],
        [["Opdateret", "2024"], []],
        [["Rapport udgivet 2024"], []],
        [["Årsrapport 2024"], []],
        [["Sammenlignet med 2022"], []],
        [["Periode: 2022"], ["Periode: 2023"]],
    ],
)
def test_another_date_above_a_table_is_not_its_period(database: Database, above: Rows) -> None:
    found = prepared(database, workbook(Ark1=[*above, HEADERS, *COUNTS]), WHERE)
    assert [one.value for one in found[1].findings if one.check == "missing_constant"] == ["period"]


@pytest.mark.parametrize(
    "title",
    ["Kontakt: Viborg", "Kommune: Randers og Favrskov", "Randers og Viborg Kommune", "Alle undtagen Viborg Kommune"],
)
def test_another_municipality_above_a_table_is_not_its_own(database: Database, title: str) -> None:
    given = {"offer": "Rygestop", "period": "2023"}
    found = prepared(database, workbook(Ark1=[[title], [], HEADERS, *COUNTS]), given)
    assert [one.value for one in found[1].findings if one.check == "missing_constant"] == ["municipality"]


@pytest.mark.parametrize("title", ["Kun kvinder", "Deltagere under 65 år", "Mænd i Randers"])
def test_a_title_of_some_citizens_is_no_table_of_all(database: Database, title: str) -> None:
    rows: Rows = [[title], [], HEADERS, *COUNTS]
    assert checks(prepared(database, workbook(Ark1=rows), {**WHERE, "period": "2023"})) == ["group_in_title"]


def test_a_title_may_name_the_sexes_that_the_table_divides_by(database: Database) -> None:
    rows: Rows = [["Deltagere, mænd og kvinder"], [], ["Køn", "2022", "2023"], ["Mænd", 4, 5], ["Kvinder", 6, 7]]
    assert len(counted(prepared(database, workbook(Ark1=rows), {**WHERE, "stage": "participated"}))) == 4


@pytest.mark.parametrize(
    "title", ["Forventet antal deltagere", "Måltal for deltagere", "Gennemsnitligt antal deltagere pr. hold"]
)
def test_expected_and_average_numbers_are_no_counts(database: Database, title: str) -> None:
    rows: Rows = [[title], [], ["Uddannelse", "2022", "2023"], [LOW, 4, 5], [SHORT, 6, 7]]
    given = {**WHERE, "stage": "participated"}
    assert "numbers_scaled" in checks(prepared(database, workbook(Ark1=rows), given))


def test_sums_above_their_groups_are_asked_about_also_if_they_are_wrong(database: Database) -> None:
    rows: Rows = [["Kommune", "Uddannelse", "Deltaget"], ["Randers", None, 75], [None, LOW, 31], [None, SHORT, 42]]
    given = {"offer": "Rygestop", "period": "2023"}
    assert "total_or_own" in checks(prepared(database, workbook(Ark1=rows), given))
    answered = prepared(database, workbook(Ark1=rows), given, {"total_or_own": "totals"})
    assert [row[4] for row in counted(answered)] == [31, 42]


def test_a_number_in_merged_cells_is_not_that_of_each_row(database: Database) -> None:
    rows: Rows = [["Uddannelse", "Deltaget"], [LOW, 31], [SHORT, None], ["Andet", 5]]
    found = prepared(database, workbook(["B2:B3"], Ark1=rows), {**WHERE, "period": "2023"})
    assert "cell_empty" in checks(found)


def test_an_empty_row_of_a_pivot_table_is_accounted_for(database: Database) -> None:
    rows: Rows = [["Rækkenavne", "2022"], [LOW, 10], [SHORT, 11], ["(tom)", None], ["Hovedtotal", 21]]
    stored = counted(prepared(database, workbook(Ark1=rows), {**WHERE, "stage": "participated"}))
    assert [(row[1], row[4]) for row in stored] == [(dt.date(2022, 1, 1), 10), (dt.date(2022, 1, 1), 11)]


def test_a_title_about_men_is_no_fault_of_a_list_of_adjustments(database: Database) -> None:
    rows: Rows = [["Justeringer for mænd"], [], ["Kommune", "Tilbud", "Dato", "Titel"]]
    rows = [*rows, ["Randers", "Rygestop", dt.date(2023, 3, 1), "Opkald"]]
    assert "group_in_title" not in checks(prepared(database, workbook(Justeringer=rows)))
