"""From a cross table to a table of the format: the field of every label, and the values of all rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.intake.contract import DIMENSION_KEYS, KINDS, Form
from analysis.intake.detect.constants import Named, crossed_group, named_values, stated
from analysis.intake.detect.headers import match
from analysis.intake.detect.value_matching import without_numbers
from analysis.intake.layout import labels
from analysis.intake.layout.cross_tables import CrossTable
from analysis.intake.layout.heading import Heading
from analysis.intake.layout.margins import complementary
from analysis.intake.layout.stitching import ValueColumn
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import COUNTED, cleaned, normalised
from analysis.intake.values.period_headers import period_under, unit_of
from analysis.model.terms import EVERYBODY, MISSING

MOST_LABELS = 400
LEAST_KNOWN = 2
ASKED_ABOUT = (labels.STAGE, labels.GROUP, labels.MUNICIPALITY)
"""Fields of labels of which some may be unknown."""
GROUP_FIELDS = ("dimension", "group")


@dataclass(frozen=True)
class Layout:
    """How the table of a sheet is read.

    Attributes
    ----------
    form : key of the kind of sheet.
    heading : its header rows.
    keys : field of each column with row labels.
    values : columns of numbers.
    constants : values of all rows.
    filled_down : columns with labels that stand only in the first of their rows.
    named : constants that were taken from the name of the sheet or the title.
    missing : fields that nothing gives.
    """

    form: str
    heading: Heading
    keys: dict[int, str]
    values: tuple[ValueColumn, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    filled_down: tuple[int, ...] = ()
    named: Mapping[str, Named] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def layout_by_hand(
    heading: Heading,
    keys: dict[int, str],
    numbers: list[tuple[int, dict[str, str]]],
    known: ReferenceData,
    given: dict[str, str],
) -> Layout:
    """Return the layout of a table that a user mapped: what the headers over each column of numbers say, by field."""
    unit = _unit_above(heading, [at for at, _ in numbers])
    values = [ValueColumn(at, _under(unit, _split(said, known))) for at, said in numbers]
    common = labels.common_dimension((one.labels.get(labels.GROUP, "") for one in values), known)
    values = [_with_dimension(one, common or given.get(labels.DIMENSION), known) for one in values]
    if stage := given.get(labels.STAGE):
        values = [
            one if labels.STAGE in one.labels else _of_stage(one, labels.stage_of(stage) or stage) for one in values
        ]
    taken = {*keys.values(), labels.STAGE, *(key for one in values for key in one.labels)}
    constants = {key: text for key, text in given.items() if key not in taken}
    return Layout(Form.COUNTS, heading, keys, tuple(values), constants)


def _split(said: dict[str, str], known: ReferenceData) -> dict[str, str]:
    """Return the labels with the stage as a key of the format, and a header that names two things in two."""
    found = dict(said)
    if text := found.pop(labels.STAGE_AND_GROUP, ""):
        both = labels.stage_and_group(text, known)
        found |= {labels.STAGE: both[0], labels.GROUP: both[1]} if both else {labels.GROUP: text}
    if text := found.pop(labels.STAGE_AND_PERIOD, ""):
        when = labels.stage_and_period(text)
        found |= {labels.STAGE: when[0], labels.PERIOD: when[1]} if when else {labels.PERIOD: text}
    if text := found.pop(labels.TWO_GROUPS, ""):
        found |= labels.two_groups(text, known) or {labels.GROUP: text}
    if text := found.get(labels.STAGE, ""):
        found[labels.STAGE] = labels.stage_of(text) or text
    return found


def layout_of(
    sheet: RawSheet, cross: CrossTable, known: ReferenceData, constants: Mapping[str, str], file_name: str
) -> Layout:
    """Return how a cross table of counts is read."""
    keys = row_labels(sheet, cross, known)
    unit = _unit_above(cross.heading, cross.numbers)
    values = [ValueColumn(at, _under(unit, _split(cross.texts(at), known))) for at in cross.numbers]
    values = [one for one in values if not is_total(one.labels.get(labels.STAGE, ""))]  # The stages have no sum.
    given = stated(constants, sheet, cross.title, file_name, known)
    if labels.STAGE in given and not labels.stage_of(given[labels.STAGE]):
        given.pop(labels.STAGE)
    of_table = _dimensions_of_table(sheet, cross, keys, values, known)
    crossed = crossed_group(sheet, cross.title, known, of_table) if of_table else {}
    given |= {key: one.value for key, one in crossed.items()}
    keys, values = _with_dimensions(sheet, cross, keys, values, known, given)
    missing = _missing(keys, values, given)
    named = crossed | named_values(missing, sheet, cross.title, known)
    given = {**{key: one.value for key, one in named.items()}, **given}
    stage = labels.stage_of(given.pop(labels.STAGE, ""))
    if labels.STAGE not in keys.values():
        values = [one if labels.STAGE in one.labels or not stage else _of_stage(one, stage) for one in values]
    taken = {*keys.values(), *(key for one in values for key in one.labels)}
    return Layout(
        Form.COUNTS,
        cross.heading,
        keys,
        tuple(values),
        {key: text for key, text in given.items() if key not in taken},
        filled_down(sheet, cross.heading, keys),
        named,
        tuple(key for key in missing if key not in named),
    )


def _unit_above(heading: Heading, numbers: Collection[int]) -> str:
    """Return the name of the unit of the periods over the numbers, such as “Week”, if a header row has only that."""
    for texts in heading.rows_of_texts:
        above = {texts[at] for at in numbers if texts[at]}
        if len(above) == 1 and unit_of(*above) and not any(map(str.isdecimal, min(above))):
            return above.pop()
    return ""


def _under(unit: str, said: dict[str, str]) -> dict[str, str]:
    return said | {labels.PERIOD: period_under(unit, said[labels.PERIOD])} if labels.PERIOD in said else said


def _of_stage(one: ValueColumn, stage: str) -> ValueColumn:
    return replace(one, labels={**one.labels, labels.STAGE: stage})


def row_labels(sheet: RawSheet, cross: CrossTable, known: ReferenceData) -> dict[int, str]:
    """Return the field of each column beside the numbers, by its header or otherwise by its texts."""
    by_header = without_numbers(match(cross.heading, KINDS[Form.COUNTS]), sheet, cross.heading).keys
    keys: dict[int, str] = {}
    for at in cross.labels:
        is_stage = cross.heading.normalised[at] in labels.STAGE_HEADERS
        key = labels.STAGE if is_stage else by_header.get(at) or _field_by_texts(sheet, cross, at, known)
        if key and (key not in keys.values() or key == labels.GROUP):
            keys[at] = key
    return keys


def _field_by_texts(sheet: RawSheet, cross: CrossTable, position: int, known: ReferenceData) -> str:
    """Return the field that all labels of a column belong to, or most of them: the others are asked about."""
    texts = texts_beside(sheet, cross, position)
    if len(texts) > MOST_LABELS:
        return ""
    fields = [field for text in texts for field in labels.fields_of(text, known)]
    number = {field: fields.count(field) for field in ASKED_ABOUT}
    most = max(number, key=number.__getitem__)
    is_most = number[most] >= LEAST_KNOWN and 2 * number[most] >= len(texts)
    parts = [text for text in texts if not is_total(text)]
    are_parts = labels.PERIOD in cross.levels and parts and all(map(labels.is_part_of_year, parts))
    return labels.field_of(texts, known) or (labels.PERIOD if are_parts else most if is_most else "")


def texts_beside(sheet: RawSheet, cross: CrossTable, position: int) -> list[str]:
    """Return the distinct labels of a column in the rows with numbers."""
    column = sheet.columns[position]
    rows = np.any([~sheet.columns[at].blank() for at in cross.numbers], axis=0)
    rows[: cross.heading.last + 1] = False
    below = column.take(np.flatnonzero(rows))
    return [text for code in below.row_counts() if (text := cleaned(column.values[code]))]


def _dimensions_of_table(
    sheet: RawSheet, cross: CrossTable, keys: Mapping[int, str], values: list[ValueColumn], known: ReferenceData
) -> set[str]:
    """Return the dimensions of the groups in the rows and columns; none if a label names the dimension."""
    there = {*keys.values(), *(key for one in values for key in one.labels)}
    if labels.DIMENSION in there:
        return set()
    texts = [texts_beside(sheet, cross, at) for at, key in keys.items() if key == labels.GROUP]
    texts.append([one.labels[labels.GROUP] for one in values if labels.GROUP in one.labels])
    found = {labels.common_dimension(one, known) for one in texts}
    return {key for key in (*found, *there) if key in known.dimensions}


def _with_dimensions(
    sheet: RawSheet,
    cross: CrossTable,
    keys: dict[int, str],
    values: list[ValueColumn],
    known: ReferenceData,
    given: dict[str, str],
) -> tuple[dict[int, str], list[ValueColumn]]:
    """Name the dimension of the groups. Groups in several places are crossed, and each dimension has its own field."""
    is_named = labels.DIMENSION in {*keys.values(), *(key for one in values for key in one.labels)}
    if is_named or given.get(labels.GROUP) == EVERYBODY:
        return keys, values
    stated_dimension = labels.dimension_named(given.pop(labels.DIMENSION, ""), known)
    of_rows = {
        at: labels.common_dimension(texts_beside(sheet, cross, at), known) or stated_dimension
        for at, key in keys.items()
        if key == labels.GROUP
    }
    there = (*keys.values(), *given, *(key for one in values for key in one.labels))
    own = {key for key in there if key in known.dimensions}
    over = list(dict.fromkeys(one.labels[labels.GROUP] for one in values if labels.GROUP in one.labels))
    common = labels.common_dimension(over, known) or stated_dimension
    if len(of_rows) + len(own) + bool(over) > 1 or own:
        keys = {at: of_rows.get(at) or key for at, key in keys.items()}
        return keys, [_renamed(one, common) for one in values]
    if of_rows:
        (dimension,) = of_rows.values()
        if dimension:
            given[labels.DIMENSION] = dimension
    return keys, [_with_dimension(one, common, known) for one in values]


def _renamed(one: ValueColumn, dimension: str | None) -> ValueColumn:
    if labels.GROUP not in one.labels or not dimension:
        return one
    return replace(one, labels={dimension if key == labels.GROUP else key: text for key, text in one.labels.items()})


def _with_dimension(one: ValueColumn, common: str | None, known: ReferenceData) -> ValueColumn:
    """Add the dimension of its group: the one of most groups, or its own if it is none of these."""
    text = one.labels.get(labels.GROUP)
    if text is None:
        return one
    own = labels.dimensions_of(text, known)
    is_letter = len(text) == 1 and common is not None
    dimension = common if common in own or is_total(text) or not own or is_letter else own[0]
    if not dimension:
        return one
    group = known.groups.get(dimension, {}).get(normalised(text), MISSING)
    group = text if group == MISSING else group
    return replace(one, labels={**one.labels, labels.DIMENSION: dimension, labels.GROUP: group})


def _missing(keys: Mapping[int, str], values: list[ValueColumn], given: Mapping[str, str]) -> list[str]:
    """Return the fields of a count that neither a label nor a constant gives."""
    there = {*keys.values(), *given, *(key for one in values for key in one.labels)}
    also = {column.key for column in KINDS[Form.COUNTS].also}
    needed = [labels.MUNICIPALITY, labels.OFFER, labels.PERIOD]
    if not there & also:
        needed += [key for key in GROUP_FIELDS if key not in there]
    has_stage = labels.STAGE in {*keys.values(), *given} or all(labels.STAGE in one.labels for one in values)
    return [key for key in needed if key not in there] + ([] if has_stage else [labels.STAGE])


def filled_down(sheet: RawSheet, heading: Heading, keys: Mapping[int, str]) -> tuple[int, ...]:
    """Return the label columns whose labels stand only in the first of their rows, as in a pivot table.

    A column with the same label in two rows running has no such gaps: its empty cells are not stated. The last
    column of labels has one in every row.
    """
    keys = {at: key for at, key in keys.items() if key not in COUNTED}
    rows = np.flatnonzero(sheet.filled)
    rows = rows[rows > heading.last]
    if len(keys) < 2 or not len(rows):
        return ()
    found = []
    for at in sorted(keys)[:-1]:
        column = sheet.columns[at].take(rows)
        blank = column.blank()
        again = (column.codes[1:] == column.codes[:-1]) & ~blank[1:]
        dimensions = [other for other, key in keys.items() if key in DIMENSION_KEYS and other > at]
        others = [sheet.columns[other].take(rows) for other in dimensions if keys[at] in DIMENSION_KEYS]
        are_margins = any(complementary(column, other) for other in others)
        if not blank[0] and blank.any() and not again.any() and not are_margins:
            found.append(at)
    return tuple(found)
