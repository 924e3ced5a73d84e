"""The workbook to mend in Excel: as it came, with the faulty cells marked and a first sheet that says what is wrong."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table, TableFormula

from analysis.i18n import wording
from analysis.intake.findings.findings import Finding
from analysis.intake.fix import annotated_workbook
from analysis.intake.fix.annotated_workbook import annotated
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.read_file import Reading, read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import Database
from tests.support.workbooks import formats

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
    return reading, prepare(reading, load_reference_data(database))


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
    assert book[sheet]["C2"].hyperlink.location == "'Forløb'!A2"


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
    monkeypatch.setattr(annotated_workbook, "MOST_CELLS", 100)
    many = [[*ROW[:2], f"b-{number}", *ROW[3:]] for number in range(100)]
    many[90] = ["Atlantis", *ROW[1:]]
    book, _ = copy_of(database, courses(*many), "mange.xlsx")
    page = book["Forløb"]
    assert page.max_row == 1 + 30 + 1
    assert [cell.value for cell in page[page.max_row]][:2] == [92, "Atlantis"]
    assert "Atlantis" in page.cell(page.max_row, 2).comment.text


def changed(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    book = load_workbook(io.BytesIO(content))
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def patched(content: bytes, old: bytes, new: bytes) -> bytes:
    """The workbook with one piece of its first sheet's XML replaced."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(target, "w") as made:
        for entry in package.infolist():
            part = package.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                assert old in part
                part = part.replace(old, new)
            made.writestr(entry, part)
    return target.getvalue()


def as_text(book: Workbook) -> None:
    book["Forløb"]["B2"].data_type = "s"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_formula_comes_back_as_the_value_that_was_stored_with_it(database: Database, courses: Build) -> None:
    content = courses(["Atlantis", "=1+1", *ROW[2:]])
    content = patched(content, b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
    book, made = copy_of(database, content, "marts.xlsx")
    assert (book["Forløb"]["B2"].value, book["Forløb"]["B2"].data_type) == (2, "n")
    assert not any(b"<f>" in part for name, part in parts(made).items() if name.startswith("xl/worksheets"))


def test_a_formula_without_a_value_is_still_a_fault_when_the_copy_is_dropped_in_again(
    database: Database, courses: Build
) -> None:
    _, made = copy_of(database, courses([*ROW[:7], "=1+1"]), "marts.xlsx")
    _, prepared = taken(database, made, "marts igen.xlsx")
    assert ("error_value", (2,), "H") in {(found.check, found.rows, found.letters) for found in prepared.findings}
    assert not prepared.faultless


def test_what_reckons_outside_the_cells_is_not_written_back(database: Database, courses: Build) -> None:
    def change(book: Workbook) -> None:
        table = Table(displayName="Tabel", ref="A1:H3")
        table._initialise_columns()
        for column, cell in zip(table.tableColumns, book["Forløb"][1], strict=True):
            column.name = cell.value
        table.tableColumns[1].calculatedColumnFormula = TableFormula(attr_text="WEBSERVICE(1)")
        book["Forløb"].add_table(table)
        book.defined_names["Ude"] = DefinedName("Ude", attr_text="[1]Ark1!$A$1")
        book.defined_names["Hjemme"] = DefinedName("Hjemme", attr_text="Forløb!$A$1")

    book, made = copy_of(database, changed(courses(*FAULTY), change), "marts.xlsx")
    assert list(book.defined_names) == ["Hjemme"]
    assert list(book["Forløb"].tables) == ["Tabel"]
    assert not any(b"WEBSERVICE" in part for part in parts(made).values())


def test_a_macro_workbook_comes_back_as_one_without(database: Database, courses: Build) -> None:
    content = io.BytesIO(courses(*FAULTY))
    with zipfile.ZipFile(content, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    book, made = copy_of(database, content.getvalue(), "marts.xlsm")
    assert book["Forløb"]["A2"].comment is not None
    assert not any("vba" in name for name in parts(made))
    assert b"macroEnabled" not in parts(made)["[Content_Types].xml"]


@pytest.mark.parametrize("name", ["marts.csv", "marts.xlsx"])
def test_a_text_that_looks_like_a_formula_stays_one_among_the_cells_and_in_the_list(
    database: Database, courses: Build, name: str
) -> None:
    lines = ["Kommune;Tilbud;Borger-id;Startet", f"Atlantis;{FORMULA};b-1;12-03-2015"]
    content = "\r\n".join(lines).encode()
    if name == "marts.xlsx":
        content = changed(courses(["Atlantis", FORMULA, *ROW[2:]]), as_text)
    book, made = copy_of(database, content, name)
    listed = [cell for row in book["Fund"].iter_rows() for cell in row if cell.value == FORMULA]
    assert listed
    for cell in (*listed, book.worksheets[1]["B2"]):
        assert (cell.value, cell.data_type, cell.quotePrefix) == (FORMULA, "s", True)
    assert not any(b"<f>" in part for part in parts(made).values())


@pytest.mark.parametrize("kind", ["csv", "xls", "xlsb", "ods"])
def test_what_is_no_xlsx_comes_back_as_one_with_the_same_marks(database: Database, kind: str) -> None:
    places = ("Atlantis", "Aarhus")
    headers = ["Kommune", "Tilbud", "Borger-id", "Startet", "Køn"]
    rows = [headers, *([place, "Rygestop", f"b-{place}", D(2015, 3, 12), "Mand"] for place in places)]
    lines = [";".join(headers), *(f"{place};Rygestop;b-{place};12-03-2015;Mand" for place in places)]
    content = "\r\n".join(lines).encode() if kind == "csv" else getattr(formats, kind)({"Forløb": rows})
    book, _ = copy_of(database, content, f"marts.{kind}")
    page = book.worksheets[1]
    assert page.title == ("Data" if kind == "csv" else "Forløb")
    assert "»Atlantis«" in page["A2"].comment.text
    assert page["D3"].value == ("12-03-2015" if kind == "csv" else dt.datetime(2015, 3, 12))
    row = next(row for row in book["Fund"].iter_rows(min_row=2) if row[4].value == "Atlantis")
    assert [cell.value for cell in row[1:4]] == [page.title, "2", "A Kommune"]
    assert row[2].hyperlink.location == f"'{page.title}'!A2"
    page["A2"] = "Aarhus"
    mended = io.BytesIO()
    book.save(mended)
    _, prepared = taken(database, mended.getvalue(), "marts rettet.xlsx")
    assert prepared.faultless
    assert prepared.contents.courses["started_on"].to_pylist() == [D(2015, 3, 12)] * 2


def test_a_sheet_name_that_excel_does_not_allow_is_changed(database: Database) -> None:
    rows = [["Kommune", "Tilbud", "Borger-id", "Startet"], ["Atlantis", "Rygestop", "b-1", D(2015, 3, 12)]]
    book, _ = copy_of(database, formats.ods({"Hold 1/2: [alle]": rows, "Fund ": [["x"]]}), "marts.ods")
    assert book.sheetnames == ["Fund", "Hold 1 2   alle"]
    assert book.worksheets[1]["A2"].comment is not None


def test_a_list_of_an_earlier_copy_is_replaced_in_any_language_and_spelling(database: Database, courses: Build) -> None:
    content = courses(*FAULTY, fund=[["gammelt"]], Findings=[["old"]])
    book, _ = copy_of(database, content, "marts.xlsx")
    assert book.sheetnames == ["Fund", "Forløb"]
    assert book["Fund"]["A2"].value == "Skal rettes"


def test_a_cell_that_was_mended_is_no_longer_marked_in_the_next_copy(database: Database, courses: Build) -> None:
    def note(book: Workbook) -> None:
        book["Forløb"]["A2"].comment = Comment("ring til Mette", "Ole")

    book, _ = copy_of(database, changed(courses(*FAULTY), note), "marts.xlsx")
    said = book["Forløb"]["A2"].comment.text
    assert said.startswith("»Atlantis«")
    assert said.endswith("ring til Mette")
    book["Forløb"]["A2"] = "Aarhus"
    mended = io.BytesIO()
    book.save(mended)
    book, _ = copy_of(database, mended.getvalue(), "marts.xlsx")
    assert book["Forløb"]["A2"].comment.text == "ring til Mette"
    assert book["Forløb"]["A2"].fill.fill_type is None
    assert book["Forløb"]["E3"].comment is not None


def test_merged_cells_stay_merged_and_bear_the_mark_in_the_first(database: Database, courses: Build) -> None:
    rows = [["Atlantis", *ROW[1:]], [None, ROW[1], "b-2", *ROW[3:]]]
    content = changed(courses(*rows), lambda book: book["Forløb"].merge_cells("A2:A3"))
    book, _ = copy_of(database, content, "marts.xlsx")
    assert [str(cells) for cells in book["Forløb"].merged_cells.ranges] == ["A2:A3"]
    assert book["Forløb"]["A2"].comment.text.count("er ikke en dansk kommune") == 1


def test_a_styled_cell_far_below_neither_slows_the_copy_nor_loses_the_formats(
    database: Database, courses: Build
) -> None:
    def far(book: Workbook) -> None:
        book["Forløb"]["H900000"].number_format = "0.00"
        book["Forløb"].column_dimensions["B"].width = 33

    book, made = copy_of(database, changed(courses(*FAULTY), far), "marts.xlsx")
    assert book["Forløb"].column_dimensions["B"].width == 33
    assert len(made) < 100_000


def test_the_list_is_dressed_and_the_gravest_stand_first(database: Database, courses: Build) -> None:
    content = courses(*FAULTY, [ROW[0], "=1+1", "b-3", *ROW[3:]], Noter=[["gem mig"]])
    book, _ = copy_of(
        database, changed(content, lambda book: setattr(book["Forløb"]["B4"], "data_type", "s")), "m.xlsx"
    )
    page = book["Fund"]
    grave = [cell.value for cell in page["A"][1:]]
    order = ["Skal rettes", "Værd at se på", "Til orientering"]
    assert grave == sorted(grave, key=order.index)
    assert len(set(grave)) > 1
    assert (page["A1"].font.b, page["F2"].alignment.wrap_text, page.freeze_panes) == (True, True, "A2")
    assert page.auto_filter.ref == page.dimensions
    assert book.active is page


def test_signs_that_no_workbook_may_hold_are_left_out(database: Database, courses: Build) -> None:
    content = courses(*FAULTY)
    reading, _ = taken(database, content, "marts.xlsx")
    odd = Finding("unknown_municipality", "Forløb", (2,), "Kommune", "At\x00la\ud800nt\uffffis", letters="A")
    book = load_workbook(io.BytesIO(annotated(content, reading, [odd], wording("da"))))
    assert book["Fund"]["E2"].value == "Atlantis"
    assert "»Atlantis«" in book["Forløb"]["A2"].comment.text


def test_where_a_finding_names_no_row_the_header_is_marked_and_where_it_names_no_column_the_first_cell(
    database: Database, courses: Build
) -> None:
    content = courses(*FAULTY)
    reading, _ = taken(database, content, "marts.xlsx")
    told = [
        Finding("unknown_municipality", "Forløb", (), "Startet", "x", letters="E"),
        Finding("unknown_municipality", "Forløb", tuple(range(2, 5000)), value="y"),
        Finding("hidden_rows", "Forløb", (3,)),
    ]
    book = load_workbook(io.BytesIO(annotated(content, reading, told, wording("en"))))
    page = book["Forløb"]
    assert page["E1"].comment is not None
    assert sum(cell.comment is not None for cell in page["A"]) == annotated_workbook.MOST_MARKED
    assert page["A3"].comment.text.count("\n\n") == 1
    assert book["Findings"]["C3"].value.endswith("50, 51 and 4,948 more")


def test_a_workbook_that_openpyxl_cannot_open_is_made_anew(database: Database, courses: Build) -> None:
    content = courses(*FAULTY)
    reading, prepared = taken(database, content, "marts.xlsx")
    made = annotated(b"no workbook", reading, prepared.findings, wording("da"))
    book = load_workbook(io.BytesIO(made))
    assert book["Forløb"]["A2"].comment is not None
    assert book["Forløb"]["D2"].value == dt.datetime(2015, 3, 2)


def test_a_copy_that_takes_too_much_memory_is_not_made(
    database: Database, courses: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = courses(*[[*ROW[:2], f"b-{number}", *ROW[3:]] for number in range(4000)], ["Atlantis", *ROW[1:]])
    reading, prepared = taken(database, content, "mange.xlsx")
    monkeypatch.setattr(annotated_workbook, "MEMORY", 2**20)  # Less than what the process has before it begins.
    with pytest.raises(annotated_workbook.NotAnnotated):
        annotated(content, reading, prepared.findings, wording("da"))


def test_what_was_left_out_of_a_large_workbook_is_said_and_links_point_where_the_rows_now_stand(
    database: Database, courses: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annotated_workbook, "MOST_CELLS", 100)
    many = [[*ROW[:2], f"b-{number}", *ROW[3:]] for number in range(100)]
    many[90] = ["Atlantis", *ROW[1:]]
    book, _ = copy_of(database, courses(*many), "mange.xlsx", "en")
    page = book["Findings"]
    assert "too large to come back whole" in page["F2"].value
    assert page["C3"].value == "92"
    assert page["C3"].hyperlink.location == "'Forløb'!B32"
