"""Choice of the theme day, its participants, and the form for a new day."""

import datetime as dt

import pandas as pd
import streamlit as st

from analysis.auth.roles import Action
from analysis.exhibits.choosing import Options
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.intake.contract import Form
from analysis.model.theme_day_terms import DayKind
from pages.components import form_entry, permissions
from pages.components.choice_widgets import pick

Day = tuple[dt.date, str]
"""Date and place of a theme day."""


def theme_days(view: ThemeDayData) -> dict[str, Day]:
    """Return the known theme days, newest first, by their codes in the address."""
    days = view.days[["held_on", "place"]].drop_duplicates().sort_values("held_on", ascending=False)
    return {
        f"{row['held_on'].date()}|{row['place']}": (row["held_on"].date(), row["place"])
        for row in days.to_dict("records")
    }


def choose_day(view: ThemeDayData) -> Day | None:
    """Ask for the theme day and return it; None if there is none."""
    wording = view.wording
    days = theme_days(view)
    if not days:
        st.info(wording.text("Add the theme day first: its date and its place."), icon=":material/event:")
        return None
    labels = {code: f"{wording.date(day)}, {place}" for code, (day, place) in days.items()}
    return days[pick(Options("day", wording.text("Theme day"), labels, initial=next(iter(labels))))]


def of_day(view: ThemeDayData, rows: pd.DataFrame, day: Day) -> pd.DataFrame:
    """Return the rows of a theme day: those of its date, and of its participating municipalities or of none."""
    there = rows["municipality"].isna() | rows["municipality"].isin(stored_days(view, day))
    return rows[(rows["held_on"] == pd.Timestamp(day[0])) & there]


def stored_days(view: ThemeDayData, day: Day) -> list[str]:
    """Return the municipalities that participate in the theme day."""
    rows = view.days[(view.days["held_on"] == pd.Timestamp(day[0])) & (view.days["place"] == day[1])]
    return view.wording.in_order(rows["municipality"].unique())


def add_day(view: ThemeDayData, *, expanded: bool) -> None:
    """Show the form that adds a theme day, or participants of an existing one."""
    wording = view.wording
    with (
        st.expander(
            wording.text("A theme day or participants that are not on the list"),
            icon=":material/add:",
            key="add",
            expanded=expanded,
        ),
        st.form("new_day"),
    ):
        left, middle, right = st.columns(3)
        day = left.date_input(wording.text("Date"), value=view.until, format="DD-MM-YYYY", key="new_day_date")
        place = middle.text_input(wording.text("Place"), max_chars=80, key="new_day_place").strip()
        kinds = view.words("day_kind")
        kind = right.selectbox(
            wording.text("Kind"),
            list(kinds),
            index=list(kinds).index(DayKind.LOCAL),
            format_func=kinds.__getitem__,
            key="new_day_kind",
        )
        left, middle, right = st.columns(3)
        municipality = left.selectbox(
            wording.text("Municipality"),
            permissions.own_places(wording.in_order(view.facts["name"])),
            key="new_day_municipality",
        )
        roles = view.words("role")
        numbers = {}
        with st.grid(5, min_column_width=120):
            for role, name in roles.items():
                numbers[role] = int(st.number_input(name, min_value=0, max_value=999, step=1, key=f"new_day_{role}"))
        why = permissions.reason_not_allowed(Action.ENTER, wording)
        if not st.form_submit_button(
            wording.text("Add"), type="primary", icon=":material/add:", **permissions.disabled_if(why)
        ):
            return
        if not place or not sum(numbers.values()):
            form_entry.refuse(wording.text("Write the place, and at least one participant."))
            st.rerun()
        base = {"held_on": day, "place": place, "day_kind": kind, "municipality": municipality}
        rows = [{**base, "role": role, "participants": number} for role, number in numbers.items() if number]
        name = wording.text("theme-day-{place}", place=place) + ".xlsx"
        said = wording.text("The theme day in {place} is saved.", place=place)
        if form_entry.enter(view, {Form.THEME_DAYS: rows}, name, said):
            form_entry.clear("new_day_")
        st.rerun()
