"""Find the tables of a sheet, below and beside each other, each with its title and its headers."""

from dataclasses import replace

import numpy as np

from analysis.intake.layout.cell_types import BLANK, MARK, NUMBER, TEXT, YEAR, grid
from analysis.intake.layout.labels import OVER_NUMBERS, fields_of, header_words
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import normalised

MOST_TABLES = 200
MOST_STARTS = 2_000
"""Maximum number of parts of a sheet after empty rows that are looked at for headers."""
AHEAD = 6
"""Number of rows below a possible header that are looked at."""


def tables_on(sheet: RawSheet, known: ReferenceData, header: int | None = None) -> list[RawSheet]:
    """Return one sheet for each table, with all other rows empty; the sheet itself if it has a single table.

    ``header`` is the first header row, counted from 0, if the user has chosen it.
    """
    if len(beside := _beside_each_other(sheet)) > 1:
        return [part for one in beside for part in tables_on(one, known, header)]
    starts = _starts(sheet, known, header)
    if len(starts) < 2:
        return [sheet]
    ends = [*starts[1:], sheet.rows]
    return [only_rows(sheet, first, last) for first, last in zip([0, *starts[1:]], ends, strict=True)]


def _beside_each_other(sheet: RawSheet) -> list[RawSheet]:
    """Return one sheet for each table beside the first that has the same headers in the same row."""
    blank = np.array([column.blank().all() for column in sheet.columns], dtype=bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[True], blank, [True]])))
    spans = [(first, last) for first, last in edges.reshape(-1, 2).tolist() if last - first > 1]
    if len(spans) < 2:
        return []
    for row in np.flatnonzero(sheet.filled)[:AHEAD].tolist():
        texts = [[text for place, text in _texts(sheet, row).items() if first <= place < last] for first, last in spans]
        if len(texts[0]) > 1 and all(one[:1] == texts[0][:1] and len({*one} & {*texts[0]}) > 1 for one in texts[1:]):
            return [_only_columns(sheet, first, last) for first, last in spans]
    return []


def _only_columns(sheet: RawSheet, first: int, last: int) -> RawSheet:
    """Return the sheet with the columns outside of these empty. Columns keep their places."""
    everything = np.ones(sheet.rows, dtype=bool)
    columns = [column if first <= at < last else column.emptied(everything) for at, column in enumerate(sheet.columns)]
    merged = tuple(one for one in sheet.merged if first <= one.first_column < last)
    return replace(sheet, columns=columns, merged=merged)


def only_rows(sheet: RawSheet, first: int, last: int) -> RawSheet:
    """Return the sheet with the rows outside of these empty. Rows keep their numbers."""
    outside = np.ones(sheet.rows, dtype=bool)
    outside[first:last] = False
    merged = tuple(one for one in sheet.merged if first < one.first_row <= last)
    return replace(sheet, columns=[column.emptied(outside) for column in sheet.columns], merged=merged)


def _starts(sheet: RawSheet, known: ReferenceData, header: int | None) -> list[int]:
    """Return the first row of every table: of its title, or of its headers."""
    filled = sheet.filled
    parts = np.flatnonzero(filled & ~np.concatenate([[False], filled[:-1]]))[:MOST_STARTS].tolist()
    header = _named(sheet, parts, known) if header is None else header
    if header is None:
        rows = (_header_below(sheet, part, [], known) for part in parts)
        header = next((row for row in rows if row is not None), None)
    if header is None:
        header = _fullest(sheet, parts)
    if header is None:
        return []
    headers = [_texts(sheet, header)]
    again = _repetitions(sheet, header)
    starts = {0: header}
    for part in sorted({*(part for part in parts if part > header), *again}):
        found = part if part in again else _header_below(sheet, part, headers, known)
        if found is None or found in starts.values():
            continue
        headers.append(_texts(sheet, found))
        starts[_with_titles(sheet, part, max(starts.values()))] = found
    return list(starts)[:MOST_TABLES]


def _named(sheet: RawSheet, parts: list[int], known: ReferenceData) -> int | None:
    """Return the first row at the top of the sheet with two or more headers.

    A group, a stage or a period is a header only above numbers: rows of data name them too.
    """
    for part in parts[:AHEAD]:
        for row in range(part, min(part + AHEAD, sheet.rows)):
            texts = _texts(sheet, row)
            is_record = NUMBER in grid(sheet, np.array([row])) and any(
                len(_texts(sheet, above)) > 1 for above in range(part, row)
            )
            if is_record:  # A row of data below the headers.
                continue
            below = grid(sheet, np.arange(row + 1, min(row + 3, sheet.rows)))
            numbers = np.asarray(np.isin(below, (NUMBER, MARK)).any(axis=0))
            named = [
                at for at, text in texts.items() if text in header_words() or (numbers[at] and _is_header(text, known))
            ]
            if len(named) > 1:
                return row
    return None


def _fullest(sheet: RawSheet, parts: list[int]) -> int | None:
    """Return the first of the rows with the most texts at the top of the sheet."""
    rows = [row for part in parts[:2] for row in range(part, min(part + AHEAD, sheet.rows))]
    texts = [len(_texts(sheet, row)) for row in rows]
    return rows[texts.index(max(texts))] if texts and max(texts) > 1 else None


def _repetitions(sheet: RawSheet, header: int) -> set[int]:
    """Return the rows below a header row that have two or more of its texts in the same columns."""
    same = np.zeros(sheet.rows, dtype=np.int32)
    for column in sheet.columns:
        if column.at(header).strip():
            same += column.codes == column.codes[header]
    same[: header + 1] = 0
    named = len(_texts(sheet, header))
    return set(np.flatnonzero(same > max(1, named // 2))[:MOST_TABLES].tolist())


def _header_below(sheet: RawSheet, first: int, earlier: list[dict[int, str]], known: ReferenceData) -> int | None:
    """Return the header row of a part of the sheet: texts over numbers, or the headers of an earlier table again."""
    rows = np.arange(first, min(first + AHEAD, sheet.rows))
    types = grid(sheet, rows)
    for number, row in enumerate(rows.tolist()):
        if not (types[number] != BLANK).any():
            return None
        texts = _texts(sheet, row)
        if len(texts) < 2:
            continue
        if any(sum(one.get(place) == text for place, text in texts.items()) > 1 for one in earlier):
            return row
        here, below = types[number], types[number + 1 : number + 3]
        named = (here == TEXT) | (here == YEAR)
        if not len(below) or (here == NUMBER).any() or (here == MARK).any() or named.sum() < 2:
            continue
        over_numbers = named & np.isin(below, (NUMBER, MARK)).any(axis=0)
        if not earlier and over_numbers.any() and (here == TEXT).any():
            return row
        if earlier and over_numbers.sum() > 1 and sum(_is_header(text, known) for text in texts.values()) > 1:
            return row
    return None


def _is_header(text: str, known: ReferenceData) -> bool:
    """Return whether a text is a header of the format, or names a stage, a group or a period."""
    return text in header_words() or bool(OVER_NUMBERS & set(fields_of(text, known)))


def _texts(sheet: RawSheet, row: int) -> dict[int, str]:
    texts = ((place, normalised(column.at(row))) for place, column in enumerate(sheet.columns))
    return {place: text for place, text in texts if text}


def _with_titles(sheet: RawSheet, first: int, previous: int) -> int:
    """Return the first row of the titles above a table: directly above, or alone above an empty row."""
    row = first
    while row - 1 > previous and len(_texts(sheet, row - 1)) == 1 and not _is_last_of_data(sheet, row - 1):
        row -= 1
    if row - 2 > previous and not sheet.filled[row - 1] and len(_texts(sheet, row - 2)) == 1:
        is_alone = not sheet.filled[row - 3] if row >= 3 else True
        row = row - 2 if is_alone else row
    return row


def _is_last_of_data(sheet: RawSheet, row: int) -> bool:
    """Return whether the row above has several cells, so that this row ends a table rather than begins one."""
    return row > 0 and len(_texts(sheet, row - 1)) > 1
