"""Form for a new adjustment of an offer."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.intake.contract import Form
from pages.components import form_entry, formatting, permissions
from pages.components.adjustment.fields import ask_change, ask_day, ask_story, mistakes, mistakes_of_texts
from pages.components.choice_widgets import Widgets

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
        with right:
            day = ask_day(wording, _key, {})
        title = st.text_input(
            wording.text("Title"),
            placeholder=wording.text("A call before the first meeting"),
            key=_key("title"),
        ).strip()
        change = ask_change(wording, _key, {})
        with st.expander(wording.text("The story behind it (optional)"), icon=":material/auto_stories:"):
            story = ask_story(wording, _key, {})
        form_entry.ask_name(wording, _key("person"))
        with st.container(horizontal=True):
            is_sent = st.form_submit_button(wording.text("Add"), type="primary", icon=":material/add:")
            is_draft = st.form_submit_button(wording.text("Keep as a draft"), icon=":material/edit_note:")
    if is_sent or is_draft:
        _store(view, place, {"adjusted_on": day, "title": title, **change}, story, is_draft=is_draft)
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


def _store(view: GapData, place: Place | None, row: dict[str, Any], story: dict[str, Any], *, is_draft: bool) -> None:
    """Store the adjustment, or report what is missing or too long. After a success the fields are empty."""
    wording = view.wording
    if wrong := list(_mistakes(place, row, story, wording)):
        form_entry.refuse(*wrong)
        return
    assert place is not None
    municipality, offer = place
    key = {"municipality": municipality, "offer": offer}
    draft = {"draft": "yes"} if is_draft else {}
    rows = {Form.ADJUSTMENTS: [{**key, **row, **draft}]}
    if is_draft or any(story.values()):
        rows[Form.DESCRIPTIONS] = [{**key, "title": row["title"], **story, **draft}]
    values = {"offer": offer, "municipality": municipality, "title": row["title"]}
    if is_draft:
        said = wording.text("“{title}” is kept as a draft. Those who may change it find it under Drafts.", **values)
    else:
        said = wording.text(
            "“{title}” is saved for {offer} in {municipality}, from {date}.",
            date=wording.date(row["adjusted_on"]),
            **values,
        )
        said = f"{said} {_note(view, place, row['adjusted_on'])}".strip()
    if form_entry.enter_adjustment(view, rows, file_name(offer, row["adjusted_on"], wording), said):
        st.session_state[ADDED] = st.session_state.get(ADDED, 0) + 1


def file_name(offer: str, day: dt.date, wording: Wording) -> str:
    """Return the name of the entry in the history of imports.

    The date comes first: after an offer like “Hold 010324”, it would look like the end of a CPR number.
    """
    return wording.text("adjustment-{date}-{offer}", date=day.isoformat(), offer=offer) + ".xlsx"


def _mistakes(place: Place | None, row: dict[str, Any], story: dict[str, Any], wording: Wording) -> Iterator[str]:
    if place is None:
        yield wording.text("Choose the offer that is adjusted.")
    found = list(mistakes(row, wording))
    yield from found
    if place is not None and not found:
        yield from mistakes_of_texts({"what_changed": row["what_changed"], **story}, {}, wording)


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
