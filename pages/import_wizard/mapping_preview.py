"""The first rows as they will be stored, and what is still missing, while a file is matched."""

from collections.abc import Collection

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analysis.i18n import Wording
from analysis.i18n.vocabulary import word_in
from analysis.intake.contract import KINDS, Form
from analysis.intake.detect.cross_counts import field_names
from analysis.intake.findings.findings import Period, blocks
from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.mapping.applied_mapping import apply_mapping
from analysis.intake.mapping.draft import first_rows
from analysis.intake.mapping.file_columns import heading_of
from analysis.intake.mapping.mapping import Mapping, missing_fields
from analysis.intake.mapping.saved_mappings import Decisions, to_json
from analysis.intake.read_file import Reading
from analysis.intake.sheets import RawSheet
from analysis.intake.validate.prepared import Prepared
from analysis.model.languages import name_in
from analysis.model.terms import MISSING, Stage
from pages.components import formatting
from pages.import_wizard.job import ImportJob, reference_data_of

SHOWN, MOST_LOOKED_AT = 10, 1000
HIDDEN_COLUMNS = {"sheet", "row", "counted_on", "others", "dimension", "group", "running"}


def show_preview(
    work: ImportJob, sheet: RawSheet, mapping: Mapping, knowledge: ReferenceData, wording: Wording
) -> DeltaGenerator:
    """Show the first rows as they will be stored, or in one sentence what is still missing; return the place of it.

    The rows are made of the first rows of the sheet. ``show_checked`` shows them again once the whole file is checked.
    """
    formatting.label(wording.text("As it will be stored"))
    place = st.empty()
    missing = missing_fields(mapping)
    if missing:
        labels = field_names(mapping.form)
        names = [_name(labels[key], wording) if key in labels else key for key in missing]
        said = wording.text("Still needed: {names}.", names=", ".join(names))
        place.info(formatting.plain(said), icon=":material/checklist:")
        return place
    key = ("preview", to_json(Decisions(mapping, work.corrections)))
    reading, corrections = work.reading, work.corrections
    assert reading is not None
    rows = work.kept(key, lambda: first_stored(reading, sheet, mapping, knowledge, corrections, wording))
    _show_rows(place, rows, wording)
    return place


def show_checked(place: DeltaGenerator, work: ImportJob, prepared: Prepared, wording: Wording) -> None:
    """Show the first rows of the whole file as they will be stored, in the place of the preview."""
    mapping = work.decisions.mapping
    if mapping is not None and not missing_fields(mapping):
        knowledge = reference_data_of(work)
        rows = work.of_prepared("preview", lambda: stored_rows(prepared, mapping.form, knowledge, wording))
        _show_rows(place, rows, wording)


def _show_rows(place: DeltaGenerator, rows: pd.DataFrame | None, wording: Wording) -> None:
    if rows is None or rows.empty:
        said = wording.text("No row can be stored yet. See below what must be corrected.")
        place.info(said, icon=":material/info:")
        return
    with place.container():
        formatting.table(
            rows,
            key=f"map_preview_{len(rows)}",
            text_columns=len(rows.columns),
            alt=wording.text("As it will be stored"),
        )


def _name(label: object, wording: Wording) -> str:
    if isinstance(label, dict):
        return str(label[wording.code])
    return str(label.in_language(wording))  # type: ignore[attr-defined]


def first_stored(
    reading: Reading,
    sheet: RawSheet,
    mapping: Mapping,
    knowledge: ReferenceData,
    corrections: Corrections,
    wording: Wording,
) -> pd.DataFrame | None:
    """Return the first rows of the mapping of the first rows of the sheet, in words."""
    cut = first_rows(sheet, heading_of(sheet, mapping.heading).last)
    small = Reading(reading.file_name, reading.sha256, [cut], [], reading.kind)
    return stored_rows(apply_mapping(small, mapping, knowledge, corrections), mapping.form, knowledge, wording)


def stored_rows(prepared: Prepared, form: str, knowledge: ReferenceData, wording: Wording) -> pd.DataFrame | None:
    """Return the first rows that can be stored, in words; None if there is no table of this kind."""
    table: pa.Table | None = getattr(prepared.contents, KINDS[form].stored_as)
    if table is None:
        return None
    wrong = {(one.sheet, row) for one in prepared.findings if blocks([one]) for row in one.rows}
    first = table.slice(0, MOST_LOOKED_AT)
    places = zip(first["sheet"].to_pylist(), first["row"].to_pylist(), strict=True)
    kept = [at for at, place in enumerate(places) if place not in wrong]
    return in_words(
        first.take(pa.array(kept[:SHOWN], pa.int64())), form, knowledge, prepared.contents.dimensions, wording
    )


def in_words(
    table: pa.Table, form: str, knowledge: ReferenceData, dimensions: Collection[str], wording: Wording
) -> pd.DataFrame:
    """Return rows of the payload with names and labels in the language of the page. ``dimensions``: of courses."""
    labels = {column.key: name_in(column.names, wording.code) for column in (*KINDS[form].columns, *KINDS[form].also)}
    rows = []
    for row in table.to_pylist():
        shown: dict[str, str] = {}
        for key, value in row.items():
            if key in knowledge.dimensions or key in dimensions:
                shown[_dimension(key, knowledge, wording)] = _group(key, value, knowledge, wording)
            elif key not in HIDDEN_COLUMNS and key in labels:
                shown[labels[key]] = _text(key, value, wording)
        if form == Form.COUNTS:
            shown = _of_count(row, shown, labels, knowledge, wording)
        rows.append(shown)
    return pd.DataFrame(rows).fillna("")


def _of_count(
    row: dict[str, object], shown: dict[str, str], labels: dict[str, str], knowledge: ReferenceData, wording: Wording
) -> dict[str, str]:
    """Add the period, the dimensions and the groups of a count."""
    start, end = row["period_start"], row["period_end"]
    period = ""
    if start and end:
        period = Period(start, end).in_language(wording)  # type: ignore[arg-type]
    groups = {str(row["dimension"]): row["group"], **dict(row.get("others") or ())}  # type: ignore[call-overload]
    said = {
        "period": period,
        "dimension": ", ".join(_dimension(key, knowledge, wording) for key in groups),
        "group": ", ".join(_group(key, group, knowledge, wording) for key, group in groups.items()),
    }
    numbers = {name: text for name, text in shown.items() if name in {labels[stage] for stage in Stage}}
    others = {name: text for name, text in shown.items() if name not in numbers}
    return {**others, **{labels[key]: text for key, text in said.items()}, **numbers}


def _dimension(key: str, knowledge: ReferenceData, wording: Wording) -> str:
    known = knowledge.dimensions.get(key)
    return known.label(wording.code) if known else key


def _group(dimension: str, group: object, knowledge: ReferenceData, wording: Wording) -> str:
    if group in (None, MISSING):
        return wording.text("not stated")
    known = knowledge.dimensions.get(dimension)
    labels = {one.key: one.label(wording.code) for one in known.groups} if known else {}
    return labels.get(str(group), str(group))


def _text(key: str, value: object, wording: Wording) -> str:
    if value is None:
        return ""
    if key == "outcome":
        return word_in("outcome", str(value), wording.code)
    if hasattr(value, "isoformat"):
        return wording.date(value)  # type: ignore[arg-type]
    if isinstance(value, bool):
        return wording.text("yes") if value else wording.text("no")
    return wording.integer(value) if isinstance(value, int) else str(value)
