"""Page of one adjustment: its story, its test rounds above the chart of the offer, and similar ones elsewhere."""

from dataclasses import replace

import streamlit as st

from analysis.exhibits.adjustments.adjustment import Adjustment, stored_adjustments
from analysis.exhibits.adjustments.filters import similar
from analysis.exhibits.adjustments.results import WithResult, why_unknown, with_results
from analysis.exhibits.adjustments.texts import what_happened, where_and_when
from analysis.exhibits.choosing import Options
from analysis.exhibits.drawn_periods import QUARTER
from analysis.exhibits.gap_choices import offer_gap_data
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.over_time import CALENDAR, over_time
from analysis.i18n import Wording
from pages.components import form_entry, formatting, session
from pages.components.actions import from_actions
from pages.components.adjustment import editing, history, planning, spread_of_ideas, story
from pages.components.choice_widgets import pick
from pages.components.exhibit_card import exhibit
from pages.components.exhibit_context import context
from pages.components.filter_sidebar import choose_question
from pages.components.print_button import print_button

NONE = ""


def choose_adjustment(known: dict[str, Adjustment], wording: Wording) -> Adjustment | None:
    """Choose an adjustment by its title and place; None before a choice."""
    names = {f"{one.title} · {one.offer}, {one.municipality}": one.id for one in known.values()}
    labels = {NONE: wording.text("choose one"), **{names[name]: name for name in wording.in_order(names)}}
    return known.get(pick(Options("case", wording.text("Adjustment"), labels, NONE)))


def result(view: GapData, own: WithResult, listed: WithResult, number: int) -> None:
    """Show the result in careful words, and the chart of the offer with the test rounds."""
    wording = view.wording
    found = over_time(view, QUARTER, CALENDAR)
    said = found.answers if found else ""
    if not own.divides or own.change is None:
        said = f"{why_unknown(view, own)} {said}"
    elif not view.dimension.is_undivided:
        said = what_happened(view, listed, number)
    asks = wording.text("What happened")
    if found:
        exhibit(replace(found, key="adjustment_over_time", asks=asks, answers=said, drill=(), tellable=False))
    else:
        st.header(asks)
        st.markdown(formatting.plain(said))


wording = session.language()
view = choose_question(wording)
known = {one.id: one for one in stored_adjustments(view.data, view.request.version, view.synthetic)}
made = choose_adjustment(known, wording)
if made is None:
    st.title(wording.text("One adjustment"))
    form_entry.show_last_entry(wording)
    st.info(wording.text("Choose an adjustment to read how it was made and what happened."), icon=":material/tune:")
    st.page_link("adjustments.py", label=wording.text("See all adjustments"), icon=":material/arrow_forward:")
    st.stop()
formatting.heading(made.title, wording, synthetic=view.synthetic)
st.caption(formatting.plain(where_and_when(made, wording)))
print_button(wording)
story.beginning(made, wording)
from_actions.of_adjustment(view, made)
story.tried(made, wording)
form_entry.show_last_entry(wording)
editing.add_round(view, made)
editing.edit(view, made)
listed = with_results(view)
of_offer = offer_gap_data(context(wording), view, made.place[:2], made.code)
if of_offer is None:
    st.info(wording.text("No numbers of this offer are stored yet."), icon=":material/event_busy:")
else:
    own, among = (
        next(one for one in found if one.adjustment.id == made.id) for found in (with_results(of_offer), listed)
    )
    result(of_offer, own, among, sum(one.direction is not None for one in listed))
story.ending(made, wording)
story.similar_ones(similar(made, listed), wording)
spread_of_ideas.taken_up(made, tuple(known.values()), wording)
planning.plan(view, planning.idea_of(made), view.offers, wording.text("Use this in my municipality"), key=made.id)
history.history(view, made)
formatting.footnotes(of_offer or view)
