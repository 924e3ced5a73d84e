"""Read tables of another form as counts or courses: cross tables and attendance registers."""

from collections.abc import Iterable, Mapping, Sequence

from analysis.intake.contract import (
    KINDS,
    Form,
)
from analysis.intake.detect.constants import findings_of, named_values, stated
from analysis.intake.detect.layouts import Layout
from analysis.intake.detect.note_rows import note_rows
from analysis.intake.detect.registers import missing_in, register_keys, with_attendance
from analysis.intake.detect.row_ids import with_row_ids, without_header_of_ids
from analysis.intake.detect.table_rows import table_at
from analysis.intake.detect.undivided import without_undivided
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding, Word, blocks
from analysis.intake.layout import labels
from analysis.intake.layout.cross_tables import CrossTable
from analysis.intake.layout.heading import Heading
from analysis.intake.layout.stitching import ValueColumn
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.questions import NO_GROUPS
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import Table
from analysis.model.languages import in_every_language
from analysis.model.terms import MISSING, Stage


def of_layout(
    sheet: RawSheet, layout: Layout, known: ReferenceData, empty: tuple[int, ...] = ()
) -> tuple[Table | None, list[Finding]]:
    """Return the table of a cross table, or what is missing to read it.

    ``empty`` are columns that have no numbers below a header of them.
    """
    names = field_names()
    heading = layout.heading
    found = [Finding("wide_layout", sheet.name)]
    if heading.first != heading.last:
        found.append(Finding("several_header_rows", sheet.name, (heading.first + 1, heading.last + 1)))
    found += findings_of(layout.named, sheet, names)
    if layout.missing:
        return None, [*found, *missing_findings(Form.COUNTS, layout.missing, sheet.name, (layout.heading.last + 1,))]
    layout, undivided, seen = without_undivided(sheet.name, layout)
    found += seen
    wrong = [*repeated_columns(sheet, heading, layout.values), *_incomplete_groups(sheet, layout, known)]
    if wrong or blocks(seen):
        return None, [*found, *wrong]
    used = [*empty, *undivided]
    table, seen = table_at(
        sheet, layout.form, layout.heading, layout.keys, layout.values, layout.constants, layout.filled_down, used
    )
    for at in empty:
        seen.append(Finding("column_without_numbers", sheet.name, column=heading.texts[at], letters=letters(at)))
    return table, [*found, *seen]


def repeated_columns(sheet: RawSheet, heading: Heading, values: Sequence[ValueColumn]) -> list[Finding]:
    """Report columns of numbers that say the same as an earlier one."""
    seen: set[tuple[object, ...]] = set()
    found = []
    for one in values:
        said = (one.others, one.labels.get(labels.STAGE))
        if said in seen:
            row, place = (heading.last + 1,), letters(one.position)
            found.append(Finding("column_twice", sheet.name, row, heading.names[one.position], letters=place))
        seen.add(said)
    return found


def _incomplete_groups(sheet: RawSheet, layout: Layout, known: ReferenceData) -> list[Finding]:
    """Report groups or periods that lack a column for a stage that others have."""
    needed = [stage for stage in (Stage.PARTICIPATED, Stage.COMPLETED) if _has_stage(layout, stage)]
    names = field_names()
    row = (layout.heading.last + 1,)
    pieces = dict.fromkeys(one.others for one in layout.values)
    found = []
    for piece in pieces:
        there = {one.labels.get(labels.STAGE) for one in layout.values if one.others == piece}
        said = _label(dict(piece), known)
        found += [
            Finding("group_without_column", sheet.name, row, values={"group": said, "missing": names[stage]})
            for stage in needed
            if stage not in there and None not in there
        ]
    return found


def _label(piece: Mapping[str, str], known: ReferenceData) -> object:
    """Return the group of a set of labels in the language of the reader, or the labels as they are written."""
    dimension, group = piece.get(labels.DIMENSION, ""), piece.get(labels.GROUP, "")
    groups = {one.key for one in known.dimensions[dimension].groups} if dimension in known.dimensions else set()
    if labels.is_missing(group) or group in groups:
        return known.group_label(dimension, MISSING if labels.is_missing(group) else group)
    return ", ".join(text for key, text in piece.items() if key != labels.DIMENSION)


def _has_stage(layout: Layout, stage: Stage) -> bool:
    return any(one.labels.get(labels.STAGE) == stage for one in layout.values)


def of_register(
    sheet: RawSheet, cross: CrossTable, known: ReferenceData, constants: Mapping[str, str], file_name: str
) -> tuple[Table | None, list[Finding]]:
    """Return the courses of an attendance register, or what is missing to read it."""
    keys = register_keys(cross)
    given = stated(constants, sheet, cross.title, file_name, known)
    named = named_values(missing_in(keys, given), sheet, cross.title, known)
    given = {**{key: one.value for key, one in named.items()}, **given}
    names = field_names(Form.COURSES)
    found = [Finding("register", sheet.name, values={"number": len(cross.numbers)})]
    found += findings_of(named, sheet, names)
    if missing := missing_in(keys, given):
        return None, [*found, *missing_findings(Form.COURSES, missing, sheet.name, (cross.heading.last + 1,))]
    taken = {*keys.values(), labels.STAGE}  # A register has courses: their rows are of no single stage.
    fixed = {key: text for key, text in given.items() if key in names and key not in taken}
    notes = note_rows(sheet, cross.heading, cross.numbers)
    sheet, cross, keys, of_ids = with_row_ids(sheet, cross, keys, notes.tolist())
    table, seen = table_at(sheet, Form.COURSES, cross.heading, keys, constants=fixed, used=cross.numbers, notes=notes)
    of_persons = {one.letters for one in of_ids if one.check == "personal_column"}
    seen = [*(one for one in seen if one.check != "unknown_column" or one.letters not in of_persons), *of_ids]
    if table is None:
        return None, [*found, *seen]
    table = without_header_of_ids(table) if of_ids else table
    table, attended = with_attendance(table, sheet, cross, sheet.answers)
    return table, [*found, *seen, *attended]


def missing_findings(form: str, missing: Iterable[str], sheet: str = "", rows: tuple[int, ...] = ()) -> list[Finding]:
    """Report the fields that nothing gives. Some can be the same for all rows; others need a column."""
    names = field_names(form)
    missing = list(missing)
    if form == Form.COUNTS and set(missing) >= {labels.DIMENSION, labels.GROUP}:
        rest = [key for key in missing if key not in {labels.DIMENSION, labels.GROUP}]
        return [*missing_findings(form, rest, sheet, rows), Finding(NO_GROUPS, sheet, rows)]
    checks = {key: "missing_constant" if key in labels.CONSTANT_FIELDS else "missing_column" for key in missing}
    return [
        Finding(check, sheet, rows, value=key if check == "missing_constant" else "", values={"missing": names[key]})
        for key, check in checks.items()
    ]


def field_names(form: str = Form.COUNTS) -> dict[str, object]:
    """Return the name of each field of a kind of sheet in every language."""
    kind = KINDS[form]
    names: dict[str, object] = {one.key: in_every_language(one.names) for one in (*kind.columns, *kind.also)}
    return {**names, labels.STAGE: Word(N_("Stage"))}
