"""Understandings beside actions, with a form for what an understanding means for carrying them out."""

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.exhibits.understandings_and_actions import by_leading, leading_with_actions, texts
from analysis.intake.contract import Form
from pages.components import form_entry, formatting, permissions
from pages.components.adjustment.fields import mistakes_of_texts

SAVED = "consequences_saved"
"""Session key of the number of entries: fields have new keys after each."""


def understandings_and_actions(view: ThemeDayData) -> None:
    """Show each municipality's understanding beside the state of its actions, and the form."""
    wording = view.wording
    found = leading_with_actions(view)
    title = wording.text("What does it mean for carrying the actions out?")
    st.header(title)
    st.markdown(formatting.plain(by_leading(view, found)))
    formatting.table(texts(view, found), key=f"beside_actions_{len(found)}", text_columns=4, alt=title)
    _written(view, found)
    form_entry.show_last_entry(wording)
    _form(view, found)


def _written(view: ThemeDayData, found: pd.DataFrame) -> None:
    """Show what municipalities wrote in an expander, with long texts in several lines."""
    wording = view.wording
    written = found.loc[found["consequence"] != "", ["municipality", "consequence"]]
    if written.empty:
        return
    label = wording.texts("What {count} municipality wrote", "What {count} municipalities wrote", len(written))
    place = st.expander(label, icon=":material/notes:", key="written_consequences", on_change="rerun")
    if place.open:
        names = [wording.text("Municipality"), wording.text("What it means for the actions")]
        place.table(written.map(formatting.plain).set_axis(names, axis="columns"), hide_index=True)


def _form(view: ThemeDayData, found: pd.DataFrame) -> None:
    """Show the form in an expander. It is made only when it is open."""
    wording = view.wording
    label = wording.text("Write what it means in your municipality")
    place = st.expander(label, icon=":material/edit:", key=_key("open"), on_change="rerun")
    if not place.open:
        return
    with place:
        own = permissions.own_places(found["municipality"].tolist(), Action.ENTER)
        if not own:
            st.info(formatting.plain(permissions.reason_not_allowed(Action.ENTER, wording) or ""))
            return
        shown = view.municipality
        name = st.selectbox(
            wording.text("Municipality"),
            own,
            own.index(shown) if shown in own else None,
            placeholder=wording.text("choose one"),
            key=_key("place"),
        )
        if name:
            _ask(view, name, found.set_index("municipality")["consequence"][name])


def _ask(view: ThemeDayData, name: str, stored: str) -> None:
    wording = view.wording
    with st.form(_key("form"), border=False):
        text = st.text_area(
            wording.text("What it means for the actions"),
            stored,
            help=wording.text("Write no names, and nothing that points to one person."),
            key=_key(f"text_{name}"),
        ).strip()
        form_entry.ask_name(wording, _key("person"))
        if not st.form_submit_button(wording.text("Save"), type="primary", icon=":material/check:"):
            return
    wrong = list(mistakes_of_texts({"consequence": text}, {"consequence": stored}, wording))
    if not text:
        wrong = [wording.text("Write what it means.")]
    if wrong:
        form_entry.refuse(*wrong)
        st.rerun()
    row = {"municipality": name, "written_on": dt.date.today(), "consequence": text}
    file_name = wording.text("meaning-{municipality}", municipality=name) + ".xlsx"
    said = wording.text("What it means in {municipality} is saved.", municipality=name)
    if form_entry.enter(view, {Form.CONSEQUENCES: [row]}, file_name, said):
        st.session_state[SAVED] = st.session_state.get(SAVED, 0) + 1
    st.rerun()


def _key(field: str) -> str:
    return f"consequence_{field}_{st.session_state.get(SAVED, 0)}"
