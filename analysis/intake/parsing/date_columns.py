"""Parse columns of dates and of periods. All texts of a column together decide what one text leaves open."""

import datetime as dt
from typing import Any

from analysis.intake.parsing.columns import Asked, Parse, ParsedWithNote, ParseError
from analysis.intake.parsing.questions import Answers
from analysis.intake.sheets import DATE_SHOWN_OTHERWISE, DATES, TextColumn
from analysis.intake.tables import Table, cleaned
from analysis.intake.values import dates as days
from analysis.intake.values import period_headers, period_texts, periods

LONGEST_DAY = 40


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


def _under(text: str, unit: str, answers: Answers) -> str:
    """Return what a period is under its header; empty if it is unclear."""
    try:
        return period_headers.under(text, unit, answers)
    except (period_texts.Unclear, periods.Ambiguous):
        return ""


def period(table: Table, answers: Answers) -> Parse:
    """Return a parser for the first day of a period and the day after it. The header and the whole column decide."""
    column, order = table.columns["period"], table.date_order
    day_zero = day_zero_of(column)
    written = {code: cleaned(column.values[code]) for code in column.row_counts()}
    in_utc = days.are_in_utc(written.values())
    as_day = {text: _as_day(days.with_zone(text) if in_utc else text, day_zero, order) for text in written.values()}
    unit = period_headers.unit_of(table.headers.get("period", ""))
    kinds = {code: period_headers.kind_under(column.kind(code), unit) for code in written}
    texts = [(_under(as_day[text], unit, answers), kinds[code]) for code, text in written.items()]
    texts = [(text, kind) for text, kind in texts if text]
    readings = periods.readings(texts, period_headers.with_answer(texts, unit, answers))

    def parse(text: str, kind: str) -> Any:
        _must_show_its_date(kind)
        if days.has_short_year(text) and not order:
            raise Asked("date_order")
        try:
            said = period_headers.under(as_day[text], unit, answers)
            found, told_by = readings.span(said, period_headers.kind_under(kind, unit))
        except period_texts.Unclear as unclear:
            raise ParseError(unclear.check) from None
        except days.NotADate:
            raise ParseError("not_a_period") from None
        except days.OutOfBounds:
            raise ParseError("date_out_of_bounds") from None
        except periods.Ambiguous as ambiguous:
            raise Asked(ambiguous.question) from None
        if (in_utc or days.has_zone(text)) and not text.startswith(as_day[text]):
            return ParsedWithNote(found, "date_utc", together=True)
        return ParsedWithNote(found, told_by, together=True) if told_by else found

    return parse
