"""The list of what must be put right: each error with the control that solves it, and what was put right already."""

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.findings.findings import Finding, blocks, sentence
from analysis.intake.fix.annotated_workbook import annotated, marks_cells
from analysis.intake.fix.entries import Entry, Kind, entries
from analysis.intake.formats.prefilled import prefilled
from analysis.intake.parsing.questions import TWICE
from analysis.intake.validate.prepared import Prepared
from pages.components import audit_log, formatting
from pages.import_wizard.findings import show_places
from pages.import_wizard.fix_constants import ask_constant
from pages.import_wizard.fix_decisions import show_decisions
from pages.import_wizard.fix_rows import correct_rows
from pages.import_wizard.fix_values import choose_replacements, show_column
from pages.import_wizard.identity_number_typed import CPR_TYPED
from pages.import_wizard.job import ImportJob
from pages.import_wizard.mapping_form import can_match, match_by_hand
from pages.import_wizard.questions import answered_questions, ask_question

MOST_ENTRIES = 20
"""Maximum number of entries that are shown at once. The next ones follow when these are put right."""
REPEATED_FROM = 4
"""Number of entries from which the number that remains stands below the list too."""
MATCHING_HELPS = {
    "no_known_sheet",
    "only_indicators",
    "no_header",
    "missing_column",
    "missing_column_near",
    "missing_constant",
    "missing_year",
    "header_opposite",
    "headers_unknown",
}
"""Checks that matching the columns by hand can solve."""


def show_fixes(work: ImportJob, prepared: Prepared, findings: list[Finding], wording: Wording) -> None:
    """Show what must be put right, how much of it remains, and the decisions so far; nothing if nothing is wrong."""
    open_entries = entries(findings, by_hand=work.by_hand)
    asked = [entry.subject[0] for entry in open_entries if entry.kind is Kind.QUESTION]
    answered = answered_questions(work, asked)
    if open_entries or work.has_corrections():
        with st.container(key="to_fix"):
            _show_remaining(open_entries, wording)
            for entry in open_entries[:MOST_ENTRIES]:
                with st.container(border=True, key=f"entry_{entry.key}"):
                    _show_entry(work, prepared, entry, wording)
            if len(open_entries) >= REPEATED_FROM:
                st.caption(formatting.plain(_remaining(open_entries, wording)))
            show_decisions(work, prepared, answered, wording)
    _show_ways_out(work, prepared, findings, wording)


def _show_remaining(open_entries: list[Entry], wording: Wording) -> None:
    if not open_entries:
        st.success(wording.text("Nothing left to put right: the file can be stored."), icon=":material/check_circle:")
        return
    st.header(_remaining(open_entries, wording))
    more = len(open_entries) - MOST_ENTRIES
    if more > 0:
        said = wording.texts(
            "{count} more follows when these are put right.", "{count} more follow when these are put right.", more
        )
        st.caption(formatting.plain(said))


def _remaining(open_entries: list[Entry], wording: Wording) -> str:
    """Return how many entries remain, and how many values if that is more."""
    number = len(open_entries)
    said = wording.texts("{count} thing left to put right", "{count} things left to put right", number)
    decisions = sum(entry.number for entry in open_entries)
    if decisions == number:
        return said
    choices = wording.texts("{count} choice", "{count} choices", decisions)
    return f"{said} ({choices})"


def _show_entry(work: ImportJob, prepared: Prepared, entry: Entry, wording: Wording) -> None:
    """Show one entry: what is wrong and where, and beneath it the control that solves it."""
    if entry.kind is Kind.VALUES:
        show_column(entry, wording)
    else:
        show_places(entry.findings, entry.key, wording, by_hand=work.by_hand)
    if st.session_state.get(CPR_TYPED) == entry.key:
        st.session_state.pop(CPR_TYPED)
        st.error(formatting.plain(sentence(Finding("cpr_typed"), wording)), icon=":material/error:")
    match entry.kind:
        case Kind.QUESTION:
            ask_question(work, entry.subject[0], wording)
            if entry.subject[0] == TWICE:
                correct_rows(work, prepared, entry, wording)
        case Kind.CONSTANT:
            ask_constant(work, entry, wording)
        case Kind.VALUES:
            choose_replacements(work, prepared, entry, wording)
        case Kind.ROWS:
            correct_rows(work, prepared, entry, wording)
    if entry.findings[0].check in MATCHING_HELPS and can_match(work):
        st.button(
            wording.text("Match the columns"),
            key=f"match_{entry.key}",
            icon=":material/view_column:",
            on_click=match_by_hand,
            args=(work,),
        )


def _show_ways_out(work: ImportJob, prepared: Prepared, findings: list[Finding], wording: Wording) -> None:
    """Show the downloads of the file with its faults and of the filled template, and the button that starts over."""
    with st.container(horizontal=True):
        if any(map(marks_cells, findings)):
            _show_annotated(work, findings, wording)
        if blocks(findings) and prepared.understood:
            audit_log.download(
                wording.text("Download the template with what was understood"),
                lambda: prefilled(prepared.understood, wording.code),
                file_name=wording.text("equal-access-template.xlsx"),
                mime=audit_log.EXCEL,
                icon=":material/edit_document:",
                key="prefilled",
                what="prefilled",
                format="xlsx",
            )
        if work.has_corrections() and st.button(
            wording.text("Drop all corrections"), key="start_over", icon=":material/restart_alt:"
        ):
            work.drop_corrections()
            st.rerun()


def _show_annotated(work: ImportJob, findings: list[Finding], wording: Wording) -> None:
    """Show the download of the workbook, with the faulty cells marked and a list of corrections."""
    reading = work.reading
    assert reading is not None

    audit_log.download(
        wording.text("Download it with the faults marked"),
        lambda: annotated(work.content, reading, findings, wording),
        file_name=wording.text("{file} – to correct.xlsx", file=reading.file_name.rsplit(".", 1)[0]),
        mime=audit_log.EXCEL,
        icon=":material/download:",
        key="annotated",
        what="to_mend",
        format="xlsx",
    )
