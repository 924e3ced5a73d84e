"""Columns that no table of a sheet reads: texts beside a table, and what the format has no place for."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analysis.intake.sheets import RawSheet, position
from analysis.intake.tables import Table, cleaned

MOST_VALUES = 12
"""Maximum number of distinct values of a column that is looked at."""


@dataclass(frozen=True)
class Beside:
    """The values of a column that no table reads. ``header`` is empty for a text beside the table."""

    header: str
    values: tuple[str, ...]
    rows: tuple[int, ...]
    position: int

    @property
    def texts(self) -> list[str]:
        return [f"{self.header}: {value}" if self.header else value for value in self.values]

    @property
    def is_of_all(self) -> bool:
        """Whether it says the same of all rows, or is a text beside the table."""
        return not self.header or len(self.values) == 1


def columns_beside(sheet: RawSheet, tables: Iterable[Table]) -> list[Beside]:
    """Return the columns with few texts that no table of the sheet reads."""
    own = [table for table in tables if table.sheet == sheet.name and len(table.rows)]
    if not own:
        return []
    read = {position(place) for table in own for place in table.letters.values()}
    read |= {at for table in own for origin in table.origins.values() for at in origin.positions.tolist()}
    rows = np.unique(np.concatenate([table.rows for table in own]))
    found = []
    for at, column in enumerate(sheet.columns):
        if at in read:
            continue
        below = column.take(rows - 1)
        values = tuple(text for code in below.row_counts() if (text := cleaned(below.values[code])))
        if 0 < len(values) <= MOST_VALUES and any(any(map(str.isalnum, text)) for text in values):
            header = next((text for row in range(int(rows[0]) - 2, -1, -1) if (text := cleaned(column.at(row)))), "")
            found.append(Beside(header, values, tuple(rows[~below.blank()].tolist()), at))
    return found
