"""Form to map an unknown file's columns and values to the data model."""

import datetime as dt
from collections.abc import Mapping as Lookup
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analysis.i18n import Wording
from analysis.i18n.vocabulary import WORDS
from analysis.intake.contract import KINDS, Form
from analysis.intake.detect.detection import recognise
from analysis.intake.detect.headers import headings
from analysis.intake.lexicon.opposites import negated
from analysis.intake.lexicon.reference_data import ReferenceData, load_reference_data
from analysis.intake.mapping.mapping import DimensionMapping, Mapping, distinct, headers, heading_of, spec
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.mapping.suggestions import Suggestion, Why, suggested_group, suggestions
from analysis.intake.parsing.columns import ParseError, word
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.values.dates import NotADate, OutOfBounds, day
from analysis.intake.values.periods import Ambiguous, readings
from analysis.model.languages import name_in
from analysis.model.terms import MISSING
from pages.components import formatting
from pages.components.session import database
from pages.import_wizard.job import ImportJob

SHOWN_VALUES = 3
MOST_VALUES = 200
"""Maximum number of distinct values of a column that are listed for correction."""
SAME_FOR_ALL = {"municipality", "offer", "held_on", "place", "day_kind", "asked", "holder"}
"""Columns that a file often lacks, because all rows have the same value."""


@dataclass(frozen=True)
class Columns:
    """A sheet's columns by header: the number of distinct values, and the values if there are few."""

    sheet: RawSheet
    rows: tuple[int, int]
    names: list[str]
    values: dict[str, dict[str, int]]


def choose_mapping(work: ImportJob, wording: Wording) -> None:
    """Use the recognised mapping, or show the form if the person requests it or the file is not recognised."""
    assert work.reading is not None
    sheets = [sheet for sheet in work.reading.sheets if sheet.filled.any()]
    if not sheets:
        return
    knowledge = load_reference_data(database())
    recognised = work.kept("recognised", lambda: _is_recognised(work, knowledge))
    key = f"by_hand_{work.reading.sha256[:8]}"
    remembered = work.decisions.mapping is not None and "read_as" in work.cache
    if remembered:
        return
    if not st.toggle(wording.text("Match the columns by hand"), value=not recognised, key=key):
        work.decisions = Decisions(None, work.corrections)
        return
    with st.container(border=True):
        mapping = _ask(work, sheets, knowledge, wording)
    if mapping != work.decisions.mapping:
        work.decisions = Decisions(mapping, work.corrections)


def _is_recognised(work: ImportJob, knowledge: ReferenceData) -> bool:
    """Return True if any sheet is recognised without mapping."""
    assert work.reading is not None
    return any(recognise(sheet, knowledge)[0] is not None for sheet in work.reading.sheets)


def _ask(work: ImportJob, sheets: list[RawSheet], knowledge: ReferenceData, wording: Wording) -> Mapping:
    sheet = _choose_sheet(sheets, wording)
    rows = _choose_headers(sheet, wording)
    by_header = work.kept(("headers", sheet.name, rows), lambda: headers(sheet, rows))
    columns = work.kept(("columns", sheet.name, rows), lambda: _columns(sheet, rows, by_header))
    possible = _rows(wording)
    form: str = st.radio(
        wording.text("What is a row?"),
        list(possible),
        format_func=possible.__getitem__,
        horizontal=True,
        key="map_form",
    )
    heading = heading_of(sheet, rows)
    likely = work.kept(("likely", sheet.name, rows, form), lambda: suggestions(heading, by_header, form, knowledge))
    chosen, constants = _ask_columns(columns.names, form, likely, wording)
    dimensions = _ask_dimensions(columns, chosen, likely, knowledge, wording) if form == Form.COURSES else {}
    values = _ask_values(columns, chosen, wording)
    places = st.checkbox(
        wording.text("The municipalities are places outside the Danish list: add them"), key="map_places"
    )
    adjusted_on = _ask_adjusted_on(wording) if form in (Form.COURSES, Form.COUNTS) else None
    title = st.text_input(wording.text("What was adjusted"), key="map_title") if adjusted_on else ""
    return Mapping(
        form, chosen, dimensions, values, constants, places, adjusted_on, title, sheet=sheet.name, heading=rows
    )


def _rows(wording: Wording) -> dict[str, str]:
    """Return the kinds of rows to choose from."""
    return {form: wording.text(kind.by_hand) for form, kind in KINDS.items() if kind.by_hand}


def _ask_adjusted_on(wording: Wording) -> dt.date | None:
    return st.date_input(
        wording.text("Date of an adjustment shared by every offer in the file (may be left empty)"),
        value=None,
        min_value="1990-01-01",
        format="DD-MM-YYYY",
        key="map_adjusted_on",
    )


def _columns(sheet: RawSheet, rows: tuple[int, int], by_header: dict[str, TextColumn]) -> Columns:
    few = {name: distinct(column) for name, column in by_header.items() if len(column.values) <= MOST_VALUES}
    return Columns(sheet, rows, list(by_header), few)


def _choose_sheet(sheets: list[RawSheet], wording: Wording) -> RawSheet:
    if len(sheets) == 1:
        return sheets[0]
    number = st.selectbox(
        wording.text("Sheet"), range(len(sheets)), format_func=lambda number: sheets[number].name, key="map_sheet"
    )
    return sheets[number]


def _choose_headers(sheet: RawSheet, wording: Wording) -> tuple[int, int]:
    """Ask for the rows of the headers, with the likeliest as default."""
    likely = heading_of(sheet)
    possible = {(one.first, one.last): one for one in headings(sheet)}
    said = {
        rows: f"{wording.integer(rows[0] + 1)}{'' if rows[0] == rows[1] else f'–{rows[1] + 1}'}: "
        + ", ".join(text for text in one.texts if text)[:90]
        for rows, one in possible.items()
    }
    rows = list(possible)
    return st.selectbox(
        wording.text("Row of the headers"),
        rows,
        index=rows.index((likely.first, likely.last)),
        format_func=said.__getitem__,
        key=f"map_headers_{sheet.name}",
    )


def _ask_columns(
    names: list[str], form: str, likely: dict[str, Suggestion], wording: Wording
) -> tuple[dict[str, str], dict[str, str]]:
    """Ask which header is which column, and for values of all rows. ``_ask_dimensions`` handles courses' dimensions."""
    labels = column_labels(wording)
    formatting.label(wording.text("Which column is which?"))
    shown = [column.key for column in spec(form).columns if form != Form.COURSES or column.key in labels]
    _offer_likely({key: one for key, one in likely.items() if key in shown}, wording)
    chosen: dict[str, str] = {}
    constants: dict[str, str] = {}
    with st.grid(3, min_column_width=260):
        for column in spec(form).columns:
            if form == Form.COURSES and column.key not in labels:
                continue
            with st.container():
                suggestion = likely.get(column.key)
                label = labels.get(column.key, name_in(column.names, wording.code))
                label += " *" if column.needed else ""
                name = st.selectbox(
                    label,
                    names,
                    index=names.index(suggestion.header) if suggestion and suggestion.certain else None,
                    key=f"map_{column.key}",
                    placeholder=wording.text("not in the file"),
                    help=_why(suggestion, wording) if suggestion else None,
                )
                if suggestion and not suggestion.certain and name in (None, suggestion.header):
                    st.caption(formatting.plain(_perhaps(suggestion.header, suggestion, wording)))
                if name is not None:
                    chosen[column.key] = name
                elif column.key in SAME_FOR_ALL:
                    same = st.text_input(wording.text("or the same for every row"), key=f"map_constant_{column.key}")
                    if same.strip():
                        constants[column.key] = same.strip()
    st.caption(formatting.plain(wording.text("* needed")))
    return chosen, constants


def _why(suggestion: Suggestion, wording: Wording) -> str:
    why = {
        Why.NAME: wording.text("Known by its header"),
        Why.SPELLING: wording.text("Like a known header"),
        Why.CONTENT: wording.text("By what stands in it"),
    }
    return wording.text("{why}: {number}% sure", why=why[suggestion.why], number=wording.integer(suggestion.confidence))


def _perhaps(what: str, suggestion: Suggestion, wording: Wording) -> str:
    """Return a likely column and the reason; the person has not confirmed it yet."""
    return wording.text("Perhaps “{name}”. {why}.", name=what, why=_why(suggestion, wording))


def _offer_likely(likely: dict[str, Suggestion], wording: Wording) -> None:
    """Show one button that accepts every likely column that is not chosen yet."""
    unsure = {f"map_{key}": one.header for key, one in likely.items() if not one.certain}
    if any(st.session_state.get(key) is None for key in unsure):
        st.button(wording.text("Choose the likely columns"), key="map_likely", on_click=_choose, args=(unsure,))


def _choose(unsure: dict[str, str]) -> None:
    """Choose these columns where none is chosen; a callback, called before the page runs again."""
    for key, header in unsure.items():
        if st.session_state.get(key) is None:
            st.session_state[key] = header


def column_labels(wording: Wording) -> dict[str, str]:
    """Return the label of each column."""
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


def _ask_values(columns: Columns, chosen: dict[str, str], wording: Wording) -> dict[str, dict[str, str]]:
    """Ask for the meaning of single values that do not follow the format."""
    hints = {
        "started_on": wording.text("Write each date as day-month-year, for example 12-03-2015."),
        "invited_on": wording.text("Write each date as day-month-year, for example 12-03-2015."),
    }
    hints["period"] = wording.text("Write each period as for example 2015, 2015K1, 2015-03 or 2015-W12.")
    hints |= {key: _one_of(key, wording) for key in chosen if key in WORDS}
    values = {}
    for key, hint in hints.items():
        found = columns.values.get(chosen.get(key, ""))
        if found is None or _are_understood(found, key, chosen[key]):
            continue
        formatting.label(wording.text("What do the values of “{column}” mean?", column=chosen[key]))
        st.caption(formatting.plain(hint))
        edited = _edit(pd.DataFrame({"value": list(found), "meaning": list(found)}), f"values_{key}", wording)
        values[key] = _not_emptied(edited, "meaning", wording)
    return values


def _not_emptied(edited: pd.DataFrame, name: str, wording: Wording) -> dict[str, str]:
    """Return the meaning of each value. Warn about a value whose meaning was emptied; it stays unchanged."""
    meanings = edited[name].fillna("").str.strip()
    emptied = (meanings == "") & (edited["value"] != "")
    if emptied.any():
        names = ", ".join(edited.loc[emptied, "value"].head(SHOWN_VALUES))
        said = wording.text("“{value}” cannot be read as nothing: write what it means.", value=names)
        st.error(formatting.plain(said), icon=":material/error:")
    return dict(zip(edited["value"], meanings.mask(emptied, edited["value"]), strict=True))


def _are_understood(found: Lookup[str, int], key: str, header: str) -> bool:
    """Return True if every value of a column is valid without mapping."""
    if key in WORDS:
        return not (key == "outcome" and negated(header)) and _are_words(found, key)
    return _are_periods(found) if key == "period" else _are_days(found)


def _are_periods(found: Lookup[str, int]) -> bool:
    column = [(value, "u") for value in found if value]
    read_as = readings(column, {})
    try:
        for value, kind in column:
            read_as.span(value, kind)
    except (NotADate, OutOfBounds, Ambiguous):
        return False
    return True


def _one_of(key: str, wording: Wording) -> str:
    words = ", ".join(name_in(spellings, wording.code) for spellings in WORDS[key].values())
    return wording.text("Write one of: {words}.", words=words)


def _are_words(found: Lookup[str, int], key: str) -> bool:
    try:
        for value in found:
            if value:
                word(key)(value, "u")
    except ParseError:
        return False
    return True


def _are_days(found: Lookup[str, int]) -> bool:
    try:
        for value in found:
            if value:
                day(value)
    except (NotADate, OutOfBounds, ParseError):
        return False
    return True


def _ask_dimensions(
    columns: Columns, chosen: dict[str, str], likely: dict[str, Suggestion], knowledge: ReferenceData, wording: Wording
) -> dict[str, DimensionMapping]:
    """Ask which columns are dimensions, their groups, and the order of the groups."""
    left = [name for name in columns.names if name not in chosen.values() and name in columns.values]
    meant = {one.header: key for key, one in likely.items() if key in knowledge.dimensions and one.header in left}
    picked = st.multiselect(
        wording.text("Columns that divide citizens into social groups"),
        left,
        default=[name for name in left if name in meant and likely[meant[name]].certain],
        key="map_dimensions",
        placeholder=wording.text("choose columns"),
        select_all=False,
    )
    return {
        name: _ask_dimension(name, columns.values[name], meant.get(name), likely, knowledge, wording) for name in picked
    }


def _ask_dimension(
    name: str,
    found: Lookup[str, int],
    meant: str | None,
    likely: dict[str, Suggestion],
    knowledge: ReferenceData,
    wording: Wording,
) -> DimensionMapping:
    new = "\x00new"
    labels = {new: wording.text("a new dimension: {name}", name=name)}
    labels |= {key: dimension.label(wording.code) for key, dimension in knowledge.dimensions.items()}
    sure = meant is not None and likely[meant].certain
    with st.expander(formatting.plain(name), expanded=True):
        left, right = st.columns(2, vertical_alignment="bottom")
        target = str(
            left.selectbox(
                wording.text("Dimension"),
                list(labels),
                index=list(labels).index(meant) if meant and sure else 0,
                format_func=labels.__getitem__,
                key=f"map_target_{name}",
            )
        )
        if meant and not sure:
            left.caption(formatting.plain(_perhaps(labels[meant], likely[meant], wording)))
        ordered_already = target != new and knowledge.dimensions[target].ordered
        ordered = right.checkbox(
            wording.text("The groups have an order from least to most advantaged"),
            value=ordered_already,
            disabled=target != new,
            key=f"map_ordered_{name}_{target == new}",
        )
        frame = _group_frame(found, target, knowledge, wording)
        if "confidence" in frame:
            st.caption(formatting.plain(wording.text("Tick each group that is meant, or write another and tick it.")))
        if ordered:
            st.caption(
                formatting.plain(
                    wording.text("Rank 1 is the least advantaged. A group without a rank stands outside the order.")
                )
            )
            frame["rank"] = ""
        edited = _edit(frame, f"groups_{name}_{target}_{ordered}", wording)
    meanings = _meanings(edited, wording)
    ranks = {}
    if ordered:
        ranks = {
            group: int(rank)
            for group, rank in zip(edited["group"], edited["rank"], strict=True)
            if str(rank or "").isdecimal()
        }
    return DimensionMapping(name if target == new else target, ordered, meanings, ranks)


def _group_frame(found: Lookup[str, int], target: str, knowledge: ReferenceData, wording: Wording) -> pd.DataFrame:
    """Return each value with its most likely group, and the likelihood if any is a guess."""
    rows = []
    for value in found:
        likely = suggested_group(value, target, knowledge)
        label = _label(likely[0], target, knowledge, wording) if likely else value
        rows.append((value, value if likely and likely[0] == MISSING else label, likely[1] if likely else None))
    frame = pd.DataFrame(rows, columns=["value", "group", "confidence"])
    guesses = frame["confidence"].notna() & (frame["confidence"] < 100)
    if not guesses.any():
        return frame[["value", "group"]]
    frame["approved"] = ~guesses
    return frame


def _label(key: str, target: str, knowledge: ReferenceData, wording: Wording) -> str:
    return key if key == MISSING else knowledge.dimensions[target].group(key).label(wording.code)


def _meanings(edited: pd.DataFrame, wording: Wording) -> dict[str, str]:
    """Return the meaning of each value; an unconfirmed guess leaves the value unchanged."""
    if "approved" in edited:
        edited = edited.assign(group=edited["group"].where(edited["approved"], edited["value"]))
    return _not_emptied(edited, "group", wording)


def _edit(frame: pd.DataFrame, key: str, wording: Wording) -> pd.DataFrame:
    """Show a table in which everything except the file's own values is editable."""
    config = {
        "value": st.column_config.TextColumn(wording.text("In the file"), disabled=True),
        "meaning": st.column_config.TextColumn(wording.text("Read as")),
        "group": st.column_config.TextColumn(wording.text("Group")),
        "confidence": st.column_config.NumberColumn(wording.text("Sure"), format="%d %%", disabled=True),
        "approved": st.column_config.CheckboxColumn(wording.text("Yes")),
        "rank": formatting.rank_column(wording),
    }
    return st.data_editor(frame, column_config=config, hide_index=True, num_rows="fixed", key=f"map_{key}")
