"""Matching an unknown file's columns and values to ours by hand."""

from collections.abc import Mapping as Lookup

import pandas as pd
import streamlit as st

from analysis.intake.contract import Form
from analysis.intake.known import Known, known
from analysis.intake.mapping import (
    DimensionMapping,
    Mapping,
    apply_mapping,
    distinct,
    headers,
    spec,
    suggested_columns,
)
from analysis.intake.preparing import Prepared
from analysis.intake.reading import Reading
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import normalised
from analysis.wording import Wording
from pages.parts import show
from pages.parts.session import database

MOST_VALUES = 200
"""A column with more distinct values than this has none of them listed for mending."""


def mapped(reading: Reading, recognised: Prepared, wording: Wording) -> Prepared:
    """What was recognised, or what the person makes of the file by hand where they want to, or where they must."""
    sheets = [sheet for sheet in reading.sheets if sheet.rows and headers(sheet)]
    if not sheets:
        return recognised
    by_hand = st.toggle(
        wording.text("Match the columns by hand"), value=not recognised.tables, key=f"by_hand_{reading.sha256[:8]}"
    )
    if not by_hand:
        return recognised
    with st.container(border=True):
        sheet = _choose_sheet(sheets, wording)
        return apply_mapping(reading, sheet, _ask(sheet, known(database()), wording), known(database()))


def _choose_sheet(sheets: list[RawSheet], wording: Wording) -> RawSheet:
    if len(sheets) == 1:
        return sheets[0]
    number = st.selectbox(
        wording.text("Sheet"), range(len(sheets)), format_func=lambda number: sheets[number].name, key="map_sheet"
    )
    return sheets[number]


def _ask(sheet: RawSheet, knowledge: Known, wording: Wording) -> Mapping:
    columns_of_file = headers(sheet)
    form = Form(
        st.radio(
            wording.text("What is a row?"),
            [Form.COURSES.value, Form.COUNTS.value],
            format_func={
                Form.COURSES.value: wording.text("One citizen's course"),
                Form.COUNTS.value: wording.text("A count of citizens"),
            }.get,
            horizontal=True,
            key="map_form",
        )
    )
    columns = _ask_columns(sheet, form, list(columns_of_file), wording)
    dimensions = _ask_dimensions(columns_of_file, columns, knowledge, wording) if form is Form.COURSES else {}
    values = _ask_values(columns_of_file, columns, wording)
    places = st.checkbox(
        wording.text("The municipalities are places outside the Danish list: add them"), key="map_places"
    )
    adjusted_on = st.date_input(
        wording.text("Date of an adjustment shared by every offer in the file (may be left empty)"),
        value=None,
        min_value="1990-01-01",
        format="DD-MM-YYYY",
        key="map_adjusted_on",
    )
    title = st.text_input(wording.text("What was adjusted"), key="map_title") if adjusted_on else ""
    return Mapping(form, columns, dimensions, values, places, adjusted_on, title)


def _ask_columns(sheet: RawSheet, form: Form, names: list[str], wording: Wording) -> dict[str, str]:
    """Which header is which of our columns; the dimensions of courses are asked for apart."""
    suggested = suggested_columns(sheet, form)
    labels = _column_labels(wording)
    show.label(wording.text("Which column is which?"))
    chosen = {}
    with st.grid(3, min_column_width=260):
        for column in spec(form).columns:
            if column.key not in labels:
                continue
            label = labels[column.key] + (" *" if column.needed else "")
            index = names.index(suggested[column.key]) if column.key in suggested else None
            name = st.selectbox(
                label, names, index=index, key=f"map_{column.key}", placeholder=wording.text("not in the file")
            )
            if name is not None:
                chosen[column.key] = name
    st.caption(show.plain(wording.text("* needed")))
    return chosen


def _column_labels(wording: Wording) -> dict[str, str]:
    return {
        "municipality": wording.text("Municipality"),
        "offer": wording.text("Offer"),
        "citizen": wording.text("Citizen id"),
        "invited_on": wording.text("Date invited"),
        "started_on": wording.text("Date started"),
        "completed_on": wording.text("Date completed"),
        "outcome": wording.text("Outcome"),
        "period": wording.text("Period"),
        "dimension": wording.text("Dimension"),
        "group": wording.text("Group"),
        "invited": wording.text("Invited"),
        "participated": wording.text("Participated"),
        "completed": wording.text("Completed"),
    }


def _ask_values(
    columns_of_file: Lookup[str, TextColumn], columns: dict[str, str], wording: Wording
) -> dict[str, dict[str, str]]:
    """What single values mean, where they are not written as the format has them."""
    hints = {
        "started_on": wording.text("Write each date as day-month-year, for example 12-03-2015."),
        "invited_on": wording.text("Write each date as day-month-year, for example 12-03-2015."),
        "outcome": wording.text("Write: completed, dropped out, or running."),
    }
    values = {}
    for key, hint in hints.items():
        if key not in columns:
            continue
        column = columns_of_file[columns[key]]
        if len(column.values) > MOST_VALUES or _are_dates(found := distinct(column)):
            continue
        name = columns[key]
        show.label(wording.text("What do the values of “{column}” mean?", column=name))
        st.caption(show.plain(hint))
        edited = _edit(pd.DataFrame({"value": list(found), "meaning": list(found)}), f"values_{key}", wording)
        values[key] = dict(zip(edited["value"], edited["meaning"].fillna(""), strict=True))
    return values


def _are_dates(found: dict[str, int]) -> bool:
    from analysis.intake.cells import NotUnderstood, date

    try:
        for value in found:
            if value:
                date(value)
    except NotUnderstood:
        return False
    return True


def _ask_dimensions(
    columns_of_file: Lookup[str, TextColumn], columns: dict[str, str], knowledge: Known, wording: Wording
) -> dict[str, DimensionMapping]:
    """Which columns divide the citizens, into which groups, and in what order."""
    left = [
        name
        for name, column in columns_of_file.items()
        if name not in columns.values() and len(column.values) <= MOST_VALUES
    ]
    chosen = st.multiselect(
        wording.text("Columns that divide citizens into social groups"),
        left,
        key="map_dimensions",
        placeholder=wording.text("choose columns"),
        select_all=False,
    )
    return {name: _ask_dimension(name, columns_of_file[name], knowledge, wording) for name in chosen}


def _ask_dimension(name: str, column: TextColumn, knowledge: Known, wording: Wording) -> DimensionMapping:
    new = "\x00new"
    labels = {new: wording.text("a new dimension: {name}", name=name)}
    labels |= {key: dimension.label(wording.code) for key, dimension in knowledge.dimensions.items()}
    with st.expander(show.plain(name), expanded=True):
        left, right = st.columns(2, vertical_alignment="bottom")
        target = str(
            left.selectbox(
                wording.text("Dimension"), list(labels), format_func=labels.__getitem__, key=f"map_target_{name}"
            )
        )
        ordered_already = target != new and knowledge.dimensions[target].ordered
        ordered = right.checkbox(
            wording.text("The groups have an order from least to most advantaged"),
            value=ordered_already,
            disabled=target != new,
            key=f"map_ordered_{name}_{target == new}",
        )
        found = distinct(column)
        words = knowledge.groups.get(target, {})
        groups = [_group_label(value, target, words, knowledge, wording) for value in found]
        frame = pd.DataFrame({"value": list(found), "group": groups})
        if ordered:
            st.caption(
                show.plain(wording.text("Rank 1 is the least advantaged. Left empty, the numbers in the names decide."))
            )
            frame["rank"] = pd.array([None] * len(frame), dtype="Int64")
        edited = _edit(frame, f"groups_{name}_{target}_{ordered}", wording)
    meanings = dict(zip(edited["value"], edited["group"].fillna(""), strict=True))
    ranks = {}
    if ordered:
        ranks = {
            group: int(rank) for group, rank in zip(edited["group"], edited["rank"], strict=True) if pd.notna(rank)
        }
    return DimensionMapping(name if target == new else target, ordered, meanings, ranks)


def _group_label(value: str, target: str, words: dict[str, str], knowledge: Known, wording: Wording) -> str:
    """The known group that a value means, by its label; the value itself where it means none."""
    key = words.get(normalised(value))
    dimension = knowledge.dimensions.get(target)
    if key is None or dimension is None or key not in {group.key for group in dimension.groups}:
        return value
    return dimension.group(key).label(wording.code)


def _edit(frame: pd.DataFrame, key: str, wording: Wording) -> pd.DataFrame:
    """A table in which everything but the file's own values can be changed."""
    config = {
        "value": st.column_config.TextColumn(wording.text("In the file"), disabled=True),
        "meaning": st.column_config.TextColumn(wording.text("Read as")),
        "group": st.column_config.TextColumn(wording.text("Group")),
        "rank": st.column_config.NumberColumn(wording.text("Rank"), min_value=1, step=1),
    }
    return st.data_editor(frame, column_config=config, hide_index=True, num_rows="fixed", key=f"map_{key}")
