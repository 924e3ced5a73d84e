"""Live page of a theme day: tables enter votes here and in other windows, and the chart updates."""

import streamlit as st

from analysis.exhibits.choosing import Options
from pages.components import form_entry, session, theme_day_page
from pages.components.choice_widgets import pick
from pages.components.voting.days import add_day, choose_day
from pages.components.voting.entry import enter_actions, enter_understandings, entered, upload
from pages.components.voting.results import ON_ACTIONS, ON_UNDERSTANDINGS, the_picture

wording = session.language()
view = theme_day_page.begin(wording.text("During a theme day"), of_place=False)
day = choose_day(view)
form_entry.ask_person(wording)
form_entry.show_last_entry(wording)
if day is not None:
    subjects = {ON_UNDERSTANDINGS: wording.text("Understandings"), ON_ACTIONS: wording.text("Actions")}
    what = pick(Options("voted", wording.text("What is voted on"), subjects, as_buttons=True))
    the_picture(view, day, what)
    st.header(wording.text("Enter a table's votes"))
    (enter_understandings if what == ON_UNDERSTANDINGS else enter_actions)(view, day)
    upload(view, day, what)
    entered(view, day, what)
add_day(view, expanded=day is None)
theme_day_page.footnotes(
    view,
    wording.text(
        "Each entry is stored as an import of its own. Other windows see it within seconds. It can be taken back."
    ),
)
