"""What was put right already: each decision with a button that undoes it."""

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.contract import Form
from analysis.intake.detect.constants import FILE, SHEET, TITLE
from analysis.intake.detect.cross_counts import field_names
from analysis.intake.fix.decisions import Decision, Kind, decisions_of, is_about, without
from analysis.intake.fix.entries import digest
from analysis.intake.validate.prepared import Prepared
from pages.components import formatting
from pages.import_wizard.job import ImportJob, reference_data_of
from pages.import_wizard.mapping_constants import constant_label, possible_constants
from pages.import_wizard.questions import ask_question, forget_answer

MOST_SHOWN = 10
"""Number of decisions that are shown without expanding."""
MOST_LISTED = 100
SHOWN_ROWS = 10


def show_decisions(work: ImportJob, prepared: Prepared, answered: list[str], wording: Wording) -> None:
    """Show every decision, and the questions that are answered, each with a button that undoes it."""
    assert work.reading is not None
    sheets = work.reading.sheets
    decisions = [one for one in decisions_of(work.corrections) if is_about(one, sheets)]
    if not decisions and not answered:
        return
    formatting.label(wording.text("Put right"))
    for question in answered:
        with st.container(border=True):
            ask_question(work, question, wording)
            _undo_button(wording, f"undo_{question}", forget_answer, work, question)
    for decision in decisions[:MOST_SHOWN]:
        _show(work, prepared, decision, wording)
    if others := decisions[MOST_SHOWN:MOST_LISTED]:
        label = wording.texts("Show {count} more", "Show {count} more", len(decisions) - MOST_SHOWN)
        with st.expander(label, key="more_decisions", on_change="rerun") as opened:
            if opened.open:
                for decision in others:
                    _show(work, prepared, decision, wording)


def _show(work: ImportJob, prepared: Prepared, decision: Decision, wording: Wording) -> None:
    parts = (decision.kind, decision.sheet, decision.letters, decision.row, decision.value, decision.text)
    key = f"undo_{digest(*map(str, parts))}"
    with st.container(horizontal=True, vertical_alignment="center"):
        said = formatting.plain(_sentence(work, prepared, decision, wording))
        st.markdown(f":material/check: {said}", width="content")
        _undo_button(wording, key, _undo, work, decision)


def _undo_button(wording: Wording, key: str, action: object, *args: object) -> None:
    st.button(
        wording.text("Undo"),
        key=key,
        type="tertiary",
        icon=":material/undo:",
        on_click=action,  # type: ignore[arg-type]
        args=args,
    )


def _undo(work: ImportJob, decision: Decision) -> None:
    """Undo a decision; a callback."""
    work.correct(without(work.corrections, decision))


def _sentence(work: ImportJob, prepared: Prepared, decision: Decision, wording: Wording) -> str:
    column = _header(prepared, decision)
    match decision.kind:
        case Kind.VALUE:
            said = {"column": column, "value": decision.value, "text": decision.text}
            return wording.text("{column}: “{value}” is replaced with “{text}”", **said)
        case Kind.CELL:
            said = {"column": column, "row": wording.integer(decision.row), "text": decision.text}
            return wording.text("{column}, row {row}: “{text}”", **said)
        case Kind.LEFT_OUT:
            return _left_out(decision, wording)
        case Kind.COLUMN_LEFT_OUT:
            return wording.text("The numbers below “{column}” are left out", column=column)
        case Kind.GROUP:
            dimensions = reference_data_of(work).dimensions
            name = dimensions[decision.text].label(wording.code) if decision.text in dimensions else decision.text
            values = {"value": decision.value, "dimension": name}
            if decision.row:
                return wording.text("“{value}” is a new group of {dimension}, rank {rank}", **values, rank=decision.row)
            return wording.text("“{value}” is a new group of {dimension}", **values)
        case Kind.PLACE:
            return wording.text("“{value}” is a place of its own", value=decision.value)
        case Kind.DIMENSION:
            return wording.text("“{value}” is a new dimension", value=decision.value)
    names = {SHEET: "…", TITLE: "…", FILE: work.file_name}
    label = constant_label(decision.value, field_names(Form.COUNTS).get(decision.value, decision.value), wording)
    possible = possible_constants(decision.value, names, reference_data_of(work), wording)
    text = possible.get(decision.text, decision.text)
    return wording.text("{column} is the same for every row: “{text}”", column=label, text=text)


def _left_out(decision: Decision, wording: Wording) -> str:
    shown = ", ".join(map(wording.integer, decision.rows[:SHOWN_ROWS]))
    more = len(decision.rows) - SHOWN_ROWS
    if more > 0:
        shown = wording.text("{rows} and {more} more", rows=shown, more=wording.integer(more))
    sheet = decision.sheet or wording.text("The file")
    return wording.texts(
        "{sheet}: row {rows} is left out",
        "{sheet}: rows {rows} are left out",
        len(decision.rows),
        sheet=sheet,
        rows=shown,
    )


def _header(prepared: Prepared, decision: Decision) -> str:
    """Return the header of the column of a decision, or its letters."""
    for table in prepared.tables:
        if table.sheet == decision.sheet:
            headers = {letters: table.headers[key] for key, letters in table.letters.items()}
            headers |= table.headers_of_numbers
            if decision.letters in headers:
                return headers[decision.letters]
    return decision.letters
