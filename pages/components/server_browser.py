"""Check whether the server has a browser, which draws pictures and PDF files."""

import streamlit as st


@st.cache_resource(show_spinner=False)
def can_draw() -> bool:
    """Return True if the server has a browser that can draw."""
    from analysis.exports import images

    return images.can_draw()
