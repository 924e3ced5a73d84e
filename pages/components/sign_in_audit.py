"""Audit lines for sign-in, refusal and sign-out."""

from contextlib import suppress

import streamlit as st

from analysis.auth.people import name_of
from analysis.auth.roles import Person, Role
from pages.components import process


def note_signed_in(who: Person) -> None:
    """Record a sign-in, once for each sign-in."""
    _note(name_of(st.user.to_dict()), str(st.user.get("iat")), who)


def note_refused() -> None:
    """Record the sign-in of a person without a role, once for each sign-in. Ignore database errors."""
    from analysis.store import DatabaseError

    with suppress(DatabaseError):
        _note(name_of(st.user.to_dict()), str(st.user.get("iat")), None)


def note_signed_out(who: Person) -> None:
    """Record a sign-out. A database error does not prevent the sign-out."""
    from analysis import store

    with suppress(store.DatabaseError):
        store.note(process.open_database(), who, store.Event.SIGN_OUT)


@st.cache_resource(max_entries=10_000, show_spinner=False)
def _note(name: str, since: str, _who: Person | None) -> None:
    from analysis import store

    result = store.Result.DONE if _who else store.Result.NOT_ALLOWED
    store.note(process.open_database(), _who or Person(name, Role.VIEWER), store.Event.SIGN_IN, result)
