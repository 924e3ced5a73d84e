"""Titles and notes that name a part of a year, such as “January to June”, beside counts of whole years."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from analysis.intake.contract import Form
from analysis.intake.detect.beside_tables import Beside
from analysis.intake.detect.constants import says_made
from analysis.intake.findings.findings import Finding, Period
from analysis.intake.layout.labels import ANY_YEAR, PERIOD
from analysis.intake.parsing.questions import YEAR_OR_PART
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import Table, cleaned
from analysis.intake.values.dates import NotADate, OutOfBounds
from analysis.intake.values.footnotes import without_footnote
from analysis.intake.values.period_texts import Span
from analysis.intake.values.periods import Ambiguous, period

LONGEST, MOST_ROWS, MOST_CELLS, MOST_WORDS = 400, 1_000, 3, 7
"""Maximum length of a text, number of rows around the tables and cells in them, and words that name a part."""
_YEAR = re.compile(r"(?<!\d)(?:19[89]|20\d)\d(?!\d)")
_MAY_BE_PART = re.compile(
    r"jan|feb|mar|apr|maj|mai\b|may|jun|jul|aug|sep|o[kc]t|nov|de[cs]|kvart|quart|halv|half|tertial|\buge|\buke|vecka"
    r"|week|kuu|neljännes|puoli|viikko|\b[kqh] ?[1-4]\b|\d[./-]\d",
    re.IGNORECASE,
)
_UNTIL = (
    r"til og med|till och med|t ?\.? ?o ?\.? ?m\.?|tom|til|till|to|through|thru|until|indtil|inntil|fram til|frem til"
    r"|fram till|up to|-|\N{EN DASH}"
)
_BETWEEN = re.compile(rf"(.+?)(?: (?:{_UNTIL}) | ?[-\N{{EN DASH}}] ?)(.+)", re.IGNORECASE)
_DAY = r"(\d{1,2})[./-](\d{1,2})(?:[./-](?:\d{4}|\d{2}))?\.?"
_DAYS = re.compile(rf"(?<![\d./-]){_DAY} ?(?:{_UNTIL}) ?{_DAY}(?![\d./-])", re.IGNORECASE)
_ENDS = re.compile(rf"\b(?:{_UNTIL}|asti|saakka)$", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(r"^\d{1,2}\.? ?(?=[^\W\d]{3})")
_DAY_IN_YEAR = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_MADE_ON = re.compile(rf"{_DAY_IN_YEAR.pattern}|(?:\d{{1,2}}\. ?)?[^\W\d]{{3,10}}\.? (?:19[89]|20\d)\d")
"""A day, or a month with its year."""
_VERBS = {"may", "march", "mar", "mars", "maj"}
"""Names of months that are other words, too: alone they name no part of a year."""
_LEAST_LETTERS = re.compile(r"[^\W\d]{3}|[kqhKQH] ?[1-4]|\d[./-]\d")


@dataclass(frozen=True)
class _Said:
    """A text that names a part of some ``years``, or of all; ``span`` is that part of any year."""

    rows: tuple[int, ...]
    text: str
    years: frozenset[int]
    span: Span


def with_parts_of_years(
    tables: list[Table], sheet: RawSheet, beside: Sequence[Beside] = ()
) -> tuple[list[Table], list[Finding]]:
    """Return the tables and the question whether counts of whole years are of the part that a text names.

    With the answer that they are, that part of each year becomes their period.
    """
    of_years = [table for table in tables if _is_of_years(table)]
    answer = sheet.answers.get(YEAR_OR_PART)
    if not of_years or answer == "years":
        return tables, []
    years = frozenset(int(year) for table in of_years for year in _periods(table) if year)
    said = _said(sheet, tables, years, beside)
    if answer != "part":
        return tables, [Finding(YEAR_OR_PART, sheet.name, one.rows, value=one.text) for one in said]
    spans = {year: _in_year(one.span, year) for one in reversed(said) for year in one.years & years}
    changed = [_with_spans(table, spans) if _is_of_years(table) else table for table in tables]
    found = [Finding("year_part_read", sheet.name, values={"period": Period(*spans[year])}) for year in sorted(spans)]
    return changed, found


def _is_of_years(table: Table) -> bool:
    """Return whether all periods of a table of counts are whole years."""
    if table.form != Form.COUNTS or PERIOD not in table.columns:
        return False
    texts = _periods(table)
    return any(texts) and all(_YEAR.fullmatch(text) for text in texts if text)


def _periods(table: Table) -> list[str]:
    column = table.columns[PERIOD]
    return [without_footnote(cleaned(column.values[code])) for code in column.row_counts()]


def _said(sheet: RawSheet, tables: Iterable[Table], years: frozenset[int], beside: Sequence[Beside]) -> list[_Said]:
    """Return the texts around the tables, and the name of the sheet, with a part of one of the years or of no year."""
    filled = np.sum([~column.blank() for column in sheet.columns], axis=0)
    around = (filled > 0) & (filled <= MOST_CELLS)
    for table in tables:
        around[table.rows - 1] = False
    rows = np.flatnonzero(around)[:MOST_ROWS].tolist()
    texts = [((), sheet.name), *(((row + 1,), text) for row in rows for text in sheet.row(row))]
    of_all = [one for one in beside if one.is_of_all]
    texts += [(one.rows, f"{one.header} {value}".strip()) for one in of_all for value in one.values]
    texts.append(((), " ".join(f"{one.header} {one.values[0]}" for one in of_all if one.header)))
    found = []
    for place, text in ((place, cleaned(text)) for place, text in texts if _MAY_BE_PART.search(text[:LONGEST])):
        named = frozenset(map(int, _YEAR.findall(text)))
        if len(text) > LONGEST or (named and not named & years):
            continue
        if span := _made_on(text, max(years)) or part_of_year(text):
            found.append(_Said(place, text, named or years, span))
    return found


def part_of_year(text: str) -> Span | None:
    """Return the part of a year in a text, in any year; None if it names none or the day of an export."""
    if days := _DAYS.search(text):
        return _between_days(*map(int, days.groups()))
    words = [word.strip("(),;:“”»«\"'") for word in _YEAR.sub(" ", text).split()]
    for size in range(min(MOST_WORDS, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            window = " ".join(words[start : start + size]).strip(" .,/-")
            before = " ".join(words[:start])
            span = _range(window) or _until(window, before)
            if span and not (says_made(before) and "-" not in window):
                return _proper(span)
    return None


def _made_on(text: str, year: int) -> Span | None:
    """Return the part of the last year before the day or month in it on which a text says that the numbers were made.

    None if the text says nothing of this, or only the last days of the year are left.
    """
    for match in _MADE_ON.finditer(text):
        span = _single_in(match[0], year) if says_made(text[: match.start()]) else None
        if span and span[0].year == year:
            return _proper((dt.date(int(ANY_YEAR), 1, 1), span[1].replace(year=span[1].year - year + int(ANY_YEAR))))
    return None


def _single_in(text: str, year: int) -> Span | None:
    """Return the day or the month that a text is, if it is in this year."""
    with suppress(NotADate, OutOfBounds, Ambiguous, ValueError):
        if match := _DAY_IN_YEAR.fullmatch(text):
            same = int(match[3]) % 100 == year % 100
            return _until_day(dt.date(year, int(match[2]), int(match[1]))) if same else None
        month = _DAY_OF_MONTH.sub("", text)
        first, after = period(month)
        number = text[: len(text) - len(month)].strip(" .")
        return _until_day(first.replace(day=int(number))) if number else (first, after)
    return None


def _until_day(day: dt.date) -> Span:
    """Return a day; the first of a month as the last day before it."""
    return (day, day) if day.day == 1 else (day, day + dt.timedelta(days=1))


def _between_days(day: int, month: int, last_day: int, last_month: int) -> Span | None:
    try:
        first, last = (dt.date(int(ANY_YEAR), *one) for one in ((month, day), (last_month, last_day)))
    except ValueError:
        return None
    return _proper((first, last + dt.timedelta(days=1)))


def _range(text: str) -> Span | None:
    """Return the period from one part of a year to another, such as “1.-3. quarter”."""
    if not (match := _BETWEEN.fullmatch(text)):
        return None
    first, last = match.groups()
    start = _single(first) or _single(_with_unit(first, last))
    end = _single(last) or _single(_with_unit(last, first))
    return (start[0], end[1]) if start and end and start[0] < end[1] else None


def _until(text: str, before: str) -> Span | None:
    """Return a part of a year, from January if the words before it say “until”."""
    if not _LEAST_LETTERS.search(text) or text.casefold() in _VERBS or not (span := _single(text)):
        return None
    return (span[0].replace(month=1, day=1), span[1]) if _ENDS.search(before) else span


def _with_unit(number: str, text: str) -> str:
    """Return a number with the unit of the text: “1.” and “3. quarter”."""
    return re.sub(r"\d+", number.strip(" ."), text, count=1) if number.strip(" .").isdecimal() else ""


def _single(text: str) -> Span | None:
    plain = _DAY_OF_MONTH.sub("", text.strip(" ."))
    for one in dict.fromkeys((text.strip(" "), plain)):
        try:
            return period(f"{one} {ANY_YEAR}")
        except (NotADate, OutOfBounds, Ambiguous):
            continue
    return None


def _proper(span: Span) -> Span | None:
    """Return a period of more than a day and less than its year; None for others. A first week begins with its year."""
    first, after = max(span[0], dt.date(int(ANY_YEAR), 1, 1)), span[1]
    is_part = dt.timedelta(days=1) < after - first < dt.timedelta(days=365)
    return (first, after) if is_part and (after - dt.timedelta(days=1)).year == first.year else None


def _in_year(part: Span, year: int) -> Span:
    return part[0].replace(year=year), part[1].replace(year=part[1].year - part[0].year + year)


def _with_spans(table: Table, spans: Mapping[int, Span]) -> Table:
    """Return the table with the given part of a year as its period."""
    column = table.columns[PERIOD]
    plain = {text: without_footnote(cleaned(text)) for text in column.values}
    years = {text: int(year) for text, year in plain.items() if _YEAR.fullmatch(year)}
    texts = {text: _written(spans[year]) for text, year in years.items() if year in spans}
    return replace(table, columns={**table.columns, PERIOD: column.replaced(texts)})


def _written(span: Span) -> str:
    first, after = span
    return f"{first:%d-%m-%Y} - {after - dt.timedelta(days=1):%d-%m-%Y}"
