"""Shared state of all sessions of the server: settings, database and maintenance."""

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
    """Return the language of messages to a reader who has not signed in."""
    return wording(reader_language())


def open_database() -> "Database":
    """Return the database of the process as it is. Raise the exceptions of ``store.Database``."""
    from analysis.store.process_database import process_database

    return process_database(settings())[0]


def working_database() -> "Database":
    """Return the database of the process, reopened if it has stopped. Raise the exceptions of ``store.Database``."""
    opened = open_database()
    return opened if opened.database_error is None else _opened_again()


def _opened_again() -> "Database":
    """Reopen a stopped database once for all sessions; never reopen a damaged one."""
    from analysis.store import DatabaseDamaged

    with _REOPENING:
        opened = open_database()
        if isinstance(opened.database_error, DatabaseDamaged):
            raise DatabaseDamaged(str(opened.database_error))
        if opened.database_error is not None:
            opened.close()
            differences_when_opened.clear()
            if settings().has_several_servers:  # After a restore, data versions may start again from a lower number.
                st.cache_resource.clear()
        return open_database()


def maintenance() -> "Maintenance":
    """Return the maintenance of the database, which runs on a schedule."""
    from analysis.store.process_database import process_database

    return process_database(settings())[1]


@st.cache_resource(show_spinner=False)
def differences_when_opened() -> "list[Difference]":
    """Return the differences between journal and database at the time of opening."""
    from analysis.store import check_journal

    return check_journal(working_database())


def get_ready() -> None:
    """Open the database and check its journal before the first visitor. Raise the exceptions of ``store.Database``."""
    open_database()
    differences_when_opened()
