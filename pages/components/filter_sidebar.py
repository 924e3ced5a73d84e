"""Filter sidebar, the same on every page with numbers, with the number of selected citizens."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from analysis.exhibits.gap_choices import (
    FIRST_MONTH,
    LAST_MONTH,
    MORE,
    PLACES,
    GroupsNotChosen,
    chosen_gap_data,
    every_gap,
    other_gap_data,
)
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.model.choices import CLEARED
from analysis.model.choices import MORE as RARE
from analysis.model.terms import Subject
from pages.components import empty_states, exact_counts, formatting
from pages.components.choice_state import clear
from pages.components.exhibit_context import context
from pages.components.process import settings
from pages.components.session import data, journal_differences


def choose(wording: Wording) -> GapData:
    """Draw the filters and return the gap data. If there is nothing to show, state the next step and stop the page."""
    if journal_differences():
        st.error(wording.text("The database is not as it was stored. See Imports on the upload page."))
    stored = data()
    if not stored.coverage(stored.database.version()):
        empty_states.no_data(wording)
    try:
        with st.sidebar:
            view = chosen_gap_data(context(wording, _sections(wording)))
    except GroupsNotChosen as open_choice:
        empty_states.groups_not_chosen(open_choice.dimension, wording)
    if view is None:
        empty_states.one_group(wording)
    _show_how_many(view)
    if view.months.empty:
        empty_states.nothing_left(wording)
    return view


def choose_question(wording: Wording) -> GapData:
    """Draw the choices of the question alone, and return the gaps of all municipalities; otherwise as ``choose``."""
    if not data().coverage(data().database.version()):
        empty_states.no_data(wording)
    try:
        with st.sidebar:
            view = every_gap(context(wording))
    except GroupsNotChosen as open_choice:
        empty_states.groups_not_chosen(open_choice.dimension, wording)
    if view is None:
        empty_states.one_group(wording)
    return view


def choose_gaps(wording: Wording, *, synthetic: bool, municipality: str | None = None) -> GapData | None:
    """Return the gap data of a municipality, or of all, for a page with another subject; None if there are no data."""
    here = context(wording)
    with st.sidebar:
        if synthetic in here.data.coverage(here.version(synthetic, Subject.GAPS)):
            st.caption(wording.text("For the gaps on this page"))
        return other_gap_data(here, synthetic=synthetic, municipality=municipality)


def _sections(wording: Wording) -> dict[str, Callable[[], Any]]:
    """Return the sections for the filters: places at the top, rare filters in an expander, months side by side."""
    columns: list[Any] = []

    def first_month() -> Any:
        columns.extend(st.columns(2))
        return columns[0]

    is_open = any(key in st.query_params for key in RARE)
    return {
        PLACES: st.container,
        MORE: lambda: st.expander(wording.text("More choices"), expanded=is_open),
        FIRST_MONTH: first_month,
        LAST_MONTH: lambda: columns[1],
    }


def _show_how_many(view: GapData) -> None:
    """Show the number of selected citizens, and a button that clears the filters."""
    wording = view.wording
    left, whole = view.left, view.whole
    with st.sidebar:
        if 0 < left < settings().smallest_count:
            said = wording.text(
                "Your choices leave fewer than {smallest} citizens.", smallest=settings().smallest_count
            )
        elif left == whole:
            said = wording.texts("{count} citizen", "{count} citizens", whole)
        else:
            said = wording.text(
                "Your choices leave {left} of {whole} citizens.",
                left=wording.integer(left),
                whole=wording.integer(whole),
            )
        st.caption(formatting.plain(said))
        if not view.synthetic:
            exact_counts.offer(wording)
        st.button(
            wording.text("Clear all choices"),
            key="clear_choices",
            icon=":material/restart_alt:",
            on_click=clear,
            args=(CLEARED,),
            disabled=not any(key in st.query_params for key in CLEARED),
            width="stretch",
        )
