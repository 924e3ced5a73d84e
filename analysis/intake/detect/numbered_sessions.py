"""Courses with a column for each session that has a number and no date, such as “1. gang”."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.i18n.vocabulary import word_in
from analysis.intake.detect.absence import absence_marked
from analysis.intake.detect.marks import are_present, is_cancelled, mark_findings
from analysis.intake.detect.registers import without_sums
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.header_rows import heading_of_rows
from analysis.intake.layout.heading import Heading
from analysis.intake.layout.numbered_headers import numbered_sessions
from analysis.intake.layout.register_columns import FEWEST_DAYS
from analysis.intake.lexicon.end_dates import is_end_date_header
from analysis.intake.parsing.attendance import rule_of
from analysis.intake.parsing.columns import as_days, parse_column
from analysis.intake.parsing.date_columns import date
from analysis.intake.parsing.questions import COMPLETION_RULE
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import Table
from analysis.model.terms import Outcome

MOST_ROWS = 12


def undated_sessions(sheet: RawSheet, heading: Heading, asked: str = "") -> list[Finding]:
    """Report sessions that have a number and no date. ``asked`` is the field for which the user can give a value."""
    if not (named := numbered_sessions(heading)):
        return []
    text = ", ".join(heading.texts[at] for at in named[:FEWEST_DAYS])
    return [Finding("sessions_undated", sheet.name, (heading.last + 1,), value=asked, values={"sessions": text})]


def sessions_without_dates(sheet: RawSheet) -> list[Finding]:
    """Report the numbered sessions of a list that is not recognised, in one of its first rows."""
    rows = np.flatnonzero(sheet.filled)[:MOST_ROWS].tolist()
    found = (undated_sessions(sheet, heading_of_rows(sheet, [row])) for row in rows)
    return next((one for one in found if one), [])


def tells_completion(table_keys: dict[str, str]) -> bool:
    """Return whether a column, of these headers by key, tells who completed. An end date does not."""
    ended = table_keys.get("completed_on")
    return "outcome" in table_keys or (ended is not None and not is_end_date_header(ended))


def with_numbered_sessions(
    table: Table, sheet: RawSheet, heading: Heading, sessions: Sequence[int]
) -> tuple[Table, list[Finding]]:
    """Return courses with the outcome that follows from numbered sessions, by the user's rule.

    The last session is that with the highest number. A session without any mark counts as held if a later one of the
    courses with the same start has marks; otherwise the user says whether the courses still run.
    """
    findings = absence_marked(sheet, heading, table.rows)
    table = without_sums(table, findings)
    marks = {at: sheet.columns[at].take(table.rows - 1) for at in sessions}
    findings += mark_findings(table, sheet, heading, marks)
    cancelled = [at for at in sessions if is_cancelled(marks[at])]
    names = heading.texts
    if cancelled:
        findings.append(Finding("session_cancelled", sheet.name, value=", ".join(names[at] for at in cancelled)))
    held = [at for at in sessions if at not in cancelled]
    rule = rule_of(sheet.answers.get(COMPLETION_RULE))
    if rule is None:
        findings.append(Finding(COMPLETION_RULE, sheet.name))
    if rule is None or not held:
        return table, findings
    text = f"{names[held[0]]} – {names[held[-1]]}"
    findings.append(Finding("sessions_numbered", sheet.name, (heading.last + 1,), value=text))
    came = np.column_stack([are_present(marks[at]) for at in held])
    has_mark = _marked_in_group(table, np.column_stack([~marks[at].blank() for at in held]))
    unmarked = tuple(names[at] for place, at in enumerate(held) if not has_mark[:, place].any())
    is_over = has_mark[:, -1]
    if unmarked and is_over.any():
        findings.append(Finding("session_unmarked", sheet.name, values={"days": unmarked}))
    attended = came.sum(axis=1)
    completed = rule.met(attended, np.full(len(came), len(held)), came[:, -1])
    table, listed = _with_listed(table, attended > 0)
    findings += listed
    started = ~table.columns["started_on"].blank()
    has_ended = ~table.columns["completed_on"].blank() if "completed_on" in table.columns else ~started & started
    unfinished = started & ~completed & ~is_over & ~has_ended
    answer = sheet.answers.get("outcome_blank")
    if unfinished.any() and answer is None:
        findings.append(table.finding("outcome_blank", "started_on", unfinished))
    otherwise = np.where(unfinished & (answer != "dropped_out"), Outcome.RUNNING, Outcome.DROPPED_OUT)
    outcome = np.where(completed, Outcome.COMPLETED, np.where(started, otherwise, ""))
    values, codes = np.unique(outcome, return_inverse=True)
    words = [word_in("outcome", value, "en") if value else "" for value in values.tolist()]
    columns = {**table.columns, "outcome": TextColumn(words, codes.astype(np.int32))}
    return replace(table, columns=columns, completion_rule=rule.text()), findings


def _with_listed(table: Table, came: np.ndarray) -> tuple[Table, list[Finding]]:
    """Return the courses without the start of citizens who never came: they were only invited on that day.

    Everybody on the list counts as invited on the day of the start if there is no column for the invitation.
    """
    started = table.columns["started_on"]
    never = ~came & ~started.blank()
    invited, findings = table.columns.get("invited_on"), []
    if invited is None:
        invited = started
        days = as_days(started, parse_column(table, "started_on", date(table, "started_on"), []))
        if not np.isnat(days).all():
            first = tuple(np.unique(days[~np.isnat(days)]).astype(object).tolist())
            findings.append(Finding("register_listed", table.sheet, values={"day": first}))
    else:
        rows = np.flatnonzero(never & invited.blank()).tolist()
        invited = invited.with_cells({row: started.at(row) for row in rows})
    columns = {**table.columns, "invited_on": invited, "started_on": started.emptied(never)}
    if "completed_on" in columns:
        columns["completed_on"] = columns["completed_on"].emptied(never)
    return replace(table, columns=columns), findings


def _marked_in_group(table: Table, marked: np.ndarray) -> np.ndarray:
    """Return whether each session, or a later one, has a mark of any citizen of the offer with the same start."""
    keys = {key: table.columns[key].codes for key in ("municipality", "offer", "started_on")}
    in_group = pd.DataFrame(marked).groupby([*keys.values()]).transform("any").to_numpy(dtype=bool)
    return np.logical_or.accumulate(in_group[:, ::-1], axis=1)[:, ::-1]
