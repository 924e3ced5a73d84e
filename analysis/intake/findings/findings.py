"""Findings of the checks: location, problem and remedy, in the user's language."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from analysis.i18n import Wording
from analysis.intake.findings.check import Severity
from analysis.intake.findings.checks import CHECKS
from analysis.model.terms import Dimension, Group

SHOWN_ROWS = 3


@dataclass(frozen=True)
class Period:
    """A month, a quarter or another period: its first day and the day after its last day."""

    start: dt.date
    end: dt.date

    def in_language(self, wording: Wording) -> str:
        """Format the period as a month, a quarter, a year, or a range of dates."""
        days = (self.end - self.start).days
        if 28 <= days <= 31 and self.start.day == 1:
            return wording.month(self.start)
        quarter = (self.start.month + 2) // 3
        if (self.start, self.end) == (dt.date(self.start.year, 1, 1), dt.date(self.start.year + 1, 1, 1)):
            return str(self.start.year)
        if self.start.month % 3 == 1 and self.start.day == 1 and 90 <= days <= 92 and self.end.day == 1:
            return wording.text("Q{quarter} {year}", quarter=quarter, year=self.start.year)
        return f"{wording.date(self.start)} – {wording.date(self.end - dt.timedelta(days=1))}"


@dataclass(frozen=True)
class Amount:
    """A number that is not whole. It is formatted when displayed."""

    number: float

    def in_language(self, wording: Wording) -> str:
        return wording.decimal(self.number, 2)


@dataclass(frozen=True)
class Word:
    """A term of the program inside a message. It is English and is translated when displayed."""

    english: str

    def in_language(self, wording: Wording) -> str:
        return wording.text(self.english)


FIELD = "field"
"""Placeholder of a finding about a field that no header names: its names by language, in place of the column."""


@dataclass(frozen=True)
class Finding:
    """One finding of a check.

    Attributes
    ----------
    check : key of the check.
    sheet : name of the sheet.
    rows : row numbers in the sheet, from 1.
    column : header of the column.
    value : value in the file.
    values : placeholders of the message.
    letters : spreadsheet letters of the column.
    days : the dates in the file, if the cells of the value hold dates.
    places : row, letters and header of each cell, if they stand in several columns; ``by_column`` makes one finding
        of each column.
    more : number of other values in the same column that the finding covers.
    """

    check: str
    sheet: str = ""
    rows: tuple[int, ...] = ()
    column: str = ""
    value: str = ""
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    letters: str = ""
    days: tuple[dt.date, ...] = ()
    places: tuple[tuple[int, str, str], ...] = ()
    more: int = 0

    @property
    def severity(self) -> Severity:
        return CHECKS[self.check].severity


def by_column(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings without repetition, with one for each column of those about cells of several columns."""
    found: dict[Finding, None] = {}
    for finding in findings:
        columns: dict[tuple[str, str], list[int]] = {}
        for row, letters, header in finding.places:
            columns.setdefault((letters, header), []).append(row)
        parts = [
            replace(finding, rows=tuple(dict.fromkeys(rows)), letters=letters, column=header, places=())
            for (letters, header), rows in columns.items()
        ]
        found.update(dict.fromkeys(parts or [finding]))
    return list(found)


def blocks(findings: list[Finding]) -> bool:
    """Return whether any finding blocks storing."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def sentence(finding: Finding, wording: Wording) -> str:
    """Format the finding as sentences: location, problem, remedy. Plain text, never markup."""
    said = f"{message(finding, wording)} {remedy(finding, wording)}"
    where = place(finding, wording)
    return f"{where}: {said}" if where else said


def message(finding: Finding, wording: Wording) -> str:
    """Format the problem."""
    return wording.text(CHECKS[finding.check].message, **_values(finding, wording))


def remedy(finding: Finding, wording: Wording, *, by_hand: bool = False) -> str:
    """Format the remedy. ``by_hand``: for a user who matches the columns by hand."""
    check = CHECKS[finding.check]
    text = (by_hand and check.by_hand) or check.remedy
    return wording.text(text, **_values(finding, wording))


def place(finding: Finding, wording: Wording) -> str:
    """Format the location of a finding: sheet, rows and column, as far as known."""
    parts = []
    if finding.sheet:
        parts.append(wording.text("sheet “{sheet}”", sheet=finding.sheet))
    if finding.rows:
        shown = ", ".join(wording.integer(row) for row in finding.rows[:SHOWN_ROWS])
        more = len(finding.rows) - SHOWN_ROWS
        if more > 0:
            shown = wording.text("{rows} and {more} more", rows=shown, more=wording.integer(more))
        parts.append(wording.texts("row {rows}", "rows {rows}", len(finding.rows), rows=shown))
    if finding.column:
        named = _formatted_value(finding.values.get(FIELD, finding.column), wording)
        parts.append(wording.text("column “{column}”", column=named))
    where = ", ".join(parts)
    return where[:1].upper() + where[1:]


def _values(finding: Finding, wording: Wording) -> dict[str, object]:
    values = {name: _formatted_value(value, wording) for name, value in finding.values.items()}
    return {"value": value_text(finding, wording), **values}


def value_text(finding: Finding, wording: Wording) -> str:
    """Format the value in the file: dates of date cells as the language writes them, all else as it stands."""
    return ", ".join(map(wording.date, finding.days)) or finding.value


def _formatted_value(value: object, wording: Wording) -> object:
    """Format a value for this language: dates, numbers, shares, translated names and lists."""
    match value:
        case Period() | Word() | Amount():
            return value.in_language(wording)
        case dt.datetime():
            return wording.moment(value)
        case dt.date():
            return wording.date(value)
        case Dimension() | Group():
            return value.label(wording.code)
        case dict():
            return value[wording.code]
        case tuple():
            return ", ".join(str(_formatted_value(one, wording)) for one in value)
        case int():
            return wording.integer(value)
        case float():
            return wording.percent(value, digits=0)
        case _:
            return value
