"""Recognise a single table of a sheet: by the headers of the format, or as a cross table or a register."""

from collections.abc import Collection, Mapping

import numpy as np

from analysis.i18n.vocabulary import spellings
from analysis.intake.contract import (
    KINDS,
    Form,
    SheetKind,
)
from analysis.intake.detect import headers
from analysis.intake.detect.constants import crossed_group, findings_of, named_values, stated
from analysis.intake.detect.cross_counts import of_layout, of_register
from analysis.intake.detect.headers import Match
from analysis.intake.detect.layouts import filled_down, layout_of
from analysis.intake.detect.note_rows import note_rows
from analysis.intake.detect.numbered_sessions import (
    tells_completion,
    undated_sessions,
    with_numbered_sessions,
)
from analysis.intake.detect.outlines import unclear_labels, with_outline
from analysis.intake.detect.registers import register_keys
from analysis.intake.detect.row_ids import without_names
from analysis.intake.detect.table_rows import table_at, title_above
from analysis.intake.detect.title_of_some import title_of_some
from analysis.intake.detect.unknown_headers import asked_about_headers
from analysis.intake.detect.value_matching import matched_by_values, without_numbers
from analysis.intake.findings.findings import Finding
from analysis.intake.layout import labels
from analysis.intake.layout.cross_tables import CrossTable, cross_table
from analysis.intake.layout.heading import Heading
from analysis.intake.layout.numbered_headers import numbered_sessions
from analysis.intake.layout.outlines import labels_alone, outline_of
from analysis.intake.layout.register_columns import FEWEST_DAYS
from analysis.intake.lexicon.fuzzy_match import nearest
from analysis.intake.lexicon.header_hints import hinted
from analysis.intake.lexicon.neutral_words import OF_EVENTS, OF_GROUPS, OF_NAMES
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.questions import NO_GROUPS
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import Table, normalised
from analysis.model.languages import in_every_language
from analysis.model.registry import derived

OF_CITIZENS = {Form.COURSES, Form.COUNTS}
WRONG_HEADERS = {"column_twice", "no_rows", "header_opposite", "group_in_title"}
"""Findings about headers of the format: the table is not a cross table."""
MOST_NAMED = 8
"""Maximum number of unknown headers that are named where a column is missing."""


@derived
def forms_by_title() -> dict[str, str]:
    """Return the kind of sheet for each accepted sheet name."""
    return {normalised(title): sheet.form for sheet in KINDS.values() for title in sheet.titles}


@derived
def _dropped_out() -> frozenset[str]:
    """The words for an outcome other than completion, except plain “no”."""
    return frozenset(map(normalised, set(spellings("outcome")["dropped out"]) - set(spellings("yes_no")["no"])))


def recognised(
    sheet: RawSheet, known: ReferenceData, constants: Mapping[str, str], file_name: str
) -> tuple[Table | None, list[Finding]]:
    """Recognise a single table. One whose title names some citizens only is refused."""
    table, findings = _read(sheet, known, constants, file_name)
    some = title_of_some(sheet, known) if table is not None and table.form in OF_CITIZENS else None
    return (table, findings) if some is None else (None, [some])


def _read(
    sheet: RawSheet, known: ReferenceData, constants: Mapping[str, str], file_name: str
) -> tuple[Table | None, list[Finding]]:
    """Recognise a single table, after its row labels of several kinds got columns of their own."""
    outline = outline_of(sheet, known, stated(constants, sheet, "", file_name, known))
    if outline is None:
        table, findings = _of_one_kind(sheet, known, constants, file_name)
        alone = labels_alone(sheet) if table is None else {}
        if alone:
            return None, [unclear_labels(sheet, alone)]
        return table, findings if table is not None else asked_about_headers(findings, sheet, known)
    table, findings = _of_one_kind(outline.sheet, known, constants, file_name)
    if table is None:
        return None, asked_about_headers(findings, outline.sheet, known)
    return with_outline(table, findings, outline)


def _of_one_kind(
    sheet: RawSheet, known: ReferenceData, constants: Mapping[str, str], file_name: str
) -> tuple[Table | None, list[Finding]]:
    """Recognise a table by the headers of the format, or as a cross table of groups, stages or periods."""
    found = headers.find(sheet, forms_by_title(), constants)
    if found and found[0].form == Form.COURSES and len(sheet.columns) - len(found[2].keys) >= FEWEST_DAYS:
        cross = cross_table(sheet, known)
        if cross is not None and cross.levels == (labels.SESSION,) and _ends_with(cross, found[1]):
            return of_register(sheet, cross, known, constants, file_name)
    table, findings = _of_format(sheet, *found, known, constants, file_name) if found else (None, [])
    if table is None:
        cross = cross_table(sheet, known)
        if any(one.check in WRONG_HEADERS for one in findings) and not _stands_over_several(cross, findings):
            return None, findings
        if cross is not None and cross.levels == (labels.SESSION,):
            are_courses = found is not None and found[0].form == Form.COURSES
            if are_courses and "citizen" not in register_keys(cross).values():
                return None, findings  # A row of dates below the headers of courses: they lack the ids.
            return of_register(sheet, cross, known, constants, file_name)
        if cross is not None:
            layout = layout_of(sheet, cross, known, constants, file_name)
            return of_layout(sheet, layout, known, cross.empty)
    if found is None:
        named = normalised(sheet.name) in forms_by_title()
        return None, [Finding("no_header" if named else "sheet_unread", sheet.name)]
    return table, findings


def _ends_with(cross: CrossTable, heading: Heading) -> bool:
    """Return whether the sessions of a register are in the last header row, or are days below months just after it."""
    last, levels = cross.heading.last, cross.heading.levels
    are_below_months = len(levels) > 1 and all(levels[-1][at] == levels[-2][at] for at in cross.numbers)
    return last == heading.last or (last == heading.last + 1 and are_below_months)


def _stands_over_several(cross: CrossTable | None, findings: list[Finding]) -> bool:
    """Return whether headers stand twice because others above them, such as years, tell them apart."""
    twice_only = {one.check for one in findings} & WRONG_HEADERS == {"column_twice"}
    return twice_only and cross is not None and len([level for level in cross.levels if level]) > 1


def _of_format(
    sheet: RawSheet,
    spec: SheetKind,
    heading: Heading,
    match: Match,
    known: ReferenceData,
    constants: Mapping[str, str],
    file_name: str,
) -> tuple[Table | None, list[Finding]]:
    """Return the table below headers of the format. A missing column can be a constant or the name of the sheet."""
    by_values = matched_by_values(sheet, spec, heading, match)
    match = without_numbers(by_values.match, sheet, heading)
    title = title_above(sheet, heading)
    given = stated(constants, sheet, title, file_name, known)
    named = named_values(match.missing(spec, given), sheet, title, known)
    if spec.form in OF_CITIZENS:
        crossed = crossed_group(sheet, title, known, _dimensions_named(sheet, heading, match, known))
        if crossed and labels.GROUP in match.keys.values():
            (one,) = crossed.values()
            return None, [Finding("group_in_title", sheet.name, (heading.last + 1,), value=one.value)]
        named |= crossed
    given = {**{key: one.value for key, one in named.items()}, **given}
    findings = [*_header_findings(sheet, spec, heading, match, given), *by_values.findings]
    findings += findings_of(named, sheet, {key: in_every_language(spec.column(key).names) for key in named})
    if match.missing(spec, given) or match.twice:
        is_undated = spec.form == Form.COURSES and "started_on" in match.missing(spec, given)
        return None, [*findings, *(undated_sessions(sheet, heading, "started_on") if is_undated else [])]
    own = {column.key for column in (*spec.columns, *spec.also)}
    given = {key: text for key, text in given.items() if key in own and key not in match.keys.values()}
    labels_once = filled_down(sheet, heading, match.keys) if spec.form == Form.COUNTS else ()
    names = {key: heading.texts[at] for at, key in match.keys.items()}
    sessions = numbered_sessions(heading) if spec.form == Form.COURSES and not tells_completion(names) else []
    notes = note_rows(sheet, heading, sessions)
    table, seen = table_at(
        sheet, spec.form, heading, match.keys, constants=given, filled_down=labels_once, used=sessions, notes=notes
    )
    if table is None:
        return None, [*findings, *seen]
    table, of_sessions = with_numbered_sessions(table, sheet, heading, sessions) if sessions else (table, [])
    table, of_names = without_names(by_values.in_words(table))
    return table, [*findings, *seen, *of_sessions, *of_names]


def _dimensions_named(sheet: RawSheet, heading: Heading, match: Match, known: ReferenceData) -> set[str]:
    """Return the dimensions that have a column, or that the column of dimensions names."""
    found = {key for key in match.keys.values() if key in known.dimensions}
    for at in (at for at, key in match.keys.items() if key == labels.DIMENSION):
        below = sheet.columns[at].take(np.arange(heading.last + 1, sheet.rows))
        names = [labels.dimension_named(below.values[code], known) for code in below.present().tolist()]
        found |= {name for name in names if name}
    return found


def _header_findings(
    sheet: RawSheet, spec: SheetKind, heading: Heading, match: Match, constants: Collection[str]
) -> list[Finding]:
    texts = heading.texts
    row = (heading.last + 1,)
    found = []
    if heading.first != heading.last:
        found.append(Finding("several_header_rows", sheet.name, (heading.first + 1, heading.last + 1)))
    for position in match.twice:
        found.append(Finding("column_twice", sheet.name, row, texts[position], letters=letters(position)))
    found += _opposites(sheet, spec, heading, match)
    of_sessions = numbered_sessions(heading) if spec.form == Form.COURSES else []
    left = {normalised(texts[at]): texts[at] for at in match.unknown if at not in of_sessions}
    lacking = match.missing(spec, constants)
    if spec.form == Form.COUNTS and {labels.DIMENSION, labels.GROUP} <= set(lacking):
        found.append(Finding(NO_GROUPS, sheet.name, row))
        lacking = [key for key in lacking if key not in {labels.DIMENSION, labels.GROUP}]
    for key in lacking:
        names = spec.column(key).names
        near = nearest(normalised(names["da"]), left, OF_EVENTS | OF_NAMES | OF_GROUPS) or hinted(left, key)
        is_common = spec.form in OF_CITIZENS | {Form.CITIZEN_GROUPS} and key in labels.CONSTANT_FIELDS
        check = "missing_column_near" if near else "missing_constant" if is_common else "missing_column"
        missing = {"missing": in_every_language(names), "nearest": left[near[0]] if near else ""}
        value = key if check == "missing_constant" else ""
        found.append(Finding(check, sheet.name, row, value=value, values=missing))
    if left and lacking and spec.form in OF_CITIZENS:
        found.append(Finding("headers_not_known", sheet.name, row, values={"texts": tuple(left.values())[:MOST_NAMED]}))
    for position, meant in match.spelling.items():
        text = texts[position]
        values = {"meant": meant}
        found.append(Finding("header_spelling", sheet.name, row, text, text, values, letters(position)))
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
