"""Upload a workbook: what was recognised, what is wrong and how to mend it, what will be added; and take it back."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis import store
from analysis.intake.checks import Severity
from analysis.intake.contract import Form
from analysis.intake.findings import Finding, sentence
from analysis.intake.known import known
from analysis.intake.preparing import Prepared, prepare
from analysis.intake.reading import Reading, read
from analysis.intake.template import template
from analysis.wording import Wording
from pages.parts import session, show
from pages.parts.mapping_form import mapped

SHOWN_FINDINGS = 12


def reading_of(upload: UploadedFile) -> Reading:
    """The uploaded file as read, kept for the session so that a choice on the page does not read it again."""
    held = st.session_state.get("reading")
    if held is None or held[0] != upload.file_id:
        with st.spinner(wording.text("Reading the file …")):
            held = (upload.file_id, read(upload.getvalue(), upload.name))
        st.session_state["reading"] = held
    return held[1]


def form_names(wording: Wording) -> dict[Form, str]:
    return {
        Form.COURSES: wording.text("courses"),
        Form.COUNTS: wording.text("counts"),
        Form.OFFERS: wording.text("offers"),
        Form.ADJUSTMENTS: wording.text("adjustments"),
    }


def show_recognised(prepared: Prepared, wording: Wording) -> None:
    """Each sheet that was understood: what it holds, its rows, its columns."""
    names = form_names(wording)
    for table in prepared.tables:
        line = wording.texts(
            "{sheet}: {form}, {count} row. Columns: {columns}.",
            "{sheet}: {form}, {count} rows. Columns: {columns}.",
            len(table.rows),
            sheet=table.sheet or wording.text("The file"),
            form=names[table.form],
            columns=", ".join(table.headers.values()),
        )
        st.markdown(f":material/check: {show.plain(line)}")


def show_findings(findings: list[Finding], wording: Wording) -> None:
    """Blockers, then warnings, then notes; the first of each, and how many more there are."""
    boxes = {
        Severity.ERROR: (st.error, wording.text("Must be mended before the file can be stored")),
        Severity.WARNING: (st.warning, wording.text("Stored as it is, and worth a look")),
        Severity.NOTE: (st.info, wording.text("For your information")),
    }
    for severity, (box, title) in boxes.items():
        found = [finding for finding in findings if finding.severity is severity]
        if not found:
            continue
        lines = [f"- {show.plain(sentence(finding, wording))}" for finding in found[:SHOWN_FINDINGS]]
        if len(found) > SHOWN_FINDINGS:
            rest = len(found) - SHOWN_FINDINGS
            lines.append("- " + show.plain(wording.texts("and {count} more", "and {count} more", rest)))
        box(f"**{title}**\n\n" + "\n".join(lines))


def stored_before(reading: Reading, prepared: Prepared) -> list[Finding]:
    """What stands in the way of storing: the same file, or offers whose periods are stored already."""
    record = store.already_imported(session.database(), reading.sha256)
    if record is not None:
        return [Finding("file_already_imported", values={"moment": record.imported_at})]
    return [
        Finding("overlap", value=one.offer, values={"start": one.start, "end": one.end, "file": one.file_name})
        for one in store.overlaps(session.database(), prepared.contents, synthetic=prepared.synthetic)
    ]


def amounts(rows: Mapping[str, Any], wording: Wording) -> list[str]:
    """How many of each kind there are, of those that there are any of."""
    said = {
        "courses": wording.texts("{count} course", "{count} courses", rows["courses"]),
        "counts": wording.texts("{count} row of counts", "{count} rows of counts", rows["counts"]),
        "offers": wording.texts("{count} offer", "{count} offers", rows["offers"]),
        "adjustments": wording.texts("{count} adjustment", "{count} adjustments", rows["adjustments"]),
    }
    return [said[name] for name in said if rows[name]]


def show_addition(prepared: Prepared, wording: Wording) -> None:
    """What storing the file will add."""
    contents = prepared.contents
    rows = {name: contents.rows(name) for name in ("courses", "counts", "offers", "adjustments")}
    st.markdown(show.plain(wording.text("Will be added: {parts}.", parts=", ".join(amounts(rows, wording)))))
    if contents.places is not None:
        names = ", ".join(contents.places["municipality"].to_pylist())
        st.markdown(show.plain(wording.text("New places: {names}.", names=names)))
    if contents.added_groups is not None:
        names = ", ".join(dict.fromkeys(contents.added_groups["dimension"].to_pylist()))
        st.markdown(show.plain(wording.text("New groups in: {names}.", names=names)))
    if prepared.synthetic:
        show.synthetic_label(wording)


def confirm(reading: Reading, prepared: Prepared) -> None:
    """Store the file and say so on the next run; a file that was stored meanwhile is told like any other fault."""
    try:
        store.add_import(
            session.database(),
            prepared.contents,
            file_name=reading.file_name,
            sha256=reading.sha256,
            synthetic=prepared.synthetic,
        )
    except (store.AlreadyImported, store.PeriodsOverlap):
        return
    st.session_state["just_stored"] = reading.file_name
    st.session_state["upload_number"] = st.session_state.get("upload_number", 0) + 1
    st.session_state.pop("reading", None)


def show_history(wording: Wording) -> None:
    """Every import, the newest first, each with its undo."""
    records = store.history(session.database())
    st.subheader(wording.text("Imports"))
    if not records:
        st.caption(wording.text("Nothing has been stored yet."))
    for record in records:
        with st.container(
            border=True,
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key=f"import_{record.import_id}",
        ):
            parts = [wording.moment(record.imported_at), *amounts(vars(record), wording)]
            if record.synthetic:
                parts.append(wording.text("synthetic"))
            if record.undone_at:
                parts.append(wording.text("undone {moment}", moment=wording.moment(record.undone_at)))
            st.markdown(f"**{show.plain(record.file_name)}**  \n" + show.plain(" · ".join(parts)))
            if not record.undone_at:
                st.button(
                    wording.text("Undo"),
                    key=f"undo_{record.import_id}",
                    icon=":material/undo:",
                    on_click=store.undo_import,
                    args=(session.database(), record.import_id),
                )


wording = session.language()
st.title(wording.text("Upload a workbook"))
st.markdown(
    wording.text(
        "Drop an .xlsx or .csv file with courses or counts below. You see what was understood and what will be added "
        "before anything is stored, and you can take it back. CPR numbers are refused."
    )
)
st.download_button(
    wording.text("Download the template"),
    data=lambda: template(wording.code),
    file_name=wording.text("equal-access-template.xlsx"),
    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    icon=":material/download:",
    key="template",
)
if stored := st.session_state.pop("just_stored", None):
    st.success(show.plain(wording.text("“{file}” is stored, and the pages show it now.", file=stored)))
upload = st.file_uploader(
    wording.text("Workbook (.xlsx) or text file (.csv)"),
    type=["xlsx", "xlsm", "csv", "txt"],
    key=f"upload_{st.session_state.get('upload_number', 0)}",
)
if upload is None:
    st.session_state.pop("reading", None)
else:
    reading = reading_of(upload)
    recognised = prepare(reading, known(session.database()))
    prepared = mapped(reading, recognised, wording)
    findings = [*prepared.findings, *(stored_before(reading, prepared) if prepared.tables else [])]
    blocked = not prepared.faultless or any(finding.severity is Severity.ERROR for finding in findings)
    st.subheader(wording.text("What was understood"))
    show_recognised(prepared, wording)
    show_findings(findings, wording)
    if not blocked:
        show_addition(prepared, wording)
        st.button(
            wording.text("Store it"),
            type="primary",
            key="confirm",
            icon=":material/check:",
            on_click=confirm,
            args=(reading, prepared),
        )
show_history(wording)
