"""Bad input: each gets one clear sentence that says where and what to do, in the reader's language."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest

from analysis.i18n import LANGUAGES, wording
from analysis.i18n.catalogue import translated
from analysis.intake.findings.check import Severity
from analysis.intake.findings.checks import CHECKS
from analysis.intake.findings.findings import Finding, sentence
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.read_file import read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import Database

Build = Callable[..., bytes]
D = dt.date

ROW = ["Aarhus", "Rygestop", "b-1", D(2015, 3, 2), D(2015, 3, 12), D(2015, 6, 1), "Gennemført", "Grundskole"]
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def take(database: Database, content: bytes, name: str = "export.xlsx") -> Prepared:
    return prepare(read(content, name), load_reference_data(database))


def only_error(prepared: Prepared) -> Finding:
    found = [finding for finding in prepared.findings if finding.severity is Severity.ERROR]
    assert len(found) == 1, [finding.check for finding in found]
    assert not prepared.faultless
    return found[0]


@pytest.mark.parametrize(
    ("content", "name", "check"),
    [
        (b"", "export.xlsx", "file_empty"),
        (b"\xef\xbb\xbf\r\n", "export.csv", "file_empty"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "export.xlsx", "file_encrypted"),
        (OLE, "export.xls", "file_damaged"),
        (b"%PDF-1.7 ...", "export.xlsx", "file_not_spreadsheet"),
        (b"<!DOCTYPE html><table></table>", "export.xls", "file_not_spreadsheet"),
        (b"Kommune;Tilbud\r\nAarhus;Rygestop", "export.xlsx", "file_text_as_workbook"),
        (b"PK\x03\x04 cut off", "export.xlsx", "file_damaged"),
    ],
)
def test_a_file_that_is_no_workbook_is_told_from_its_bytes(
    database: Database, content: bytes, name: str, check: str
) -> None:
    assert only_error(take(database, content, name)).check == check


def test_a_workbook_cut_in_the_middle(database: Database, courses: Build) -> None:
    content = courses(ROW)
    assert only_error(take(database, content[: len(content) // 2])).check == "file_damaged"


def test_a_zip_that_unpacks_to_gigabytes_is_refused(database: Database, courses: Build) -> None:
    content = io.BytesIO(courses(ROW))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as package, package.open("xl/bomb.xml", "w") as bomb:
        for _ in range(1100):
            bomb.write(bytes(2**20))
    assert only_error(take(database, content.getvalue())).check == "file_hostile"


def test_a_lone_cell_in_the_last_row_and_column_does_not_take_the_program_down(
    database: Database, workbook: Build
) -> None:
    source = io.BytesIO(workbook(Forløb=[["Kommune"], ["Aarhus"]]))
    target = io.BytesIO()
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w") as changed:
        for entry in package.infolist():
            xml = package.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                xml = xml.replace(b"</sheetData>", far)
            changed.writestr(entry, xml)
    assert only_error(take(database, target.getvalue())).check == "file_far_cell"


def test_no_known_sheet(database: Database, workbook: Build) -> None:
    assert only_error(take(database, workbook(Ark1=[["a", "b"], [1, 2]]))).check == "no_known_sheet"


def test_a_sheet_without_rows_is_left_out_and_the_others_are_taken(database: Database, courses: Build) -> None:
    prepared = take(database, courses(ROW, Justeringer=[["Kommune", "Tilbud", "Dato", "Titel", "Sigte"]]))
    assert prepared.faultless
    assert ("no_rows", "Justeringer") in {(finding.check, finding.sheet) for finding in prepared.findings}


def test_a_workbook_of_headers_only(database: Database, courses: Build) -> None:
    assert only_error(take(database, courses())).check == "nothing_to_store"


def test_a_missing_column_is_named(database: Database, courses: Build) -> None:
    headers = ["Kommune", "Tilbud", "Noget", "Inviteret", "Startet", "Gennemført", "Udfald", "Uddannelse"]
    found = only_error(take(database, courses(ROW, headers=headers)))
    assert sentence(found, wording("da")).startswith("Ark »Forløb«, række 1: Kolonnen »Borger-id« mangler.")
    assert "“Citizen id” is missing" in sentence(found, wording("en"))


@pytest.mark.parametrize(
    ("headers", "lacking"),
    [
        ("Deltaget Kvinde;Ikke deltaget Mand;Gennemført Kvinde;Gennemført Mand", "»Mand« har ingen kolonne for »Delt"),
        ("Deltaget Kvinde;Deltaget Mand;Gennemført Kvinde", "»Mand« har ingen kolonne for »Gennemført«"),
        ("Inviteret Kvinde;Deltaget Mand;Gennemført Kvinde;Gennemført Mand", "»Kvinde« har ingen kolonne for »Delt"),
        ("Deltaget Kvinde;Gennemført Kvinde;Gennemført Uoplyst", "»uoplyst« har ingen kolonne for »Deltaget«"),
    ],
)
def test_a_group_without_a_column_for_a_stage_is_named(database: Database, headers: str, lacking: str) -> None:
    numbers = ";".join(["40", "30", "20", "10"][: len(headers.split(";"))])
    prepared = take(database, f"Kommune;Tilbud;Periode;{headers}\nAarhus;Ryg;2015-01;{numbers}\n".encode(), "tal.csv")
    assert lacking in sentence(only_error(prepared), wording("da"))
    assert prepared.contents.counts is None


def bad(position: int, value: object) -> list[object]:
    return [*ROW[:position], value, *ROW[position + 1 :]]


@pytest.mark.parametrize(
    ("row", "check", "column", "value"),
    [
        (bad(0, "Arhus N"), "unknown_municipality_near", "Kommune", "Arhus N"),
        (bad(0, "Atlantis"), "unknown_municipality", "Kommune", "Atlantis"),
        (bad(0, None), "cell_empty", "Kommune", ""),
        (bad(4, "i foråret"), "not_a_date", "Startet", "i foråret"),
        (bad(4, "31-02-2015"), "not_a_date", "Startet", "31-02-2015"),
        (bad(5, D(2125, 3, 12)), "date_out_of_bounds", "Gennemført", "2125-03-12"),
        (bad(4, None), "completed_without_started", "Startet", ""),
        (bad(4, D(2015, 7, 1)), "completed_before_started", "Gennemført", ""),
        (bad(3, D(2015, 4, 1)), "started_before_invited", "Startet", ""),
        (bad(6, "måske"), "unknown_word", "Udfald", "måske"),
        (bad(7, "Blåbær"), "unknown_group", "Uddannelse", "Blåbær"),
        (bad(7, "20-Oct"), "group_as_date", "Uddannelse", "20-Oct"),
    ],
)
def test_a_fault_names_sheet_row_column_and_value(
    database: Database, courses: Build, row: list[object], check: str, column: str, value: str
) -> None:
    good = [*ROW[:2], "b-0", *ROW[3:]]
    found = only_error(take(database, courses(good, row)))
    assert (found.check, found.sheet, found.rows, found.column, found.value) == (check, "Forløb", (3,), column, value)
    danish = sentence(found, wording("da"))
    assert danish.startswith(f"Ark »Forløb«, række 3, kolonne »{column}«: ")
    assert {"2125-03-12": "12-03-2125"}.get(value, value) in danish  # A date is written as the language does.


def test_every_fault_is_told_at_once_and_repeated_ones_together(database: Database, courses: Build) -> None:
    rows = [[*bad(0, "Atlantis")[:2], f"b-{n}", *ROW[3:]] for n in range(40)] + [
        [*bad(4, "snart")[:2], "b-x", *bad(4, "snart")[3:]]
    ]
    found = {finding.check: finding for finding in take(database, courses(*rows)).findings}
    assert len(found["unknown_municipality"].rows) == 40
    assert found["not_a_date"].rows == (42,)
    assert "række 2, 3, 4 og 37 til" in sentence(found["unknown_municipality"], wording("da"))


@pytest.mark.parametrize(
    ("values", "check"),
    [
        ((40, 41, 20), "more_participated"),
        ((40, 30, 31), "more_completed"),
        ((40, 30.5, 20), "not_a_count"),
        ((40, -1, 0), "not_a_count"),
        ((40, "få", 0), "text_for_number"),
    ],
)
def test_counts_that_cannot_be(database: Database, workbook: Build, values: tuple[object, ...], check: str) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Inviteret", "Deltaget", "Gennemført"]
    prepared = take(
        database, workbook(Optælling=[headers, ["Aarhus", "Rygestop", "2015-03", "Køn", "Kvinde", *values]])
    )
    found = only_error(prepared)
    assert (found.check, found.rows) == (check, (2,))


def test_a_month_within_a_quarter_of_the_same_offer(database: Database, workbook: Build) -> None:
    headers = ["Kommune", "Tilbud", "Periode", "Dimension", "Gruppe", "Deltaget", "Gennemført"]
    rows = [["Aarhus", "Rygestop", period, "Køn", "Kvinde", 9, 9] for period in ("2015K1", "2015-02")]
    assert only_error(take(database, workbook(Optælling=[headers, *rows]))).check == "periods_cross"


def test_an_adjustment_of_an_offer_that_is_not_there(database: Database, courses: Build) -> None:
    headers = ["Kommune", "Tilbud", "Dato", "Titel", "Sigte"]
    sheet = [headers, ["Aarhus", "Rygstop", D(2015, 9, 1), "Opkald", "Begge"]]
    found = only_error(take(database, courses(ROW, Justeringer=sheet)))
    assert (found.check, found.sheet, found.value) == ("adjustment_unknown_offer", "Justeringer", "Rygstop")


def test_the_same_citizen_twice(database: Database, courses: Build) -> None:
    other = [*ROW[:5], None, "Frafaldet", ROW[7]]
    found = only_error(take(database, courses(ROW, other)))
    assert (found.check, found.rows) == ("course_twice", (3,))


@pytest.mark.parametrize(
    "number", ["010170-1234", "0101701234", "101701234", 101701234, "ring til 010170-1234 mandag", "311299 4321"]
)
def test_a_cpr_number_anywhere_stops_the_file_and_is_never_repeated(
    database: Database, courses: Build, number: object
) -> None:
    prepared = take(database, courses(ROW, Noter=[["frit felt"], [number]]))
    found = only_error(prepared)
    assert (found.check, found.sheet, found.rows, found.column) == ("cpr_number", "Noter", (2,), "A")
    assert prepared.contents.courses is None
    assert not any(character.isdigit() for character in sentence(found, wording("da")).replace("række 2", ""))


def test_a_formula_that_failed_is_seen(database: Database, courses: Build) -> None:
    content = courses(bad(7, "#N/A"))  # openpyxl stores this text as an error cell, as Excel would.
    found = {finding.check: finding for finding in take(database, content).findings}["error_value"]
    assert (found.sheet, found.rows, found.letters, found.value) == ("Forløb", (2,), "H", "#N/A")


@pytest.mark.parametrize("code", sorted(set(LANGUAGES) - {"en"}))
def test_every_message_is_written_in_every_language(code: str) -> None:
    catalogue = translated(code)
    for check in CHECKS.values():
        for said in (check.message, check.remedy):
            assert catalogue[said].string, said
