"""Whether the server has a browser, which draws pictures and PDF files."""

import streamlit as st


@st.cache_resource(show_spinner=False)
def can_draw() -> bool:
    """Whether the server has a browser to draw with."""
    from analysis.exports import images

    return images.can_draw()
