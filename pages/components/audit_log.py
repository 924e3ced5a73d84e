"""Audit lines of pages: every download, and every refused action."""

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
    help: str | None = None,
    **about: Any,
) -> None:
    """Show a download button that creates a file and records the download. All pages use this button.

    ``what`` names the content in the audit: the key of an exhibit, or a word; None if the file has no data. ``about``
    has the other fields of the line, see ``Event.EXPORT``.
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
        help=help,
    )


def leaves(what: str, **about: Any) -> None:
    """Record data that leave the page without a download button."""
    _recorded(bytes, what=what, **about)()


def refused(event: Event, why: Result) -> None:
    """Record a refused action of a person."""
    store.note(process.open_database(), signed_in_person(), event, why)


def _recorded(make: Callable[[], bytes], **about: Any) -> Callable[[], bytes]:
    """Wrap ``make`` to record the download after creating the file.

    Person and choices are those at the time of the call.
    """
    who, choices = signed_in_person(), {**st.query_params, "understanding": session.understanding().value}

    def made() -> bytes:
        content = make()
        store.note(process.open_database(), who, Event.EXPORT, choices=choices, **about)
        return content

    return made
