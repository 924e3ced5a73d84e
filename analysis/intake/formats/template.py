"""The workbook to fill in: the sheets with drop-down lists and an example row, and a page of guidance."""

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.i18n import wording
from analysis.i18n.vocabulary import WORDS, word_in
from analysis.intake.contract import DIMENSIONS, EXAMPLES, GUIDANCE_SHEETS, LIST_SHEETS, SHEETS, Form, Sheet
from analysis.intake.formats.guidance import columns_said, introduction, sheets_said
from analysis.model.languages import name_in
from analysis.model.terms import Stage, Status, Understanding
from analysis.store.reference import danish_municipalities, reference_dimensions

LAST_ROW = 10_000
DAYS = {"invited_on", "started_on", "completed_on", "adjusted_on", "held_on", "requested_on", "state_on"} | {
    f"{status}_on" for status in Status
}
NUMBERS = {*Stage, *Understanding, "participants", "priority", "votes"}
HEADER = PatternFill("solid", fgColor="E1F0F1")
NEEDED = PatternFill("solid", fgColor="B2D5D7")
GREY = Font(italic=True, color="6B6B6B")
A4 = 9


@dataclass(frozen=True)
class Choices:
    """Where the words of a drop-down list stand, and the length of the longest."""

    cells: str
    longest: int


def template(language: str) -> bytes:
    """The workbook, its headers and lists in this language, its guidance in it and in one more.

    Raises ``KeyError`` where the language is not on offer.
    """
    book = Workbook()
    _write_guidance(book.active, language)
    lists = book.create_sheet(name_in(LIST_SHEETS, language))
    lists.sheet_state = "hidden"
    choices = _write_lists(lists, language)
    for sheet in SHEETS:
        _write_sheet(
            book.create_sheet(name_in(sheet.names, language), len(book.sheetnames) - 1), sheet, choices, language
        )
    for page in book:
        _fit_to_paper(page)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _write_guidance(page: Worksheet, own: str) -> None:
    """What to fill in and how, in the workbook's own language and then in English; in Danish where that is its own."""
    page.title = name_in(GUIDANCE_SHEETS, own)
    page.column_dimensions["A"].width = 30
    page.column_dimensions["B"].width = 96
    for language in (own, "en" if own != "en" else "da"):
        words = wording(language)
        page.append([words.text("How to fill in the workbook")])
        page.cell(page.max_row, 1).font = Font(bold=True, size=16)
        for line in introduction(words):
            page.append(["", line])
        said = columns_said(words)
        for sheet in SHEETS:
            page.append([])
            page.append([name_in(sheet.names, language), sheets_said(words)[sheet.form]])
            page.cell(page.max_row, 1).font = page.cell(page.max_row, 2).font = Font(bold=True, size=13)
            for column in sheet.columns:
                needed = words.text("The column is needed.") + " " if column.needed else ""
                page.append([name_in(column.names, language), needed + said[sheet.form, column.key]])
        page.append([])
        page.append([])
    for row in page.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=cell.column == 2, vertical="top")


def _write_lists(page: Worksheet, language: str) -> dict[str, Choices]:
    """The words of each drop-down list, a column each; return where each list stands, by the column it is for."""
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
    choices["citizens_involved"] = choices["staff_involved"] = choices.pop("yes_no")
    choices["responsible"] = choices["area"]
    return choices


def _write_sheet(page: Worksheet, sheet: Sheet, choices: dict[str, Choices], language: str) -> None:
    example = _example(sheet.form, language)
    for number, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(number)
        header = name_in(column.names, language)
        cell = page.cell(1, number, header)
        cell.font = Font(bold=True)
        cell.fill = NEEDED if column.needed else HEADER
        shown = page.cell(2, number, example.get(column.key))
        shown.font = GREY
        whole = page.column_dimensions[letter]
        whole.number_format = shown.number_format = _number_format(column.key)
        whole.width = max(14, len(header) + 4, len(str(shown.value or "")) + 2)
        if column.key in choices:
            whole.width = max(whole.width, choices[column.key].longest + 2)
            page.add_data_validation(_drop_down(choices[column.key], f"{letter}2:{letter}{LAST_ROW}"))
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"


def _number_format(key: str) -> str:
    """The cell format of a column. Text keeps ids' leading zeros, and groups and periods from becoming dates."""
    if key in DAYS:
        return "dd-mm-yyyy"
    return "0" if key in NUMBERS else "@"


def _drop_down(choices: Choices, cells: str) -> DataValidation:
    """A list to choose from. Excel asks about other words and takes them if the person says so."""
    choice = DataValidation(
        type="list", formula1=choices.cells, allow_blank=True, errorStyle="warning", showErrorMessage=True
    )
    choice.add(cells)
    return choice


def _fit_to_paper(page: Worksheet) -> None:
    """Print on A4 across, as wide as the paper and as long as it takes."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _example(form: Form, language: str) -> dict[str, Any]:
    """One row that shows how a row looks; the intake knows it by the offer's name and leaves it out."""
    words = wording(language)
    groups = {column.key: reference_dimensions()[column.key].groups[0].label(language) for column in DIMENSIONS}
    mark = name_in(EXAMPLES, language)
    place = {"municipality": "Holbæk", "offer": mark + ": " + words.text("Stop smoking")}
    held_on = dt.date(2016, 3, 10)
    action = mark + ": " + words.text("Reminders by text message")
    dates = {
        "invited_on": dt.date(2015, 3, 2),
        "started_on": dt.date(2015, 3, 12),
        "completed_on": dt.date(2015, 6, 1),
    }
    rows: dict[Form, dict[str, Any]] = {
        Form.COURSES: {
            "citizen": "b-0001",
            **dates,
            "outcome": word_in("outcome", "completed", language),
            **groups,
        },
        Form.COUNTS: {
            "period": "2015-03",
            "dimension": reference_dimensions()["education"].label(language),
            "group": groups["education"],
            "invited": 40,
            "participated": 24,
            "completed": 15,
        },
        Form.OFFERS: {
            "kind": word_in("kind", "health", language),
            "theme": words.text("Smoking"),
            "completion_rule": words.text("At least 75 per cent of the meetings"),
        },
        Form.ADJUSTMENTS: {
            "adjusted_on": dt.date(2015, 10, 1),
            "title": words.text("A call before the first meeting"),
            "what_changed": words.text("The citizen is called and told what will happen and who will be there."),
            "aim": word_in("aim", "recruitment", language),
            "citizens_involved": word_in("yes_no", "yes", language),
            "staff_involved": word_in("yes_no", "yes", language),
        },
        Form.THEME_DAYS: {
            "held_on": held_on,
            "place": f"{mark}: Odense",
            "day_kind": word_in("day_kind", "national", language),
            "role": word_in("role", "leader", language),
            "area": word_in("area", "health", language),
            "participants": 2,
        },
        Form.UNDERSTANDINGS: {
            "held_on": held_on,
            "asked": word_in("asked", "before", language),
            "holder": word_in("holder", "politicians", language),
            "table": f"{mark}: 1",
            "disadvantaged": 5,
            "gap": 3,
            "gradient": 2,
        },
        Form.ACTIONS: {
            "action": action,
            "area": word_in("area", "health", language),
            "level": word_in("level", "proportionate", language),
            "priority": 1,
            "status": word_in("status", "decided", language),
            "responsible": word_in("area", "health", language),
            "involved": ", ".join(word_in("area", key, language) for key in ("social", "employment")),
            "proposed_on": held_on,
            "decided_on": dt.date(2016, 5, 2),
        },
        Form.REQUESTS: {
            "requested_on": held_on,
            "request": word_in("request", "local theme day", language),
            "state": word_in("state", "open", language),
            "state_on": held_on,
            "next_step": mark + ": " + words.text("Agree on a date"),
        },
        Form.VOTES: {"held_on": held_on, "table": "1", "action": action, "votes": 7},
    }
    return place | rows[form]
