"""Parse periods that can be read in one way only: years, parts of years, school years, weeks and ranges."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from analysis.intake.values.dates import NotADate, OutOfBounds, day, month_numbers, names_of, within_bounds
from analysis.model.registry import derived

Span = tuple[dt.date, dt.date]
"""First day of a period, and the day after its last day."""
SCHOOL_YEAR_MONTH = 8
"""First month of school years in Denmark and Finland."""


class Unclear(NotADate):
    """The text lacks something that a period needs; ``check`` is the key of the check that tells what."""

    def __init__(self, check: str) -> None:
        super().__init__(check)
        self.check = check


@dataclass(frozen=True)
class Unit:
    """A part of a year: names (regex), maximum number, and months in each (0 for a week)."""

    names: str
    most: int
    months: int
    short_year: bool = True


UNITS = (
    Unit("k|q|kv|kvt|qtr|kvartalet|neljännesvuosi", 4, 3),
    Unit("h|halvår|halvåret|halv år|half ?year|half|puolivuosi|vuosipuolisko|puolivuotis(?:jakso)?", 2, 6),
    Unit("t|tertial|tertialet|tertiale|third of the year|kolmannes|vuosikolmannes", 3, 4),
    Unit("m|måned|månad|month|kuukausi|kk", 12, 1, short_year=False),
    Unit("u|w|v|uge|uke|vecka|veckan|week|wk|viikko|vko|vk", 53, 0, short_year=False),
)


_ORDINAL = r"(?:\.|:[ae]|st|nd|rd|th|:?s[aä]|første|andet)?"


_SPACE = r"[ ,./-]{0,2}"


def _in_unit(unit: Unit) -> "re.Pattern[str]":
    names = rf"(?:{unit.names})\.?"
    short = r"|\d{2}" if unit.short_year else ""
    return re.compile(
        rf"(?P<y1>\d{{4}}){_SPACE}{names} ?(?P<n1>\d{{1,2}})"
        rf"|{names} ?(?P<n2>\d{{1,2}})[ ,./-]{{1,2}}'?(?P<y2>\d{{4}}{short})"
        rf"|(?P<n3>\d{{1,2}}){_ORDINAL} ?{names}{_SPACE}(?:af |av |of )?'?(?P<y3>\d{{4}}{short})"
        rf"|(?P<y4>\d{{4}})[ ,:-]{{1,2}}(?P<n4>\d{{1,2}}){_ORDINAL} ?{names}",
        re.IGNORECASE,
    )


@derived
def _units() -> list[tuple["re.Pattern[str]", Unit]]:
    """Return the pattern of each unit, including the names of quarters in every language."""
    quarters, *others = UNITS
    names = {re.sub(r"\d(?:\.|:[ae]|st|nd|rd|th)?", "", name).strip() for _, name in names_of("quarters")}
    called = "|".join(sorted({*quarters.names.split("|"), *names}))
    return [(_in_unit(unit), unit) for unit in (replace(quarters, names=called), *others)]


_YEAR = re.compile(
    r"(?:(?:år|året|yr|year|vuosi|vuonna|kalenderår|kalenderåret|calendar year|kalenterivuosi|årg|årgang|årgangen"
    r"|årgång|årgången|vuosikerta|hele|hela|koko|whole(?: of)?)\.? ?)?((?:19|20)\d\d)",
    re.IGNORECASE,
)


_CALLED = (
    r"(?:skoleår|skoleåret|skuleår|skuleåret|skolår|skolåret|läsår|läsåret|studieår|studieåret|lukuvuosi|opintovuosi"
    r"|school ?year|academic year|sy|lv)"
)


SIGN = r" ?[-/\N{EN DASH}] ?"


_YEARS = rf"(\d{{4}}){SIGN}(\d{{2}}|\d{{4}})|(\d{{2}}){SIGN}(\d{{2}})"


SCHOOL_YEAR_TEXT = re.compile(rf"{_CALLED} ?(?:{_YEARS})|(?:{_YEARS}) ?{_CALLED}", re.IGNORECASE)


_RANGE = re.compile(r"(.{4,30}?)(?: ?\N{EN DASH} ?| - | til | till | to )(.{4,30})", re.IGNORECASE)


_FROM_TO = re.compile(r"\d{1,2}\.? ?[-\N{EN DASH}] ?\d{1,2}\.?[ /.]\d{4}")
"""Numbers of months or quarters, such as 1-3/2015."""


_SEASON = re.compile(
    r"(?:.*\W)?(?:forår(?:et)?|forårssemester|efterår(?:et)?|efterårssemester|sommer(?:en)?|vinter(?:en)?"
    r"|vår(?:en)?|høst(?:en)?|vårsemester|høstsemester|sommar(?:en)?|höst(?:en)?|vårtermin(?:en)?"
    r"|hösttermin(?:en)?|[vh]t|kevät|kesällä|keväällä|syksyllä|talvella|syksy|talvi"
    r"|kevätlukukausi|syyslukukausi|spring|summer|autumn|fall|winter|(?:spring|autumn) term"
    r"|semester|termin)(?:\W.*|\d+)?",
    re.IGNORECASE,
)


_WORD = r"([^\W\d_]{3,11})\.?"


_WORDED_MONTH = re.compile(rf"{_WORD}(?:(?:, |[ -])?(\d{{4}})|(?:[ -]'?|')(\d{{2}}))", re.IGNORECASE)


_YEAR_FIRST = re.compile(rf"(\d{{4}})[ ,-]{{1,2}}{_WORD}", re.IGNORECASE)


_MONTHS = re.compile(rf"{_WORD} ?(?:-|\N{{EN DASH}}|til|till|to) ?{_WORD} ?(\d{{4}})", re.IGNORECASE)


_NUMBER_WORDS = {
    1: "i|første|fyrste|första|first|ensimmäinen",
    2: "ii|andet|anden|andre|annet|andra|second|toinen",
    3: "iii|tredje|third|kolmas",
    4: "iv|fjerde|fjärde|fourth|neljäs",
}


_NUMBERED = [(re.compile(rf"(?:{words})\.? (?=[^\W\d])", re.IGNORECASE), n) for n, words in _NUMBER_WORDS.items()]


def _with_number(text: str) -> str:
    """Return the text with a number for a leading word: 2. halvår for andet halvår."""
    for pattern, number in _NUMBERED:
        if match := pattern.match(text):
            return f"{number}. {text[match.end() :]}"
    return text


def says_season(text: str) -> bool:
    """Return whether a text names a season or a term."""
    return _SEASON.fullmatch(text) is not None


def why_unclear(text: str) -> str | None:
    """Return the check that tells why a text is no period: it has no year, or is a season, or numbers of something."""
    if says_season(text):
        return "period_season"
    if _FROM_TO.fullmatch(text):
        return "period_numbers"
    without_year = text.casefold().strip(" .,") in month_numbers() or certain_or_none(f"{text} 2015") is not None
    return "period_without_year" if without_year and not re.search(r"\d{4}", text) else None


def certain(text: str) -> Span | None:
    """Return the period of an unambiguous text; None for any other text. Raises ``OutOfBounds``."""
    text = _with_number(text)
    for pattern, unit in _units():
        if match := pattern.fullmatch(text):
            return _part(unit, match)
    if match := _YEAR.fullmatch(text):
        return span(int(match[1]), 1, 12)
    if match := SCHOOL_YEAR_TEXT.fullmatch(text):
        first_year, second_year = (year for year in match.groups() if year)
        year = full_year(first_year)
        return span(year, SCHOOL_YEAR_MONTH, 12) if follows(str(year), second_year) else None
    if (match := _MONTHS.fullmatch(text)) and {match[1].casefold(), match[2].casefold()} <= month_numbers().keys():
        first, last = month_numbers()[match[1].casefold()], month_numbers()[match[2].casefold()]
        return span(int(match[3]), first, last - first + 1) if first < last else None
    if (match := _WORDED_MONTH.fullmatch(text)) and match[1].casefold() in month_numbers():
        return span(full_year(match[2] or match[3]), month_numbers()[match[1].casefold()], 1)
    if (match := _YEAR_FIRST.fullmatch(text)) and match[2].casefold() in month_numbers():
        return span(int(match[1]), month_numbers()[match[2].casefold()], 1)
    return _range(text)


def _range(text: str) -> Span | None:
    """Return the period from a first to a last period or day: 01-01-2015 - 31-03-2015. None if there is none."""
    if not (match := _RANGE.fullmatch(text)):
        return None
    first, last = _end_of_range(match[1]), _end_of_range(match[2])
    return (first[0], last[1]) if first and last and first[0] < last[0] else None


def _end_of_range(text: str) -> Span | None:
    """Return a period or a day with one meaning; None for any other text."""
    if _YEAR.fullmatch(text):
        return None
    if (pair := PAIR.fullmatch(text)) and not follows(pair[1], pair[3]):
        return span(int(pair[1]), int(pair[3]), 1)
    if found := certain_or_none(text):
        return found
    days = {_as_day(text, month_first=month_first) for month_first in (False, True)} - {None}
    found_day = min(days, key=str) if len(days) == 1 else _as_day(text) if "." in text or "-" in text else None
    return (found_day, found_day + dt.timedelta(days=1)) if found_day else None


def _as_day(text: str, *, month_first: bool = False) -> dt.date | None:
    try:
        return day(text, month_first=month_first)
    except (NotADate, OutOfBounds):
        return None


def _part(unit: Unit, match: "re.Match[str]") -> Span:
    parts = match.groupdict()
    number = int(next(parts[name] for name in ("n1", "n2", "n3", "n4") if parts[name]))
    year = full_year(next(parts[name] for name in ("y1", "y2", "y3", "y4") if parts[name]))
    if not 1 <= number <= unit.most:
        raise NotADate(match[0])
    return span(year, unit.months * (number - 1) + 1, unit.months) if unit.months else week(year, number)


def span(year: int, month: int, months: int) -> Span:
    """Return a period of so many months. Raises ``OutOfBounds`` if it begins before 1990 or in the future."""
    if not 1 <= month <= 12 or not 1 <= year <= 9000:
        raise NotADate(f"{year}-{month}")
    start = within_bounds(dt.date(year, month, 1))
    after = month - 1 + months
    return start, dt.date(year + after // 12, after % 12 + 1, 1)


def week(year: int, number: int) -> Span:
    """Return an ISO 8601 week, from Monday to Sunday."""
    try:
        start = within_bounds(dt.date.fromisocalendar(year, number, 1))
    except OutOfBounds:
        raise
    except ValueError:
        raise NotADate(f"{year}-W{number}") from None
    return start, start + dt.timedelta(days=7)


def full_year(text: str) -> int:
    """Return the year from four digits, or from its last two digits."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def follows(first: str, second: str) -> bool:
    """Return whether the second year follows the first."""
    year = int(first) + 1
    return second in (str(year), f"{year % 100:02d}")


PAIR = re.compile(r"(\d{4})([-/. \N{EN DASH}]?)(\d{2})")


def certain_or_none(text: str) -> Span | None:
    """Return the period of an unambiguous text; None also if it is out of bounds."""
    try:
        return certain(text)
    except (NotADate, OutOfBounds):
        return None
