"""Coverage page of the theme days: municipalities and people reached, dates, participants, and gaps in coverage."""

import pandas as pd
import streamlit as st

from analysis.exhibits.municipalities import map_options
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.exhibits.theme_day_reach import (
    AREA,
    REGION,
    ROLE,
    SIZE,
    growth,
    not_reached,
    participants_by,
    reached_by,
    reached_map,
)
from analysis.exhibits.with_and_without import theme_days_with_and_without
from analysis.i18n import Wording
from analysis.measures.theme_days import reach as measured
from analysis.model.terms import Subject
from analysis.model.theme_day_terms import DayKind
from pages.components import formatting, session, theme_day_page
from pages.components.adjustment.spread_of_ideas import ideas
from pages.components.choice_widgets import pick
from pages.components.exhibit_card import exhibit
from pages.components.exhibit_context import context
from pages.components.gaps_with_and_without import show_gaps_with_and_without


def figures(view: ThemeDayData, covered: pd.Series) -> None:
    """Show four cards: municipalities, people, participants, theme days."""
    wording = view.wording
    days = view.days.drop_duplicates(["held_on", "place"])
    local = int((days["day_kind"] == DayKind.LOCAL).sum())
    with st.grid(4, min_column_width=200, key="spread_figures"):
        formatting.card(
            wording.text("Municipalities reached"),
            wording.integer(covered["reached"]),
            wording.percent(covered["share"]),
            wording.text("of {whole}", whole=wording.integer(covered["municipalities"])),
        )
        formatting.card(
            wording.text("Share of the population"),
            wording.percent(covered["population_share"]),
            _people(covered, wording),
        )
        formatting.card(
            wording.text("Participants"),
            wording.integer(view.days["participants"].sum()),
            wording.text("Someone who took part twice counts twice."),
        )
        formatting.card(
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


def chosen(view: ThemeDayData) -> None:
    """Show the chosen municipality in one line, with a link to its page."""
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
        st.markdown(formatting.plain(said))
        st.page_link("municipality.py", label=wording.text("See its page"), icon=":material/arrow_forward:")


wording = session.language()
view = theme_day_page.begin(wording.text("How far has the work come?"), needs="days")
covered = measured.coverage(view.reach).iloc[0]
figures(view, covered)
chosen(view)
exhibit(reached_map(view, pick(map_options(wording))))
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
here = context(wording)
ideas(here.data, here.version(view.synthetic, Subject.GAPS), wording, synthetic=view.synthetic)
show_gaps_with_and_without(view, theme_days_with_and_without(view))
theme_day_page.footnotes(
    view,
    wording.text(
        "Population: Statistics Denmark, 1 January 2024. Every municipality is counted, so there is no interval."
    ),
    wording.text("Participants are counted, never named. They are professionals; no citizen is among them."),
)
