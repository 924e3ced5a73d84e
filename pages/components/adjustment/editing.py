"""Forms on the page of an adjustment: change it, add a test round, and go on with a draft."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.adjustments.adjustment import Adjustment, TestRound
from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import Form
from analysis.intake.values.dates import EARLIEST, latest_planned
from analysis.model.terms import Decision
from pages.components import form_entry, formatting, permissions
from pages.components.adjustment.fields import ask_change, ask_day, ask_story, mistakes, mistakes_of_texts, values_of
from pages.components.form_entry import View

SAVED = "adjustment_edits"
"""Session key of the number of entries: fields have new keys after each."""
Rows = dict[Form, list[dict[str, Any]]]


def edit(view: View, made: Adjustment, *, is_draft: bool = False, expanded: bool = False) -> None:
    """Show the form that changes an adjustment, with what is stored in its fields."""
    label = view.wording.text("Go on with the draft") if is_draft else view.wording.text("Change it")
    _opened(view, made, "edit", label, ":material/edit:", lambda: _edit_form(view, made), expanded=expanded)


def add_round(view: View, made: Adjustment) -> None:
    """Show the form for a test round: the next one, or a change of an earlier one."""
    label = view.wording.text("Add a test round")
    _opened(view, made, "round", label, ":material/add_circle:", lambda: _round_form(view, made))


def _opened(
    view: View,
    made: Adjustment,
    name: str,
    label: str,
    icon: str,
    form: Callable[[], None],
    *,
    expanded: bool = False,
) -> None:
    """Show a form in an expander, or why the person may not use it. It is made only when it is open."""
    place = st.expander(label, icon=icon, key=_key(f"open_{name}", made), on_change="rerun", expanded=expanded)
    if not place.open:
        return
    with place:
        if why := permissions.reason_not_allowed(Action.ADJUST, view.wording, [made.municipality]):
            st.info(formatting.plain(why), icon=":material/block:")
            return
        form()


def _edit_form(view: View, made: Adjustment) -> None:
    wording, values = view.wording, values_of(made)

    def key(field: str) -> str:
        return _key(f"edit_{field}", made)

    with st.form(key("form"), border=False):
        day = ask_day(wording, key, values)
        change = ask_change(wording, key, values)
        story = ask_story(wording, key, values)
        with st.container(horizontal=True):
            is_sent = st.form_submit_button(wording.text("Save"), type="primary", icon=":material/check:")
            is_draft = st.form_submit_button(wording.text("Keep as a draft"), icon=":material/edit_note:")
    st.caption(wording.text("The title is changed on the page Offers, where two names become one."))
    if not is_sent and not is_draft:
        return
    row = {"adjusted_on": day, "title": made.title, **change}
    texts = {"what_changed": change["what_changed"], **story}
    if wrong := [*mistakes(row, wording), *mistakes_of_texts(texts, wording)]:
        form_entry.refuse(*wrong)
        st.rerun()
    place = {"municipality": made.municipality, "offer": made.offer, "title": made.title}
    draft = {"draft": "yes"} if is_draft else {}
    rows = {
        Form.ADJUSTMENTS: [{**place, **row, **draft}],
        Form.DESCRIPTIONS: [{**place, **story, **_kept(made), **draft}],
    }
    said = wording.text("The draft is kept.") if is_draft else wording.text("“{title}” is saved.", title=made.title)
    _save(view, made, rows, said, is_edit=True)


def _kept(made: Adjustment) -> dict[str, str]:
    """Return what the form does not ask for."""
    kept = {"action": made.action} if made.action else {}
    if made.origin is not None:
        kept |= dict(zip(("from_municipality", "from_offer", "from_title"), made.origin, strict=True))
    return kept


def _round_form(view: View, made: Adjustment) -> None:
    wording = view.wording
    following = max((one.number for one in made.rounds), default=0) + 1
    earlier = {one.number: one for one in made.rounds}
    number = following
    if earlier:
        labels = {following: wording.text("A new round")}
        labels |= {one.number: f"{one.mark} {wording.date(one.tried_on)}" for one in made.rounds}
        number = st.selectbox(
            wording.text("Round"), list(labels), format_func=labels.__getitem__, key=_key("round_number", made)
        )
    row = _ask_round(made, number, earlier.get(number), wording)
    if row is None:
        return
    if wrong := list(_mistakes(row, wording)):
        form_entry.refuse(*wrong)
        st.rerun()
    place = {"municipality": made.municipality, "offer": made.offer, "title": made.title}
    rows = {Form.TEST_ROUNDS: [{**place, "number": number, **row}]}
    _save(view, made, rows, wording.text("Round {number} is saved.", number=number))


def _ask_round(made: Adjustment, number: int, known: TestRound | None, wording: Wording) -> dict[str, Any] | None:
    """Ask for a round; None until it is sent."""

    def key(field: str) -> str:
        return _key(f"round_{number}_{field}", made)

    with st.form(key("form"), border=False):
        row: dict[str, Any] = {
            "tried_on": st.date_input(
                wording.text("When was it tried?"),
                value=known.tried_on if known else dt.date.today(),
                min_value=EARLIEST,
                max_value=latest_planned(),
                format="DD-MM-YYYY",
                key=key("on"),
            ),
            "tried": st.text_area(
                wording.text("What was tried?"), known.tried if known else "", height=68, key=key("tried")
            ).strip(),
            "learned": st.text_area(
                wording.text("What was learned? (optional)"),
                known.learned if known else "",
                height=68,
                help=wording.text("Write no names, and nothing that points to one person."),
                key=key("learned"),
            ).strip()
            or None,
            "decision": st.pills(
                wording.text("What next? (optional)"),
                [one.value for one in Decision],
                format_func=lambda one: word_in("decision", one, wording.code),
                default=known.decision.value if known and known.decision else None,
                key=key("decision"),
            ),
        }
        is_sent = st.form_submit_button(wording.text("Save the round"), type="primary", icon=":material/check:")
    return row if is_sent else None


def _mistakes(row: Mapping[str, Any], wording: Wording) -> list[str]:
    found = []
    if row["tried_on"] is None:
        found.append(wording.text("Choose the date on which it was tried."))
    if not row["tried"]:
        found.append(wording.text("Write what was tried."))
    return found or list(mistakes_of_texts({"tried": row["tried"], "learned": row["learned"]}, wording))


def _save(view: View, made: Adjustment, rows: Rows, said: str, *, is_edit: bool = False) -> None:
    name = view.wording.text("adjustment-{date}-{offer}", date=dt.date.today().isoformat(), offer=made.offer) + ".xlsx"
    if form_entry.enter(view, rows, name, said, is_edit=is_edit):
        st.session_state[SAVED] = st.session_state.get(SAVED, 0) + 1
    st.rerun()


def _key(field: str, made: Adjustment) -> str:
    return f"{field}_{st.session_state.get(SAVED, 0)}_{made.id}"
