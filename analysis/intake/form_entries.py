"""Convert form entries to a workbook of the format, so that they are checked and stored like any other file."""

import io
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from openpyxl import Workbook

from analysis.auth.roles import Person
from analysis.i18n.coded_words import WORDS
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import SYNTHETIC_SHEETS, Column, Form, theme_day_forms
from analysis.intake.findings.findings import Finding, blocks
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.mapping import spec
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import read
from analysis.intake.tables import normalised
from analysis.intake.validate.validation import prepare
from analysis.model.languages import name_in
from analysis.store import Database, ImportRecord, adjustments
from analysis.text.office_text import legal

Row = Mapping[str, Any]


class EntryRejected(Exception):
    """The entry has errors. Nothing is stored."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(", ".join(finding.check for finding in findings))
        self.findings = findings


class SyntheticDiffers(Exception):
    """The file is marked as synthetic but is to be stored as own data, or the reverse."""


class OtherSheets(Exception):
    """The file contains other kinds of sheets, such as courses or counts, which require a preview of their changes."""


class AdjustmentStored(Exception):
    """The offer has an adjustment with the same date and title already."""


def store_typed(
    database: Database,
    rows: Mapping[Form, Sequence[Row]],
    name: str,
    *,
    language: str,
    synthetic: bool,
    by: Person,
    person: str = "",
    is_edit: bool = False,
) -> ImportRecord:
    """Store rows as a separate import.

    ``rows`` maps column keys to values; values from a fixed list are given by their keys. With ``is_edit`` they take
    the place of the adjustments with the same titles. Raises ``EntryRejected`` if the checks find errors,
    ``OtherSheets`` for a form that cannot be typed, and all errors of ``store.add_import``.
    """
    content = workbook(rows, language, synthetic=synthetic)
    forms = (*theme_day_forms(), Form.ADJUSTMENTS, Form.DESCRIPTIONS, Form.TEST_ROUNDS, Form.OFFERS, Form.NAMES)
    try:
        return _store(database, content, name, forms, synthetic=synthetic, by=by, person=person, is_added=not is_edit)
    except EntryRejected as raised:  # Whoever types sees no sheet.
        raise EntryRejected([replace(finding, sheet="", rows=()) for finding in raised.findings]) from None


def store_edit(
    database: Database,
    rows: Mapping[Form, Sequence[Row]],
    name: str,
    *,
    language: str,
    synthetic: bool,
    by: Person,
    person: str = "",
) -> ImportRecord:
    """Store rows as ``store_typed`` does, in place of the adjustments with the same titles."""
    return store_typed(database, rows, name, language=language, synthetic=synthetic, by=by, person=person, is_edit=True)


def store_adjustment(
    database: Database,
    rows: Mapping[Form, Sequence[Row]],
    name: str,
    *,
    language: str,
    synthetic: bool,
    by: Person,
    person: str = "",
) -> ImportRecord:
    """Store one adjustment, with its description. Raises as ``store_typed``, and ``AdjustmentStored``."""
    [row] = rows[Form.ADJUSTMENTS]
    known = adjustments(database, synthetic=synthetic)
    known = known[(known["municipality"] == row["municipality"]) & (known["offer"] == row["offer"])]
    titles = known.loc[known["adjusted_on"].dt.date == row["adjusted_on"], "title"]
    if normalised(row["title"]) in set(map(normalised, titles)):
        raise AdjustmentStored
    return store_typed(database, rows, name, language=language, synthetic=synthetic, by=by, person=person)


def store_file(
    database: Database, content: bytes, name: str, *, synthetic: bool, by: Person, person: str = ""
) -> ImportRecord:
    """Store a workbook of theme days. Raises as ``store_typed``, and ``SyntheticDiffers``."""
    return _store(database, content, name, theme_day_forms(), synthetic=synthetic, by=by, person=person)


def _store(
    database: Database,
    content: bytes,
    name: str,
    forms: Collection[str],
    *,
    synthetic: bool,
    by: Person,
    person: str,
    is_added: bool = True,
) -> ImportRecord:
    reading = read(content, name)
    prepared = prepare(reading, load_reference_data(database, synthetic=synthetic))
    if not prepared.faultless:
        raise EntryRejected([finding for finding in prepared.findings if blocks([finding])])
    if any(table.form not in forms for table in prepared.tables):
        raise OtherSheets(name)
    if prepared.synthetic != synthetic:
        raise SyntheticDiffers(name)
    return store(database, reading, prepared, Decisions(), content, by=by, person=person, typed=is_added)


def workbook(rows: Mapping[Form, Sequence[Row]], language: str, *, synthetic: bool) -> bytes:
    """Return the rows as a workbook in this language. A unique identifier makes every file different."""
    book = Workbook()
    book.remove(book.active)
    book.properties.identifier = str(uuid.uuid4())
    for form, of_form in rows.items():
        sheet = spec(form)
        page = book.create_sheet(name_in(sheet.names, language))
        columns = [*sheet.columns, *(one for one in sheet.also if any(row.get(one.key) is not None for row in of_form))]
        page.append([name_in(column.names, language) for column in columns])
        for number, row in enumerate(of_form, start=2):
            for position, column in enumerate(columns, start=1):
                cell = page.cell(number, position, _value(column, row.get(column.key), language))
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # A text that begins with an equals sign is not a formula.
    if synthetic:
        book.create_sheet(name_in(SYNTHETIC_SHEETS, language))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _value(column: Column, value: Any, language: str) -> Any:
    if column.words and value is not None:
        keys: Iterable[str] = [value] if isinstance(value, str) else value
        listed = WORDS[column.words]
        return ", ".join(word_in(column.words, one, language) if one in listed else one for one in keys)
    return legal(value) or None if isinstance(value, str) else value
