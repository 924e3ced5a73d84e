"""Actions page: ranking, time to implementation, and municipalities that implemented an action or work together."""

import pandas as pd
import streamlit as st

from analysis.exhibits.actions import (
    action_with_and_without,
    area_options,
    choose_ballots,
    chosen_action,
    funnel_of_actions,
    level_options,
    method_options,
    narrowed,
    ranking,
    together,
)
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.measures.theme_days.ranking import Method
from pages.components import session, theme_day_page
from pages.components.actions import from_actions
from pages.components.choice_widgets import Widgets, pick
from pages.components.exhibit_card import exhibit
from pages.components.gaps_with_and_without import show_gaps_with_and_without
from pages.components.time_to_implementation import municipalities_with_action, the_times


def choose_actions(view: ThemeDayData) -> pd.DataFrame:
    """Return the actions of the chosen policy area and level."""
    left, right = st.columns(2)
    with left:
        area = pick(area_options(view))
    with right:
        level = pick(level_options(view))
    return narrowed(view, area, level)


def the_ranking(view: ThemeDayData, rows: pd.DataFrame, chosen: str) -> None:
    """Show the ranked list, by the chosen question and method."""
    left, right = st.columns(2)
    with left:
        kind = choose_ballots(view, Widgets())
    with right:
        method = Method(pick(method_options(view.wording)))
    if found := ranking(view, rows, kind, method, chosen):
        exhibit(found)
    else:
        st.info(view.wording.text("No municipality has given priorities to these actions."), icon=":material/sort:")


wording = session.language()
view = theme_day_page.begin(wording.text("Which actions matter most, and do they become practice?"), needs="actions")
rows = choose_actions(view)
if rows.empty:
    st.info(wording.text("Nothing of this is stored for what is chosen."), icon=":material/filter_alt_off:")
else:
    chosen = chosen_action(rows, Widgets())  # Choose before drawing: a link may have an action that no longer exists.
    the_ranking(view, rows, chosen)
    exhibit(funnel_of_actions(view, rows))
    the_times(view, rows)
    action = municipalities_with_action(view, rows)
    if areas := together(view, rows):
        exhibit(areas)
    gaps = show_gaps_with_and_without(view, action_with_and_without(view, rows, action))
    from_actions.of_action(view, rows, action, gaps)
theme_day_page.footnotes(
    view,
    wording.text(
        "Ranks: each list gives points by place; what a list leaves out shares the places left over. The interval "
        "shows where the rank lies when lists are drawn anew."
    ),
)
