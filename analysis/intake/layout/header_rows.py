"""Header rows of a table: the texts over every column, with those in merged cells over several columns."""

import re

import numpy as np

from analysis.intake.layout.cell_types import NUMBER, cell_type
from analysis.intake.layout.heading import NO_HEADERS, Heading
from analysis.intake.layout.labels import (
    MUNICIPALITY,
    OVER_NUMBERS,
    fields_of,
    header_words,
)
from analysis.intake.layout.session_headers import with_days_below_months
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned, normalised

PAIR = 2
LABELS = OVER_NUMBERS | {MUNICIPALITY}
"""Fields of texts that stand over columns of numbers, or beside them."""
_SUMMED = re.compile(r"(?:sum|antal|antall|count|number) (?:af|av|of) |summa(?: av|/)? ")


def heading_at(sheet: RawSheet, first: int, last: int) -> Heading:
    """Return the headers in these rows, counted from 0; ``NO_HEADERS`` for a table without."""
    if (first, last) == NO_HEADERS:
        return Heading(*NO_HEADERS, [""] * len(sheet.columns))
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
    """Repeat a text over the columns that it stands over: merged cells, a block of columns, or up to the next text.

    Headers that come again and again below are blocks. A text may stand over the middle of its block.
    """
    ends = {}
    for one in sheet.merged:
        if one.first_row - 1 == row and one.last_column > one.first_column:
            ends[one.first_column] = one.last_column
    below = sheet.row(last)
    blocks = [] if ends else _repeated_blocks([normalised(text) for text in below])
    within = [[text for text in texts[block.start : block.stop] if text] for block in blocks]
    if blocks and all(len(found) == 1 for found in within):
        for block, (text,) in zip(blocks, within, strict=True):
            texts[block.start : block.stop] = [text] * len(block)
        return texts
    current, until = "", len(texts)
    for at, text in enumerate(texts):
        if text:
            current, until = text, ends.get(at, len(texts))
        texts[at] = text or (current if at <= until and below[at].strip() else "")
    return texts


def _repeated_blocks(texts: list[str]) -> list[range]:
    """Return the columns of each block of the same headers, such as “Invited | Participated”; none if none repeat."""
    first = next((at for at, text in enumerate(texts) if text and texts.count(text) > 1), None)
    if first is None:
        return []
    size = texts.index(texts[first], first + 1) - first
    last = max(at for at, text in enumerate(texts) if text) + 1
    one = texts[first : first + size]
    blocks = [range(at, at + size) for at in range(first, last, size)]
    are_same = all(texts[block.start : block.stop] == one for block in blocks)
    return blocks if size > 1 and are_same and len(blocks) > 1 else []


def filled_columns(sheet: RawSheet, rows: np.ndarray) -> list[int]:
    """Return the columns with any value in these rows."""
    return [at for at, column in enumerate(sheet.columns) if not column.take(rows).blank().all()]


def distinct_values(sheet: RawSheet, position: int, rows: np.ndarray) -> list[str]:
    """Return the distinct texts of a column in these rows."""
    column = sheet.columns[position].take(rows)
    return [column.values[code] for code in column.row_counts()]


def own_headers(sheet: RawSheet, rows: list[int], data: int, known: ReferenceData) -> list[int]:
    """Return the header rows, without rows of data below them and rows above them that say other things.

    The label column has its header in one row: in that with the most texts, if several have a text there. Rows below
    it with a text there are data, also without numbers. Rows of two texts above it, the first no header, say something
    of the whole table. ``data`` is the first row with numbers.
    """
    leftmost = next((at for at, text in enumerate(sheet.row(data)) if text.strip()), 0)
    named = [row for row in rows if sheet.row(row)[leftmost].strip()]
    if len(named) < PAIR or cell_type(sheet.columns[leftmost], data) == NUMBER:
        return rows
    base = max(named, key=lambda row: (len(_texts(sheet, row)), -row))
    below = [row for row in named if row > base]
    kept = rows[: rows.index(below[0])] if below else rows
    aside = [row for row in named if row < base and _says_other_things(_texts(sheet, row), known)]
    return [row for row in kept if row > max(aside, default=-1)]


def _texts(sheet: RawSheet, row: int) -> list[str]:
    return [cleaned(text) for text in sheet.row(row) if text.strip()]


def _says_other_things(texts: list[str], known: ReferenceData) -> bool:
    """Return whether a row has two texts, of which the first is no header and no label of a table.

    In a pivot table it says what is summed up, and the second names the columns: “Sum of Number” and “Sex”.
    """
    if len(texts) != PAIR:
        return False
    if _SUMMED.match(normalised(texts[0])):
        return not LABELS & {*fields_of(texts[1], known)}
    return texts[0].endswith(":") or not (normalised(texts[0]) in header_words() or fields_of(texts[0], known))
