"""Marks of attendance in the columns of sessions."""

from collections.abc import Mapping

import numpy as np

from analysis.intake.findings.findings import Finding
from analysis.intake.layout.heading import Heading
from analysis.intake.parsing.attendance import CANCELLED, is_present, unknown_marks
from analysis.intake.sheets import RawSheet, TextColumn, letters
from analysis.intake.tables import Table, cleaned, normalised


def mark_findings(table: Table, sheet: RawSheet, heading: Heading, marks: Mapping[int, TextColumn]) -> list[Finding]:
    """Report the marks that do not tell whether a citizen came, apart from those of cancelled sessions."""
    is_marked = any(is_present(value) for column in marks.values() for value in column.values)
    findings = []
    for at, column in marks.items():
        for mark in () if is_cancelled(column) else unknown_marks(column, may_be_present=() if is_marked else ("f",)):
            here = np.array([cleaned(one) == mark for one in column.values], dtype=bool)[column.codes]
            rows = tuple(table.rows[here].tolist())
            findings.append(Finding("attendance_mark", sheet.name, rows, heading.texts[at], mark, letters=letters(at)))
    return findings


def is_cancelled(column: TextColumn) -> bool:
    """Return whether some cells of a session say that it was cancelled, and all others are empty."""
    marks = {normalised(column.values[code]) for code in column.row_counts()} - {""}
    return bool(marks) and marks <= CANCELLED


def are_present(column: TextColumn) -> np.ndarray:
    """Return a mask of the rows of citizens who came."""
    return np.array([bool(is_present(value)) for value in column.values], dtype=bool)[column.codes]
