"""Form of an offer: name, completion rule, time to complete and end. What they change is shown before it is saved."""

import datetime as dt

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.offers import names
from analysis.i18n import Wording
from analysis.intake.contract import Form
from analysis.intake.offer_entries import OfferChange, Place
from pages.components import form_entry, formatting, permissions
from pages.components.offers.effect import show_effect

OFFER, NAME, RULE, DAYS, END = (f"offer_{field}" for field in ("place", "name", "rule", "days", "end"))
"""Session keys of the fields."""
LONGEST_NAME, LONGEST_RULE, MOST_DAYS = 120, 400, 1_500


def fill_in(place: Place, new_name: str) -> None:
    """Fill in the form with an offer and a new name."""
    st.session_state[OFFER] = place
    st.session_state[NAME] = new_name


def change_offer(view: GapData) -> None:
    """Ask for an offer and what is to be changed, show the effect, and save it once the person agrees."""
    wording = view.wording
    st.header(wording.text("Change an offer"))
    own = permissions.own_places(sorted({municipality for municipality, _ in view.offers}), Action.STORE)
    places = {f"{offer}, {municipality}": (municipality, offer) for municipality, offer in view.offers}
    places = {name: places[name] for name in wording.in_order(places) if places[name][0] in own}
    if not places:
        everywhere = {municipality for municipality, _ in view.offers}
        why = permissions.reason_not_allowed(Action.STORE, wording, everywhere) or ""
        st.info(formatting.plain(why), icon=":material/block:")
        return
    if st.session_state.get(OFFER) not in places.values():
        st.session_state[OFFER] = None
    labels = {place: label for label, place in places.items()}
    place = st.selectbox(
        wording.text("Offer"),
        list(labels),
        format_func=labels.__getitem__,
        key=OFFER,
        placeholder=wording.text("choose one"),
        on_change=_empty_fields,
    )
    if place is None:
        return
    change = _asked(view, place)
    if change.is_empty:
        return
    if mistakes := _mistakes(change, wording):
        st.error("  \n".join(map(formatting.plain, mistakes)), icon=":material/error:")
        return
    show_effect(view, change)
    if st.button(wording.text("Save"), type="primary", icon=":material/save:", key="offer_save"):
        _save(view, change)
        st.rerun()


def _asked(view: GapData, place: Place) -> OfferChange:
    """Ask for the fields; those that are left as they are change nothing."""
    wording, (municipality, offer) = view.wording, place
    now = view.offers[place]
    others = wording.in_order(other for where, other in view.offers if where == municipality and other != offer)
    left, right = st.columns(2)
    name = left.selectbox(
        wording.text("New name, or another offer that it is the same as"),
        others,
        index=None,
        key=NAME,
        accept_new_options=True,
        placeholder=offer,
        help=wording.text("The numbers of two offers that are the same are added up, until the entry is taken back."),
    )
    rule = right.text_input(wording.text("What counts as completed"), key=RULE, placeholder=now.completion_rule or "")
    days = left.number_input(
        wording.text("Days until a course has had time to be completed"),
        min_value=1,
        max_value=MOST_DAYS,
        value=None,
        key=DAYS,
        placeholder=str(now.stated_days or now.measured_days or ""),
        help=wording.text("Courses that began later count as still running, and are in no completion rate."),
    )
    ended = right.date_input(
        wording.text("The offer has ended on"),
        value=None,
        min_value=dt.date(1990, 1, 1),
        format="DD-MM-YYYY",
        key=END,
        help=wording.text("From then on nobody is asked for new data of the offer."),
    )
    return OfferChange(
        municipality,
        offer,
        new_name=str(name).strip() or None if name and str(name).strip() != offer else None,
        completion_rule=rule.strip() or None,
        follow_up_days=int(days) if days else None,
        ended_on=ended if isinstance(ended, dt.date) else None,
    )


def _mistakes(change: OfferChange, wording: Wording) -> list[str]:
    found = []
    for text, most, label in (
        (change.new_name, LONGEST_NAME, wording.text("The name")),
        (change.completion_rule, LONGEST_RULE, wording.text("The rule")),
    ):
        if text and len(text) > most:
            found.append(
                wording.text(
                    "{field} has {length} characters and may have {most}. Shorten it.",
                    field=label,
                    length=wording.integer(len(text)),
                    most=wording.integer(most),
                )
            )
    return found


def _save(view: GapData, change: OfferChange) -> None:
    wording = view.wording
    values = {"offer": change.offer, "municipality": change.municipality}
    said = wording.text("What you entered on {offer} in {municipality} is saved.", **values)
    if change.new_name:
        said = wording.text("“{offer}” in {municipality} is now “{name}”.", name=change.new_name, **values)
    name = wording.text("offer-{offer}", offer=change.offer) + ".xlsx"
    if form_entry.enter(view, {Form.OFFERS: change.rows(names(view))}, name, said):
        st.session_state.pop(OFFER, None)
        _empty_fields()


def _empty_fields() -> None:
    for key in (NAME, RULE, DAYS, END):
        st.session_state.pop(key, None)
