"""Parse dates in any common notation."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from zoneinfo import ZoneInfo

from babel import Locale

from analysis.i18n import LANGUAGES
from analysis.model.registry import derived

EARLIEST = dt.date(1990, 1, 1)
YEARS_AHEAD = 10
"""How far ahead something can be planned."""
EXCEL_DAY_ZERO = dt.date(1899, 12, 30)
MAC_DAY_ZERO = dt.date(1904, 1, 1)
"""Day zero of older Macs, four years after that of Excel."""
SERIAL_DAYS = range(32874, 73051)  # 1990 to 2099
SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)


def names_of(kind: str) -> Iterator[tuple[int, str]]:
    """Yield the number and the name of every month or quarter, in every language, in full and abbreviated."""
    for code in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in getattr(Locale(code), kind)[context][width].items():
                    yield number, name.casefold().rstrip(".")


@derived
def month_numbers() -> Mapping[str, int]:
    """Return the number of each month by its names."""
    return {**{name: number for number, name in names_of("months")}, "sept": 9}


_WORD = r"([^\W\d_]{3,11})\.?"
_ORDINAL = r"(?:\.|:[ae]|st|nd|rd|th)?"
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|[-+]\d\d:?\d\d)?", re.IGNORECASE)
_DANISH_TIME = ZoneInfo("Europe/Copenhagen")
FEWEST_MOMENTS = 3
"""Minimum number of timestamps: if all are midnight in Denmark, they are in UTC."""
FEW_YEARS, MANY_DAYS = 2, 5
"""Number of different years at most, and of days at least, that tell them apart in dates with two-digit years."""
FEWEST_FIRSTS, MOST_FIRSTS = 3, 10
"""Minimum number of different days for ambiguity of the day and the month, for January and for other months."""
_TIME = r"(?:[ ,]{1,2}(?:kl\.? ?)?[0-2]?\d[:.][0-5]\d(?:[:.][0-5]\d)?(?: ?[ap]m)?)?"
NUMERIC_DATE = re.compile(rf"(\d{{1,2}})[-./](\d{{1,2}})[-./](\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_NO_END = re.compile(
    r"(?:\d{4}[-./](?:12[-./]31|0?1[-./]0?1)|(?:31[-./]12|12[-./]31|0?1[-./]0?1)[-./]\d{4})(?:[ T].*)?"
)
NO_END_FROM = 2099
"""First year that systems write for the end of what has no end, on its first or last day."""
_LAST_SERIALS = {"2958101", "2958465"}
"""Excel's serial numbers of the first and the last day of the year 9999."""
_WORDED_DATE = re.compile(rf"(?:den )?(\d{{1,2}}){_ORDINAL} ?{_WORD} (\d{{4}})", re.IGNORECASE)
_DATE_LIKE_RANGE = re.compile(r"(\d{1,2})[-. ]([^\W\d_]{3,6})\.?")


SOON = dt.timedelta(days=400)
"""A day that is no further ahead may be a planned end among the dates of a column."""
DAY_FIRST, YEAR_FIRST, MONTH_FIRST = "day_first", "year_first", "month_first"
"""Reading orders of ambiguous dates, such as 12-01-10 and 02/01/2015."""


class NotADate(ValueError):
    """The text is not a date or not a period."""


class OutOfBounds(ValueError):
    """The date is before 1990, or in the future and not planned, or planned too far ahead."""


def day(
    text: str,
    *,
    month_first: bool = False,
    year_first: bool = False,
    day_zero: dt.date = EXCEL_DAY_ZERO,
    planned: bool = False,
) -> dt.date:
    """Parse a date: year-month-day, day-month-year, 12. marts 2015 in any language, or Excel's serial number.

    A time of day is ignored.

    Parameters
    ----------
    text : the text to parse.
    month_first : whether the month comes before the day.
    year_first : whether a two-digit year comes first.
    day_zero : date from which the workbook counts its days.
    planned : whether the date may be in the future.

    Raises
    ------
    NotADate : the text is not a date.
    OutOfBounds : see ``within_bounds``.
    """
    if (match := _MOMENT.fullmatch(text)) and match[3]:
        return within_bounds(_danish(match).date(), planned=planned)
    if match := _ISO_DATE.fullmatch(text):
        year, month, number = (int(part) for part in match.groups())
    elif match := NUMERIC_DATE.fullmatch(text):
        number, month, year = (int(part) for part in match.groups())
        if year_first and has_short_year(text):
            if len(match[1]) != 2:
                raise NotADate(text)
            number, year = year, number
        elif month_first:
            number, month = month, number
        year += 2000 * (year < 70) + 1900 * (70 <= year < 100)
    elif (match := _WORDED_DATE.fullmatch(text)) and match[2].casefold() in month_numbers():
        number, month, year = int(match[1]), month_numbers()[match[2].casefold()], int(match[3])
    elif (match := SERIAL.fullmatch(text)) and int(match[1]) + (day_zero - EXCEL_DAY_ZERO).days in SERIAL_DAYS:
        return within_bounds(day_zero + dt.timedelta(days=int(match[1])), planned=planned)
    else:
        raise NotADate(text)
    try:
        found = dt.date(year, month, number)
    except ValueError:
        raise NotADate(text) from None
    return within_bounds(found, planned=planned)


def _danish(match: "re.Match[str]") -> dt.datetime:
    """Convert a timestamp to Danish time. Without a time zone, UTC is assumed."""
    try:
        moment = dt.datetime.fromisoformat(f"{match[1]}T{match[2]}{(match[3] or 'Z').upper()}")
        return moment.astimezone(_DANISH_TIME)
    except (ValueError, OverflowError):
        raise NotADate(match[0]) from None


def are_in_utc(texts: Iterable[str]) -> bool:
    """Return whether timestamps without a time zone are in UTC: then all are midnight in Denmark, all year round."""
    moments = {match[0]: match for text in texts if (match := _MOMENT.fullmatch(text)) and not match[3]}
    with suppress(NotADate):
        return len(moments) >= FEWEST_MOMENTS and all(
            not match[2].startswith("00:00") and _danish(match).time() == dt.time() for match in moments.values()
        )
    return False


def is_no_end(text: str) -> bool:
    """Return whether the text is a day such as 31-12-9999, which systems write for what has no end."""
    if text in _LAST_SERIALS:
        return True
    years = re.findall(r"\d{4}", text) if _NO_END.fullmatch(text) else []
    return bool(years) and int(years[0]) >= NO_END_FROM


def with_zone(text: str) -> str:
    """Append the zone UTC to a timestamp without a time zone. Return other texts unchanged."""
    match = _MOMENT.fullmatch(text)
    return f"{text}Z" if match and not match[3] else text


def has_zone(text: str) -> bool:
    """Return whether the text is a timestamp with a time zone."""
    return (match := _MOMENT.fullmatch(text)) is not None and match[3] is not None


def may_have_month_first(texts: Iterable[str]) -> bool:
    """Return whether dates such as 01/01/2015, 02/01/2015 can be days of one month or the first days of months."""
    numbers = {(int(match[1]), int(match[2])) for text in texts if (match := NUMERIC_DATE.fullmatch(text))}
    firsts, seconds = {first for first, _ in numbers}, {second for _, second in numbers}
    if len(seconds) != 1 or max(firsts) > 12:
        return False
    return len(firsts) >= (FEWEST_FIRSTS if seconds == {1} else MOST_FIRSTS)


def month_first(texts: list[str]) -> bool | None:
    """Return whether dates such as 03/25/2015 have the month first; None if the texts do not show it."""
    month_comes_first = set()
    for text in texts:
        if match := NUMERIC_DATE.fullmatch(text):
            first, second = int(match[1]), int(match[2])
            if max(first, second) > 12 and min(first, second) <= 12:
                month_comes_first.add(second > 12)
    return month_comes_first.pop() if len(month_comes_first) == 1 else None


def has_short_year(text: str) -> bool:
    """Return whether the text is a numeric date with a two-digit year, first or last."""
    match = NUMERIC_DATE.fullmatch(text)
    return match is not None and len(match[3]) == 2


def order_of_short(texts: Iterable[str]) -> str:
    """Return the reading order of the majority of unambiguous dates with two-digit years; empty if undecided.

    A day in the near future decides nothing: planned ends stand among other dates. If none decides, many days end in
    one of few numbers and begin with many: those are the years, and these the days.
    """
    year_last, year_first = 0, 0
    short = list(filter(has_short_year, texts))
    for text in short:
        last = _is_day(text) or _is_day(text, month_first=True)
        first = _is_day(text, year_first=True)
        year_last += last and not first
        year_first += first and not last
    if year_last == year_first == 0 and short:
        firsts, lasts = ({match[at] for text in short if (match := NUMERIC_DATE.fullmatch(text))} for at in (1, 3))
        if min(len(firsts), len(lasts)) <= FEW_YEARS and max(len(firsts), len(lasts)) >= MANY_DAYS:
            return DAY_FIRST if len(firsts) > len(lasts) else YEAR_FIRST
    if year_last == year_first:
        return ""
    return DAY_FIRST if year_last > year_first else YEAR_FIRST


def _is_day(text: str, *, month_first: bool = False, year_first: bool = False) -> bool:
    with suppress(NotADate, OutOfBounds):
        found = day(text, month_first=month_first, year_first=year_first, planned=True)
        return found - dt.date.today() <= SOON
    return False


def range_from_date(text: str) -> str | None:
    """Return the range that Excel converted to a date, such as 10-20 for 20-Oct; None for any other text."""
    if match := _DATE_LIKE_RANGE.fullmatch(text):
        month = month_numbers().get(match[2].casefold())
        return f"{month}-{int(match[1])}" if month else None
    if match := _ISO_DATE.fullmatch(text):
        return f"{int(match[2])}-{int(match[3])}"
    return None


def within_bounds(found: dt.date, *, planned: bool = False) -> dt.date:
    """Return the date unchanged. Raises ``OutOfBounds`` before 1990 and in the future; if planned, only far ahead."""
    if not EARLIEST <= found <= (latest_planned() if planned else dt.date.today()):
        raise OutOfBounds(str(found))
    return found


def latest_planned() -> dt.date:
    """Return the last day for which something can be planned."""
    return dt.date(dt.date.today().year + YEARS_AHEAD, 12, 31)
