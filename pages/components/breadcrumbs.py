"""Breadcrumbs of the current selection, each with a link."""

import streamlit as st

from analysis.exhibits.gap_data import GapData
from analysis.model.choices import ALL
from pages.components import formatting
from pages.components.choice_state import choose_instead


def breadcrumbs(view: GapData) -> None:
    """Show all municipalities › a municipality › an offer: every step except the last is a link."""
    chosen, wording = view.selection, view.wording
    steps = [(wording.text("All municipalities"), {"municipality": ALL, "offer": ALL})]
    if chosen.municipality:
        steps.append((chosen.municipality, {"offer": ALL}))
    if chosen.offer:
        steps.append((chosen.offer, {}))
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="trail"):
        for place, (name, back) in enumerate(steps):
            if place:
                st.markdown("›", width="content")
            if place == len(steps) - 1:
                st.text(name, width="content")
            else:
                st.button(
                    formatting.plain(name), key=f"trail_{place}", type="tertiary", on_click=choose_instead, kwargs=back
                )
