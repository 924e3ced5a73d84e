"""Handling of database errors in pages and callbacks, with one attempt to reopen the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from analysis.auth.roles import Action
from analysis.i18n import Wording
from pages.components import process, session
from pages.components.database_error_page import error_texts, not_stored_text, show_database_error
from pages.components.sign_in import signed_in_person

TOLD = "trouble_told"
AGAIN = "opened_again"
P = ParamSpec("P")


@contextmanager
def database_errors_explained() -> Iterator[None]:
    """Draw the page in this block. On a database error, show an error page with the remedy.

    Reopen a stopped database once before showing the error.
    """
    show_last_error(session.language())
    try:
        yield
    except Exception as error:
        from analysis.store import DatabaseDamaged, DatabaseError, DatabaseStopped

        if not isinstance(error, DatabaseError):
            raise
        if isinstance(error, DatabaseDamaged) or (isinstance(error, DatabaseStopped) and AGAIN not in st.session_state):
            st.session_state[AGAIN] = True
            st.rerun()
        show_database_error(error, session.language())
    st.session_state.pop(AGAIN, None)


def reporting_database_errors(act: Callable[P, None]) -> Callable[P, None]:
    """Wrap a callback: store a database error, which the next page run shows."""

    @wraps(act)
    def attempt(*args: P.args, **kwargs: P.kwargs) -> None:
        from analysis.store import DatabaseError

        try:
            act(*args, **kwargs)
        except DatabaseError as database_error:
            st.session_state[TOLD] = database_error

    return attempt


def show_last_error(wording: Wording) -> None:
    """Show the database error of the last click once."""
    if (database_error := st.session_state.pop(TOLD, None)) is not None:
        st.error(not_stored_text(database_error, wording), icon=":material/error:")


def show_backups(wording: Wording) -> None:
    """Show the time of the last backup, and why the next one failed, to administrators."""
    from analysis.store import FolderMissing, NotPermitted, backups

    if not signed_in_person().may(Action.WATCH):
        return
    newest = next(iter(backups(session.database().backups)), None)
    if newest:
        last = wording.text("The newest backup is of {moment}.", moment=wording.moment(newest.made_at))
    else:
        last = wording.text("There is no backup yet.")
    if failed := process.maintenance().failed:
        title, _ = error_texts(failed, wording)
        if isinstance(failed, FolderMissing):
            title = wording.text("The folder for backups is not there")
        elif isinstance(failed, NotPermitted):
            title = wording.text("The program may not write in the folder for backups")
        said = wording.text("A backup could not be made: {reason}. The earlier ones stay.", reason=title)
        st.error(f"{said} {last}", icon=":material/error:")
    else:
        st.caption(last)
