"""Forms on the page of an adjustment: change it, add a test round, and go on with a draft."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from analysis import store
from analysis.auth.roles import Action
from analysis.exhibits.adjustments.adjustment import Adjustment, TestRound
from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import Form
from analysis.model.terms import Decision
from pages.components import form_entry, formatting, permissions, session
from pages.components.adjustment.fields import (
    ask_change,
    ask_day,
    ask_story,
    date_field,
    mistakes,
    mistakes_of_texts,
    values_of,
    wrong_day,
)
from pages.components.form_entry import View

EDIT, ROUND = "edit", "round"
"""The two forms."""
SAVED = "adjustment_saved"
"""Start of the session keys of the number of entries of each form: its fields have new keys after each."""
Rows = dict[Form, list[dict[str, Any]]]


def edit(view: View, made: Adjustment, *, is_draft: bool = False, expanded: bool = False) -> None:
    """Show the form that changes an adjustment, with what is stored in its fields."""
    label = view.wording.text("Go on with the draft") if is_draft else view.wording.text("Change it")
    _opened(view, made, EDIT, label, ":material/edit:", lambda: _edit_form(view, made), expanded=expanded)


def add_round(view: View, made: Adjustment) -> None:
    """Show the form for a test round: the next one, or a change of an earlier one."""
    label = view.wording.text("Add a test round")
    _opened(view, made, ROUND, label, ":material/add_circle:", lambda: _round_form(view, made))


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
    place = st.expander(label, icon=icon, key=_key(name, "open", made), on_change="rerun", expanded=expanded)
    if not place.open:
        st.session_state.pop(_seen(name, made), None)
        return
    with place:
        st.session_state.setdefault(_seen(name, made), _newest(view, made))
        if why := permissions.reason_not_allowed(Action.ADJUST, view.wording, [made.municipality]):
            st.info(formatting.plain(why), icon=":material/block:")
            return
        form()


def _edit_form(view: View, made: Adjustment) -> None:
    wording, values = view.wording, values_of(made)

    def key(field: str) -> str:
        return _key(EDIT, field, made)

    with st.form(key("form"), border=False):
        day = ask_day(wording, key, values)
        change = ask_change(wording, key, values)
        story = ask_story(wording, key, values)
        form_entry.ask_name(wording, key("person"))
        with st.container(horizontal=True):
            is_sent = st.form_submit_button(wording.text("Save"), type="primary", icon=":material/check:")
            is_draft = st.form_submit_button(wording.text("Keep as a draft"), icon=":material/edit_note:")
    st.caption(wording.text("The title is changed on the page Offers, where two names become one."))
    if not is_sent and not is_draft:
        return
    row = {"adjusted_on": day, "title": made.title, **change}
    texts = {"what_changed": change["what_changed"], **story}
    _refuse_if([*mistakes(row, wording), *mistakes_of_texts(texts, values, wording)])
    place = {"municipality": made.municipality, "offer": made.offer, "title": made.title}
    draft = {"draft": "yes"} if is_draft else {}
    rows = {
        Form.ADJUSTMENTS: [{**place, **row, **draft}],
        Form.DESCRIPTIONS: [{**place, **story, **_kept(made), **draft}],
    }
    said = wording.text("The draft is kept.") if is_draft else wording.text("“{title}” is saved.", title=made.title)
    _save(view, made, EDIT, rows, said)


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
            wording.text("Round"), list(labels), format_func=labels.__getitem__, key=_key(ROUND, "number", made)
        )
    row = _ask_round(made, number, earlier.get(number), wording)
    if row is None:
        return
    _refuse_if(_mistakes(row, earlier.get(number), wording))
    place = {"municipality": made.municipality, "offer": made.offer, "title": made.title}
    rows = {Form.TEST_ROUNDS: [{**place, "number": number, **row}]}
    _save(view, made, ROUND, rows, wording.text("Round {number} is saved.", number=number))


def _ask_round(made: Adjustment, number: int, known: TestRound | None, wording: Wording) -> dict[str, Any] | None:
    """Ask for a round; None until it is sent."""

    def key(field: str) -> str:
        return _key(ROUND, f"{number}_{field}", made)

    with st.form(key("form"), border=False):
        row: dict[str, Any] = {
            "tried_on": date_field(
                wording.text("When was it tried?"), known.tried_on if known else dt.date.today(), key("on")
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
        form_entry.ask_name(wording, key("person"))
        is_sent = st.form_submit_button(wording.text("Save the round"), type="primary", icon=":material/check:")
    return row if is_sent else None


def _mistakes(row: Mapping[str, Any], known: TestRound | None, wording: Wording) -> list[str]:
    found = []
    if row["tried_on"] is None:
        found.append(wording.text("Choose the date on which it was tried."))
    else:
        found += wrong_day(row["tried_on"], wording)
    if not row["tried"]:
        found.append(wording.text("Write what was tried."))
    stored = {"tried": known.tried, "learned": known.learned} if known else {}
    return found or list(mistakes_of_texts({key: row[key] for key in ("tried", "learned")}, stored, wording))


def _refuse_if(wrong: list[str]) -> None:
    """Report what is wrong, if anything, and draw the page anew."""
    if wrong:
        form_entry.refuse(*wrong)
        st.rerun()


def _save(view: View, made: Adjustment, form: str, rows: Rows, said: str) -> None:
    """Store the entry of a form, unless somebody else has made one since it was opened."""
    newest = _newest(view, made)
    if st.session_state.get(_seen(form, made)) != newest:
        st.session_state[_seen(form, made)] = newest
        _refuse_if([_changed_meanwhile(made, view.wording)])
    undo = view.wording.text("It can be taken back on this page, under “Who wrote it”.")
    name = view.wording.text("adjustment-{date}-{offer}", date=dt.date.today().isoformat(), offer=made.offer) + ".xlsx"
    if form_entry.enter(view, rows, name, said, is_edit=form == EDIT, undo=undo):
        st.session_state[f"{SAVED}_{form}"] = st.session_state.get(f"{SAVED}_{form}", 0) + 1
        for other in (EDIT, ROUND):  # The person knows the own entry.
            if st.session_state.get(_seen(other, made)) == newest:
                st.session_state[_seen(other, made)] = _newest(view, made)
    st.rerun()


def _changed_meanwhile(made: Adjustment, wording: Wording) -> str:
    return wording.text(
        "Somebody has changed “{title}” since you opened this form. Nothing is saved; your texts are still here. Look "
        "at what is above now, and press once more if yours are to take its place.",
        title=made.title,
    )


def _newest(view: View, made: Adjustment) -> int:
    """Return the number of the newest entry about an adjustment; 0 if there is none."""
    entries = store.entries_of_adjustment(session.database(), *made.place, synthetic=view.synthetic)
    return entries[0].import_id if entries else 0


def _seen(form: str, made: Adjustment) -> str:
    """Return the session key of the newest entry when a form was opened."""
    return f"newest_{form}_{made.id}"


def _key(form: str, field: str, made: Adjustment) -> str:
    return f"{form}_{field}_{st.session_state.get(f'{SAVED}_{form}', 0)}_{made.id}"
