"""Summary of one municipality on a page, to read and to print before a local theme day."""

import pandas as pd
import streamlit as st

from analysis.exhibits.by_understanding import headline_and_sentence
from analysis.exhibits.gap_choices import GroupsNotChosen
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.tables import NOTHING
from analysis.exhibits.theme_day_data import ThemeDayData, choose_place
from analysis.exhibits.understandings import own_understanding
from analysis.measures.theme_days.requests import request_states
from analysis.model.theme_day_terms import Status
from analysis.web.page_scripts import FIT_CHARTS_TO_PAPER
from pages.components import empty_states, formatting, session, theme_day_page
from pages.components.actions import from_actions
from pages.components.exhibit_card import exhibit
from pages.components.exhibit_context import context
from pages.components.filter_sidebar import choose_gaps
from pages.components.headline import headline_figures
from pages.components.offer_tables import changes_by_offer
from pages.components.print_button import print_button

PRINTED = """<style>@page {size: A4; margin: 12mm} @media print {
[data-testid='stSidebar'], [data-testid='stHeader'], [data-testid='stToolbar'], .st-key-understanding_bar,
[data-testid='stPopover'], [data-testid='stExpander'], .st-key-print, [data-testid='stButton']
{display: none !important}
[data-testid='stMain'] {position: static; overflow: visible}
[data-testid='stAppViewContainer'], .stApp {position: static; overflow: visible}
[data-testid='stMainBlockContainer'] {padding: 0}
h2, h3 {break-after: avoid} [data-testid='stPlotlyChart'], tr {break-inside: avoid}
}</style>"""
"""Print only content, without filters and buttons. A script resizes the charts, which were drawn for the screen."""


def coverage(view: ThemeDayData, name: str) -> None:
    """Show the theme days that the municipality took part in, with participants."""
    wording = view.wording
    st.header(wording.text("Theme days"))
    own = view.days[view.days["municipality"] == name]
    facts = view.facts[view.facts["name"] == name]
    lines = []
    if not facts.empty:
        row = facts.iloc[0]
        lines.append(
            wording.text("{region}, {people} people.", region=row["region"], people=wording.integer(row["population"]))
        )
    if own.empty:
        lines.append(wording.text("It has not taken part in a theme day."))
    st.markdown(formatting.plain(" ".join(lines)))
    if own.empty:
        return
    rows = []
    for (day, place, kind), group in own.groupby(["held_on", "place", "day_kind"]):
        roles = group.groupby("role")["participants"].sum()
        rows.append(
            {
                wording.text("Date"): wording.date(day.date()),
                wording.text("Place"): place,
                wording.text("Kind"): view.word("day_kind", kind),
                wording.text("Who took part"): ", ".join(
                    f"{view.word('role', role).lower()} {wording.integer(number)}" for role, number in roles.items()
                ),
                wording.text("Participants"): wording.integer(group["participants"].sum()),
            }
        )
    _table(rows, "days", wording.text("Theme days"))


def meaning(view: ThemeDayData, name: str) -> None:
    """Show what its understanding means for carrying out its actions, if that is written."""
    for text in view.consequences.loc[view.consequences["municipality"] == name, "consequence"]:
        st.markdown(f"**{view.wording.text('What it means for the actions')}** {formatting.plain(text)}")


def actions(view: ThemeDayData, name: str) -> None:
    """Show its actions by priority, and the stage of each."""
    wording = view.wording
    own = view.actions[view.actions["municipality"] == name]
    if own.empty:
        return
    st.header(wording.text("Actions"))
    rows = []
    for row in own.to_dict("records"):
        since = row[f"{row['status']}_on"]
        rows.append(
            {
                wording.text("Priority"): _integer(row["priority"], view),
                wording.text("Action"): row["action"],
                wording.text("How far"): view.word("status", row["status"]),
                wording.text("Since"): NOTHING if pd.isna(since) else wording.date(since.date()),
                wording.text("Responsible area"): view.word("area", row["responsible"]),
                wording.text("Areas involved"): ", ".join(view.word("area", one) for one in row["involved"]) or NOTHING,
            }
        )
    done = int(own["status"].isin([Status.RUNNING, Status.EVALUATED]).sum())
    st.markdown(
        formatting.plain(
            wording.texts(
                "{done} of {count} action is running or evaluated.",
                "{done} of {count} actions are running or evaluated.",
                len(own),
                done=wording.integer(done),
            )
        )
    )
    _table(rows, "actions", wording.text("Actions"))


def _integer(number: float, view: ThemeDayData) -> str:
    return NOTHING if pd.isna(number) else view.wording.integer(int(number))


def requests(view: ThemeDayData, name: str) -> None:
    """Show its requests."""
    wording = view.wording
    own = view.requests[view.requests["municipality"] == name]
    if own.empty:
        return
    st.header(wording.text("Requests"))
    rows = [
        {
            wording.text("Received"): wording.date(row["requested_on"].date()),
            wording.text("Request"): view.word("request", row["request"]),
            wording.text("State"): view.word("state", row["state"]),
            wording.text("Days"): wording.integer(row["waited"]),
            wording.text("Next step"): row["next_step"] if isinstance(row["next_step"], str) else NOTHING,
        }
        for row in request_states(own, view.until).to_dict("records")
    ]
    _table(rows, "requests", wording.text("Requests"))


def gaps(view: ThemeDayData, name: str) -> GapData | None:
    """Show the gaps of its offers, and the adjustments of each. Return them; None if there are none."""
    wording = view.wording
    st.header(wording.text("Offers, adjustments and gaps"))
    try:
        found = choose_gaps(wording, synthetic=view.synthetic, municipality=name)
    except GroupsNotChosen as open_choice:
        st.caption(formatting.plain(empty_states.why_no_gap(open_choice.dimension, wording)))
        return None
    if found is None:
        st.caption(
            formatting.plain(wording.text("No courses or counts of {municipality} are stored.", municipality=name))
        )
        return None
    if not found.is_now:
        st.caption(
            formatting.plain(
                wording.text(
                    "All offers of the municipality, each before and after its own first adjustment, also where "
                    "another page shows one offer or a later adjustment."
                )
            )
        )
    headline, sentence = headline_and_sentence(found)
    st.markdown(f"**{formatting.plain(headline)}** {formatting.plain(sentence)}")
    headline_figures(found)
    _table(changes_by_offer(found), "offers", wording.text("Offers, adjustments and gaps"))
    formatting.footnotes(found)
    return found


def _table(rows: list[dict[str, str]], key: str, alt: str) -> None:
    """Show a table that prints correctly."""
    st.table(pd.DataFrame(rows).map(formatting.plain), hide_index=True)


wording = session.language()
view = theme_day_page.choose(wording, beside_gaps=True)
st.html(f"{PRINTED}<script>{FIT_CHARTS_TO_PAPER}</script>", unsafe_allow_javascript=True)
name = choose_place(context(wording), view)
if not name:
    theme_day_page.nothing_stored(wording)
formatting.heading(name, wording, synthetic=view.synthetic)
print_button(wording)
coverage(view, name)
if own := own_understanding(view, name):
    exhibit(own)
meaning(view, name)
actions(view, name)
requests(view, name)
from_actions.of_municipality(view, name, gaps(view, name))
theme_day_page.footnotes(view)
