"""Who completed a course: by the outcome, by the date or by the attendance, and whether the dates are in order."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.contract import KINDS, Form
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.drop_outs import is_drop_out_header
from analysis.intake.lexicon.end_dates import is_end_date_header, is_reason
from analysis.intake.lexicon.opposites import negated
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing.questions import Answers
from analysis.intake.tables import Table
from analysis.model.languages import in_every_language
from analysis.model.terms import Outcome


def completion(
    table: Table, started: np.ndarray, ended_on: np.ndarray, findings: list[Finding], answers: Answers
) -> tuple[pa.Array, np.ndarray]:
    """Return the outcome and whether the course was completed, by its outcome or otherwise by its date."""
    if "outcome" not in table.columns:
        return _by_date(table, started, ended_on, findings, answers)
    dated = ~np.isnat(ended_on)
    column = table.columns["outcome"]
    header = table.header("outcome")
    has_drop_outs = is_drop_out_header(header)
    without = ["yes_no"] if negated(header) or is_reason(header) or has_drop_outs else []
    parse = cells.word("outcome", *without)
    meanings = cells.parse_column(table, "outcome", parse, findings)
    stated = ~cells.flags(column, meanings, None)
    by_outcome = cells.flags(column, meanings, Outcome.COMPLETED)
    running, dropped = cells.flags(column, meanings, Outcome.RUNNING), np.zeros(len(dated), dtype=bool)
    if has_drop_outs and "completed_on" in table.columns:
        completed = dated & ~stated
        running |= ~np.isnat(started) & ~dated & ~stated
        report(findings, "outcome_disagrees", table, dated & stated & ~ends_any_way(table), "outcome")
    elif ends_any_way(table):
        report(findings, "ended_without_outcome", table, dated & column.blank(), "outcome")
        running |= ~np.isnat(started) & ~dated & column.blank()
        completed = by_outcome
    else:
        completed = np.where(stated, by_outcome, dated)
        blank = ~np.isnat(started) & ~dated & column.blank() & (stated & ~by_outcome).any()
        if "completed_on" in table.columns or answers.get("outcome_blank") == "running":
            running |= blank
        elif "outcome_blank" not in answers:
            report(findings, "outcome_blank", table, blank, "outcome")
        else:
            dropped = blank
        report(findings, "outcome_disagrees", table, dated & ~completed, "outcome")
    report(findings, "still_running", table, running, "outcome")
    texts = pc.if_else(pa.array(dropped), Outcome.DROPPED_OUT.value, cells.texts(column, meanings))
    return _with_running(texts, running), completed


def _by_date(
    table: Table, started: np.ndarray, ended_on: np.ndarray, findings: list[Finding], answers: Answers
) -> tuple[pa.Array, np.ndarray]:
    """Return the same for a sheet without outcomes. An end date counts as completion only if the user confirms it."""
    dated = ~np.isnat(ended_on)
    outcome = pa.nulls(len(dated), pa.string())
    if "completed_on" not in table.columns:
        findings.append(Finding("completion_unknown", table.sheet))
        return outcome, dated
    header = table.header("completed_on")
    if negated(header):
        values = {"meant": in_every_language(KINDS[Form.COURSES].column("completed_on").names)}
        findings.append(table.finding("header_opposite", "completed_on", dated, header, **values))
    if not ends_any_way(table):
        return outcome, dated
    if "ended_or_completed" not in answers:
        findings.append(table.finding("ended_or_completed", "completed_on", dated, column=header))
    running = ~np.isnat(started) & ~dated & table.columns["completed_on"].blank()
    report(findings, "still_running", table, running, "completed_on")
    return _with_running(outcome, running), dated


def ends_any_way(table: Table) -> bool:
    """Return whether the date column has the end date of a course with any outcome."""
    return is_end_date_header(table.headers.get("completed_on", ""))


def completed_on_or_ended(table: Table, ended_on: np.ndarray, completed: np.ndarray) -> np.ndarray:
    """Return the completion date: the end date of completed courses."""
    return np.where(completed, ended_on, np.datetime64("NaT")) if ends_any_way(table) else ended_on


def _with_running(outcome: pa.Array, running: np.ndarray) -> pa.Array:
    return pc.if_else(pa.array(running), Outcome.RUNNING.value, outcome)


def check_order(
    table: Table,
    invited: np.ndarray,
    started: np.ndarray,
    completed_on: np.ndarray,
    completed: np.ndarray,
    findings: list[Finding],
) -> None:
    """Report dates in reverse order. Missing dates compare as false; invalid dates are already reported."""
    not_started = table.columns["started_on"].blank()
    never_invited = table.columns["invited_on"].blank() if "invited_on" in table.columns else np.isnat(invited)
    report(findings, "no_date", table, never_invited & not_started, "started_on")
    report(findings, "started_before_invited", table, started < invited, "started_on")
    report(findings, "completed_before_started", table, completed_on < started, "completed_on")
    report(findings, "completed_without_started", table, completed & not_started, "started_on")


def report(findings: list[Finding], check: str, table: Table, mask: np.ndarray, key: str) -> None:
    if mask.any():
        findings.append(table.finding(check, key, mask))
