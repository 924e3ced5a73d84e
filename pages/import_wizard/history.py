"""History of imports: source, file, and undo or redo with a preview of the change."""

import json
from contextlib import suppress
from typing import Any, cast

import streamlit as st

from analysis import store
from analysis.auth.roles import Action, NotAllowed
from analysis.i18n import Wording
from analysis.store import Event, ImportRecord, Result
from pages.components import audit_log, formatting, permissions, recovery, session
from pages.components.database_error_page import show_restore_instructions
from pages.components.sign_in import signed_in_person
from pages.import_wizard.amounts import amounts, form_names
from pages.import_wizard.preview import Figures, Titles, before_and_after, figures, show_change

MOST_FINDINGS = 40
MOST_IMPORTS, MOST_ENTRIES = 30, 5
"""Number of files, and of entries of forms, shown before a person asks for all: a theme day creates one per table."""
SEARCHED_FROM = 10
"""Number of imports from which they can be searched."""


def show_history(wording: Wording) -> None:
    """Show every import, newest first."""
    st.header(wording.text("Imports"))
    recovery.show_last_error(wording)
    show_journal(wording)
    recovery.show_backups(wording)
    records = session.data().imports(session.database().version(), signed_in_person())
    if not records:
        st.caption(wording.text("Nothing has been stored yet."))
    if len(records) >= SEARCHED_FROM:
        records = _searched(records, wording)
    _show_newest([one for one in records if not one.typed], MOST_IMPORTS, "imports", wording)
    if entries := [one for one in records if one.typed]:
        formatting.label(wording.text("Entries of forms and votes"))
        _show_newest(entries, MOST_ENTRIES, "entries", wording)


def _searched(records: list[ImportRecord], wording: Wording) -> list[ImportRecord]:
    """Return the imports with the words that the person types in the name of the file or of the person."""
    typed = st.text_input(
        wording.text("Search imports"), key="history_search", placeholder=wording.text("file or person")
    )
    words = typed.casefold().split()
    found = [one for one in records if all(word in f"{one.file_name} {one.person}".casefold() for word in words)]
    if not found:
        st.caption(wording.text("No import has these words."))
    return found


def _show_newest(records: list[ImportRecord], most: int, name: str, wording: Wording) -> None:
    """Show the newest imports, and a button for the older ones."""
    every = st.session_state.get(f"every_{name}", False)
    for record in records if every else records[:most]:
        with st.container(border=True, key=f"import_{record.import_id}"):
            _show_import(record, wording)
    older = len(records) - most
    if older > 0 and not every:
        st.button(
            wording.texts("Show {count} older import", "Show {count} older imports", older),
            key=f"older_{name}",
            on_click=st.session_state.update,
            kwargs={f"every_{name}": True},
        )


def show_journal(wording: Wording) -> None:
    """Show the differences between the journal and the database."""
    said = {
        "lost": wording.text(
            "The database lacks an import that was stored: upload the file again, or restore a backup."
        ),
        "changed": wording.text("The database holds other rows or sums than were stored: restore a backup."),
        "other database": wording.text(
            "The journal is of another database that stood here: restore it, or move its journal away."
        ),
        "given up": wording.text("It was not in the backup that was put back: upload the file again."),
    }
    for one in session.journal_differences():
        st.error(
            formatting.plain(f"{one.file_name}, {wording.moment(one.at)}: {said[one.what]}"), icon=":material/error:"
        )
    if any(one.what == "changed" for one in session.journal_differences()):
        show_restore_instructions(wording)


def _show_import(record: ImportRecord, wording: Wording) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key=f"row_{record.import_id}"
    ):
        why_not = _why_not(record, wording)
        # Person, number of rows and findings are visible only to people who may store such a file.
        known = [] if record.is_outline else [record.person, *amounts(vars(record), wording)]
        parts = [wording.moment(record.imported_at), *known]
        if record.corrects:
            parts.append(wording.text("corrects single rows"))
        if record.added:
            parts.append(wording.text("added to the same periods"))
        if record.synthetic:
            parts.append(wording.text("synthetic"))
        if record.purged_at:
            parts.append(wording.text("deleted {moment}", moment=wording.moment(record.purged_at)))
        elif record.undone_at:
            parts.append(wording.text("taken back {moment}", moment=wording.moment(record.undone_at)))
        text = " · ".join(part for part in parts if part)
        st.markdown(f"**{formatting.plain(record.file_name)}**  \n" + formatting.plain(text))
        if not record.purged_at:
            undone = record.undone_at is not None
            st.button(
                wording.text("Bring back") if undone else wording.text("Take back"),
                key=f"{'redo' if undone else 'undo'}_{record.import_id}",
                icon=":material/redo:" if undone else ":material/undo:",
                on_click=_ask,
                args=(record.import_id,),
                **permissions.disabled_if(why_not),
            )
    if st.session_state.get("asked") == record.import_id and not record.purged_at:
        _show_question(record, wording)
    if record.is_outline:
        return
    with st.expander(wording.text("What it was made of"), key=f"made_of_{record.import_id}", on_change="rerun") as made:
        if made.open:
            _show_effect(record, wording)
            _show_provenance(record, wording)


def _why_not(record: ImportRecord, wording: Wording) -> str | None:
    """Return why the person may not undo, redo or download the import."""
    needs = session.data().required_permissions_of_imports(session.database().version())
    return " ".join(permissions.why_not_all(needs.get(record.import_id, {Action.STORE: frozenset()}), wording)) or None


def _ask(import_id: int | None) -> None:
    st.session_state["asked"] = import_id


def _show_question(record: ImportRecord, wording: Wording) -> None:
    """Show the effect of undoing or redoing the import, and ask for confirmation."""
    undone = record.undone_at is None
    changed = _changed(record, wording)
    if changed is None:
        st.warning(formatting.plain(_why_not(record, wording) or ""), icon=":material/block:")
        return
    show_change(*changed, before_and_after(wording), wording)
    with st.container(horizontal=True):
        st.button(
            wording.text("Yes, take it back") if undone else wording.text("Yes, bring it back"),
            type="primary",
            key=f"sure_{record.import_id}",
            on_click=_take_back if undone else _bring_back,
            args=(record.import_id,),
        )
        st.button(wording.text("No"), key=f"unsure_{record.import_id}", on_click=_ask, args=(None,))
    if st.session_state.pop("in_the_way", None):
        st.error(
            formatting.plain(
                wording.text("Another import has come to cover the same periods. Take that one back first.")
            )
        )


def _changed(record: ImportRecord, wording: Wording) -> tuple[Figures, Figures] | None:
    """Return the figures before and after, once per import and state of the data; None if the person may not."""
    database = session.database()
    key = (record.import_id, record.undone_at, database.version(), wording.code, signed_in_person())
    changes: dict[int, tuple[Any, Any]] = st.session_state.setdefault("asked_changes", {})
    asked, found = changes.get(record.import_id, (None, None))
    if asked != key:
        try:
            snapshots = store.preview_undone(
                database,
                record.import_id,
                undone=record.undone_at is None,
                by=signed_in_person(),
                disclosure_level=session.disclosure_level(),
                synthetic=record.synthetic,
            )
            found = figures(snapshots[0], wording), figures(snapshots[1], wording)
        except NotAllowed:
            found = None
        changes[record.import_id] = (key, found)
    return cast("tuple[Figures, Figures] | None", found)


@recovery.reporting_database_errors
def _take_back(import_id: int) -> None:
    with suppress(NotAllowed):  # The button shows the reason.
        store.undo_import(session.database(), import_id, by=signed_in_person())
    _ask(None)


@recovery.reporting_database_errors
def _bring_back(import_id: int) -> None:
    try:
        with suppress(NotAllowed):
            store.redo_import(session.database(), import_id, by=signed_in_person())
    except (store.PeriodsOverlap, store.NothingToBringBack) as raised:
        overlaps = isinstance(raised, store.PeriodsOverlap)
        audit_log.refused(Event.BRING_BACK, Result.OVERLAPPING if overlaps else Result.CHANGED_MEANWHILE)
        st.session_state["in_the_way"] = True
        return
    _ask(None)


def _show_effect(record: ImportRecord, wording: Wording) -> None:
    """Show the figures without the import and with it, with all others as they are today."""
    changed = None if record.purged_at else _changed(record, wording)
    if changed is not None:
        formatting.label(wording.text("The figures of today without it, and with it"))
        without, together = changed if record.undone_at else changed[::-1]
        titles = Titles(f"effect_{record.import_id}", wording.text("Without it"), wording.text("With it"))
        show_change(without, together, titles, wording)


def _show_provenance(record: ImportRecord, wording: Wording) -> None:
    """Show the file's digest, how its sheets were read, the findings, the left-out rows, and the file itself."""
    st.markdown(f"SHA-256: `{record.sha256}`")
    names = form_names(wording)
    understood = json.loads(record.understood)
    for sheet in understood["sheets"] if isinstance(understood, dict) else ():
        form = names[sheet["form"]]
        name = sheet["sheet"] or wording.text("The file")
        columns = ", ".join(sheet["columns"].values())
        st.markdown(
            formatting.plain(
                wording.text("{sheet}: {form}. Columns: {columns}.", sheet=name, form=form, columns=columns)
            )
        )
    for left_out in json.loads(record.left_out):
        rows = ", ".join(wording.integer(row) for row in left_out["rows"][:20])
        more = " …" if len(left_out["rows"]) > 20 else ""
        st.markdown(
            formatting.plain(
                wording.text("Left out of {sheet}: rows {rows}.", sheet=left_out["sheet"], rows=rows + more)
            )
        )
    findings = json.loads(record.findings)
    if findings:
        formatting.label(wording.texts("{count} finding was accepted", "{count} findings were accepted", len(findings)))
        lines = [
            f"- {formatting.plain(_result_text(finding['said'], wording))}" for finding in findings[:MOST_FINDINGS]
        ]
        st.markdown("\n".join([*lines, *(["- …"] if len(findings) > MOST_FINDINGS else [])]))
    try:
        content = store.original(session.database(), record.sha256, by=signed_in_person())
    except NotAllowed:
        st.caption(formatting.plain(_why_not(record, wording) or ""))
        return
    if content is None:
        st.caption(wording.text("The file itself was not kept."))
        return
    audit_log.download(
        wording.text("Download the file as it was uploaded"),
        lambda: content,
        file_name=record.file_name,
        key=f"original_{record.import_id}",
        icon=":material/download:",
        what="original",
        import_id=record.import_id,
    )


def _result_text(said: dict[str, str], wording: Wording) -> str:
    """Return a finding in this language; in English if it was stored before the language was available."""
    return said.get(wording.code) or said["en"]
