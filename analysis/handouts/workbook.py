"""Numbers as a workbook: a sheet of notes, and a sheet for each table."""

import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

LONGEST_NAME = 31
WIDEST = 60
DECIMALS = "0.0"
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")


def numbers(tables: Mapping[str, pd.DataFrame], about: Sequence[tuple[str, str]], *, about_name: str) -> bytes:
    """An .xlsx with ``about``, names and texts, on its first sheet, and each table on one of its own.

    Numbers stay numbers, and what is missing stays empty. Text is text, whatever sign it begins with.
    """
    book = Workbook()
    notes = book.active
    assert isinstance(notes, Worksheet)
    notes.title = _sheet_name(about_name, book)
    for row, (name, text) in enumerate(about, start=1):
        _write(notes.cell(row, 1), name).font = Font(bold=True)
        _write(notes.cell(row, 2), text).alignment = Alignment(wrap_text=True, vertical="top")
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 20, 100
    for name, table in tables.items():
        _write_table(book.create_sheet(_sheet_name(name, book)), table)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_table(sheet: Worksheet, table: pd.DataFrame) -> None:
    for column, name in enumerate(table.columns, start=1):
        _write(sheet.cell(1, column), str(name)).font = Font(bold=True)
        for row, value in enumerate(table[name].tolist(), start=2):
            if not pd.isna(value):
                _write(sheet.cell(row, column), value)
        longest = max([len(str(name)), *(len(str(value)) for value in table[name] if isinstance(value, str))])
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, WIDEST)
    sheet.freeze_panes = "A2"


def _write(cell: Cell, value: Any) -> Cell:
    """The value as what it is: a text that looks like a formula is no formula."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in {"=", "+", "-", "@"}
    else:
        cell.value = value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
        if isinstance(value, float):
            cell.number_format = DECIMALS
    return cell


def _sheet_name(name: str, book: Workbook) -> str:
    clean = _FORBIDDEN.sub(" ", name).strip("' ")[:LONGEST_NAME] or "1"
    taken = {sheet.title.casefold() for sheet in book.worksheets}
    number = 2
    unique = clean
    while unique.casefold() in taken:
        unique = f"{clean[: LONGEST_NAME - 3]} {number}"
        number += 1
    return unique
