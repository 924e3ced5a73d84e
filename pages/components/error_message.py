"""What a person sees where a page fails: one sentence, with the number by which the error is found in the log."""

import streamlit as st

from analysis.i18n import wording
from analysis.web.error_pages import error_text
from pages.components.choice_state import reader_language


def show_error(raised: Exception) -> bool:
    """Stand in for the error, whose message may quote data. It is logged by then, and nothing else is to show it."""
    st.error(error_text(raised, wording(reader_language())), icon=":material/error:")
    return True
