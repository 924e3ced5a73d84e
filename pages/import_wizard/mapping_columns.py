"""The file as it is, and a choice of its meaning over each column."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st

from analysis.i18n import Wording
from analysis.intake.contract import Form
from analysis.intake.findings.findings import Finding, blocks
from analysis.intake.layout.heading import NO_HEADERS, Heading
from analysis.intake.layout.labels import (
    GROUP,
    MUNICIPALITY,
    OFFER,
    PERIOD,
    SESSION,
    STAGE,
    STAGE_AND_GROUP,
    STAGE_AND_PERIOD,
    common_dimension,
)
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.mapping.ages import BIRTH_YEAR
from analysis.intake.mapping.draft import Draft
from analysis.intake.mapping.mapping import spec
from analysis.intake.sheets import RawSheet, TextColumn, letters
from analysis.intake.tables import cleaned
from analysis.model.languages import name_in
from pages.components import formatting
from pages.import_wizard.likely_columns import offer_likely, perhaps

NUMBERS, NEW_DIMENSION, DIMENSION, ONLY = "numbers", "new dimension", "dimension:", "only"
"""Meanings of a column besides the columns of the format."""
SHOWN_ROWS, SHOWN_VALUES, WIDEST = 8, 4, 120


@dataclass(frozen=True)
class ColumnChoices:
    """What the person chose: columns by field, dimensions by name of the column, and the columns of numbers.

    ``ambiguous`` are columns with the meaning of another column, ``only`` those that tell which rows are read.
    """

    fields: dict[str, str]
    dimensions: dict[str, str]
    numbers: tuple[str, ...]
    ambiguous: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


def show_file(sheet: RawSheet, header: int, wording: Wording) -> None:
    """Show the rows around the last header row, counted from 0, as they are, with their row numbers and letters."""
    filled = np.flatnonzero(sheet.filled)
    first = filled[filled <= header].tolist()[-3:]
    rows = [*first, *filled[filled > header][: SHOWN_ROWS - len(first)].tolist()]
    frame = pd.DataFrame(
        {letters(at): [cleaned(column.at(row)) for row in rows] for at, column in enumerate(sheet.columns[:WIDEST])},
        index=pd.Index([row + 1 for row in rows], name=wording.text("Row")),
    )
    st.dataframe(frame, key="map_file", height="content", alt=wording.text("The first rows of the file as they are"))


def show_first_rows(sheets: Sequence[RawSheet], findings: Sequence[Finding], wording: Wording) -> None:
    """Show the rows of the sheet that the first error is about, while nothing of the file is recognised."""
    wrong = next((one for one in findings if blocks([one]) and one.rows), None)
    for sheet in sheets:
        if sheet.filled.any() and (wrong is None or wrong.sheet == sheet.name):
            show_file(sheet, wrong.rows[0] - 1 if wrong else int(sheet.filled.argmax()), wording)
            return


def choose_columns(
    draft: Draft, form: str, heading: Heading, knowledge: ReferenceData, wording: Wording
) -> ColumnChoices:
    """Ask what each column is, with its first values beneath."""
    names = meanings(form, knowledge, wording)
    likely = {one.header: (key, one) for key, one in draft.likely.items() if _code(key, knowledge) in names}
    places = {name: letters(heading.names.index(name)) for name in draft.columns}
    keys = {name: f"map_{form}_{places[name]}" for name in draft.columns}
    numbers = _numbers(draft, form, wording)
    left = [name for name in draft.columns if name not in numbers]
    codes = {
        keys[name]: _code(likely[name][0], knowledge) for name in left if name in likely and not likely[name][1].certain
    }
    offer_likely(codes, wording)
    chosen: dict[str, str] = {}
    not_used = wording.text("not used")
    with st.grid("auto", min_column_width=200, key="map_columns"):
        for name in left:
            key, suggestion = likely.get(name, (None, None))
            sure = suggestion is not None and suggestion.certain
            possible = {"": not_used, **names} if sure else names  # A list that starts chosen can't be emptied.
            with st.container(border=True):
                code = st.selectbox(
                    formatting.plain(places[name] if draft.rows == NO_HEADERS else f"{places[name]} · {name}"),
                    list(possible),
                    index=list(possible).index(_code(str(key), knowledge)) if sure else None,
                    format_func=possible.__getitem__,
                    key=keys[name],
                    placeholder=not_used,
                )
                st.caption("  \n".join(map(formatting.plain, _first_values(draft.columns[name]))))
                if suggestion is not None and not sure and code is None:
                    st.caption(formatting.plain(perhaps(names[_code(str(key), knowledge)], suggestion, wording)))
            if code:
                chosen[name] = code
    return _sorted(chosen, numbers)


def _sorted(chosen: dict[str, str], numbers: Sequence[str]) -> ColumnChoices:
    """Divide the columns by their meaning. The first of two columns with the same meaning has it."""
    fields: dict[str, str] = {}
    dimensions: dict[str, str] = {}
    own, ambiguous = list(numbers), []
    only = tuple(name for name, code in chosen.items() if code == ONLY)
    for name, code in chosen.items():
        if code == NUMBERS:
            own.append(name)
        elif code == ONLY:
            continue
        elif code == NEW_DIMENSION:
            dimensions[name] = NEW_DIMENSION
        elif code.startswith(DIMENSION):
            dimensions[name] = code.removeprefix(DIMENSION)
        elif code in fields:
            ambiguous.append(name)
        else:
            fields[code] = name
    return ColumnChoices(fields, dimensions, tuple(own), tuple(ambiguous), only)


def _numbers(draft: Draft, form: str, wording: Wording) -> list[str]:
    """Ask which columns are numbers of the same kind, such as one for each group or year."""
    if form not in (Form.COUNTS, Form.COURSES) or not (draft.numbers or form == Form.COUNTS):
        return []
    is_register = SESSION in draft.levels
    return st.multiselect(
        wording.text("Columns that are sessions") if is_register else wording.text("Columns of numbers"),
        list(draft.columns),
        default=list(draft.numbers),
        key="map_numbers",
        placeholder=wording.text("choose columns"),
        select_all=False,
        help=wording.text("A column for each group, year or stage. What stands above them is asked below."),
    )


def levels_of(
    draft: Draft, heading: Heading, knowledge: ReferenceData, numbers: Sequence[str], wording: Wording
) -> list[str]:
    """Ask what each header row over the columns of numbers is; return the meaning of each, empty for none."""
    if not numbers:
        return []
    if SESSION in draft.levels:
        return [SESSION]
    names = {"": wording.text("not used"), **_level_names(knowledge, wording)}
    chosen = []
    for place, texts in enumerate(heading.rows_of_texts):
        said = list(dict.fromkeys(texts[heading.names.index(name)] for name in numbers))
        drafted = draft.levels[place] if place < len(draft.levels) else ""
        likely = drafted if drafted in names else ""
        if drafted == GROUP and (found := _dimension(said, knowledge)):
            likely = f"{DIMENSION}{found}"
        shown = ", ".join(filter(None, said))[:80]
        chosen.append(
            str(
                st.selectbox(
                    formatting.plain(wording.text("What are “{texts}”?", texts=shown)),
                    list(names),
                    index=list(names).index(likely),
                    format_func=names.__getitem__,
                    key=f"map_level_{place}",
                )
            )
        )
    return chosen


def _dimension(texts: Sequence[str], knowledge: ReferenceData) -> str | None:
    return common_dimension(texts, knowledge)


def _level_names(knowledge: ReferenceData, wording: Wording) -> dict[str, str]:
    groups = {
        f"{DIMENSION}{key}": wording.text("groups of {dimension}", dimension=dimension.label(wording.code))
        for key, dimension in knowledge.dimensions.items()
        if not dimension.is_undivided
    }
    return {
        **groups,
        NEW_DIMENSION: wording.text("groups of a new dimension"),
        GROUP: wording.text("groups of several dimensions"),
        STAGE: wording.text("stages: invited, participated, completed"),
        STAGE_AND_GROUP: wording.text("a stage and a group in one text"),
        STAGE_AND_PERIOD: wording.text("a stage and a period in one text"),
        PERIOD: wording.text("periods"),
        MUNICIPALITY: wording.text("municipalities"),
        OFFER: wording.text("offers"),
    }


def meanings(form: str, knowledge: ReferenceData, wording: Wording) -> dict[str, str]:
    """Return the possible meanings of a column of this kind of rows."""
    own = {
        column.key: name_in(column.names, wording.code) + (" *" if column.needed else "")
        for column in spec(form).columns
        if column.key not in knowledge.dimensions
    }
    if form not in (Form.COURSES, Form.COUNTS):
        return own
    divided = {key: one for key, one in knowledge.dimensions.items() if not one.is_undivided}
    own |= {f"{DIMENSION}{key}": one.label(wording.code) for key, one in divided.items()}
    own |= {NEW_DIMENSION: wording.text("a new dimension"), ONLY: wording.text("tells which rows are read")}
    if form == Form.COURSES:
        return {**own, BIRTH_YEAR: wording.text("Year of birth (becomes an age band)")}
    return {**own, NUMBERS: wording.text("Numbers"), STAGE: wording.text("Stage")}


def _code(key: str, knowledge: ReferenceData) -> str:
    return f"{DIMENSION}{key}" if key in knowledge.dimensions else key


def _first_values(column: TextColumn) -> list[str]:
    return [cleaned(column.at(row))[:40] or "–" for row in range(min(SHOWN_VALUES, len(column)))]
