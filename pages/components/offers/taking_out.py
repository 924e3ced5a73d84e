"""Take the numbers of a municipality out, so that no page counts them, and bring them back."""

from dataclasses import dataclass
from itertools import groupby

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.intake.contract import Form
from analysis.intake.form_entries import Row
from pages.components import form_entry, formatting, permissions, session

OUT = "take_out_municipality"
"""Session key of the municipality."""


@dataclass(frozen=True)
class Kind:
    """The language, and whether the data are synthetic."""

    wording: Wording
    synthetic: bool


def take_out(view: GapData) -> None:
    """Ask for a municipality whose numbers no page is to count any more."""
    wording = view.wording
    own = permissions.own_places(sorted({municipality for municipality, _ in view.offers}), Action.STORE)
    if not own:
        return
    st.header(wording.text("Take the numbers of a municipality out"))
    if st.session_state.get(OUT) not in own:
        st.session_state[OUT] = None
    place = st.selectbox(
        wording.text("Municipality"),
        wording.in_order(own),
        index=None,
        key=OUT,
        placeholder=wording.text("choose one"),
    )
    if place is None:
        return
    offers = wording.in_order(offer for municipality, offer in view.offers if municipality == place)
    st.markdown(
        formatting.plain(
            wording.texts(
                "No page and no file will count {count} offer of {municipality}, until it is brought back here. "
                "Nothing is deleted.",
                "No page and no file will count the {count} offers of {municipality}, until they are brought back "
                "here. Nothing is deleted.",
                len(offers),
                municipality=place,
            )
        )
    )
    if st.button(wording.text("Take out"), icon=":material/visibility_off:", key="take_out"):
        said = wording.text("The numbers of {municipality} are taken out.", municipality=place)
        if form_entry.enter(
            view,
            {Form.OFFERS: _rows(Kind(wording, view.synthetic), place, offers, "yes")},
            wording.text("{municipality} taken out", municipality=place) + ".xlsx",
            said,
        ):
            st.session_state.pop(OUT, None)
        st.rerun()


def bring_back(wording: Wording) -> bool:
    """Show the offers that are taken out, each municipality with a button. Return whether there are any."""
    data = session.data()
    found = False
    for synthetic in (False, True):
        out = data.taken_out(data.database.version(), synthetic)
        for place, of_place in groupby(out, key=lambda one: one[0]):
            offers = wording.in_order(offer for _, offer in of_place)
            found = True
            _show_taken_out(Kind(wording, synthetic), place, offers)
    return found


def _show_taken_out(kind: Kind, place: str, offers: list[str]) -> None:
    wording = kind.wording
    with st.container(horizontal=True, vertical_alignment="center", key=f"out_{place}_{kind.synthetic}"):
        said = wording.text(
            "Taken out, and counted nowhere: {offers} ({municipality})", offers=", ".join(offers), municipality=place
        )
        st.warning(formatting.plain(said), icon=":material/visibility_off:")
        why = permissions.reason_not_allowed(Action.STORE, wording, [place])
        key = f"bring_back_{place}_{kind.synthetic}"
        if st.button(wording.text("Bring back"), key=key, **permissions.disabled_if(why)):
            said = wording.text("The numbers of {municipality} count again.", municipality=place)
            form_entry.enter(
                kind,
                {Form.OFFERS: _rows(kind, place, offers, "no")},
                wording.text("{municipality} brought back", municipality=place) + ".xlsx",
                said,
            )
            st.rerun()


def _rows(kind: Kind, municipality: str, offers: list[str], taken_out: str) -> list[Row]:
    """Return a row for each offer, and for each name that files have for it: a name can be taken back."""
    data = session.data()
    names = data.written_names(data.database.version(), kind.synthetic)
    written = [name for (place, name), new in names.items() if place == municipality and new in offers]
    return [
        {"municipality": municipality, "offer": offer, "taken_out": taken_out}
        for offer in dict.fromkeys([*offers, *written])
    ]
