"""The columns of a file by name, and whether a file has the columns of a mapping."""

import re
from collections import Counter

import numpy as np

from analysis.intake.detect.headers import headings
from analysis.intake.layout import labels
from analysis.intake.layout.cross_tables import SEARCH_ROWS
from analysis.intake.layout.header_rows import heading_at
from analysis.intake.layout.heading import NO_HEADERS, Heading
from analysis.intake.mapping.mapping import Mapping
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import cleaned


def heading_of(sheet: RawSheet, rows: tuple[int, int] | None = None) -> Heading:
    """Return the headers in these rows, or in the first row with the most filled cells; blank for an empty sheet."""
    if rows is not None and rows[1] < sheet.rows:
        return heading_at(sheet, *rows)
    single = [one for one in headings(sheet) if one.first == one.last]
    if not single:
        return Heading(0, 0, [""] * len(sheet.columns))
    filled = [sum(map(bool, one.texts)) for one in single]
    return single[filled.index(max(filled))]


def headers(sheet: RawSheet, rows: tuple[int, int] | None = None) -> dict[str, TextColumn]:
    """Return the columns below the headers, by name; without empty columns and without notes of a single cell."""
    heading = heading_of(sheet, rows)
    cells = np.sum([~column.blank() for column in sheet.columns], axis=0)
    cells[: heading.last + 1] = 0
    kept = np.flatnonzero(cells > 1) if (cells > 1).any() else np.flatnonzero(cells)
    columns = zip(heading.names, heading.texts, sheet.columns, strict=True)
    found = {name: (text, column.take(kept)) for name, text, column in columns}
    return {name: column for name, (text, column) in found.items() if text or not column.blank().all()}


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


def has_columns(sheet: RawSheet, mapping: Mapping) -> bool:
    """Return whether a sheet has the columns that the mapping needs, in any order and in any of its first rows."""
    if not sheet.filled.any():
        return False
    heading = heading_with(sheet, mapping)
    has_numbers = not mapping.numbers or bool(numbers_of(sheet, heading, mapping))
    return mapping.names <= set(heading.names) and has_numbers and bool(mapping.names or mapping.numbers)


def heading_with(sheet: RawSheet, mapping: Mapping) -> Heading:
    """Return the headers at the rows of the mapping, or the first that have its columns: other rows of another file."""
    if mapping.heading is None:
        return heading_of(sheet)
    height = mapping.heading[1] - mapping.heading[0]
    there = heading_of(sheet, mapping.heading)
    if mapping.heading == NO_HEADERS:
        return there
    if mapping.names <= set(there.names) and any(there.texts):
        return there
    rows = np.flatnonzero(sheet.filled)[:SEARCH_ROWS].tolist()
    for row in rows:
        heading = heading_at(sheet, row, min(row + height, sheet.rows - 1))
        if mapping.names <= set(heading.names):
            return heading
    return there


def numbers_of(sheet: RawSheet, heading: Heading, mapping: Mapping) -> list[int]:
    """Return the positions of the columns of numbers: those of the mapping, and new ones if they are periods."""
    if not mapping.numbers:
        return []
    named = [at for at, name in enumerate(heading.names) if name in mapping.numbers]
    used = mapping.names
    periods = labels.PERIOD in {one.field for one in mapping.levels}
    new = [
        at
        for at, name in enumerate(heading.names)
        if periods and name not in used and at not in named and any(map(labels.is_period, _texts_over(heading, at)))
    ]
    return sorted({*named, *new})


def _texts_over(heading: Heading, position: int) -> list[str]:
    return [texts[position] for texts in heading.rows_of_texts if texts[position]]
