"""The template filled with what was understood of a file, to be completed in Excel."""

import datetime as dt
import io
from collections.abc import Sequence

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from analysis.intake.contract import KINDS, Column, Holds, SheetKind
from analysis.intake.formats.template import template
from analysis.intake.sheets import DATES, TextColumn
from analysis.intake.tables import Table, cleaned
from analysis.model.languages import name_in
from analysis.store.reference import reference_dimensions

MOST_ROWS = 20_000
"""Maximum number of rows that are written."""


def prefilled(tables: Sequence[Table], language: str) -> bytes:
    """Return the template in this language with the rows of the tables, each in the sheet of its kind."""
    book = load_workbook(io.BytesIO(template(language)))
    for form, spec in KINDS.items():
        of_form = [table for table in tables if table.form == form and len(table.rows)]
        if of_form:
            page = book[name_in(spec.names, language)]
            page.delete_rows(2)
            _write(page, spec, of_form, language)
            book.active = book.index(page)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write(page: Worksheet, spec: SheetKind, tables: list[Table], language: str) -> None:
    there = {key for table in tables for key in table.columns}
    beside = [column for column in spec.also if column.key in there and column not in spec.columns]
    columns = [*spec.columns, *beside]
    for number, column in enumerate(beside, start=len(spec.columns) + 1):
        page.cell(1, number, name_in(column.names, language))
    row = 1
    for table in tables:
        for place in range(min(len(table.rows), MOST_ROWS - row)):
            row += 1
            for number, column in enumerate(columns, start=1):
                if column.key in table.columns:
                    _fill(page, row, number, column, table.columns[column.key], place, language)


def _fill(page: Worksheet, row: int, number: int, column: Column, texts: TextColumn, place: int, language: str) -> None:
    code = int(texts.codes[place])
    text, day = cleaned(texts.values[code]), texts.day(code)
    value: str | int | dt.date | None = text or None
    if day is not None and texts.kind(code) in DATES and column.holds is Holds.DATE:
        value = day
    elif column.holds is Holds.COUNT and text.isascii() and text.isdecimal():
        value = int(text)
    elif column.key == "dimension" and text in reference_dimensions():
        value = reference_dimensions()[text].label(language)
    cell = page.cell(row, number, value)
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", value.startswith(("=", "+", "-", "@"))
