"""Requests page: open requests, waiting time, next step and history."""

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.requests import Row, chosen_requests, title_of, waiting
from analysis.exhibits.tables import NOTHING
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.i18n import Wording
from analysis.intake.contract import Form
from analysis.measures.theme_days.requests import KEY
from analysis.model.theme_day_terms import RequestState
from pages.components import form_entry, formatting, permissions, session, theme_day_page
from pages.components.exhibit_card import exhibit


def figures(view: ThemeDayData, found: pd.DataFrame) -> None:
    """Show four cards: numbers of open, planned and done requests, and the time to completion."""
    wording = view.wording
    waiting, ended = found[found["is_waiting"]], found[~found["is_waiting"]]
    is_open = found["state"] == RequestState.OPEN
    with st.grid(4, min_column_width=200, key="request_figures"):
        formatting.card(
            wording.text("Waiting"),
            wording.integer(len(waiting)),
            wording.text("{open} of them without a plan", open=wording.integer(is_open.sum())),
            wording.text("of {whole} requests", whole=wording.integer(len(found))),
        )
        formatting.card(
            wording.text("The longest has waited"),
            NOTHING if waiting.empty else wording.integer(waiting["waited"].max()),
            NOTHING if waiting.empty else str(waiting.iloc[0]["municipality"]),
            wording.text("days"),
        )
        formatting.card(
            wording.text("Half have waited at least"),
            NOTHING if waiting.empty else wording.integer(waiting["waited"].median()),
            wording.text("of those that wait"),
            wording.text("days"),
        )
        formatting.card(
            wording.text("Half were done within"),
            NOTHING if ended.empty else wording.integer(ended["waited"].median()),
            wording.text("of those that were done or withdrawn"),
            wording.text("days"),
        )


def change_one(view: ThemeDayData, found: pd.DataFrame) -> None:
    """Show a chosen request with its history, and the form for the next event."""
    wording = view.wording
    st.header(wording.text("Go on with a request"))
    rows = {title_of(row, view): row for row in found.to_dict("records")}
    name = st.selectbox(wording.text("Request"), list(rows), key="request_chosen")
    if name is None:
        return
    row = rows[name]
    history(view, row)
    with st.form("request_change"):
        left, middle, right = st.columns([1, 1, 2])
        words = view.words("state")
        state = left.selectbox(
            wording.text("State"),
            list(words),
            index=list(words).index(row["state"]),
            format_func=words.__getitem__,
            key=f"state_of_{name}",
        )
        day = middle.date_input(
            wording.text("Since"),
            value=view.until,
            min_value=row["state_on"].date(),
            max_value=dt.date.today(),
            format="DD-MM-YYYY",
            key=f"since_of_{name}",
        )
        step = right.text_input(wording.text("Next step"), max_chars=200, key=f"step_of_{name}")
        why = permissions.reason_not_allowed(Action.ENTER, wording, [row["municipality"]])
        if st.form_submit_button(
            wording.text("Save"), type="primary", icon=":material/check:", **permissions.disabled_if(why)
        ):
            event = {key: row[key].date() if key == "requested_on" else row[key] for key in KEY}
            event |= {"state": state, "state_on": day, "next_step": step.strip() or None}
            _save(view, event, wording.text("{request}: the change is saved.", request=name), f"step_of_{name}")


def history(view: ThemeDayData, row: Row) -> None:
    """Show all events of a request, newest last."""
    wording = view.wording
    events = view.requests
    for key in KEY:
        events = events[events[key] == row[key]]
    formatting.table(
        pd.DataFrame(
            {
                wording.text("Since"): [wording.date(day.date()) for day in events["state_on"]],
                wording.text("State"): [view.word("state", key) for key in events["state"]],
                wording.text("Next step"): events["next_step"].fillna(NOTHING).tolist(),
                wording.text("By"): [person or NOTHING for person in events["person"]],
            }
        ),
        key=f"history_{len(events)}",
        text_columns=4,
        alt=wording.text("What has happened to the request"),
    )


def add_one(view: ThemeDayData) -> None:
    """Show the form for a new request."""
    wording = view.wording
    with (
        st.expander(wording.text("A new request"), icon=":material/add:", key="new_request"),
        st.form("request_new"),
    ):
        left, middle, right = st.columns(3)
        municipality = left.selectbox(
            wording.text("Municipality"),
            permissions.own_places(wording.in_order(view.facts["name"])),
            index=None,
            placeholder=wording.text("choose one"),
            key="new_municipality",
        )
        words = view.words("request")
        kind = middle.selectbox(
            wording.text("Request"), list(words), format_func=words.__getitem__, key="new_request_kind"
        )
        day = right.date_input(
            wording.text("Received"),
            value=view.until,
            max_value=dt.date.today(),
            format="DD-MM-YYYY",
            key="new_received",
        )
        step = st.text_input(wording.text("Next step"), max_chars=200, key="new_step")
        why = permissions.reason_not_allowed(Action.ENTER, wording)
        if st.form_submit_button(
            wording.text("Add"), type="primary", icon=":material/add:", **permissions.disabled_if(why)
        ):
            if municipality is None:
                form_entry.refuse(wording.text("Choose the municipality that asks."))
                st.rerun()
            event = {
                "municipality": municipality,
                "requested_on": day,
                "request": kind,
                "state": RequestState.OPEN,
                "state_on": day,
                "next_step": step.strip() or None,
            }
            said = wording.text("The request from {municipality} is saved.", municipality=municipality)
            _save(view, event, said, "new_")


def _save(view: ThemeDayData, event: Row, said: str, fields: str) -> None:
    """Store an event of a request; on success clear the fields with this key prefix."""
    name = view.wording.text("request-{municipality}", municipality=event["municipality"]) + ".xlsx"
    if form_entry.enter(view, {Form.REQUESTS: [event]}, name, said):
        form_entry.clear(fields)
    st.rerun()


def asked_for(view: ThemeDayData, found: pd.DataFrame) -> None:
    """Show the selected requests: of one municipality, or of all."""
    figures(view, found)
    if still := waiting(view, found):
        exhibit(still)
    else:
        st.info(view.wording.text("No request is waiting."), icon=":material/done_all:")
    change_one(view, found)


wording: Wording = session.language()
view = theme_day_page.begin(wording.text("What do the municipalities ask for?"))
form_entry.ask_person(wording)
form_entry.show_last_entry(wording)
found = chosen_requests(view)
if found.empty:
    st.info(wording.text("No request is stored for what is chosen."), icon=":material/inbox:")
else:
    asked_for(view, found)
add_one(view)
theme_day_page.footnotes(
    view,
    wording.text("A request is known by its municipality, its date and what it asks for; every change of it is kept."),
)
