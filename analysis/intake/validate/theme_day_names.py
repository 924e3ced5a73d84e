"""Check names of actions and dates of theme days that have no match in the file or the stored data."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.contract import Form
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.fuzzy_match import misspelt_header
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.tables import Table, normalised


def check_names(tables: Sequence[tuple[Table, pa.Table]], known: ReferenceData, findings: list[Finding]) -> None:
    """Report actions that differ by a few letters only, and dates of theme days without participants."""
    days = known.theme_days | _distinct(tables, Form.THEME_DAYS, "held_on")
    for table, prepared in tables:
        if "action" in prepared.column_names:
            _report_similar(table, prepared, known.actions, findings)
        if "held_on" in prepared.column_names and table.form != Form.THEME_DAYS and days:
            _report_unknown_days(table, prepared, days, findings)


def _distinct(tables: Sequence[tuple[Table, pa.Table]], form: str, key: str) -> frozenset[object]:
    return frozenset(value for table, prepared in tables if table.form == form for value in prepared[key].to_pylist())


def _report_similar(table: Table, prepared: pa.Table, stored: frozenset[str], findings: list[Finding]) -> None:
    """Report actions that differ by a few letters from a stored action or an earlier one in the sheet."""
    known = {normalised(name): name for name in stored}
    for name in dict.fromkeys(name for name in prepared["action"].to_pylist() if name):
        word = normalised(name)
        near = misspelt_header(word, known) if word not in known else None
        if near:
            mask = pc.fill_null(pc.equal(prepared["action"], name), fill_value=False).to_numpy(zero_copy_only=False)
            findings.append(table.finding("action_spelling", "action", mask, name, nearest=known[near[0]]))
        known.setdefault(word, name)


def _report_unknown_days(table: Table, prepared: pa.Table, days: frozenset[object], findings: list[Finding]) -> None:
    held = prepared["held_on"].to_pylist()
    for day in sorted({day for day in held if day and day not in days}):
        mask = pc.fill_null(pc.equal(prepared["held_on"], day), fill_value=False).to_numpy(zero_copy_only=False)
        findings.append(table.finding("theme_day_unknown", "held_on", mask, day=day))
