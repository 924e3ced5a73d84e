"""Find the headers, labels and numbers of a table whose columns are groups, stages, periods or municipalities."""

from dataclasses import dataclass

import numpy as np

from analysis.intake.layout.cell_types import BLANK, DAY, MARK, NUMBER, TEXT, YEAR, grid, types_of
from analysis.intake.layout.header_rows import distinct_values, filled_columns, heading_of_rows, own_headers
from analysis.intake.layout.heading import Heading
from analysis.intake.layout.labels import (
    AMOUNT,
    GROUP,
    MUNICIPALITY,
    OFFER,
    OVER_NUMBERS,
    PERIOD,
    SESSION,
    STAGE,
    STAGE_AND_GROUP,
    TWO_GROUPS,
    common_dimension,
    field_of,
    fields_of,
    is_missing,
    is_part,
    is_period,
    municipality_headers,
    stage_of,
)
from analysis.intake.layout.register_columns import FEWEST_DAYS, register_columns, session_row
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.parsing.questions import HEADERS_UNKNOWN
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned, normalised

SEARCH_ROWS = 40
MOST_HEADER_ROWS = 4
SHOWN_ROWS = 400
"""Number of data rows that decide what a column holds."""
MOSTLY = 0.6
LEAST_LABELLED = 2


@dataclass(frozen=True)
class CrossTable:
    """A table with columns of numbers.

    Attributes
    ----------
    heading : its header rows.
    labels : positions of the columns with row labels.
    numbers : positions of the columns with numbers.
    levels : field of each header row over the numbers; empty if its texts have no known meaning.
    title : the text above the headers.
    empty : positions of columns that should have numbers by their headers, and have none.
    """

    heading: Heading
    labels: tuple[int, ...]
    numbers: tuple[int, ...]
    levels: tuple[str, ...]
    title: str = ""
    empty: tuple[int, ...] = ()

    def texts(self, position: int) -> dict[str, str]:
        """Return the header texts over a column of numbers, by field. A year above its months is added to them."""
        rows = self.heading.rows_of_texts
        said: dict[str, str] = {}
        for level, texts in zip(self.levels, rows, strict=True):
            if level not in {"", AMOUNT}:
                said[level] = texts[position]
        return {**said, PERIOD: _period_over(self.heading, self.levels, position)} if PERIOD in said else said


def cross_table(sheet: RawSheet, known: ReferenceData) -> CrossTable | None:
    """Return the table of a sheet if at least two of its columns are numbers under labels; None otherwise."""
    rows = np.flatnonzero(sheet.filled)
    if len(rows) < 2 or len(sheet.columns) < 2:
        return None
    looked_at = rows[:SEARCH_ROWS]
    types = grid(sheet, looked_at)
    header, sessions = session_row(sheet, looked_at, types)
    first_data = header + 1 if sessions else _first_data(types)
    if first_data is None:
        return None
    first_header = _first_header(types, first_data)
    header_rows = looked_at[first_header:first_data].tolist()
    if not sessions:
        header_rows = own_headers(sheet, header_rows, int(looked_at[first_data]), known)
    heading = heading_of_rows(sheet, header_rows)
    data = rows[rows > header_rows[-1]][:SHOWN_ROWS]
    title = _title(sheet, rows[rows < header_rows[0]].tolist())
    filled = filled_columns(sheet, data)
    days = sessions or np.flatnonzero(types[first_data - 1] == DAY).tolist()
    register = register_columns(sheet, days, data, known)
    if register:
        return CrossTable(heading, tuple(at for at in filled if at not in register), tuple(register), (SESSION,), title)
    numeric = [
        at for at in filled if _holds_numbers(sheet, at, data) or _may_hold_numbers(sheet, heading, at, data, known)
    ]
    levels = _with_offers(sheet, heading, _levels(heading, numeric, known), numeric, known)
    possible = numeric if OFFER in levels else range(len(sheet.columns))
    labelled = [at for at in possible if _is_labelled(heading, levels, at, known)]
    sure = [at for at in labelled if at in numeric or (at in filled and len(labelled) > LEAST_LABELLED)]
    numbers = tuple(_with_unknown_groups(heading, levels, sure, numeric))
    empty = tuple(at for at in labelled if at not in filled) if numbers else ()
    if levels.count(GROUP) > 1:
        texts = [[one[at] for at in numbers] for one in heading.rows_of_texts]
        levels = tuple(
            common_dimension(said, known) or GROUP if level == GROUP else level
            for level, said in zip(levels, texts, strict=True)
        )
    may_be_sure = {PERIOD, GROUP, TWO_GROUPS, STAGE, OFFER} & set(levels)
    is_sure = AMOUNT in levels or bool(may_be_sure and _has_row_labels(sheet, heading, data, known))
    if len(numbers) < (1 if is_sure else LEAST_LABELLED) or not any(levels):
        return None
    return CrossTable(heading, tuple(at for at in filled if at not in numbers), numbers, levels, title, empty)


def _levels(heading: Heading, numeric: list[int], known: ReferenceData) -> tuple[str, ...]:
    """Return the field of each header row over the numbers. Months below their year are periods, as the year is."""
    levels = [_field(texts, numeric, known) for texts in heading.rows_of_texts]
    if levels.count(PERIOD) == 1 and "" in levels[levels.index(PERIOD) :]:
        at, year = levels.index("", levels.index(PERIOD)), levels.index(PERIOD)
        rows = heading.rows_of_texts
        if numeric and all(is_period(f"{rows[at][one]} {rows[year][one]}") for one in numeric):
            levels[at] = PERIOD
    return tuple(levels)


def _with_offers(
    sheet: RawSheet, heading: Heading, levels: tuple[str, ...], numeric: list[int], known: ReferenceData
) -> tuple[str, ...]:
    """Return the fields with the header row of unknown texts as that of the offers, if it is known or said to be."""
    offers = {normalised(name) for _, name in known.offers}
    for place, (texts, level) in enumerate(zip(heading.rows_of_texts, levels, strict=True)):
        said = {normalised(texts[at]) for at in numeric if not is_total(texts[at])}
        is_of_offers = sheet.answers.get(HEADERS_UNKNOWN) == "offers" or said <= offers
        are_names = all(said) and not any(is_part(one) or stage_of(one) for one in said)
        if not level and len(said) > 1 and are_names and is_of_offers:
            return (*levels[:place], OFFER, *levels[place + 1 :])
    return levels


def _period_over(heading: Heading, levels: tuple[str, ...], position: int) -> str:
    """Return the period over a column: a month and the year above it."""
    texts = [one[position] for one, level in zip(heading.rows_of_texts, levels, strict=True) if level == PERIOD]
    return " ".join(reversed(texts))


def _has_row_labels(sheet: RawSheet, heading: Heading, rows: np.ndarray, known: ReferenceData) -> bool:
    """Return whether a column has the labels of a table of counts.

    All its texts are groups, periods or municipalities, or its header is that of municipalities.
    """
    if {*heading.normalised} & municipality_headers():
        return True
    columns = [distinct_values(sheet, at, rows) for at in filled_columns(sheet, rows)]
    return any(field_of(map(cleaned, texts), known) in {GROUP, PERIOD, MUNICIPALITY} for texts in columns)


def _may_hold_numbers(sheet: RawSheet, heading: Heading, position: int, rows: np.ndarray, known: ReferenceData) -> bool:
    """Return whether a column with some numbers among its texts has a header that names groups, periods or stages."""
    if not np.isin(types_of(sheet.columns[position].take(rows)), (NUMBER, MARK)).any():
        return False
    said = [fields_of(texts[position], known) for texts in heading.rows_of_texts if texts[position]]
    return any(OVER_NUMBERS & set(one) for one in said)


def _with_unknown_groups(
    heading: Heading, levels: tuple[str, ...], numbers: list[int], numeric: list[int]
) -> list[int]:
    """Add the columns of numbers among or after those of groups whose header is no known group: they are asked about.

    A part of another column ("of which", "per cent") is none.
    """
    if levels != (GROUP,) or not numbers:
        return numbers
    found = list(numbers)
    for at in range(min(numbers), len(heading.texts)):
        if at not in found and (at not in numeric or not heading.texts[at] or is_part(heading.texts[at])):
            break
        if at not in found:
            found.append(at)
    return sorted(found)


def _first_data(types: np.ndarray) -> int | None:
    """Return the first row of data: with numbers that are not years, below a row of at least two texts or years."""
    for row in range(1, len(types)):
        here, above = types[row], types[row - 1]
        is_header = np.isin(above, (TEXT, YEAR, DAY)).sum() >= LEAST_LABELLED and not (above == NUMBER).any()
        has_data = np.isin(here, (NUMBER, MARK)).any()
        is_register = (above == DAY).sum() >= FEWEST_DAYS and not (here == DAY).sum() >= FEWEST_DAYS
        if is_header and (has_data or is_register):
            return row
    return None


def _first_header(types: np.ndarray, first_data: int) -> int:
    """Return the first header row: upwards while a row has several texts, or one that is not in the first column."""
    first = first_data - 1
    while first > 0 and first_data - first < MOST_HEADER_ROWS:
        above = np.flatnonzero(types[first - 1] != BLANK)
        leftmost = int(np.flatnonzero(types[first_data] != BLANK)[0])
        if len(above) < LEAST_LABELLED and not (len(above) == 1 and above[0] > leftmost):
            break
        if (types[first - 1] == NUMBER).any():
            break
        first -= 1
    return first


def _title(sheet: RawSheet, rows: list[int]) -> str:
    texts = [cleaned(text) for row in rows for text in sheet.row(row)]
    return " ".join(dict.fromkeys(filter(None, texts)))


def _holds_numbers(sheet: RawSheet, position: int, rows: np.ndarray) -> bool:
    types = types_of(sheet.columns[position].take(rows))
    some = types[types != BLANK]
    is_of_years = (some[some != TEXT] == YEAR).all()
    return bool(len(some)) and np.isin(some, (NUMBER, MARK, YEAR)).mean() >= MOSTLY and not is_of_years


def _field(texts: list[str], numeric: list[int], known: ReferenceData) -> str:
    """Return the field of most texts over the columns of numbers; empty if fewer than half have one.

    Stages beside those of groups, such as “Participated | Participated women | Participated men”, are their totals.
    """
    said = [texts[at] for at in numeric if texts[at] and not is_total(texts[at])]
    votes: dict[str, int] = {}
    for text in said:
        for one in fields_of(text, known):
            votes[one] = votes.get(one, 0) + 1
    if not votes:
        return ""
    if {*votes} == {STAGE, STAGE_AND_GROUP} and votes[STAGE_AND_GROUP] >= LEAST_LABELLED:
        return STAGE_AND_GROUP
    field_, number = max(votes.items(), key=lambda vote: (vote[1], vote[0] != STAGE_AND_GROUP))
    return field_ if 2 * number >= len(said) or number >= LEAST_LABELLED else ""


def _is_labelled(heading: Heading, levels: tuple[str, ...], position: int, known: ReferenceData) -> bool:
    """Return whether the texts over a column belong to the fields of their header rows, or say “total”."""
    found = False
    for texts, level in zip(heading.rows_of_texts, levels, strict=True):
        text = texts[position]
        if not level or not text:
            continue
        is_month = level == PERIOD and levels.count(PERIOD) > 1 and is_period(_period_over(heading, levels, position))
        is_named = is_month or level == OFFER or is_total(text) or is_missing(text) or level in fields_of(text, known)
        if not is_named:
            return False
        found = True
    return found
