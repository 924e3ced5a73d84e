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


def narrowed(found: Sequence[WithResult], wording: Wording) -> tuple[list[WithResult], str]:
    """Show the filters; return the adjustments that they leave, in order, and the names of what is chosen."""
    orders = {
        "change": wording.text("Clearly better first"),
        "date": wording.text("Newest first"),
        "name": wording.text("Name"),
        "municipality": wording.text("Municipality"),
    }
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        search = pick_text("search", wording.text("Search in the adjustments"))
    with right:
        order = pick(Options("order", wording.text("Sorted by"), orders))
    chosen = _chips({by: by.options(found, wording) for by in filters(wording) if _narrows(by, found)}, wording)
    kept = in_order(matching(found, chosen, search), order, wording)
    names = _names(chosen, search, wording)
    st.markdown(formatting.plain(_which(kept, len(found), names, wording)))
    if not kept or names:
        keys = ("search", *(by.key for by in chosen))
        st.button(
            wording.text("Clear the search"), key="clear_search", icon=":material/close:", on_click=clear, args=(keys,)
        )
    return kept, names


def _narrows(by: Filter, found: Sequence[WithResult]) -> bool:
    """Return whether a filter can leave some adjustments out, or is chosen."""
    return by.key in st.query_params or len({frozenset(by.codes(one)) for one in found}) > 1


def _chips(offered: dict[Filter, dict[str, str]], wording: Wording) -> dict[Filter, list[str]]:
    """Show the filters with their options as chips, and return the choices."""
    chosen = {}
    places = dict(zip(BESIDE, st.columns(2), strict=True))
    rest = {by: options for by, options in offered.items() if by.key not in AT_ONCE}
    for by, options in offered.items():
        if by.key in AT_ONCE:
            with places[by.key] if by.key in places else st.container():
                chosen[by] = pick_several(by.key, by.title, options)
    if rest:
        is_open = any(by.key in st.query_params for by in rest)
        with st.expander(wording.text("More filters"), expanded=is_open, icon=":material/filter_list:"):
            chosen |= {by: pick_several(by.key, by.title, options) for by, options in rest.items()}
    return chosen


def _names(chosen: dict[Filter, list[str]], search: str, wording: Wording) -> str:
    """Return the names of what is chosen and searched for."""
    names = [by.label(code) for by, codes in chosen.items() for code in codes]
    return " · ".join(names + ([wording.text("“{search}”", search=search)] if search else []))


def _which(kept: Sequence[WithResult], number: int, names: str, wording: Wording) -> str:
    """Say how many adjustments are left, by which choices, and which they are if they are few."""
    said = wording.text("{shown} of {all} adjustments", shown=wording.integer(len(kept)), all=wording.integer(number))
    if names:
        said = f"{said}: {names}"
    if not kept:
        remedy = wording.text("Take a choice away, or search for another word.")
        return f"{said}. {remedy}"
    if len(kept) < number and len(kept) <= MOST_NAMED:
        which = (f"{one.adjustment.title} ({one.adjustment.offer}, {one.adjustment.municipality})" for one in kept)
        return f"{said}. {'; '.join(which)}."
    return f"{said}."
