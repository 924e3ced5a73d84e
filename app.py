"""The door: language, theme and the way to the pages. No analysis."""

import streamlit as st

from analysis.charts.blank import blank
from pages.parts import session
from pages.parts.choices import remember_page

st.set_page_config(page_title="Lige Adgang", page_icon="static/icon.png", layout="wide")
st.logo("static/icon.png", size="large")

# The browser fetches its chart engine while the analysis is still being loaded: a second less to the first chart.
early_chart = st.empty()
if session.first_run():
    early_chart.plotly_chart(blank(), theme=None, key="early_chart")

wording = session.choose_language()
page = st.navigation(
    [
        st.Page("pages/overview.py", title=wording.text("Overview"), icon=":material/insights:", default=True),
        st.Page("pages/social_groups.py", title=wording.text("Social groups"), icon=":material/groups:"),
        st.Page("pages/municipalities.py", title=wording.text("Municipalities"), icon=":material/location_city:"),
        st.Page("pages/upload.py", title=wording.text("Upload"), icon=":material/upload_file:"),
    ]
)
page.run()
early_chart.empty()
remember_page()
