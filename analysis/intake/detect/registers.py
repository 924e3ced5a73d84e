"""Attendance registers: a row for each citizen and a column for each session become courses."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import KINDS, Form
from analysis.intake.detect.absence import absence_marked, explained_marks
from analysis.intake.detect.headers import match
from analysis.intake.detect.marks import are_present, is_cancelled, mark_findings
from analysis.intake.detect.session_days import session_days, undated
from analysis.intake.findings.findings import Finding
from analysis.intake.layout import labels
from analysis.intake.layout.cross_tables import CrossTable
from analysis.intake.lexicon.session_sums import is_sum
from analysis.intake.parsing.attendance import ATTENDED, STAYED_AWAY, rule_of
from analysis.intake.parsing.questions import COMPLETION_RULE
from analysis.intake.parsing.stated_attendance import ATTENDED_SHARE, SESSIONS_ATTENDED, SESSIONS_HELD
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import Reason, Table, cleaned, normalised
from analysis.model.terms import Outcome

REGISTER_COLUMNS = (
    *("started_on", "completed_on", "outcome", ATTENDED, STAYED_AWAY),
    *(SESSIONS_ATTENDED, SESSIONS_HELD, ATTENDED_SHARE),
)
"""Columns that follow from the register itself."""


def register_keys(cross: CrossTable) -> dict[int, str]:
    """Return the column key of each column beside the sessions."""
    found = match(cross.heading, KINDS[Form.COURSES]).keys
    return {at: found[at] for at in cross.labels if at in found and found[at] not in REGISTER_COLUMNS}


def missing_in(keys: Mapping[int, str], constants: Mapping[str, str]) -> list[str]:
    """Return the fields of a course that neither the register nor a constant gives."""
    there = {*keys.values(), *constants}
    return [key for key in (labels.MUNICIPALITY, labels.OFFER) if key not in there]


def with_attendance(
    table: Table, sheet: RawSheet, cross: CrossTable, answers: Mapping[str, str]
) -> tuple[Table | None, list[Finding]]:
    """Return the courses of a register: first and last day, and who completed by the user's rule.

    Everybody on the list counts as invited on the day of the first session. Every listed session up to today was held.
    """
    findings = absence_marked(sheet, cross.heading, table.rows)
    legend = explained_marks(sheet, cross.heading, table.rows)
    table = without_sums(table, findings)
    marks = {at: _in_plain_marks(sheet.columns[at].take(table.rows - 1), legend) for at in cross.numbers}
    findings += mark_findings(table, sheet, cross.heading, marks)
    present = {at: are_present(column) for at, column in marks.items()}
    cancelled = [at for at, column in marks.items() if is_cancelled(column)]
    if cancelled:
        names = ", ".join(cross.heading.texts[at] for at in cancelled)
        findings.append(Finding("session_cancelled", sheet.name, value=names))
    sessions = [at for at in cross.numbers if at not in cancelled]
    days, seen = session_days(sheet, cross, sessions)
    findings += seen
    findings += undated(sheet, cross, days, findings)
    held = sorted((one, at) for at, one in days.items() if one and (one <= dt.date.today() or present[at].any()))
    unmarked = tuple(one for one, at in held if not present[at].any())
    if unmarked:
        findings.append(Finding("session_unmarked", sheet.name, values={"days": unmarked}))
    rule = rule_of(answers.get(COMPLETION_RULE))
    if rule is None:
        findings.append(Finding(COMPLETION_RULE, sheet.name))
    if not all(days.values()) or not held:
        return None, [*findings, *([] if days and not all(days.values()) else [Finding("no_rows", sheet.name)])]
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


def _in_plain_marks(column: TextColumn, legend: Mapping[str, bool]) -> TextColumn:
    """Return the marks of a session with those that a legend explains as 1 and 0."""
    said = {value: str(int(legend[mark])) for value in column.values if (mark := normalised(value)) in legend}
    return column.replaced(said) if said else column


def without_sums(table: Table, findings: list[Finding]) -> Table:
    """Return the table without rows that sum up the sessions: one of their labels has the word for a total."""
    sums = np.zeros(len(table.rows), dtype=bool)
    for key in table.columns.keys() - {"municipality", "offer"}:
        column = table.columns[key]
        here = np.array([is_sum(value) for value in column.values], dtype=bool)[column.codes]
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


def _dates(texts: np.ndarray) -> TextColumn:
    column = _texts(texts)
    return replace(column, kinds="d" * len(column.values))


def _texts(texts: np.ndarray) -> TextColumn:
    values, codes = np.unique(texts, return_inverse=True)
    return TextColumn(values.tolist(), codes.astype(np.int32))
