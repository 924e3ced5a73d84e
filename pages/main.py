"""Entry script: language, theme and navigation. No analysis."""

from contextlib import suppress

import streamlit as st

from analysis.charts.blank import blank

ICON = "/app/static/icon.png"
"""Public address. Streamlit would otherwise serve the file as one of this session."""
SIDEBAR = 320
"""Width in pixels, enough for the longest group in the filters."""

st.set_page_config(page_title="Lige Adgang", page_icon=ICON, layout="wide", initial_sidebar_state=SIDEBAR)

# The browser loads its chart library, the largest download, while the imports below run.
early_chart = st.empty()
if "opened" not in st.session_state:
    with suppress(AttributeError):  # Plotly fails if another thread has only partly imported pandas.
        early_chart.plotly_chart(blank(), theme=None, key="early_chart")
    st.session_state["opened"] = True

from analysis.auth.roles import NOBODY_SIGNED_IN  # noqa: E402
from analysis.exhibits.choosing import MissingChoice  # noqa: E402
from analysis.model.choices import impossible  # noqa: E402
from analysis.web import metrics  # noqa: E402
from analysis.web.page_scripts import page_language  # noqa: E402
from pages.components import exact_counts, missing_choice, recovery, session, sign_in, sign_in_audit  # noqa: E402
from pages.components.choice_state import remember_page  # noqa: E402
from pages.components.main_choices import choose_language, choose_understanding  # noqa: E402
from pages.components.navigation import pages  # noqa: E402

st.logo(ICON, size="large")
bad_choice = impossible(st.query_params)
wording = choose_language()
page = st.navigation(pages(wording, sign_in.known_person()), position="top" if sign_in.is_in() else "hidden")
if session.theme() == "dark":  # White text on the light colour of a filled button is not readable.
    st.html("<style>[data-testid='stBaseButton-primary'] p {color: #0F1719}</style>")
early_chart.html(f"<script>{page_language(wording.code)}</script>", unsafe_allow_javascript=True)
if (who := sign_in.signed_in_person()) is not NOBODY_SIGNED_IN:
    from pages.components.permissions import show_person

    show_person(wording)
with (
    metrics.page_run(page.url_path),
    recovery.database_errors_explained(),
    exact_counts.with_exact_counts_note(wording),
):
    if who is not NOBODY_SIGNED_IN:
        sign_in_audit.note_signed_in(who)
    if bad_choice is not None:
        missing_choice.show_missing_choice(MissingChoice(*bad_choice))
        st.stop()
    choose_understanding(wording)
    page.run()
remember_page()
