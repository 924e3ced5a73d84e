"""Mapping by hand: which column of an unknown file is which of ours, and how its values are to be read."""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from analysis.intake import cells
from analysis.intake.contract import MISSING_WORDS, SHEETS, Form, Sheet
from analysis.intake.findings import Finding
from analysis.intake.known import Known, extended
from analysis.intake.preparing import Prepared, offers_in, prepare_tables
from analysis.intake.reading import Reading
from analysis.intake.recognising import Table, filled_rows, is_synthetic, normalised
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.model import Aim
from analysis.store import Contents


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

    ``columns`` gives our column keys their headers in the file, ``values`` what single values of those columns mean,
    written as our format writes them. ``dimensions`` is by header. With ``add_places`` unknown municipalities become
    places of their own. ``adjusted_on`` is an adjustment shared by every offer in the file.
    """

    form: Form
    columns: dict[str, str]
    dimensions: dict[str, DimensionMapping] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    add_places: bool = False
    adjusted_on: dt.date | None = None
    adjustment_title: str = ""


def spec(form: Form) -> Sheet:
    """The format of a kind of sheet."""
    return next(sheet for sheet in SHEETS if sheet.form is form)


def header_row(sheet: RawSheet) -> int:
    """The first row in which the most cells are filled: where a sheet's headers most likely stand."""
    filled = [sum(bool(text.strip()) for text in sheet.row(number)) for number in range(min(30, sheet.rows))]
    return filled.index(max(filled))


def headers(sheet: RawSheet) -> dict[str, TextColumn]:
    """The columns below the header row by their headers."""
    row = header_row(sheet)
    rows = filled_rows(sheet.columns, row)
    return {
        header.strip(): column.take(rows)
        for header, column in zip(sheet.row(row), sheet.columns, strict=True)
        if header.strip()
    }


def suggested_columns(sheet: RawSheet, form: Form) -> dict[str, str]:
    """Our columns that the file's headers name."""
    by_word = {normalised(header): header for header in headers(sheet)}
    found = {}
    for column in spec(form).columns:
        for word in column.headers:
            if normalised(word) in by_word:
                found[column.key] = by_word[normalised(word)]
                break
    return found


def distinct(column: TextColumn) -> dict[str, int]:
    """The values that occur and in how many rows each does, in the order that a person would list them."""
    numbers: Counter[str] = Counter()
    for code, rows in zip(*np.unique(column.codes, return_counts=True), strict=True):
        numbers[cells.cleaned(column.values[code])] += int(rows)
    return dict(sorted(numbers.items(), key=lambda item: natural_order(item[0])))


def natural_order(text: str) -> tuple[float, str]:
    """A key that sorts 0-10 before 10-20 and 10-20 before 100; texts without a number come last."""
    number = re.search(r"\d+", text)
    return (float(number[0]) if number else float("inf"), text.casefold())


def apply_mapping(reading: Reading, sheet: RawSheet, mapping: Mapping, known: Known) -> Prepared:
    """Check and type a sheet as the mapping reads it. Faults become findings under the file's own headers."""
    findings = _missing_columns(mapping)
    if findings:
        return Prepared(Contents(), findings, [])
    table = _table(sheet, mapping)
    places = _new_places(table, known) if mapping.add_places else []
    known = known.with_places(places)
    added: list[dict[str, object]] = []
    for chosen in mapping.dimensions.values():
        groups = _new_groups(chosen, known)
        if groups or chosen.dimension not in known.dimensions:
            current = known.dimensions.get(chosen.dimension)
            dimension = extended(current, chosen.dimension, groups, ordered=chosen.ordered)
            known = known.with_dimension(dimension)
            added += [
                {"dimension": dimension.key, "ordered": dimension.ordered, "group": name, "rank": rank}
                for name, rank in groups
            ]
    prepared = prepare_tables(
        [table],
        known,
        findings,
        synthetic=is_synthetic(reading.sheets),
        places=pa.table({"municipality": places}) if places else None,
        added_groups=pa.Table.from_pylist(added, _ADDED_GROUPS) if added else None,
    )
    return _with_adjustments(prepared, table, mapping) if mapping.adjusted_on else prepared


_ADDED_GROUPS = pa.schema(
    [("dimension", pa.string()), ("ordered", pa.bool_()), ("group", pa.string()), ("rank", pa.int32())]
)


def _missing_columns(mapping: Mapping) -> list[Finding]:
    return [
        Finding("missing_column", values={"missing": dict(zip(("da", "en"), column.headers, strict=False))})
        for column in spec(mapping.form).columns
        if column.needed and column.key not in mapping.columns
    ]


def _table(sheet: RawSheet, mapping: Mapping) -> Table:
    """The sheet as the format would have it: columns under our keys, their values in our words."""
    by_header = headers(sheet)
    columns = {
        key: _replaced(by_header[header], mapping.values.get(key, {})) for key, header in mapping.columns.items()
    }
    known_headers = dict(mapping.columns)
    for header, chosen in mapping.dimensions.items():
        columns[chosen.dimension] = _replaced(by_header[header], chosen.groups)
        known_headers[chosen.dimension] = header
    used = {*mapping.columns.values(), *mapping.dimensions}
    rows = filled_rows(sheet.columns, header_row(sheet)) + 1
    return Table(mapping.form, sheet.name, columns, known_headers, rows, tuple(set(by_header) - used))


def _replaced(column: TextColumn, meanings: dict[str, str]) -> TextColumn:
    return TextColumn([meanings.get(cells.cleaned(value), value) for value in column.values], column.codes)


def _new_places(table: Table, known: Known) -> list[str]:
    column = table.columns["municipality"]
    names = {cells.cleaned(column.values[code]) for code in np.unique(column.codes)}
    return sorted(name for name in names if name and normalised(name) not in known.municipalities)


def _new_groups(chosen: DimensionMapping, known: Known) -> list[tuple[str, int | None]]:
    """The groups that the dimension lacks, ranked by the person's order or else by the numbers in their names."""
    words = known.groups.get(chosen.dimension, {})
    names = {cells.cleaned(group) for group in chosen.groups.values()}
    new = [
        name
        for name in names
        if normalised(name) not in words and normalised(name) not in MISSING_WORDS and not cells.range_from_date(name)
    ]
    new.sort(key=lambda name: (chosen.ranks.get(name, len(new) + 1), natural_order(name)))
    if not chosen.ordered:
        return [(name, None) for name in new]
    return [(name, chosen.ranks.get(name, place)) for place, name in enumerate(new, start=1)]


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
        for municipality, offer in sorted(offers_in(prepared.contents))
    ]
    adjustments = pa.Table.from_pylist(rows, _ADJUSTMENTS)
    return replace(prepared, contents=replace(prepared.contents, adjustments=adjustments))


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
