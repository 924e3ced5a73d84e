"""Header rows of a table: the texts over every column, with those in merged cells over several columns."""

import numpy as np

from analysis.intake.layout.heading import Heading
from analysis.intake.layout.session_headers import with_days_below_months
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned


def heading_at(sheet: RawSheet, first: int, last: int) -> Heading:
    """Return the headers in these rows, counted from 0."""
    return heading_of_rows(sheet, [row for row in range(first, last + 1) if sheet.filled[row]] or [first])


def heading_of_rows(sheet: RawSheet, rows: list[int]) -> Heading:
    levels = []
    for number, row in enumerate(rows):
        texts = [cleaned(text) for text in sheet.row(row)]
        levels.append(texts if number == len(rows) - 1 else texts_over_columns(sheet, row, texts, rows[-1]))
    levels = with_days_below_months(levels)
    joined = [" ".join(dict.fromkeys(text for text in parts if text)) for parts in zip(*levels, strict=True)]
    return Heading(rows[0], rows[-1], joined, tuple(levels))


def texts_over_columns(sheet: RawSheet, row: int, texts: list[str], last: int) -> list[str]:
    """Repeat a text over the columns that it stands over: its merged cells, or up to the next text."""
    ends = {}
    for one in sheet.merged:
        if one.first_row - 1 == row and one.last_column > one.first_column:
            ends[one.first_column] = one.last_column
    below = sheet.row(last)
    current, until = "", len(texts)
    for at, text in enumerate(texts):
        if text:
            current, until = text, ends.get(at, len(texts))
        texts[at] = text or (current if at <= until and below[at].strip() else "")
    return texts


def filled_columns(sheet: RawSheet, rows: np.ndarray) -> list[int]:
    """Return the columns with any value in these rows."""
    return [at for at, column in enumerate(sheet.columns) if not column.take(rows).blank().all()]


def distinct_values(sheet: RawSheet, position: int, rows: np.ndarray) -> list[str]:
    """Return the distinct texts of a column in these rows."""
    column = sheet.columns[position].take(rows)
    return [column.values[code] for code in column.row_counts()]
