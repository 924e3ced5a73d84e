"""Courses: rows of citizens' ways through an offer, checked and typed."""

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.intake import cells
from analysis.intake.findings import Finding
from analysis.intake.known import Known
from analysis.intake.tables import Reason, Table
from analysis.model import MISSING, Outcome

DAYS = ("invited_on", "started_on", "completed_on")


def prepare_courses(table: Table, known: Known, findings: list[Finding]) -> tuple[pa.Table, tuple[str, ...], Table]:
    """The courses of a sheet as ``store.Contents`` wants them, their dimensions, and the rows that are left."""
    table = _without_repeated(table, findings)
    place = cells.understand(table, "municipality", cells.municipality(known), findings, needed=True)
    offer = cells.understand(table, "offer", cells.as_text, findings, needed=True)
    citizen = cells.understand(table, "citizen", cells.as_text, findings, needed=True)
    parse = cells.date(*(table.columns[key] for key in DAYS if key in table.columns))
    invited, started, completed_on = (_days(table, key, parse, findings) for key in DAYS)
    outcome, completed = _completion(table, completed_on, findings)
    _check_order(table, invited, started, completed_on, completed, findings)
    rows = len(table.rows)
    if "invited_on" not in table.columns:
        findings.append(Finding("invited_unknown", table.sheet))
    columns = {
        "sheet": pa.array([table.sheet]).take(pa.array(np.zeros(rows, dtype=np.int32))),
        "row": pa.array(table.rows, pa.int32()),
        "municipality": cells.texts(table.columns["municipality"], place),
        "offer": cells.texts(table.columns["offer"], offer),
        "citizen": cells.texts(table.columns["citizen"], citizen),
        "invited": pa.array(np.ones(rows, dtype=bool)) if "invited_on" in table.columns else pa.nulls(rows, pa.bool_()),
        "participated": pa.array(~np.isnat(started)),
        "completed": pa.array(completed),
        "invited_on": pa.array(invited),
        "started_on": pa.array(started),
        "completed_on": pa.array(completed_on),
        "outcome": outcome,
    }
    _check_twice(table, np.where(np.isnat(invited), started, invited), findings)
    dimensions = tuple(key for key in known.dimensions if key in table.columns)
    for dimension in dimensions:
        columns[dimension] = _groups(table, dimension, known, findings)
    return pa.table(columns), dimensions, table


def _days(table: Table, key: str, parse: cells.Parse, findings: list[Finding]) -> np.ndarray:
    if key not in table.columns:
        return np.full(len(table.rows), np.datetime64("NaT"), dtype="datetime64[D]")
    return cells.as_days(table.columns[key], cells.understand(table, key, parse, findings))


def _completion(table: Table, completed_on: np.ndarray, findings: list[Finding]) -> tuple[pa.Array, np.ndarray]:
    """The outcome in words and whether the course was completed: by its outcome, or else by its date."""
    dated = ~np.isnat(completed_on)
    if "outcome" not in table.columns:
        return pa.nulls(len(dated), pa.string()), dated
    column = table.columns["outcome"]
    meanings = cells.understand(table, "outcome", cells.word("outcome"), findings)
    stated = ~cells.flags(column, meanings, None)
    completed = np.where(stated, cells.flags(column, meanings, Outcome.COMPLETED), dated)
    _tell(findings, "outcome_disagrees", table, dated & ~completed, "outcome")
    _tell(findings, "still_running", table, cells.flags(column, meanings, Outcome.RUNNING), "outcome")
    return cells.texts(column, meanings), completed


def _check_order(
    table: Table,
    invited: np.ndarray,
    started: np.ndarray,
    completed_on: np.ndarray,
    completed: np.ndarray,
    findings: list[Finding],
) -> None:
    """Dates that run backwards. A date that is not there compares as false; one that is faulty is told already."""
    not_started = table.columns["started_on"].blank()
    never_invited = table.columns["invited_on"].blank() if "invited_on" in table.columns else np.isnat(invited)
    _tell(findings, "no_date", table, never_invited & not_started, "started_on")
    _tell(findings, "started_before_invited", table, started < invited, "started_on")
    _tell(findings, "completed_before_started", table, completed_on < started, "completed_on")
    _tell(findings, "completed_without_started", table, completed & not_started, "started_on")


def _same_course(table: Table) -> np.ndarray:
    """Where a row has the municipality, offer and citizen of another one."""
    codes = {key: table.columns[key].codes for key in ("municipality", "offer", "citizen")}
    return pd.DataFrame(codes).duplicated(keep=False).to_numpy()


def _without_repeated(table: Table, findings: list[Finding]) -> Table:
    """The table without rows that are the same as an earlier one in every column of ours."""
    some = np.flatnonzero(_same_course(table))
    if not len(some):
        return table
    contents = pd.DataFrame({key: column.codes[some] for key, column in table.columns.items()})
    repeated = np.zeros(len(table.rows), dtype=bool)
    repeated[some[contents.duplicated().to_numpy()]] = True
    _tell(findings, "row_twice", table, repeated, "citizen")
    return table.without(repeated, Reason.REPEATED)


def _check_twice(table: Table, day: np.ndarray, findings: list[Finding]) -> None:
    some = np.flatnonzero(_same_course(table))
    codes = {key: table.columns[key].codes[some] for key in ("municipality", "offer", "citizen")}
    twice = np.zeros(len(table.rows), dtype=bool)
    twice[some[pd.DataFrame({**codes, "day": day[some]}).duplicated().to_numpy()]] = True
    _tell(findings, "course_twice", table, twice, "citizen")


def _groups(table: Table, dimension: str, known: Known, findings: list[Finding]) -> pa.Array:
    column = table.columns[dimension]
    meanings = cells.understand(table, dimension, cells.group(known, dimension), findings)
    not_stated = column.blank() | cells.flags(column, meanings, MISSING)
    _tell(findings, "group_missing", table, not_stated, dimension)
    return cells.texts(column, [cells.group_or_missing(meaning) for meaning in meanings])


def _tell(findings: list[Finding], check: str, table: Table, mask: np.ndarray, key: str) -> None:
    if mask.any():
        findings.append(table.finding(check, key, mask))
