"""What a session has: its language, its theme, and the one database of the process."""

import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Literal

import streamlit as st

from analysis.auth.roles import NOBODY_SIGNED_IN, Person, Role, Sight
from analysis.config import Settings, SignIn
from analysis.i18n import LANGUAGES, Wording, wording
from analysis.i18n.language import preferred
from analysis.i18n.sentences import understanding_asks, understanding_name
from analysis.model.terms import Understanding
from pages.components.choice_widgets import clear, held, pick, reader_language
from pages.components.navigation import pages

if TYPE_CHECKING:
    from analysis.exhibits.exhibit import Look
    from analysis.store import Database, Difference, Upkeep

_REOPENING, _OPENING = threading.Lock(), threading.Lock()
_in_use: "dict[Settings, tuple[Database, Upkeep]]" = {}
"""The database of this process. Not in Streamlit's cache: whoever empties that would have it opened once more."""
EXACT_COUNTS = "exact_counts"
"""The key of the switch. It is not in the address: a link switches nothing on."""
EXACT_COUNTS_HELD = "exact_counts_held"


def choose_language() -> Wording:
    """The switch between languages; a new visitor gets the browser's, or else English."""
    if st.query_params.get("lang", "en") not in LANGUAGES:  # The door says so, in a language that there is.
        clear(("lang",))
    with st.sidebar:
        code = pick("lang", "Sprog / Language", LANGUAGES, default=preferred([st.context.locale or ""]))
    return wording(code)


def choose_understanding(wording: Wording) -> None:
    """The switch between the three understandings of inequality, with what the chosen one asks and hides."""
    names = {one.value: understanding_name(one, wording) for one in Understanding}
    with st.container(key="understanding_bar", gap="small"):
        chosen = pick(
            "understanding",
            wording.text("How inequality is understood"),
            names,
            default=Understanding.GAP.value,
            segmented=True,
        )
        st.caption(understanding_asks(Understanding(chosen), wording))


def understanding() -> Understanding:
    """The understanding chosen in this run."""
    chosen = held("understanding", Understanding.GAP.value)
    return Understanding(chosen) if chosen in list(Understanding) else Understanding.GAP


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
    return _opened()[0]


def upkeep() -> "Upkeep":
    """What is done for the database by the clock."""
    return _opened()[1]


def _opened() -> "tuple[Database, Upkeep]":
    """The one that is open by these settings, or else opened now; only one thread at a time opens it."""
    chosen = settings()
    if (held := _open_by(chosen)) is not None:
        return held
    with _OPENING:
        if (held := _open_by(chosen)) is None:
            held = _in_use[chosen] = _opened_anew(chosen)
        return held


def _open_by(chosen: Settings) -> "tuple[Database, Upkeep] | None":
    held = _in_use.get(chosen)
    return None if held is None or held[0].closed.is_set() else held


def _opened_anew(chosen: Settings) -> "tuple[Database, Upkeep]":
    from analysis.store import Trouble, Upkeep, opened_by, purge, purge_audit

    opened = opened_by(chosen)
    with suppress(Trouble):  # A disk that is full hinders nobody from looking; what has had its time waits.
        purge(opened, chosen.retention_days)
        purge_audit(opened, chosen.audit_days)
    keeping = Upkeep(opened, chosen.backup_hours, chosen.daily_backups, chosen.weekly_backups)
    keeping.start()
    return opened, keeping


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
