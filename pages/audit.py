"""Audit page for administrators: filter lines by time, person and event, and check the chain."""

import datetime as dt
import json

import pandas as pd
import streamlit as st

from analysis import store
from analysis.auth.roles import Action, Person, Role
from analysis.exhibits.tables import NOTHING, as_csv
from analysis.i18n import Wording
from analysis.store import Chain, Event, Result
from pages.components import audit_log, formatting, session
from pages.components.permissions import role_name, roles_allowed
from pages.components.sign_in import signed_in_person
from pages.import_wizard.amounts import form_names

MOST_LINES = 500
"""Maximum number of lines shown; the file has all matching lines."""
DAYS = 30


def event_names(wording: Wording) -> dict[str, str]:
    """Return the label of each event."""
    return {
        Event.SIGN_IN: wording.text("Signed in"),
        Event.SIGN_OUT: wording.text("Signed out"),
        Event.PREVIEW: wording.text("Looked at what would change"),
        Event.STORE: wording.text("Stored"),
        Event.TAKE_BACK: wording.text("Took back"),
        Event.BRING_BACK: wording.text("Brought back"),
        Event.EXPORT: wording.text("Took away"),
        Event.ADD_STORY: wording.text("Made a story"),
        Event.CHANGE_STORY: wording.text("Changed a story"),
        Event.DELETE_STORY: wording.text("Deleted a story"),
        Event.SAVE_MAPPING: wording.text("Kept how a file is read"),
        Event.FORGET_MAPPING: wording.text("Forgot how a file is read"),
        Event.WATCH: wording.text("Opened this page"),
        Event.PURGE: wording.text("Deleted an import for good"),
        Event.PURGE_AUDIT: wording.text("Deleted old lines of this page"),
    }


def result_names(wording: Wording) -> dict[str, str]:
    """Return the label of each result."""
    return {
        Result.DONE: wording.text("Done"),
        Result.NOT_ALLOWED: wording.text("Refused: not allowed"),
        Result.CPR_NUMBER: wording.text("Refused: looks like a CPR number"),
        Result.FAULTY: wording.text("Refused: the file has faults"),
        Result.ALREADY_STORED: wording.text("Refused: stored already"),
        Result.OVERLAPPING: wording.text("Refused: the periods are stored already"),
        Result.CHANGED_MEANWHILE: wording.text("Refused: changed by somebody else meanwhile"),
    }


def field_names(wording: Wording) -> dict[str, str]:
    """Return the label of each field of a line."""
    return {
        "import_id": wording.text("import"),
        "holds": wording.text("holds"),
        "replacing": wording.text("replaced other periods"),
        "no_cpr": wording.text("columns left out that look like CPR numbers and are others:"),
        "what": wording.text("content"),
        "format": wording.text("as"),
        "choices": wording.text("choices"),
        "story": wording.text("story"),
        "shape": wording.text("kind of file"),
        "through": wording.text("up to number"),
        "digest": wording.text("digest"),
    }


def must_watch(who: Person, wording: Wording) -> None:
    """Show others who may see this page, and stop. Record the session's first view, also if it is refused."""
    if not st.session_state.get("watch_recorded"):
        st.session_state["watch_recorded"] = True
        store.note(session.database(), who, Event.WATCH, Result.DONE if who.may(Action.WATCH) else Result.NOT_ALLOWED)
    if not who.may(Action.WATCH):
        st.info(formatting.plain(roles_allowed(Action.WATCH, wording)), icon=":material/block:")
        st.stop()


def show_chain(wording: Wording) -> None:
    """Show whether the lines are unchanged."""
    chain = checked(store.newest_audit_line(session.database()))
    if chain.broken_at is not None:
        said = wording.text(
            "The chain is broken at number {number}: that line, or one before it, was changed, put in or taken out "
            "after it was written. Restore a backup, and find out who could write the database file.",
            number=wording.integer(chain.broken_at),
        )
        st.error(formatting.plain(said), icon=":material/link_off:")
        return
    said = wording.texts(
        "The chain is whole: {count} line, each as it was written.",
        "The chain is whole: {count} lines, each as it was written.",
        chain.lines,
    )
    st.success(formatting.plain(said), icon=":material/link:")


@st.cache_data(max_entries=1, show_spinner=False)
def checked(newest: tuple[int, str]) -> Chain:
    """Return the checked chain up to this line; no other process can write while this one runs."""
    return store.check_audit(session.database())


def matching_lines(wording: Wording) -> pd.DataFrame:
    """Return the lines by time, person and event. The choices are not in the address, because they include names."""
    today = dt.date.today()
    people = {name: name or wording.text("(not signed in)") for name in store.audit_people(session.database())}
    events = event_names(wording)
    with st.grid(4, min_column_width=200, key="audit_choices"):
        since = st.date_input(
            wording.text("From"), today - dt.timedelta(days=DAYS), format="DD-MM-YYYY", key="audit_from"
        )
        until = st.date_input(wording.text("Up to and including"), today, format="DD-MM-YYYY", key="audit_to")
        person = st.selectbox(
            wording.text("Person"),
            list(people),
            index=None,
            placeholder=wording.text("everybody"),
            format_func=people.__getitem__,
            key="audit_person",
        )
        event = st.selectbox(
            wording.text("What was done"),
            list(events),
            index=None,
            placeholder=wording.text("everything"),
            format_func=events.__getitem__,
            key="audit_event",
        )
    return store.audit_lines(
        session.database(),
        since=_in_utc(since),
        before=_in_utc(until + dt.timedelta(days=1)),
        person=person,
        event=Event(event) if event else None,
    )


def _in_utc(day: dt.date) -> dt.datetime:
    """Return the start of the local day in UTC."""
    return dt.datetime.combine(day, dt.time()).astimezone(dt.UTC).replace(tzinfo=None)


def in_words(lines: pd.DataFrame, wording: Wording) -> pd.DataFrame:
    """Return the lines as a table of texts, except the time."""
    fields, forms = field_names(wording), form_names(wording)

    def value_of(name: str, value: str) -> str:
        return ", ".join(forms[form] for form in value.split(", ")) if name == "holds" else value

    def said(about: str) -> str:
        return "; ".join(
            fields[name] if name == "replacing" else f"{fields[name]} {value_of(name, value)}"
            for name, value in json.loads(about).items()
        )

    return pd.DataFrame(
        {
            wording.text("Number"): lines["number"].map(str),
            wording.text("Person"): lines["person"].map(lambda name: name or wording.text("(not signed in)")),
            wording.text("Role"): lines["role"].map(lambda role: role_name(Role(role), wording) if role else NOTHING),
            wording.text("What was done"): lines["event"].map(event_names(wording)),
            wording.text("How it ended"): lines["result"].map(result_names(wording)),
            wording.text("On what"): lines["about"].map(said),
        }
    )


def show_lines(lines: pd.DataFrame, wording: Wording) -> None:
    """Show the newest lines, and a download of all."""
    if lines.empty:
        st.info(wording.text("Nothing was done that fits these choices."), icon=":material/search_off:")
        return
    table = in_words(lines, wording)
    to_file, on_screen = table.copy(), table.head(MOST_LINES).copy()
    to_file.insert(1, wording.text("Time (UTC)"), lines["moment"].dt.strftime("%Y-%m-%d %H:%M:%S"))
    local = [moment.to_pydatetime().replace(tzinfo=dt.UTC).astimezone() for moment in lines["moment"][:MOST_LINES]]
    on_screen.insert(1, wording.text("Time"), [f"{wording.moment(one)}:{one:%S}" for one in local])
    if len(table) > MOST_LINES:
        said = wording.text(
            "The newest {most} of {count} lines; a file has them all.",
            most=wording.integer(MOST_LINES),
            count=wording.integer(len(table)),
        )
    else:
        said = wording.texts("{count} line", "{count} lines", len(table))
    st.caption(formatting.plain(said))
    formatting.table(
        on_screen, key="audit_table", text_columns=7, wrapped=wording.text("On what"), alt=wording.text("Who did what")
    )
    with st.container(horizontal=True):
        audit_log.download(
            wording.text("As CSV"),
            lambda: as_csv(to_file),
            file_name="audit.csv",
            mime="text/csv",
            key="audit_csv",
            icon=":material/download:",
            what="audit",
            format="csv",
        )
        audit_log.download(
            wording.text("As Excel"),
            lambda: _workbook(to_file, wording),
            file_name="audit.xlsx",
            mime=audit_log.EXCEL,
            key="audit_xlsx",
            icon=":material/download:",
            what="audit",
            format="xlsx",
        )


def _workbook(table: pd.DataFrame, wording: Wording) -> bytes:
    from analysis.exports.workbook import numbers

    title = wording.text("Who did what")
    return numbers({title: table}, [(title, reading(wording))], about_name=wording.text("About"))


def reading(wording: Wording) -> str:
    """Return a text about the content and the limits of the audit."""
    return wording.text(
        "Every act with its person, its time and how it ended; no names of files, no counts and nothing of citizens. "
        "What is read on the screen, or saved and printed by the browser itself, leaves no line. Each line is chained "
        "to the one before, so that a change is seen. Lines cut off at the end are seen only by the program's log, "
        "which has the number and the digest of each."
    )


wording = session.language()
st.title(wording.text("Who did what"))
must_watch(signed_in_person(), wording)
show_chain(wording)
show_lines(matching_lines(wording), wording)
st.caption(formatting.plain(reading(wording)))
