"""Who wrote what about an adjustment, taking an entry back, and the drafts that a person may go on with."""

import streamlit as st

from analysis import store
from analysis.auth.roles import Action
from analysis.exhibits.adjustments.adjustment import Adjustment, from_row, records
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.model.terms import Offer
from pages.components import form_entry, formatting, permissions, session
from pages.components.adjustment.editing import edit
from pages.components.form_entry import View


def history(view: View, made: Adjustment) -> None:
    """Show the entries about an adjustment to those who may change it; made only when it is open."""
    wording = view.wording
    if permissions.reason_not_allowed(Action.ADJUST, wording, [made.municipality]):
        return
    place = st.expander(wording.text("Who wrote it"), icon=":material/history:", key="history", on_change="rerun")
    if not place.open:
        return
    with place:
        for one in store.entries_of_adjustment(session.database(), *made.place, synthetic=view.synthetic):
            _entry(view, one, wording)


def _entry(view: View, one: store.Entry, wording: Wording) -> None:
    """Show an entry, with a button that takes it back if it has nothing else in it."""
    left, right = st.columns([3, 1], vertical_alignment="center")
    who = one.person or wording.text("someone who gave no name")
    what = ", ".join(_contents(one, wording))
    left.markdown(formatting.plain(f"{wording.moment(one.imported_at)} · {who} · {what}"))
    if not one.is_alone:
        right.caption(formatting.plain(wording.text("From a file: see Imports on the upload page.")))
        return
    if right.button(wording.text("Take it back"), key=f"take_back_{one.import_id}", icon=":material/undo:"):
        form_entry.take_back(view, one.import_id)
        st.rerun()


def _contents(one: store.Entry, wording: Wording) -> list[str]:
    """Return what an entry has: the story, a draft of it, or test rounds."""
    named = [wording.text("Draft") if one.is_draft else wording.text("Story")] if one.has_story else []
    return named + [wording.text("Round {number}", number=number) for number in one.rounds]


def drafts(view: GapData) -> None:
    """Show the drafts of adjustments in the municipalities in which the person may store them."""
    wording = view.wording
    own = permissions.own_places(sorted({name for name, _ in view.offers}), Action.ADJUST)
    if not own:
        return
    found = view.data.drafts(view.request.version, view.synthetic, tuple(own))
    if found.empty:
        return
    st.header(wording.text("Drafts"))
    st.caption(
        formatting.plain(
            wording.text("Only those who may store adjustments of the municipality see them. Nothing counts them.")
        )
    )
    for row in records(found):
        made = from_row(
            row, view.offers.get((row["municipality"], row["offer"]), Offer(row["municipality"], row["offer"]))
        )
        st.markdown(f"**{formatting.plain(made.title)}** {formatting.plain(f'{made.offer}, {made.municipality}')}")
        edit(view, made, is_draft=True)
