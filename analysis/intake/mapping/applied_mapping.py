"""Read a file as a mapping says."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pyarrow as pa

from analysis.i18n.vocabulary import missing_words
from analysis.intake.contract import Form
from analysis.intake.detect.constants import stated
from analysis.intake.detect.cross_counts import missing_findings, repeated_columns
from analysis.intake.detect.crossed_periods import with_years_for_parts
from analysis.intake.detect.layouts import filled_down, layout_by_hand
from analysis.intake.detect.note_rows import note_rows
from analysis.intake.detect.numbered_sessions import tells_completion, with_numbered_sessions
from analysis.intake.detect.registers import with_attendance
from analysis.intake.detect.row_ids import without_names
from analysis.intake.detect.table_rows import table_at, title_above, with_unread
from analysis.intake.detect.texts_around import with_texts_around
from analysis.intake.detect.undivided import without_undivided
from analysis.intake.findings.findings import Finding, blocks
from analysis.intake.fix.additions import (
    ADDED_GROUPS,
    added_groups,
    added_places,
    unranked_groups,
    with_additions,
    with_texts_as_groups,
    without_rank,
)
from analysis.intake.fix.corrections import Corrections, corrected, without_columns
from analysis.intake.layout import labels
from analysis.intake.layout.cross_tables import CrossTable
from analysis.intake.layout.heading import NO_HEADERS, Heading
from analysis.intake.layout.numbered_headers import numbered_sessions
from analysis.intake.layout.regions import tables_on
from analysis.intake.lexicon.reference_data import ReferenceData, extended
from analysis.intake.mapping.ages import BIRTH_YEAR, with_ages
from analysis.intake.mapping.file_columns import has_columns, heading_with, natural_order, numbers_of
from analysis.intake.mapping.mapping import DimensionMapping, Mapping, missing_fields
from analysis.intake.parsing.questions import MUNICIPALITY_COUNTRY
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet, TextColumn, letters
from analysis.intake.tables import Table, cleaned, normalised
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import offers_in, prepare_tables
from analysis.intake.values.dates import range_from_date
from analysis.model.terms import Aim
from analysis.store import ImportPayload


def apply_mapping(
    reading: Reading, mapping: Mapping, known: ReferenceData, corrections: Corrections | None = None
) -> Prepared:
    """Check and type a sheet according to the mapping. Errors become findings with the headers of the file."""
    corrections = corrections or Corrections()
    given, reading = reading, corrected(reading, corrections)
    if mapping.numbers and corrections.values:
        mapping = _with_texts_of_headers(mapping, given, corrections)
        reading = _with_own_headers(reading, given, mapping)
    stored, known = known, with_additions(known, corrections)
    findings = _wrong_columns(mapping)
    tables: list[Table] = []
    for sheet in _mapped_sheets(reading, mapping) if not findings else ():
        found, seen = _tables(sheet, mapping, known, reading.file_name)
        tables += found
        findings += seen
    if not tables:
        return Prepared(ImportPayload(), [*reading.findings, *findings], [])
    tables = without_columns(tables, corrections)
    corrections = with_texts_as_groups(corrections, tables)
    known = with_additions(stored, corrections)
    is_abroad = corrections.answers.get(MUNICIPALITY_COUNTRY, "danish") != "danish"
    places = _new_places(tables, known) if mapping.add_places and not is_abroad else []
    known = known.with_places(places)
    places += added_places(corrections, stored)
    added: list[dict[str, object]] = []
    for header, chosen in _dimensions_by_name(mapping):
        groups = _new_groups(chosen, known, tables)
        new = chosen.dimension not in known.dimensions
        named = known.dimensions.get(chosen.dimension)
        findings += without_rank(header, chosen.dimension, groups, named, ordered=chosen.ordered, new=new)
        if groups or new:
            current = known.dimensions.get(chosen.dimension)
            dimension = extended(current, chosen.dimension, groups, ordered=chosen.ordered)
            known = known.with_dimension(dimension)
            added += [
                {"dimension": dimension.key, "ordered": dimension.ordered, "group": name, "rank": rank}
                for name, rank in groups
            ]
    findings += unranked_groups(corrections, known)
    by_person = added_groups(corrections, known)
    added += by_person.to_pylist() if by_person else []
    prepared = prepare_tables(
        tables,
        reading,
        known,
        findings,
        {**CHOSEN_BY_HAND, **corrections.answers},
        places=pa.table({"municipality": places}) if places else None,
        added_groups=pa.Table.from_pylist(added, ADDED_GROUPS) if added else None,
    )
    return _with_adjustments(prepared, tables[0], mapping) if mapping.adjusted_on else prepared


def _with_texts_of_headers(mapping: Mapping, given: Reading, corrections: Corrections) -> Mapping:
    """Return the mapping with replaced headers over numbers as meanings: columns are found by the header they have."""
    meant: dict[str, str] = {}
    for sheet in _mapped_sheets(given, mapping):
        for at in numbers_of(sheet, heading_with(sheet, mapping), mapping):
            meant |= corrections.values.get((sheet.name, letters(at)), {})
    values = {one.key: {**mapping.values.get(one.key, {}), **meant} for one in mapping.levels if one.key}
    return replace(mapping, values={**mapping.values, **values})


def _with_own_headers(reading: Reading, given: Reading, mapping: Mapping) -> Reading:
    """Return the corrected sheets with the headers over their numbers as they stand in the file."""
    sheets = []
    for sheet, before in zip(reading.sheets, given.sheets, strict=True):
        heading = heading_with(before, mapping)
        columns = list(sheet.columns)
        for at in numbers_of(before, heading, mapping):
            rows = range(max(heading.first, 0), heading.last + 1)
            columns[at] = columns[at].with_cells({row: before.columns[at].at(row) for row in rows})
        sheets.append(replace(sheet, columns=columns))
    return replace(reading, sheets=sheets)


def _dimensions_by_name(mapping: Mapping) -> list[tuple[str, DimensionMapping]]:
    levels = [(one.dimension.dimension, one.dimension) for one in mapping.levels if one.dimension]
    return [*mapping.dimensions.items(), *levels]


def _mapped_sheets(reading: Reading, mapping: Mapping) -> list[RawSheet]:
    """Return the sheets that are read: those named, or those with the columns in a file with other names."""
    chosen = [one for one in reading.sheets if one.name in {mapping.sheet, *mapping.sheets}]
    return chosen or [one for one in reading.sheets if has_columns(one, mapping)] or reading.sheets[:1]


def _wrong_columns(mapping: Mapping) -> list[Finding]:
    """Report required columns without a choice, and columns that are chosen twice."""
    findings = missing_findings(mapping.form, missing_fields(mapping))
    used = Counter([*mapping.columns.values(), *mapping.dimensions, *mapping.numbers])
    twice = [Finding("column_chosen_twice", value=name) for name, times in used.items() if times > 1]
    seen: dict[str, str] = {}
    same = [name for name, one in mapping.dimensions.items() if seen.setdefault(one.dimension, name) != name]
    twice += [Finding("meaning_chosen_twice", value=name) for name in (*mapping.ambiguous, *same)]
    return [*findings, *twice]


def _tables(
    sheet: RawSheet, mapping: Mapping, known: ReferenceData, file_name: str
) -> tuple[list[Table], list[Finding]]:
    """Return the tables of a sheet that have the columns of the mapping."""
    tables: list[Table] = []
    findings: list[Finding] = []
    missing: list[str] = []
    unread = np.zeros(sheet.rows, dtype=bool)
    header = heading_with(sheet, mapping).last if mapping.heading else None
    for part in [sheet] if mapping.heading == NO_HEADERS else tables_on(sheet, known, header):
        heading = heading_with(part, mapping)
        lacking = sorted(mapping.names - set(heading.names))
        if mapping.numbers and not lacking and not numbers_of(part, heading, mapping):
            lacking = [mapping.numbers[0]]
        if lacking:
            missing = missing or lacking
            unread |= part.filled
            continue
        has_periods = labels.PERIOD in mapping.columns and labels.PERIOD in {one.field for one in mapping.levels}
        of_part = with_years_for_parts(part) if has_periods else part
        table, seen = _table(of_part, heading, mapping, known, file_name)
        tables += [table] if table is not None else []
        findings += seen
    if not tables and missing:
        row = (heading_with(sheet, mapping).last + 1,)
        findings += [Finding("missing_column", sheet.name, row, values={"missing": name}) for name in missing]
    tables, seen = with_texts_around(tables, sheet, sheet, known, mapping.constants)
    findings += seen
    if tables and unread.any():
        tables[0], seen = with_unread(tables[0], unread, sheet.answers)
        findings += seen
    return tables, [replace(one, rows=tuple(filter(None, one.rows))) for one in findings]  # No headers: row 0.


def _table(
    sheet: RawSheet, heading: Heading, mapping: Mapping, known: ReferenceData, file_name: str
) -> tuple[Table | None, list[Finding]]:
    """Convert a table to the format: its column keys, and its words for the values."""
    positions = {name: position for position, name in enumerate(heading.names)}
    keys = {positions[name]: key for key, name in mapping.columns.items()}
    keys |= {positions[name]: one.dimension for name, one in mapping.dimensions.items()}
    only = {positions[name]: value for name, value in mapping.only.items()}
    sheet = _with_chosen_rows(sheet, heading, only)
    given = stated(mapping.constants, sheet, title_above(sheet, heading), file_name, known)
    numbers = numbers_of(sheet, heading, mapping)
    if labels.SESSION in {one.field for one in mapping.levels}:
        cross = CrossTable(heading, tuple(keys), tuple(numbers), (labels.SESSION,), title_above(sheet, heading))
        notes, used = note_rows(sheet, heading, numbers), [*numbers, *only]
        table, findings = table_at(sheet, mapping.form, heading, keys, constants=given, used=used, notes=notes)
        if table is not None:
            table, seen = with_attendance(table, sheet, cross, sheet.answers)
            findings += seen
    elif sessions := _numbered_sessions(heading, mapping, keys):
        notes, used = note_rows(sheet, heading, sessions), [*sessions, *only]
        table, findings = table_at(sheet, mapping.form, heading, keys, constants=given, used=used, notes=notes)
        if table is not None:
            table, seen = with_numbered_sessions(table, sheet, heading, sessions)
            findings += seen
    else:
        layout = layout_by_hand(heading, keys, [(at, _labels(heading, at, mapping)) for at in numbers], known, given)
        layout, undivided, seen = without_undivided(sheet.name, layout)
        wrong = [*repeated_columns(sheet, heading, layout.values), *(seen if blocks(seen) else [])]
        if wrong:
            return None, wrong
        table, findings = table_at(
            sheet,
            mapping.form,
            heading,
            layout.keys,
            layout.values,
            layout.constants,
            filled_down(sheet, heading, keys) if numbers else (),
            [*only, *undivided],
        )
        findings = [*seen, *findings]
    if table is None:
        return None, findings
    table, of_names = without_names(table)
    findings = [*findings, *of_names]
    if BIRTH_YEAR in table.columns:
        table = with_ages(table)
    groups = {one.dimension: one.groups for one in mapping.all_dimensions}
    meanings = {key: {**mapping.values.get(key, {}), **groups.get(key, {})} for key in {*mapping.values, *groups}}
    columns = {key: _replaced(column, meanings.get(key, {})) for key, column in table.columns.items()}
    return replace(table, columns=columns), findings


def _numbered_sessions(heading: Heading, mapping: Mapping, keys: dict[int, str]) -> list[int]:
    """Return the columns of sessions with a number, of courses of which no column tells the completion."""
    names = {key: heading.texts[at] for at, key in keys.items()}
    if mapping.form != Form.COURSES or mapping.numbers or "started_on" not in {*names, *mapping.constants}:
        return []
    sessions = [] if tells_completion(names) else numbered_sessions(heading)
    return [at for at in sessions if at not in keys and heading.names[at] not in mapping.only]


def _with_chosen_rows(sheet: RawSheet, heading: Heading, only: dict[int, str]) -> RawSheet:
    """Return the sheet with the rows left out that have another value in one of these columns."""
    others = np.zeros(sheet.rows, dtype=bool)
    for position, value in only.items():
        column = sheet.columns[position]
        others |= np.array([cleaned(text) != value for text in column.values], dtype=bool)[column.codes]
    others[: heading.last + 1] = False
    left_out = frozenset((np.flatnonzero(others & sheet.filled) + 1).tolist())
    return replace(sheet, left_out=sheet.left_out | left_out)


def _labels(heading: Heading, position: int, mapping: Mapping) -> dict[str, str]:
    """Return what the headers over a column of numbers say, by field or dimension."""
    pairs = zip(mapping.levels, heading.rows_of_texts, strict=False)
    return {level.key: texts[position] for level, texts in pairs if level.key and texts[position]}


def _replaced(column: TextColumn, meanings: dict[str, str]) -> TextColumn:
    return column.replaced({value: meanings[cleaned(value)] for value in column.values if cleaned(value) in meanings})


def _new_places(tables: list[Table], known: ReferenceData) -> list[str]:
    columns = [table.columns["municipality"] for table in tables]
    names = {cleaned(column.values[code]) for column in columns for code in column.row_counts()}
    return sorted(name for name in names if name and normalised(name) not in known.municipalities)


def _new_groups(chosen: DimensionMapping, known: ReferenceData, tables: list[Table]) -> list[tuple[str, int | None]]:
    """Return the groups that the dimension lacks, with the user's ranks. Each value of a new dimension is a group."""
    words = known.groups.get(chosen.dimension, {})
    names = {cleaned(group) for group in chosen.groups.values()}
    if chosen.dimension not in known.dimensions:
        columns = [table.columns[chosen.dimension] for table in tables if chosen.dimension in table.columns]
        names |= {cleaned(column.values[code]) for column in columns for code in column.row_counts()} - {""}
    new = [
        name
        for name in names
        if normalised(name) not in words and normalised(name) not in missing_words() and not range_from_date(name)
    ]
    new.sort(key=lambda name: (chosen.ranks.get(name, len(new) + 1), natural_order(name)))
    return [(name, chosen.ranks.get(name) if chosen.ordered else None) for name in new]


def _with_adjustments(prepared: Prepared, table: Table, mapping: Mapping) -> Prepared:
    """Add one adjustment, on the same date, for every offer in the file."""
    title = mapping.adjustment_title or table.sheet
    rows = [
        {
            "sheet": table.sheet,
            "row": 0,
            "municipality": municipality,
            "offer": offer,
            "adjusted_on": mapping.adjusted_on,
            "title": title,
            "what_changed": None,
            "aim": Aim.BOTH.value,
            "citizens_involved": None,
            "staff_involved": None,
        }
        for municipality, offer in sorted(offers_in(prepared.contents), key=str)
    ]
    adjustments = pa.Table.from_pylist(rows, _ADJUSTMENTS)
    return replace(prepared, contents=replace(prepared.contents, adjustments=adjustments))


CHOSEN_BY_HAND = {"ended_or_completed": "completed"}
"""A user who maps an end date to the completion date has confirmed that it is one."""


_ADJUSTMENTS = pa.schema(
    [
        ("sheet", pa.string()),
        ("row", pa.int32()),
        ("municipality", pa.string()),
        ("offer", pa.string()),
        ("adjusted_on", pa.date32()),
        ("title", pa.string()),
        ("what_changed", pa.string()),
        ("aim", pa.string()),
        ("citizens_involved", pa.bool_()),
        ("staff_involved", pa.bool_()),
    ]
)
