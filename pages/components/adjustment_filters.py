"""Chips, search and sort order of the catalogue, and the sentence that says how many are left and which."""

from collections.abc import Sequence

import streamlit as st

from analysis.exhibits.adjustments.filters import Filter, filters, matching
from analysis.exhibits.adjustments.results import WithResult, in_order
from analysis.exhibits.choosing import Options
from analysis.i18n import Wording
from pages.components import formatting
from pages.components.choice_state import clear
from pages.components.choice_widgets import pick, pick_several, pick_text

AT_ONCE = ("result", "tags", "involved")
"""Filters that are shown without a click."""
BESIDE = ("result", "involved")
"""Those of them that stand beside each other."""
MOST_NAMED = 4
"""Most adjustments that the sentence names."""


def narrowed(found: Sequence[WithResult], wording: Wording) -> list[WithResult]:
    """Show the filters, and return the adjustments that they leave, in the chosen order."""
    orders = {
        "change": wording.text("What happened"),
        "date": wording.text("Newest first"),
        "name": wording.text("Name"),
        "municipality": wording.text("Municipality"),
    }
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        search = pick_text("search", wording.text("Search in the adjustments"))
    with right:
        order = pick(Options("order", wording.text("Sorted by"), orders))
    offered = filters(wording)
    chosen = {}
    places = dict(zip(BESIDE, st.columns(2), strict=True))
    for by in offered:
        if by.key in AT_ONCE:
            with places[by.key] if by.key in places else st.container():
                chosen[by] = _chips(by, found, wording)
    is_open = any(by.key in st.query_params for by in offered if by.key not in AT_ONCE)
    with st.expander(wording.text("More filters"), expanded=is_open, icon=":material/filter_list:"):
        chosen |= {by: _chips(by, found, wording) for by in offered if by.key not in AT_ONCE}
    kept = in_order(matching(found, chosen, search), order, wording)
    st.markdown(formatting.plain(_which(kept, len(found), chosen, search, wording)))
    if not kept or search or any(chosen.values()):
        keys = ("search", *(by.key for by in offered))
        st.button(
            wording.text("Clear the search"), key="clear_search", icon=":material/close:", on_click=clear, args=(keys,)
        )
    return kept


def _chips(by: Filter, found: Sequence[WithResult], wording: Wording) -> list[str]:
    """Show the chips of a filter, unless all adjustments have the same."""
    options = by.options(found, wording)
    narrows = any(code not in by.codes(one) for one in found for code in options)
    if not narrows and by.key not in st.query_params:
        return []
    return pick_several(by.key, by.title, options)


def _which(
    kept: Sequence[WithResult], number: int, chosen: dict[Filter, list[str]], search: str, wording: Wording
) -> str:
    """Say how many adjustments are left, by which choices, and which they are if they are few."""
    said = wording.text("{shown} of {all} adjustments", shown=wording.integer(len(kept)), all=wording.integer(number))
    names = [by.label(code) for by, codes in chosen.items() for code in codes]
    names += [wording.text("“{search}”", search=search)] if search else []
    if names:
        said = f"{said}: {' · '.join(names)}"
    if not kept:
        remedy = wording.text("Take a choice away, or search for another word.")
        return f"{said}. {remedy}"
    if len(kept) < number and len(kept) <= MOST_NAMED:
        which = (f"{one.adjustment.title} ({one.adjustment.offer}, {one.adjustment.municipality})" for one in kept)
        return f"{said}. {'; '.join(which)}."
    return f"{said}."
