"""Parse each distinct text of a column once. Texts that are invalid or unusual become findings."""

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.i18n.vocabulary import WORDS, spellings
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.fuzzy_match import misspelt, nearest
from analysis.intake.lexicon.neutral_words import IN_VALUES
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.questions import Answers
from analysis.intake.sheets import DATE_SHOWN_OTHERWISE, DATES, TextColumn
from analysis.intake.tables import Table, cleaned, normalised
from analysis.intake.values import dates as days
from analysis.intake.values import numbers, periods
from analysis.intake.values.numbers import Separators
from analysis.model.languages import in_every_language
from analysis.model.registry import derived
from analysis.model.terms import MISSING

MOST_VALUES = 50
"""Maximum number of separate findings per column. The remaining values share one finding for each check."""

NEAR_MUNICIPALITY = 70
LONGEST_DAY = 40


SHOWN_TOGETHER = 3
"""Number of example values in a finding about several values."""


class ParseError(Exception):
    """A text that is not valid in a column; names the check and the placeholders of its message."""

    def __init__(self, check: str, **values: object) -> None:
        super().__init__(check)
        self.check = check
        self.values = values


class Asked(ParseError):
    """A text with two possible readings. All such values of a column share one finding."""


@dataclass(frozen=True)
class ParsedWithNote:
    """A parsed value with unusual notation; names the check that reports it.

    With ``together`` all such values of a column share one finding.
    """

    meaning: Any
    check: str
    values: dict[str, object] = field(default_factory=dict)
    together: bool = False


Parse = Callable[[str, str], Any]
"""Parser of a cell's text and kind. Returns the value, or a ``ParsedWithNote`` with it. Raises ``ParseError``."""


def parse_column(
    table: Table, key: str, parse: Parse, findings: list[Finding], *, needed: bool = False, column: Any = None
) -> list[Any]:
    """Parse each distinct value of a column; None for blank and invalid ones. Append errors to ``findings``."""
    column = table.columns[key] if column is None else column
    present = np.zeros(len(column.values), dtype=bool)
    present[column.codes] = True
    meanings: list[Any] = [None] * len(column.values)
    notes: list[tuple[int, str, dict[str, object]]] = []
    together: dict[str, list[int]] = {}
    asked: dict[str, list[int]] = {}
    for code in np.flatnonzero(present).tolist():
        value = column.values[code]
        text = cleaned(value)
        if text != value and value.strip():
            together.setdefault("spaces_normalised", []).append(code)
        if not text:
            if needed:
                notes.append((code, "cell_empty", {}))
            continue
        try:
            meaning = parse(text, column.kind(code))
        except Asked as raised:
            asked.setdefault(raised.check, []).append(code)
            continue
        except ParseError as raised:
            notes.append((code, raised.check, raised.values))
            continue
        if isinstance(meaning, ParsedWithNote):
            if meaning.together:
                together.setdefault(meaning.check, []).append(code)
            else:
                notes.append((code, meaning.check, meaning.values))
            meaning = meaning.meaning
        meanings[code] = meaning
    _report_notes(table, key, column, notes, findings)
    for check, codes in asked.items():
        some = ", ".join(dict.fromkeys(cleaned(column.values[code]) for code in codes[:SHOWN_TOGETHER]))
        findings.append(table.finding(check, key, np.isin(column.codes, codes), some))
    for check, codes in together.items():
        mask = np.isin(column.codes, codes)
        findings.append(table.finding(check, key, mask, column.values[codes[0]], meant=_quotable(meanings[codes[0]])))
    return meanings


def _report_notes(
    table: Table, key: str, column: TextColumn, notes: list[tuple[int, str, dict[str, object]]], findings: list[Finding]
) -> None:
    for code, check, values in notes[:MOST_VALUES]:
        findings.append(table.finding(check, key, column.codes == code, cleaned(column.values[code]), **values))
    for check in dict.fromkeys(check for _, check, _ in notes[MOST_VALUES:]):
        rest = [(code, values) for code, other, values in notes[MOST_VALUES:] if other == check]
        mask = np.isin(column.codes, [code for code, _ in rest])
        code, values = rest[0]
        findings.append(table.finding(check, key, mask, cleaned(column.values[code]), **values))


def _quotable(meaning: Any) -> object:
    return meaning if isinstance(meaning, dt.date | int | str) else ""


def as_text(text: str, kind: str) -> Any:
    """Return the text. Report a text that a spreadsheet would calculate as a formula."""
    if text[0] in "=+@" or (text[0] == "-" and len(text) > 1 and not text[1:].strip().isalpha()):
        return ParsedWithNote(text, "formula_like")
    return text


def texts(column: TextColumn, meanings: Sequence[str | None] | None = None) -> pa.Array:
    """Convert the column to Arrow text, with each distinct value replaced by its meaning; blanks are null."""
    values = meanings if meanings is not None else [cleaned(value) or None for value in column.values]
    return pa.array(values, pa.string()).take(pa.array(column.codes))


def as_days(column: TextColumn, meanings: list[dt.date | None]) -> np.ndarray:
    """Convert the column to dates; NaT if missing."""
    return np.array(meanings, dtype="datetime64[D]")[column.codes]


def flags(column: TextColumn, meanings: list[Any], wanted: Any) -> np.ndarray:
    """Return a mask of the rows with this meaning."""
    return np.array([meaning == wanted for meaning in meanings], dtype=bool)[column.codes]


def date(table: Table, *keys: str, planned: bool = False) -> Parse:
    """Return a parser for the dates of these columns. All their dates together show whether the month comes first.

    Only a ``planned`` date may be in the future.
    """
    columns = [table.columns[key] for key in keys if key in table.columns]
    texts = [cleaned(value) for column in columns for value in column.values if len(value) < LONGEST_DAY]
    first = days.month_first(texts)
    doubtful = first is None and not table.month_order and days.may_have_month_first(texts)
    first = table.month_order == days.MONTH_FIRST if first is None else first
    day_zero, in_utc = day_zero_of(*columns), days.are_in_utc(texts)

    def parse(text: str, kind: str) -> Any:
        _must_show_its_date(kind)
        text = days.with_zone(text) if in_utc else text
        if days.has_zone(text):
            found = _day(text, day_zero, planned=planned)
            return found if text.startswith(found.isoformat()) else ParsedWithNote(found, "date_utc", together=True)
        if doubtful and days.NUMERIC_DATE.fullmatch(text) and "." not in text:
            raise Asked("month_order")
        if days.has_short_year(text) and table.date_order != days.DAY_FIRST:
            return _with_short_year(text, table.date_order, planned=planned)
        found = _day(text, day_zero, month_first=first, planned=planned)
        if kind in DATES or days.NUMERIC_DATE.fullmatch(text) is None:
            is_serial = days.SERIAL.fullmatch(text) is not None
            written = "date_as_number" if is_serial else "date_as_text"
            return found if kind in DATES + "u" and not is_serial else ParsedWithNote(found, written, together=True)
        if kind == "u" and "/" not in text:
            return found
        return ParsedWithNote(found, "date_month_first" if first else "date_as_text", together=True)

    return parse


def _must_show_its_date(kind: str) -> None:
    """Raise ``ParseError`` for a date that its number format displays as something else."""
    if kind == DATE_SHOWN_OTHERWISE:
        raise ParseError("date_shown_otherwise")


def _with_short_year(text: str, order: str, *, planned: bool) -> ParsedWithNote:
    """Parse a date with a two-digit year first. Ask the user if the order is unknown."""
    if not order:
        raise Asked("date_order")
    found = _day(text, days.EXCEL_DAY_ZERO, year_first=True, planned=planned)
    return ParsedWithNote(found, "date_year_first", together=True)


def day_zero_of(*columns: TextColumn) -> dt.date:
    """Return the date from which the workbook of these columns counts its days."""
    return days.MAC_DAY_ZERO if any(column.date_1904 for column in columns) else days.EXCEL_DAY_ZERO


def _day(
    text: str, day_zero: dt.date, *, month_first: bool = False, year_first: bool = False, planned: bool = False
) -> dt.date:
    try:
        return days.day(text, month_first=month_first, year_first=year_first, day_zero=day_zero, planned=planned)
    except days.NotADate:
        raise ParseError("not_a_date") from None
    except days.OutOfBounds:
        if planned:
            raise ParseError("planned_out_of_bounds", latest=days.latest_planned()) from None
        raise ParseError("date_out_of_bounds") from None


def _as_day(text: str, day_zero: dt.date, order: str) -> str:
    """Convert a date with year first, time zone or 1904 serial number to ISO format. Return other texts unchanged."""
    if order == days.YEAR_FIRST and days.has_short_year(text):
        try:
            return days.day(text, year_first=True).isoformat()
        except (days.NotADate, days.OutOfBounds):
            return text
    if not days.has_zone(text) and (day_zero == days.EXCEL_DAY_ZERO or days.SERIAL.fullmatch(text) is None):
        return text
    try:
        return days.day(text, day_zero=day_zero).isoformat()
    except (days.NotADate, days.OutOfBounds):
        return text


def period(table: Table, answers: Answers) -> Parse:
    """Return a parser for the first day of a period and the day after it. The whole column resolves ambiguities."""
    column, order = table.columns["period"], table.date_order
    day_zero = day_zero_of(column)
    written = {code: cleaned(column.values[code]) for code in column.row_counts()}
    in_utc = days.are_in_utc(written.values())
    as_day = {text: _as_day(days.with_zone(text) if in_utc else text, day_zero, order) for text in written.values()}
    texts = ((as_day[text], column.kind(code)) for code, text in written.items())
    readings = periods.readings(((text, kind) for text, kind in texts if text), answers)

    def parse(text: str, kind: str) -> Any:
        _must_show_its_date(kind)
        if days.has_short_year(text) and not order:
            raise Asked("date_order")
        try:
            found, taken_for_school_year = readings.span(as_day[text], kind)
        except days.NotADate:
            raise ParseError("not_a_period") from None
        except days.OutOfBounds:
            raise ParseError("date_out_of_bounds") from None
        except periods.Ambiguous as ambiguous:
            raise Asked(ambiguous.question) from None
        if (in_utc or days.has_zone(text)) and not text.startswith(as_day[text]):
            return ParsedWithNote(found, "date_utc", together=True)
        return ParsedWithNote(found, "period_school_year", together=True) if taken_for_school_year else found

    return parse


def count(known: Separators) -> Parse:
    """Return a parser for numbers of citizens: whole numbers from 0."""

    def parse(text: str, kind: str) -> Any:
        try:
            found = numbers.count(text, kind, known)
        except numbers.ShownOtherwise:
            raise ParseError("number_shown_otherwise") from None
        except numbers.NotACount:
            raise ParseError("not_a_count") from None
        except numbers.NotANumber:
            raise ParseError("text_for_number") from None
        except numbers.TwoMeanings:
            raise Asked("number_two_meanings") from None
        if found.number > numbers.IMPLAUSIBLE:
            return ParsedWithNote(found.number, "count_implausible")
        if found.rewritten:
            return ParsedWithNote(found.number, "number_written", {"meant": found.number})
        return ParsedWithNote(found.number, "number_as_text", together=True) if kind == "t" else found.number

    return parse


def weight(text: str, kind: str) -> float:
    """Parse a number of votes, or a share with or without a percent sign: any number from 0."""
    number = re.fullmatch(r"(\d+(?:[.,]\d+)?) ?(?:%|pct\.?)?", text)
    if number is None:
        raise ParseError("not_a_weight")
    return float(number[1].replace(",", "."))


def priority(text: str, kind: str) -> Any:
    """Parse a rank; 1 is the first."""
    place = count(Separators())(text.rstrip("."), kind)
    if (place.meaning if isinstance(place, ParsedWithNote) else place) < 1:
        raise ParseError("not_a_count")
    return place


def areas(text: str, kind: str) -> list[str]:
    """Parse policy areas separated by commas, semicolons, slashes, plus or ampersand, or a word for all areas."""
    if normalised(text) in ALL_AREAS:
        return list(WORDS["area"])
    found = [word("area")(part, kind) for part in re.split(r"\s*[,;/+&]\s*", text) if part]
    return list(dict.fromkeys(found))


@derived
def word(kind: str, *without: str) -> Parse:
    """Return a parser for a fixed list of words. Words of the kinds in ``without`` are not valid."""
    refused = {normalised(text) for other in without for texts in spellings(other).values() for text in texts}
    meanings = {
        normalised(spelling): key
        for key, texts in spellings(kind).items()
        for spelling in texts
        if normalised(spelling) not in refused
    }
    standard = tuple(in_every_language(names) for names in WORDS[kind].values())

    def parse(text: str, cell: str) -> str:
        if normalised(text) not in meanings:
            raise ParseError("unknown_word", known=standard)
        return meanings[normalised(text)]

    return parse


def yes_no(text: str, kind: str) -> bool:
    return word("yes_no")(text, kind) == "yes"


ALL_AREAS = {"alle", "alle områder", "all", "all areas", "alla", "alla områden", "samtlige", "samtliga", "kaikki"}


def municipality(known: ReferenceData, *, names_only: bool = False) -> Parse:
    """Return a parser for municipalities: names, codes and common spellings.

    With ``names_only`` a code may belong to another country, and the user is asked.
    """

    def parse(text: str, kind: str) -> Any:
        word = normalised(text)
        name = known.municipalities.get(word)
        if name is None:
            near = misspelt(word, known.municipalities, NEAR_MUNICIPALITY)
            if near is None:
                raise ParseError("unknown_municipality")
            raise ParseError("unknown_municipality_near", nearest=known.municipalities[near[0]])
        if names_only and word.isdecimal():
            raise ParseError("municipality_code", meant=name)
        if word == normalised(name) or (len(word) == 4 and word.isdecimal()):
            return name
        lost = len(word) == 3 and word.isdecimal()
        return ParsedWithNote(name, "leading_zeros" if lost else "spelling", {"meant": name})

    return parse


def group(known: ReferenceData, dimension: str) -> Parse:
    """Return a parser for the groups of one dimension. An age in years becomes its age band."""
    words = known.groups[dimension]
    meant = known.dimensions[dimension]
    standard = {normalised(word) for one in meant.groups for word in (one.key, *one.labels.values())}

    def parse(text: str, kind: str) -> Any:
        key = words.get(normalised(text))
        if key is not None:
            if key == MISSING or normalised(text) in standard:
                return key
            return ParsedWithNote(key, "spelling", {"meant": meant.group(key)})
        if dimension == "age" and len(text) <= 3 and text.isdecimal() and (key := age_band(int(text))):
            return key
        if guess := days.range_from_date(text):
            raise ParseError("group_as_date", guess=guess)
        if near := nearest_group(normalised(text), words):
            raise ParseError("unknown_group_near", dimension=meant, nearest=_group(meant, words[near[0]]))
        raise ParseError("unknown_group", dimension=meant, known=meant.groups)

    return parse


def nearest_group(word: str, words: Mapping[str, str]) -> tuple[str, float] | None:
    """Return the most similar spelling of a group; one for “not stated” only if few letters differ."""
    stated = [spelling for spelling, key in words.items() if key != MISSING]
    return nearest(word, stated, IN_VALUES) or misspelt(
        word, [spelling for spelling in words if spelling not in stated]
    )


def _group(dimension: Any, key: str) -> object:
    return "?" if key == MISSING else dimension.group(key)


def group_or_missing(meaning: str | None) -> str:
    return MISSING if meaning is None else meaning


def age_band(age: int) -> str | None:
    """Return the age band of an age in years; None below 16 and above 120."""
    bands = {24: "16-24", 34: "25-34", 44: "35-44", 54: "45-54", 64: "55-64", 74: "65-74", 120: "75 or older"}
    return next((band for oldest, band in bands.items() if 16 <= age <= oldest), None)
