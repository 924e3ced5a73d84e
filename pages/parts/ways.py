"""The pages there are, in the order of the menu."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analysis.wording import Wording


def pages(wording: Wording) -> list[StreamlitPage]:
    """Every page under its name in this language."""
    return [
        st.Page("pages/overview.py", title=wording.text("Overview"), icon=":material/insights:", default=True),
        st.Page("pages/social_groups.py", title=wording.text("Social groups"), icon=":material/groups:"),
        st.Page("pages/municipalities.py", title=wording.text("Municipalities"), icon=":material/location_city:"),
        st.Page("pages/upload.py", title=wording.text("Upload"), icon=":material/upload_file:"),
    ]
