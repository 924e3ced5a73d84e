"""Audit lines of people who sign in, are refused, and sign out."""

from contextlib import suppress

import streamlit as st

from analysis.auth.people import name_of
from analysis.auth.roles import Person, Role
from pages.components import process


def note_signed_in(who: Person) -> None:
    """Record that a person has signed in, once for each time that they did."""
    _note(name_of(st.user.to_dict()), str(st.user.get("iat")), who)


def note_refused() -> None:
    """Record that a person without a role has signed in, once for each time. A database in trouble records nothing."""
    from analysis.store import DatabaseError

    with suppress(DatabaseError):
        _note(name_of(st.user.to_dict()), str(st.user.get("iat")), None)


def note_signed_out(who: Person) -> None:
    """Record that a person signs out. Where the database is in trouble, they still can."""
    from analysis import store

    with suppress(store.DatabaseError):
        store.note(process.open_database(), who, store.Event.SIGN_OUT)


@st.cache_resource(max_entries=10_000, show_spinner=False)
def _note(name: str, since: str, _who: Person | None) -> None:
    from analysis import store

    result = store.Result.DONE if _who else store.Result.NOT_ALLOWED
    store.note(process.open_database(), _who or Person(name, Role.VIEWER), store.Event.SIGN_IN, result)
