"""Choices on every page: the language, and the understanding of inequality."""

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
    """Show the language switch. The default is the language of the browser, or else English."""
    if st.query_params.get("lang", "en") not in LANGUAGES:  # Report an unknown language in a language that exists.
        clear(("lang",))
    with st.sidebar:
        code = pick(Options("lang", "Sprog / Language", own_names(), preferred([st.context.locale or ""])))
    return wording(code)


def choose_understanding(wording: Wording) -> None:
    """Show the switch between the three understandings, with the question and the limits of the chosen one."""
    names = {one.value: understanding_name(one, wording) for one in Understanding}
    with st.container(key="understanding_bar", gap="small"):
        title = wording.text("How inequality is understood")
        chosen = pick(Options("understanding", title, names, as_buttons=True))
        st.caption(understanding_asks(Understanding(chosen), wording))
