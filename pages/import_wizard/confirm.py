"""Confirmation of an import: rows added, replaced, unchanged and left out, the reconciliation, and the new gaps."""

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import suppress

import pandas as pd
import streamlit as st

from analysis import store
from analysis.auth.roles import Action, NotAllowed
from analysis.exhibits.tables import NOTHING
from analysis.i18n import Wording
from analysis.intake import importing
from analysis.intake.findings.findings import Finding, sentence
from analysis.intake.mapping.saved_mappings import remember, to_json
from analysis.intake.read_file import Progress
from analysis.intake.tables import Reason
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.reconciliation import Account, reconcile
from analysis.intake.values.dates import EARLIEST, latest_planned
from analysis.store import FORMS, Correction, Event, ImportMode, Overlap, Result, action_of
from analysis.text.identity_numbers import HoldsIdentityNumber, holds_identity_number
from pages.components import audit_log, formatting, permissions, session, sign_in
from pages.components.database_error_page import not_stored_text
from pages.components.sign_in import signed_in_person
from pages.import_wizard import unfinished
from pages.import_wizard.amounts import amounts, form_names
from pages.import_wizard.job import (
    MAPPING_NAME,
    PERSON,
    SHOWS_ON,
    ImportJob,
    Yes,
    finish,
    waited_for,
)
from pages.import_wizard.preview import Figures, before_and_after, figures, show_change
from pages.import_wizard.questions import ask_month

CPR_TYPED = "cpr_typed"
"""Session key: the name of a person or a mapping looked like a CPR number."""


def choose_day(prepared: Prepared, wording: Wording) -> dt.date | None:
    """Ask for the day on which the file shows its courses; None if it follows from them, or there are none."""
    last = prepared.contents.last_day()
    if last is None:
        return None
    chosen = st.date_input(
        wording.text("Day the file was drawn (may be left empty)"),
        value=None,
        min_value=EARLIEST,
        max_value=latest_planned(),  # A later day than today is refused below, in words that can be translated.
        format="YYYY-MM-DD" if wording.code == "sv" else "DD-MM-YYYY",
        key=SHOWS_ON,
        help=formatting.plain(
            wording.text(
                "The day the file was drawn. Later courses have not had time to complete, and are left out of "
                "completion. Without a day, it follows from the last dates in the file, the very last of which is "
                "{day}.",
                day=wording.date(last),
            )
        ),
    )
    if not isinstance(chosen, dt.date):
        return None
    if chosen < last:
        said = wording.text(
            "The file has dates after the day it was drawn, up to {day}. Is the day right? Courses after it do not "
            "count for completion.",
            day=wording.date(last),
        )
        st.warning(formatting.plain(said), icon=":material/warning:")
    return chosen


def is_in_future(day: dt.date | None) -> bool:
    """Return whether a file cannot have been drawn on this day yet."""
    return day is not None and day > dt.date.today()


def show_permissions(prepared: Prepared, wording: Wording) -> None:
    """Show the parts of the file that the person may not store, before they correct anything."""
    for action, places in store.required_permissions(prepared.contents).items():
        known = [name for name in places if sign_in.place(name)]
        if why := permissions.reason_not_allowed(action, wording, known):
            st.warning(formatting.plain(f"{_holds(action, prepared, wording)} {why}"), icon=":material/block:")


def _holds(action: Action, prepared: Prepared, wording: Wording) -> str:
    """Return the forms of the file that require this permission, as text."""
    names = form_names(wording)
    forms = [names[form] for form in FORMS if action_of(form) is action and prepared.contents.rows(form)]
    return wording.text("You may not store the {forms} in this file.", forms=", ".join(forms))


def show_decision(
    work: ImportJob,
    prepared: Prepared,
    overlaps: list[Overlap],
    mode: ImportMode,
    wording: Wording,
    why_not: Sequence[str] = (),
    correction: Correction | None = None,
) -> None:
    """Show the effect of storing, the person who stores, and the button.

    ``why_not`` are reasons against storing, ``correction`` is what the file corrects in the mode of corrections.
    """
    st.header(wording.text("What will change"))
    show_addition(prepared, overlaps if mode is ImportMode.REPLACE else [], wording, correction)
    show_accounts(work.of_prepared("accounts", lambda: _accounts(work, prepared)), wording)
    if prepared.personal:
        st.info(
            formatting.plain(wording.text("The file itself is not kept, because it has columns that point at persons."))
        )
    ask_month(work, prepared, wording)
    shows_on = prepared.shows_on or choose_day(prepared, wording)
    previewed: tuple[Figures, Figures] | None = work.of_prepared(
        ("preview", mode, shows_on, wording.code),
        lambda: _preview(work, prepared, wording, mode=mode, shows_on=shows_on),
    )
    if previewed is not None:
        show_change(*previewed, before_and_after(wording), wording)
    remember_as = wording.text("Remember how this file is read, as (may be left empty)")
    is_package = prepared.contents.package is not None  # It is always read in the same way.
    with st.container(horizontal=True):
        if not signed_in_person().name:
            st.text_input(wording.text("Your name or initials"), key=PERSON, max_chars=80)
        if not is_package:
            st.text_input(remember_as, key=MAPPING_NAME, max_chars=80)
    if not is_package:
        _show_mapping_download(work, wording)
    if st.session_state.pop(CPR_TYPED, False):
        st.error(formatting.plain(sentence(Finding("cpr_typed"), wording)), icon=":material/error:")
    why_not = [*permissions.why_not_all(store.required_permissions(prepared.contents), wording), *why_not]
    if is_in_future(shows_on):
        why_not.append(wording.text("The day the file was drawn is in the future. Correct it, or leave it empty."))
        st.error(formatting.plain(why_not[-1]), icon=":material/error:")
    st.button(
        wording.text("Store it"),
        type="primary",
        key="confirm",
        icon=":material/check:",
        on_click=confirm,
        args=(work, prepared, mode),
        **permissions.disabled_if(" ".join(why_not) or None),
    )


def _show_mapping_download(work: ImportJob, wording: Wording) -> None:
    """Show the download of how this file is read, for a colleague or for the command line."""
    reading, decisions = work.reading, work.decisions
    audit_log.download(
        wording.text("Download how this file is read"),
        lambda: to_json(decisions, reading).encode(),
        file_name=wording.text("{file} – mapping.json", file=work.file_name.rsplit(".", 1)[0]),
        mime="application/json",
        icon=":material/download:",
        key="mapping_download",
        what=None,
    )


def _accounts(work: ImportJob, prepared: Prepared) -> list[Account]:
    return reconcile(work.corrected_reading(), prepared, store.sums(prepared.contents))


def _preview(
    work: ImportJob, prepared: Prepared, wording: Wording, *, mode: ImportMode, shows_on: dt.date | None
) -> tuple[Figures, Figures] | None:
    """Return the figures before and after; None if the person may not store the file."""
    assert prepared.counts is not None
    try:
        before, after = store.preview_import(
            session.database(),
            prepared.contents,
            prepared.counts,
            importing.source_of(work.corrected_reading(), prepared, work.decisions, shows_on=shows_on),
            by=signed_in_person(),
            disclosure_level=session.disclosure_level(),
            mode=mode,
        )
    except (NotAllowed, store.NotCorrectable):  # The button shows the reason.
        return None
    return figures(before, wording), figures(after, wording)


def show_addition(
    prepared: Prepared, overlaps: list[Overlap], wording: Wording, correction: Correction | None = None
) -> None:
    """Show the rows that will be added, corrected, replaced and unchanged."""
    contents = prepared.contents
    rows = {form: contents.rows(form) for form in FORMS}
    if correction is not None:
        lines = [
            wording.text(
                "Will take the place of rows that are stored: {known}. Will be added: {new}.",
                known=wording.integer(correction.corrected),
                new=wording.integer(correction.new),
            )
        ]
    else:
        lines = [wording.text("Will be added: {parts}.", parts=", ".join(amounts(rows, wording)))]
    if contents.places is not None:
        names = ", ".join(contents.places["municipality"].to_pylist())
        lines.append(wording.text("New places: {names}.", names=names))
    if contents.added_groups is not None:
        names = ", ".join(dict.fromkeys(contents.added_groups["group"].to_pylist()))
        lines.append(wording.text("New groups: {names}.", names=names))
    if overlaps:
        files = ", ".join(dict.fromkeys(one.file_name for one in overlaps))
        lines.append(
            wording.text("Replaced, for as long as this import stands: the same periods from {files}.", files=files)
        )
    records = session.data().imports(session.database().version(), signed_in_person())
    others = {record.import_id for record in records if record.undone_at is None}
    alone = len(others - {one.import_id for one in overlaps})
    if correction is None:
        lines.append(wording.texts("Left alone: {count} other import.", "Left alone: {count} other imports.", alone))
    st.markdown("  \n".join(formatting.plain(line) for line in lines))
    if prepared.synthetic:
        formatting.synthetic_label(wording)


def show_accounts(accounts: list[Account], wording: Wording) -> None:
    """Show an account of every row of the file, and the sums of the file next to the stored sums."""
    names = form_names(wording)
    rows = []
    for one in accounts:
        left_out = [_left_out(reason, number, wording) for reason, number in one.left_out.items()]
        if one.ignored:
            left_out.append(wording.text("the whole sheet"))
        rows.append(
            {
                wording.text("Sheet"): one.sheet or wording.text("The file"),
                wording.text("Holds"): names[one.form] if one.form else NOTHING,
                wording.text("Left out"): ", ".join(left_out) or NOTHING,
                wording.text("Rows in the file"): wording.integer(one.rows_in_file),
                wording.text("Stored"): wording.integer(one.rows_stored),
                wording.text("Sums in the file"): _sums(one.in_file, wording),
                wording.text("Sums stored"): _sums(one.stored, wording),
                wording.text("Adds up"): wording.text("yes") if one.balances else wording.text("no"),
            }
        )
    formatting.label(wording.text("Every row accounted for"))
    formatting.table(
        pd.DataFrame(rows), key=f"accounts_{len(rows)}", text_columns=3, alt=wording.text("Every row accounted for")
    )


def _left_out(reason: Reason, number: int, wording: Wording) -> str:
    """Return the number of rows that were left out for this reason, as text."""
    match reason:
        case Reason.PERSON:
            return wording.texts("{count} by you", "{count} by you", number)
        case Reason.TOTAL:
            return wording.texts("{count} total", "{count} totals", number)
        case Reason.EXAMPLE:
            return wording.texts("{count} example", "{count} examples", number)
        case Reason.REPEATED:
            return wording.texts("{count} repeated", "{count} repeated", number)
        case Reason.NOTE:
            return wording.texts("{count} note", "{count} notes", number)
        case Reason.HIDDEN:
            return wording.texts("{count} held back", "{count} held back", number)
        case Reason.NO_GROUP:
            return wording.texts("{count} without a group", "{count} without a group", number)
        case Reason.UNREAD:
            return wording.texts("{count} of a table that is not read", "{count} of tables that are not read", number)
        case Reason.JOINED:
            return wording.texts("{count} joined with another row", "{count} joined with other rows", number)


def _sums(sums: Mapping[str, int], wording: Wording) -> str:
    return " / ".join(wording.integer(number) for number in sums.values()) or NOTHING


def confirm(work: ImportJob, prepared: Prepared, mode: ImportMode) -> None:
    """Record the confirmation; the next run stores the file and shows progress. Refuse a CPR number in it."""
    name, person = (st.session_state.get(key, "").strip() for key in (MAPPING_NAME, PERSON))
    if holds_identity_number([name, person]):
        audit_log.refused(Event.STORE, Result.CPR_NUMBER)
        st.session_state[CPR_TYPED] = True
        return
    day = st.session_state.get(SHOWS_ON)
    if is_in_future(day):  # Typed last: the page has not said so yet.
        return
    work.yes = Yes(prepared, mode, person, name, day)


def store_confirmed(work: ImportJob, wording: Wording) -> None:
    """Store the confirmed file. A file that was stored in the meantime becomes a finding."""
    yes = work.yes
    if yes is None:
        return
    database, by = session.database(), signed_in_person()
    decisions, reading = work.decisions, work.corrected_reading()

    def put_away(_: Progress) -> tuple[list[Account], bool]:
        record = importing.store(
            database,
            reading,
            yes.prepared,
            decisions,
            work.content,
            by=by,
            person=yes.person,
            mode=yes.mode,
            shows_on=yes.shows_on,
        )
        shown = store.has_counts(database, record.import_id) or yes.prepared.contents.periods is None
        return reconcile(reading, yes.prepared, store.stored_totals(database, record.import_id)), shown

    try:
        accounts, shown = waited_for("store", put_away, wording.text("Storing the file"), wording, cancellable=False)
    except NotAllowed:
        work.yes = None
        return
    except HoldsIdentityNumber:
        audit_log.refused(Event.STORE, Result.CPR_NUMBER)
        work.yes = None
        st.error(formatting.plain(sentence(Finding("cpr_typed"), wording)), icon=":material/error:")
        return
    except (store.AlreadyImported, store.PeriodsOverlap, store.NotCorrectable) as raised:
        same = isinstance(raised, store.AlreadyImported)
        audit_log.refused(Event.STORE, Result.ALREADY_STORED if same else Result.OVERLAPPING)
        work.yes = None
        return
    except store.StoredRowsDiffer:
        work.yes = None
        st.error(formatting.plain(wording.text("What was read back is not what was to be stored. Nothing is stored.")))
        return
    except store.DatabaseError as database_error:
        work.yes = None
        st.error(formatting.plain(not_stored_text(database_error, wording)), icon=":material/error:")
        return
    if yes.mapping_name and work.reading is not None:
        with suppress(store.DatabaseError):  # The file is stored; the person can save the mapping's name later.
            remember(database, yes.mapping_name, work.reading, decisions, by=by)
    st.session_state["just_stored"] = (reading.file_name, accounts, shown)
    unfinished.drop()
    finish()
    st.rerun()


def show_just_stored(wording: Wording) -> None:
    """Show the import that was just stored, as read back from the database."""
    if just_stored := st.session_state.pop("just_stored", None):
        file_name, accounts, shown = just_stored
        with st.container(border=True):
            said = wording.text("“{file}” is stored, and the pages show it now.", file=file_name)
            if not shown:
                said = wording.text(
                    "“{file}” is stored. The pages show none of it: a number is held back in every offer and period.",
                    file=file_name,
                )
            (st.success if shown else st.warning)(formatting.plain(said))
            short = wording.text("Stored: {file}. See the top of the page.", file=file_name)
            st.toast(formatting.plain(short), icon=":material/check:", duration="long")
            show_accounts(accounts, wording)
