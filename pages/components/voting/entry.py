"""Entry of a table's votes: number fields, stored votes, and upload of a sheet."""

from typing import Any

import pandas as pd
import streamlit as st

from analysis import store
from analysis.auth.roles import Action, NotAllowed
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.i18n import Wording
from analysis.i18n.sentences import understanding_name
from analysis.intake.contract import Form
from analysis.intake.form_entries import workbook
from analysis.model.terms import Understanding
from analysis.model.theme_day_terms import Holder
from pages.components import audit_log, form_entry, formatting, permissions, recovery, session
from pages.components.sign_in import signed_in_person
from pages.components.voting.days import Day, of_day, stored_days
from pages.components.voting.results import ON_ACTIONS, ON_UNDERSTANDINGS

MOST_ACTIONS = 12


def enter_understandings(view: ThemeDayData, day: Day) -> None:
    """Show number fields for one table's votes on the three understandings."""
    wording = view.wording
    with st.form("votes_on_understandings"):
        table, municipality = ask_table(view, day)
        left, right = st.columns(2)
        when = view.words("asked")
        asked = left.selectbox(wording.text("Asked"), list(when), format_func=when.__getitem__, key="entry_asked")
        whose = view.words("holder")
        holder = right.selectbox(
            wording.text("Whose understanding"),
            list(whose),
            index=list(whose).index(Holder.POLITICIANS),
            format_func=whose.__getitem__,
            key="entry_holder",
        )
        fields = st.columns(3)
        votes = {
            str(one): field.number_input(
                understanding_name(one, wording), min_value=0, max_value=999, step=1, key=f"entry_{one}"
            )
            for one, field in zip(Understanding, fields, strict=True)
        }
        if not save_button(view, day):
            return
    if not table or not sum(votes.values()):
        form_entry.refuse(wording.text("Write the table, and at least one vote."))
        st.rerun()
    row = {"municipality": municipality, "held_on": day[0], "asked": asked, "holder": holder, "table": table, **votes}
    there = of_day(view, view.understandings, day)
    there = there[
        (there["municipality"] == municipality)
        & (there["asked"] == asked)
        & (there["holder"] == holder)
        & (there["table"] == table)
    ]
    save(view, Form.UNDERSTANDINGS, [row], there, table)


def enter_actions(view: ThemeDayData, day: Day) -> None:
    """Show a number field for each action, and one for an action that is not on the list."""
    wording = view.wording
    names = on_the_list(view, day)
    with st.form("votes_on_actions"):
        table, municipality = ask_table(view, day)
        votes: dict[str, int] = {}
        with st.grid(3, min_column_width=220):
            for name in names:
                votes[name] = int(
                    st.number_input(
                        formatting.plain(name), min_value=0, max_value=999, step=1, key=f"entry_action_{name}"
                    )
                )
        left, right = st.columns([2, 1])
        other = left.text_input(wording.text("Another action"), key="entry_other", max_chars=120).strip()
        number = right.number_input(
            wording.text("Its votes"), min_value=0, max_value=999, step=1, key="entry_other_votes"
        )
        if other:
            votes[other] = int(number)
        if not save_button(view, day):
            return
    if not table or not sum(votes.values()):
        form_entry.refuse(wording.text("Write the table, and at least one vote."))
        st.rerun()
    place = {"held_on": day[0], "municipality": municipality, "table": table}
    there = of_day(view, view.votes, day)
    there = there[(there["municipality"] == municipality) & (there["table"] == table)]
    rows = [{**place, "action": name, "votes": number} for name, number in votes.items() if number]
    save(view, Form.VOTES, rows, there, table)


def ask_table(view: ThemeDayData, day: Day) -> tuple[str, str]:
    """Ask which table votes, and for which municipality."""
    wording = view.wording
    left, right = st.columns(2)
    table = left.text_input(wording.text("Table"), key="entry_table", max_chars=20).strip()
    names = permissions.own_places(voters(view, day))
    municipality = right.selectbox(wording.text("Municipality"), names, key="entry_municipality")
    return table, str(municipality or "")


def voters(view: ThemeDayData, day: Day) -> list[str]:
    return stored_days(view, day) or view.wording.in_order(view.facts["name"])


def save_button(view: ThemeDayData, day: Day) -> bool:
    """Show the save button, enabled for people who may act for a participating municipality. Return True if clicked."""
    names = voters(view, day)
    why = permissions.reason_not_allowed(Action.ENTER, view.wording, [] if permissions.own_places(names) else names)
    label = view.wording.text("Save the table's votes")
    return st.form_submit_button(label, type="primary", icon=":material/check:", **permissions.disabled_if(why))


def on_the_list(view: ThemeDayData, day: Day) -> list[str]:
    """Return the actions to vote on: first those of most municipalities, then others that a table has voted on."""
    common = view.actions["action"].value_counts().index[:MOST_ACTIONS].tolist()
    voted = view.wording.in_order(of_day(view, view.votes, day)["action"].unique())
    return list(dict.fromkeys([*common, *voted]))


def save(view: ThemeDayData, form: Form, rows: list[dict[str, Any]], there: pd.DataFrame, table: str) -> None:
    """Store a table's votes. If it already has votes, ask for confirmation before replacing them."""
    wording = view.wording
    stands = None if there.empty else (form.value, int(there["import_id"].max()))
    if stands is not None and st.session_state.get("may_replace") != stands:
        st.session_state["may_replace"] = stands
        form_entry.refuse(
            wording.text("Table {table} has entered votes already; they stand below.", table=table),
            wording.text("Save once more, and yours take their place; or write another table."),
        )
        st.rerun()
    name = wording.text("votes-table-{table}", table=table) + ".xlsx"
    if form_entry.enter(view, {form: rows}, name, wording.text("The votes of table {table} are saved.", table=table)):
        form_entry.clear("entry_", but=("entry_municipality", "entry_asked", "entry_holder"))
    st.rerun()


def entered(view: ThemeDayData, day: Day, what: str) -> None:
    """Show the stored votes of every table, each with an undo button."""
    wording = view.wording
    rows = of_day(view, view.understandings if what == ON_UNDERSTANDINGS else view.votes, day)
    rows = rows[rows["table"].notna()]
    if rows.empty:
        return
    st.header(wording.text("What the tables have entered"))
    alone = imports_of_one_table(rows)
    for (number, municipality, table), of_table in rows.groupby(["import_id", "municipality", "table"], sort=False):
        with st.container(horizontal=True, vertical_alignment="center", key=f"entered_{number}_{municipality}_{table}"):
            votes = [vote_text(row, view, what) for row in of_table.to_dict("records")]
            name = wording.text("Table {table}, {municipality}", table=table, municipality=municipality)
            st.markdown(f"**{formatting.plain(name)}** {formatting.plain('; '.join(filter(None, votes)))}")
            if number in alone:
                why = permissions.reason_not_allowed(Action.ENTER, wording, [municipality])
                st.button(
                    wording.text("Take back"),
                    key=f"take_back_{number}",
                    icon=":material/undo:",
                    on_click=take_back,
                    args=(int(number), table, wording),
                    **permissions.disabled_if(why),
                )


def imports_of_one_table(rows: pd.DataFrame) -> set[int]:
    """Return the imports with the votes of only one table of the day, which were entered on this page."""
    tables = rows.drop_duplicates(["import_id", "municipality", "table"])["import_id"].value_counts()
    return {int(number) for number in tables[tables == 1].index}


def vote_text(row: dict[str, Any], view: ThemeDayData, what: str) -> str:
    """Return the votes of a row as text."""
    if what == ON_ACTIONS:
        return f"{row['action']} {view.wording.integer(row['votes'])}" if row["votes"] else ""
    numbers = {one: row[str(one)] for one in Understanding}
    is_whole = all(float(number).is_integer() for number in numbers.values())
    votes = ", ".join(
        f"{understanding_name(one, view.wording).lower()} {view.wording.decimal(number, 0 if is_whole else 2)}"
        for one, number in numbers.items()
    )
    return f"{view.word('holder', row['holder'])}, {view.word('asked', row['asked']).lower()}: {votes}"


@recovery.reporting_database_errors
def take_back(import_id: int, table: str, wording: Wording) -> None:
    """Undo the import of a table's votes, and report success or refusal."""
    try:
        store.undo_import(session.database(), import_id, by=signed_in_person())
    except NotAllowed as refused:
        form_entry.refuse(permissions.refusal_text(refused, wording))
    else:
        form_entry.done(wording.text("The votes of table {table} are taken back.", table=table))


def upload(view: ThemeDayData, day: Day, what: str) -> None:
    """Show the upload of a sheet as an alternative to the number fields, and a template with the day and the tables."""
    wording = view.wording
    with st.expander(wording.text("Or upload a sheet"), icon=":material/upload_file:", key="day_upload"):
        audit_log.download(
            wording.text("Download a sheet to fill in"),
            lambda: sheet_to_fill_in(view, day, what),
            file_name=wording.text("votes") + ".xlsx",
            icon=":material/download:",
            key="votes_sheet",
            what=None,
        )
        file = st.file_uploader(
            wording.text("Workbook (.xlsx)"), type=["xlsx"], key=f"day_file_{st.session_state.get('day_files', 0)}"
        )
        why = permissions.disabled_if(permissions.reason_not_allowed(Action.ENTER, wording))
        if file is not None and st.button(wording.text("Store it"), type="primary", key="store_day_file", **why):
            said = wording.text("“{file}” is stored, and the pages show it now.", file=file.name)
            if form_entry.enter_file(view, file.getvalue(), file.name, said):
                st.session_state["day_files"] = st.session_state.get("day_files", 0) + 1
            st.rerun()


def sheet_to_fill_in(view: ThemeDayData, day: Day, what: str) -> bytes:
    """Return a workbook with a row for each table, or for each table and action, without the votes."""
    there = stored_days(view, day)
    place = {"held_on": day[0], "municipality": there[0] if len(there) == 1 else None}
    tables = [str(number) for number in range(1, 7)]
    if what == ON_UNDERSTANDINGS:
        words = {"asked": "before", "holder": Holder.POLITICIANS.value}
        rows = [{**place, **words, "table": table} for table in tables]
        return workbook({Form.UNDERSTANDINGS: rows}, view.wording.code, synthetic=view.synthetic)
    rows = [{**place, "table": table, "action": name} for table in tables for name in on_the_list(view, day)]
    return workbook({Form.VOTES: rows}, view.wording.code, synthetic=view.synthetic)
