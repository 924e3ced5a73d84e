"""Counts with years down and months across, or the other way round: each cell is of a month of a year."""

from dataclasses import replace

import numpy as np

from analysis.intake.detect.headers import YEARS
from analysis.intake.detect.split_periods import together
from analysis.intake.layout.cell_types import BLANK, YEAR, types_of
from analysis.intake.layout.labels import ANY_YEAR, PERIOD, is_part_of_year, is_period
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import Table, cleaned, normalised

OF_ROW, OF_COLUMN = "period of the row", "period of the column"
"""Columns of a table with both, until its totals are left out."""
FEWEST_PARTS, MOST_ROWS = 2, 20
MOST_YEARS, LENGTH = 100, 4
"""Maximum number of distinct values of a column of years and totals, and the number of digits of a year."""


def with_years_for_parts(sheet: RawSheet) -> RawSheet:
    """Return the sheet with a year added to the months in its headers, if a column has the years of the rows.

    The year is any: it makes the headers periods. ``part_headers`` of the sheet keeps what they say.
    """
    if not any(_may_have_years(column) for column in sheet.columns):
        return sheet
    for row in np.flatnonzero(sheet.filled)[:MOST_ROWS].tolist():
        texts = [cleaned(text) for text in sheet.row(row)]
        parts = {at: text for at, text in enumerate(texts) if normalised(text) not in YEARS and is_part_of_year(text)}
        if len(parts) < FEWEST_PARTS:
            continue
        beside = [at for at in range(len(texts)) if at not in parts]
        if not any(_has_years(sheet, at, row) for at in beside):
            return sheet
        columns = list(sheet.columns)
        for at, text in parts.items():
            columns[at] = columns[at].with_cells({row: f"{text} {ANY_YEAR}"})
        return replace(sheet, columns=columns, part_headers=parts)
    return sheet


def _may_have_years(column: TextColumn) -> bool:
    """Return whether a column with few distinct values has a year: most sheets have none, which is seen at once."""
    return len(column.values) <= MOST_YEARS and any(len(text) == LENGTH and text.isdecimal() for text in column.values)


def _has_years(sheet: RawSheet, position: int, header: int) -> bool:
    """Return whether a column has nothing but years and totals below the header."""
    below = sheet.columns[position].take(np.arange(header + 1, sheet.rows))
    types = types_of(below)
    others = {cleaned(below.values[code]) for code in np.unique(below.codes[(types != YEAR) & (types != BLANK)])}
    return bool((types == YEAR).any()) and all(map(is_total, others))


def with_crossed_periods(table: Table, labelled: np.ndarray, said: TextColumn | None, sheet: RawSheet) -> Table:
    """Return an unpivoted table with the period of each cell: the month of its row in the year of its column, or so.

    ``said`` are the periods beside the rows ``labelled``. Totals of a row or a column have no period: further columns
    tell of what they are the totals.
    """
    if said is None or PERIOD not in table.origins:
        return table
    rows = said.take(np.searchsorted(labelled, table.rows))
    origin = table.origins[PERIOD]
    over = [cleaned(text) for text in _texts(table.columns[PERIOD])]
    over = [sheet.part_headers.get(at, text) for at, text in zip(origin.positions.tolist(), over, strict=True)]
    beside = [cleaned(text) for text in _texts(rows)]
    unit = normalised(table.headers.get(PERIOD, ""))
    pairs = list(zip(beside, over, strict=True))
    whole = {pair: _period(*pair, unit) for pair in dict.fromkeys(pairs)}
    if None in whole.values():
        return table
    columns = {
        **table.columns,
        PERIOD: _column([whole[pair] or "" for pair in pairs]),
        OF_ROW: _column(beside),
        OF_COLUMN: _column(over),
    }
    headers = {**table.headers, OF_ROW: table.headers.get(PERIOD, "")}
    places = {**table.letters, OF_ROW: table.letters.get(PERIOD, "")}
    return replace(
        table, columns=columns, headers=headers, letters=places, origins={**table.origins, OF_COLUMN: origin}
    )


def without_parts_of_periods(table: Table) -> Table:
    """Return the table without the columns that only its totals need."""
    columns, headers, places, origins = (
        {key: one for key, one in of_table.items() if key not in {OF_ROW, OF_COLUMN}}
        for of_table in (table.columns, table.headers, table.letters, table.origins)
    )
    return replace(table, columns=columns, headers=headers, letters=places, origins=origins)  # type: ignore[arg-type]


def _period(of_row: str, of_column: str, unit: str) -> str | None:
    """Return a month and a year together, nothing for a total, and None for two texts that make no period."""
    if is_total(of_row) or is_total(of_column):
        return ""
    if of_column.isdecimal():
        text = together(of_row, of_column, unit)
        return text if (of_row.isdecimal() or is_part_of_year(of_row)) and is_period(text) else None
    text = f"{of_column} {of_row}"
    return text if of_row.isdecimal() and is_part_of_year(of_column) and is_period(text) else None


def _texts(column: TextColumn) -> list[str]:
    return [column.values[code] for code in column.codes.tolist()]


def _column(texts: list[str]) -> TextColumn:
    values, codes = np.unique(np.array(texts, dtype=object), return_inverse=True)
    return TextColumn(values.tolist(), codes.astype(np.int32))
