"""Manual mapping: assign the columns of an unknown file to the format, and translate their values."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from analysis.i18n.vocabulary import missing_words
from analysis.intake.contract import KINDS, SheetKind
from analysis.intake.detect.detection import table_at
from analysis.intake.detect.headers import Heading, headings
from analysis.intake.findings.findings import Finding
from analysis.intake.fix.corrections import Corrections, corrected, with_groups, without_rank
from analysis.intake.lexicon.reference_data import ReferenceData, extended
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import Table, cleaned, normalised
from analysis.intake.validate.validation import ADDED_GROUPS, Prepared, added_groups, offers_in, prepare_tables
from analysis.intake.values.dates import range_from_date
from analysis.model.languages import in_every_language
from analysis.model.terms import Aim
from analysis.store import ImportPayload


@dataclass(frozen=True)
class DimensionMapping:
    """Conversion of a column to a dimension. ``groups`` maps file values to groups; ``ranks`` orders them."""

    dimension: str
    ordered: bool
    groups: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """A user's mapping of one sheet.

    Attributes
    ----------
    form : key of the kind of sheet.
    columns : header in the file by column key.
    dimensions : conversion to a dimension, by header.
    values : meaning of file values in the notation of the format, by column key.
    constants : value for all rows, by column key.
    add_places : whether unknown municipalities are added.
    adjusted_on : date of an adjustment of every offer in the file.
    adjustment_title : title of that adjustment.
    sheet : name of the sheet.
    heading : first and last header row, from 0; None to detect them.
    """

    form: str
    columns: dict[str, str]
    dimensions: dict[str, DimensionMapping] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    add_places: bool = False
    adjusted_on: dt.date | None = None
    adjustment_title: str = ""
    sheet: str = ""
    heading: tuple[int, int] | None = None


def spec(form: str) -> SheetKind:
    """Return the definition of a kind of sheet."""
    return KINDS[form]


def heading_of(sheet: RawSheet, rows: tuple[int, int] | None = None) -> Heading:
    """Return the headers in these rows, or in the first row with the most filled cells; blank for an empty sheet."""
    possible = list(headings(sheet)) or [Heading(0, 0, [""] * len(sheet.columns))]
    if rows is not None:
        return next((one for one in possible if (one.first, one.last) == rows), possible[0])
    single = [one for one in possible if one.first == one.last]
    filled = [sum(map(bool, one.texts)) for one in single]
    return single[filled.index(max(filled))]


def headers(sheet: RawSheet, rows: tuple[int, int] | None = None) -> dict[str, TextColumn]:
    """Return the columns below the headers, by header."""
    heading = heading_of(sheet, rows)
    below = sheet.filled.copy()
    below[: heading.last + 1] = False
    kept = np.flatnonzero(below)
    return {text: column.take(kept) for text, column in zip(heading.texts, sheet.columns, strict=True) if text}


def distinct(column: TextColumn) -> dict[str, int]:
    """Return the distinct values and their numbers of rows, in natural order."""
    numbers: Counter[str] = Counter()
    for code, rows in column.row_counts().items():
        numbers[cleaned(column.values[code])] += rows
    return dict(sorted(numbers.items(), key=lambda item: natural_order(item[0])))


def natural_order(text: str) -> tuple[float, str]:
    """Return a sort key: 0-10 before 10-20, 10-20 before 100, and texts without a number last."""
    number = re.search(r"\d{1,15}", text)
    return (float(number[0]) if number else float("inf"), text.casefold())


def apply_mapping(
    reading: Reading, mapping: Mapping, known: ReferenceData, corrections: Corrections | None = None
) -> Prepared:
    """Check and type a sheet according to the mapping. Errors become findings with the headers of the file."""
    corrections = corrections or Corrections()
    reading, known = corrected(reading, corrections), with_groups(known, corrections.groups)
    sheet = next((one for one in reading.sheets if one.name == mapping.sheet), reading.sheets[0])
    findings = _wrong_columns(mapping)
    table = None
    if not findings:
        table, seen = _table(sheet, mapping)
        findings += seen
    if table is None:
        return Prepared(ImportPayload(), [*reading.findings, *findings], [])
    places = _new_places(table, known) if mapping.add_places else []
    known = known.with_places(places)
    added: list[dict[str, object]] = []
    for header, chosen in mapping.dimensions.items():
        groups = _new_groups(chosen, known)
        new = chosen.dimension not in known.dimensions
        findings += without_rank(header, chosen.dimension, groups, ordered=chosen.ordered, new=new)
        if groups or new:
            current = known.dimensions.get(chosen.dimension)
            dimension = extended(current, chosen.dimension, groups, ordered=chosen.ordered)
            known = known.with_dimension(dimension)
            added += [
                {"dimension": dimension.key, "ordered": dimension.ordered, "group": name, "rank": rank}
                for name, rank in groups
            ]
    by_person = added_groups(corrections, known)
    added += by_person.to_pylist() if by_person else []
    prepared = prepare_tables(
        [table],
        reading,
        known,
        findings,
        {**CHOSEN_BY_HAND, **corrections.answers},
        places=pa.table({"municipality": places}) if places else None,
        added_groups=pa.Table.from_pylist(added, ADDED_GROUPS) if added else None,
    )
    return _with_adjustments(prepared, table, mapping) if mapping.adjusted_on else prepared


def _wrong_columns(mapping: Mapping) -> list[Finding]:
    """Report required columns without a choice, and headers that are chosen twice."""
    there = {*mapping.columns, *mapping.constants}
    missing = [
        Finding("missing_column", values={"missing": in_every_language(one.names)})
        for one in spec(mapping.form).columns
        if one.needed and one.key not in there
    ]
    used = Counter([*mapping.columns.values(), *mapping.dimensions])
    twice = [Finding("column_chosen_twice", value=header) for header, times in used.items() if times > 1]
    return [*missing, *twice]


def _table(sheet: RawSheet, mapping: Mapping) -> tuple[Table | None, list[Finding]]:
    """Convert the sheet to the format: its column keys, and its words for the values."""
    heading = heading_of(sheet, mapping.heading)
    positions = {text: position for position, text in reversed(list(enumerate(heading.texts))) if text}
    chosen = {**mapping.columns, **{one.dimension: header for header, one in mapping.dimensions.items()}}
    missing = [header for header in chosen.values() if header not in positions]
    if missing:
        row = (heading.last + 1,)
        return None, [Finding("missing_column", sheet.name, row, values={"missing": header}) for header in missing]
    table, findings = table_at(
        sheet, mapping.form, heading, {positions[header]: key for key, header in chosen.items()}, {}
    )
    if table is None:
        return None, findings
    meanings = {**mapping.values, **{one.dimension: one.groups for one in mapping.dimensions.values()}}
    columns = {key: _replaced(column, meanings.get(key, {})) for key, column in table.columns.items()}
    every_row = np.zeros(len(table.rows), dtype=np.int32)
    columns |= {key: TextColumn([text], every_row) for key, text in mapping.constants.items()}
    return replace(table, columns=columns), findings


def _replaced(column: TextColumn, meanings: dict[str, str]) -> TextColumn:
    return column.replaced({value: meanings[cleaned(value)] for value in column.values if cleaned(value) in meanings})


def _new_places(table: Table, known: ReferenceData) -> list[str]:
    column = table.columns["municipality"]
    names = {cleaned(column.values[code]) for code in column.row_counts()}
    return sorted(name for name in names if name and normalised(name) not in known.municipalities)


def _new_groups(chosen: DimensionMapping, known: ReferenceData) -> list[tuple[str, int | None]]:
    """Return the groups that the dimension lacks, with the user's ranks."""
    words = known.groups.get(chosen.dimension, {})
    names = {cleaned(group) for group in chosen.groups.values()}
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
