"""What the header of a column of periods says of its numbers: under “Week”, 2022-05 is the fifth week, not May."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping

from analysis.intake.sheets import DATES
from analysis.intake.values.period_texts import Unclear, follows
from analysis.intake.values.periods import ASK, Ambiguous, days_in

WEEKS, MONTHS, QUARTERS, HALF_YEARS, THIRDS = "weeks", "months", "quarters", "half_years", "thirds"
TERMS, YEARS, SCHOOL_YEARS = "terms", "years", "school_years"
_NAMES = {
    WEEKS: "uge uger ugen ugenr ugenummer årsuge kalenderuge week weeks weekno wk uke uker uken ukenr ukenummer vecka"
    " veckor veckan veckonr veckonummer viikko viikot viikkonumero vko vk",
    MONTHS: "måned måneder måneden månedsnr month months månad månader månaden kuukausi kuukaudet kk mdr md mnd mån",
    QUARTERS: "kvartal kvartaler kvartalet kvt kv quarter quarters qtr neljännesvuosi vuosineljännes kvartaali",
    HALF_YEARS: "halvår halvåret halv half halfyear puolivuosi vuosipuolisko puolivuotiskausi",
    THIRDS: "tertial tertialer tertialet tertiale kolmannes vuosikolmannes tertiaali",
    TERMS: "semester semestre termin terminer terminen term lukukausi",
    SCHOOL_YEARS: "skoleår skoleåret skuleår skuleåret skolår skolåret läsår läsåret studieår studieåret lukuvuosi"
    " opintovuosi school schoolyear academic",
    YEARS: "år årstal året årtal årgang year years yr vuosi vuodet kalenderår kalenderåret kalenterivuosi calendar",
}
_UNITS = {name: unit for unit, names in _NAMES.items() for name in names.split()}
_SIGNS = {WEEKS: "W", MONTHS: "M", QUARTERS: "K", HALF_YEARS: "H", THIRDS: "T"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d) ?[-/., \N{EN DASH}]? ?(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2}) ?[-/., \N{EN DASH}] ?((?:19|20)\d\d)")
_SCHOOL_YEAR = re.compile(r"((?:19|20)?\d\d) ?[-/ \N{EN DASH}]? ?((?:19|20)?\d\d)")
_OF_DATES = {MONTHS, YEARS}
"""Units of dates that are displayed as a month or a year: under other headers they are days."""


def unit_of(header: str) -> str:
    """Return the unit that a header names, such as ``WEEKS`` for “Year-week”; empty for none, or for several."""
    named = {_UNITS[word] for word in re.findall(r"[^\W\d_]+", header.casefold()) if word in _UNITS}
    rest = named - {YEARS} or named
    return rest.pop() if len(rest) == 1 else ""


def under(text: str, unit: str, answers: Mapping[str, str]) -> str:
    """Return a number and a year in words of the unit of their header, and any other text unchanged.

    Raises ``Unclear`` for the number of a term, and ``Ambiguous`` for a school year with one year, unless it is among
    the ``answers``.
    """
    if unit == SCHOOL_YEARS:
        return _school_year(text, answers.get("period_years", ASK))
    if match := _YEAR_FIRST.fullmatch(text):
        year, number = match.groups()
    elif match := _YEAR_LAST.fullmatch(text):
        number, year = match.groups()
    else:
        return text
    if unit == TERMS:
        raise Unclear("period_season")
    return f"{year}{_SIGNS[unit]}{int(number):02}" if unit in _SIGNS else text


def period_under(header: str, text: str) -> str:
    """Return a period that stands alone with its header, in words of the unit of the header; both if it is unclear."""
    try:
        return under(text, unit_of(header), {})
    except (Unclear, Ambiguous):
        return f"{header} {text}"


def _school_year(text: str, answer: str) -> str:
    if _YEAR.fullmatch(text):
        if answer == ASK:
            raise Ambiguous("period_years")
        return f"{text}/{int(text) + 1}" if answer == "school_years" else text
    match = _SCHOOL_YEAR.fullmatch(text)
    if match is None:
        return text
    if not follows(match[1], match[2][-2:]) and not follows(match[1], match[2]):
        raise Unclear("not_a_period")
    return f"school year {match[1]}/{match[2]}" if len(match[1]) >= len(match[2]) else text


def kind_under(kind: str, unit: str) -> str:
    """Return the kind of a date under a header: one displayed as a month is no month under “Quarter”."""
    return "d" if kind in DATES and kind in "my" and unit and unit not in _OF_DATES else kind


def with_answer(column: Iterable[tuple[str, str]], unit: str, answers: Mapping[str, str]) -> Mapping[str, str]:
    """Return the answers with that of the header to what the days of a column stand for.

    It answers if every day is the first or the last of such a period. Otherwise the user is asked.
    """
    if not unit or "period_day" in answers:
        return answers
    found: set[dt.date] = set()
    for text, kind in column:
        found |= days_in(text) if kind == "d" or kind not in DATES else set()
    if not found:
        return answers
    return {**answers, "period_day": unit if all(_bounds(day, unit) for day in found) else ASK}


def _bounds(day: dt.date, unit: str) -> bool:
    """Return whether a day is the first or the last of a period."""
    after = day + dt.timedelta(days=1)
    return _is_first(day, unit) or _is_first(after, unit)


def _is_first(day: dt.date, unit: str) -> bool:
    match unit:
        case "weeks":
            return day.weekday() == 0
        case "months":
            return day.day == 1
        case "quarters":
            return day.day == 1 and day.month % 3 == 1
        case "half_years":
            return day.day == 1 and day.month % 6 == 1
        case "years":
            return (day.month, day.day) == (1, 1)
        case "school_years":
            return (day.month, day.day) == (8, 1)
    return False
