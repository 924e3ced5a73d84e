"""The template is a workbook of the format: it opens, offers its lists, and its example rows are left out."""

import io

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from python_calamine import CalamineWorkbook

from analysis.i18n import LANGUAGES
from analysis.i18n.coded_words import WORDS
from analysis.intake.contract import KINDS, Form
from analysis.intake.formats.template import template
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.read_file import read
from analysis.intake.validate.validation import prepare
from analysis.model.languages import name_in
from analysis.model.terms import UNDIVIDED, Stage, Understanding
from analysis.model.theme_day_terms import Status
from analysis.store import Database
from analysis.store.reference import danish_municipalities, reference_dimensions


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_are_those_of_the_format(language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    for sheet in KINDS.values():
        page = book[name_in(sheet.names, language)]
        assert [cell.value for cell in page[1]] == [name_in(column.names, language) for column in sheet.columns]
        assert page.max_row == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_reader_sees_the_same_sheets(language: str) -> None:
    content = template(language)
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert names == load_workbook(io.BytesIO(content)).sheetnames
    assert [name for name in names if name in {name_in(sheet.names, language) for sheet in KINDS.values()}] == names[
        1:-1
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_are_chosen_from_lists(language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    groups = {
        key: [group.label(language) for group in dimension.groups] for key, dimension in reference_dimensions().items()
    }
    for key in groups.keys() - {UNDIVIDED}:
        assert listed(book, Form.COURSES, key, language) == groups[key]
    assert listed(book, Form.COUNTS, "group", language) == [label for labels in groups.values() for label in labels]
    dimensions = [dimension.label(language) for dimension in reference_dimensions().values()]
    assert listed(book, Form.COUNTS, "dimension", language) == dimensions


@pytest.mark.parametrize("language", LANGUAGES)
def test_municipalities_and_words_are_chosen_from_lists(language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    for form in Form:
        assert sorted(listed(book, form, "municipality", language)) == sorted(danish_municipalities())
    for form, key, kind in (
        (Form.COURSES, "outcome", "outcome"),
        (Form.OFFERS, "kind", "kind"),
        (Form.ADJUSTMENTS, "aim", "aim"),
        (Form.ADJUSTMENTS, "citizens_involved", "yes_no"),
        (Form.ADJUSTMENTS, "staff_involved", "yes_no"),
        (Form.THEME_DAYS, "day_kind", "day_kind"),
        (Form.THEME_DAYS, "role", "role"),
        (Form.THEME_DAYS, "area", "area"),
        (Form.UNDERSTANDINGS, "asked", "asked"),
        (Form.UNDERSTANDINGS, "holder", "holder"),
        (Form.ACTIONS, "level", "level"),
        (Form.ACTIONS, "status", "status"),
        (Form.ACTIONS, "responsible", "area"),
        (Form.REQUESTS, "request", "request"),
        (Form.REQUESTS, "state", "state"),
    ):
        words = [name_in(spellings, language) for spellings in WORDS[kind].values()]
        assert [word.lower() for word in listed(book, form, key, language)] == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_excel_asks_about_other_words_and_takes_them(language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    for page in book:
        for choice in page.data_validations.dataValidation:
            assert (choice.errorStyle, choice.showErrorMessage) == ("warning", True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_fits_its_column(language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    for page in book:
        for choice in page.data_validations.dataValidation:
            longest = max(map(len, words_of(book, choice)))
            assert page.column_dimensions[str(choice.sqref).split("2:")[0]].width > longest


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_are_formatted_for_what_they_take(language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    formats = {
        (sheet.form, column.key): page.column_dimensions[cell.column_letter].number_format
        for sheet in KINDS.values()
        for page in [book[name_in(sheet.names, language)]]
        for cell, column in zip(page[1], sheet.columns, strict=True)
    }
    assert {key for key, shown in formats.items() if shown == "dd-mm-yyyy"} == {
        (Form.COURSES, "invited_on"),
        (Form.COURSES, "started_on"),
        (Form.COURSES, "completed_on"),
        (Form.OFFERS, "ended_on"),
        (Form.ADJUSTMENTS, "adjusted_on"),
        (Form.TEST_ROUNDS, "tried_on"),
        (Form.ACTIVITIES, "due_on"),
        (Form.CONSEQUENCES, "written_on"),
        *((form, "held_on") for form in (Form.THEME_DAYS, Form.UNDERSTANDINGS, Form.VOTES)),
        *((Form.ACTIONS, f"{status}_on") for status in Status),
        *((Form.REQUESTS, key) for key in ("requested_on", "state_on")),
    }
    assert {key for _, key in (key for key, shown in formats.items() if shown == "0")} == {
        *Stage,
        *Understanding,
        *("participants", "priority", "votes", "running", "follow_up_days", "group_rank", "number"),
    }
    assert formats[Form.COURSES, "citizen"] == formats[Form.COURSES, "age"] == formats[Form.COUNTS, "period"] == "@"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_is_a_formula(language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or str(cell.value).startswith("=")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_template_brings_nothing_and_says_so(database: Database, language: str) -> None:
    prepared = prepare(read(template(language), "template.xlsx"), load_reference_data(database))
    checks = [finding.check for finding in prepared.findings]
    assert checks.count("example_left_out") == len(KINDS)
    assert not prepared.faultless


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_example_rows_would_be_taken_under_another_name(database: Database, language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    for sheet in KINDS.values():
        page = book[name_in(sheet.names, language)]
        position = [column.key for column in sheet.columns].index(sheet.example_column) + 1
        page.cell(2, position).value = "Diabetesskole" if sheet.form == Form.COUNTS else "Rygestop"
    content = io.BytesIO()
    book.save(content)
    prepared = prepare(read(content.getvalue(), "filled.xlsx"), load_reference_data(database))
    assert prepared.faultless, prepared.findings
    assert [prepared.contents.rows(form.value) for form in Form] == [
        7 if form is Form.CITIZEN_GROUPS else 1 for form in Form
    ]


def test_the_guidance_speaks_both_languages() -> None:
    page = load_workbook(io.BytesIO(template("da")))["Vejledning"]
    written = {cell.value for row in page.iter_rows() for cell in row}
    assert {"Sådan udfylder du regnearket", "How to fill in the workbook"} <= written


def listed(book: Workbook, form: Form, key: str, language: str) -> list[str]:
    """The words on offer in a column, by the format's key for it."""
    sheet = next(sheet for sheet in KINDS.values() if sheet.form == form)
    page = book[name_in(sheet.names, language)]
    position = [column.key for column in sheet.columns].index(key)
    start = page[1][position].column_letter + "2:"
    (choice,) = [one for one in page.data_validations.dataValidation if str(one.sqref).startswith(start)]
    return words_of(book, choice)


def words_of(book: Workbook, choice: DataValidation) -> list[str]:
    """The words of a drop-down list."""
    sheet, cells = choice.formula1.split("!")
    return [row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]]
