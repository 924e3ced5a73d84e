"""Around pages and their callbacks: trouble with the database is shown, after one try to open it again."""

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
    """Around what a page draws: trouble with the database becomes a page that says what to do.

    A database that stopped is opened again once before the page says so.
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
    """A callback that may meet trouble: the page, which comes after it, says that it did."""

    @wraps(act)
    def attempt(*args: P.args, **kwargs: P.kwargs) -> None:
        from analysis.store import DatabaseError

        try:
            act(*args, **kwargs)
        except DatabaseError as database_error:
            st.session_state[TOLD] = database_error

    return attempt


def show_last_error(wording: Wording) -> None:
    """What stood in the way of the last click; once."""
    if (database_error := st.session_state.pop(TOLD, None)) is not None:
        st.error(not_stored_text(database_error, wording), icon=":material/error:")


def show_backups(wording: Wording) -> None:
    """When the last backup was made, and why the next was not, for whoever watches over the program."""
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
