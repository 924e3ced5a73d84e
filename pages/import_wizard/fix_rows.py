"""Correction of single rows: a table of their cells, and a button that leaves them out."""

from collections.abc import Iterable

import pandas as pd
import streamlit as st

from analysis.i18n import Wording
from analysis.intake.findings.findings import Finding
from analysis.intake.fix.entries import Entry, rows_by_sheet
from analysis.intake.sheets import TextColumn, letters
from analysis.intake.validate.prepared import Prepared
from pages.components import formatting
from pages.import_wizard.fix_values import can_leave_out, show_leave_out
from pages.import_wizard.identity_number_typed import is_refused
from pages.import_wizard.job import ImportJob

MOST_ROWS = 100
"""Number of rows that the table of an entry shows."""


def correct_rows(work: ImportJob, prepared: Prepared, entry: Entry, wording: Wording) -> None:
    """Show the rows of an entry in an editor; changes are checked at once."""
    for sheet, rows in rows_by_sheet(entry.findings).items():
        if len(rows) > MOST_ROWS:
            numbers = {"count": wording.integer(MOST_ROWS), "all": wording.integer(len(rows))}
            st.caption(formatting.plain(wording.text("The first {count} of {all}.", **numbers)))
        _edit(work, prepared, entry, sheet, sorted(rows)[:MOST_ROWS], wording)
    if can_leave_out(work, prepared, entry.findings):
        show_leave_out(work, entry.findings, f"leave_{entry.key}", wording)


def _edit(work: ImportJob, prepared: Prepared, entry: Entry, sheet: str, rows: list[int], wording: Wording) -> None:
    columns = _columns(work, prepared, sheet, entry.findings)
    frame = pd.DataFrame(
        {name: [_shown(column, row - 1, wording) for row in rows] for name, column in columns.values()}, index=rows
    )
    frame.index.name = wording.text("Row")
    key = f"rows_{entry.key}_{work.corrections_number}"
    st.data_editor(
        frame,
        num_rows="fixed",
        key=key,
        on_change=_type_over,
        args=(work, entry, key, sheet, rows, {name: place for place, (name, _) in columns.items()}),
    )


def _shown(column: TextColumn, row: int, wording: Wording) -> str:
    """Return a cell in the reader's format: dates of the file in the format of the language."""
    day = column.day(int(column.codes[row]))
    return column.at(row) if day is None else wording.date(day)


def _columns(
    work: ImportJob, prepared: Prepared, sheet: str, findings: Iterable[Finding]
) -> dict[str, tuple[str, TextColumn]]:
    """Return header and cells of the sheet's known columns by letters, those of the findings first.

    If no table of the sheet was recognised, all columns are known.
    """
    raw = next(one for one in work.corrected_reading().sheets if one.name == sheet)
    tables = [table for table in prepared.tables if table.sheet == sheet]
    headers = {table.letters[key]: table.headers[key] for table in tables for key in table.letters}
    for table in tables:
        headers |= table.headers_of_numbers
    faulty = {finding.letters for finding in findings}
    columns = {letters(at): column for at, column in enumerate(raw.columns)}
    shown = [place for place in columns if place in headers or not headers]
    names: dict[str, str] = {}
    for place in sorted(shown, key=lambda place: place not in faulty):
        name = headers.get(place) or place
        names[place] = f"{name} ({place})" if name in names.values() else name
    return {place: (name, columns[place]) for place, name in names.items()}


def _type_over(work: ImportJob, entry: Entry, key: str, sheet: str, rows: list[int], places: dict[str, str]) -> None:
    """Store the edits of the table of rows; a callback, called before the page runs again."""
    cells = dict(work.corrections.cells)
    for position, changes in st.session_state[key]["edited_rows"].items():
        texts = {name: "" if text is None else str(text) for name, text in changes.items()}
        if is_refused(texts.values(), entry.key):
            return
        for name, text in texts.items():
            cells[sheet, places[name], rows[int(position)]] = text
    work.change(cells=cells)
