"""Rough types of cells, to tell headers from data before their meaning is known."""

import re

import numpy as np

from analysis.intake.sheets import DATES, NUMBERS, RawSheet, TextColumn
from analysis.intake.values.numbers import is_suppressed

BLANK, TEXT, NUMBER, YEAR, DAY, MARK = range(6)
"""Types of cells. A year is a whole number from 1980 to 2099; a mark replaces a suppressed number."""

_NUMBER = re.compile(
    r"[-+]?\d{1,3}(?:[ .,\u00a0]\d{3})*(?:[.,]\d+)? ?%?|[-+]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)? ?%?", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19[89]|20\d)\d")
_TIME = r"[ ,]{1,2}(?:kl\.? ?)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
_DAY = re.compile(
    rf"\d{{1,2}}[-./]\d{{1,2}}[-./](?:\d{{4}}|\d{{2}})(?:{_TIME})?|\d{{4}}-\d{{2}}-\d{{2}}(?:[ T].*)?", re.IGNORECASE
)
LONGEST = 40


def types_of(column: TextColumn) -> np.ndarray:
    """Return the type of every cell of a column. Some rows of a long column have few of its values."""
    present, places = np.unique(column.codes, return_inverse=True)
    found = [_type(column.values[code].strip(), column.kind(code)) for code in present.tolist()]
    return np.array(found, dtype=np.int8)[places]


def cell_type(column: TextColumn, row: int) -> int:
    """Return the type of one cell; the row is counted from 0."""
    code = int(column.codes[row])
    return _type(column.values[code].strip(), column.kind(code))


def _type(text: str, kind: str) -> int:
    if not text:
        return BLANK
    if kind in DATES:
        return YEAR if kind == "y" else DAY
    if len(text) > LONGEST:
        return TEXT
    if _YEAR.fullmatch(text):
        return YEAR
    if kind in NUMBERS or _NUMBER.fullmatch(text):
        return NUMBER
    if _DAY.fullmatch(text):
        return DAY
    return MARK if is_suppressed(text) else TEXT


def grid(sheet: RawSheet, rows: np.ndarray) -> np.ndarray:
    """Return the types of the cells in these rows, a row of the array for each row of the sheet."""
    if not sheet.columns:
        return np.zeros((len(rows), 0), dtype=np.int8)
    return np.column_stack([types_of(column.take(rows)) for column in sheet.columns])
