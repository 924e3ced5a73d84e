"""Detect the kind of a sheet by its headers, and separate its data rows from titles, totals and notes."""

from dataclasses import replace

import numpy as np

from analysis.i18n.vocabulary import spellings
from analysis.intake.contract import (
    FINDINGS_SHEETS,
    GUIDANCE_SHEETS,
    KINDS,
    LIST_SHEETS,
    SYNTHETIC_OTHERS,
    SYNTHETIC_SHEETS,
    Form,
    SheetKind,
)
from analysis.intake.detect import headers, personal_data
from analysis.intake.detect.headers import Heading, Match
from analysis.intake.detect.totals import without_totals
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.fuzzy_match import nearest
from analysis.intake.lexicon.neutral_words import OF_EVENTS, OF_GROUPS, OF_NAMES
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import LeftOut, Reason, Table, WideColumn, cleaned, normalised, with_separators
from analysis.model.languages import in_every_language
from analysis.model.registry import derived
from analysis.model.terms import Stage

MOST_TEXTS = 5_000
"""A column with more distinct texts than this contains ids, not headers."""


@derived
def forms_by_title() -> dict[str, str]:
    """Return the kind of sheet for each accepted sheet name."""
    return {normalised(title): sheet.form for sheet in KINDS.values() for title in sheet.titles}


@derived
def silent_titles() -> frozenset[str]:
    """Return the names of sheets without data."""
    silent = (GUIDANCE_SHEETS, SYNTHETIC_SHEETS, LIST_SHEETS, FINDINGS_SHEETS)
    titles = (name for names in silent for name in in_every_language(names).values())
    return frozenset(map(normalised, (*titles, *SYNTHETIC_OTHERS)))


@derived
def header_words() -> frozenset[str]:
    """Return all headers of all kinds of sheets."""
    columns = (column for kind in KINDS.values() for column in kind.columns)
    return frozenset(normalised(header) for column in columns for header in column.headers)


@derived
def _with_words(form: str) -> frozenset[str]:
    """Columns whose words can also be headers: "decided" is a status and also the header of a date."""
    return frozenset(column.key for column in KINDS[form].columns if column.words)


@derived
def _dropped_out() -> frozenset[str]:
    """The words for an outcome other than completion, except plain “no”."""
    return frozenset(map(normalised, set(spellings("outcome")["dropped out"]) - set(spellings("yes_no")["no"])))


def is_synthetic(sheets: list[RawSheet]) -> bool:
    """Return whether the workbook is marked as synthetic by the name of a sheet."""
    titles = set(map(normalised, (*in_every_language(SYNTHETIC_SHEETS).values(), *SYNTHETIC_OTHERS)))
    return any(normalised(sheet.name) in titles for sheet in sheets)


def recognise(sheet: RawSheet, known: ReferenceData) -> tuple[Table | None, list[Finding]]:
    """Recognise the table of a sheet, if it is of a known kind; return it with the findings."""
    if normalised(sheet.name) in silent_titles() or not sheet.filled.any():
        return None, []
    found = headers.find(sheet, known, forms_by_title())
    if found is None:
        named = normalised(sheet.name) in forms_by_title()
        return None, [Finding("no_header" if named else "sheet_unread", sheet.name)]
    spec, heading, match = found
    findings = _header_findings(sheet, spec, heading, match)
    incomplete = _incomplete_groups(sheet, heading, match, known)
    if match.missing(spec) or match.twice or incomplete:
        return None, [*findings, *incomplete]
    table, seen = table_at(sheet, spec.form, heading, match.keys, match.wide)
    return table, [*findings, *seen]


def _header_findings(sheet: RawSheet, spec: SheetKind, heading: Heading, match: Match) -> list[Finding]:
    texts = heading.texts
    row = (heading.last + 1,)
    found = []
    if heading.first != heading.last:
        found.append(Finding("several_header_rows", sheet.name, (heading.first + 1, heading.last + 1)))
    for position in match.twice:
        found.append(Finding("column_twice", sheet.name, row, texts[position], letters=letters(position)))
    found += _opposites(sheet, spec, heading, match)
    left = {normalised(texts[position]): texts[position] for position in match.unknown}
    for key in match.missing(spec):
        names = spec.column(key).names
        near = nearest(normalised(names["da"]), left, OF_EVENTS | OF_NAMES | OF_GROUPS)
        check = "missing_column_near" if near else "missing_column"
        missing = {"missing": in_every_language(names), "nearest": left[near[0]] if near else ""}
        found.append(Finding(check, sheet.name, row, values=missing))
    for position, meant in match.spelling.items():
        text = texts[position]
        values = {"meant": meant}
        found.append(Finding("header_spelling", sheet.name, row, text, text, values, letters(position)))
    if match.wide:
        found.append(Finding("wide_layout", sheet.name))
    return found


def _incomplete_groups(sheet: RawSheet, heading: Heading, match: Match, known: ReferenceData) -> list[Finding]:
    """Report groups with separate columns that lack a required stage."""
    needed = [column for column in KINDS[Form.COUNTS].columns if column.needed and column.key in tuple(Stage)]
    row = (heading.last + 1,)
    found = []
    for dimension, key in dict.fromkeys((dimension, key) for _, dimension, key in match.wide.values()):
        for column in needed:
            if (column.key, dimension, key) not in match.wide.values():
                values = {"group": known.group_label(dimension, key), "missing": in_every_language(column.names)}
                found.append(Finding("group_without_column", sheet.name, row, values=values))
    return found


def _opposites(sheet: RawSheet, spec: SheetKind, heading: Heading, match: Match) -> list[Finding]:
    """Report headers about citizens who did not complete, if no column states who completed."""
    outcome_columns = {"completed_on", "outcome"}
    if spec.form != Form.COURSES or outcome_columns & set(match.keys.values()):
        return []
    found = []
    for position in match.unknown:
        text = heading.texts[position]
        dropped_out = normalised(text) in _dropped_out()
        if (
            meant := spec.column("completed_on").names["da"]
            if dropped_out
            else headers.opposite_of(text, spec, outcome_columns)
        ):
            row = (heading.last + 1,)
            found.append(Finding("header_opposite", sheet.name, row, text, text, {"meant": meant}, letters(position)))
    return found


def table_at(
    sheet: RawSheet,
    form: str,
    heading: Heading,
    keys: dict[int, str],
    wide: dict[int, tuple[str, str, str]],
) -> tuple[Table | None, list[Finding]]:
    """Build the table below these headers, given its columns by position; return it with the findings."""
    sheet, findings = _unmerged(sheet, heading)
    positions = [*keys, *wide]
    compared = [position for position in range(len(sheet.columns)) if keys.get(position) not in _with_words(form)]
    rows, notes, seen = _data_rows(sheet, heading, positions, compared)
    findings += seen
    dropped = [p for p, text in enumerate(heading.texts) if text and p not in keys and p not in wide]
    findings += _dropped(sheet, heading, dropped, rows)
    if not len(rows):
        return None, [*findings, Finding("no_rows", sheet.name)]
    table = Table(
        form,
        sheet.name,
        {key: sheet.columns[position].take(rows) for position, key in keys.items()},
        {key: heading.texts[position] for position, key in keys.items()},
        rows + 1,
        {key: letters(position) for position, key in keys.items()},
        tuple(heading.texts[position] for position in dropped),
        tuple(WideColumn(*part, heading.texts[p], letters(p), sheet.columns[p].take(rows)) for p, part in wide.items()),
        (LeftOut(sheet.name, tuple((notes + 1).tolist()), Reason.NOTE),) if len(notes) else (),
        len(rows) + len(notes),
    )
    table = with_separators(table, sheet.answers.get("number_two_meanings"))
    findings += _hidden(sheet, table, positions, heading)
    by_person = np.isin(table.rows, list(sheet.left_out))
    table = table.without(by_person, Reason.PERSON)
    return without_totals(table, findings, sheet.answers.get("total_or_own")), findings


def _unmerged(sheet: RawSheet, heading: Heading) -> tuple[RawSheet, list[Finding]]:
    """Copy the value of merged cells to every row that they cover."""
    columns = list(sheet.columns)
    findings = []
    for block in sheet.merged:
        rows = range(max(block.first_row, heading.last + 2), min(block.last_row, sheet.rows) + 1)
        if block.first_row == block.last_row or len(rows) < 2 or block.first_column >= len(columns):
            continue
        position = block.first_column
        value = columns[position].at(block.first_row - 1)
        columns[position] = columns[position].with_cells({row - 1: value for row in rows[1:]})
        header, place = heading.texts[position], letters(position)
        findings.append(Finding("merged_cells", sheet.name, tuple(rows), header, cleaned(value), letters=place))
    return replace(sheet, columns=columns), findings


def _data_rows(
    sheet: RawSheet, heading: Heading, positions: list[int], compared: list[int]
) -> tuple[np.ndarray, np.ndarray, list[Finding]]:
    """Return the positions of the data rows and of the notes below the headers, and the findings."""
    findings = []
    filled = np.zeros(sheet.rows, dtype=np.int32)
    for position in positions:
        filled += ~sheet.columns[position].blank()
    filled[: heading.last + 1] = 0
    anything = sheet.filled.copy()
    anything[: heading.last + 1] = False
    if (other := _other_table(sheet, heading, compared)) is not None:
        findings.append(Finding("several_tables", sheet.name, (other + 1,), values={"row": other + 1}))
        blank_before = np.flatnonzero(~anything[:other])
        end = int(blank_before[-1]) if len(blank_before) and blank_before[-1] > heading.last else other
        filled[end:] = 0
    if len(positions) > 2 and (filled > 1).any():
        last = int(np.flatnonzero(filled > 1)[-1])
        filled[last + 1 :] = 0
    rows = np.flatnonzero(filled)
    notes = np.flatnonzero(anything & (filled == 0))
    above = sheet.filled[: heading.first].any()
    gaps = len(rows) and int(rows[-1]) - heading.last > len(rows)
    aside = sheet.columns and sheet.columns[0].blank().all()
    if len(notes) or above or gaps or aside:
        findings.append(Finding("around_table", sheet.name, tuple((notes + 1).tolist())))
    return rows, notes, findings


def _other_table(sheet: RawSheet, heading: Heading, compared: list[int]) -> int | None:
    """Return the first row below the headers that repeats headers in two or more of the ``compared`` columns."""
    cells = np.zeros(sheet.rows, dtype=np.int32)
    words = header_words()
    for column in (sheet.columns[position] for position in compared):
        if len(column.values) <= MOST_TEXTS:
            cells += np.array([normalised(value) in words for value in column.values], dtype=bool)[column.codes]
    cells[: heading.last + 1] = 0
    found = np.flatnonzero(cells > 1)
    return int(found[0]) if len(found) else None


def _dropped(sheet: RawSheet, heading: Heading, positions: list[int], rows: np.ndarray) -> list[Finding]:
    """Report columns that are left out because the format lacks them. Mark those with personal data."""
    found = []
    for position in positions:
        text = heading.texts[position]
        what = personal_data.kind_of(text, sheet.columns[position].take(rows))
        check = "personal_column" if what else "unknown_column"
        values: dict[str, object] = {"what": what} if what else {}
        found.append(Finding(check, sheet.name, column=text, values=values, letters=letters(position)))
    return found


def _hidden(sheet: RawSheet, table: Table, positions: list[int], heading: Heading) -> list[Finding]:
    found = []
    if sheet.hidden:
        found.append(Finding("hidden_sheet", sheet.name))
    rows = tuple(row for row in sheet.hidden_rows if row in set(table.rows.tolist()))
    if rows:
        found.append(Finding("hidden_rows", sheet.name, rows))
    for position in sheet.hidden_columns:
        if position in positions:
            text = heading.texts[position]
            found.append(Finding("hidden_columns", sheet.name, column=text, letters=letters(position)))
    return found
