"""Sheets as they stand in a file: columns of text, before anything is understood."""

from dataclasses import dataclass, field

import numpy as np


@dataclass(frozen=True)
class TextColumn:
    """One column of a sheet: the distinct values as text, and for each row which of them stands there."""

    values: list[str]
    codes: np.ndarray

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, row: int) -> str:
        return self.values[self.codes[row]]

    def take(self, rows: np.ndarray) -> "TextColumn":
        return TextColumn(self.values, self.codes[rows])


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it stands: every column from A, every row from 1, and the cells that hold a formula's error."""

    name: str
    columns: list[TextColumn]
    rows: int
    errors: list[tuple[str, int, str]] = field(default_factory=list)

    def row(self, number: int) -> list[str]:
        """The texts of a row, counted from 0."""
        return [column.at(number) for column in self.columns]
