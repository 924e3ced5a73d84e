"""Raw sheets of a file: columns of text before any interpretation."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

DATE_SHOWN_OTHERWISE = "q"
"""The kind of a date that its format displays as something else: with digits of its own, or as two years."""
DATES = "dym" + DATE_SHOWN_OTHERWISE
"""The kinds of date values: full date, year, or month and year, or something else."""
SHOWN_OTHERWISE = "p"
"""The kind of a number that its format displays with other digits, with a sign or as a multiple."""
PERCENTAGE = "%"
"""The kind of a number that its format displays as a percentage: 0.5 as 50%."""
NUMBERS = "n" + SHOWN_OTHERWISE + PERCENTAGE


@dataclass(frozen=True)
class TextColumn:
    """One column of a sheet: the distinct values as text, and for each row the code of its value.

    Attributes
    ----------
    values : distinct values.
    codes : index into ``values`` for each row.
    kinds : one letter for each value: t text, n number, b boolean, d date, y date displayed as a year, m date
        displayed as month and year, q date displayed as something else, p number displayed as another number,
        % number displayed as a percentage, u value of a text file.
    date_1904 : whether the workbook counts its days from 1904.
    """

    values: list[str]
    codes: np.ndarray
    kinds: str = ""
    date_1904: bool = False

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, row: int) -> str:
        return self.values[self.codes[row]]

    def kind(self, code: int) -> str:
        return self.kinds[code] if code < len(self.kinds) else "u"

    def day(self, code: int) -> dt.date | None:
        """Return the date in a cell that Excel holds as a date; None for any other value."""
        text = self.values[code]
        if self.kind(code) not in DATES or len(text) != len("2015-03-12"):
            return None
        return dt.date.fromisoformat(text)

    def present(self) -> np.ndarray:
        """Return the codes of the values that occur in a row."""
        return np.flatnonzero(np.bincount(self.codes, minlength=len(self.values)))

    def row_counts(self) -> dict[int, int]:
        """Return the number of rows of each value that occurs, by code."""
        rows = np.bincount(self.codes, minlength=len(self.values))
        return {code: int(rows[code]) for code in np.flatnonzero(rows).tolist()}

    def take(self, rows: np.ndarray) -> "TextColumn":
        return replace(self, codes=self.codes[rows])

    def replaced(self, meanings: dict[str, str]) -> "TextColumn":
        """Return a copy with other texts for some values. Replaced values get the kind of typed text."""
        if not meanings:
            return self
        values = [meanings.get(value, value) for value in self.values]
        kinds = "".join("u" if value in meanings else self.kind(code) for code, value in enumerate(self.values))
        return replace(self, values=values, kinds=kinds)

    def with_cells(self, texts: dict[int, str]) -> "TextColumn":
        """Return a copy with other texts in some rows, counted from 0."""
        if not texts:
            return self
        added = {text: code for code, text in enumerate(dict.fromkeys(texts.values()), start=len(self.values))}
        codes = self.codes.copy()
        codes[list(texts)] = [added[text] for text in texts.values()]
        kinds = "".join(self.kind(code) for code in range(len(self.values))) + "u" * len(added)
        return replace(self, values=[*self.values, *added], codes=codes, kinds=kinds)

    def emptied(self, rows: np.ndarray) -> "TextColumn":
        """Return a copy that is blank in the rows of the mask."""
        kinds = "".join(self.kind(code) for code in range(len(self.values))) + "u"
        return replace(self, values=[*self.values, ""], codes=np.where(rows, len(self.values), self.codes), kinds=kinds)

    def filled_down(self, rows: np.ndarray) -> "TextColumn":
        """Return a copy in which a blank cell has the value of the last filled cell above, in the rows of the mask."""
        filled = np.maximum.accumulate(np.where(self.blank(), 0, np.arange(len(self))))
        return replace(self, codes=np.where(rows, self.codes[filled], self.codes)) if len(self) else self

    def shown_as(self, kind: str, rows: np.ndarray) -> "TextColumn":
        """Return a copy with another kind for the dates or numbers in these rows, counted from 0."""
        others = NUMBERS if kind in NUMBERS else DATES
        changing = np.array([self.kind(code) in others for code in range(len(self.values))], dtype=bool)
        here = rows[changing[self.codes[rows]]]
        known, which = np.unique(self.codes[here], return_inverse=True)
        codes = self.codes.copy()
        codes[here] = len(self.values) + which
        kinds = "".join(self.kind(code) for code in range(len(self.values))) + kind * len(known)
        return TextColumn([*self.values, *(self.values[code] for code in known.tolist())], codes, kinds, self.date_1904)

    def blank(self) -> np.ndarray:
        """Return a mask of the blank rows."""
        return self._blank_values[self.codes]

    @cached_property
    def _blank_values(self) -> np.ndarray:
        return np.array([not value or value.isspace() for value in self.values], dtype=bool)


@dataclass(frozen=True)
class Block:
    """A block of merged cells: first and last row from 1, first and last column from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True)
class RawSheet:
    """A sheet as read: all columns from A, all rows from 1, and the metadata that its values do not contain.

    Attributes
    ----------
    errors : cells with a formula error or an impossible date, as letters, row and content.
    uncomputed : formulas without a stored value, as letters and row.
    left_out : rows that the user leaves out.
    answers : answers of the user to the questions of the checks.
    part_headers : headers by column that name a part of a year, to which any year is added so that they are periods.
    """

    name: str
    columns: list[TextColumn]
    rows: int
    errors: list[tuple[str, int, str]] = field(default_factory=list)
    uncomputed: list[tuple[str, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[Block, ...] = ()
    left_out: frozenset[int] = frozenset()
    answers: Mapping[str, str] = field(default_factory=dict)
    part_headers: Mapping[int, str] = field(default_factory=dict)

    def row(self, number: int) -> list[str]:
        """Return the texts of a row, counted from 0."""
        return [column.at(number) for column in self.columns]

    @cached_property
    def filled(self) -> np.ndarray:
        """Return a mask of the rows with any value."""
        found = np.zeros(self.rows, dtype=bool)
        for column in self.columns:
            found |= ~column.blank()
        return found


def constant(text: str, rows: int) -> TextColumn:
    """Return a column with the same text in every row."""
    return TextColumn([text], np.zeros(rows, dtype=np.int32))


def concatenated(columns: Sequence[TextColumn]) -> TextColumn:
    """Return one column with the rows of all."""
    known: dict[tuple[str, str], int] = {}
    codes = []
    for column in columns:
        pairs = [(value, column.kind(code)) for code, value in enumerate(column.values)]
        codes.append(np.array([known.setdefault(pair, len(known)) for pair in pairs], dtype=np.int32)[column.codes])
    kinds = "".join(kind for _, kind in known)
    return TextColumn(
        [value for value, _ in known],
        np.concatenate(codes),
        kinds,
        any(column.date_1904 for column in columns),
    )


def letters(position: int) -> str:
    """Return the spreadsheet letters of a column, counted from 0: A, B, …, Z, AA, …"""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name


def position(name: str) -> int:
    """Return the position of a column, counted from 0, by its letters."""
    number = 0
    for letter in name:
        number = 26 * number + ord(letter) - 64
    return number - 1


def block(cells: str) -> Block:
    """Parse a range of merged cells, such as ``A3:B5``."""
    (first, top), (last, bottom) = (_place(cell) for cell in cells.split(":"))
    return Block(top, bottom, first, last)


def _place(cell: str) -> tuple[int, int]:
    name, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
    return position(name), int(row)
