"""Form entries: store them as imports, and report success or refusal."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

import streamlit as st

from analysis import store
from analysis.auth.roles import NotAllowed
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.i18n import Wording
from analysis.intake.contract import Form
from analysis.intake.findings.findings import Finding, sentence
from analysis.intake.form_entries import (
    AdjustmentStored,
    EntryRejected,
    OtherSheets,
    Row,
    SyntheticDiffers,
    store_adjustment,
    store_edit,
    store_file,
    store_typed,
)
from analysis.intake.importing import why_refused
from analysis.intake.validate.stored_data import SOMEONE
from analysis.store import AlreadyImported, DatabaseError, Event, Result, StoredRowsDiffer
from analysis.text.identity_numbers import HoldsIdentityNumber
from pages.components import audit_log, formatting, permissions, session
from pages.components.database_error_page import not_stored_text
from pages.components.sign_in import signed_in_person

TOLD = "told_of_entry"
"""Session key of the message about the last entry."""


class View(Protocol):
    """What a page shows: its language, and whether its data are synthetic."""

    @property
    def wording(self) -> Wording: ...

    @property
    def synthetic(self) -> bool: ...


def enter(
    view: View,
    rows: Mapping[Form, Sequence[Row]],
    name: str,
    said: str,
    *,
    is_edit: bool = False,
    undo: str = "",
) -> bool:
    """Store the rows under this file name. Report ``said`` and return True on success, else report the error.

    With ``is_edit`` they take the place of the adjustments with the same titles. ``undo`` says how to take the entry
    back, by default on the upload page.
    """
    act = store_edit if is_edit else store_typed
    return _stored(view.wording, said, lambda: act(session.database(), rows, name, **_as_shown(view)), undo=undo)


def enter_adjustment(view: View, rows: Mapping[Form, Sequence[Row]], name: str, said: str) -> bool:
    """Store an adjustment, with its description, in the kind of data that the page shows."""
    return _stored(view.wording, said, lambda: store_adjustment(session.database(), rows, name, **_as_shown(view)))


def take_back(view: View, import_id: int) -> None:
    """Take an entry back, and report it."""
    wording = view.wording
    try:
        store.undo_import(session.database(), import_id, by=signed_in_person())
    except NotAllowed as raised:
        refuse(permissions.refusal_text(raised, wording))
    except DatabaseError as database_error:
        refuse(not_stored_text(database_error, wording))
    else:
        done(wording.text("It is taken back. It can be brought back under Imports on the upload page."))


def join_places(view: View, place: str, name: str) -> None:
    """Store what is stored of a place under another name, and report it."""
    wording, database = view.wording, session.database()
    said = wording.text("“{old}” is now “{name}”.", old=place, name=name)

    def act() -> None:
        store.join_places(database, place, name, synthetic=view.synthetic, by=signed_in_person())

    _stored(wording, said, act)


def _as_shown(view: View) -> dict[str, Any]:
    """Return the language and the kind of data that the page shows, and the person."""
    return {
        "language": view.wording.code,
        "synthetic": view.synthetic,
        "by": signed_in_person(),
        "person": person(),
    }


def enter_file(themes: ThemeDayData, content: bytes, name: str, said: str) -> bool:
    """Store an uploaded workbook."""
    return _stored(
        themes.wording,
        said,
        lambda: store_file(
            session.database(), content, name, synthetic=themes.synthetic, by=signed_in_person(), person=person()
        ),
        is_file=True,
    )


def _stored(wording: Wording, said: str, act: Callable[[], object], *, is_file: bool = False, undo: str = "") -> bool:
    """Store and report. What was typed has no cells: a number in it is in no column of a file."""
    try:
        act()
    except EntryRejected as raised:
        audit_log.refused(Event.STORE, why_refused(raised.findings))
        is_number = not is_file and any(finding.check.startswith("cpr_") for finding in raised.findings)
        refuse(*(sentence(finding, wording) for finding in ([Finding("cpr_typed")] if is_number else raised.findings)))
        return False
    except HoldsIdentityNumber:
        audit_log.refused(Event.STORE, Result.CPR_NUMBER)
        refuse(sentence(Finding("cpr_typed"), wording))
        return False
    except AlreadyImported as raised:
        audit_log.refused(Event.STORE, Result.ALREADY_STORED)
        values = {"moment": raised.record.imported_at, "person": raised.record.person or SOMEONE}
        refuse(sentence(Finding("file_already_imported", values=values), wording))
        return False
    except AdjustmentStored:
        audit_log.refused(Event.STORE, Result.ALREADY_STORED)
        refuse(wording.text("The offer has an adjustment with this date and this title already."))
        return False
    except OtherSheets:
        audit_log.refused(Event.STORE, Result.FAULTY)
        refuse(wording.text("The file holds other sheets than those of theme days: store it on the upload page."))
        return False
    except SyntheticDiffers:
        audit_log.refused(Event.STORE, Result.FAULTY)
        refuse(wording.text("The file is marked as synthetic and the page shows own data, or the other way round."))
        return False
    except NotAllowed as raised:
        refuse(permissions.refusal_text(raised, wording))
        return False
    except StoredRowsDiffer:
        refuse(wording.text("What was read back is not what was to be stored. Nothing is stored."))
        return False
    except DatabaseError as database_error:
        refuse(not_stored_text(database_error, wording))
        return False
    done(said, undo or wording.text("It can be taken back under Imports on the upload page."))
    return True


def show_last_entry(wording: Wording) -> None:
    """Show the result of the last entry once; a refusal also in a corner of the window, as its form may be far."""
    message = st.session_state.pop(TOLD, None)
    if message is None:
        return
    good, lines = message
    text = "  \n".join(formatting.plain(line) for line in lines)
    if good:
        st.success(text, icon=":material/check:")
    else:
        st.error(text, icon=":material/error:")
        st.toast(text, icon=":material/error:", duration="long")


def done(*lines: str) -> None:
    """Report success."""
    st.session_state[TOLD] = (True, lines)


def refuse(*lines: str) -> None:
    """Report why an entry was refused."""
    st.session_state[TOLD] = (False, lines)


def clear(prefix: str, *, but: Collection[str] = ()) -> None:
    """Clear the fields with this key prefix for the next entry.

    Do not call it for refused entries, which need correction.
    """
    for key in list(st.session_state):
        if str(key).startswith(prefix) and str(key) not in but:
            del st.session_state[key]


def person() -> str:
    """Return the person who makes the entries, as entered."""
    return str(st.session_state.get("person_held") or "").strip()


def ask_name(wording: Wording, key: str) -> None:
    """Ask in a form who makes the entry, unless the person is signed in. The name stays for other entries."""
    if not signed_in_person().name:
        name = st.text_input(wording.text("Your name or initials"), person(), max_chars=80, key=key)
        st.session_state["person_held"] = name.strip()


def ask_person(wording: Wording) -> None:
    """Ask in the sidebar who makes the entries, unless the person is signed in; the name persists across pages."""
    if signed_in_person().name:
        return
    with st.sidebar:
        st.session_state["person_held"] = st.text_input(
            wording.text("Your name or initials"), value=person(), max_chars=80, key="entering_person"
        )
