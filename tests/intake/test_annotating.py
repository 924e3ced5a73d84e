"""The workbook to mend in Excel: as it came, with the faulty cells marked and a first sheet that says what is wrong."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook

from analysis.intake import annotating
from analysis.intake.annotating import annotated
from analysis.intake.known import known
from analysis.intake.preparing import Prepared, prepare
from analysis.intake.reading import Reading, read
from analysis.store import Database
from analysis.wording import wording

Build = Callable[..., bytes]
D = dt.date

ROW = ["Aarhus", "Rygestop", "b-1", D(2015, 3, 2), D(2015, 3, 12), D(2015, 6, 1), "Gennemført", "Grundskole"]
FAULTY = [["Atlantis", *ROW[1:]], [*ROW[:2], "b-2", ROW[3], "i foråret", *ROW[5:]]]
FORMULA = "=cmd|' /C calc'!A0"


def copy_of(database: Database, content: bytes, name: str, language: str = "da") -> tuple[Workbook, bytes]:
    reading, prepared = taken(database, content, name)
    made = annotated(content, reading, prepared.findings, wording(language))
    return load_workbook(io.BytesIO(made)), made


def taken(database: Database, content: bytes, name: str) -> tuple[Reading, Prepared]:
    reading = read(content, name)
    return reading, prepare(reading, known(database))


@pytest.mark.parametrize(
    ("language", "sheet", "said"),
    [("da", "Fund", "»Atlantis« er ikke en dansk kommune."), ("en", "Findings", "“Atlantis” is not a Danish")],
)
def test_faulty_cells_are_coloured_and_say_what_is_wrong(
    database: Database, courses: Build, language: str, sheet: str, said: str
) -> None:
    book, _ = copy_of(database, courses(*FAULTY), "marts.xlsx", language)
    assert book.sheetnames == [sheet, "Forløb"]
    page = book["Forløb"]
    assert said in page["A2"].comment.text
    assert page["A2"].fill.fgColor.rgb.endswith("F8D3CF")
    assert page["E3"].comment is not None
    assert page["B2"].comment is None
    first = [cell.value for cell in book[sheet][2]]
    assert first[1:5] == ["Forløb", "2", "A Kommune", "Atlantis"]
    assert said in first[5]
    assert book[sheet]["C2"].hyperlink.location == "'Forløb'!A2" or book[sheet]["C2"].hyperlink.target == "#'Forløb'!A2"


def test_the_rest_of_the_workbook_stays_as_it_was(database: Database) -> None:
    book = Workbook()
    page = book.active
    page.title = "Forløb"
    page.append(["Kommune", "Tilbud", "Borger-id", "Inviteret", "Startet", "Gennemført", "Udfald", "Uddannelse"])
    page.append(FAULTY[0])
    page["D2"].number_format = "dd-mm-yyyy"
    page.column_dimensions["B"].width = 33
    book.create_sheet("Noter").append(["gem mig"])
    content = io.BytesIO()
    book.save(content)
    copy, _ = copy_of(database, content.getvalue(), "marts.xlsx")
    assert copy["Noter"]["A1"].value == "gem mig"
    assert copy["Forløb"]["D2"].number_format == "dd-mm-yyyy"
    assert copy["Forløb"]["D2"].value == dt.datetime(2015, 3, 2)
    assert copy["Forløb"].column_dimensions["B"].width == 33


def test_neither_formulas_nor_macros_are_written_back(database: Database, courses: Build) -> None:
    content = io.BytesIO(courses([*FAULTY[0][:1], "=1+1", *FAULTY[0][2:]]))
    with zipfile.ZipFile(content, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    _, made = copy_of(database, content.getvalue(), "marts.xlsm")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert not [name for name in package.namelist() if "vba" in name]
        assert not [
            name for name in package.namelist() if name.startswith("xl/worksheets") and b"<f>" in package.read(name)
        ]


def test_a_text_that_looks_like_a_formula_stays_a_text(database: Database) -> None:
    lines = ["Kommune;Tilbud;Borger-id;Startet", f"Atlantis;{FORMULA};b-1;12-03-2015"]
    book, made = copy_of(database, "\r\n".join(lines).encode(), "marts.csv")
    cell = book.worksheets[1]["B2"]
    assert (cell.value, cell.data_type) == (FORMULA, "s")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert not [
            name for name in package.namelist() if name.startswith("xl/worksheets") and b"<f>" in package.read(name)
        ]


def test_a_refused_file_gives_the_list_alone(database: Database) -> None:
    book, _ = copy_of(database, b"%PDF-1.7", "marts.xlsx")
    assert book.sheetnames == ["Fund"]
    assert "PDF" in book["Fund"]["F2"].value


def test_the_copy_mended_and_dropped_in_again_is_read_as_the_file_would_be(database: Database, courses: Build) -> None:
    book, _ = copy_of(database, courses(*FAULTY), "marts.xlsx")
    book["Forløb"]["A2"] = "Aarhus"
    book["Forløb"]["E3"] = D(2015, 3, 12)
    mended = io.BytesIO()
    book.save(mended)
    _, prepared = taken(database, mended.getvalue(), "marts rettet.xlsx")
    assert prepared.faultless
    assert prepared.contents.courses["municipality"].to_pylist() == ["Aarhus", "Aarhus"]


def test_a_large_workbook_comes_with_its_first_and_its_faulty_rows(
    database: Database, courses: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotating, "MOST_CELLS", 100)
    many = [[*ROW[:2], f"b-{number}", *ROW[3:]] for number in range(100)]
    many[90] = ["Atlantis", *ROW[1:]]
    book, _ = copy_of(database, courses(*many), "mange.xlsx")
    page = book["Forløb"]
    assert page.max_row == 1 + 30 + 1
    assert [cell.value for cell in page[page.max_row]][:2] == [92, "Atlantis"]
    assert "Atlantis" in page.cell(page.max_row, 2).comment.text
