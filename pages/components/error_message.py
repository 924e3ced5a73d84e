"""Error message of a failed page: one sentence, and the number of the error in the log."""

import streamlit as st

from analysis.i18n import wording
from analysis.web.error_pages import error_text
from pages.components.choice_state import reader_language


def show_error(raised: Exception) -> bool:
    """Show a message instead of the error, which may quote data.

    The error is already logged. Return True, so that Streamlit does not show it.
    """
    st.error(error_text(raised, wording(reader_language())), icon=":material/error:")
    return True
