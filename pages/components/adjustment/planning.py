"""Form that makes a planned adjustment of an idea from elsewhere, or of an action of a theme day."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analysis import store
from analysis.auth.roles import Action
from analysis.exhibits.adjustments.adjustment import Adjustment, Place
from analysis.exhibits.adjustments.filters import aim_name
from analysis.i18n import Wording
from analysis.intake.contract import Form
from analysis.model.terms import Aim, Practice
from pages.components import form_entry, formatting, permissions
from pages.components.adjustment.fields import date_field, mistakes
from pages.components.form_entry import View

PLANNED = "adjustments_planned"
"""Session key of the number of planned adjustments: fields have new keys after each."""
FIRST_STEP = dt.timedelta(days=30)
"""A planned adjustment begins so many days from today, unless a person picks another day."""


@dataclass(frozen=True)
class Idea:
    """What a planned adjustment begins with. ``municipality`` is where it is planned, if that is known."""

    title: str
    what_changed: str = ""
    aim: Aim | None = None
    target_group: str = ""
    tags: tuple[str, ...] = ()
    origin: Place | None = None
    action: str = ""
    municipality: str = ""
    partners: str = ""
    contact: str = ""

    @property
    def story(self) -> dict[str, Any]:
        """The description of the planned adjustment."""
        origin = self.origin or (None, None, None)
        return {
            "target_group": self.target_group or None,
            "tags": list(self.tags),
            "practice": Practice.PLANNED.value,
            "action": self.action or None,
            "partners": self.partners or None,
            "contact": self.contact or None,
            **dict(zip(("from_municipality", "from_offer", "from_title"), origin, strict=True)),
        }


def idea_of(made: Adjustment) -> Idea:
    """Return an adjustment as an idea for others."""
    return Idea(made.title, made.what_changed, made.aim, made.texts.get("target_group", ""), made.tags, made.place)


def plan(view: View, idea: Idea, offers: Collection[tuple[str, str]], label: str, *, key: str) -> None:
    """Show the form in an expander, as ``plan_form``."""
    place = st.expander(label, icon=":material/content_copy:", key=_key(f"plan_{key}"), on_change="rerun")
    if not place.open:
        return
    with place:
        plan_form(view, idea, offers, key=key)


def plan_form(view: View, idea: Idea, offers: Collection[tuple[str, str]], *, key: str) -> None:
    """Show the form; ``offers`` are the known ones, by municipality and name."""
    wording = view.wording
    known = {*store.danish_municipalities(), *(municipality for municipality, _ in offers)}
    own = permissions.own_places(sorted(known), Action.ADJUST)
    if idea.municipality:
        own = [name for name in own if name == idea.municipality]
    if not own:
        why = permissions.reason_not_allowed(Action.ADJUST, wording, [idea.municipality] if idea.municipality else [])
        st.info(formatting.plain(why or ""), icon=":material/block:")
        return
    municipality: str | None = own[0]
    if len(own) > 1:
        municipality = st.selectbox(
            wording.text("Municipality"),
            wording.in_order(own),
            index=None,
            placeholder=wording.text("choose one"),
            key=_key(f"plan_place_{key}"),
        )
    if municipality:
        _ask(view, idea, municipality, [offer for place, offer in offers if place == municipality], key)


def _ask(view: View, idea: Idea, municipality: str, offers: list[str], key: str) -> None:
    """Ask for the offer, the day and the title, and store the planned adjustment."""
    wording = view.wording
    may_add = permissions.reason_not_allowed(Action.STORE, wording, [municipality]) is None
    with st.form(_key(f"plan_form_{key}"), border=False):
        offer = st.selectbox(
            wording.text("Offer"),
            wording.in_order(offers),
            index=None,
            placeholder=wording.text("choose, or write your own") if may_add else wording.text("choose one"),
            accept_new_options=may_add,
            key=_key(f"plan_offer_{key}_{municipality}"),
        )
        title = st.text_input(wording.text("Title"), idea.title, key=_key(f"plan_title_{key}")).strip()
        day = date_field(wording.text("Date it is to begin"), dt.date.today() + FIRST_STEP, _key(f"plan_on_{key}"))
        aims = [aim.value for aim in Aim]
        aim = st.radio(
            wording.text("Aim"),
            aims,
            index=aims.index(idea.aim) if idea.aim else None,
            format_func=lambda aim: aim_name(Aim(aim), wording),
            horizontal=True,
            key=_key(f"plan_aim_{key}"),
        )
        form_entry.ask_name(wording, _key(f"plan_person_{key}"))
        if not st.form_submit_button(wording.text("Plan it"), type="primary", icon=":material/event:"):
            return
    row = {"adjusted_on": day, "title": title, "what_changed": idea.what_changed or None, "aim": aim}
    wrong = [] if offer else [wording.text("Choose the offer that is adjusted.")]
    if wrong := [*wrong, *mistakes(row, wording)]:
        form_entry.refuse(*wrong)
        st.rerun()
    _store(view, idea, {"municipality": municipality, "offer": offer}, row, is_new=offer not in offers)
    st.rerun()


def _store(view: View, idea: Idea, place: dict[str, Any], row: dict[str, Any], *, is_new: bool) -> None:
    wording: Wording = view.wording
    rows: dict[Form, list[dict[str, Any]]] = {Form.OFFERS: [place]} if is_new else {}
    rows[Form.ADJUSTMENTS] = [{**place, **row}]
    rows[Form.DESCRIPTIONS] = [{**place, "title": row["title"], **idea.story}]
    said = wording.text(
        "“{title}” is planned for {offer} in {municipality}, from {date}.",
        title=row["title"],
        date=wording.date(row["adjusted_on"]),
        **place,
    )
    day = row["adjusted_on"].isoformat()
    name = wording.text("adjustment-{date}-{offer}", date=day, offer=place["offer"]) + ".xlsx"
    if form_entry.enter_adjustment(view, rows, name, said):
        st.session_state[PLANNED] = st.session_state.get(PLANNED, 0) + 1


def _key(field: str) -> str:
    return f"{field}_{st.session_state.get(PLANNED, 0)}"
