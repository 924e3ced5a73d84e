"""Warm up imports, database and languages before the first session."""

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
"""Modules that the entry script and the first page import, in this order."""
AFTER = 2
"""Delay in seconds after the start.

Python runs one thread at a time: an earlier warm-up would delay a browser that is already loading the page.
"""


@asynccontextmanager
async def warmed(_: st.App) -> AsyncIterator[None]:
    """Lifespan of the server: run the warm-up in the background, without effects that a page would not have.

    First delete the file copies of a server that was killed while reading them.
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
    """Import modules, open the database and load the languages. Ignore errors: the page meets and explains them."""
    with suppress(Exception):
        for name in FIRST_PAGE:
            import_module(name)
        from pages.components import process

        process.get_ready()
        for code in LANGUAGES:
            wording(code)
