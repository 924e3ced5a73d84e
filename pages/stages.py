"""Stages page: the gap by stage, the path of each group, and the effect of closing the gap."""

import streamlit as st

from analysis.exhibits.stages import closed_options, more_citizens, parts, path
from pages.components import formatting, session
from pages.components.choice_widgets import pick_number
from pages.components.exhibit_card import exhibit
from pages.components.gap_page import begin

wording = session.language()
view = begin(wording.text("At which stage does the gap arise?"))
exhibit(parts(view))
exhibit(path(view))
st.header(wording.text("What if the gap were closed?"))
exhibit(more_citizens(view, pick_number(closed_options(wording))))
formatting.footnotes(view)
