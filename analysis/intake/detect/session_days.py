"""Days of the sessions of a register, from headers with or without a year."""

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from analysis.intake.detect.constants import years_named
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.cross_tables import CrossTable
from analysis.intake.layout.session_headers import SessionHeader, in_order, session_header
from analysis.intake.parsing.questions import MONTH_ORDER, SESSION_YEAR
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import cleaned
from analysis.intake.values.dates import MONTH_FIRST, NotADate, OutOfBounds, day, may_have_month_first, month_first


def session_days(
    sheet: RawSheet, cross: CrossTable, sessions: Sequence[int]
) -> tuple[dict[int, dt.date | None], list[Finding]]:
    """Return the day of each session by its column, None if it has no day, and the findings.

    A year that is missing is the user's answer, or the only one in the name of the sheet and the title.
    """
    texts = {at: cross.heading.rows_of_texts[-1][at] for at in sessions}
    days: dict[int, dt.date | None] = {at: _day(text) for at, text in texts.items()}
    headers = {at: found for at, text in texts.items() if days[at] is None and (found := session_header(text))}
    findings: list[Finding] = []
    row = (cross.heading.last + 1,)
    numeric = [_numeric(one) for one in headers.values() if one.is_numeric]
    order = sheet.answers.get(MONTH_ORDER)
    if order is None and may_have_month_first(numeric):
        findings.append(Finding(MONTH_ORDER, sheet.name, row, value=", ".join(texts[at] for at in headers)))
    is_month_first = order == MONTH_FIRST if order else month_first(numeric) is True
    year, text = _year(sheet, cross, list(headers.values()), [one for one in days.values() if one])
    if not year and any(one.year is None for one in headers.values()):
        findings.append(Finding(SESSION_YEAR, sheet.name, row, value=_shown(list(texts.values()))))
        return days | dict.fromkeys(headers), findings
    days |= dict(zip(headers, in_order(list(headers.values()), year, month_first=is_month_first), strict=True))
    whole = sorted(one for one in days.values() if one)
    if whole and any(one.year is None for one in headers.values()):
        values: dict[str, object] = {"text": text, "first": whole[0], "last": whole[-1]}
        findings.append(Finding("sessions_without_year", sheet.name, row, value=str(year), values=values))
    if any(one.week for one in headers.values()):
        values = {"first": whole[0] if whole else "", "last": whole[-1] if whole else ""}
        findings.append(Finding("sessions_by_week", sheet.name, row, values=values))
    return days, findings


def undated(
    sheet: RawSheet, cross: CrossTable, days: dict[int, dt.date | None], findings: Sequence[Finding]
) -> list[Finding]:
    """Report the sessions without a day, unless a question is open that decides it."""
    if any(one.check == SESSION_YEAR for one in findings):
        return []
    row, texts = (cross.heading.last + 1,), cross.heading.texts
    missing = [at for at, one in days.items() if one is None]
    return [Finding("not_a_date", sheet.name, row, letters(at), texts[at], letters=letters(at)) for at in missing]


def _shown(texts: list[str]) -> str:
    return ", ".join([*texts[:2], "…", texts[-1]] if len(texts) > 3 else texts)


def _year(
    sheet: RawSheet, cross: CrossTable, headers: list[SessionHeader], dated: list[dt.date]
) -> tuple[int | None, str]:
    """Return the year of the first session and the text that tells it. The user's answer is for all other sheets."""
    others = {one.year for one in headers if one.year} | {one.year for one in dated}
    named = years_named(cleaned(sheet.name), cross.title)
    years = others or set(named)
    if len(years) != 1 or (named and set(named) != years):
        answer = sheet.answers.get(SESSION_YEAR, "")
        return int(answer) if answer else None, answer
    year = years.pop()
    return year, named.get(year, str(year))


def _numeric(header: SessionHeader) -> str:
    """Return the day and month as a date in figures, to compare them with the others."""
    return f"{header.first}/{header.second}/2000"


def _day(text: str) -> dt.date | None:
    with suppress(NotADate, OutOfBounds):
        return day(text, planned=True)
    return None
