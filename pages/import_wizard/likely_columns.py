"""Likely meanings of columns that the person has not confirmed: shown, and chosen with one button."""

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.mapping.suggestions import Suggestion, Why


def perhaps(what: str, suggestion: Suggestion, wording: Wording) -> str:
    """Return a likely meaning and the reason; the person has not confirmed it yet."""
    return wording.text("Perhaps “{name}”. {why}.", name=what.removesuffix(" *"), why=_why(suggestion, wording))


def _why(suggestion: Suggestion, wording: Wording) -> str:
    why = {
        Why.NAME: wording.text("Known by its header"),
        Why.SPELLING: wording.text("Like a known header"),
        Why.CONTENT: wording.text("By what stands in it"),
    }
    return wording.text("{why}: {number}% sure", why=why[suggestion.why], number=wording.integer(suggestion.confidence))


def offer_likely(unsure: dict[str, str], wording: Wording) -> None:
    """Show one button that accepts every likely meaning, by key of its widget, where none is chosen yet."""
    if any(st.session_state.get(key) is None for key in unsure):
        st.button(wording.text("Choose the likely columns"), key="map_likely", on_click=_choose, args=(unsure,))


def _choose(unsure: dict[str, str]) -> None:
    """Choose these meanings where none is chosen; a callback, called before the page runs again."""
    for key, code in unsure.items():
        if st.session_state.get(key) is None:
            st.session_state[key] = code
