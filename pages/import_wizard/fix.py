"""Corrections on the screen: replace a value in a whole column, correct or leave out rows, or correct in Excel."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analysis.i18n import Wording
from analysis.intake.findings.check import Severity
from analysis.intake.findings.findings import Finding
from analysis.intake.fix.annotated_workbook import annotated
from analysis.intake.fix.corrections import AddedGroup
from analysis.intake.parsing.questions import QUESTIONS
from analysis.intake.sheets import DATES, TextColumn, letters
from analysis.intake.validate.validation import Prepared
from analysis.model.terms import Dimension, Group
from pages.components import audit_log, formatting
from pages.import_wizard.job import ImportJob

MOST_ROWS = 200
MOST_VALUES = 300
SHOWN_VALUES = 3
NO_SINGLE_VALUE = {"more_participated", "more_completed", *QUESTIONS}
"""Checks whose value is not the text of a single cell."""
NEW_GROUPS = {"unknown_group", "unknown_group_near"}


@dataclass(frozen=True)
class WrongValue:
    """An invalid value, in all of its column, and its most likely meaning."""

    sheet: str
    letters: str
    column: str
    value: str
    rows: int
    suggestion: str
    dimension: str | None


def show_corrections(work: ImportJob, prepared: Prepared, findings: list[Finding], wording: Wording) -> None:
    """Show the ways to correct the findings; nothing if there is nothing to correct."""
    faulty = [finding for finding in findings if finding.severity is Severity.ERROR and finding.rows]
    if not faulty:
        return
    st.header(wording.text("Mend"))
    values = wrong_values(faulty, wording)
    names = [wording.text("Replace values"), wording.text("Correct rows"), wording.text("Leave out rows")]
    replacing, correcting, leaving = st.tabs(names)
    with replacing:
        _show_values(work, values, wording)
    with correcting:
        _show_rows(work, prepared, faulty, wording)
    with leaving:
        _show_leaving(work, [finding for finding in faulty if finding.check not in QUESTIONS], wording)


def wrong_values(faulty: Iterable[Finding], wording: Wording) -> list[WrongValue]:
    """Return the invalid values, once per column, with their most likely meanings."""
    found = {}
    for finding in faulty:
        if finding.value and finding.letters and finding.check not in NO_SINGLE_VALUE:
            dimension = finding.values.get("dimension")
            key = dimension.key if isinstance(dimension, Dimension) and finding.check in NEW_GROUPS else None
            place = (finding.sheet, finding.letters, finding.value)
            found[place] = WrongValue(
                finding.sheet,
                finding.letters,
                finding.column,
                finding.value,
                len(finding.rows),
                _suggestion(finding, wording),
                key,
            )
    return sorted(found.values(), key=lambda one: -one.rows)[:MOST_VALUES]


def _suggestion(finding: Finding, wording: Wording) -> str:
    likely = finding.values.get("nearest") or finding.values.get("guess") or ""
    return likely.label(wording.code) if isinstance(likely, Group) else str(likely)


def _show_values(work: ImportJob, values: list[WrongValue], wording: Wording) -> None:
    if not values:
        st.caption(formatting.plain(wording.text("There are no values to replace.")))
        return
    st.caption(
        formatting.plain(
            wording.text(
                "Write what takes the place of each value, and tick it. It is replaced everywhere in its column; the "
                "file itself stays as it is."
            )
        )
    )
    names = {
        "column": wording.text("Column"),
        "value": wording.text("In the file"),
        "rows": wording.text("Rows"),
        "replacement": wording.text("Replace with"),
        "take": wording.text("Replace"),
        "add": wording.text("Add as a group"),
    }
    frame = pd.DataFrame(
        {
            "column": [one.column for one in values],
            "value": [one.value for one in values],
            "rows": [one.rows for one in values],
            "replacement": [one.suggestion for one in values],
            "take": False,
        }
    )
    if any(one.dimension for one in values):
        frame["add"] = False
        frame["rank"] = ""
    config: dict[str, Any] = {name: st.column_config.TextColumn(said) for name, said in names.items()}
    config |= {name: st.column_config.CheckboxColumn(names[name]) for name in ("take", "add")}
    config["rank"] = formatting.rank_column(wording)
    with st.form(f"replace_{len(work.corrections.values)}", border=False):
        edited = st.data_editor(
            frame,
            column_config=config,
            disabled=["column", "value", "rows"],
            hide_index=True,
            num_rows="fixed",
            key=f"values_{_number(work)}",
        )
        if st.form_submit_button(wording.text("Replace the ticked ones"), icon=":material/find_replace:"):
            emptied = [one.value for one, row in zip(values, edited.to_dict("records"), strict=True) if _emptied(row)]
            if not emptied:
                _replace(work, values, edited)
                st.rerun()
            said = wording.text(
                "“{value}” cannot be replaced by nothing: write what it means, or leave the rows out.",
                value=", ".join(emptied[:SHOWN_VALUES]),
            )
            st.error(formatting.plain(said), icon=":material/error:")


def _emptied(row: Mapping[str, Any]) -> bool:
    """Return True if a value is ticked but has no replacement."""
    text = row["replacement"]
    return bool(row["take"]) and not row.get("add") and not (isinstance(text, str) and text.strip())


def _number(work: ImportJob) -> int:
    """Return a number that increases with every change, so that an editor drops the input for a previous table."""
    corrections = work.corrections
    typed = sum(len(meant) for meant in corrections.values.values()) + len(corrections.cells) + len(corrections.groups)
    return typed + sum(len(rows) for rows in corrections.left_out.values())


def _replace(work: ImportJob, values: list[WrongValue], edited: pd.DataFrame) -> None:
    meant = {place: dict(of_column) for place, of_column in work.corrections.values.items()}
    groups = list(work.corrections.groups)
    for one, row in zip(values, edited.to_dict("records"), strict=True):
        if row.get("add") and one.dimension:
            rank = str(row["rank"] or "")
            groups.append(AddedGroup(one.dimension, one.value, int(rank) if rank.isdecimal() else None))
        elif row["take"]:
            meant.setdefault((one.sheet, one.letters), {})[one.value] = str(row["replacement"])
    work.mend(values=meant, groups=tuple(dict.fromkeys(groups)))


def _show_rows(work: ImportJob, prepared: Prepared, faulty: list[Finding], wording: Wording) -> None:
    """Show each sheet's faulty rows in an editor; changes are checked immediately."""
    for number, (sheet, rows) in enumerate(_faulty_rows(faulty).items()):
        st.markdown(f"**{formatting.plain(sheet or wording.text('The file'))}**")
        if len(rows) > MOST_ROWS:
            st.caption(wording.text("The first {count} of {all}.", count=MOST_ROWS, all=wording.integer(len(rows))))
        columns = _columns(work, prepared, sheet)
        shown = sorted(rows)[:MOST_ROWS]
        frame = pd.DataFrame(
            {name: [_shown(column, row - 1, wording) for row in shown] for name, column in columns.values()},
            index=shown,
        )
        frame.index.name = wording.text("Row")
        key = f"rows_{number}_{_number(work)}"
        st.data_editor(
            frame,
            num_rows="fixed",
            key=key,
            on_change=_type_over,
            args=(work, key, sheet, shown, {name: place for place, (name, _) in columns.items()}),
        )


def _shown(column: TextColumn, row: int, wording: Wording) -> str:
    """Return a cell in the reader's format: dates of the file in the format of the language."""
    text = column.at(row)
    is_day = column.kind(int(column.codes[row])) in DATES and len(text) == len("2015-03-12")
    return wording.date(dt.date.fromisoformat(text)) if is_day else text


def _faulty_rows(faulty: list[Finding]) -> dict[str, set[int]]:
    rows: dict[str, set[int]] = {}
    for finding in faulty:
        rows.setdefault(finding.sheet, set()).update(finding.rows)
    return rows


def _columns(work: ImportJob, prepared: Prepared, sheet: str) -> dict[str, tuple[str, TextColumn]]:
    """Return the sheet's known columns, or all columns if the sheet was not recognised, by their letters."""
    reading = work.mended_reading()
    raw = next(one for one in reading.sheets if one.name == sheet)
    tables = [table for table in prepared.tables if table.sheet == sheet]
    ours = {table.letters[key]: table.headers[key] for table in tables for key in table.letters}
    ours |= {one.letters: one.header for table in tables for one in table.wide}
    places = [letters(position) for position in range(len(raw.columns))]
    return {
        place: (ours.get(place, place), column)
        for place, column in zip(places, raw.columns, strict=True)
        if place in ours or not ours
    }


def _type_over(work: ImportJob, key: str, sheet: str, rows: list[int], places: dict[str, str]) -> None:
    """Store the edits of the table of rows; a callback, called before the page runs again."""
    cells = dict(work.corrections.cells)
    for position, changes in st.session_state[key]["edited_rows"].items():
        for name, text in changes.items():
            cells[sheet, places[name], rows[int(position)]] = "" if text is None else str(text)
    work.mend(cells=cells)


def _show_leaving(work: ImportJob, faulty: list[Finding], wording: Wording) -> None:
    rows = _faulty_rows(faulty)
    number = sum(map(len, rows.values()))
    if number:
        st.markdown(
            formatting.plain(
                wording.texts(
                    "{count} row has something that must be mended. Left out, it is not stored; the number is recorded "
                    "with the import.",
                    "{count} rows have something that must be mended. Left out, they are not stored; the number is "
                    "recorded with the import.",
                    number,
                )
            )
        )
        said = wording.texts("Leave out {count} row", "Leave out {count} rows", number)
        if st.button(said, key="leave_out", icon=":material/playlist_remove:"):
            left_out = dict(work.corrections.left_out)
            for sheet, wrong in rows.items():
                left_out[sheet] = left_out.get(sheet, frozenset()) | wrong
            work.mend(left_out=left_out)
            st.rerun()
    else:
        st.caption(formatting.plain(wording.text("There are no rows to leave out.")))


def show_ways_out(work: ImportJob, findings: list[Finding], wording: Wording) -> None:
    """Show the download of the annotated workbook, and the button that restores the original file."""
    with st.container(horizontal=True):
        if findings:
            _show_annotated(work, findings, wording)
        if work.mending_done() and st.button(
            wording.text("Drop all mending"), key="start_over", icon=":material/restart_alt:"
        ):
            work.mend(cells={}, values={}, left_out={}, groups=(), answers={})
            st.rerun()


def _show_annotated(work: ImportJob, findings: list[Finding], wording: Wording) -> None:
    """Show the download of the workbook, with the faulty cells marked and a list of corrections."""
    reading = work.reading
    assert reading is not None

    audit_log.download(
        wording.text("Download it with the faults marked"),
        lambda: annotated(work.content, reading, findings, wording),
        file_name=wording.text("{file} – to mend.xlsx", file=reading.file_name.rsplit(".", 1)[0]),
        mime=audit_log.EXCEL,
        icon=":material/download:",
        key="annotated",
        what="to_mend",
        format="xlsx",
    )
