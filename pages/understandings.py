"""Understandings page: the three understandings by municipality and by holder, before and after."""

import pandas as pd
import streamlit as st

from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.exhibits.understandings import (
    by_holder,
    held_by,
    holder_options,
    names,
    shape_options,
    understanding_shares,
)
from analysis.measures.theme_days.understanding_shares import shares
from pages.components import formatting, session, theme_day_page
from pages.components.actions.consequences import understandings_and_actions
from pages.components.choice_state import choose_instead
from pages.components.choice_widgets import pick
from pages.components.exhibit_card import exhibit


def the_chosen(view: ThemeDayData, rows: pd.DataFrame) -> None:
    """Show the understanding of the chosen municipality, and a button that applies it to all pages."""
    wording = view.wording
    found = shares(rows[rows["municipality"] == view.municipality], ["municipality", "asked"])
    if found.empty:
        return
    last = found.sort_values("asked").iloc[0]
    if pd.isna(last["leading"]):
        st.info(formatting.plain(wording.text("{municipality}: two weigh the same.", municipality=view.municipality)))
        return
    name = names(wording)[last["leading"]]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="chosen_understanding"):
        st.markdown(
            formatting.plain(
                wording.text(
                    "In {municipality} “{name}” weighs most ({share}).",
                    municipality=view.municipality,
                    name=name,
                    share=wording.percent(last[last["leading"]], digits=0),
                )
            )
        )
        st.button(
            wording.text("Look at all pages so"),
            key="use_understanding",
            icon=":material/visibility:",
            on_click=choose_instead,
            kwargs={"understanding": last["leading"]},
        )


wording = session.language()
view = theme_day_page.begin(wording.text("How is inequality understood?"), needs="understandings")
asked = held_by(view, pick(holder_options(view)))
if asked.empty:
    st.info(wording.text("Nothing of this is stored for what is chosen."), icon=":material/filter_alt_off:")
else:
    the_chosen(view, asked)
    exhibit(understanding_shares(view, asked, pick(shape_options(wording))))
    exhibit(by_holder(view, view.understandings))
    understandings_and_actions(view)
theme_day_page.footnotes(
    view,
    wording.text(
        "Votes of a municipality's tables are added up; across municipalities each counts the same, however many voted."
    ),
    wording.text("Those who answered are those who took part: they do not stand for everyone in the municipality."),
)
