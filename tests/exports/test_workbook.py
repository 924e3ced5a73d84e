"""The workbook that a person takes away, read back by openpyxl and by another reader."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from analysis.exports.workbook import numbers

ABOUT = [("Spørgsmål", "Blev kløften mindre?"), ("Svar", "Ja, fra 17,9 til 4,8 procentpoint.")]
TABLE = pd.DataFrame(
    {
        "Gruppe": ["Grundskole", "Lang videregående uddannelse", "Uoplyst"],
        "Procent": pd.array([62.73, 80.61, None], dtype="Float64"),
        "Borgere": pd.array([1234, 2345, None], dtype="Int64"),
        "Dag": pd.to_datetime(["2015-03-01", "2015-03-02", None]),
        "Note": ["", "", "skjult, for lille til at vise"],
    }
)


def _read(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def _sheet(table: pd.DataFrame) -> Worksheet:
    return _read(numbers({"Tal": table}, ABOUT, about_name="Om"))["Tal"]


def _cell(value: Any) -> Any:
    """The cell that a value becomes."""
    return _sheet(pd.DataFrame({"x": pd.Series([value], dtype=object)}))["A2"]


def test_notes_stand_first_and_each_table_on_its_sheet() -> None:
    book = _read(numbers({"Før": TABLE, "Efter": TABLE[:1]}, ABOUT, about_name="Om tallene"))
    assert book.sheetnames == ["Om tallene", "Før", "Efter"]
    assert list(book["Om tallene"].values) == ABOUT
    assert [len(list(book[name].rows)) for name in ("Før", "Efter")] == [4, 2]


def test_numbers_and_days_stay_what_they_are_and_missing_stays_empty() -> None:
    rows = list(_sheet(TABLE).values)
    assert rows[0] == ("Gruppe", "Procent", "Borgere", "Dag", "Note")
    assert rows[1] == ("Grundskole", 62.73, 1234, dt.datetime(2015, 3, 1), None)
    assert rows[3] == ("Uoplyst", None, None, None, "skjult, for lille til at vise")


def test_another_reader_finds_the_same() -> None:
    content = numbers({"Tal": TABLE}, ABOUT, about_name="Om")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("Tal").to_python()
    assert rows[1] == ["Grundskole", 62.73, 1234.0, dt.date(2015, 3, 1), ""]


def test_cells_are_shown_as_percentages_counts_and_days() -> None:
    row = _sheet(TABLE)[2]
    assert [cell.number_format for cell in row[1:4]] == ["#,##0.0", "#,##0", "mm-dd-yy"]
    assert _sheet(TABLE)["D2"].is_date


def test_the_header_is_bold_and_stays_in_sight_and_columns_are_wide_enough() -> None:
    sheet = _sheet(TABLE)
    assert all(cell.font.bold for cell in sheet[1])
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width >= len("Lang videregående uddannelse")
    assert sheet.column_dimensions["D"].width >= len("01-03-2015")
    assert _sheet(pd.DataFrame({"x": ["y" * 500]})).column_dimensions["A"].width < 100


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+45 12", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_text_that_looks_like_a_formula_is_text(text: str) -> None:
    cell = _cell(text)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    [(_, noted)] = _read(numbers({}, [("Spørgsmål", text)], about_name="Om"))["Om"].rows
    assert (noted.value, noted.data_type) == (text, "s")
    header = _sheet(pd.DataFrame({text: [1]}))["A1"]
    assert (header.value, header.data_type) == (text, "s")


def test_a_dash_that_stands_for_nothing_and_usual_words_are_not_marked_as_formulas() -> None:
    assert not _cell("–").quotePrefix
    assert not _cell("Grundskole").quotePrefix


def test_what_excel_cannot_hold_is_left_out() -> None:
    assert _cell("a\x00b\x07c\nd").value == "abc\nd"
    assert _cell("a\ud800b\uffffc").value == "abc"
    assert _cell(float("inf")).value is None
    assert _cell(float("nan")).value is None


def test_sheets_have_names_that_excel_allows_each_its_own() -> None:
    wanted = ["Køn / alder [2015]: *?\\", "om", "", "'kløft'", "x" * 40, "x" * 41, "X" * 42, "a\x01b"]
    names = _read(numbers(dict.fromkeys(wanted, TABLE), ABOUT, about_name="Om")).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == len(wanted) + 1
    assert all(0 < len(name) <= 31 for name in names)
    assert not set("".join(names)) & set("[]:*?/\\\x01")
    assert names[:3] == ["Om", "Køn   alder  2015", "om 2"]
    assert names[4] == "kløft"


def test_a_table_without_rows_keeps_its_header() -> None:
    assert list(_sheet(TABLE[:0]).values) == [tuple(TABLE.columns)]
