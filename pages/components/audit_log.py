"""What is recorded of a page: every file that leaves it, and what was refused on it."""

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from analysis import store
from analysis.store import Event, Result
from analysis.web import compat
from pages.components import process, session
from pages.components.sign_in import signed_in_person

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
    store.note(process.open_database(), signed_in_person(), event, why)


def _recorded(make: Callable[[], bytes], **about: Any) -> Callable[[], bytes]:
    """The file, once it is made and its line written. Who asks, and what is chosen, is known now and not then."""
    who, choices = signed_in_person(), {**st.query_params, "understanding": session.understanding().value}

    def made() -> bytes:
        content = make()
        store.note(process.open_database(), who, Event.EXPORT, choices=choices, **about)
        return content

    return made
