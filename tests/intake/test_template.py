"""The template is a workbook of the format: it opens, offers its lists, and its example rows are left out."""

import io

import pytest
from openpyxl import load_workbook

from analysis.intake import known, prepare, read
from analysis.intake.contract import SHEETS, Form
from analysis.intake.template import template
from analysis.store import Database
from analysis.store.reference import reference_dimensions

LANGUAGES = {"da": 0, "en": 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_are_those_of_the_format(language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    for sheet in SHEETS:
        page = book[sheet.names[LANGUAGES[language]]]
        assert [cell.value for cell in page[1]] == [column.headers[LANGUAGES[language]] for column in sheet.columns]
        assert page.max_row == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_are_chosen_from_lists(language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    page = book[SHEETS[0].names[LANGUAGES[language]]]
    column = next(cell.column_letter for cell in page[1] if cell.value in {"Uddannelse", "Education"})
    (choice,) = [one for one in page.data_validations.dataValidation if str(one.sqref).startswith(f"{column}2")]
    sheet, cells = choice.formula1.split("!")
    listed = [row[0].value for row in book[sheet.strip("'")][cells.replace("$", "")]]
    assert listed == [group.label(language) for group in reference_dimensions()["education"].groups]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_is_a_formula(language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    assert not [cell for page in book for row in page.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_template_brings_nothing_and_says_so(database: Database, language: str) -> None:
    prepared = prepare(read(template(language), "template.xlsx"), known(database))
    checks = [finding.check for finding in prepared.findings]
    assert checks.count("example_left_out") == len(SHEETS)
    assert not prepared.faultless


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_example_rows_would_be_taken_under_another_name(database: Database, language: str) -> None:
    book = load_workbook(io.BytesIO(template(language)))
    for sheet in SHEETS:
        book[sheet.names[LANGUAGES[language]]]["B2"] = "Rygestop"
        if sheet.form is Form.COUNTS:
            book[sheet.names[LANGUAGES[language]]]["B2"] = "Diabetesskole"
    content = io.BytesIO()
    book.save(content)
    prepared = prepare(read(content.getvalue(), "filled.xlsx"), known(database))
    assert prepared.faultless, prepared.findings
    assert [prepared.contents.rows(name) for name in ("courses", "counts", "offers", "adjustments")] == [1, 1, 1, 1]


def test_the_guidance_speaks_both_languages() -> None:
    page = load_workbook(io.BytesIO(template("da")))["Vejledning"]
    written = {cell.value for row in page.iter_rows() for cell in row}
    assert {"Sådan udfylder du regnearket", "How to fill in the workbook"} <= written
