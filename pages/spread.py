"""How far has the work come? Municipalities and people reached, when, who took part, and where it has not come."""

import pandas as pd
import streamlit as st

from analysis.measures.spread import reach as measured
from analysis.model import DayKind
from analysis.wording import Wording
from pages.parts import session, show, themes
from pages.parts.alongside import gaps_alongside
from pages.parts.exhibit import exhibit
from pages.parts.exhibits.alongside import beside_theme_days
from pages.parts.exhibits.reached import (
    AREA,
    REGION,
    ROLE,
    SIZE,
    choose_map,
    growth,
    not_reached,
    participants_by,
    reached_by,
    reached_map,
)
from pages.parts.themes import Themes


def figures(view: Themes, covered: pd.Series) -> None:
    """Four cards: municipalities, people, participants, theme days."""
    wording = view.wording
    days = view.days.drop_duplicates(["held_on", "place"])
    local = int((days["day_kind"] == DayKind.LOCAL).sum())
    with st.grid(4, min_column_width=200, key="spread_figures"):
        show.card(
            wording.text("Municipalities reached"),
            wording.integer(covered["reached"]),
            wording.percent(covered["share"]),
            wording.text("of {whole}", whole=wording.integer(covered["municipalities"])),
        )
        show.card(
            wording.text("Share of the population"),
            wording.percent(covered["population_share"]),
            _people(covered, wording),
        )
        show.card(
            wording.text("Participants"),
            wording.integer(view.days["participants"].sum()),
            wording.text("Someone who took part twice counts twice."),
        )
        show.card(
            wording.text("Theme days"),
            wording.integer(len(days)),
            wording.text("each date and place one"),
            wording.text("{local} of them local", local=wording.integer(local)),
        )


def _people(covered: pd.Series, wording: Wording) -> str:
    return wording.text(
        "{reached} of {whole} people",
        reached=wording.integer(covered["population_reached"]),
        whole=wording.integer(covered["population"]),
    )


def chosen(view: Themes) -> None:
    """The one municipality that is chosen, in a line, with the way to its page."""
    wording = view.wording
    rows = view.reach[view.reach["name"] == view.municipality].to_dict("records")
    if not rows:
        return
    [row] = rows
    said = (
        wording.text(
            "{municipality}: {participants} participants, the first on {day}.",
            municipality=row["name"],
            participants=wording.integer(row["participants"]),
            day=wording.date(row["first_on"].date()),
        )
        if row["is_reached"]
        else wording.text("{municipality} has not taken part.", municipality=row["name"])
    )
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="chosen_municipality"):
        st.markdown(show.plain(said))
        st.page_link("pages/municipality.py", label=wording.text("See its page"), icon=":material/arrow_forward:")


wording = session.language()
view = themes.begin(wording.text("How far has the work come?"), needs="days")
covered = measured.coverage(view.reach).iloc[0]
figures(view, covered)
chosen(view)
exhibit(reached_map(view, choose_map(wording)))
if grew := growth(view):
    exhibit(grew)
left, right = st.columns(2, gap="large")
with left:
    exhibit(reached_by(view, REGION))
    exhibit(participants_by(view, ROLE))
with right:
    exhibit(reached_by(view, SIZE))
    exhibit(participants_by(view, AREA))
if left_out := not_reached(view):
    exhibit(left_out)
gaps_alongside(view, beside_theme_days(view))
themes.footnotes(
    view,
    wording.text(
        "Population: Statistics Denmark, 1 January 2024. Every municipality is counted, so there is no interval."
    ),
    wording.text("Participants are counted, never named. They are professionals; no citizen is among them."),
)
