"""Replacement of invalid values: a choice of what is possible, or a text, for each of the most frequent values."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from analysis.i18n import Wording
from analysis.intake.findings.findings import Finding, message, place, value_text
from analysis.intake.fix.corrections import Corrections
from analysis.intake.fix.decisions import leave_out, leave_out_columns, replace_value
from analysis.intake.fix.entries import Entry, WrongValue, digest, rows_by_sheet
from analysis.intake.fix.possible_values import PossibleValues, possible_values
from analysis.intake.parsing.questions import MUNICIPALITY_COUNTRY
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import offers_in
from pages.components import formatting
from pages.import_wizard.findings import show_remedy
from pages.import_wizard.fix_groups import (
    ADD_GROUP,
    add_all,
    adding_options,
    apply_addition,
    choose_rank,
    labels_of_adding,
)
from pages.import_wizard.identity_number_typed import is_refused
from pages.import_wizard.job import ImportJob, reference_data_of

MOST_CHOICES = 10
"""Number of values that have a field of their own."""
MOST_VALUES = 300
"""Number of values that the table of the others shows."""
LONG_LIST = 12
"""Number of possibilities from which the row can be left out near the top of the list."""
LEAVE_OUT = "@leave_out"
"""Option besides the texts that can replace a value."""


def show_column(entry: Entry, wording: Wording) -> None:
    """Show what is wrong with the first value of an entry, and where it and the other values stand."""
    first = entry.findings[0] if not entry.values else entry.values[0].findings[0]
    where = [place(first if entry.number == 1 else replace(first, rows=()), wording)]
    if entry.number > 1:
        where.append(wording.texts("{count} value", "{count} values", entry.number))
    columns = len({(finding.sheet, finding.letters) for finding in entry.findings})
    if columns > 1:
        where = [wording.texts("{count} column", "{count} columns", columns), *where[1:]]
    said = f"**{formatting.plain(message(first, wording))}**  \n:gray[{formatting.plain(' · '.join(where))}]"
    st.markdown(said)


def choose_replacements(work: ImportJob, prepared: Prepared, entry: Entry, wording: Wording) -> None:
    """Show a field for each of the most frequent values of an entry, and the others in a table."""
    values = entry.values
    possible = _possible_values(work, prepared, wording)
    if any(not possible(wrong).texts for wrong in values[:1]):
        show_remedy(values[0].findings[0], wording, by_hand=work.by_hand)
    with st.grid(3 if len(values) > 1 else 2, min_column_width=260):
        for wrong in values[:MOST_CHOICES]:
            with st.container():
                _choose(work, prepared, entry, wrong, possible(wrong), wording)
    if others := values[MOST_CHOICES:]:
        _show_others(work, entry, others, possible, wording)
    add_all(work, prepared, entry, possible, wording)
    if entry.number > 1 and can_leave_out(work, prepared, entry.findings):
        show_leave_out(work, entry.findings, f"leave_all_{entry.key}", wording)


def show_leave_out(
    work: ImportJob, findings: Sequence[Finding], key: str, wording: Wording, *, small: bool = False
) -> None:
    """Show the button that leaves out the rows of findings, or the numbers below a header."""
    st.button(
        _leave_out_label(work, findings, wording),
        key=key,
        type="tertiary" if small else "secondary",
        icon=":material/playlist_remove:",
        on_click=leave_out_rows,
        args=(work, findings),
    )


def _leave_out_label(work: ImportJob, findings: Iterable[Finding], wording: Wording) -> str:
    findings = list(findings)
    if _are_headers(work, findings):
        columns = len({(finding.sheet, finding.letters) for finding in findings})
        return wording.texts("Leave out this column", "Leave out these {count} columns", columns)
    rows = sum(map(len, rows_by_sheet(findings).values()))
    return wording.texts("Leave out {count} row", "Leave out {count} rows", rows)


def can_leave_out(work: ImportJob, prepared: Prepared, findings: Iterable[Finding]) -> bool:
    """Return whether the findings are in rows of data: a header is not left out."""
    data = work.of_prepared("data_rows", lambda: _data_rows(prepared))
    for sheet, rows in rows_by_sheet(findings).items():
        mask = data.get(sheet)
        if mask is not None and (max(rows, default=0) >= len(mask) or not mask[list(rows)].all()):
            return False
    return True


def _data_rows(prepared: Prepared) -> dict[str, np.ndarray]:
    """Return a mask of the rows of data of each sheet, by row number."""
    masks = {}
    for sheet in dict.fromkeys(table.sheet for table in prepared.tables):
        rows = np.concatenate([table.rows for table in prepared.tables if table.sheet == sheet])
        masks[sheet] = np.zeros(int(rows.max(initial=0)) + 1, dtype=bool)
        masks[sheet][rows] = True
    return masks


def leave_out_rows(work: ImportJob, findings: Iterable[Finding]) -> None:
    """Leave out the rows of findings, or the numbers below headers; a callback."""
    findings = list(findings)
    change = leave_out_columns if _are_headers(work, findings) else leave_out
    work.correct(change(work.corrections, findings))


def _are_headers(work: ImportJob, findings: Iterable[Finding]) -> bool:
    """Return whether the values of the findings are headers over numbers."""
    prepared = work.prepared
    assert prepared is not None
    tables = prepared.tables or prepared.understood
    headers = {(table.sheet, place): text for table in tables for place, text in table.headers_of_numbers.items()}
    return all(one.value and one.value in headers.get((one.sheet, one.letters), "") for one in findings)


def _possible_values(work: ImportJob, prepared: Prepared, wording: Wording) -> Callable[[WrongValue], PossibleValues]:
    known = reference_data_of(work)
    offers = {name for _, name in (*known.offers, *offers_in(prepared.contents)) if name}
    country = work.corrections.answers.get(MUNICIPALITY_COUNTRY, "")

    def possible(wrong: WrongValue) -> PossibleValues:
        finding = wrong.findings[0]
        return possible_values(finding, prepared.tables, known, wording.code, offers=offers, country=country)

    return possible


def _choose(
    work: ImportJob, prepared: Prepared, entry: Entry, wrong: WrongValue, possible: PossibleValues, wording: Wording
) -> None:
    """Show the field of one value: a list of what is possible, or a text where anything can be written."""
    key = f"fix_{digest(entry.key, wrong.value)}"
    shown = value_text(wrong.findings[0], wording)
    label = formatting.plain(
        wording.texts("{value} ({count} row)", "{value} ({count} rows)", wrong.number, value=shown)
    )
    can_leave = can_leave_out(work, prepared, wrong.findings)
    if not possible.texts:
        _write(work, entry, wrong, label, key, can_leave, wording)
        return
    labels = {**labels_of_adding(wording), LEAVE_OUT: _leave_out_label(work, wrong.findings, wording)}
    chosen = st.selectbox(
        label,
        _options(possible, can_leave),
        index=None,
        format_func=lambda option: labels.get(option, option),
        key=key,
        placeholder=_placeholder(possible, wording),
        accept_new_options=possible.free_text,
        on_change=_apply,
        args=(work, entry, wrong, possible, key),
    )
    if chosen == ADD_GROUP and possible.ordered:
        choose_rank(work, wrong, possible, key, wording)


def _options(possible: PossibleValues, can_leave: bool) -> list[str]:
    """Return the options: the likely one first, and what can be done otherwise last, or second in a long list."""
    first = [possible.likely] if possible.likely else []
    others = [text for text in possible.texts if text != possible.likely]
    actions = [*adding_options(possible), *([LEAVE_OUT] if can_leave else [])]
    return [*first, *actions, *others] if len(others) > LONG_LIST else [*first, *others, *actions]


def _placeholder(possible: PossibleValues, wording: Wording) -> str:
    if possible.likely:
        return wording.text("choose, perhaps {name}", name=possible.likely)
    return wording.text("choose or write") if possible.free_text else wording.text("choose what it means")


def _write(
    work: ImportJob, entry: Entry, wrong: WrongValue, label: str, key: str, can_leave: bool, wording: Wording
) -> None:
    st.text_input(
        label,
        key=key,
        placeholder=wording.text("write what takes its place"),
        on_change=_apply,
        args=(work, entry, wrong, PossibleValues(), key),
    )
    if can_leave:
        show_leave_out(work, wrong.findings, f"leave_{key}", wording, small=True)


def _apply(work: ImportJob, entry: Entry, wrong: WrongValue, possible: PossibleValues, key: str) -> None:
    """Apply what was chosen or written for a value; a callback."""
    chosen = str(st.session_state[key] or "").strip()
    if chosen == LEAVE_OUT:
        leave_out_rows(work, wrong.findings)
    elif chosen in adding_options(possible):
        apply_addition(work, wrong, possible, chosen)
    elif chosen and is_refused([chosen], entry.key):
        st.session_state[key] = None if possible.texts else ""
    elif chosen and chosen != wrong.value:
        work.correct(_replaced(work, wrong, chosen))


def _replaced(work: ImportJob, wrong: WrongValue, text: str) -> Corrections:
    assert work.reading is not None
    return replace_value(work.corrections, work.reading.sheets, wrong.findings, text)


def _show_others(
    work: ImportJob,
    entry: Entry,
    others: list[WrongValue],
    possible: Callable[[WrongValue], PossibleValues],
    wording: Wording,
) -> None:
    """Show the other values in one table, on demand."""
    label = wording.texts("Show {count} more value", "Show {count} more values", len(others) + entry.unlisted)
    with st.expander(label, key=f"others_{entry.key}", on_change="rerun") as opened:
        if not opened.open:
            return
        if (number := len(others) + entry.unlisted) > len(others[:MOST_VALUES]):
            numbers = {"count": wording.integer(len(others[:MOST_VALUES])), "all": wording.integer(number)}
            st.caption(formatting.plain(wording.text("The first {count} of {all}.", **numbers)))
        shown = others[:MOST_VALUES]
        meant = [possible(wrong) for wrong in shown]
        texts = list(dict.fromkeys(text for one in meant for text in one.texts))
        free_text = any(one.free_text for one in meant)
        names = [wording.text("In the file"), wording.text("Rows"), wording.text("Replace with")]
        rows = [(value_text(wrong.findings[0], wording), wrong.number, "") for wrong in shown]
        column: Any = (
            st.column_config.TextColumn
            if free_text
            else partial(st.column_config.SelectboxColumn, options=["", *texts])
        )
        key = f"others_{entry.key}_{work.corrections_number}"
        st.data_editor(
            pd.DataFrame(rows, columns=names),
            column_config={names[2]: column(names[2])},
            disabled=names[:2],
            hide_index=True,
            num_rows="fixed",
            key=key,
            on_change=_apply_in_table,
            args=(work, entry, shown, names[2], key),
        )


def _apply_in_table(work: ImportJob, entry: Entry, shown: list[WrongValue], column: str, key: str) -> None:
    """Apply what was chosen in the table of the other values; a callback."""
    edited = st.session_state[key]["edited_rows"]
    texts = {int(row): str(changes.get(column) or "").strip() for row, changes in edited.items()}
    if is_refused(texts.values(), entry.key):
        return
    for row, text in texts.items():
        if text:
            work.correct(_replaced(work, shown[row], text))
