"""Social groups page: all dimensions, the groups of one, and one dimension within another."""

import streamlit as st

from analysis.exhibits.dimensions import NONE, crossed, every_dimension, within_options
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.groups import both_scales, groups
from analysis.exhibits.starters import starters
from analysis.model.terms import Rate, Understanding
from pages.components import formatting, session
from pages.components.choice_widgets import Widgets, pick
from pages.components.exhibit_card import exhibit
from pages.components.gap_page import begin


def one_dimension(view: GapData) -> None:
    """Show each group of the chosen dimension, before and after, and the gap on both scales."""
    wording = view.wording
    exhibit(groups(view))
    if view.question.understanding is Understanding.GAP:
        formatting.label(wording.text("The same gap in points and as ratios: they can disagree"))
        formatting.table(both_scales(view), key="scales", alt=wording.text("The gap in points and as ratios"))


def crossed_dimensions(view: GapData) -> None:
    """Show the chosen dimension within each group of another, for offers with courses that have both."""
    wording = view.wording
    if not view.crossable:
        return
    st.header(wording.text("And within another dimension?"))
    other = pick(within_options(view))
    if found := crossed(view, other):
        exhibit(found)
    elif other != NONE:
        st.info(wording.text("Only courses can be crossed, and this selection has none."), icon=":material/grid_off:")


wording = session.language()
view = begin(wording.text("Who is reached, who completes?"))
Widgets().must_exist("within", {NONE, *view.crossable})
one_dimension(view)
if view.rate is Rate.PARTICIPATION:
    exhibit(starters(view))
exhibit(every_dimension(view))
crossed_dimensions(view)
formatting.footnotes(view)
