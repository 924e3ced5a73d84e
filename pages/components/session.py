"""What a session has: its language, its theme, and the one database of the process."""

import threading
from typing import TYPE_CHECKING, Literal

import streamlit as st

from analysis.auth.roles import NOBODY_SIGNED_IN, Person, Role, Sight
from analysis.config import Settings, SignIn
from analysis.i18n import Wording, wording
from analysis.model.terms import Understanding
from pages.components.choice_state import held, reader_language
from pages.components.navigation import pages

if TYPE_CHECKING:
    from analysis.exhibits.exhibit import Look
    from analysis.exhibits.stored_data import StoredData
    from analysis.store import Database, Difference, Upkeep

_REOPENING, _DATA = threading.Lock(), threading.Lock()
_data: "list[StoredData]" = []
EXACT_COUNTS = "exact_counts"
"""The key of the switch. It is not in the address: a link switches nothing on."""
EXACT_COUNTS_HELD = "exact_counts_held"


def language() -> Wording:
    """The language chosen in this run, of a page that the person may see.

    The first visitor to a fresh server may come in by a page's own address. Streamlit then runs the page without the
    door, as it does for programs that have none; a navigation tells it otherwise.
    """
    chosen = held("lang", None)
    if chosen is None:
        st.navigation(pages(wording("en"), None))
        st.rerun()
    person()
    return wording(chosen)


def language_before_signing_in() -> Wording:
    """The language of what is said to whoever is at the page."""
    return wording(reader_language())


def understanding() -> Understanding:
    """The understanding chosen in this run."""
    chosen = held("understanding", Understanding.GAP.value)
    return Understanding(chosen) if chosen in list(Understanding) else Understanding.GAP


def is_first_run() -> bool:
    """Whether this session has not yet seen a page."""
    return "page_before" not in st.session_state


def theme() -> Literal["light", "dark"]:
    return "dark" if st.context.theme.type == "dark" else "light"


def look() -> "Look":
    """How charts are drawn on a page."""
    from analysis.charts.palette import TEXT_SIZE

    return {"theme": theme(), "text_size": TEXT_SIZE}


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    return Settings()


@st.cache_resource(show_spinner=False)
def sign_in() -> SignIn:
    return SignIn()


def person() -> Person:
    """Who is at the page. Where nobody may see it without signing in, it says so and stops."""
    from pages.components.sign_in import admitted

    return admitted()


def sight() -> Sight:
    """How the person at the page sees counts of citizens: rounded, unless exact counts are switched on."""
    set_to, who = settings(), person()
    if who is NOBODY_SIGNED_IN:
        return Sight(set_to.smallest_count, everywhere=exact_counts())
    own = who.municipalities if who.role is Role.CONSULTANT and set_to.own_counts else frozenset()
    return Sight(set_to.smallest_count, own)


def exact_counts() -> bool:
    """Whether a person at their own computer, where nobody signs in, has switched exact counts on."""
    if person() is not NOBODY_SIGNED_IN:
        return False
    held = st.session_state.get(EXACT_COUNTS_HELD, settings().own_counts)
    return bool(st.session_state.get(EXACT_COUNTS, held))


def database() -> "Database":
    """The database of the process, for whoever may see it."""
    person()
    return opened_database()


def data() -> "StoredData":
    """The cached queries of the database of the process, for whoever may see it."""
    return _stored_data(database())


def _stored_data(opened: "Database") -> "StoredData":
    """Those of this database. Results of one that was open before are forgotten."""
    from analysis.exhibits.cache import clear_caches
    from analysis.exhibits.stored_data import StoredData

    with _DATA:
        if not _data or _data[0].database is not opened:
            clear_caches()
            _data[:] = [StoredData(opened)]
        return _data[0]


def opened_database() -> "Database":
    """The database of the process, whoever is at the page. Where it cannot be opened the page says why and stops."""
    from analysis.store import Trouble

    try:
        opened = open_database()
        return opened if opened.trouble is None else _opened_again()
    except Trouble as trouble:
        from pages.components import recovery

        recovery.show(trouble, language_before_signing_in())


def _opened_again() -> "Database":
    """A database that stopped is opened anew, once for all sessions; one that is damaged is not."""
    from analysis.store import DatabaseDamaged

    with _REOPENING:
        opened = open_database()
        if isinstance(opened.trouble, DatabaseDamaged):
            raise DatabaseDamaged(str(opened.trouble))
        if opened.trouble is not None:
            opened.close()
            _differences.clear()
            if settings().has_several_servers:  # A backup may have been put back, whose versions begin anew.
                st.cache_resource.clear()
        return open_database()


def open_database() -> "Database":
    """The database as it is, for the whole process. Raises what ``store.Database`` raises."""
    from analysis.store.process_database import process_database

    return process_database(settings())[0]


def upkeep() -> "Upkeep":
    """The maintenance of the database that runs by the clock."""
    from analysis.store.process_database import process_database

    return process_database(settings())[1]


def journal_differences() -> "list[Difference]":
    """What the journal of imports told otherwise than the database when the first page was opened, and what was found
    since. What a backup lacked that was put back counts until its file is stored again."""
    from analysis.store import already_imported

    differences = [*_differences(), *upkeep().altered]
    return [one for one in differences if one.what != "given up" or not already_imported(database(), one.sha256)]


@st.cache_resource(show_spinner=False)
def _differences() -> "list[Difference]":
    from analysis.store import check_journal

    return check_journal(opened_database())


def get_ready() -> None:
    """Open the database, and see what its journal tells, before anybody asks. Raises what ``store.Database`` raises."""
    open_database()
    _differences()
