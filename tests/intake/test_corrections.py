"""Corrections on the screen: values replaced, cells typed over, rows left out, groups added; and reading called off."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.findings.check import Severity
from analysis.intake.fix.corrections import AddedGroup, Corrections
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions, from_json, remember, remembered, to_json
from analysis.intake.read_file import Cancelled, read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import Database, dimensions, original
from tests.support.workbooks import formats

Build = Callable[..., bytes]
D = dt.date

ROW = ["Aarhus", "Rygestop", "b-1", D(2015, 3, 2), D(2015, 3, 12), D(2015, 6, 1), "Gennemført", "Grundskole"]


def faulty(courses: Build) -> bytes:
    rows = [[*ROW[:2], f"b-{number}", *ROW[3:]] for number in range(6)]
    rows[1][7] = rows[2][7] = "Mesterlære"
    rows[3][4] = "i foråret"
    return courses(*rows)


def mended(database: Database, content: bytes, **changes: object) -> Prepared:
    return prepare(read(content, "export.xlsx"), load_reference_data(database), Corrections(**changes))


def errors(prepared: Prepared) -> set[str]:
    return {finding.check for finding in prepared.findings if finding.severity is Severity.ERROR}


def test_a_value_is_replaced_everywhere_in_its_column_and_a_cell_is_typed_over(
    database: Database, courses: Build
) -> None:
    values = {("Forløb", "H"): {"Mesterlære": "kvu"}}
    cells = {("Forløb", "E", 5): "12. marts 2015"}
    prepared = mended(database, faulty(courses), values=values, cells=cells)
    assert errors(prepared) == set()
    assert prepared.contents.courses["education"].to_pylist().count("short higher education") == 2
    assert prepared.contents.courses["started_on"].to_pylist()[3] == D(2015, 3, 12)


def test_a_group_is_added_to_its_dimension_with_its_rank(database: Database, courses: Build) -> None:
    content = faulty(courses)
    changes = {"groups": (AddedGroup("education", "Mesterlære", 2),), "left_out": {"Forløb": frozenset({5})}}
    prepared = mended(database, content, **changes)
    assert errors(prepared) == set()
    store(database, read(content, "export.xlsx"), prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
    assert dimensions(database)["education"].group("Mesterlære").rank == 2
    assert prepared.contents.courses["education"].to_pylist().count("Mesterlære") == 2


def test_what_was_decided_is_remembered_for_files_of_the_same_shape(database: Database, courses: Build) -> None:
    corrections = Corrections(
        values={("Forløb", "H"): {"Mesterlære": "kvu"}},
        groups=(AddedGroup("education", "Efterskole", None),),
        left_out={"Forløb": frozenset({5})},
    )
    remember(
        database, "Journal", read(faulty(courses), "marts.xlsx"), Decisions(None, corrections), by=NOBODY_SIGNED_IN
    )
    (found,) = remembered(database, read(courses(ROW), "april.xlsx"))
    assert found.decisions == Decisions(None, corrections.without_rows())
    assert from_json(to_json(found.decisions)) == found.decisions
    assert remembered(database, read(courses(ROW, headers=[*"abcdefgh"]), "other.xlsx")) == []


def test_a_file_with_names_on_a_sheet_that_is_not_read_is_not_kept(database: Database, courses: Build) -> None:
    content = courses(ROW, Kontakter=[["Hold", "Kontakt"], ["A", "ane@holbaek.dk"], ["B", "bo@holbaek.dk"]])
    reading = read(content, "export.xlsx")
    prepared = prepare(reading, load_reference_data(database))
    assert prepared.faultless
    assert prepared.personal
    record = store(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
    assert original(database, record.sha256, by=NOBODY_SIGNED_IN) is None


def test_reading_is_called_off_at_once(courses: Build) -> None:
    def call_off(rows: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read(courses(ROW), "export.xlsx", progress=call_off)


@pytest.mark.parametrize("suffix", ["ods", "xls", "xlsb"])
def test_older_formats_are_read_with_the_advice_to_save_as_xlsx(database: Database, suffix: str) -> None:
    headers = ["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Udfald", "Uddannelse"]
    content = getattr(formats, suffix)({"Forløb": [headers, ROW]})
    prepared = prepare(read(content, f"export.{suffix}"), load_reference_data(database))
    assert errors(prepared) == set()
    assert prepared.contents.courses["started_on"].to_pylist() == [D(2015, 3, 12)]
    assert "old_format" in {finding.check for finding in prepared.findings}


@pytest.mark.parametrize(
    ("written", "first", "after"),
    [
        ("2015-03", D(2015, 3, 1), D(2015, 4, 1)),
        ("03-2015", D(2015, 3, 1), D(2015, 4, 1)),
        ("marts 2015", D(2015, 3, 1), D(2015, 4, 1)),
        ("Mar. 2015", D(2015, 3, 1), D(2015, 4, 1)),
        (D(2015, 3, 1), D(2015, 3, 1), D(2015, 4, 1)),
        ("2015K1", D(2015, 1, 1), D(2015, 4, 1)),
        ("2015 Q1", D(2015, 1, 1), D(2015, 4, 1)),
        ("1. kvt. 2015", D(2015, 1, 1), D(2015, 4, 1)),
        ("4. kvartal 2015", D(2015, 10, 1), D(2016, 1, 1)),
    ],
)
def test_a_period_is_understood_however_it_is_written(
    database: Database, workbook: Build, written: object, first: dt.date, after: dt.date
) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Deltaget", "Gennemført"]
    content = workbook(Optælling=[headers, ["Aarhus", "Rygestop", written, "Køn", "Kvinde", 9, 8]])
    (row,) = mended(database, content).contents.counts.to_pylist()
    assert (row["period_start"], row["period_end"]) == (first, after)


def test_groups_with_columns_of_their_own_below_two_rows_of_headers(database: Database) -> None:
    book = Workbook()
    page = book.active
    page.title = "Optælling"
    page.append(["Kommune", "Tilbud", "Periode", "Deltaget", None, "Gennemført", None])
    page.append([None, None, None, "Grundskole", "Lang videregående uddannelse", "Grundskole", "LVU"])
    page.append(["Aarhus", "Rygestop", "2015-03", 40, 30, 20, 25])
    page.merge_cells("D1:E1")
    content = io.BytesIO()
    book.save(content)
    prepared = prepare(read(content.getvalue(), "bred.xlsx"), load_reference_data(database))
    assert errors(prepared) == set()
    found = {row["group"]: (row["participated"], row["completed"]) for row in prepared.contents.counts.to_pylist()}
    assert found == {"basic school": (40, 20), "long higher education": (30, 25)}
