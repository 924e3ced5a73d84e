"""What the rows above a table say of all of it: “Kommune: Randers”, and the year of months that stand without one."""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np

from analysis.intake.contract import KINDS, Form
from analysis.intake.detect.constants import period_in
from analysis.intake.detect.headers import YEARS
from analysis.intake.findings.findings import Finding
from analysis.intake.layout import labels
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import cleaned, normalised
from analysis.intake.values.periods import period

MOST_ROWS = 12
"""Number of rows at the top of a sheet that are looked at."""
FIELDS = (labels.MUNICIPALITY, labels.OFFER, labels.PERIOD)
_YEAR = re.compile(r"(?:19[89]|20\d)\d")
LAST_MONTH = 12
FEWEST_PARTS = 2
MOST_PARTS = 60
"""Maximum number of distinct parts of years: there are 53 weeks. From ``FEWEST_PARTS`` on, their year is asked for."""


def stated_above(sheet: RawSheet, known: ReferenceData) -> tuple[RawSheet, dict[str, str], np.ndarray]:
    """Return the sheet without the rows above its tables that say a field and its value, these values, and the rows.

    Such a row has the header of a field and a value, in two cells or in one with a colon between them.
    """
    found: dict[str, str] = {}
    rows: list[int] = []
    twice: set[str] = set()
    for row in np.flatnonzero(sheet.filled)[:MOST_ROWS].tolist():
        texts = [cleaned(text) for text in sheet.row(row) if text.strip()]
        pair = _pair(texts, known)
        if pair is None and len(texts) > 1:
            break
        if pair is not None:
            twice |= {pair[0]} if found.get(pair[0], pair[1]) != pair[1] else set()
            found |= [pair]
            rows.append(row)
    found = {key: value for key, value in found.items() if key not in twice}
    if not rows:
        return sheet, {}, np.zeros(0, dtype=np.int64)
    mask = np.zeros(sheet.rows, dtype=bool)
    mask[rows] = True
    return replace(sheet, columns=[column.emptied(mask) for column in sheet.columns]), found, np.array(rows)


def _pair(texts: list[str], known: ReferenceData) -> tuple[str, str] | None:
    """Return the field and the value that a row says."""
    if len(texts) == 1:
        name, colon, value = (part.strip() for part in texts[0].partition(":"))
        if not colon:
            return None
    elif len(texts) == 2:
        name, value = texts
    else:
        return None
    field = _fields().get(normalised(name), "")
    if not field or not value or normalised(value) in labels.header_words():
        return None
    fields = labels.fields_of(value, known)
    is_value = field in fields or (field == labels.OFFER and not fields and any(map(str.isalpha, value)))
    return (field, value) if is_value else None


def _fields() -> dict[str, str]:
    columns = (KINDS[Form.COUNTS].column(key) for key in FIELDS)
    return {normalised(header): column.key for column in columns for header in column.headers}


def findings_of_rows(sheet: RawSheet, stated: Mapping[str, str], rows: np.ndarray) -> list[Finding]:
    """Report the values that rows above the tables say."""
    names = {key: KINDS[Form.COUNTS].column(key).names for key in stated}
    numbers = tuple((rows + 1).tolist())
    return [
        Finding("constant_above", sheet.name, numbers, value=value, values={"meant": names[key]})
        for key, value in stated.items()
    ]


def with_years(sheet: RawSheet, constants: Mapping[str, str]) -> tuple[RawSheet, list[Finding]]:
    """Return the sheet with the year added to months, quarters and weeks that stand without one, and the findings.

    The year is that of the ``constants``, of the name of the sheet, or of the title; without any it is asked for. The
    sheet is unchanged if it names a year elsewhere.
    """
    top = np.flatnonzero(sheet.filled)[:MOST_ROWS].tolist()
    headers = [cleaned(text) for row in top for text in sheet.row(row) if len(_texts(sheet, row)) > 1]
    if {*map(normalised, headers)} & YEARS or any(map(labels.is_period, headers)):
        return sheet, []
    places = {at: found for at, column in enumerate(sheet.columns) if (found := _parts(column, top))}
    over = {at: min(found) for at, found in places.items() if len(found) == 1}
    if not _stand_over_counts(sheet, over):
        places = {at: found for at, found in places.items() if at not in over}
    year = _year(sheet, constants, top)
    if places and _cross_new_year(places):
        return sheet, [_asked(sheet, places, "months_cross_new_year")]
    if not year:
        is_sure = len(places) >= FEWEST_PARTS or any(len(found) >= FEWEST_PARTS for found in places.values())
        return sheet, [_asked(sheet, places)] if is_sure and labels.PERIOD not in constants else []
    if not places:
        return sheet, []
    columns = list(sheet.columns)
    for at, found in places.items():
        columns[at] = columns[at].with_cells({row: f"{text} {year}" for row, text in found.items()})
    rows, first = _named(places)
    finding = Finding("period_year_added", sheet.name, rows, value=first, values={"year": year})
    return replace(sheet, columns=columns), [finding]


def _named(places: Mapping[int, Mapping[int, str]]) -> tuple[tuple[int, ...], str]:
    """Return the row numbers of parts of years, and the first of them."""
    rows = tuple(dict.fromkeys(row + 1 for found in places.values() for row in found))
    return rows, next(text for found in places.values() for text in found.values())


def _stand_over_counts(sheet: RawSheet, rows: Mapping[int, int]) -> bool:
    """Return whether most cells below are numbers, and some of them not 0 or 1 as in an attendance register.

    ``rows`` are the header rows, counted from 0, by column.
    """
    below = [sheet.columns[at].take(np.arange(row + 1, sheet.rows)) for at, row in rows.items()]
    texts = [text for one in below for code in one.codes.tolist() if (text := one.values[code].strip())]
    return 2 * sum(map(str.isdecimal, texts)) > len(texts) and not {*texts} <= {"0", "1"}


def _cross_new_year(places: Mapping[int, Mapping[int, str]]) -> bool:
    """Return whether December stands before January in a row or in a column."""
    across = [text for found in places.values() if len(found) == 1 for text in found.values()]
    rows = [across, *([*found.values()] for found in places.values() if len(found) > 1)]
    starts = [[period(f"{text} {labels.ANY_YEAR}")[0] for text in dict.fromkeys(texts)] for texts in rows]
    return any(one.month == LAST_MONTH and after.month == 1 for row in starts for one, after in pairwise(row))


def _asked(sheet: RawSheet, places: Mapping[int, Mapping[int, str]], check: str = "missing_year") -> Finding:
    """Return the question for the year, or for the years on both sides of New Year."""
    rows, first = _named(places)
    values = {"missing": KINDS[Form.COUNTS].column(labels.PERIOD).names, "example": first}
    return Finding(check, sheet.name, rows, value=labels.PERIOD, values=values)


def _parts(column: TextColumn, top: Collection[int]) -> dict[int, str]:
    """Return the parts of years in a column by row: all its texts, or those of the rows that may be headers."""
    present = column.present().tolist()
    texts = {cleaned(column.values[code]) for code in present if len(present) <= MOST_PARTS} - {""}
    if any(map(_YEAR.fullmatch, texts)):  # The years stand above their months.
        return {}
    parts = {text for text in texts if labels.is_part_of_year(text)}
    is_label = len(parts) > 1 and sum(not is_total(text) for text in texts - parts) <= 1  # One is the header.
    rows = np.flatnonzero(~column.blank()).tolist() if is_label else top
    return {row: text for row in rows if labels.is_part_of_year(text := cleaned(column.at(row)))}


def _texts(sheet: RawSheet, row: int) -> list[str]:
    return [text for text in sheet.row(row) if text.strip()]


def _year(sheet: RawSheet, constants: Mapping[str, str], top: list[int]) -> str:
    """Return the year that is stated for the whole sheet; empty if none or several are."""
    if labels.PERIOD in constants:
        return constants[labels.PERIOD] if _YEAR.fullmatch(constants[labels.PERIOD]) else ""
    titles = [cleaned(texts[0]) for row in top if len(texts := _texts(sheet, row)) == 1]
    years = {period_in(text) for text in (cleaned(sheet.name), *titles)} - {""}
    return years.pop() if len(years) == 1 and all(map(_YEAR.fullmatch, years)) else ""
