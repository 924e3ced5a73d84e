"""What a session has: its language, its theme, and the one database of the process."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import streamlit as st

from analysis.access import NOBODY_SIGNED_IN, Person, Role, Sight
from analysis.model import SmallestRounded, Understanding
from analysis.settings import Settings, SignIn
from analysis.wording import LANGUAGES, Wording, wording
from analysis.wording.sentences import understanding_asks, understanding_name
from pages.parts.choices import held, pick
from pages.parts.ways import pages

if TYPE_CHECKING:
    from analysis.handouts.exhibit import Look
    from analysis.store import Database, Difference


def choose_language() -> Wording:
    """The switch between languages; a new visitor gets the browser's, or else English."""
    browser = (st.context.locale or "en").split("-")[0].lower()
    default = {"nn": "nb", "no": "nb"}.get(browser, browser if browser in LANGUAGES else "en")
    with st.sidebar:
        code = pick("lang", "Sprog / Language", LANGUAGES, default=default)
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
        st.navigation(pages(wording("en")))
        st.rerun()
    person()
    return wording(chosen)


def language_before_signing_in() -> Wording:
    """The language of what is said to whoever is at the page."""
    return wording(held("lang", "en"))


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
    from pages.parts.signing_in import admitted

    return admitted()


def sight() -> Sight:
    """How the person at the page sees counts of citizens: as they are at a program of their own, else rounded."""
    set_to, who = settings(), person()
    own = who.role is Role.CONSULTANT and set_to.own_counts
    return Sight(set_to.smallest_count, who.municipalities if own else frozenset(), everywhere=who is NOBODY_SIGNED_IN)


def smallest_count(municipalities: Iterable[str], *, synthetic: bool) -> int:
    """The smallest count that is shown of these municipalities together."""
    seen = sight()
    if synthetic or (seen.everywhere and not settings().own_counts):
        return seen.base
    return 1 if seen.everywhere or seen.exact.issuperset(municipalities) else SmallestRounded(seen.base)


def database() -> "Database":
    """The database of the process, for whoever may see it."""
    person()
    return opened_database()


def opened_database() -> "Database":  # noqa: RET503 - st.stop() does not come back.
    """The database of the process, whoever is at the page. Where it cannot be opened the page says why and stops."""
    from analysis.store import DatabaseInUse, DatabaseTooNew

    text = language_before_signing_in().text
    try:
        return open_database()
    except DatabaseInUse:
        st.error(text("Another program has the database open. Close it, and load this page again."))
    except DatabaseTooNew:
        st.error(text("A newer version of this program made the database. Update the program, and start it again."))
    st.stop()


@st.cache_resource(show_spinner=False)
def open_database() -> "Database":
    """The database as it is, for the whole process. Raises what ``store.Database`` raises."""
    from analysis.store import Database, purge

    opened = Database(settings().database)
    purge(opened, settings().retention_days)
    return opened


@st.cache_resource(show_spinner=False)
def journal_differences() -> "list[Difference]":
    """What the journal of imports told otherwise than the database when the first page was opened."""
    from analysis.store import check_journal

    return check_journal(database())
