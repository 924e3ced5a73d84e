"""What a person sees where a page fails: one sentence, with the number by which the error is found in the log."""

import streamlit as st

from analysis import logs
from analysis.wording import wording
from pages.parts.choices import held


def tell(raised: Exception) -> bool:
    """Stand in for the error, whose message may quote data. It is logged by then, and nothing else is to show it."""
    said = wording(held("lang", None) or "en").text(
        "Something went wrong here. Load the page again; if it happens again, tell those who run the program the "
        "number {number}.",
        number=logs.number_of(raised),
    )
    st.error(said, icon=":material/error:")
    return True
