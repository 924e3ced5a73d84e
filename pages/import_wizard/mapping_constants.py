"""Values that are the same for every row, and the sheets that are read in the same way."""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.contract import KINDS, Form
from analysis.intake.detect.constants import FILE, SHEET, TITLE, named_values
from analysis.intake.detect.cross_counts import field_names
from analysis.intake.findings.findings import Word
from analysis.intake.layout.labels import CONSTANT_FIELDS, STAGE
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.sheets import RawSheet
from analysis.model.languages import name_in
from analysis.model.terms import Stage
from pages.components import formatting

CAN_BE_SAME = {*CONSTANT_FIELDS, "held_on", "place", "day_kind", "asked", "holder"}
"""Columns that a file often lacks, because all rows have the same value."""
CHOSEN_ONLY = {STAGE}
"""Those of them that have no other values than the known ones."""


def choose_constants(
    form: str,
    missing: Collection[str],
    sheet: RawSheet,
    title: str,
    file_name: str,
    given: Mapping[str, str],
    knowledge: ReferenceData,
    wording: Wording,
) -> dict[str, str]:
    """Ask for the value of every missing column that can be the same in all rows.

    ``given`` are the values that the user gave before the columns were matched by hand.
    """
    asked = [key for key in missing if key in CAN_BE_SAME]
    if not asked:
        return {}
    formatting.label(wording.text("The same for every row"))
    named = named_values(asked, sheet, title, knowledge)
    constants = {}
    with st.grid(3, min_column_width=260):
        for key in asked:
            by_sheet = key in named and named[key].check == "constant_from_sheet"
            likely = SHEET if by_sheet else named[key].value if key in named else ""
            likely = given.get(key, likely)
            value = _ask(key, form, likely, {SHEET: sheet.name, TITLE: title, FILE: file_name}, knowledge, wording)
            if value:
                constants[key] = value
    return constants


def _ask(key: str, form: str, likely: str, names: dict[str, str], knowledge: ReferenceData, wording: Wording) -> str:
    possible = possible_constants(key, names, knowledge, wording)
    options = list(possible)
    if likely and likely not in options:
        options.insert(0, likely)
    chosen = st.selectbox(
        constant_label(key, field_names(form)[key], wording),
        options,
        index=options.index(likely) if likely else None,
        format_func=lambda option: possible.get(option, option),
        key=f"map_constant_{key}",
        placeholder=wording.text("choose or write"),
        accept_new_options=key not in CHOSEN_ONLY,
    )
    return (chosen or "").strip()


def constant_label(key: str, names: object, wording: Wording) -> str:
    """Return the label of a field. ``names`` are its names, by language or as a word of the program."""
    if key == STAGE:
        return wording.text("What do the numbers count?")
    if isinstance(names, Mapping):
        return str(names[wording.code])
    return names.in_language(wording) if isinstance(names, Word) else str(names)


def possible_constants(key: str, names: dict[str, str], knowledge: ReferenceData, wording: Wording) -> dict[str, str]:
    """Return the possible values with their labels. ``names`` are those of the sheet, the table and the file."""
    marks = {
        SHEET: wording.text("the name of the sheet: {name}", name=names[SHEET]),
        TITLE: wording.text("the title above the table: {name}", name=names[TITLE]),
        FILE: wording.text("the name of the file: {name}", name=names[FILE]),
    }
    named = {mark: said for mark, said in marks.items() if names[mark] and key != STAGE}
    return {**named, **_known_values(key, knowledge, wording)}


def _known_values(key: str, knowledge: ReferenceData, wording: Wording) -> dict[str, str]:
    match key:
        case "municipality":
            return {name: name for name in sorted(set(knowledge.municipalities.values()))}
        case "offer":
            return {name: name for name in sorted({name for _, name in knowledge.offers})}
        case "dimension":
            return {key: one.label(wording.code) for key, one in knowledge.dimensions.items()}
        case "group":
            groups = [group for one in knowledge.dimensions.values() for group in one.groups]
            return {group.key: group.label(wording.code) for group in groups}
        case "stage":
            counts = KINDS[Form.COUNTS]
            return {stage: name_in(counts.column(stage).names, wording.code) for stage in Stage}
    return {}


def choose_sheets(sheets: Sequence[RawSheet], alike: Sequence[str], wording: Wording) -> list[str]:
    """Ask which other sheets are read in the same way; all with the same columns are chosen at first."""
    if not alike:
        return []
    return st.multiselect(
        wording.text("Sheets that are read in the same way"),
        [one.name for one in sheets],
        default=list(alike),
        key="map_sheets",
        select_all=False,
    )
