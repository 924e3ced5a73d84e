"""Headers that name the day or the week of a session: “5. jan 2024”, “fre 5/1”, “uge 12”, and 5 below “Januar”."""

import datetime as dt
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from analysis.intake.values.dates import NotADate, OutOfBounds, day, month_numbers, within_bounds

LONGEST = 40
_WEEKDAY = re.compile(
    r"(?:(?:man|ma|tirs|ti|ons|on|tors|to|fre|fr|lør|lø|søn|sø)(?:dag)?|(?:mån|tis|lör|sön)(?:dag)?"
    r"|mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    r"|(?:maanan|tiis|keskiviik|tors|perjan|lauan|sunnun)\w*)(?:[.,]? (?:d\.? |den )?|[.,])",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[ ,]+(?:kl\.? ?\d{1,2}(?:[:.]\d\d)?|\d{1,2}[:.]\d\d)(?: ?[-–] ?\d{1,2}(?:[:.]\d\d)?)?$", re.IGNORECASE
)
_WORDED = re.compile(
    r"(?:d\.? |den )?(\d{1,2})(?:\.|:[ae]|st|nd|rd|th)? ?([^\W\d_]{3,11})\.?,?(?: (\d{4}|'?\d{2}))?", re.IGNORECASE
)
_NUMERIC = re.compile(r"(\d{1,2})/(\d{1,2})|(\d{1,2})\.(\d{1,2})\.")
_WEEK = re.compile(r"(?:uge|uke|week|vecka|viikko|vko) ?(\d{1,2})(?:[ ,/-]+(\d{4}))?", re.IGNORECASE)
_MONTH = re.compile(r"([^\W\d_]{3,11})\.?,?(?: (\d{4}))?", re.IGNORECASE)
LAST_DAY, LAST_WEEK = 31, 53


@dataclass(frozen=True)
class SessionHeader:
    """The day or the week of a session as its header gives it.

    Attributes
    ----------
    year : None if the header has none.
    first, second : day and month, in the order of the header.
    is_numeric : whether the month is a number, so that either of the two can be the day.
    week : number of the week; 0 for a day.
    """

    year: int | None
    first: int = 0
    second: int = 0
    is_numeric: bool = False
    week: int = 0

    def day(self, year: int, *, month_first: bool) -> dt.date | None:
        """Return the day, or the Monday of the week, in a year; None if there is no such day."""
        with suppress(ValueError, OutOfBounds):
            if self.week:
                return within_bounds(dt.date.fromisocalendar(year, self.week, 1), planned=True)
            number, month = (self.second, self.first) if month_first else (self.first, self.second)
            return within_bounds(dt.date(year, month, number), planned=True)
        return None


def session_header(text: str) -> SessionHeader | None:
    """Return what a header says about the day of a session; None for a date in figures and for any other text."""
    if not text or len(text) > LONGEST:
        return None
    word = _TIME.sub("", _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text)
    if match := _WEEK.fullmatch(word):
        return SessionHeader(_year(match[2]), week=int(match[1])) if 1 <= int(match[1]) <= LAST_WEEK else None
    if match := _NUMERIC.fullmatch(word):
        first, second = (int(number) for number in match.groups() if number)
        is_day = 1 <= min(first, second) <= 12 and max(first, second) <= LAST_DAY
        return SessionHeader(None, first, second, is_numeric=True) if is_day else None
    if (match := _WORDED.fullmatch(word)) and (month := month_numbers().get(match[2].casefold())):
        return SessionHeader(_year(match[3]), int(match[1]), month) if 1 <= int(match[1]) <= LAST_DAY else None
    if word != text:
        with suppress(NotADate, OutOfBounds):
            found = day(word, planned=True)
            return SessionHeader(found.year, found.day, found.month)
    return None


def _year(text: str | None) -> int | None:
    return None if not text else int(text) if len(text) > 3 else 2000 + int(text[-2:])


def is_day_below_month(text: str, above: str) -> bool:
    """Return whether a text is the number of a day and the text above it a month."""
    match = _MONTH.fullmatch(above) if len(above) <= LONGEST else None
    is_day = text.isascii() and text.isdecimal() and 1 <= int(text[:3]) <= LAST_DAY
    return is_day and match is not None and match[1].casefold() in month_numbers()


def with_days_below_months(levels: Sequence[list[str]]) -> list[list[str]]:
    """Return header rows in which a day below a month, such as 5 below “Januar 2024”, is “5. Januar 2024”."""
    found = [list(texts) for texts in levels]
    for lower in range(1, len(found)):
        for at, text in enumerate(found[lower]):
            above = found[lower - 1][at]
            if is_day_below_month(text, above):
                found[lower - 1][at] = found[lower][at] = f"{int(text)}. {above}"
    return found


def in_order(headers: Sequence[SessionHeader], year: int | None, *, month_first: bool) -> list[dt.date | None]:
    """Return the day of each header. Those without a year are in ``year``, or in the next one after its end."""
    found: list[dt.date | None] = []
    current, last = year, None
    for one in headers:
        if one.year is None and current is not None:
            here = one.day(current, month_first=month_first)
            if here and last and here < last and last.month > 6 >= here.month:
                current += 1
                here = one.day(current, month_first=month_first)
        else:
            here = one.day(one.year, month_first=month_first) if one.year else None
        found.append(here)
        last = here or last
    return found
