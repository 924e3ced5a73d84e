"""Parse periods in any common notation: a week, a month, a quarter, up to a school year.

A single text can be ambiguous: 2010-11 is a month or a school year, and a date can mean its month or its year. The
other texts of the column resolve this; otherwise the user is asked.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from analysis.intake.sheets import DATES
from analysis.intake.values.dates import NotADate, OutOfBounds, day, month_numbers, names_of, within_bounds
from analysis.model.registry import derived

Span = tuple[dt.date, dt.date]
"""First day of a period, and the day after its last day."""

SCHOOL_YEAR_MONTH = 8
"""First month of school years in Denmark and Finland."""

ENOUGH_SCHOOL_YEARS = 3
"""Minimum number of texts like 2009/10, 2010/11, 2011/12 for school years. As months they would be 13 months apart."""
ENOUGH_MONTHS = 3
"""If texts like 2010/10 outnumber texts like 2010/11 by this factor, all are months, even with gaps between them."""
ENOUGH_IMPOSSIBLE = 2
"""Minimum number of texts like 2015-13, 2015-14. Then they are not errors, and no text of the column is a month."""

ASK, NONE = "ask", "none"
"""The user must choose the reading; no reading is possible."""


class Ambiguous(ValueError):
    """The text can be read as two periods; ``question`` is the key of the question for the user."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


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


_YEAR = re.compile(r"(?:(?:år|året|year|vuosi|kalenderår|kalenderåret|calendar year) ?)?((?:19|20)\d\d)", re.IGNORECASE)
_CALLED = r"(?:skoleår|skoleåret|skuleår|skolår|skolåret|läsår|läsåret|lukuvuosi|school ?year|academic year)"
_YEARS = r"(\d{4}) ?[-/\N{EN DASH}] ?(\d{2}|\d{4})|(\d{2}) ?[-/\N{EN DASH}] ?(\d{2})"
_SCHOOL_YEAR = re.compile(rf"{_CALLED} ?(?:{_YEARS})|(?:{_YEARS}) ?{_CALLED}", re.IGNORECASE)
_TWO_YEARS = re.compile(r"(\d{4})/(\d{4})")
_PAIR = re.compile(r"(\d{4})([-/. ]?)(\d{2})")
_MONTH_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{4})")
_WORD = r"([^\W\d_]{3,11})\.?"
_WORDED_MONTH = re.compile(rf"{_WORD}(?:[ -]?(\d{{4}})|(?:[ -]'?|')(\d{{2}}))", re.IGNORECASE)
_YEAR_FIRST = re.compile(rf"(\d{{4}})[ ,-]{{1,2}}{_WORD}", re.IGNORECASE)
_MONTHS = re.compile(rf"{_WORD} ?(?:-|\N{{EN DASH}}|til|till|to) ?{_WORD} ?(\d{{4}})", re.IGNORECASE)
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


def certain(text: str) -> Span | None:
    """Return the period of an unambiguous text; None for any other text. Raises ``OutOfBounds``."""
    for pattern, unit in _units():
        if match := pattern.fullmatch(text):
            return _part(unit, match)
    if match := _YEAR.fullmatch(text):
        return span(int(match[1]), 1, 12)
    if match := _SCHOOL_YEAR.fullmatch(text):
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


@dataclass(frozen=True)
class Readings:
    """Readings of the ambiguous texts of one column: ``months``, ``school_years`` and so on, ``ASK`` or ``NONE``.

    Attributes
    ----------
    pairs : reading of texts like 2010-11, by separator.
    others : reading of texts like 2010-12, which cannot be a school year, by separator.
    month_first : reading of texts like 3/2015, by separator.
    days : reading of dates.
    """

    pairs: Mapping[str, str]
    others: Mapping[str, str]
    month_first: Mapping[str, str]
    days: str

    def span(self, text: str, kind: str) -> tuple[Span, bool]:
        """Return the period of a text, and whether it was read as a school year without being labelled as one.

        Raises ``NotADate``, ``OutOfBounds`` or ``Ambiguous``.
        """
        if kind not in DATES:
            if found := certain(text):
                return found, False
            if (match := _TWO_YEARS.fullmatch(text)) and follows(match[1], match[2]):
                return span(int(match[1]), SCHOOL_YEAR_MONTH, 12), True
            if match := _PAIR.fullmatch(text):
                reading = self.pairs[match[2]]
                if reading != NONE and not follows(match[1], match[3]):
                    reading = self.others.get(match[2], "months")
                elif reading != NONE and is_school_year(match):
                    reading = "school_years"
                return _read(reading, "period_year_or_month", int(match[1]), int(match[3])), reading == "school_years"
            if match := _MONTH_FIRST.fullmatch(text):
                reading = self.month_first[match[2]]
                return _read(reading, "period_month_or_quarter", int(match[3]), int(match[1])), False
        return self._of_day(_day(text), kind), False

    def _of_day(self, found: dt.date, kind: str) -> Span:
        match {"y": "years", "m": "months"}.get(kind, self.days):
            case "months":
                return span(found.year, found.month, 1)
            case "quarters":
                return span(found.year, found.month - (found.month - 1) % 3, 3)
            case "half_years":
                return span(found.year, found.month - (found.month - 1) % 6, 6)
            case "years":
                return span(found.year, 1, 12)
            case "school_years":
                return span(found.year - (found.month < SCHOOL_YEAR_MONTH), SCHOOL_YEAR_MONTH, 12)
            case "weeks":
                return week(*found.isocalendar()[:2])
        raise Ambiguous("period_day")


def _read(reading: str, question: str, year: int, number: int) -> Span:
    match reading:
        case "months":
            return span(year, number, 1)
        case "quarters":
            return span(year, 3 * number - 2, 3)
        case "school_years":
            return span(year, SCHOOL_YEAR_MONTH, 12)
        case _ if reading == ASK:
            raise Ambiguous(question)
    raise NotADate(str(number))


def is_school_year(match: "re.Match[str]") -> bool:
    """Return whether a text like 2015/16 can only be a school year."""
    return match[2] in "-/" and match[2] != "" and follows(match[1], match[3]) and not 1 <= int(match[3]) <= 12


def _day(text: str) -> dt.date:
    match = _COMPACT_DAY.fullmatch(text)
    return day("-".join(match.groups()) if match else text)


def readings(column: Iterable[tuple[str, str]], answers: Mapping[str, str]) -> Readings:
    """Determine the readings of the ambiguous texts of a column, from all texts, their kinds and the user's answers."""
    pairs: dict[str, set[re.Match[str]]] = {}
    month_first: dict[str, set[tuple[int, int]]] = {}
    found: set[dt.date] = set()
    for text, kind in dict.fromkeys(column):
        if kind in DATES:
            found |= _days_in(text) if kind == "d" else set()
        elif certain_or_none(text):
            continue
        elif match := _PAIR.fullmatch(text):
            pairs.setdefault(match[2], set()).add(match)
        elif match := _MONTH_FIRST.fullmatch(text):
            month_first.setdefault(match[2], set()).add((int(match[3]), int(match[1])))
        else:
            found |= _days_in(text)
    return Readings(
        {between: _of_pairs(list(some), answers) for between, some in pairs.items()},
        {between: _of_others(list(some), answers) for between, some in pairs.items()},
        {between: _of_months(some, answers) for between, some in month_first.items()},
        answers.get("period_day") or _of_days(found),
    )


def certain_or_none(text: str) -> Span | None:
    """Return the period of an unambiguous text; None also if it is out of bounds."""
    try:
        return certain(text)
    except (NotADate, OutOfBounds):
        return None


def _days_in(text: str) -> set[dt.date]:
    try:
        return {_day(text)}
    except (NotADate, OutOfBounds):
        return set()


def _of_pairs(pairs: list["re.Match[str]"], answers: Mapping[str, str]) -> str:
    """Determine the reading of texts like 2010-11."""
    months = [match for match in pairs if not follows(match[1], match[3])]
    if sum(not 1 <= int(match[3]) <= 12 for match in months) >= ENOUGH_IMPOSSIBLE:
        return NONE
    if answer := answers.get("period_year_or_month"):
        return answer
    school = any(map(is_school_year, pairs))
    if not months and (school or (pairs[0][2] in {"/", "-"} and len(pairs) >= ENOUGH_SCHOOL_YEARS)):
        return "school_years"
    return "months" if _are_months(pairs) and not school else ASK


def _of_others(pairs: list["re.Match[str]"], answers: Mapping[str, str]) -> str:
    """Determine the reading of texts like 2010-12. Among school years they are errors: ask, or reject them."""
    if _are_months(pairs) or not any(follows(match[1], match[3]) for match in pairs):
        return "months"
    match answers.get("period_year_or_month"):
        case "school_years":
            return NONE
        case None:
            return ASK
    return "months"


def _are_months(pairs: list["re.Match[str]"]) -> bool:
    """Return whether texts like 2010-11 are months: each has a neighbouring month, or clear months outnumber them."""
    numbers = {12 * int(match[1]) + int(match[3]) for match in pairs if 1 <= int(match[3]) <= 12}
    years = {12 * int(match[1]) + int(match[3]) for match in pairs if follows(match[1], match[3])}
    months = numbers - years
    beside = all({number - 1, number + 1} & numbers for number in years)
    return bool(months) and (len(months) >= ENOUGH_MONTHS * len(years) or (beside and len(months) >= len(years)))


def _of_months(some: set[tuple[int, int]], answers: Mapping[str, str]) -> str:
    """Determine the reading of texts like 3/2015. Numbers 1 to 4 over several years, or all four, may be quarters."""
    numbers = {number for _, number in some}
    if len([number for number in numbers if number > 12]) >= ENOUGH_IMPOSSIBLE:
        return NONE
    if answer := answers.get("period_month_or_quarter"):
        return answer
    may_be_quarters = max(numbers) <= 4 and (len({year for year, _ in some}) > 1 or len(numbers) == 4)
    return ASK if may_be_quarters else "months"


def _of_days(found: set[dt.date]) -> str:
    """Determine the reading of dates: months, unless dates share a month or all begin or end a year or a quarter."""
    months = {(one.year, one.month) for one in found}
    in_year = {(one.month, one.day) for one in found}
    around = {(one.month, (one + dt.timedelta(days=1)).month, one.day == 1) for one in found}
    ends_of_years = in_year <= {(1, 1), (12, 31)}
    same_day = len(found) > 1 and len(in_year) == 1
    first = all(first and month % 3 == 1 for month, _, first in around)
    last = all(month % 3 == 0 and after % 3 == 1 for month, after, _ in around)
    quarters = len(found) > 1 and (first or last)
    return ASK if len(months) < len(found) or (found and ends_of_years) or same_day or quarters else "months"


def period(text: str) -> Span:
    """Return the period of a single text. Raises ``NotADate``, ``OutOfBounds`` or ``Ambiguous``."""
    return readings([(text, "u")], {}).span(text, "u")[0]
