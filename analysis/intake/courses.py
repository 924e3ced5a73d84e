"""Courses: rows of citizens' ways through an offer, checked and typed."""

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.intake import cells
from analysis.intake.findings import Finding
from analysis.intake.known import Known
from analysis.intake.recognising import Table
from analysis.model import MISSING, Outcome


def prepare_courses(table: Table, known: Known) -> tuple[pa.Table, tuple[str, ...], list[Finding]]:
    """The courses of a sheet as ``store.Contents`` wants them, with their dimensions and what the checks saw."""
    findings: list[Finding] = []
    place = cells.understand(table, "municipality", cells.municipality(known), findings, needed=True)
    offer = cells.understand(table, "offer", str, findings, needed=True)
    cells.understand(table, "citizen", str, findings, needed=True)
    invited, started, completed_on = (
        _days(table, key, findings) for key in ("invited_on", "started_on", "completed_on")
    )
    outcome, completed = _completion(table, completed_on, findings)
    _check_order(table, invited, started, completed_on, completed, findings)
    if "invited_on" not in table.columns:
        findings.append(Finding("invited_unknown", table.sheet))

    columns = {
        "sheet": pa.array([table.sheet]).take(pa.array(np.zeros(len(table.rows), dtype=np.int32))),
        "row": pa.array(table.rows, pa.int32()),
        "municipality": cells.texts(table.columns["municipality"], place),
        "offer": cells.texts(table.columns["offer"], offer),
        "citizen": cells.texts(table.columns["citizen"]),
        "invited": pa.array(np.ones(len(table.rows), dtype=bool))
        if "invited_on" in table.columns
        else pa.nulls(len(table.rows), pa.bool_()),
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
    return pa.table(columns), dimensions, findings


def _days(table: Table, key: str, findings: list[Finding]) -> np.ndarray:
    if key not in table.columns:
        return np.full(len(table.rows), np.datetime64("NaT"), dtype="datetime64[D]")
    return cells.dates(table.columns[key], cells.understand(table, key, cells.date, findings))


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
    not_started = cells.blanks(table.columns["started_on"])
    never_invited = cells.blanks(table.columns["invited_on"]) if "invited_on" in table.columns else np.isnat(invited)
    _tell(findings, "no_date", table, never_invited & not_started, "started_on")
    _tell(findings, "started_before_invited", table, started < invited, "started_on")
    _tell(findings, "completed_before_started", table, completed_on < started, "completed_on")
    _tell(findings, "completed_without_started", table, completed & not_started, "started_on")


def _check_twice(table: Table, day: np.ndarray, findings: list[Finding]) -> None:
    codes = {key: table.columns[key].codes for key in ("municipality", "offer", "citizen")}
    _tell(findings, "course_twice", table, pd.DataFrame({**codes, "day": day}).duplicated().to_numpy(), "citizen")


def _groups(table: Table, dimension: str, known: Known, findings: list[Finding]) -> pa.Array:
    column = table.columns[dimension]
    meanings = cells.understand(table, dimension, cells.group(known, dimension), findings)
    groups = [cells.group_or_missing(meaning) for meaning in meanings]
    _tell(findings, "group_missing", table, cells.flags(column, groups, MISSING), dimension)
    return cells.texts(column, groups)


def _tell(findings: list[Finding], check: str, table: Table, mask: np.ndarray, key: str) -> None:
    if mask.any():
        findings.append(Finding(check, table.sheet, cells.rows_where(table, mask), table.header(key)))
