"""Recognise the tables of a sheet, and what stands around them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from analysis.intake.contract import (
    FINDINGS_SHEETS,
    GUIDANCE_SHEETS,
    LIST_SHEETS,
    SYNTHETIC_OTHERS,
    SYNTHETIC_SHEETS,
)
from analysis.intake.detect.constants import SHEET, WITHOUT_GROUPS, stated
from analysis.intake.detect.crossed_periods import with_years_for_parts
from analysis.intake.detect.filters_above import filters_above
from analysis.intake.detect.numbered_sessions import sessions_without_dates
from analysis.intake.detect.of_which import with_stages_of_parts
from analysis.intake.detect.one_table import recognised
from analysis.intake.detect.outlines import without_rows_of_one_cell
from analysis.intake.detect.remarks import remarks_elsewhere
from analysis.intake.detect.stated_above import findings_of_rows, stated_above, with_part_of_year, with_years
from analysis.intake.detect.table_rows import with_unread
from analysis.intake.detect.texts_around import with_texts_around
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.labels import ANY_YEAR, MUNICIPALITY, OFFER, PERIOD
from analysis.intake.layout.regions import tables_on
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import Reason, Table, cleaned, normalised
from analysis.model.languages import in_every_language
from analysis.model.registry import derived

NOT_READ = {"missing_year", "months_cross_new_year", "group_in_title"}
"""Findings above the tables of a sheet with which none of them is read."""
ANYWHERE = {MUNICIPALITY: "-", OFFER: "-", PERIOD: ANY_YEAR}
"""Constants with which a table of totals can be read. Only its sums are used."""


@derived
def silent_titles() -> frozenset[str]:
    """Return the names of sheets without data."""
    silent = (GUIDANCE_SHEETS, SYNTHETIC_SHEETS, LIST_SHEETS, FINDINGS_SHEETS)
    titles = (name for names in silent for name in in_every_language(names).values())
    return frozenset(map(normalised, (*titles, *SYNTHETIC_OTHERS)))


def is_synthetic(sheets: list[RawSheet]) -> bool:
    """Return whether the workbook is marked as synthetic by the name of a sheet."""
    titles = set(map(normalised, (*in_every_language(SYNTHETIC_SHEETS).values(), *SYNTHETIC_OTHERS)))
    return any(normalised(sheet.name) in titles for sheet in sheets)


def recognise(
    sheet: RawSheet, known: ReferenceData, constants: Mapping[str, str] | None = None, file_name: str = ""
) -> tuple[list[Table], list[Finding]]:
    """Recognise the tables of a sheet; return them with the findings.

    ``constants`` are values that the user states for all rows, by column key.
    """
    if normalised(sheet.name) in silent_titles() or not sheet.filled.any():
        return [], []
    given, whole = constants or {}, sheet
    if SHEET in given.values() and is_total(cleaned(sheet.name)):
        return [], [Finding("table_of_totals", sheet.name, value=cleaned(sheet.name))]
    above = stated_above(without_rows_of_one_cell(sheet), known)
    gone = sheet.filled & ~above.sheet.filled
    gone[above.rows] = False
    constants, findings = with_part_of_year(above, {**above.values, **given})
    sheet, seen = with_years(above.sheet, stated(constants, sheet, "", file_name, known))
    findings += [*filters_above(above, known), *seen]
    if any(one.check in NOT_READ for one in findings):
        return [], findings
    tables, seen, unread, totals = _tables_of(sheet, known, constants, file_name)
    findings += seen
    tables, seen = with_texts_around(tables, sheet, whole, known, given, above.values)
    findings += seen
    said = {key: constants[key] for key in above.values if key not in given}
    said = {key: text for key, text in said.items() if not tables or any(key not in one.headers for one in tables)}
    findings += findings_of_rows(sheet, said, above.rows)
    if len(tables) > 1:
        rows = tuple(dict.fromkeys(int(table.rows.min()) for table in tables if len(table.rows)))
        findings.append(Finding("several_tables", sheet.name, rows, values={"number": len(tables)}))
    if tables:
        tables[0] = tables[0].with_others(above.rows + 1, Reason.NOTE)
        tables[0] = tables[0].with_others(np.flatnonzero(gone) + 1, Reason.PERSON)
    if tables and totals.any():
        tables[0] = tables[0].with_others(np.flatnonzero(totals) + 1, Reason.TOTAL)
    if tables and unread.any():
        tables[0], seen = with_unread(tables[0], unread, sheet.answers)
        findings += seen
    if not tables and any(one.check == "sheet_unread" for one in findings):
        findings += [*remarks_elsewhere(sheet), *sessions_without_dates(sheet)]
    return tables, [one for one in findings if not tables or one.check != "sheet_unread"]


def _tables_of(
    sheet: RawSheet, known: ReferenceData, constants: Mapping[str, str], file_name: str
) -> tuple[list[Table], list[Finding], np.ndarray, np.ndarray]:
    """Return the tables of a sheet, the findings, and masks of the rows that are not read and of those of totals."""
    tables: list[Table] = []
    findings: list[Finding] = []
    unread, totals = np.zeros((2, sheet.rows), dtype=bool)
    for part in map(with_years_for_parts, tables_on(with_stages_of_parts(sheet, known), known)):
        table, seen = recognised(part, known, constants, file_name)
        if table is None and (total := _total_in_name(part)):
            findings.append(Finding("table_of_totals", sheet.name, value=total))
            whole = _table_of_totals(part, known, constants, file_name)
            if whole is None:
                totals |= part.filled
            else:
                tables.append(replace(whole, total_name=total))
            continue
        findings += seen
        if table is None:
            unread |= part.filled
        else:
            tables.append(table)
    return tables, findings, unread, totals


def _table_of_totals(
    part: RawSheet, known: ReferenceData, constants: Mapping[str, str], file_name: str
) -> Table | None:
    """Return a table of totals, to compare its sums: with the groups of its own, or for all citizens."""
    by_group, _ = recognised(part, known, {**ANYWHERE, **constants}, file_name)
    return by_group or recognised(part, known, {**ANYWHERE, **WITHOUT_GROUPS, **constants}, file_name)[0]


def _total_in_name(part: RawSheet) -> str:
    """Return the title alone above a table, or the name of its sheet, if it only says “total”; else nothing."""
    first = [cleaned(text) for text in part.row(int(part.filled.argmax())) if text.strip()]
    names = [*first, part.name] if len(first) == 1 else [part.name]
    return next(filter(is_total, names), "")
