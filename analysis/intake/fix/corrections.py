"""Corrections by a user before a file is stored: cells, repeated values, omitted rows, added groups."""

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np

from analysis.intake.parsing.questions import lasting
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import COUNTED, Reason, Table, cleaned, normalised
from analysis.intake.values.dates import NotADate, OutOfBounds, day

SEARCH_ROWS = 20
"""Number of filled rows in which a header is looked for."""


@dataclass(frozen=True)
class AddedGroup:
    """A group that a user adds to a dimension; ``rank`` 1 is the least advantaged."""

    dimension: str
    group: str
    rank: int | None = None


@dataclass(frozen=True)
class AddedDimension:
    """A dimension that a user adds; its groups have an order, or each text in the file is a group."""

    name: str
    ordered: bool = False


@dataclass(frozen=True)
class Corrections:
    """Changes to a file as read.

    Attributes
    ----------
    cells : new text by sheet, column letters and row.
    values : replacement of each value in a whole column, by sheet and column letters.
    headers : header of each column with replaced values in the file they were saved with; it may stand elsewhere now.
    left_out : rows of each sheet that are not stored.
    left_out_columns : sheet and letters of headers over numbers; the numbers below them are not stored.
    groups : groups that the user adds to dimensions.
    dimensions : dimensions that the user adds.
    places : texts that the user keeps as places, beside the municipalities.
    answers : the user's answers to the questions of the checks.
    constants : values that the user states for all rows of tables that lack the column, by column key.
    sheets : names of the sheets that are read; none for all.
    """

    cells: dict[tuple[str, str, int], str] = field(default_factory=dict)
    values: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    headers: dict[tuple[str, str], str] = field(default_factory=dict)
    left_out: dict[str, frozenset[int]] = field(default_factory=dict)
    groups: tuple[AddedGroup, ...] = ()
    dimensions: tuple[AddedDimension, ...] = ()
    places: tuple[str, ...] = ()
    left_out_columns: tuple[tuple[str, str], ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()

    def without_rows(self) -> "Corrections":
        """Return the corrections that also apply to the next file of the same kind."""
        values = {
            place: {value: text for value, text in meant.items() if not _is_of_one_file(value, text)}
            for place, meant in self.values.items()
        }
        values = {place: meant for place, meant in values.items() if meant}
        answers = lasting(self.answers)
        return replace(self, values=values, answers=answers, cells={}, left_out={}, left_out_columns=(), sheets=())


_PERIOD = re.compile(r"(?:19|20)\d\d(?:[ -]?[KkQqWw/-].*)?")


def without_columns(tables: list[Table], corrections: Corrections) -> list[Table]:
    """Return the tables without the numbers below the headers that the user left out."""
    places = set(corrections.left_out_columns)
    return [_without_columns(table, places) for table in tables] if places else tables


def _without_columns(table: Table, places: set[tuple[str, str]]) -> Table:
    mask = np.zeros(len(table.rows), dtype=bool)
    for key, origin in table.origins.items():
        if key not in COUNTED:
            own = [at for at in origin.headers if (origin.sheet or table.sheet, letters(at)) in places]
            mask |= np.isin(origin.positions, own)
    return table.without(mask, Reason.PERSON)


def _is_of_one_file(value: str, text: str) -> bool:
    """Return whether a text replaces a value once: a date or period in place of a text that names no year."""
    if re.search(r"(?:19|20)\d\d", value):
        return False
    with suppress(NotADate, OutOfBounds):
        day(text)
        return True
    return _PERIOD.fullmatch(text) is not None


def corrected(reading: Reading, corrections: Corrections) -> Reading:
    """Apply the corrections to the sheets of a file."""
    return replace(reading, sheets=[_corrected_column(sheet, corrections) for sheet in reading.sheets])


def placed(corrections: Corrections, reading: Reading) -> Corrections:
    """Return saved corrections with the replacements at the columns where their headers stand in this file."""
    values: dict[tuple[str, str], dict[str, str]] = {}
    for (name, place), meant in corrections.values.items():
        header = corrections.headers.get((name, place), "")
        named = [sheet for sheet in reading.sheets if sheet.name == name]
        found = [(sheet.name, _place_of(sheet, header, place)) for sheet in named or reading.sheets] if header else []
        for where in found or [(name, place)]:
            values[where] = {**values.get(where, {}), **meant}
    return replace(corrections, values=values, headers={})


def _place_of(sheet: RawSheet, header: str, place: str) -> str:
    """Return the letters of the column with a header among its first cells; the place it had if it has none here."""
    rows = np.flatnonzero(sheet.filled)[:SEARCH_ROWS].tolist()
    places = [
        letters(at)
        for at, column in enumerate(sheet.columns)
        if any(normalised(column.at(row)) == header for row in rows)
    ]
    return places[0] if places and place not in places else place


def _corrected_column(sheet: RawSheet, corrections: Corrections) -> RawSheet:
    columns = []
    changed: set[tuple[str, int]] = set()
    for position, column in enumerate(sheet.columns):
        place = letters(position)
        typed = {
            row - 1: text
            for (name, where, row), text in corrections.cells.items()
            if (name, where) == (sheet.name, place) and 0 < row <= sheet.rows
        }
        changed |= {(place, row + 1) for row in typed}
        meant = corrections.values.get((sheet.name, place), {})
        meant = {value: text for value, text in meant.items() if text.strip()}  # A blank replacement is ignored.
        if meant:
            meant = {value: meant[cleaned(value)] for value in column.values if cleaned(value) in meant}
        columns.append(column.replaced(meant).with_cells(typed))
    return replace(
        sheet,
        columns=columns,
        errors=[error for error in sheet.errors if error[:2] not in changed],
        uncomputed=[place for place in sheet.uncomputed if place not in changed],
        left_out=corrections.left_out.get(sheet.name, frozenset()),
        answers=corrections.answers,
    )
