"""What a session has: its language, its theme, who is at the page, and what they may see of the data."""

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
"""The key of the switch. It is not in the address: a link switches nothing on."""
EXACT_COUNTS_HELD = "exact_counts_held"


def language() -> Wording:
    """The language chosen in this run, of a page that the person may see.

    The first visitor to a fresh server may come in by a page's own address. Streamlit then runs the page without the
    door, as it does for programs that have none; a navigation tells it otherwise.
    """
    chosen = chosen_value("lang", None)
    if chosen is None:
        st.navigation(pages(wording("en"), None))
        st.rerun()
    signed_in_person()
    return wording(chosen)


def understanding() -> Understanding:
    """The understanding chosen in this run."""
    chosen = chosen_value("understanding", default_of("understanding"))
    return Understanding(chosen) if chosen in list(Understanding) else Understanding.GAP


def is_first_run() -> bool:
    """Whether this session has not yet seen a page."""
    return "page_before" not in st.session_state


def theme() -> Literal["light", "dark"]:
    return "dark" if st.context.theme.type == "dark" else "light"


def chart_style() -> "ChartStyle":
    """How charts are drawn on a page."""
    from analysis.charts.palette import TEXT_SIZE

    return {"theme": theme(), "text_size": TEXT_SIZE}


def disclosure_level() -> DisclosureLevel:
    """How the person at the page sees counts of citizens: rounded, unless exact counts are switched on."""
    set_to, who = settings(), signed_in_person()
    if who is NOBODY_SIGNED_IN:
        return DisclosureLevel(set_to.smallest_count, everywhere=exact_counts())
    own = who.municipalities if who.role is Role.CONSULTANT and set_to.own_counts else frozenset()
    return DisclosureLevel(set_to.smallest_count, own)


def exact_counts() -> bool:
    """Whether a person at their own computer, where nobody signs in, has switched exact counts on."""
    if signed_in_person() is not NOBODY_SIGNED_IN:
        return False
    held = st.session_state.get(EXACT_COUNTS_HELD, settings().own_counts)
    return bool(st.session_state.get(EXACT_COUNTS, held))


def database() -> "Database":
    """The database of the process, for whoever may see it."""
    signed_in_person()
    return opened_database()


def data() -> "StoredData":
    """The cached queries of the database of the process, for whoever may see it."""
    return _stored_data(database())


def journal_differences() -> "list[Difference]":
    """Where the journal of imports and the database disagree: found when the database was opened, or since then.

    What a restored backup lacks counts until its file is stored again.
    """
    from analysis.store import already_imported

    opened = database()
    differences = [*differences_when_opened(), *maintenance().altered]
    return [one for one in differences if one.what != "given up" or not already_imported(opened, one.sha256)]


def _stored_data(opened: "Database") -> "StoredData":
    """Those of this database. Results of one that was open before are forgotten."""
    from analysis.exhibits.cache import clear_caches
    from analysis.exhibits.stored_data import StoredData

    with _DATA:
        if not _data or _data[0].database is not opened:
            clear_caches()
            _data[:] = [StoredData(opened)]
        return _data[0]
