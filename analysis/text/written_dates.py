"""Dates as people write them, periods, and lists of dates."""

import re

from analysis.text.strength import FIRST_YEAR_OF_EXPORTS
from analysis.text.units import UNITS

_DIGITS = re.compile(r"\d+")
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_SHORT_DATE = re.compile(
    rf"(?<!\d)(?<!\d[.,/-])(?:({_YEAR}) ?([./-]) ?({_MONTH}) ?\2 ?({_DAY})"
    rf"|({_DAY}) ?([./-]) ?({_MONTH}) ?([./-] ?| (?={_YEAR}))({_YEAR}|\d\d))(?!\d|\.\d|[\W_]{{0,12}}\d{{4}}{UNITS})",
    re.IGNORECASE,
)
"""A date with one-digit parts or with spaces. Four numbers separated by points are a software version."""
_SPACED = re.compile(r"\d(?: [./-]|[./-] )")
_MIXED = re.compile(r"\d\d([./-])\d\d(?!\1)[./-]\d\d")
_WRITTEN_DATE = rf"(?:{_DAY}[./-]{_MONTH}[./-](?:{_YEAR}|\d\d)|{_YEAR}[./-]{_MONTH}[./-]{_DAY})"
_MOMENT = rf"{_WRITTEN_DATE}(?:[ T]\d\d[.:]\d\d)?"
_OUR_YEAR = r"(?:199\d|20\d\d)"
_NO_REST = r"(?![.,/-]?\d|[ ._/-]*(?:[A-FU-Y] ?)?\d(?:[ ._/-]?\d){2})"
"""Lookahead: the last date or year does not begin an identity number."""
_DATES = re.compile(
    rf"(?<!\d)(?<!\d[.,/-])(?:{_OUR_YEAR} (?:[/-] )?{_WRITTEN_DATE}|{_MOMENT}(?:[\W_]{{1,12}}{_MOMENT})+){_NO_REST}",
    re.IGNORECASE,
)
"""Consecutive dates, or a date after a year."""
_DATE_AND_YEAR = re.compile(
    rf"(?<!\d)(?<!\d[.,/-])({_WRITTEN_DATE})[\W_]{{1,12}}({_OUR_YEAR}){_NO_REST}", re.IGNORECASE
)
_DATE_AND_COUNT = re.compile(rf"(?<!\d)(?<!\d[.,/-]){_DAY}([./-]){_MONTH}\1(?:20)?[12]\d[,:] [1-9]\d{{3}}(?![.,/-]?\d)")
"""A date of the export years, then a number apart from it."""
_BORN_AND_PLACE = re.compile(
    rf"(?:født|foedt|född|born|syntynyt|(?<![^\W_])f\.)\D{{0,12}}{_WRITTEN_DATE}, ?[1-9]\d{{3}} "
    r"(?-i:[A-ZÆØÅÄÖ])[^\W\d_]",
    re.IGNORECASE,
)
"""A date of birth, then a postal code and a town."""
_LONGEST_PERIOD = 10
"""Years from the date to the year of a period that begins before the export years."""


def has_short_date(text: str) -> bool:
    """Return whether the text may have a date with spaces or with two kinds of separators."""
    return _SPACED.search(text) is not None or _MIXED.search(text) is not None


def with_two_digits(text: str) -> str:
    """Write each date with two-digit day and month, without spaces, and with one kind of separator."""
    return _SHORT_DATE.sub(_with_two_digits, text)


def _with_two_digits(date: re.Match[str]) -> str:
    """Write the date with two-digit day and month, without spaces, and with one kind of separator."""
    year, iso, month, day, first, one, second, _, last = date.groups()
    if iso:
        return f"{year}{iso}{month:>02}{iso}{day:>02}"
    return f"{first:>02}{one}{second:>02}{one}{last}"


def without_periods(text: str) -> str:
    """Replace lists of dates, periods, and dates before a number of something or a postal code."""
    text = _BORN_AND_PLACE.sub(" til ", _DATE_AND_COUNT.sub(" til ", text))
    return _DATE_AND_YEAR.sub(_without_period, _DATES.sub(" til ", text))


def _without_period(found: re.Match[str]) -> str:
    """Replace a date followed by the same or a later year, both from 1990 on. Such a pair is a period.

    A period that begins before the export years is short: 1999-2030 is none.
    """
    parts = _DIGITS.findall(found[1])
    year = int(parts[0] if len(parts[0]) == 4 else parts[2])
    if year < 100:
        year += 1900 if year >= 90 else 2000
    last = int(found[2])
    is_short = year >= FIRST_YEAR_OF_EXPORTS or last - year <= _LONGEST_PERIOD
    return " til " if 1990 <= year <= last and is_short else found[0]
