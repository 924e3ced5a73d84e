"""How is inequality understood? The three understandings, by municipality, by whose they are, before and after."""

import pandas as pd
import streamlit as st

from analysis.measures.spread.understood import shares
from pages.parts import session, show, themes
from pages.parts.choices import choose_instead
from pages.parts.exhibit import exhibit
from pages.parts.exhibits.understandings import by_holder, choose_holder, choose_shape, held_by, names, understood
from pages.parts.themes import Themes


def the_chosen(view: Themes, rows: pd.DataFrame) -> None:
    """How the chosen municipality understands it, and a way to look at everything so."""
    wording = view.wording
    found = shares(rows[rows["municipality"] == view.municipality], ["municipality", "asked"])
    if found.empty:
        return
    last = found.sort_values("asked").iloc[0]
    if pd.isna(last["leading"]):
        st.info(show.plain(wording.text("{municipality}: two weigh the same.", municipality=view.municipality)))
        return
    name = names(wording)[last["leading"]]
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="chosen_understanding"):
        st.markdown(
            show.plain(
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
view = themes.begin(wording.text("How is inequality understood?"), needs="understandings")
asked = held_by(view, choose_holder(view))
if asked.empty:
    st.info(wording.text("Nothing of this is stored for what is chosen."), icon=":material/filter_alt_off:")
else:
    the_chosen(view, asked)
    exhibit(understood(view, asked, choose_shape(wording)))
    exhibit(by_holder(view, view.understandings))
themes.footnotes(
    view,
    wording.text(
        "Votes of a municipality's tables are added up; across municipalities each counts the same, however many voted."
    ),
    wording.text("Those who answered are those who took part: they do not stand for everyone in the municipality."),
)
