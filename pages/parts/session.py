"""What a session has: its language, its theme, and the one database of the process."""

from typing import TYPE_CHECKING, Literal

import streamlit as st

from analysis.settings import Settings
from analysis.wording import LANGUAGES, Wording, wording
from pages.parts.choices import pick
from pages.parts.ways import pages

if TYPE_CHECKING:
    from analysis.store import Database


def choose_language() -> Wording:
    """The switch between languages; a new visitor gets the browser's, or else English."""
    browser = (st.context.locale or "en").split("-")[0].lower()
    default = "da" if browser in {"da", "nb", "nn", "no", "sv"} else "en"
    with st.sidebar:
        code = pick("lang", "Sprog / Language", LANGUAGES, default=default, segmented=True)
    return wording(code)


def language() -> Wording:
    """The language chosen in this run.

    The first visitor to a fresh server may come in by a page's own address. Streamlit then runs the page without the
    door, as it does for programs that have none; a navigation tells it otherwise.
    """
    if "lang" not in st.session_state:
        st.navigation(pages(wording("en")))
        st.rerun()
    return wording(st.session_state["lang"])


def theme() -> Literal["light", "dark"]:
    return "dark" if st.context.theme.type == "dark" else "light"


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    return Settings()


@st.cache_resource(show_spinner=False)
def database() -> "Database":
    """The database of the process, opened when it is first asked for."""
    from analysis.store import Database

    return Database(settings().database)
