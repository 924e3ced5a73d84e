"""A file that cannot be read is refused for its true reason; one that only looks odd is read."""

import io
import struct
import zipfile

import pytest

from analysis.intake.findings.check import Severity
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import shape
from analysis.intake.read_file import read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import Database
from tests.support.workbooks import formats, hostile
from tests.support.workbooks.faults import COUNT_HEADERS, COURSE_HEADERS, book, count, course, courses, csv, patched
from tests.support.workbooks.raw import Book, rows, written
from tests.support.workbooks.read_tables import Rows, checks, prepared, workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SHEETS = {"Forløb": [COURSE_HEADERS, course()]}
TEXT = csv(4).decode()


def locked_xls() -> bytes:
    """An old workbook whose second record says that the rest is encrypted."""
    content = formats.xls(SHEETS)
    begin = content.index(b"\x09\x08", 512)
    place = begin + 4 + struct.unpack_from("<H", content, begin + 2)[0]
    locked = struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + bytes(48)
    return content[:place] + locked + content[place + len(locked) :]


def locked_ods(*, whole: bool) -> bytes:
    content = io.BytesIO()
    entry = b'manifest:media-type="text/xml"/>'
    locked = entry[:-2] + b"><manifest:encryption-data/></manifest:file-entry>"
    with zipfile.ZipFile(io.BytesIO(formats.ods(SHEETS))) as good, zipfile.ZipFile(content, "w") as made:
        for name in good.namelist():
            part = good.read(name).replace(entry, b"" if whole else locked)
            made.writestr("encrypted-package" if whole and name == "content.xml" else name, part)
    return content.getvalue()


def in_line(number: int, changed: str, to: str) -> str:
    lines = TEXT.splitlines(keepends=True)
    lines[number] = lines[number].replace(changed, to)
    return "".join(lines)


REASONS = {
    "xlsx with a password": (hostile.encrypted()[1], "file_encrypted"),
    "xls with a password": (locked_xls(), "file_encrypted"),
    "ods with a password": (locked_ods(whole=False), "file_encrypted"),
    "ods encrypted as a whole": (locked_ods(whole=True), "file_encrypted"),
    "an old document": (OLE + bytes(504) + "WordDocument".encode("utf-16-le"), "file_not_spreadsheet"),
    "zeros": (bytes(500), "file_nul_bytes"),
    "a zero in a text": (TEXT.replace("Rygestop", "Ryge\0stop", 1).encode(), "file_nul_bytes"),
    "zeros far into a text": (csv(300) + bytes(2), "file_nul_bytes"),
    "a zero in a number": (TEXT.replace("2015", "20\x0015").encode(), "file_nul_bytes"),
    "a quotation mark in one line": (in_line(1, "Rygestop", '"Rygestop').encode(), "quote_not_closed"),
    "quotation marks in two lines": (
        in_line(1, "Rygestop", '"Rygestop').replace("b-2", '"b-2').encode(),
        "quote_not_closed",
    ),
}
READ = {
    "UTF-16, little end first": TEXT.encode("utf-16-le"),
    "UTF-16, big end first": TEXT.encode("utf-16-be"),
    "UTF-16 with a rare letter": TEXT.replace("Rygestop", "RygestopĀ – €").encode("utf-16-le"),
    "a quotation mark for inches": TEXT.replace("Rygestop", 'Ryge"stop').encode(),
    "two lines in a cell": TEXT.replace("Rygestop", '"Rygestop\nhold 2; mandag"').encode(),
    "doubled quotation marks": TEXT.replace("Rygestop", '"Rygestop ""nu"""').encode(),
    "a title in two lines": ('"Udtræk\nfra systemet"\r\n' + TEXT).encode(),
}


@pytest.mark.parametrize("kind", REASONS)
def test_a_file_is_refused_for_its_true_reason(kind: str) -> None:
    content, reason = REASONS[kind]
    assert [finding.check for finding in read(content, "export").findings] == [reason]


@pytest.mark.parametrize("kind", READ)
def test_an_odd_text_file_is_read(database: Database, kind: str) -> None:
    assert len(taken(database, READ[kind], "export.csv").contents.courses) == 4


def taken(database: Database, content: bytes, name: str = "export.xlsx") -> Prepared:
    prepared = prepare(read(content, name), load_reference_data(database))
    assert prepared.faultless, prepared.findings
    return prepared


def errors(database: Database, content: bytes) -> list[tuple[str, tuple[int, ...], str]]:
    found = prepare(read(content, "export.xlsx"), load_reference_data(database)).findings
    return [(one.check, one.rows, one.letters) for one in found if one.severity is Severity.ERROR]


@pytest.mark.parametrize("inside", ['<v>#SPILL!</v>" t="e"', '<v>1000000000</v>" s="4"', '<v>-5</v>" s="1"'])
def test_a_broken_count_is_one_error_in_its_cell(database: Database, inside: str) -> None:
    cell, attributes = inside.split('"', 1)
    line = [*count()[:6], written(cell, attributes), 0]
    check = "error_value" if "#" in cell else "impossible_day"
    assert errors(database, Book(rows(COUNT_HEADERS, line)).content()) == [(check, (2,), "G")]


def test_true_is_an_error_wherever_one_is(database: Database) -> None:
    true = written("<v>1</v>", ' t="b"')
    for first, second in ((1, true), (true, 1)):
        lines = [count(Deltaget=first, Gennemført=0), count(Gruppe="Mand", Deltaget=second, Gennemført=0)]
        place = 2 if first is true else 3
        content = Book(rows(COUNT_HEADERS, *lines)).content()
        assert errors(database, content) == [("text_for_number", (place,), "G")]


@pytest.mark.parametrize("style", [0, 1, 2])
def test_days_from_1904_are_read_so_with_and_without_a_format(database: Database, style: int) -> None:
    days = [written(f"<v>{day}</v>", f' s="{style}"') for day in ("40603", "40613.25", "40700")]
    line = [*course()[:3], *days, *course()[6:]]
    book = Book(
        rows(COURSE_HEADERS, line),
        sheets=(("Forløb", "worksheets/sheet1.xml", "worksheet"),),
        properties='<workbookPr date1904="1"/>',
    )
    (read_course,) = taken(database, book.content()).contents.courses.to_pylist()
    found = [read_course[key].isoformat() for key in ("invited_on", "started_on", "completed_on")]
    assert found == ["2015-03-02", "2015-03-12", "2015-06-07"]


def test_a_note_far_down_on_a_sheet_of_its_own_is_no_matter(database: Database) -> None:
    def note(part: bytes) -> bytes:
        return part.replace(b"<sheetData>", b'<sheetData><row r="200"><c r="A200"><v>1</v></c></row>')

    content = patched(book(SHEETS | {"Noter": []}), {"xl/worksheets/sheet2.xml": note})
    assert b'r="A200"' in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet2.xml")
    taken(database, content)
    assert shape(read(content, "export.xlsx"))


def test_long_texts_are_compared_with_nothing(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The likeness of words takes the product of their lengths in time, so that no long text may come to it."""
    longest = 0

    def compared(module: object, name: str) -> None:
        real = getattr(module, name)

        def watched(word: str, *others: object, **more: object) -> object:
            nonlocal longest
            longest = max(longest, len(word))
            return real(word, *others, **more)

        monkeypatch.setattr(module, name, watched)

    from analysis.intake.lexicon.fuzzy_match import process

    for name in ("extract", "extractOne"):
        compared(process, name)
    long = "æb " * 10_000
    prepare(
        read(courses(course(Kommune=long, Uddannelse=long), headers=[*COURSE_HEADERS, long]), "x.xlsx"),
        load_reference_data(database),
    )
    assert 0 < longest <= 200


def test_a_misspelt_offer_over_numbers_is_no_offer(database: Database) -> None:
    table: Rows = [["Kommune", "År", "Uddannelse", "Tilbudt", "Deltaget"], ["Randers", 2021, "Grundskole", 45, 20]]
    found = prepared(database, workbook(Ark=table))
    assert not found[1].faultless and "header_spelling" not in checks(found)
    assert "offer" in [one.value for one in found[1].findings if one.check == "missing_constant"]


def test_numbered_sessions_without_any_date_are_named(database: Database) -> None:
    sessions = [f"{number}. gang" for number in range(1, 6)]
    table: Rows = [["Nr", "Køn", *sessions], [1, "K", "x", None, "x", "x", "x"], [2, "M", "x", "x", None, "x", "x"]]
    assert "sessions_undated" in checks(prepared(database, workbook(Ark=[["Hold 2"], [], *table])))


def test_a_workbook_without_a_cell_is_empty(database: Database) -> None:
    assert checks(prepared(database, workbook(Ark=[]))) == ["file_empty"]


def test_numbers_of_hours_are_no_citizens(database: Database) -> None:
    headers = ["Kommune", "Tilbud", "År", "Køn", "Inviteret", "Deltog"]
    table: Rows = [headers, ["Randers", "Rygestop", 2021, "Mand", "40 timer", "20 timer"]]
    assert "numbers_scaled" in checks(prepared(database, workbook(Ark=table)))


def test_a_formula_without_a_value_has_no_label_above(database: Database) -> None:
    headers = ["Kommune", "Tilbud", "År", "Køn", "Inviteret", "Deltog"]
    rows = [["Randers", "Rygestop", 2021, "Mand", 50, 20], ["=1+1", "Rygestop", 2021, "Kvinde", 60, 30]]
    found = checks(prepared(database, workbook(Ark=[headers, *rows])))
    assert "formula_without_value" in found
    assert "labels_once" not in found
