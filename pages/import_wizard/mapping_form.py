"""Form to map an unknown file's columns and values to the data model, with a preview of what it makes of the file."""

import datetime as dt
from dataclasses import replace

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.i18n import Wording
from analysis.i18n.coded_words import WORDS
from analysis.intake.contract import KINDS, Form
from analysis.intake.detect.constants import WITHOUT_GROUPS
from analysis.intake.detect.detection import recognise
from analysis.intake.detect.headers import headings
from analysis.intake.detect.table_rows import title_above
from analysis.intake.findings.findings import blocks
from analysis.intake.fix.entries import Kind, kind_of
from analysis.intake.layout.heading import NO_HEADERS, Heading
from analysis.intake.lexicon.opposites import negated
from analysis.intake.lexicon.reference_data import ReferenceData, load_reference_data
from analysis.intake.mapping.changed_meanings import without_old_meanings
from analysis.intake.mapping.draft import Draft, draft
from analysis.intake.mapping.file_columns import distinct, has_columns, headers, heading_of
from analysis.intake.mapping.mapping import Level, Mapping, missing_fields
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.parsing.questions import NO_GROUPS
from analysis.intake.sheets import RawSheet, TextColumn, letters
from analysis.intake.tables import cleaned
from pages.components.session import database
from pages.import_wizard.job import ImportJob
from pages.import_wizard.mapping_columns import (
    DIMENSION,
    NEW_DIMENSION,
    ColumnChoices,
    choose_columns,
    levels_of,
    show_file,
)
from pages.import_wizard.mapping_constants import choose_constants, choose_sheets
from pages.import_wizard.mapping_preview import show_preview
from pages.import_wizard.mapping_values import choose_rows, choose_words, known_dimension, new_dimension

MOST_VALUES = 200
"""Maximum number of distinct values of a column that are listed for correction."""


def choose_mapping(work: ImportJob, wording: Wording) -> DeltaGenerator | None:
    """Use the recognised mapping, or show the form if the person requests it or the file is not recognised.

    Return the place of the preview in the form; None without a form.
    """
    assert work.reading is not None
    sheets = [sheet for sheet in work.reading.sheets if sheet.filled.any()]
    if not sheets:
        return None
    knowledge = load_reference_data(database())
    recognised = work.kept("recognised", lambda: _is_recognised(work, knowledge))
    if _is_remembered(work):
        return None
    if not st.toggle(wording.text("Match the columns by hand"), value=not recognised, key=_toggle_key(work)):
        work.decisions = Decisions(None, work.corrections)
        return None
    with st.container(border=True):
        mapping, place = _ask(work, sheets, knowledge, wording)
    if mapping != work.decisions.mapping:
        _use(work, mapping, sheets)
    return place


def _use(work: ImportJob, mapping: Mapping, sheets: list[RawSheet]) -> None:
    """Read the file by the mapping, without what was corrected under another meaning of a column."""
    before, corrections = work.decisions.mapping, work.corrections
    if before is not None:
        sheet = next(one for one in sheets if one.name == mapping.sheet)
        places = {name: letters(at) for at, name in enumerate(heading_of(sheet, mapping.heading).names)}
        corrections = without_old_meanings(corrections, before, mapping, places)
    work.decisions = replace(work.decisions, mapping=mapping)
    if corrections != work.corrections:
        work.correct(corrections)


def can_match(work: ImportJob) -> bool:
    """Return whether the form can be opened, and is not open already."""
    return not work.by_hand and not _is_remembered(work)


def match_by_hand(work: ImportJob) -> None:
    """Open the form; a callback."""
    st.session_state[_toggle_key(work)] = True


def _toggle_key(work: ImportJob) -> str:
    assert work.reading is not None
    return f"by_hand_{work.reading.sha256[:8]}"


def _is_remembered(work: ImportJob) -> bool:
    """Return True if a saved mapping is used."""
    return work.by_hand and "read_as" in work.cache


def _is_recognised(work: ImportJob, knowledge: ReferenceData) -> bool:
    """Return True if any sheet is recognised without mapping, or would be with one more value or answer."""
    assert work.reading is not None
    for sheet in work.reading.sheets:
        tables, findings = recognise(sheet, knowledge)
        kinds = {kind_of(one, by_hand=False) for one in findings if blocks([one])}
        if tables or (kinds and kinds <= {Kind.CONSTANT, Kind.QUESTION, Kind.ROWS}):
            return True
    return False


def _ask(
    work: ImportJob, sheets: list[RawSheet], knowledge: ReferenceData, wording: Wording
) -> tuple[Mapping, DeltaGenerator]:
    assert work.reading is not None
    sheet = _choose_sheet(sheets, wording)
    first = work.kept(("draft", sheet.name), lambda: draft(sheet, knowledge))
    rows, form = _choose_headers(sheet, first, wording), _choose_form(first, wording)
    drafted: Draft = work.kept(("draft", sheet.name, rows, form), lambda: draft(sheet, knowledge, form=form, rows=rows))
    heading = heading_of(sheet, rows)
    show_file(sheet, heading.last, wording)
    choices = choose_columns(drafted, form, heading, knowledge, wording)
    only = choose_rows({name: distinct(drafted.columns[name]) for name in choices.only}, wording)
    levels = _levels(drafted, heading, choices, knowledge, wording)
    columns = _corrected_columns(work, sheet, rows, drafted)
    found = {name: _values(work, sheet, rows, name, columns, only) for name in columns}
    dimensions = {
        name: new_dimension(name, found[name], name, wording)
        if target == NEW_DIMENSION
        else known_dimension(target, knowledge)
        for name, target in choices.dimensions.items()
    }
    values = _ask_values(choices.fields, found, wording)
    mapping = Mapping(
        form,
        choices.fields,
        dimensions,
        values,
        sheet=sheet.name,
        heading=rows,
        numbers=choices.numbers,
        only=only,
        ambiguous=choices.ambiguous,
        levels=tuple(levels),
    )
    title = title_above(sheet, heading)
    has_no_groups = {*WITHOUT_GROUPS} <= {*missing_fields(mapping)}
    if has_no_groups and work.corrections.answers.get(NO_GROUPS) == "totals":
        mapping = replace(mapping, constants=dict(WITHOUT_GROUPS))
    constants = dict(mapping.constants) | choose_constants(
        form,
        missing_fields(mapping),
        sheet,
        title,
        work.reading.file_name,
        work.corrections.constants,
        knowledge,
        wording,
    )
    alike = [one.name for one in sheets if one.name == sheet.name or has_columns(one, mapping)]
    chosen = choose_sheets(sheets, alike, wording) if len(alike) > 1 else []
    adjusted_on = _ask_adjusted_on(wording) if form in (Form.COURSES, Form.COUNTS) else None
    adjusted = st.text_input(wording.text("What was adjusted"), key="map_title") if adjusted_on else ""
    mapping = replace(
        mapping,
        constants=constants,
        sheets=tuple(name for name in chosen if name != sheet.name),
        adjusted_on=adjusted_on,
        adjustment_title=adjusted,
    )
    return mapping, show_preview(work, sheet, mapping, knowledge, wording)


def _choose_sheet(sheets: list[RawSheet], wording: Wording) -> RawSheet:
    if len(sheets) == 1:
        return sheets[0]
    number = st.selectbox(
        wording.text("Sheet"), range(len(sheets)), format_func=lambda number: sheets[number].name, key="map_sheet"
    )
    return sheets[number]


def _choose_headers(sheet: RawSheet, first: Draft, wording: Wording) -> tuple[int, int]:
    """Ask for the rows of the headers, with the likeliest as default."""
    possible = {(one.first, one.last): one.texts for one in headings(sheet)}
    possible.setdefault(first.rows, heading_of(sheet, first.rows).texts)
    said = {
        rows: f"{wording.integer(rows[0] + 1)}{'' if rows[0] == rows[1] else f'–{rows[1] + 1}'}: "
        + ", ".join(text for text in texts if text)[:90]
        for rows, texts in sorted(possible.items())
    }
    said[NO_HEADERS] = wording.text("The file has no headers: its first row is data")
    rows = list(said)
    return st.selectbox(
        wording.text("Row of the headers"),
        rows,
        index=rows.index(first.rows),
        format_func=said.__getitem__,
        key=f"map_headers_{sheet.name}",
    )


def _choose_form(first: Draft, wording: Wording) -> str:
    possible = {form: wording.text(kind.by_hand) for form, kind in KINDS.items() if kind.by_hand}
    return st.radio(
        wording.text("What is a row?"),
        list(possible),
        index=list(possible).index(first.form),
        format_func=possible.__getitem__,
        horizontal=True,
        key="map_form",
    )


def _levels(
    drafted: Draft, heading: Heading, choices: ColumnChoices, knowledge: ReferenceData, wording: Wording
) -> list[Level]:
    """Ask for the meaning of the header rows over the numbers, and of the groups that they name."""
    levels = []
    for place, code in enumerate(levels_of(drafted, heading, knowledge, choices.numbers, wording)):
        target = code.removeprefix(DIMENSION)
        if code == NEW_DIMENSION or target in knowledge.dimensions:
            texts = [heading.rows_of_texts[place][heading.names.index(name)] for name in choices.numbers]
            found = {text: 1 for text in texts if text}
            name = wording.text("Header row {number}", number=heading.first + place + 1)
            is_new = code == NEW_DIMENSION
            if is_new:
                typed = st.text_input(wording.text("Name of the new dimension"), key=f"map_level_name_{place}")
                name = typed.strip() or name
            chosen = (
                new_dimension(name, found, f"level_{place}", wording) if is_new else known_dimension(target, knowledge)
            )
            levels.append(Level(dimension=chosen))
        else:
            levels.append(Level(code))
    return levels


def _values(
    work: ImportJob,
    sheet: RawSheet,
    rows: tuple[int, int],
    name: str,
    columns: dict[str, TextColumn],
    only: dict[str, str],
) -> dict[str, int]:
    """Return the distinct values of a column in the rows that are read, none if there are too many to ask about."""
    column = columns[name]
    if len(column.values) > MOST_VALUES:
        return {}

    def found() -> dict[str, int]:
        kept = np.ones(len(column), dtype=bool)
        for one, value in only.items():
            other = columns[one]
            kept &= np.array([cleaned(text) == value for text in other.values], dtype=bool)[other.codes]
        return distinct(column.take(np.flatnonzero(kept)))

    return work.kept(("values", sheet.name, rows, name, tuple(only.items()), work.corrections_number), found)


def _corrected_columns(
    work: ImportJob, sheet: RawSheet, rows: tuple[int, int], drafted: Draft
) -> dict[str, TextColumn]:
    """Return the columns of the file by header, with the values that the user replaced."""
    if not work.corrections.values and not work.corrections.cells:
        return drafted.columns
    with_values = next(one for one in work.corrected_reading().sheets if one.name == sheet.name)
    return headers(with_values, rows)


def _ask_values(
    fields: dict[str, str], found_in: dict[str, dict[str, int]], wording: Wording
) -> dict[str, dict[str, str]]:
    """Ask for the meaning of yes and no, and other words, below a header that says the opposite of the field.

    The list of what must be put right asks about every other value that is not understood.
    """
    meant = {
        key: choose_words(key, name, found_in[name], wording)
        for key, name in fields.items()
        if key in WORDS and negated(name)
    }
    return {key: words for key, words in meant.items() if words}


def _ask_adjusted_on(wording: Wording) -> dt.date | None:
    return st.date_input(
        wording.text("Date of an adjustment shared by every offer in the file (may be left empty)"),
        value=None,
        min_value="1990-01-01",
        format="DD-MM-YYYY",
        key="map_adjusted_on",
    )
