"""The workbook as it came, its faulty cells coloured and commented, with a first sheet that lists what was found.

Formulas come back as the values that were stored with them, and macros not at all. What to mark and what to list stands
in ``annotations.json``.
"""

import json
import re
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from analysis.intake.reader.child import run

AUTHOR = "Lige Adgang"
COLUMN_WIDTHS = (16, 18, 24, 22, 24, 60, 60)
LONGEST = 32_000
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def annotate(source: Path, folder: Path, bounds: dict[str, int]) -> dict[str, Any]:
    """Write ``annotated.xlsx``; without a source of its own the workbook is made of the cells in the annotations."""
    told = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    book = _made(told["sheets"]) if told["sheets"] is not None else load_workbook(source, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                _keep_as_text(cell)
    for name, letters, row, colour, comment in told["marks"]:
        if name in book.sheetnames:
            _mark(book[name][f"{letters}{row}"], colour, comment)
    _list(book, told["title"], told["headers"], told["findings"])
    book.save(folder / "annotated.xlsx")
    return {}


def _made(sheets: list[dict[str, Any]]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, start=1):
        page = book.create_sheet(sheet["name"] or str(number))
        for row in sheet["rows"]:
            page.append([_legal(text) if isinstance(text, str) else text for text in row])
    return book


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)[:LONGEST]


def _keep_as_text(cell: Cell | MergedCell) -> None:
    """A text that begins as a formula does stays a text."""
    if isinstance(cell, Cell) and cell.data_type == "f":
        cell.data_type = "s"


def _mark(cell: Cell | MergedCell, colour: str, comment: str) -> None:
    if isinstance(cell, MergedCell):
        return
    cell.fill = PatternFill("solid", fgColor=colour)
    cell.comment = Comment(_legal(comment), AUTHOR, width=360, height=min(60 + len(comment) // 2, 400))


def _list(book: Workbook, title: str, headers: list[str], findings: list[list[str | None]]) -> None:
    """The first sheet: one row a finding, with a link to the cell."""
    if title in book.sheetnames:
        book.remove(book[title])
    page = book.create_sheet(title, 0)
    page.append(headers)
    for *texts, link in findings:
        page.append([_legal(text or "") for text in texts])
        for cell in page[page.max_row]:
            _keep_as_text(cell)
        if link:
            page.cell(page.max_row, 3).hyperlink = f"#{link}"
            page.cell(page.max_row, 3).font = Font(color="00626B", underline="single")
    _dress(page)
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False


def _dress(page: Worksheet) -> None:
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="E1F0F1")
    for letters, width in zip("ABCDEFG", COLUMN_WIDTHS, strict=True):
        page.column_dimensions[letters].width = width
    for row in page.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions


if __name__ == "__main__":
    run("annotate", annotate)
