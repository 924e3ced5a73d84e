"""The door: language, theme and the way to the pages. No analysis."""

import streamlit as st

from analysis.charts.blank import blank
from pages.parts import session
from pages.parts.choices import remember_page
from pages.parts.ways import pages

ICON = "static/icon.png"
SIDEBAR = 320
"""Pixels: room for the longest group in the lists of choices."""

st.set_page_config(page_title="Lige Adgang", page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR)
st.logo(ICON, size="large")

# The browser fetches its chart engine while the analysis is still being loaded: a second less to the first chart.
early_chart = st.empty()
if session.first_run():
    early_chart.plotly_chart(blank(), theme=None, key="early_chart")

wording = session.choose_language()
page = st.navigation(pages(wording))
page.run()
early_chart.empty()
remember_page()
