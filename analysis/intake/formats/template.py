"""Template workbook: sheets with drop-down lists and an example row, and a guidance page."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.i18n import wording
from analysis.i18n.coded_words import WORDS
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import GUIDANCE_SHEETS, KINDS, LIST_SHEETS, Column, Holds, SheetKind, example_mark
from analysis.intake.formats.guidance import introduction
from analysis.model.languages import name_in
from analysis.store.reference import danish_municipalities, reference_dimensions

LAST_ROW = 10_000
HEADER = PatternFill("solid", fgColor="E1F0F1")
NEEDED = PatternFill("solid", fgColor="B2D5D7")
GREY = Font(italic=True, color="6B6B6B")
A4 = 9


@dataclass(frozen=True)
class Choices:
    """Cell range of a drop-down list, and the length of its longest word."""

    cells: str
    longest: int


def template(language: str) -> bytes:
    """Return the template with headers and lists in this language, and guidance in this and one more language.

    Raises ``KeyError`` if the language is not available.
    """
    book = Workbook()
    _write_guidance(book.active, language)
    lists = book.create_sheet(name_in(LIST_SHEETS, language))
    lists.sheet_state = "hidden"
    choices = _write_lists(lists, language)
    for kind in KINDS.values():
        _write_sheet(
            book.create_sheet(name_in(kind.names, language), len(book.sheetnames) - 1), kind, choices, language
        )
    for page in book:
        _fit_to_paper(page)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_guidance(page: Worksheet, own: str) -> None:
    """Write the guidance in the workbook's language and in English, or in Danish if the workbook is English."""
    page.title = name_in(GUIDANCE_SHEETS, own)
    page.column_dimensions["A"].width = 30
    page.column_dimensions["B"].width = 96
    for language in (own, "en" if own != "en" else "da"):
        words = wording(language)
        page.append([words.text("How to fill in the workbook")])
        page.cell(page.max_row, 1).font = Font(bold=True, size=16)
        for line in introduction(words):
            page.append(["", line])
        for kind in KINDS.values():
            page.append([])
            page.append([name_in(kind.names, language), words.text(kind.row)])
            page.cell(page.max_row, 1).font = page.cell(page.max_row, 2).font = Font(bold=True, size=13)
            for column in kind.columns:
                needed = words.text("The column is needed.") + " " if column.needed else ""
                page.append([name_in(column.names, language), needed + words.text(column.guidance)])
        page.append([])
        page.append([])
    for row in page.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=cell.column == 2, vertical="top")


def _write_lists(page: Worksheet, language: str) -> dict[str, Choices]:
    """Write one column for each drop-down list; return the position of each list by the column that uses it."""
    dimensions = reference_dimensions()
    lists = {"municipality": sorted(danish_municipalities())}
    lists |= {key: [group.label(language) for group in one.groups] for key, one in dimensions.items()}
    lists["dimension"] = [dimension.label(language) for dimension in dimensions.values()]
    lists["group"] = [group.label(language) for one in dimensions.values() for group in one.groups]
    lists |= {kind: [word_in(kind, key, language) for key in meanings] for kind, meanings in WORDS.items()}
    choices = {}
    for number, (name, words) in enumerate(lists.items(), start=1):
        letter = get_column_letter(number)
        for row, word in enumerate(words, start=1):
            page.cell(row, number, word)
        cells = f"'{page.title}'!${letter}$1:${letter}${len(words)}"
        choices[name] = Choices(cells, max(map(len, words)))
    return choices


def _write_sheet(page: Worksheet, kind: SheetKind, choices: dict[str, Choices], language: str) -> None:
    example = _example(kind, language)
    for number, column in enumerate(kind.columns, start=1):
        letter = get_column_letter(number)
        header = name_in(column.names, language)
        cell = page.cell(1, number, header)
        cell.font = Font(bold=True)
        cell.fill = NEEDED if column.needed else HEADER
        shown = page.cell(2, number, example.get(column.key))
        shown.font = GREY
        whole = page.column_dimensions[letter]
        whole.number_format = shown.number_format = _number_format(column)
        whole.width = max(14, len(header) + 4, len(str(shown.value or "")) + 2)
        listed = choices.get(column.words or column.key)
        if listed and not column.several:
            whole.width = max(whole.width, listed.longest + 2)
            page.add_data_validation(_drop_down(listed, f"{letter}2:{letter}{LAST_ROW}"))
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"


def _number_format(column: Column) -> str:
    """Return the cell format of a column. Text format preserves leading zeros and prevents conversion to dates."""
    if column.holds is Holds.DATE:
        return "dd-mm-yyyy"
    return "@" if column.holds is Holds.TEXT else "0"


def _drop_down(choices: Choices, cells: str) -> DataValidation:
    """Return the validation for a drop-down list. Excel asks before it accepts other words."""
    choice = DataValidation(
        type="list", formula1=choices.cells, allow_blank=True, errorStyle="warning", showErrorMessage=True
    )
    choice.add(cells)
    return choice


def _fit_to_paper(page: Worksheet) -> None:
    """Print in landscape A4, fitted to the width of one page."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _example(kind: SheetKind, language: str) -> Mapping[str, Any]:
    """Return the example row. The intake recognises it by one of its texts and leaves it out."""
    words = wording(language)
    place = {"municipality": "Holbæk", "offer": example_mark(words) + ": " + words.text("Stop smoking")}
    return {**place, **kind.example(words)}
