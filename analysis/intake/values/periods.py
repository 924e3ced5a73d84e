"""Parse periods in any common notation: a week, a month, a quarter, up to a school year.

A single text can be ambiguous: 2010-11 is a month or a school year, and a date can mean its month or its year. The
other texts of the column resolve this; otherwise the user is asked.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.intake.sheets import DATES
from analysis.intake.values.dates import NotADate, OutOfBounds, day, within_bounds
from analysis.intake.values.period_texts import (
    PAIR,
    SCHOOL_YEAR_MONTH,
    SCHOOL_YEAR_TEXT,
    SIGN,
    Span,
    Unclear,
    certain,
    certain_or_none,
    follows,
    full_year,
    span,
    week,
    why_unclear,
)

ENOUGH_SCHOOL_YEARS = 3
"""Minimum number of texts like 2009/10, 2010/11, 2011/12 for school years. As months they would be 13 months apart."""
ENOUGH_MONTHS = 3
"""If texts like 2010/10 outnumber texts like 2010/11 by this factor, all are months, even with gaps between them."""
ENOUGH_IMPOSSIBLE = 2
"""Minimum number of texts like 2015-13, 2015-14. Then they are not errors, and no text of the column is a month."""

SCHOOL_YEAR = "period_school_year"
"""The check that tells that a text was read as a school year."""
ASK, NONE = "ask", "none"
"""The user must choose the reading; no reading is possible."""


class Ambiguous(ValueError):
    """The text can be read as two periods; ``question`` is the key of the question for the user."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


_SEVERAL_YEARS = re.compile(r"((?:19|20)\d\d) ?([-/\N{EN DASH}]) ?((?:19|20)\d\d)")
_SHORT_YEARS = re.compile(rf"(\d{{2}}){SIGN}(\d{{2}})")
BETWEEN_YEARS = {"-", "/", "\N{EN DASH}"}
_MONTH_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{4})")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True)
class Readings:
    """Readings of the ambiguous texts of one column: ``months``, ``school_years`` and so on, ``ASK`` or ``NONE``.

    Attributes
    ----------
    pairs : reading of texts like 2010-11, by separator.
    others : reading of texts like 2010-12, which cannot be a school year, by separator.
    month_first : reading of texts like 3/2015, by separator.
    days : reading of dates.
    years : reading of texts like 2015-2016, which can be a school year; and of texts like 2015-2017.
    short_years : reading of texts like 09/10.
    """

    pairs: Mapping[str, str]
    others: Mapping[str, str]
    month_first: Mapping[str, str]
    days: str
    years: tuple[str, str] = (ASK, ASK)
    short_years: str = ASK

    def span(self, text: str, kind: str) -> tuple[Span, str]:
        """Return the period of a text, and the key of the check that tells how it was read, if it is not obvious.

        Raises ``NotADate``, ``OutOfBounds`` or ``Ambiguous``.
        """
        if kind not in DATES:
            if check := why_unclear(text):
                raise Unclear(check)
            if found := certain(text):
                return found, ""
            if match := _SEVERAL_YEARS.fullmatch(text):
                return self._of_years(int(match[1]), int(match[3]), "/" in text)
            if (match := _SHORT_YEARS.fullmatch(text)) and follows(match[1], match[2]):
                if self.short_years != "school_years":
                    return _read(self.short_years, "period_year_or_month", 0, 0), ""
                return span(full_year(match[1]), SCHOOL_YEAR_MONTH, 12), SCHOOL_YEAR
            if match := PAIR.fullmatch(text):
                reading = self.pairs[match[2]]
                if reading != NONE and not follows(match[1], match[3]):
                    reading = self.others.get(match[2], "months")
                elif reading != NONE and is_school_year(match):
                    reading = "school_years"
                found = _read(reading, "period_year_or_month", int(match[1]), int(match[3]))
                return found, SCHOOL_YEAR if reading == "school_years" else ""
            if match := _MONTH_FIRST.fullmatch(text):
                reading = self.month_first[match[2]]
                return _read(reading, "period_month_or_quarter", int(match[3]), int(match[1])), ""
        return self._of_day(_day(text), kind), ""

    def _of_years(self, first: int, last: int, has_slash: bool) -> tuple[Span, str]:
        """Return the period of a text like 2015-2016 or 2015-2017."""
        if last <= first:
            raise NotADate(f"{first}-{last}")
        within_bounds(dt.date(last, 1, 1))
        reading = "school_years" if has_slash and last == first + 1 else self.years[last > first + 1]
        if reading == "school_years":
            return span(first, SCHOOL_YEAR_MONTH, 12 * (last - first)), SCHOOL_YEAR
        if reading == "years":
            return span(first, 1, 12 * (last - first + 1)), "period_of_years"
        raise Ambiguous("period_years")

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
    return match[2] in BETWEEN_YEARS and follows(match[1], match[3]) and not 1 <= int(match[3]) <= 12


def _day(text: str) -> dt.date:
    match = _COMPACT_DAY.fullmatch(text)
    return day("-".join(match.groups()) if match else text)


def readings(column: Iterable[tuple[str, str]], answers: Mapping[str, str]) -> Readings:
    """Determine the readings of the ambiguous texts of a column, from all texts, their kinds and the user's answers."""
    pairs: dict[str, set[re.Match[str]]] = {}
    years: set[tuple[int, int]] = set()
    short_years: set[tuple[int, int]] = set()
    has_school_years = False
    month_first: dict[str, set[tuple[int, str]]] = {}
    found: set[dt.date] = set()
    for text, kind in dict.fromkeys(column):
        if kind in DATES:
            found |= days_in(text) if kind == "d" else set()
        elif certain_or_none(text):
            has_school_years |= SCHOOL_YEAR_TEXT.fullmatch(text) is not None
        elif match := _SEVERAL_YEARS.fullmatch(text):
            years.add((int(match[1]), int(match[3])))
            has_school_years |= match[2] == "/" and follows(match[1], match[3])
        elif (match := _SHORT_YEARS.fullmatch(text)) and follows(match[1], match[2]):
            short_years.add((full_year(match[1]), full_year(match[2])))
        elif match := PAIR.fullmatch(text):
            pairs.setdefault(match[2], set()).add(match)
        elif match := _MONTH_FIRST.fullmatch(text):
            month_first.setdefault(match[2], set()).add((int(match[3]), match[1]))
        else:
            found |= days_in(text)
    of_pairs = {between: _of_pairs(list(some), answers) for between, some in pairs.items()}
    has_school_years |= "school_years" in of_pairs.values()
    return Readings(
        of_pairs,
        {between: _of_others(list(some), answers) for between, some in pairs.items()},
        {between: _of_months(some, answers) for between, some in month_first.items()},
        answers.get("period_day") or _of_days(found),
        _of_several_years(years, has_school_years, answers),
        _of_short_years(short_years, has_school_years, answers),
    )


def _of_several_years(
    years: set[tuple[int, int]], has_school_years: bool, answers: Mapping[str, str]
) -> tuple[str, str]:
    """Determine the readings of texts like 2015-2016, and of texts like 2015-2017.

    Calendar years do not overlap: 2014-2015 and 2015-2016 are school years. Without any sign of school years several
    years are calendar years; two of them may be either.
    """
    answer = answers.get("period_years", ASK)
    meet = {last for _, last in years} & {first for first, _ in years}
    pairs = {first for first, last in years if last == first + 1}
    is_school = has_school_years or any(year + 1 in pairs for year in pairs)
    if is_school:
        return "school_years", answer
    return answer, answer if meet else "years"


def _of_short_years(years: set[tuple[int, int]], has_school_years: bool, answers: Mapping[str, str]) -> str:
    """Determine the reading of texts like 15/16 and 09/10: school years if no month can be meant in one of them."""
    is_no_month = any(first % 100 > 12 for first, _ in years)
    if has_school_years or is_no_month or len(years) >= ENOUGH_SCHOOL_YEARS:
        return "school_years"
    answer = answers.get("period_year_or_month", ASK)
    return NONE if answer == "months" else answer


def days_in(text: str) -> set[dt.date]:
    """Return the day that a text is, or none."""
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
    if not months and (school or (pairs[0][2] in BETWEEN_YEARS and len(pairs) >= ENOUGH_SCHOOL_YEARS)):
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


def _of_months(some: set[tuple[int, str]], answers: Mapping[str, str]) -> str:
    """Determine the reading of texts like 3/2015. Numbers 1 to 4 may be quarters.

    Those with a zero before them are months, unless they are of several years, or are all four.
    """
    numbers = {int(number) for _, number in some}
    if len([number for number in numbers if number > 12]) >= ENOUGH_IMPOSSIBLE:
        return NONE
    if answer := answers.get("period_month_or_quarter"):
        return answer
    are_padded = all(number.startswith("0") for _, number in some)
    are_few = are_padded and len({year for year, _ in some}) == 1 and len(numbers) < 4
    return ASK if max(numbers) <= 4 and not are_few else "months"


def _of_days(found: set[dt.date]) -> str:
    """Determine the reading of dates: months, if each is the first or the last day of its own month.

    The user is asked if all of them begin or end a year or a quarter, or are the same day of several years.
    """
    months = {(one.year, one.month) for one in found}
    in_year = {(one.month, one.day) for one in found}
    around = {(one.month, (one + dt.timedelta(days=1)).month, one.day == 1) for one in found}
    ends_of_years = in_year <= {(1, 1), (12, 31)}
    same_day = len(found) > 1 and len(in_year) == 1
    first = all(first and month % 3 == 1 for month, _, first in around)
    last = all(month % 3 == 0 and after % 3 == 1 for month, after, _ in around)
    quarters = len(found) > 1 and (first or last)
    within = any(not first and month == after for month, after, first in around)
    return ASK if len(months) < len(found) or (found and ends_of_years) or same_day or quarters or within else "months"


def period(text: str) -> Span:
    """Return the period of a single text. Raises ``NotADate``, ``OutOfBounds`` or ``Ambiguous``."""
    return readings([(text, "u")], {}).span(text, "u")[0]
