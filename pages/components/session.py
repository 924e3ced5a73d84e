"""State of a session: language, theme, person and disclosure level."""

import threading
from typing import TYPE_CHECKING, Literal

import streamlit as st

from analysis.auth.roles import NOBODY_SIGNED_IN, DisclosureLevel, Role
from analysis.exhibits.choosing import default_of
from analysis.i18n import Wording, wording
from analysis.model.terms import Understanding
from pages.components.choice_state import chosen_value
from pages.components.database_error_page import opened_database
from pages.components.navigation import pages
from pages.components.process import differences_when_opened, maintenance, settings
from pages.components.sign_in import signed_in_person

if TYPE_CHECKING:
    from analysis.exhibits.exhibit import ChartStyle
    from analysis.exhibits.stored_data import StoredData
    from analysis.store import Database, Difference

_DATA = threading.Lock()
_data: "list[StoredData]" = []
EXACT_COUNTS = "exact_counts"
"""Session key of the switch. It is not in the address, so that a link cannot switch it on."""
EXACT_COUNTS_HELD = "exact_counts_held"


def language() -> Wording:
    """Return the language of this run, for a page that the person may see.

    The first visitor to a new server may open a page directly. Streamlit then runs the page without the entry script,
    as it does for programs that have none, until a navigation reports the pages.
    """
    chosen = chosen_value("lang", None)
    if chosen is None:
        st.navigation(pages(wording("en"), None))
        st.rerun()
    signed_in_person()
    return wording(chosen)


def understanding() -> Understanding:
    """Return the understanding chosen in this run."""
    chosen = chosen_value("understanding", default_of("understanding"))
    return Understanding(chosen) if chosen in list(Understanding) else Understanding.GAP


def is_first_run() -> bool:
    """Return True if this session has not drawn a page yet."""
    return "page_before" not in st.session_state


def theme() -> Literal["light", "dark"]:
    return "dark" if st.context.theme.type == "dark" else "light"


def chart_style() -> "ChartStyle":
    """Return the style of charts on a page."""
    from analysis.charts.palette import TEXT_SIZE

    return {"theme": theme(), "text_size": TEXT_SIZE}


def disclosure_level() -> DisclosureLevel:
    """Return the person's disclosure level: rounded counts, except exact counts that the settings allow."""
    set_to, who = settings(), signed_in_person()
    if who is NOBODY_SIGNED_IN:
        return DisclosureLevel(set_to.smallest_count, everywhere=exact_counts())
    own = who.municipalities if who.role is Role.CONSULTANT and set_to.own_counts else frozenset()
    return DisclosureLevel(set_to.smallest_count, own)


def exact_counts() -> bool:
    """Return True if a person at the local computer, without sign-in, has switched exact counts on."""
    if signed_in_person() is not NOBODY_SIGNED_IN:
        return False
    held = st.session_state.get(EXACT_COUNTS_HELD, settings().own_counts)
    return bool(st.session_state.get(EXACT_COUNTS, held))


def database() -> "Database":
    """Return the database of the process, for a person who may see it."""
    signed_in_person()
    return opened_database()


def data() -> "StoredData":
    """Return the cached queries of the database, for a person who may see them."""
    return _stored_data(database())


def journal_differences() -> "list[Difference]":
    """Return the differences between journal and database, found at opening or later.

    An import that a restored backup lacks counts until its file is stored again.
    """
    from analysis.store import already_imported

    opened = database()
    differences = [*differences_when_opened(), *maintenance().altered]
    return [one for one in differences if one.what != "given up" or not already_imported(opened, one.sha256)]


def _stored_data(opened: "Database") -> "StoredData":
    """Return the cached queries of this database. Clear the results of a database that was open before."""
    from analysis.exhibits.cache import clear_caches
    from analysis.exhibits.stored_data import StoredData

    with _DATA:
        if not _data or _data[0].database is not opened:
            clear_caches()
            _data[:] = [StoredData(opened)]
        return _data[0]
