"""The questionnaire for citizens, and the list of its answers."""

import io
import re

import pytest
from openpyxl import Workbook, load_workbook

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.i18n import LANGUAGES
from analysis.intake.formats.citizen_groups import CITIZEN_GROUPS
from analysis.intake.formats.questionnaire import QUESTIONS, questionnaire
from analysis.intake.formats.template import template
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.validate.validation import prepare
from analysis.model.languages import name_in
from analysis.model.terms import MISSING
from analysis.store import Database
from analysis.store.reference import reference_dimensions
from tests.store.test_citizen_groups import by_group
from tests.store.test_corrections import JUNE, add


def put_in(database: Database, content: bytes, name: str) -> None:
    reading = read(content, name)
    prepared = prepare(reading, load_reference_data(database))
    assert prepared.faultless, prepared.findings
    store(database, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)


def test_every_group_of_a_question_has_one_answer() -> None:
    for dimension, (_, answers) in QUESTIONS.items():
        assert list(answers) == [group.key for group in reference_dimensions()[dimension].groups]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_has_a_box_for_each_answer_and_names_the_sheet(language: str) -> None:
    page = questionnaire(language).decode()
    assert page.count("<li data-letter=") == sum(len(answers) for _, answers in QUESTIONS.values())
    assert name_in(CITIZEN_GROUPS.names, language) in page
    assert not re.search(r"[${}]\w", page.split("</style>")[1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_entered_in_the_template_reach_the_courses(database: Database, language: str) -> None:
    add(database, "june", JUNE)
    book: Workbook = load_workbook(io.BytesIO(template(language)))
    page = book[name_in(CITIZEN_GROUPS.names, language)]
    headers = [cell.value for cell in page[1]]
    group = reference_dimensions()["education"].groups[0]
    of_row = {
        0: "Aarhus",
        1: "b1",
        headers.index(reference_dimensions()["education"].label(language)): group.label(language),
    }
    for at, text in of_row.items():
        page.cell(3, at + 1, text)
    content = io.BytesIO()
    book.save(content)
    put_in(database, content.getvalue(), "svar.xlsx")
    assert by_group(database) == {group.key: 1, MISSING: len(JUNE) - 1}
