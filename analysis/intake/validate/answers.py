"""Answers of the user that concern all tables of a file: totals without groups, and a rule for completion."""

from collections.abc import Iterable
from dataclasses import replace

from analysis.intake.contract import Form
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.attendance import rule_of
from analysis.intake.parsing.questions import COMPLETION_RULE, NO_GROUPS, ONE_GROUP, Answers
from analysis.intake.sheets import constant
from analysis.intake.tables import Table
from analysis.model.terms import EVERYBODY, UNDIVIDED


def with_totals(tables: list[Table], known: ReferenceData, answers: Answers, findings: list[Finding]) -> list[Table]:
    """Count courses as totals if no table of courses has a social group. Ask before that is done.

    In a file that has groups on some sheets, the courses of the others count as not stated.
    """
    courses = [table for table in tables if table.form == Form.COURSES]
    if not courses or any(known.dimensions.keys() & table.columns.keys() for table in courses):
        return tables
    if answers.get(NO_GROUPS) != "totals":
        findings += [Finding(NO_GROUPS, table.sheet, (int(table.rows.min()) - 1,)) for table in courses]
        return tables
    return [_as_total(table) if table.form == Form.COURSES else table for table in tables]


def one_group_only(tables: Iterable[Table], known: ReferenceData, answers: Answers) -> list[Finding]:
    """Ask whether the counts are those of the whole offer, if sheets or titles name a single group in all of them."""
    counts = [table for table in tables if table.form == Form.COUNTS]
    if ONE_GROUP in answers or not counts:
        return []
    found = []
    for key in known.dimensions:
        columns = [table.columns[key] for table in counts if key in table.columns and key not in table.headers]
        texts = {column.values[code] for column in columns for code in column.row_counts()}
        if len(columns) == len(counts) and len(texts) == 1:
            found.append(Finding(ONE_GROUP, counts[0].sheet, value=texts.pop()))
    return found


def _as_total(table: Table) -> Table:
    return replace(table, columns={**table.columns, UNDIVIDED: constant(EVERYBODY, len(table.rows))})


def unused_rule(courses: Iterable[Table], answers: Answers) -> list[Finding]:
    """Report a rule for completion that no courses of the file use."""
    rule = rule_of(answers.get(COMPLETION_RULE))
    if rule is None or any(table.completion_rule for table in courses):
        return []
    return [Finding("completion_rule_unused")]
