"""Form for a new adjustment of an offer."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.i18n.vocabulary import WORDS, word_in
from analysis.intake.values.dates import EARLIEST, latest_planned
from analysis.model.terms import Aim
from pages.components import form_entry, formatting, permissions
from pages.components.adjustment_cards import aim_name
from pages.components.choice_widgets import Widgets

LONGEST_TITLE, LONGEST_TEXT = 120, 1000
"""Numbers of characters. A field that is limited to them would ignore a longer text that is pasted, without a word."""
ADDED = "adjustments_added"
"""Session key of the number of adjustments that the person has added. Fields of the next one have other keys: a browser
keeps what stands in a field while its key is the same."""
Place = tuple[str, str]
"""Municipality and offer."""


def is_asked_for() -> bool:
    """Return True if a link asks for the form."""
    return bool(Widgets().requested("add"))


def add_one(view: GapData, *, expanded: bool) -> None:
    """Show the form, or why the person may not add an adjustment. It is made only when it is open."""
    wording = view.wording
    place = st.expander(
        wording.text("Add an adjustment"),
        expanded=expanded,
        icon=":material/add_circle:",
        key=f"new_adjustment_{expanded}",
        on_change="rerun",
    )
    if not place.open:
        return
    with place:
        own = permissions.own_places(sorted({name for name, _ in view.offers}), Action.ADJUST)
        if why := _why_not(view, own):
            st.info(formatting.plain(why), icon=":material/block:")
            return
        _form(view, [place for place in view.offers if place[0] in own])
        form_entry.show_last_entry(wording)


def _why_not(view: GapData, own: list[str]) -> str | None:
    """Return why the person may not add an adjustment to any offer here; None if they may."""
    places = [] if own else {name for name, _ in view.offers}
    return permissions.reason_not_allowed(Action.ADJUST, view.wording, places)


def _form(view: GapData, places: list[Place]) -> None:
    wording = view.wording
    with st.form("adjustment_new", border=False):
        left, right = st.columns([2, 1])
        with left:
            place = _ask_offer(view, places)
        day = right.date_input(
            wording.text("Date it began, or is to begin"),
            value=None,
            min_value=EARLIEST,
            max_value=latest_planned(),
            format="DD-MM-YYYY",
            key=_key("on"),
        )
        title = st.text_input(
            wording.text("Title"),
            placeholder=wording.text("A call before the first meeting"),
            key=_key("title"),
        ).strip()
        what_changed = st.text_area(
            wording.text("What was changed (optional)"),
            height=68,
            key=_key("what"),
        ).strip()
        aim = st.radio(
            wording.text("Aim"),
            [aim.value for aim in Aim],
            index=None,
            format_func=lambda aim: aim_name(aim, wording),
            horizontal=True,
            key=_key("aim"),
        )
        yes_no = {key: word_in("yes_no", key, wording.code).capitalize() for key in WORDS["yes_no"]}
        asked = {
            "citizens_involved": wording.text("Citizens involved (optional)"),
            "staff_involved": wording.text("Staff involved (optional)"),
        }
        involved = {
            key: column.segmented_control(label, list(yes_no), format_func=yes_no.__getitem__, key=_key(key))
            for column, (key, label) in zip(st.columns(2), asked.items(), strict=True)
        }
        if not st.form_submit_button(wording.text("Add"), type="primary", icon=":material/add:"):
            return
    row = {
        "adjusted_on": day,
        "title": title,
        "what_changed": what_changed or None,
        "aim": aim,
        **involved,
    }
    _store(view, place, row)
    st.rerun()


def _ask_offer(view: GapData, places: list[Place]) -> Place | None:
    """Ask for the offer; by default the one that the page shows."""
    wording = view.wording
    named = {f"{offer}, {municipality}": (municipality, offer) for municipality, offer in places}
    names = wording.in_order(named)
    shown = f"{view.selection.offer}, {view.selection.municipality}"
    chosen = st.selectbox(
        wording.text("Offer"),
        names,
        index=names.index(shown) if shown in names else None,
        placeholder=wording.text("choose one"),
        key=_key(f"to_{shown}"),
    )
    return named[chosen] if chosen else None


def _store(view: GapData, place: Place | None, row: dict[str, Any]) -> None:
    """Store the adjustment, or report what is missing or too long. After a success the fields are empty."""
    wording = view.wording
    if mistakes := list(_mistakes(place, row, wording)):
        form_entry.refuse(*mistakes)
        return
    assert place is not None
    municipality, offer = place
    row = {"municipality": municipality, "offer": offer, **row}
    values = {"offer": offer, "municipality": municipality, "title": row["title"]}
    said = wording.text(
        "“{title}” is saved for {offer} in {municipality}, from {date}.",
        date=wording.date(row["adjusted_on"]),
        **values,
    )
    name = file_name(offer, row["adjusted_on"], wording)
    if form_entry.enter_adjustment(view, row, name, f"{said} {_note(view, place, row['adjusted_on'])}".strip()):
        st.session_state[ADDED] = st.session_state.get(ADDED, 0) + 1


def file_name(offer: str, day: dt.date, wording: Wording) -> str:
    """Return the name of the entry in the history of imports.

    The date comes first: after an offer like “Hold 010324”, it would look like the end of a CPR number.
    """
    return wording.text("adjustment-{date}-{offer}", date=day.isoformat(), offer=offer) + ".xlsx"


def _mistakes(place: Place | None, row: dict[str, Any], wording: Wording) -> Iterator[str]:
    if place is None:
        yield wording.text("Choose the offer that is adjusted.")
    if row["adjusted_on"] is None:
        yield wording.text("Choose the date on which the change began, or is to begin.")
    if not row["title"]:
        yield wording.text("Write a title: a short name for the change.")
    if (length := len(row["title"])) > LONGEST_TITLE:
        yield wording.text(
            "The title has {length} characters and may have {most}. Shorten it.",
            length=wording.integer(length),
            most=wording.integer(LONGEST_TITLE),
        )
    if (length := len(row["what_changed"] or "")) > LONGEST_TEXT:
        yield wording.text(
            "What was changed is described in {length} characters and may have {most}. Shorten it.",
            length=wording.integer(length),
            most=wording.integer(LONGEST_TEXT),
        )
    if row["aim"] is None:
        yield wording.text("Choose what the change aims at.")


def _note(view: GapData, place: Place, day: dt.date) -> str:
    """Return what the date means for before and after, if that is not obvious."""
    wording, made = view.wording, view.adjustments
    own = made[(made["municipality"] == place[0]) & (made["offer"] == place[1])]
    if (own["adjusted_on"].dt.date <= day).any():
        return wording.text("The offer's first adjustment divides before and after; this is a later one.")
    months = view.everywhere
    months = months[(months["municipality"] == place[0]) & (months["offer"] == place[1])]
    if day > dt.date.today() or day >= months["period_end"].max().date():
        return wording.text("The pages show before and after once there are months from after that date.")
    if day <= months["period_start"].min().date():
        return wording.text(
            "All months shown here are after that date, so there is no before. Is the date right? It can be taken back "
            "on the upload page."
        )
    return ""


def _key(field: str) -> str:
    return f"added_{st.session_state.get(ADDED, 0)}_{field}"
