"""What the first page needs, made ready while nobody has come yet: the first to come need not wait for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from threading import Timer

import streamlit as st

from analysis.i18n import LANGUAGES, wording
from analysis.intake.temporary_folders import remove_abandoned_folders
from analysis.web import compat

FIRST_PAGE = (
    "analysis.charts.blank",
    "pages.components.recovery",
    "pages.components.sign_in",
    "pages.components.gap_page",
    "analysis.exhibits.groups",
    "analysis.exhibits.changes",
)
"""What the entry script and the first page import, in the order in which they ask for it."""
AFTER = 2
"""Seconds from the start. Python does one thing at a time: any sooner, and it would be in the way of a browser that
loads the page as soon as it can."""


@asynccontextmanager
async def warmed(_: st.App) -> AsyncIterator[None]:
    """While the server runs. Nobody waits for it, and it does nothing that a page would not do itself.

    First it deletes the copies of files that a server left behind that was killed while it read them.
    """
    remove_abandoned_folders()
    later = Timer(AFTER, _warm_if_idle)
    later.daemon = True
    later.start()
    yield
    later.cancel()


def _warm_if_idle() -> None:
    if compat.is_nobody_here():
        warm()


def warm() -> None:
    """Import, open the database and read the languages. What goes wrong, the page meets itself, and says what to do."""
    with suppress(Exception):
        for name in FIRST_PAGE:
            import_module(name)
        from pages.components import process

        process.get_ready()
        for code in LANGUAGES:
            wording(code)
