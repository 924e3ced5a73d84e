"""The pages there are, in the order of the menu."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from analysis.wording import Wording


def pages(wording: Wording) -> list[StreamlitPage]:
    """Every page under its name in this language. An icon would be fetched from outside, for the browser's tab."""
    return [
        st.Page("pages/overview.py", title=wording.text("Overview"), default=True),
        st.Page("pages/social_groups.py", title=wording.text("Social groups")),
        st.Page("pages/stages.py", title=wording.text("Where on the way")),
        st.Page("pages/municipalities.py", title=wording.text("Municipalities")),
        st.Page("pages/adjustments.py", title=wording.text("Adjustments")),
        st.Page("pages/over_time.py", title=wording.text("Over time")),
        st.Page("pages/methods.py", title=wording.text("Methods and data")),
        st.Page("pages/upload.py", title=wording.text("Upload")),
    ]
