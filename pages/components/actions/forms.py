"""Forms under an action: add or change an activity, and change the action itself."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.action_chain import CarriedOut
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.intake.contract import Form
from analysis.model.theme_day_terms import Progress, Status
from pages.components import form_entry, formatting, permissions
from pages.components.adjustment.fields import date_field, mistakes_of_texts, wrong_day

SAVED = "actions_saved"
"""Session key of the number of entries: fields have new keys after each."""
Row = dict[str, Any]


def activity_form(view: ThemeDayData, one: CarriedOut) -> None:
    """Show the form for an activity: a new one, or a change of an earlier one."""
    _opened(
        view, one, "activity", view.wording.text("Add or change an activity"), ":material/checklist:", _ask_activity
    )


def action_form(view: ThemeDayData, one: CarriedOut) -> None:
    """Show the form that changes how far an action has come, what it builds on, who owns it and what is missing."""
    _opened(view, one, "action", view.wording.text("Change the action"), ":material/edit:", _ask_action)


def _opened(
    view: ThemeDayData,
    one: CarriedOut,
    name: str,
    label: str,
    icon: str,
    form: Callable[[ThemeDayData, CarriedOut], None],
) -> None:
    """Show a form in an expander, or why the person may not use it. It is made only when it is open."""
    place = st.expander(label, icon=icon, key=_key(f"{name}_open", one), on_change="rerun")
    if not place.open:
        return
    with place:
        if why := permissions.reason_not_allowed(Action.ENTER, view.wording, [one.municipality]):
            st.info(formatting.plain(why), icon=":material/block:")
            return
        form(view, one)


def _ask_activity(view: ThemeDayData, one: CarriedOut) -> None:
    wording = view.wording
    known = {activity.activity: activity for activity in one.activities}
    name = ""
    if known:
        labels = {"": wording.text("A new activity"), **{key: key for key in known}}
        name = st.selectbox(
            wording.text("Activity"), list(labels), format_func=labels.__getitem__, key=_key("activity_which", one)
        )
    old = known.get(name)

    def key(field: str) -> str:
        return _key(f"activity_{field}_{name}", one)

    with st.form(key("form"), border=False):
        activity = name or st.text_input(wording.text("What is done?"), key=key("what")).strip()
        who = st.text_input(
            wording.text("Who? (a job or a unit, not a name)"), old.who if old else "", key=key("who")
        ).strip()
        due = date_field(wording.text("By when? (optional)"), old.due_on if old else None, key("due"))
        progress = st.pills(
            wording.text("How far"),
            [step.value for step in Progress],
            format_func=lambda step: view.word("progress", step),
            default=old.progress.value if old and old.progress else Progress.NOT_BEGUN.value,
            key=key("progress"),
        )
        form_entry.ask_name(wording, key("person"))
        if not st.form_submit_button(wording.text("Save the activity"), type="primary", icon=":material/check:"):
            return
    texts = {"activity": activity, "who": who}
    wrong = [] if activity else [wording.text("Write what is done.")]
    if not name and activity.casefold() in map(str.casefold, known):
        wrong.append(
            wording.text("There is an activity “{activity}” already. Choose it above to change it.", activity=activity)
        )
    wrong += wrong_day(due, wording) if due else []
    wrong = wrong or list(mistakes_of_texts(texts, {"activity": name, "who": old.who if old else ""}, wording))
    row = {"activity": activity, "who": who or None, "due_on": due, "progress": progress}
    said = wording.text("The activity “{activity}” is saved.", activity=activity)
    _save(view, one, Form.ACTIVITIES, row, wrong, said)


def _ask_action(view: ThemeDayData, one: CarriedOut) -> None:
    wording = view.wording

    def key(field: str) -> str:
        return _key(f"action_{field}", one)

    with st.form(key("form"), border=False):
        statuses = view.words("status")
        status = st.selectbox(
            wording.text("Status"),
            list(statuses),
            list(statuses).index(one.status),
            format_func=statuses.__getitem__,
            key=key("status"),
        )
        since = date_field(wording.text("Since"), one.since, key("since"))
        areas = view.words("area")
        co_owners = st.multiselect(
            wording.text("Co-owners"),
            list(areas),
            list(one.row["co_owners"]),
            format_func=areas.__getitem__,
            placeholder=wording.text("none"),
            help=wording.text("The other policy areas that answer for it too."),
            key=key("co_owners"),
        )
        texts = {
            "evidence": st.text_area(
                wording.text("Evidence"),
                one.row["evidence"] or "",
                height=68,
                help=wording.text("What it builds on: research, own figures, experience."),
                key=key("evidence"),
            ).strip(),
            "missing_competence": st.text_area(
                wording.text("Missing competence"), one.row["missing_competence"] or "", height=68, key=key("missing")
            ).strip(),
        }
        form_entry.ask_name(wording, key("person"))
        if not st.form_submit_button(wording.text("Save"), type="primary", icon=":material/check:"):
            return
    wrong = [*(wrong_day(since, wording) if since else []), *mistakes_of_texts(texts, one.row, wording)]
    if status != one.status and since == one.since:
        said = wording.text("Choose the date since which it is “{status}”.", status=statuses[status])
        wrong.append(said)
    days = {f"{stage}_on": day if stage != status else since for stage, day in _days(one.row, Status(status)).items()}
    row = {
        **one.row,
        **days,
        "status": status,
        "co_owners": co_owners,
        **{name: text or None for name, text in texts.items()},
    }
    _save(view, one, Form.ACTIONS, row, wrong, wording.text("“{title}” is saved.", title=one.action))


def _days(stored: Mapping[str, Any], status: Status) -> dict[Status, dt.date | None]:
    """Return the days of the stages up to this one. A stage that it has not reached has none."""
    stages = list(Status)
    reached = stages[: stages.index(status) + 1]
    return {stage: stored[f"{stage}_on"] if stage in reached else None for stage in stages}


def _save(view: ThemeDayData, one: CarriedOut, form: Form, row: Row, wrong: list[str], said: str) -> None:
    """Store a row about an action, or report what is wrong with it. After a success the fields are new."""
    if wrong:
        form_entry.refuse(*wrong)
        st.rerun()
    place = {"municipality": one.municipality, "action": one.action}
    name = view.wording.text("action-{municipality}", municipality=one.municipality) + ".xlsx"
    if form_entry.enter(view, {form: [{**row, **place}]}, name, said):
        st.session_state[SAVED] = st.session_state.get(SAVED, 0) + 1
    st.rerun()


def _key(field: str, one: CarriedOut) -> str:
    return f"{field}_{st.session_state.get(SAVED, 0)}_{one.municipality}_{one.action}"
