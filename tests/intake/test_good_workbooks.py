"""What a consultant's workbook brings, whatever language, case, spelling and file type it comes in."""

import datetime as dt
from collections.abc import Callable

import pytest

from analysis.intake.findings.check import Severity
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.read_file import read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import Database

Build = Callable[..., bytes]
D = dt.date

ROW = ["Aarhus", "Rygestop", "b-1", D(2015, 3, 2), D(2015, 3, 12), D(2015, 6, 1), "Gennemført", "Grundskole"]


def take(database: Database, content: bytes, name: str = "export.xlsx") -> Prepared:
    return prepare(read(content, name), load_reference_data(database))


def errors(prepared: Prepared) -> list[str]:
    return [finding.check for finding in prepared.findings if finding.severity is Severity.ERROR]


def test_a_course_is_read_whole(database: Database, courses: Build) -> None:
    prepared = take(database, courses(ROW))
    assert errors(prepared) == []
    (course,) = prepared.contents.courses.to_pylist()
    assert course == {
        "sheet": "Forløb",
        "row": 2,
        "municipality": "Aarhus",
        "offer": "Rygestop",
        "citizen": "b-1",
        "invited": True,
        "participated": True,
        "completed": True,
        "invited_on": D(2015, 3, 2),
        "started_on": D(2015, 3, 12),
        "completed_on": D(2015, 6, 1),
        "outcome": "completed",
        "counted_on": D(2015, 3, 2),
        "education": "basic school",
    }


@pytest.mark.parametrize("header", ["Kommune", "KOMMUNE ", "  kommune", "Municipality", "municipality:", "Kommune\xa0"])
def test_headers_are_known_in_both_languages_whatever_their_case_and_spacing(
    database: Database, courses: Build, header: str
) -> None:
    headers = [header, "tilbud", "Citizen ID", "invited", "STARTED", "Completed", "outcome", "Education"]
    assert errors(take(database, courses(ROW, headers=headers))) == []


@pytest.mark.parametrize(
    "written", ["København", "101", 101, "0101", "Københavns Kommune", "KØBENHAVN", "Kbh.", "Copenhagen"]
)
def test_a_municipality_is_known_however_it_is_written(database: Database, courses: Build, written: object) -> None:
    prepared = take(database, courses([written, *ROW[1:]]))
    assert prepared.contents.courses["municipality"].to_pylist() == ["København"]


@pytest.mark.parametrize("written", ["12-03-2015", "12.03.2015", "12/3/2015", "2015-03-12", D(2015, 3, 12), 42075])
def test_a_date_is_understood_however_it_is_written(database: Database, courses: Build, written: object) -> None:
    prepared = take(database, courses([*ROW[:4], written, *ROW[5:]]))
    assert errors(prepared) == []
    assert prepared.contents.courses["started_on"].to_pylist() == [D(2015, 3, 12)]


def test_dates_with_the_month_first_are_told_by_the_file_as_a_whole(database: Database) -> None:
    lines = ["Municipality,Offer,Citizen ID,Sex,Started,Completed", "Aarhus,Stop,1,Man,03/25/2015,06/01/2015"]
    prepared = take(database, "\n".join(lines).encode(), "export.csv")
    assert errors(prepared) == []
    assert prepared.contents.courses["completed_on"].to_pylist() == [D(2015, 6, 1)]
    assert "date_month_first" in {finding.check for finding in prepared.findings}


def test_a_title_above_the_header_and_blank_rows_are_passed_over(database: Database, workbook: Build) -> None:
    headers = ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Udfald", "Uddannelse"]
    prepared = take(database, workbook(Forløb=[["Udtræk 2015"], [], headers, [], ROW]))
    assert errors(prepared) == []
    assert prepared.contents.courses["row"].to_pylist() == [5]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_text_file_is_read_in_the_usual_encodings(database: Database, encoding: str, delimiter: str) -> None:
    lines = [
        ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Køn"],
        ["Holbæk", "Rygestop på dansk", "b-1", "02-03-2015", "12-03-2015", "", "Kvinde"],
    ]
    content = "\r\n".join(delimiter.join(line) for line in lines).encode(encoding)
    prepared = take(database, content, "export.csv")
    assert errors(prepared) == []
    assert prepared.contents.courses["offer"].to_pylist() == ["Rygestop på dansk"]
    assert prepared.contents.courses["sex"].to_pylist() == ["woman"]


def test_the_outcome_decides_where_there_is_no_date(database: Database, courses: Build) -> None:
    rows = [
        [*ROW[:2], f"b-{n}", *ROW[3:5], None, word, "KVU"]
        for n, word in enumerate(["Gennemført", "Frafaldet", "I gang"])
    ]
    prepared = take(database, courses(*rows))
    assert errors(prepared) == []
    assert prepared.contents.courses["completed"].to_pylist() == [True, False, False]
    assert "still_running" in {finding.check for finding in prepared.findings}


def test_a_group_not_stated_is_counted_and_never_dropped(database: Database, courses: Build) -> None:
    rows = [[*ROW[:2], f"b-{n}", *ROW[3:7], group] for n, group in enumerate([None, "Uoplyst", "?", "kvu"])]
    prepared = take(database, courses(*rows))
    assert prepared.contents.courses["education"].to_pylist() == [*["missing"] * 3, "short higher education"]


def test_counts_by_month_and_by_quarter(database: Database, workbook: Build) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
    prepared = take(
        database,
        workbook(
            Optælling=[
                headers,
                ["Aarhus", "Rygestop", "2015-03", "Køn", "Kvinde", 40, 30, 20],
                ["Aarhus", "Diabetesskole", "2015K4", "Sex", "Mand", "1.200", 900, 0],
            ]
        ),
    )
    assert errors(prepared) == []
    first, second = prepared.contents.counts.to_pylist()
    assert (first["period_start"], first["period_end"]) == (D(2015, 3, 1), D(2015, 4, 1))
    assert (second["period_start"], second["period_end"]) == (D(2015, 10, 1), D(2016, 1, 1))
    assert (second["dimension"], second["group"], second["invited"]) == ("sex", "man", 1200)


def test_offers_and_adjustments_come_along(database: Database, courses: Build) -> None:
    prepared = take(
        database,
        courses(
            ROW,
            Tilbud=[
                ["Kommune", "Tilbud", "Type", "Tema", "Gennemførelsesregel"],
                ["Aarhus", "Rygestop", "Sundhed", "Røg", "75 pct."],
            ],
            Justeringer=[
                ["Kommune", "Tilbud", "Dato", "Titel", "Sigte", "Borgere inddraget"],
                ["Aarhus", "Rygestop", D(2015, 9, 1), "Opkald", "Begge", "ja"],
            ],
        ),
    )
    assert errors(prepared) == []
    assert prepared.contents.offers.to_pylist()[0]["completion_rule"] == "75 pct."
    assert prepared.contents.adjustments.to_pylist()[0]["citizens_involved"] is True


def test_text_that_looks_like_markup_sql_or_a_formula_is_kept_as_text(database: Database, courses: Build) -> None:
    name = "'; DROP TABLE course; -- <script>alert(1)</script> [x](javascript:y) $\\LaTeX$"
    prepared = take(database, courses([ROW[0], name, *ROW[2:]]))
    assert prepared.contents.courses["offer"].to_pylist() == [name]
