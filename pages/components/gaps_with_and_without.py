"""Gaps of municipalities with and without something, with a caution to the reader."""

import streamlit as st

from analysis.exhibits.gap_choices import GroupsNotChosen
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.exhibits.with_and_without import ComparedSides, gaps_with_and_without, shown_on_each_side
from analysis.i18n.sentences import rate_name
from analysis.model.terms import Understanding
from pages.components import formatting
from pages.components.empty_states import why_no_gap
from pages.components.exhibit_card import exhibit
from pages.components.filter_sidebar import choose_gaps

FEW = 10
"""Number of municipalities on a side below which the page states that they are few."""


def show_gaps_with_and_without(themes: ThemeDayData, two: ComparedSides) -> GapData | None:
    """Show how the gaps changed in the municipalities of each side, as a description. Return them; None without any."""
    wording = themes.wording
    try:
        view = choose_gaps(wording, synthetic=themes.synthetic)
    except GroupsNotChosen as open_choice:
        st.header(formatting.plain(two.asks))
        st.caption(formatting.plain(why_no_gap(open_choice.dimension, wording)))
        return None
    if view is None:
        st.header(formatting.plain(two.asks))
        st.caption(wording.text("No courses or counts are stored, so there is no gap to set beside it."))
        return None
    found = gaps_with_and_without(themes, view, two)
    exhibit(found)
    lines = [found.caution]
    if min(shown_on_each_side(themes, view, two)) < FEW:
        lines.append(wording.text("With so few municipalities the next one could turn the picture."))
    rate = rate_name(view.rate, wording)
    lines.append(
        wording.text("Measured in {rate} by {dimension}.", rate=rate, dimension=view.dimension.label(wording.code))
    )
    if view.question.understanding is Understanding.DISADVANTAGED:
        lines.append(wording.text("Here a rise is the better way."))
    st.caption("  \n".join(formatting.plain(line) for line in lines))
    return view
