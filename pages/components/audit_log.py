"""What is recorded of a page: every file that leaves it, what was refused on it, and who came and went."""

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from analysis import store
from analysis.auth.people import name_of
from analysis.auth.roles import Person, Role
from analysis.store import Event, Result
from analysis.web import compat
from pages.components import session
from pages.components.sign_in import known_person

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(
    label: str,
    make: Callable[[], bytes],
    *,
    file_name: str,
    key: str,
    what: str | None,
    able: bool = True,
    icon: str | None = None,
    mime: str | None = None,
    width: Literal["content", "stretch"] = "content",
    **about: Any,
) -> None:
    """A button that makes a file, records that it leaves, and hands it out; the only one on any page.

    ``what`` names its content in the audit: the key of an exhibit, or a word; None for what holds no data. ``about``
    is what else stands in the line, as ``Event.EXPORT`` has it.
    """
    as_here = compat.in_this_session(make)
    st.download_button(
        label,
        as_here if what is None else _recorded(as_here, what=what, **about),
        file_name=file_name,
        mime=mime,
        key=key,
        icon=icon,
        on_click="ignore",
        disabled=not able,
        width=width,
    )


def leaves(what: str, **about: Any) -> None:
    """Record that something leaves the page in another way than by a button."""
    _recorded(bytes, what=what, **about)()


def refused(event: Event, why: Result) -> None:
    """Record what a person wanted to do and was not let."""
    store.note(session.open_database(), session.person(), event, why)


def signed_in(*, refused: bool = False) -> None:
    """Record that a person has signed in, once for each time that they did, or that they have no role here."""
    _sign_in(name_of(st.user.to_dict()), str(st.user.get("iat")), None if refused else session.person())


@st.cache_resource(max_entries=10_000, show_spinner=False)
def _sign_in(name: str, since: str, _who: Person | None) -> None:
    who = _who or Person(name, Role.VIEWER)
    store.note(session.open_database(), who, Event.SIGN_IN, Result.DONE if _who else Result.NOT_ALLOWED)


def signed_out() -> None:
    """Record that a person signs out, if they were in."""
    if who := known_person():
        store.note(session.open_database(), who, Event.SIGN_OUT)


def _recorded(make: Callable[[], bytes], **about: Any) -> Callable[[], bytes]:
    """The file, once it is made and its line written. Who asks, and what is chosen, is known now and not then."""
    who, choices = session.person(), {**st.query_params, "understanding": session.understanding().value}

    def made() -> bytes:
        content = make()
        store.note(session.open_database(), who, Event.EXPORT, choices=choices, **about)
        return content

    return made
