"""Offers whose names are so alike that they may be one, each with a button that fills in the form."""

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.gap_data import GapData
from analysis.intake.offer_entries import alike
from pages.components import formatting, permissions
from pages.components.offers.change_form import fill_in

MOST_PAIRS = 6
"""Number of pairs that are shown."""


def show_alike(view: GapData) -> None:
    """Show the pairs of offers with alike names."""
    wording = view.wording
    pairs = [one for one in alike(view.offers) if view.selection.municipality in (None, one[0])]
    if not pairs:
        return
    st.header(wording.texts("{count} pair that may be one offer", "{count} pairs that may be one offer", len(pairs)))
    for number, (municipality, offer, other) in enumerate(pairs[:MOST_PAIRS]):
        with st.container(horizontal=True, vertical_alignment="center", key=f"alike_{number}"):
            st.markdown(
                formatting.plain(
                    wording.text(
                        "“{offer}” and “{other}” in {municipality}",
                        offer=offer,
                        other=other,
                        municipality=municipality,
                    )
                )
            )
            st.button(
                wording.text("See them as one"),
                key=f"merge_{number}",
                on_click=fill_in,
                args=((municipality, offer), other),
                **permissions.disabled_if(permissions.reason_not_allowed(Action.STORE, wording, [municipality])),
            )
