"""One value for all rows of a table that lacks the column."""

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.detect.constants import FILE, SHEET, TITLE
from analysis.intake.fix.entries import Entry
from pages.import_wizard.identity_number_typed import is_refused
from pages.import_wizard.job import ImportJob, reference_data_of
from pages.import_wizard.mapping_constants import CHOSEN_ONLY, constant_label, possible_constants


def ask_constant(work: ImportJob, entry: Entry, wording: Wording) -> None:
    """Ask for the value of a missing column that is the same in all rows."""
    (key,) = entry.subject
    names = {SHEET: entry.findings[0].sheet, TITLE: "", FILE: work.file_name}
    possible = possible_constants(key, names, reference_data_of(work), wording)
    st.selectbox(
        constant_label(key, entry.findings[0].values["missing"], wording),
        list(possible),
        index=None,
        format_func=lambda option: possible.get(option, option),
        key=f"constant_{key}",
        placeholder=wording.text("choose or write"),
        accept_new_options=key not in CHOSEN_ONLY,
        on_change=_apply,
        args=(work, entry, key),
    )


def _apply(work: ImportJob, entry: Entry, key: str) -> None:
    """Store the value; a callback."""
    text = str(st.session_state[f"constant_{key}"] or "").strip()
    if text and is_refused([text], entry.key):
        st.session_state[f"constant_{key}"] = None
    elif text:
        work.change(constants={**work.corrections.constants, key: text})
