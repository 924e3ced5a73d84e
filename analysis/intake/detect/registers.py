"""Attendance registers: a row for each citizen and a column for each session become courses."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import KINDS, Form
from analysis.intake.detect.headers import match
from analysis.intake.findings.findings import Finding
from analysis.intake.layout import labels
from analysis.intake.layout.cross_tables import FEWEST_DAYS, CrossTable
from analysis.intake.layout.heading import Heading
from analysis.intake.lexicon.total_words import PART
from analysis.intake.parsing.attendance import CANCELLED, is_present, rule_of, unknown_marks
from analysis.intake.parsing.questions import COMPLETION_RULE
from analysis.intake.sheets import RawSheet, TextColumn, letters
from analysis.intake.tables import Reason, Table, cleaned, normalised
from analysis.intake.values.dates import NotADate, OutOfBounds, day
from analysis.model.terms import Outcome

_SESSION = re.compile(
    r"\d{1,2}\.? ?(?:gang|møde|mødegang|session|lektion|træning|tilfælde|tillfälle|träff|kerta|tapaaminen|meeting)"
    r"|(?:gang|møde|mødegang|session|lektion|træning|tillfälle|träff|kerta|tapaaminen|meeting) ?\d{1,2}"
)
_SUM = re.compile(
    r"(?:antal|antall|number of|lukumäärä) .+|fremmødte|frammøtte|närvarande|deltagere|deltakere|deltagare|present"
)
"""Labels of a row that sums up the sessions."""
REGISTER_COLUMNS = ("started_on", "completed_on", "outcome")
"""Columns that follow from the register itself."""


def register_keys(cross: CrossTable) -> dict[int, str]:
    """Return the column key of each column beside the sessions."""
    found = match(cross.heading, KINDS[Form.COURSES]).keys
    return {at: found[at] for at in cross.labels if at in found and found[at] not in REGISTER_COLUMNS}


def undated_sessions(sheet: RawSheet, heading: Heading) -> list[Finding]:
    """Report columns of sessions that have a number and no date, such as “1. gang”, over marks."""
    named = [at for at, text in enumerate(heading.normalised) if _SESSION.fullmatch(text)]
    if len(named) < FEWEST_DAYS:
        return []
    text = ", ".join(heading.texts[at] for at in named[:FEWEST_DAYS])
    return [Finding("sessions_undated", sheet.name, (heading.last + 1,), value=text)]


def missing_in(keys: Mapping[int, str], constants: Mapping[str, str]) -> list[str]:
    """Return the fields of a course that neither the register nor a constant gives."""
    there = {*keys.values(), *constants}
    return [key for key in (labels.MUNICIPALITY, labels.OFFER, "citizen") if key not in there]


def with_attendance(
    table: Table, sheet: RawSheet, cross: CrossTable, answers: Mapping[str, str]
) -> tuple[Table | None, list[Finding]]:
    """Return the courses of a register: first and last day, and who completed by the user's rule.

    Everybody on the list counts as invited on the day of the first session. Every listed session up to today was held.
    """
    findings: list[Finding] = []
    table = _without_sums(table, findings)
    marks = {at: sheet.columns[at].take(table.rows - 1) for at in cross.numbers}
    is_marked = any(is_present(value) for column in marks.values() for value in column.values)
    for at, column in marks.items():
        for mark in () if _is_cancelled(column) else unknown_marks(column, may_be_present=() if is_marked else ("f",)):
            here = np.array([one.strip() == mark for one in column.values], dtype=bool)[column.codes]
            rows = tuple(table.rows[here].tolist())
            findings.append(
                Finding("attendance_mark", sheet.name, rows, cross.heading.texts[at], mark, letters=letters(at))
            )
    present = {at: _present(column) for at, column in marks.items()}
    cancelled = [at for at, column in marks.items() if _is_cancelled(column)]
    if cancelled:
        names = ", ".join(cross.heading.texts[at] for at in cancelled)
        findings.append(Finding("session_cancelled", sheet.name, value=names))
    sessions = [at for at in cross.numbers if at not in cancelled]
    days = {at: _day(cross.heading.texts[at]) for at in sessions}
    row, texts = (cross.heading.last + 1,), cross.heading.texts
    undated = [at for at, one in days.items() if one is None]
    findings += [Finding("not_a_date", sheet.name, row, letters(at), texts[at], letters=letters(at)) for at in undated]
    held = sorted((one, at) for at, one in days.items() if one and (one <= dt.date.today() or present[at].any()))
    unmarked = tuple(one for one, at in held if not present[at].any())
    if unmarked:
        findings.append(Finding("session_unmarked", sheet.name, values={"days": unmarked}))
    rule = rule_of(answers.get(COMPLETION_RULE))
    if rule is None:
        findings.append(Finding(COMPLETION_RULE, sheet.name))
    if undated or not held:
        return None, [*findings, *([] if undated else [Finding("no_rows", sheet.name)])]
    came = np.column_stack([present[at] for _, at in held])
    dates = np.array([one.isoformat() for one, _ in held])
    attended = came.sum(axis=1)
    is_over = len(held) == len(days)
    completed = rule.met(attended, np.full(len(came), len(days)), came[:, -1] & is_over) if rule else attended < 0
    columns = _columns(came, dates, completed, is_over=is_over)
    if "invited_on" not in table.columns:
        columns["invited_on"] = _dates(np.full(len(came), dates[0]))
        findings.append(Finding("register_listed", sheet.name, values={"day": held[0][0]}))
    stated = rule.text() if rule else ""
    return replace(table, columns={**table.columns, **columns}, completion_rule=stated), findings


def _without_sums(table: Table, findings: list[Finding]) -> Table:
    """Return the table without rows that sum up the sessions: one of their labels has the word for a total."""
    sums = np.zeros(len(table.rows), dtype=bool)
    for key in table.columns.keys() - {"municipality", "offer"}:
        column = table.columns[key]
        said = [bool(PART.fullmatch(word) or _SUM.fullmatch(word)) for word in map(normalised, column.values)]
        here = np.array(said, dtype=bool)[column.codes]
        if here.any():
            value = cleaned(column.values[column.codes[here.argmax()]])
            findings.append(table.finding("totals_row", key, here, value))
        sums |= here
    return table.without(sums, Reason.TOTAL)


def _columns(came: np.ndarray, dates: np.ndarray, completed: np.ndarray, *, is_over: bool) -> dict[str, TextColumn]:
    """Return first and last day and outcome. Who has not completed may still do so until the last session."""
    first, last = came.argmax(axis=1), came.shape[1] - 1 - came[:, ::-1].argmax(axis=1)
    started = came.any(axis=1)
    otherwise = word_in("outcome", Outcome.DROPPED_OUT if is_over else Outcome.RUNNING, "en")
    done = word_in("outcome", Outcome.COMPLETED, "en")
    return {
        "started_on": _dates(np.where(started, dates[first], "")),
        "completed_on": _dates(np.where(completed, dates[last], "")),
        "outcome": _texts(np.where(completed, done, np.where(started, otherwise, ""))),
    }


def _is_cancelled(column: TextColumn) -> bool:
    """Return whether some cells of a session say that it was cancelled, and all others are empty."""
    marks = {normalised(column.values[code]) for code in column.row_counts()} - {""}
    return bool(marks) and marks <= CANCELLED


def _present(column: TextColumn) -> np.ndarray:
    return np.array([bool(is_present(value)) for value in column.values], dtype=bool)[column.codes]


def _day(text: str) -> dt.date | None:
    try:
        return day(text, planned=True)
    except (NotADate, OutOfBounds):
        return None


def _dates(texts: np.ndarray) -> TextColumn:
    column = _texts(texts)
    return replace(column, kinds="d" * len(column.values))


def _texts(texts: np.ndarray) -> TextColumn:
    values, codes = np.unique(texts, return_inverse=True)
    return TextColumn(values.tolist(), codes.astype(np.int32))
