"""Groups, adjustments, actions and places whose names may be one, each pair with buttons to join them."""

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.offers import names_of_today, other_names
from analysis.intake.contract import Form
from analysis.intake.name_entries import SameName, alike_names, alike_places, for_sheet, only_in
from analysis.model.terms import Named
from analysis.store import StoredName, danish_municipalities
from pages.components import form_entry, formatting, permissions

MOST_PAIRS = 6
"""Number of pairs that are shown."""


def show_same_names(view: GapData) -> None:
    """Show the pairs of alike names. A button gives both the same name, until the entry is undone."""
    wording = view.wording
    pairs = alike_names(names_of_today(view))
    places = alike_places(municipality for municipality, _ in view.offers)
    if not pairs and not places:
        return
    st.header(
        wording.texts(
            "{count} pair of names that may be one", "{count} pairs of names that may be one", len(pairs) + len(places)
        )
    )
    for number, of_places in enumerate(places[:MOST_PAIRS]):
        _show_places(view, number, of_places)
    for number, (one, other) in enumerate(pairs[:MOST_PAIRS]):
        with st.container(horizontal=True, vertical_alignment="center", key=f"same_{number}"):
            st.markdown(formatting.plain(_described(view, one, other)))
            for renamed, kept in ((other, one), (one, other)):
                _offer_name(view, renamed, kept.name)
    if max(len(pairs), len(places)) > MOST_PAIRS:
        st.caption(wording.text("The others follow once these are settled."))


def _show_places(view: GapData, number: int, places: tuple[str, str]) -> None:
    """Show two places, with buttons to store what is stored of one under the name of the other."""
    wording = view.wording
    with st.container(horizontal=True, vertical_alignment="center", key=f"same_place_{number}"):
        said = wording.text("The places “{one}” and “{other}”", one=places[0], other=places[1])
        st.markdown(formatting.plain(said))
        why = permissions.reason_not_allowed(Action.STORE, wording, places)
        for place, name in (places, places[::-1]):
            if place in danish_municipalities():
                continue
            label = wording.text("Call both “{name}”", name=name)
            if st.button(label, key=f"call_place_{number}_{name}", **permissions.disabled_if(why)):
                form_entry.join_places(view, place, name)
                st.rerun()


def _offer_name(view: GapData, renamed: StoredName, name: str) -> None:
    """Show a button that gives a name to both, in the municipalities for which the person may."""
    wording = view.wording
    own = only_in(renamed, permissions.own_places(renamed.municipalities, Action.STORE))
    why = None
    if not own.municipalities:
        why = permissions.reason_not_allowed(Action.STORE, wording, renamed.municipalities)
    key = "_".join(("call", renamed.kind, renamed.belongs_to, renamed.name, name))
    if st.button(wording.text("Call both “{name}”", name=name), key=key, **permissions.disabled_if(why)):
        said = wording.text("“{old}” is now “{name}”.", old=renamed.name, name=name)
        entries = SameName(own, name).entries(other_names(view))
        if form_entry.enter(view, {Form.NAMES: for_sheet(entries)}, f"{renamed.name} = {name}.xlsx", said):
            st.rerun()


def _described(view: GapData, one: StoredName, other: StoredName) -> str:
    wording = view.wording
    names = {"one": one.name, "other": other.name}
    match one.kind:
        case Named.GROUP:
            dimension = view.data.dimensions(view.request.version)[one.belongs_to].label(wording.code)
            return wording.text("The groups “{one}” and “{other}” of {dimension}", dimension=dimension, **names)
        case Named.ADJUSTMENT:
            place = {"offer": one.belongs_to, "municipality": one.municipalities[0]}
            return wording.text("The adjustments “{one}” and “{other}” of {offer}, {municipality}", **place, **names)
        case _:
            return wording.text("The actions “{one}” and “{other}”", **names)
