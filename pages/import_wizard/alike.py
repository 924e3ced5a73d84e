"""Names of a file that may be one with another name: a button writes the other name in its place."""

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.findings.findings import Finding, message
from analysis.intake.fix.decisions import replace_value
from analysis.intake.fix.entries import digest
from analysis.intake.tables import Table, cleaned
from analysis.intake.validate.alike_names import COLUMN_OF
from analysis.intake.validate.prepared import Prepared
from analysis.model.terms import Dimension
from pages.components import formatting
from pages.import_wizard.job import ImportJob

MOST_PAIRS = 6
"""Number of pairs that are shown. The next ones follow when these are settled."""


def show_alike_names(work: ImportJob, prepared: Prepared, findings: list[Finding], wording: Wording) -> None:
    """Show the pairs of names, each with a button to write one of them everywhere."""
    pairs = [(one, choices) for one in findings if one.check in COLUMN_OF and (choices := _choices(prepared, one))]
    if not pairs:
        return
    st.header(
        wording.texts("{count} pair of names that may be one", "{count} pairs of names that may be one", len(pairs))
    )
    for one, choices in pairs[:MOST_PAIRS]:
        key = f"alike_{digest(one.check, one.value, *choices)}"
        with st.container(horizontal=True, vertical_alignment="center", key=key):
            st.markdown(formatting.plain(message(one, wording)))
            for name, places in choices.items():
                label = wording.text("Write “{name}”", name=name)
                st.button(label, key=f"write_{digest(key, name)}", on_click=_write, args=(work, places, name))


def _choices(prepared: Prepared, finding: Finding) -> dict[str, list[Finding]]:
    """Return the names that can be written, each with the other one in the columns that have it."""
    names = (str(finding.values["nearest"]), finding.value)
    others = {name: _places(prepared, finding, other) for name, other in (names, names[::-1])}
    return {name: places for name, places in others.items() if places}


def _places(prepared: Prepared, finding: Finding, name: str) -> list[Finding]:
    """Return a name in each column that has it; none in a column that is made of headers or answers."""
    found = []
    for table in prepared.tables:
        for key in _columns(table, finding):
            if name in map(cleaned, table.columns[key].values):
                found.append(Finding(finding.check, table.sheet, value=name, letters=table.letters[key]))
    return found


def _columns(table: Table, finding: Finding) -> list[str]:
    dimension = finding.values.get("dimension")
    keys = {COLUMN_OF[finding.check], dimension.key if isinstance(dimension, Dimension) else dimension}
    return [key for key in table.columns if key in keys and key in table.letters]


def _write(work: ImportJob, places: list[Finding], name: str) -> None:
    """Write the name in place of the other; a callback."""
    assert work.reading is not None
    work.correct(replace_value(work.corrections, work.reading.sheets, places, name))
