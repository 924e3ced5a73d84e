"""Cells: each distinct text of a column is understood once, and what cannot be understood becomes a finding."""

import datetime as dt
import difflib
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.intake.contract import WORDS
from analysis.intake.findings import Finding
from analysis.intake.known import Known
from analysis.intake.recognising import Table, normalised
from analysis.intake.sheets import TextColumn
from analysis.model import MISSING

MOST_VALUES = 50
"""A column with more distinct faulty values than this has the rest of them told in one finding."""

EARLIEST = dt.date(1990, 1, 1)
EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
SERIAL_DAYS = range(32874, 73051)  # 1990 to 2099
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DANISH_MONTHS = {"maj": "may", "okt": "oct"}

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_MONTH = re.compile(r"(\d{4})[-/ ]?(\d{2})|(\d{1,2})[-/](\d{4})")
_QUARTER = re.compile(r"(\d{4}) ?[kq]\.? ?([1-4])|[kq]\.? ?([1-4]) (\d{4})", re.IGNORECASE)
_DATE_LIKE_RANGE = re.compile(r"(\d{1,2})[-. ]([a-zæøå]{3})\.?", re.IGNORECASE)


class NotUnderstood(Exception):
    """A text that a column cannot take; names the check and what its message needs."""

    def __init__(self, check: str, **values: object) -> None:
        super().__init__(check)
        self.check = check
        self.values = values


def cleaned(text: str) -> str:
    return text.replace("\xa0", " ").strip()


def understand(
    table: Table, key: str, parse: Callable[[str], Any], findings: list[Finding], *, needed: bool = False
) -> list[Any]:
    """What each distinct value of a column means, None for the blank and the faulty; faults go to ``findings``."""
    column = table.columns[key]
    meanings: list[Any] = []
    faults: list[tuple[int, NotUnderstood]] = []
    for code, value in enumerate(column.values):
        text = cleaned(value)
        meaning = None
        if text:
            try:
                meaning = parse(text)
            except NotUnderstood as raised:
                faults.append((code, raised))
        elif needed:
            faults.append((code, NotUnderstood("cell_empty")))
        meanings.append(meaning)
    rest = [code for code, _ in faults[MOST_VALUES:]]
    for code, fault in faults[: MOST_VALUES + 1]:
        codes = [code] if code not in rest else rest
        rows = rows_where(table, np.isin(column.codes, codes))
        if rows:
            value = cleaned(column.values[code])
            findings.append(Finding(fault.check, table.sheet, rows, table.header(key), value, fault.values))
    return meanings


def rows_where(table: Table, mask: np.ndarray) -> tuple[int, ...]:
    """The sheet's own numbers of the rows where the mask holds."""
    return tuple(table.rows[mask].tolist())


def texts(column: TextColumn, meanings: Sequence[str | None] | None = None) -> pa.Array:
    """The column as Arrow text, each distinct value replaced by its meaning; blanks are null."""
    values = meanings if meanings is not None else [cleaned(value) or None for value in column.values]
    return pa.array(values, pa.string()).take(pa.array(column.codes))


def dates(column: TextColumn, meanings: list[dt.date | None]) -> np.ndarray:
    """The column as days, NaT where there is none."""
    return np.array(meanings, dtype="datetime64[D]")[column.codes]


def blanks(column: TextColumn) -> np.ndarray:
    """Where nothing stands."""
    return np.array([not cleaned(value) for value in column.values], dtype=bool)[column.codes]


def flags(column: TextColumn, meanings: list[Any], wanted: Any) -> np.ndarray:
    """Where the column means just this."""
    return np.array([meaning == wanted for meaning in meanings], dtype=bool)[column.codes]


def date(text: str) -> dt.date:
    """A day written year-month-day, day-month-year or as Excel's serial number."""
    if match := _ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif text.isdecimal() and int(text) in SERIAL_DAYS:
        return _within_bounds(EXCEL_DAY_ZERO + dt.timedelta(days=int(text)))
    else:
        raise NotUnderstood("not_a_date")
    try:
        return _within_bounds(dt.date(year, month, day))
    except ValueError:
        raise NotUnderstood("not_a_date") from None


def period(text: str) -> tuple[dt.date, dt.date]:
    """The first day of a month or quarter and the first day after it."""
    if match := _QUARTER.fullmatch(text):
        year, quarter = int(match[1] or match[4]), int(match[2] or match[3])
        return _span(year, 3 * quarter - 2, 3)
    if match := _MONTH.fullmatch(text):
        return _span(int(match[1] or match[4]), int(match[2] or match[3]), 1)
    try:
        day = date(text)
    except NotUnderstood:
        raise NotUnderstood("not_a_period") from None
    return _span(day.year, day.month, 1)


def count(text: str) -> int:
    plain = text.replace(".", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+", text) else text
    if not plain.isdecimal() or int(plain) > 10**9:
        raise NotUnderstood("not_a_count")
    return int(plain)


def word(kind: str) -> Callable[[str], str]:
    """A parser for a column that takes one of a few words."""
    meanings = {normalised(spelling): key for key, spellings in WORDS[kind].items() for spelling in spellings}
    standard = tuple(dict(zip(("da", "en"), spellings, strict=False)) for spellings in WORDS[kind].values())

    def parse(text: str) -> str:
        if normalised(text) not in meanings:
            raise NotUnderstood("unknown_word", known=standard)
        return meanings[normalised(text)]

    return parse


def municipality(known: Known) -> Callable[[str], str]:
    def parse(text: str) -> str:
        name = known.municipalities.get(normalised(text))
        if name is None:
            nearest = difflib.get_close_matches(normalised(text), list(known.municipalities), n=1)
            raise NotUnderstood(
                "unknown_municipality_near" if nearest else "unknown_municipality",
                nearest=known.municipalities[nearest[0]] if nearest else "",
            )
        return name

    return parse


def group(known: Known, dimension: str) -> Callable[[str], str]:
    """A parser for the groups of one dimension; an age in years is put in its band."""
    words = known.groups[dimension]

    def parse(text: str) -> str:
        key = words.get(normalised(text))
        if key is None and dimension == "age" and text.isdecimal():
            key = _age_band(int(text))
        if key is None and (guess := range_from_date(text)):
            raise NotUnderstood("group_as_date", guess=guess)
        if key is None:
            meant = known.dimensions[dimension]
            raise NotUnderstood("unknown_group", dimension=meant, known=meant.groups)
        return key

    return parse


def group_or_missing(meaning: str | None) -> str:
    return MISSING if meaning is None else meaning


def range_from_date(text: str) -> str | None:
    """The range that Excel turned into a date, as 10-20 became 20-Oct; None for any other text."""
    if match := _DATE_LIKE_RANGE.fullmatch(text):
        name = match[2].casefold()
        name = DANISH_MONTHS.get(name, name)
        return f"{MONTHS.index(name) + 1}-{int(match[1])}" if name in MONTHS else None
    if match := _ISO_DATE.fullmatch(text):
        return f"{int(match[2])}-{int(match[3])}"
    return None


def _within_bounds(day: dt.date) -> dt.date:
    if not EARLIEST <= day <= dt.date.today():
        raise NotUnderstood("date_out_of_bounds")
    return day


def _span(year: int, month: int, months: int) -> tuple[dt.date, dt.date]:
    if not 1 <= month <= 12:
        raise NotUnderstood("not_a_period")
    start = _within_bounds(dt.date(year, month, 1)) if year >= 1990 else None
    if start is None:
        raise NotUnderstood("date_out_of_bounds")
    after = month - 1 + months
    return start, dt.date(year + after // 12, after % 12 + 1, 1)


def _age_band(age: int) -> str | None:
    bands = {24: "16-24", 34: "25-34", 44: "35-44", 54: "45-54", 64: "55-64", 74: "65-74", 120: "75 or older"}
    return next((band for oldest, band in bands.items() if 16 <= age <= oldest), None)
