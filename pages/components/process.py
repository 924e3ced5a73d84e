"""What all sessions of the server share: settings, the open database, and the maintenance beside it."""

import threading
from typing import TYPE_CHECKING

import streamlit as st

from analysis.config import Settings, SignIn
from analysis.i18n import Wording, wording
from pages.components.choice_state import reader_language

if TYPE_CHECKING:
    from analysis.store import Database, Difference, Maintenance

_REOPENING = threading.Lock()


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    return Settings()


@st.cache_resource(show_spinner=False)
def sign_in_settings() -> SignIn:
    return SignIn()


def language_before_signing_in() -> Wording:
    """The language of what is said to a reader who has not signed in."""
    return wording(reader_language())


def open_database() -> "Database":
    """The database of the process as it is. Raises what ``store.Database`` raises."""
    from analysis.store.process_database import process_database

    return process_database(settings())[0]


def working_database() -> "Database":
    """The database of the process, opened again where it has stopped. Raises what ``store.Database`` raises."""
    opened = open_database()
    return opened if opened.database_error is None else _opened_again()


def _opened_again() -> "Database":
    """Open a stopped database once for all sessions; never one that is damaged."""
    from analysis.store import DatabaseDamaged

    with _REOPENING:
        opened = open_database()
        if isinstance(opened.database_error, DatabaseDamaged):
            raise DatabaseDamaged(str(opened.database_error))
        if opened.database_error is not None:
            opened.close()
            differences_when_opened.clear()
            if settings().has_several_servers:  # A backup may have been put back, whose versions begin anew.
                st.cache_resource.clear()
        return open_database()


def maintenance() -> "Maintenance":
    """The maintenance of the database that runs by the clock."""
    from analysis.store.process_database import process_database

    return process_database(settings())[1]


@st.cache_resource(show_spinner=False)
def differences_when_opened() -> "list[Difference]":
    """Where the journal of imports and the database disagreed when it was opened."""
    from analysis.store import check_journal

    return check_journal(working_database())


def get_ready() -> None:
    """Open the database and compare its journal before the first visitor. Raises what ``store.Database`` raises."""
    open_database()
    differences_when_opened()
