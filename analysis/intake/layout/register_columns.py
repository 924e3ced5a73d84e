"""Find the sessions of an attendance register: a column for each date, over marks for who came."""

import numpy as np

from analysis.intake.layout.cell_types import BLANK, DAY, types_of
from analysis.intake.layout.header_rows import distinct_values, filled_columns, texts_over_columns
from analysis.intake.layout.labels import fields_of
from analysis.intake.layout.session_headers import is_day_below_month, session_header
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.session_sums import is_sum
from analysis.intake.lexicon.total_words import LONGEST
from analysis.intake.parsing.attendance import is_present
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned

FEWEST_DAYS = 3
"""Minimum number of dates in the headers of an attendance register."""
MOST_DAYS = 10
"""Of so many cells below the dates, at most one is a date itself: otherwise the row of dates is no header."""
MOST_MARKS, LONGEST_MARK = 12, 20


def session_row(sheet: RawSheet, rows: np.ndarray, types: np.ndarray) -> tuple[int, list[int]]:
    """Return the header row with sessions that are texts, such as “5. jan” or “uge 12”, and their columns.

    The row is a position in ``rows``. There must be marks of attendance below.
    """
    above = [""] * len(sheet.columns)
    for number, row in enumerate(rows.tolist()[:-1]):
        texts = [cleaned(text) for text in sheet.row(row)]
        worded = [
            at
            for at, text in enumerate(texts)
            if session_header(text) is not None or is_day_below_month(text, above[at])
        ]
        columns = sorted({*worded, *np.flatnonzero(types[number] == DAY).tolist()})
        if worded and len(columns) >= FEWEST_DAYS and _has_marks(sheet, columns, rows[number + 1 :]):
            return number, columns
        above = texts_over_columns(sheet, row, texts, int(rows[number + 1]))
    return 0, []


def _has_marks(sheet: RawSheet, columns: list[int], rows: np.ndarray) -> bool:
    """Return whether most of the values of these columns say that a citizen came or stayed away."""
    marks = {cleaned(value) for at in columns for value in distinct_values(sheet, at, rows)} - {""}
    are_counts = any(mark.isdecimal() and mark not in {"0", "1"} for mark in marks)
    return bool(marks) and not are_counts and 3 * sum(is_present(mark) is not None for mark in marks) >= 2 * len(marks)


def register_columns(sheet: RawSheet, days: list[int], data: np.ndarray, known: ReferenceData) -> list[int]:
    """Return the columns of an attendance register: dates over short marks, in rows of one citizen each."""
    if len(days) < FEWEST_DAYS:
        return []
    data = _without_sums(sheet, days, data)
    marks = {cleaned(value).casefold() for at in days for value in distinct_values(sheet, at, data)} - {""}
    if not marks or len(marks) > MOST_MARKS or any(len(mark) > LONGEST_MARK for mark in marks):
        return []
    if any(mark.isdecimal() and mark not in {"0", "1"} for mark in marks) and all(map(str.isdecimal, marks)):
        return []
    below = np.concatenate([types_of(sheet.columns[at].take(data)) for at in days])
    if MOST_DAYS * (below == DAY).sum() > (below != BLANK).sum():
        return []
    has_words = not marks <= {"0", "1"}
    beside = [at for at in filled_columns(sheet, data) if at not in days]
    return days if has_words or any(_tells_citizens_apart(sheet, at, data, known) for at in beside) else []


def _without_sums(sheet: RawSheet, days: list[int], rows: np.ndarray) -> np.ndarray:
    """Return the rows without those whose label says that they sum up the sessions, unless all do."""
    sums = np.zeros(len(rows), dtype=bool)
    for at in (at for at in filled_columns(sheet, rows) if at not in days):
        column = sheet.columns[at].take(rows)
        said = {
            code for code in column.row_counts() if len(column.values[code]) < LONGEST and is_sum(column.values[code])
        }
        sums |= np.isin(column.codes, list(said))
    return rows if sums.all() else rows[~sums]


def _tells_citizens_apart(sheet: RawSheet, position: int, rows: np.ndarray, known: ReferenceData) -> bool:
    """Return whether each row has a text of its own that is no group, place, stage or period."""
    texts = [cleaned(text) for text in distinct_values(sheet, position, rows)]
    return len(texts) == len(rows) and not any(fields_of(text, known) for text in texts)
