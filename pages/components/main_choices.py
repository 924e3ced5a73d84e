"""The two choices that stand on every page: the language, and how inequality is understood."""

import streamlit as st

from analysis.exhibits.choosing import Options
from analysis.i18n import LANGUAGES, Wording, wording
from analysis.i18n.language import preferred
from analysis.i18n.sentences import understanding_asks, understanding_name
from analysis.model.languages import own_names
from analysis.model.terms import Understanding
from pages.components.choice_state import clear
from pages.components.choice_widgets import pick


def choose_language() -> Wording:
    """The switch between languages; a new visitor gets the browser's, or else English."""
    if st.query_params.get("lang", "en") not in LANGUAGES:  # The page says so, in a language that there is.
        clear(("lang",))
    with st.sidebar:
        code = pick(Options("lang", "Sprog / Language", own_names(), preferred([st.context.locale or ""])))
    return wording(code)


def choose_understanding(wording: Wording) -> None:
    """The switch between the three understandings of inequality, with what the chosen one asks and hides."""
    names = {one.value: understanding_name(one, wording) for one in Understanding}
    with st.container(key="understanding_bar", gap="small"):
        title = wording.text("How inequality is understood")
        chosen = pick(Options("understanding", title, names, as_buttons=True))
        st.caption(understanding_asks(Understanding(chosen), wording))
