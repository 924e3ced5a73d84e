"""Courses with the number or the share of sessions attended: completion by the rule that the user states."""

import re
from dataclasses import replace

import numpy as np

from analysis.i18n.vocabulary import word_in
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.end_dates import is_end_date_header
from analysis.intake.parsing import columns as cells
from analysis.intake.parsing.attendance import ATTENDED, STAYED_AWAY, CompletionRule, rule_of
from analysis.intake.parsing.questions import COMPLETION_RULE, Answers
from analysis.intake.sheets import PERCENTAGE, TextColumn
from analysis.intake.tables import NO_SEPARATORS, Table, cleaned
from analysis.intake.values import numbers
from analysis.model.terms import Outcome

SESSIONS_ATTENDED, SESSIONS_HELD, ATTENDED_SHARE = "sessions_attended", "sessions_held", "attended_share"
"""Columns of the sessions that a citizen came to: their number, the number held, and the share."""
MOST_SHARES = 1_000
"""Maximum number of distinct values of a column of shares that is not named so."""
_PLAIN = re.compile(r"\d{1,3}(?:[.,]\d{1,20})?")


def with_stated_attendance(table: Table, findings: list[Finding], answers: Answers) -> Table:
    """Return the courses with the outcome that follows from the sessions attended, by the rule of the user.

    A column that tells the completion itself comes first.
    """
    table = _with_share(table)
    stated = [key for key in (SESSIONS_ATTENDED, ATTENDED_SHARE) if key in table.columns]
    if not stated:
        report_unused(table, "unknown_column", findings)
        return table
    ended = "completed_on" in table.columns and not is_end_date_header(table.header("completed_on"))
    if "outcome" in table.columns or ended:
        report_unused(table, "attendance_unused", findings)
        return table
    everything = np.ones(len(table.rows), dtype=bool)
    rule = rule_of(answers.get(COMPLETION_RULE))
    if rule is None:
        findings.append(table.finding(COMPLETION_RULE, stated[0], everything))
        return table
    completed = _completed(table, rule, findings)
    if completed is None:
        findings.append(table.finding("rule_not_usable", stated[0], everything))
        return table
    blank = _unknown(table, rule) & ~table.columns["started_on"].blank()
    if blank.any():
        findings.append(table.finding("cell_empty", stated[0], blank))
    findings.append(table.finding("attendance_stated", stated[0], completed))
    words = [*(word_in("outcome", one, "en") for one in (Outcome.COMPLETED, Outcome.DROPPED_OUT)), ""]
    has_ended = ~table.columns["completed_on"].blank() if "completed_on" in table.columns else ~everything
    outcome = TextColumn(words, np.where(completed, 0, np.where(has_ended, 1, 2)).astype(np.int32))
    return replace(table, columns={**table.columns, "outcome": outcome}, completion_rule=rule.text())


def _completed(table: Table, rule: CompletionRule, findings: list[Finding]) -> np.ndarray | None:
    """Return who completed; None if the columns do not tell it by this rule."""
    never = np.zeros(len(table.rows), dtype=bool)
    attended = _numbers(table, SESSIONS_ATTENDED, findings)
    held = _numbers(table, SESSIONS_HELD, findings)
    if attended is not None and held is not None and (more := attended > held).any():
        findings.append(table.finding("more_attended", SESSIONS_ATTENDED, more))
    if rule.kind == "number" and attended is not None:
        return rule.met(np.nan_to_num(attended), attended, never)
    if rule.kind == "share" and ATTENDED_SHARE in table.columns:
        column = table.columns[ATTENDED_SHARE]
        shares = cells.parse_column(table, ATTENDED_SHARE, _share(column), findings)
        share = np.array([np.nan if one is None else one for one in shares], dtype=float)[column.codes]
        return rule.met(np.nan_to_num(share), np.full(len(share), 100), never)
    if rule.kind == "share" and attended is not None and held is not None:
        return rule.met(np.nan_to_num(attended), np.where(np.isnan(held), np.inf, held), never)
    return None


def _unknown(table: Table, rule: CompletionRule) -> np.ndarray:
    """Return a mask of the rows with an empty cell among those that decide by this rule."""
    if rule.kind == "share" and ATTENDED_SHARE in table.columns:
        return table.columns[ATTENDED_SHARE].blank()
    blank = table.columns[SESSIONS_ATTENDED].blank()
    return blank | table.columns[SESSIONS_HELD].blank() if rule.kind == "share" else blank


def _numbers(table: Table, key: str, findings: list[Finding]) -> np.ndarray | None:
    if key not in table.columns:
        return None
    column = table.columns[key]
    found = cells.parse_column(table, key, cells.count(NO_SEPARATORS), findings)
    return np.array([np.nan if one is None else one for one in found], dtype=float)[column.codes]


def _share(column: TextColumn) -> cells.Parse:
    """Return a parser for shares, in per cent: with a sign of per cent, or all from 0 to 1, or all from 0 to 100."""
    texts = ((cleaned(column.values[code]), column.kind(code)) for code in column.row_counts())
    plain = [number for text, kind in texts if (number := _plain_number(text, kind)) is not None]
    are_parts = all(number <= 1 for number in plain)

    def parse(text: str, kind: str) -> float:
        share = numbers.percentage(text, kind)
        if share is None:
            number = _plain_number(text, kind)
            if number is None or (0 < number < 1 and not are_parts):
                raise cells.ParseError("not_a_share")
            share = number if are_parts else number / 100
        if not 0 <= share <= 1:
            raise cells.ParseError("not_a_share")
        return round(100 * share, 6)

    return parse


def _plain_number(text: str, kind: str) -> float | None:
    """Return a number without a sign of per cent; None for another text."""
    is_plain = kind != PERCENTAGE and _PLAIN.fullmatch(text)
    return float(text.replace(",", ".")) if is_plain else None


def _with_share(table: Table) -> Table:
    """Return the table with a column “Attended” as shares, if all its values are from 0 to 1 or in per cent."""
    column = table.columns.get(ATTENDED)
    if column is None or ATTENDED_SHARE in table.columns or len(column.values) > MOST_SHARES:
        return table
    filled = [(cleaned(column.values[code]), column.kind(code)) for code in column.row_counts()]
    parts = [(numbers.percentage(text, kind), _plain_number(text, kind)) for text, kind in filled if text]
    are_shares = all(share is not None or (plain is not None and plain <= 1) for share, plain in parts)
    are_marks = all(share is None and plain in {0, 1} for share, plain in parts)
    if not are_shares or are_marks:
        return table
    columns, headers, places = (
        {ATTENDED_SHARE if key == ATTENDED else key: one for key, one in of_table.items()}
        for of_table in (table.columns, table.headers, table.letters)
    )
    return replace(table, columns=columns, headers=headers, letters=places)  # type: ignore[arg-type]


def report_unused(table: Table, check: str, findings: list[Finding], but: str = "") -> None:
    """Report the columns about attendance that are not read, except one that is."""
    for key in (ATTENDED, STAYED_AWAY, SESSIONS_ATTENDED, SESSIONS_HELD, ATTENDED_SHARE):
        if key in table.letters and key in table.columns and key != but:
            findings.append(Finding(check, table.sheet, column=table.header(key), letters=table.letters[key]))
