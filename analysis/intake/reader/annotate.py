"""Annotate a workbook: colour and comment faulty cells, and add a first sheet that lists the findings.

Formulas are replaced by their stored values, and macros are removed. ``annotations.json`` contains the cells to mark
and the findings to list.
"""

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from analysis.intake.reader.child import run
from analysis.text.office_text import legal

AUTHOR = "Lige Adgang"
COLUMN_WIDTHS = (16, 18, 24, 22, 24, 60, 60)
LONGEST = 32_000
PARTING = "\n\n———\n\n"
"""Separator in a comment between the text of this program and the user's own note."""
LINK = Font(color="00626B", underline="single")
_FOREIGN = re.compile(r"\[\d+\]|\|")
"""Pattern of a name that refers to another workbook or program."""


def annotate(source: Path, folder: Path, bounds: dict[str, int]) -> dict[str, Any]:
    """Write ``annotated.xlsx``, from the source or, without one, from the cells in the annotations."""
    annotations = json.loads((folder / "annotations.json").read_text(encoding="utf-8"))
    book = _made(annotations["sheets"]) if annotations["sheets"] is not None else _opened(source)
    for name in book.sheetnames:
        if name.casefold().strip() in annotations["replaced"]:
            book.remove(book[name])
    for sheet in book.worksheets:
        _clear(sheet, annotations["colours"])
    for name, letters, row in annotations["uncomputed"]:
        if name in book.sheetnames:
            _keep_as_fault(book[name][f"{letters}{row}"])
    for name, letters, row, colour, comment in annotations["marks"]:
        if name in book.sheetnames:
            _mark(book[name], f"{letters}{row}", colour, comment)
    _list(book, annotations)
    book.save(folder / "annotated.xlsx")
    return {}


def _opened(source: Path) -> Workbook:
    """Open the workbook without formulas, table formulas and links to other files."""
    book = load_workbook(source, data_only=True, keep_vba=False, keep_links=False)
    for names in (book.defined_names, *(sheet.defined_names for sheet in book.worksheets)):
        for name in [name for name, one in names.items() if _FOREIGN.search(one.attr_text or "")]:
            del names[name]
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            for column in table.tableColumns:
                column.calculatedColumnFormula = column.totalsRowFormula = None
                if column.totalsRowFunction == "custom":
                    column.totalsRowFunction = None
    return book


def _made(sheets: list[dict[str, Any]]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet["name"])
        for row in sheet["rows"]:
            page.append([_value(cell) for cell in row])
    return book


def _value(cell: Any) -> Any:
    """Return the value of a cell, and convert dates."""
    if isinstance(cell, dict):
        moment = dt.datetime.fromisoformat(cell["day"])
        return moment if len(cell["day"]) > len("2015-03-12") else moment.date()
    return _legal(cell) if isinstance(cell, str) else cell


def _legal(text: str) -> str:
    return legal(text)[:LONGEST]


def _clear(sheet: Worksheet, colours: list[str]) -> None:
    """Keep text cells as text, and remove the marks of an earlier copy.

    Only existing cells are visited: iterating over rows would create every cell up to the furthest.
    """
    for cell in list(sheet._cells.values()):
        if isinstance(cell, MergedCell):
            continue
        _keep_as_text(cell)
        if cell.comment is not None and cell.comment.author == AUTHOR:
            _, _, theirs = cell.comment.text.partition(PARTING)
            cell.comment = Comment(theirs, "") if theirs else None
            if str(cell.fill.fgColor.rgb)[2:] in colours:
                cell.fill = PatternFill()


def _keep_as_text(cell: Cell) -> None:
    """Store a text that begins like a formula as text, even after the user edits the cell."""
    if isinstance(cell.value, str) and cell.value.startswith("="):
        cell.data_type = "s"
        cell.quotePrefix = True


def _keep_as_fault(cell: Cell | MergedCell) -> None:
    """Write an error value into an empty cell. Otherwise an upload of the copy would accept the cell as valid."""
    if cell.value is None and isinstance(cell, Cell):
        cell.value, cell.data_type = "#N/A", "e"


def _mark(sheet: Worksheet, place: str, colour: str, said: str) -> None:
    """Colour the cell and add a comment above the user's own note. For merged cells, mark the first one.

    A comment that applies to several of the merged cells appears once.
    """
    cell = sheet[place]
    if isinstance(cell, MergedCell):
        cell = next(sheet.cell(cells.min_row, cells.min_col) for cells in sheet.merged_cells.ranges if place in cells)
    ours, theirs = "", ""
    if cell.comment is not None and cell.comment.author == AUTHOR:
        ours, _, theirs = cell.comment.text.partition(PARTING)
    elif cell.comment is not None:
        theirs = cell.comment.text
    if said in ours:
        return
    if not ours:
        cell.fill = PatternFill("solid", fgColor=colour)
    ours = f"{ours}\n\n{said}" if ours else said
    text = _legal(f"{ours}{PARTING}{theirs}" if theirs else ours)
    cell.comment = Comment(text, AUTHOR, width=360, height=min(60 + len(text) // 2, 400))


def _list(book: Workbook, annotations: dict[str, Any]) -> None:
    """Add the first sheet: one row per finding, with a link to the cell."""
    page = book.create_sheet(annotations["title"], 0)
    page.append(annotations["headers"])
    if annotations["notice"]:
        page.append([None] * 5 + [annotations["notice"]])
    for finding in annotations["findings"]:
        page.append([_legal(text) or None for text in finding["texts"]])
        row = page[page.max_row]
        for cell in row:
            _keep_as_text(cell)
        if finding["cell"] and finding["cell"][0] in book.sheetnames:
            for cell in row[1:4]:
                _link(cell, *finding["cell"])
    _dress(page)
    book.active = 0
    for sheet in book.worksheets[1:]:
        sheet.sheet_view.tabSelected = False


def _link(cell: Cell, sheet: str, letters: str, row: int) -> None:
    if cell.value is None:
        return
    name = sheet.replace("'", "''")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!{letters}{row}")
    cell.font = LINK


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


WORK = annotate

if __name__ == "__main__":
    run("annotate", WORK)
