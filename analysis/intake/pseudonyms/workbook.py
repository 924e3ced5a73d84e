"""Copy a workbook with pseudonyms in place of CPR numbers.

Formulas are replaced by their values. Charts, pictures, pivot tables, macros and links to other workbooks are not
copied, because they may contain numbers where nobody sees them.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.worksheet import Worksheet

from analysis.intake.detect.identity_number_columns import cpr_in_names
from analysis.intake.pseudonyms.changes import YEAR_HEADER, ChangedSheet
from analysis.intake.sheets import letters
from analysis.text.identity_numbers import holds_identity_number
from analysis.text.pseudonyms import Pseudonyms

PROPERTIES = (
    "title",
    "subject",
    "creator",
    "keywords",
    "description",
    "lastModifiedBy",
    "category",
    "contentStatus",
    "identifier",
    "language",
    "version",
)
HEADERS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
LONGEST_TITLE = 31


def workbook_copy(
    content: bytes, changed: Iterable[ChangedSheet], pseudonyms: Pseudonyms, *, with_years: bool = False
) -> bytes:
    """Return the workbook with the changes, and without numbers in comments, names, properties and rules."""
    book = load_workbook(io.BytesIO(content), data_only=True, keep_vba=False, keep_links=False)
    for chart_sheet in list(book.chartsheets):
        book.remove(chart_sheet)
    for sheet in changed:
        _change_cells(book[sheet.name], sheet, with_years=with_years)
    for page in book.worksheets:
        _clean_sheet(page, pseudonyms)
    for page in book.worksheets:
        if cpr_in_names([page.title]):
            page.title = pseudonyms.in_text(page.title).strip("[]")[:LONGEST_TITLE]
    _clean_book(book, pseudonyms)
    copy = io.BytesIO()
    book.save(copy)
    return copy.getvalue()


def _change_cells(page: Worksheet, sheet: ChangedSheet, *, with_years: bool) -> None:
    for column in sheet.columns:
        for row, text in column.cells.items():
            cell = page.cell(row + 1, column.position + 1)
            if not isinstance(cell, MergedCell):
                cell.value, cell.data_type = text, "s"
    if with_years:
        _add_years(page, sheet)
    for table in page.tables.values():
        if table.headerRowCount != 0:
            for cell, column in zip(page[table.ref][0], table.tableColumns, strict=False):
                column.name = cell.value if isinstance(cell.value, str) else column.name


def _add_years(page: Worksheet, sheet: ChangedSheet) -> None:
    """Write the years of birth to the right of the last column, where they move no other cell."""
    position = sheet.width + 1
    for column in filter(lambda column: column.years, sheet.columns):
        if column.first_row:
            header = page.cell(column.first_row, column.position + 1).value
            several = sum(bool(other.years) for other in sheet.columns) > 1
            title = f"{YEAR_HEADER} ({header or letters(column.position)})" if several else YEAR_HEADER
            page.cell(column.first_row, position, title)
        for row, year in column.years.items():
            page.cell(row + 1, position, year)
        position += 1


def _clean_sheet(page: Worksheet, pseudonyms: Pseudonyms) -> None:
    """Replace or remove numbers outside the values of the cells, and drop what cannot be searched."""
    page._charts, page._images, page._pivots = [], [], []
    for cell in list(page._cells.values()):
        if isinstance(cell, MergedCell):
            continue
        if cell.comment is not None:
            texts = [pseudonyms.in_text(text or "") for text in (cell.comment.text, cell.comment.author)]
            if texts != [cell.comment.text, cell.comment.author]:
                cell.comment = Comment(*texts, width=cell.comment.width, height=cell.comment.height)
        if (link := cell.hyperlink) is not None and (_holds(link) or holds_identity_number([link.target or ""])):
            cell.hyperlink = None
        if holds_identity_number([cell.number_format]):
            cell.number_format = "General"
    for header in (
        getattr(page, f"{when}{part}") for when in ("odd", "even", "first") for part in ("Header", "Footer")
    ):
        for item in (header.left, header.center, header.right):
            if item.text:
                item.text = pseudonyms.in_text(item.text)
    _clean_rules(page)
    _drop(page.defined_names)


def _clean_rules(page: Worksheet) -> None:
    """Remove filters, validations and conditional formats with a number in them."""
    for filtered in (page.auto_filter, *(table.autoFilter for table in page.tables.values())):
        if filtered is not None and _holds(filtered):
            filtered.filterColumn, filtered.sortState = [], None
    validations = page.data_validations
    validations.dataValidation = [rule for rule in validations.dataValidation if not _holds(rule)]
    kept = ConditionalFormattingList()
    for cells in page.conditional_formatting:
        for rule in cells.rules:
            if not _holds(rule):
                kept.add(str(cells.sqref), rule)
    page.conditional_formatting = kept


def _clean_book(book: Workbook, pseudonyms: Pseudonyms) -> None:
    for name in PROPERTIES:
        if text := getattr(book.properties, name, None):
            setattr(book.properties, name, pseudonyms.in_text(str(text)))
    for own in [one for one in book.custom_doc_props.props if holds_identity_number([one.name, str(one.value)])]:
        del book.custom_doc_props[own.name]
    _drop(book.defined_names)


def _drop(names: Any) -> None:
    """Remove defined names with a number in their name, text or comment."""
    for name in [name for name, defined in names.items() if _holds(defined)]:
        del names[name]


def _holds(element: Any) -> bool:
    """Return whether any text or attribute of an element of the workbook contains an identity number."""
    return holds_identity_number(_texts(element.to_tree, element))


def _texts(to_tree: Callable[..., Any], element: Any) -> Iterator[str]:
    try:
        tree = to_tree()
    except TypeError:
        tree = to_tree(element.tagname)
    for node in tree.iter():
        yield from filter(None, (node.text, *node.attrib.values()))
