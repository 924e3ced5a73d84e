"""Where on the way does the gap arise? Its parts, the path of each group, and what closing it would mean."""

import streamlit as st

from pages.parts import session, show
from pages.parts.exhibit import exhibit
from pages.parts.exhibits.stages import choose_closed, more_citizens, parts, path
from pages.parts.page import begin

wording = session.language()
view = begin(wording.text("At which stage does the gap arise?"))
exhibit(parts(view))
exhibit(path(view))
st.header(wording.text("What if the gap were closed?"))
exhibit(more_citizens(view, choose_closed(wording)))
show.footnotes(view)
