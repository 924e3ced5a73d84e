"""Upload page: recognised sheets, findings and corrections, preview of the change, and undo."""

import streamlit as st

from analysis import store
from analysis.config import Limits
from analysis.i18n import Wording
from analysis.intake.findings.findings import blocks, sentence
from analysis.intake.formats.questionnaire import questionnaire
from analysis.intake.formats.template import template
from analysis.intake.package_file import PACKAGE_NOTES, manifest_of
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.stored_data import NOT_CORRECTABLE, check_against_stored
from pages.components import audit_log, formatting, session
from pages.components.permissions import show_who_may_store
from pages.components.sign_in import signed_in_person
from pages.import_wizard import unfinished
from pages.import_wizard.alike import show_alike_names
from pages.import_wizard.amounts import form_names
from pages.import_wizard.confirm import (
    show_decision,
    show_just_stored,
    show_permissions,
    store_confirmed,
)
from pages.import_wizard.findings import show_findings
from pages.import_wizard.fix import show_fixes
from pages.import_wizard.history import show_history
from pages.import_wizard.identity_number_doubts import ask_about_ambiguous_columns, show_how_to_replace
from pages.import_wizard.job import (
    LATER,
    ImportJob,
    forget,
    import_job,
    keep_answers,
    prepared_of,
    reading_of,
    record_refused,
    reference_data_of,
)
from pages.import_wizard.later_file import choose_later, why_not_later
from pages.import_wizard.mapping_columns import show_first_rows
from pages.import_wizard.mapping_form import choose_mapping
from pages.import_wizard.mapping_preview import show_checked
from pages.import_wizard.saved_mappings import offer_saved_mapping

FILE_TYPES = ["xlsx", "xlsm", "csv", "txt", "xls", "xlsb", "ods"]


def show_recognised(prepared: Prepared, wording: Wording) -> None:
    """Show each recognised sheet: its form, rows and columns."""
    names = form_names(wording)
    for table in prepared.tables:
        headers = (*table.headers.values(), *table.headers_of_numbers.values())
        line = wording.texts(
            "{sheet}: {form}, {count} row. Columns: {columns}.",
            "{sheet}: {form}, {count} rows. Columns: {columns}.",
            len(table.rows),
            sheet=table.sheet or wording.text("The file"),
            form=names[table.form],
            columns=", ".join(dict.fromkeys(filter(None, headers))),
        )
        st.markdown(f":material/check: {formatting.plain(line)}")


def show_continued(work: ImportJob, wording: Wording) -> None:
    """Show the steps for a file that a reload of the page interrupted. The uploader is empty then."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(formatting.plain(work.file_name))
        st.button(wording.text("Discard it"), key="discard", icon=":material/close:", on_click=_discard)
    show_job(work, wording)


def _discard() -> None:
    """Take the file away; a callback."""
    unfinished.drop()
    forget()


def show_job(work: ImportJob, wording: Wording) -> None:
    """Show the steps for the uploaded file, from the recognised sheets to the store button."""
    keep_answers()
    store_confirmed(work, wording)
    reading = reading_of(work, wording)
    st.header(wording.text("What was understood"))
    if not reading.sheets:
        prepared = prepared_of(work, wording)
        show_fixes(work, prepared, prepared.findings, wording)
        show_findings(prepared.findings, wording)
        show_how_to_replace(work, wording)
        ask_about_ambiguous_columns(work, wording)
        return
    is_package = manifest_of(reading) is not None
    preview = None
    if not is_package:
        offer_saved_mapping(work, wording)
        preview = choose_mapping(work, wording)
    prepared = prepared_of(work, wording)
    unfinished.keep(work)
    if preview is not None:
        show_checked(preview, work, prepared, wording)
    for finding in prepared.findings if is_package else ():
        if finding.check in PACKAGE_NOTES:
            st.info(formatting.plain(sentence(finding, wording)), icon=":material/package_2:")
    if not prepared.tables and not work.by_hand and not is_package:
        show_first_rows(reading.sheets, prepared.findings, wording)
    show_recognised(prepared, wording)
    show_permissions(prepared, wording)
    database = session.database()
    by = signed_in_person()
    overlaps = (
        store.overlaps(database, prepared.contents, by=by, synthetic=prepared.synthetic) if prepared.tables else []
    )
    findings = list(prepared.findings)
    if prepared.tables:
        answers = work.corrections.answers
        chosen = st.session_state.get(LATER)
        mode = store.ImportMode.CORRECT if chosen == store.ImportMode.CORRECT else store.ImportMode.ADD
        found = check_against_stored(database, reading, prepared, by=by, mode=mode, answers=answers)
        findings += [one for one in found if one.check not in NOT_CORRECTABLE]
    record_refused(work, findings)
    show_fixes(work, prepared, findings, wording)
    show_alike_names(work, prepared, findings, wording)
    show_findings(findings, wording, by_hand=work.by_hand)
    if blocks(findings):
        return
    if not prepared.tables:
        return
    beside = _beside(prepared) if overlaps else []
    correction: store.Correction | None = work.of_prepared("correction", lambda: _correction(prepared))
    meant = choose_later(overlaps, beside, correction, reference_data_of(work).dimensions, wording)
    if meant is not None:
        show_decision(
            work,
            prepared,
            overlaps,
            meant,
            wording,
            why_not_later(meant, beside, correction, wording),
            correction if meant is store.ImportMode.CORRECT else None,
        )


def _correction(prepared: Prepared) -> store.Correction | None:
    """Return what the file would correct. A package takes the place of the one before as a whole."""
    if prepared.contents.package is not None:
        return None
    return store.correction_of(
        session.database(), prepared.contents, by=signed_in_person(), synthetic=prepared.synthetic
    )


def _beside(prepared: Prepared) -> list[store.Beside]:
    """Return what is stored in the periods of the file, beside what the file has."""
    assert prepared.counts is not None
    return store.stored_beside(
        session.database(),
        prepared.contents,
        prepared.counts,
        by=signed_in_person(),
        synthetic=prepared.synthetic,
    )


def show_downloads(wording: Wording) -> None:
    """Show the downloads of the template and of the questionnaire."""
    with st.container(horizontal=True):
        audit_log.download(
            wording.text("Download the template"),
            lambda: template(wording.code),
            file_name=wording.text("equal-access-template.xlsx"),
            mime=audit_log.EXCEL,
            icon=":material/download:",
            key="template",
            what=None,
        )
        audit_log.download(
            wording.text("Download a questionnaire for citizens"),
            lambda: questionnaire(wording.code),
            file_name=wording.text("questionnaire.html"),
            mime="text/html",
            icon=":material/assignment:",
            key="questionnaire",
            what=None,
            help=wording.text(
                "One page to print, on education, work and living with somebody. The answers are entered on a sheet of "
                "the template. Courses with the same id get them."
            ),
        )


wording = session.language()
st.title(wording.text("Upload a workbook"))
st.markdown(
    wording.text(
        "Drop an Excel or text file with courses, counts or theme days below. You see what was understood, what is "
        "wrong and what will change before anything is stored, and you can take it back. CPR numbers are refused."
    )
)
show_downloads(wording)
show_just_stored(wording)
if signed_in_person().may_store_something():
    st.caption(wording.text("A file may be {limit} megabytes large.", limit=Limits().megabytes))
    upload = st.file_uploader(
        wording.text("Workbook (.xlsx) or text file (.csv)"),
        type=FILE_TYPES,
        max_upload_size=Limits().megabytes,
        key=f"upload_{st.session_state.get('upload_number', 0)}",
    )
    if upload is not None:
        show_job(import_job(upload), wording)
    elif (work := unfinished.continued()) is not None:
        show_continued(work, wording)
    else:
        if "work" in st.session_state:
            unfinished.drop()
        forget()
        unfinished.offer_unfinished(wording)
else:
    forget()
    show_who_may_store(wording)
show_history(wording)
