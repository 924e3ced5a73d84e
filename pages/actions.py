"""Which actions matter most, do they become practice, who has done it already, and who works together?"""

import pandas as pd
import streamlit as st

from analysis.exhibits.actions import (
    beside_action,
    choose_area,
    choose_ballots,
    choose_level,
    choose_method,
    chosen_action,
    funnel_of_actions,
    narrowed,
    ranking,
    together,
)
from pages.components import session, theme_day_page
from pages.components.exhibit_card import exhibit
from pages.components.gaps_with_and_without import gaps_alongside
from pages.components.theme_day_page import Themes
from pages.components.time_to_implementation import the_times, who_has_done_it


def choose_actions(view: Themes) -> pd.DataFrame:
    """The actions of the policy area and the level that are chosen."""
    left, right = st.columns(2)
    with left:
        area = choose_area(view)
    with right:
        level = choose_level(view)
    return narrowed(view, area, level)


def the_ranking(view: Themes, rows: pd.DataFrame) -> None:
    """The ranked list, by what and by which method."""
    left, right = st.columns(2)
    with left:
        kind = choose_ballots(view)
    with right:
        method = choose_method(view.wording)
    if found := ranking(view, rows, kind, method):
        exhibit(found)
    else:
        st.info(view.wording.text("No municipality has given priorities to these actions."), icon=":material/sort:")


wording = session.language()
view = theme_day_page.begin(wording.text("Which actions matter most, and do they become practice?"), needs="actions")
rows = choose_actions(view)
if rows.empty:
    st.info(wording.text("Nothing of this is stored for what is chosen."), icon=":material/filter_alt_off:")
else:
    chosen_action(rows)  # Before anything is drawn: a link may ask for one that is gone.
    the_ranking(view, rows)
    exhibit(funnel_of_actions(view, rows))
    the_times(view, rows)
    action = who_has_done_it(view, rows)
    if areas := together(view, rows):
        exhibit(areas)
    gaps_alongside(view, beside_action(view, rows, action))
theme_day_page.footnotes(
    view,
    wording.text(
        "Ranks: each list gives points by place; what a list leaves out shares the places left over. The interval "
        "shows where the rank lies when lists are drawn anew."
    ),
)
