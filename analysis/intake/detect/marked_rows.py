"""Columns of a list of courses that mark rows which may not count: deleted, a duplicate, a test, without consent."""

import re
from collections.abc import Sequence

import numpy as np

from analysis.i18n.vocabulary import spellings
from analysis.intake.contract import Form
from analysis.intake.detect.beside_tables import Beside
from analysis.intake.findings.findings import Finding
from analysis.intake.parsing.questions import ROWS_MARKED
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import Reason, Table, cleaned, normalised

_MARKS = re.compile(
    r"(?:er )?(?:slettet|dublet(?:ter)?|dobbelt|annulleret|kasseret|ugyldig|fejloprettet|fejlregistreret|test"
    r"|testborger|deleted|duplicate|invalid|void|borttagen|dubblett|ogiltig|annullert|duplikat|poistettu|kaksoiskappale)"
)
_CONSENTS = re.compile(r"(?:samtykke(?:erklæring)?|consent|samtycke|suostumus)")


def without_marked_rows(
    tables: list[Table], sheet: RawSheet, beside: Sequence[Beside]
) -> tuple[list[Table], list[Finding]]:
    """Return the tables of courses without the marked rows, if the user wants that, or the question about them."""
    marked = {row: one.header for one in beside for row in _marked(sheet, one)}
    courses = [table for table in tables if table.form == Form.COURSES and np.isin(table.rows, [*marked]).any()]
    answer = sheet.answers.get(ROWS_MARKED)
    if not courses or answer == "counted":
        return tables, []
    if answer != "left_out":
        headers = ", ".join(dict.fromkeys(marked.values()))
        return tables, [Finding(ROWS_MARKED, sheet.name, tuple(sorted(marked)), value=headers)]
    are_courses = (table.form == Form.COURSES for table in tables)
    return [
        table.without(np.isin(table.rows, [*marked]), Reason.PERSON) if of_courses else table
        for table, of_courses in zip(tables, are_courses, strict=True)
    ], []


def _marked(sheet: RawSheet, one: Beside) -> list[int]:
    """Return the rows, from 1, that a column marks."""
    word = normalised(one.header)
    no = {normalised(text) for text in spellings("yes_no")["no"]} | {"0", "false", "falsk"}
    found = []
    for row in one.rows:
        value = normalised(cleaned(sheet.columns[one.position].at(row - 1)))
        if (_MARKS.fullmatch(word) and value not in no) or (_CONSENTS.fullmatch(word) and value in no):
            found.append(row)
    return found
