"""The cells of a file that get a pseudonym, and the year of birth beside them."""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from analysis.intake.detect.identity_number_columns import NumbersInColumn, numbers_by_column
from analysis.intake.findings.check import N_
from analysis.intake.formats.courses import COURSES
from analysis.intake.sheets import RawSheet, TextColumn, letters, position
from analysis.intake.tables import normalised
from analysis.text.identity_numbers import strength
from analysis.text.pseudonyms import LostDigits, Pseudonyms, birth_year, identity, may_be_id
from analysis.text.strength import Strength

YEAR_HEADER = "Fødselsår"
SPLIT = N_(
    "The date of birth and the last digits of CPR numbers are in two columns. Join them into one column, and run the "
    "command again."
)
LOST_DIGITS = N_(
    "CPR numbers are written as 1.02E+09, without their last digits, so citizens cannot be told apart. Format the "
    "column as a number without decimals in Excel, save the file again from its source, and run the command again."
)


class CannotReplace(Exception):
    """The numbers cannot be replaced. The message is in English; ``where`` is sheet and column."""

    def __init__(self, text: str, where: str = "") -> None:
        super().__init__(text)
        self.where = where


@dataclass
class ChangedColumn:
    """The changes of a column.

    Attributes
    ----------
    position : position of the column, counted from 0.
    first_row : first row below the headers, counted from 0.
    cells : new text by row, counted from 0, with new headers.
    years : year of birth by row.
    """

    position: int
    first_row: int
    cells: dict[int, str] = field(default_factory=dict)
    years: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ChangedSheet:
    """The changes of a sheet, by column, and the number of columns that it has."""

    name: str
    width: int
    columns: list[ChangedColumn]


def changes(sheets: Sequence[RawSheet], named: Collection[str], pseudonyms: Pseudonyms) -> list[ChangedSheet]:
    """Return the changes of each sheet. Raises ``CannotReplace``.

    Parameters
    ----------
    sheets : sheets as read.
    named : columns that the user declares to contain CPR numbers.
    pseudonyms : pseudonyms of the file, to which those of these numbers are added.
    """
    changed = []
    for sheet in sheets:
        found = list(numbers_by_column(sheet, named))
        headers = _new_headers(sheet, found)
        columns = {one.position: _changed(sheet, one, pseudonyms) for one in found}
        for place, row, text in headers:
            columns[place].cells[row] = text
        for place, row, text in _in_faulty_cells(sheet, pseudonyms):
            columns.setdefault(place, ChangedColumn(place, 0)).cells[row] = text
        changed.append(ChangedSheet(sheet.name, len(sheet.columns), list(columns.values())))
    return changed


def unknown_names(sheets: Sequence[RawSheet], named: Collection[str]) -> list[str]:
    """Return the names that mean no column of any sheet."""
    if not named:
        return []
    known = {name for sheet in sheets for one in numbers_by_column(sheet, named) for name in one.names}
    return [name for name in named if name not in known]


def _changed(sheet: RawSheet, found: NumbersInColumn, pseudonyms: Pseudonyms) -> ChangedColumn:
    column = sheet.columns[found.position]
    where = f"{sheet.name}!{letters(found.position)}" if sheet.name else letters(found.position)
    if found.is_rest:
        raise CannotReplace(SPLIT, where)
    changed = ChangedColumn(found.position, found.first_row)
    try:
        texts = {code: pseudonyms.of_cell(column.values[code]) for code in _codes(column, found)}
    except LostDigits as error:
        raise CannotReplace(LOST_DIGITS, where) from error
    years = {code: _year(column.values[code]) for code in texts}
    below = np.arange(len(column)) >= found.first_row
    for row in np.flatnonzero(np.isin(column.codes, list(texts))).tolist():
        code = int(column.codes[row])
        if below[row] or code in found.codes:
            changed.cells[row] = texts[code]
            if (year := years[code]) is not None:
                changed.years[row] = year
    return changed


def _codes(column: TextColumn, found: NumbersInColumn) -> list[int]:
    """Return the codes of the values to replace: apparent numbers, and in a column of ids all ids."""
    if not found.has_ids:
        return sorted(found.codes)
    below = set(np.unique(column.codes[found.first_row :]).tolist())
    ids = {code for code in below if may_be_id(column.values[code])}
    return sorted(found.codes | ids)


def _year(text: str) -> int | None:
    number = identity(text)
    return birth_year(number, dt.date.today().year) if number else None


def _new_headers(sheet: RawSheet, found: Sequence[NumbersInColumn]) -> list[tuple[int, int, str]]:
    """Return position, row and text of the headers in place of those that name CPR numbers."""
    citizen = next(column for column in COURSES.columns if column.key == "citizen").names["da"]
    taken = Counter(normalised(value) for column in sheet.columns for value in column.values)
    new = []
    for one in found:
        for row in one.header_rows:
            taken[normalised(citizen)] += 1
            number = taken[normalised(citizen)]
            new.append((one.position, row, citizen if number == 1 else f"{citizen} {number}"))
    return new


def _in_faulty_cells(sheet: RawSheet, pseudonyms: Pseudonyms) -> list[tuple[int, int, str]]:
    """Return position, row and text of numbers in cells with an error or an impossible date."""
    found = [
        (position(place), row - 1, held) for place, row, held in sheet.errors if strength(held) >= Strength.GROUPED
    ]
    return [(place, row, pseudonyms.of_cell(held)) for place, row, held in found]
