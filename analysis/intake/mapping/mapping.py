"""Mapping by hand: which column of an unknown file is which of ours, and how its values are to be read."""

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
    """How a column becomes a dimension. ``groups`` gives each value of the file its group; ``ranks`` orders them."""

    dimension: str
    ordered: bool
    groups: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """A person's reading of one sheet.

    ``columns`` gives our column keys their headers in the file, ``constants`` what holds for every row, ``values`` what
    single values of those columns mean, written as our format writes them. ``dimensions`` is by header. With
    ``add_places`` unknown municipalities become places of their own. ``adjusted_on`` is an adjustment shared by every
    offer in the file. ``heading`` are the first and last row of the headers, from 0; None finds them.
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
    """The format of a kind of sheet."""
    return KINDS[form]


def heading_of(sheet: RawSheet, rows: tuple[int, int] | None = None) -> Heading:
    """The headers in these rows, or in the first row in which the most cells are filled; blank where all is."""
    possible = list(headings(sheet)) or [Heading(0, 0, [""] * len(sheet.columns))]
    if rows is not None:
        return next((one for one in possible if (one.first, one.last) == rows), possible[0])
    single = [one for one in possible if one.first == one.last]
    filled = [sum(map(bool, one.texts)) for one in single]
    return single[filled.index(max(filled))]


def headers(sheet: RawSheet, rows: tuple[int, int] | None = None) -> dict[str, TextColumn]:
    """The columns below the headers, by header."""
    heading = heading_of(sheet, rows)
    below = sheet.filled.copy()
    below[: heading.last + 1] = False
    kept = np.flatnonzero(below)
    return {text: column.take(kept) for text, column in zip(heading.texts, sheet.columns, strict=True) if text}


def distinct(column: TextColumn) -> dict[str, int]:
    """The values that occur and in how many rows each does, in the order that a person would list them."""
    numbers: Counter[str] = Counter()
    for code, rows in column.row_counts().items():
        numbers[cleaned(column.values[code])] += rows
    return dict(sorted(numbers.items(), key=lambda item: natural_order(item[0])))


def natural_order(text: str) -> tuple[float, str]:
    """A key that sorts 0-10 before 10-20 and 10-20 before 100; texts without a number come last."""
    number = re.search(r"\d{1,15}", text)
    return (float(number[0]) if number else float("inf"), text.casefold())


def apply_mapping(
    reading: Reading, mapping: Mapping, known: ReferenceData, corrections: Corrections | None = None
) -> Prepared:
    """Check and type a sheet as the mapping reads it. Faults become findings under the file's own headers."""
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
    """Columns that are needed and not chosen, and those chosen for two things at once."""
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
    """The sheet as the format would have it: columns under our keys, their values in our words."""
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
    """The groups that the dimension lacks, with the ranks that the person gave them."""
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
    """The same with one adjustment, on the same day, at every offer in the file."""
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
"""Who chooses an end as the date completed has answered whether it is one."""

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
