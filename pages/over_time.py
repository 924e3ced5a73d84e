"""Over-time page: rates by period with the adjustment marked, the usual variation, and the step at the adjustment."""

import streamlit as st

from analysis.exhibits.drawn_periods import QUARTER, strong_lines
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.over_time import (
    CALENDAR,
    axis_options,
    drawn,
    over_time,
    period_options,
    rates_over_time,
)
from analysis.measures.result_frame import State
from pages.components import formatting, session
from pages.components.choice_state import choose_instead
from pages.components.choice_widgets import pick
from pages.components.exhibit_card import exhibit
from pages.components.gap_page import begin

MANY_HIDDEN = 0.5


def too_fine(view: GapData, every: str, axis: str) -> None:
    """Suggest quarters if most months are hidden."""
    if drawn(view, every).length > 1:
        return
    points = rates_over_time(view, every, axis)
    own = points[points["line"].isin(strong_lines(view))]
    if own["state"].eq(State.HIDDEN).mean() < MANY_HIDDEN:
        return
    st.info(view.wording.text("Most months are hidden for their small numbers."), icon=":material/visibility_off:")
    st.button(
        view.wording.text("Show quarters"), key="show_quarters", on_click=choose_instead, kwargs={"every": QUARTER}
    )


wording = session.language()
view = begin(wording.text("When did it change?"), undivided=wording.text("How many take part over time?"))
left, right = st.columns(2)
with left:
    every = pick(period_options(wording))
with right:
    axis = pick(axis_options(wording))
if found := over_time(view, every, axis):
    too_fine(view, every, axis)
    exhibit(found)
elif axis == CALENDAR:
    st.info(wording.text("No period has numbers to draw."), icon=":material/event_busy:")
else:
    st.info(wording.text("No period has an adjustment to count from."), icon=":material/event_busy:")
formatting.footnotes(view)
