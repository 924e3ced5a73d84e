"""Write numbers as a workbook: one sheet of notes, and one sheet per table."""

import datetime as dt
import io
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from analysis.exhibits.tables import BEGINS_A_FORMULA
from analysis.text.office_text import legal

LONGEST_NAME = 31
NARROWEST, WIDEST = 12, 60
"""Width of a column, in characters; a date fits the narrowest."""
WHOLE, DECIMALS = "#,##0", "#,##0.0"
DAY = "mm-dd-yy"
"""Excel shows this format as the short date of the user's own language."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")


def numbers(tables: Mapping[str, pd.DataFrame], about: Sequence[tuple[str, str]], *, about_name: str) -> bytes:
    """Return an .xlsx file with ``about`` (names and texts) on the first sheet, and each table on its own sheet.

    The keys of ``tables`` and ``about_name`` become sheet names, changed if Excel does not allow them. Numbers and
    dates keep their type, and missing values are empty cells. Text remains text, even if it looks like a formula.
    """
    book = Workbook()
    notes = book.active
    assert isinstance(notes, Worksheet)
    notes.title = _sheet_name(about_name, [])
    for row, (name, text) in enumerate(about, start=1):
        label = _write(notes.cell(row, 1), name)
        label.font, label.alignment = Font(bold=True), Alignment(vertical="top")
        _write(notes.cell(row, 2), text).alignment = Alignment(wrap_text=True, vertical="top")
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 20, 100
    for name, table in tables.items():
        _write_table(book.create_sheet(_sheet_name(name, book.sheetnames)), table)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_table(sheet: Worksheet, table: pd.DataFrame) -> None:
    for column, name in enumerate(table.columns, start=1):
        _write(sheet.cell(1, column), str(name)).font = Font(bold=True)
        values = table[name].tolist()
        for row, value in enumerate(values, start=2):
            if not pd.isna(value):
                _write(sheet.cell(row, column), value)
        longest = max(len(text) for text in [str(name), *values] if isinstance(text, str))
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, NARROWEST), WIDEST)
    sheet.freeze_panes = "A2"


def _write(cell: Cell, value: Any) -> Cell:
    """Write a value with its type. Text that looks like a formula is not one, and does not become one when edited."""
    if isinstance(value, str):
        cell.value = legal(value)
        cell.data_type = "s"
        cell.quotePrefix = str(cell.value).startswith(BEGINS_A_FORMULA)
    elif isinstance(value, dt.date):
        cell.value, cell.number_format = dt.date(value.year, value.month, value.day), DAY
    elif math.isfinite(value):
        cell.value, cell.number_format = value, DECIMALS if isinstance(value, float) else WHOLE
    return cell


def _sheet_name(wanted: str, taken: Sequence[str]) -> str:
    clean = _shortened(_NOT_IN_NAMES.sub(" ", wanted), LONGEST_NAME) or "1"
    others = {name.casefold() for name in taken}
    unique, number = clean, 1
    while unique.casefold() in others:
        number += 1
        unique = f"{_shortened(clean, LONGEST_NAME - len(f' {number}'))} {number}"
    return unique


def _shortened(name: str, length: int) -> str:
    """Shorten a sheet name. Excel allows no apostrophe at either end."""
    return name.strip("' ")[:length].rstrip("' ")
