"""What the rows above a table say of all of it: “Kommune: Randers”, and the year of months that stand without one."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from analysis.intake.contract import KINDS, Form
from analysis.intake.detect.constants import year_in
from analysis.intake.detect.headers import PARTS_OF_YEARS, YEARS
from analysis.intake.findings.findings import Finding
from analysis.intake.layout import labels
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import cleaned, normalised
from analysis.intake.values.period_headers import period_under
from analysis.intake.values.periods import period

MOST_ROWS = 12
"""Number of rows at the top of a sheet that are looked at."""
FIELDS = (labels.MUNICIPALITY, labels.OFFER, labels.PERIOD)
_YEAR = re.compile(r"(?:19[89]|20\d)\d")
PAIR = 2
"""Number of cells of a row that says a name and its value."""
LAST_MONTH = 12
FEWEST_PARTS = 2
MOST_PARTS = 60
"""Maximum number of distinct parts of years: there are 53 weeks. From ``FEWEST_PARTS`` on, their year is asked for."""


@dataclass(frozen=True)
class Above:
    """What the rows above the tables of a sheet say, each in a name and a value.

    Attributes
    ----------
    sheet : the sheet without these rows.
    values : value by field of the format.
    rows : all these rows, counted from 0.
    part : a month, a quarter or a week of the year that is stated elsewhere; empty if there is none.
    others : names and values of no known field, by row.
    """

    sheet: RawSheet
    values: Mapping[str, str]
    rows: np.ndarray
    part: str = ""
    others: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def stated_above(sheet: RawSheet, known: ReferenceData) -> Above:
    """Read the rows above the tables of a sheet that say a name and its value: in two cells, or with a colon."""
    found: dict[str, str] = {}
    others: dict[int, tuple[str, str]] = {}
    twice: set[str] = set()
    rows: list[int] = []
    part = ""
    top = np.flatnonzero(sheet.filled)[:MOST_ROWS].tolist()
    last = _last_of_block(sheet, top)
    for row in top:
        texts = [cleaned(text) for text in _texts(sheet, row)]
        pair, said = _pair(texts, known), _part_of_year(texts)
        if pair is not None:
            twice |= {pair[0]} if found.get(pair[0], pair[1]) != pair[1] else set()
            found |= [pair]
        elif said:
            part = said
        elif len(texts) == PAIR and row <= last:
            others[row] = (texts[0].rstrip(" :"), texts[1])
        elif len(texts) > 1:
            break
        else:
            continue
        rows.append(row)
    if not rows:
        return Above(sheet, {}, np.zeros(0, dtype=np.int64))
    mask = np.zeros(sheet.rows, dtype=bool)
    mask[rows] = True
    without = replace(sheet, columns=[column.emptied(mask) for column in sheet.columns])
    values = {key: value for key, value in found.items() if key not in twice}
    return Above(without, values, np.array(rows), part, others)


def _last_of_block(sheet: RawSheet, top: list[int]) -> int:
    """Return the last row of names and values at the top, which an empty row parts from the headers; -1 for none."""
    header = next((row for row in top if len(_texts(sheet, row)) > PAIR), -1)
    above = [row for row in top if row < header]
    pairs = [row for row in above if len(_texts(sheet, row)) == PAIR]
    values = [cleaned(_texts(sheet, row)[1]) for row in pairs]
    are_counts = any(text.isdecimal() and not _YEAR.fullmatch(text) for text in values)
    return above[-1] if pairs and above[-1] < header - 1 and not are_counts else -1


def with_part_of_year(above: Above, constants: Mapping[str, str]) -> tuple[Mapping[str, str], list[Finding]]:
    """Return the constants with the part of the year, of rows above the tables or the sheet's name, in its year."""
    name = cleaned(above.sheet.name)
    part = above.part or (name if labels.is_part_of_year(name) else "")
    if not part:
        return constants, []
    top = np.flatnonzero(above.sheet.filled)[:MOST_ROWS].tolist()
    year = _year(above.sheet, constants, top)
    if year:
        return {**constants, labels.PERIOD: f"{part} {year}"}, []
    if not above.part or labels.PERIOD in constants:
        return constants, []
    values = {"missing": KINDS[Form.COUNTS].column(labels.PERIOD).names, "example": above.part}
    return constants, [Finding("missing_year", above.sheet.name, value=labels.PERIOD, values=values)]


def _part_of_year(texts: list[str]) -> str:
    """Return the part of a year that a row says, such as “March” or “Quarter: 2”; empty if it says none."""
    name, value = (texts[0].rstrip(" :"), texts[1]) if len(texts) == PAIR else ("", "")
    word = normalised(name)
    if word not in PARTS_OF_YEARS and _fields().get(word) != labels.PERIOD:
        return ""
    return next((one for one in (value, f"{value}. {name}") if labels.is_part_of_year(one)), "")


def _pair(texts: list[str], known: ReferenceData) -> tuple[str, str] | None:
    """Return the field and the value that a row says."""
    if len(texts) == 1:
        name, colon, value = (part.strip() for part in texts[0].partition(":"))
        if not colon:
            return None
    elif len(texts) == PAIR:
        name, value = texts
    else:
        return None
    key = _fields().get(normalised(name), "")
    if not key or not value or value.startswith("(") or normalised(value) in labels.header_words():
        return None
    fields = labels.fields_of(value, known)
    is_value = key in fields or (key == labels.OFFER and not fields and any(map(str.isalpha, value)))
    value = period_under(name, value) if key == labels.PERIOD else value
    return (key, value) if is_value else None


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
    rows = np.flatnonzero(~column.blank()).tolist() if len(parts) > 1 else top
    return {row: text for row in rows if labels.is_part_of_year(text := cleaned(column.at(row)))}


def _texts(sheet: RawSheet, row: int) -> list[str]:
    return [text for text in sheet.row(row) if text.strip()]


def _year(sheet: RawSheet, constants: Mapping[str, str], top: list[int]) -> str:
    """Return the year that is stated for the whole sheet; empty if none or several are."""
    if labels.PERIOD in constants:
        return constants[labels.PERIOD] if _YEAR.fullmatch(constants[labels.PERIOD]) else ""
    titles = [cleaned(texts[0]) for row in top if len(texts := _texts(sheet, row)) == 1]
    years = {year_in(text) for text in (cleaned(sheet.name), *titles)} - {""}
    return years.pop() if len(years) == 1 and all(map(_YEAR.fullmatch, years)) else ""
