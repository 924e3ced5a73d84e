"""Tables that a person matches by hand are read as those that are recognised: their names, periods and notes."""

import datetime as dt
from typing import Any

from analysis.intake.detect.constants import SHEET
from analysis.intake.fix.corrections import Corrections
from analysis.intake.layout.heading import NO_HEADERS
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.draft import draft
from analysis.intake.mapping.mapping import DimensionMapping, Level, Mapping
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.read_file import read
from analysis.store import Database
from tests.support.workbooks.faults import COUNT_HEADERS
from tests.support.workbooks.read_tables import Rows, accounted, checks, prepared, workbook

CONSTANTS = {"municipality": "Randers", "offer": "Rygestop", "stage": "participated", "dimension": "sex"}


def by_hand(database: Database, mapping: Mapping, **sheets: Rows) -> Any:
    reading = read(workbook(**sheets), "file.xlsx")
    return reading, prepared_with(reading, load_reference_data(database), Decisions(mapping, Corrections()))


def test_the_name_of_a_sheet_is_a_municipality_and_a_year(database: Database) -> None:
    rows: Rows = [["Køn", "Kom"], ["Mand", 20], ["Kvinde", 30]]
    mapping = Mapping(
        "counts",
        {"group": "Køn", "participated": "Kom"},
        constants={**CONSTANTS, "municipality": SHEET, "period": SHEET},
        sheets=("Randers 2021", "Viborg 2022"),
    )
    found = accounted(by_hand(database, mapping, **{"Randers 2021": rows, "Viborg 2022": rows}))
    assert found.contents.counts is not None
    assert {(row["municipality"], row["period_start"].year) for row in found.contents.counts.to_pylist()} == {
        ("Randers", 2021),
        ("Viborg", 2022),
    }


def test_months_across_are_of_the_year_of_their_row(database: Database) -> None:
    rows: Rows = [["Aar", "Gruppe", "Jan", "Feb", "Mar"], [2021, "Mand", 11, 12, 13], [2022, "Mand", 14, 16, 15]]
    mapping = Mapping(
        "counts",
        {"period": "Aar", "group": "Gruppe"},
        constants=CONSTANTS,
        sheet="Tal",
        numbers=("Jan", "Feb", "Mar"),
        levels=(Level("period"),),
    )
    counts = accounted(by_hand(database, mapping, Tal=rows)).contents.counts
    assert counts is not None
    found = {row["period_start"]: row["participated"] for row in counts.to_pylist()}
    assert (found[dt.date(2021, 1, 1)], found[dt.date(2022, 3, 1)], len(found)) == (11, 15, 6)


def test_a_header_over_numbers_is_a_stage_and_a_period(database: Database) -> None:
    names = ("Inviteret 2021", "Deltog 2021", "Inviteret 2022", "Deltog 2022")
    rows: Rows = [["Gruppe", *names], ["Mand", 40, 20, 50, 25], ["Kvinde", 60, 30, 70, 35]]
    constants = {key: CONSTANTS[key] for key in ("municipality", "offer", "dimension")}
    mapping = Mapping(
        "counts",
        {"group": "Gruppe"},
        constants=constants,
        sheet="Tal",
        numbers=names,
        levels=(Level("stage and period"),),
    )
    counts = accounted(by_hand(database, mapping, Tal=rows)).contents.counts
    assert counts is not None
    found = {(row["period_start"].year, row["group"]): row["participated"] for row in counts.to_pylist()}
    assert found == {(2021, "man"): 20, (2021, "woman"): 30, (2022, "man"): 25, (2022, "woman"): 35}


def test_texts_around_the_table_are_read(database: Database) -> None:
    rows: Rows = [["Januar-juni"], [], ["Aar", "Gruppe", "Kom"], [2021, "Mand", 99], [2021, "Kvinde", 30]]
    columns = {"period": "Aar", "group": "Gruppe", "participated": "Kom"}
    found = by_hand(database, Mapping("counts", columns, constants=CONSTANTS, sheet="Tal"), Tal=rows)
    assert "year_or_part" in checks(found) and not found[1].faultless
    noted: Rows = [*rows[2:], [], ["99 = uoplyst"]]
    found = by_hand(database, Mapping("counts", columns, constants=CONSTANTS, sheet="Tal"), Tal=noted)
    assert "number_explained" in checks(found)
    assert found[1].contents.counts["participated"].to_pylist() == [30]


def test_what_is_read_without_a_mapping_is_filled_in(database: Database) -> None:
    headers = ["Borgernr", "Ydelse", "Oprettet dato", "Startdato", "Afsluttet dato", "Afslutningsårsag", "Kommune"]
    days = ["06-01-2025", "20-01-2025", "17-03-2025"]
    rows: Rows = [headers, ["H1", "Rygestop", *days, "Gennemført", "Holstebro"]]
    sheet = read(workbook(Tal=rows), "file.xlsx").sheets[0]
    drafted = draft(sheet, load_reference_data(database))
    assert {key: one.header for key, one in drafted.likely.items() if one.certain} == {
        **{"citizen": "Borgernr", "offer": "Ydelse", "invited_on": "Oprettet dato", "started_on": "Startdato"},
        **{"outcome": "Afslutningsårsag", "municipality": "Kommune"},
    }


def test_a_file_without_headers_keeps_its_first_row(database: Database) -> None:
    rows: Rows = [["Randers", "Rygestop", 2021, "Mand", 40, 20], ["Randers", "Rygestop", 2021, "Kvinde", 60, 30]]
    first = draft(read(workbook(Tal=rows), "file.xlsx").sheets[0], load_reference_data(database))
    assert (first.rows, [*first.columns]) == (NO_HEADERS, ["(A)", "(B)", "(C)", "(D)", "(E)", "(F)"])
    fields = ("municipality", "offer", "period", "group", "invited", "participated")
    columns = dict(zip(fields, first.columns, strict=True))
    mapping = Mapping("counts", columns, constants={"dimension": "sex"}, sheet="Tal", heading=NO_HEADERS)
    counts = accounted(by_hand(database, mapping, Tal=rows)).contents.counts
    assert counts is not None
    assert [(row["row"], row["group"], row["participated"]) for row in counts.to_pylist()] == [
        (1, "man", 20),
        (2, "woman", 30),
    ]


def test_a_list_of_numbered_sessions_needs_only_the_day_of_the_start(database: Database) -> None:
    headers = ["Borger-id", "Køn", "1. gang", "2. gang", "3. gang"]
    content = workbook(Hold=[headers, ["b-1", "Mand", "x", "x", "x"], ["b-2", "Kvinde", "x", None, None]])
    constants = {"municipality": "Randers", "offer": "Rygestop"}
    asked = [one.value for one in prepared(database, content, constants)[1].findings if one.check == "missing_constant"]
    assert asked == ["started_on"]
    found = prepared(database, content, {**constants, "started_on": "09-01-2023"}, {"completion_rule": "share:75"})
    courses = accounted(found).contents.courses
    assert courses is not None
    assert [(row["started_on"], row["completed"]) for row in courses.to_pylist()] == [
        (dt.date(2023, 1, 9), True),
        (dt.date(2023, 1, 9), False),
    ]


def test_numbered_sessions_count_when_the_list_is_matched_by_hand(database: Database) -> None:
    rows: Rows = [
        ["Nr.", "Køn", "1. gang", "2. gang", "3. gang"],
        ["7", "Mand", "x", "x", "x"],
        ["9", "Mand", "x", "", ""],
    ]
    constants = {"municipality": "Randers", "offer": "Rygestop", "started_on": "09-01-2023"}
    mapping = Mapping(
        "courses",
        {"citizen": "Nr."},
        {"Køn": DimensionMapping("sex", ordered=False)},
        constants=constants,
        sheet="Hold",
    )
    reading = read(workbook(Hold=rows), "file.xlsx")
    decisions = Decisions(mapping, Corrections(answers={"completion_rule": "share:75"}))
    courses = accounted((reading, prepared_with(reading, load_reference_data(database), decisions))).contents.courses
    assert courses is not None
    assert [(row["citizen"], row["completed"]) for row in courses.to_pylist()] == [("7", True), ("9", False)]


def test_groups_beside_their_dimensions_stay_groups(database: Database) -> None:
    counts = [["Aarhus", "Alfa", "2015-01", "Uddannelse", group, 40, 30, 20] for group in ("Grundskole", "Faglært")]
    rows: Rows = [COUNT_HEADERS, *counts, ["Aarhus", "Alfa", "2015-01", "Boligområde", "Nord", 40, 30, 20]]
    found = draft(read(workbook(Tal=rows), "file.xlsx").sheets[0], load_reference_data(database))
    assert {key: one.header for key, one in found.likely.items()} == dict(
        zip(("municipality", "offer", "period", "dimension", "group"), COUNT_HEADERS, strict=False)
    )
