"""Report cells without a value: failed or uncalculated formulas, and impossible dates."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from analysis.intake.findings.check import Severity
from analysis.intake.findings.findings import Finding
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import Table

_NUMBER = re.compile(r"[-+]?[\d.]+(?:[eE][-+]?\d+)?")
BROKEN = {"error_value", "impossible_day", "formula_without_value"}
FOR_EMPTY_ROWS = {"no_date", "completed_without_started"}
"""Findings about rows with an empty cell. They are redundant for a broken cell."""


def broken_cells(sheet: RawSheet, tables: list[Table]) -> Iterable[Finding]:
    """Yield one finding for each column and value: an error in a stored cell, a note elsewhere."""
    for check, cells in (
        ("error_value", [cell for cell in sheet.errors if not _NUMBER.fullmatch(cell[2])]),
        ("impossible_day", [cell for cell in sheet.errors if _NUMBER.fullmatch(cell[2])]),
        ("formula_without_value", [(place, row, "") for place, row in sheet.uncomputed]),
    ):
        yield from _by_column(check, cells, sheet, tables)


def _by_column(
    check: str, cells: list[tuple[str, int, str]], sheet: RawSheet, tables: list[Table]
) -> Iterable[Finding]:
    stored = [(_headers(table), set(table.rows.tolist())) for table in tables]
    rows: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
    for place, row, value in cells:
        header = next((headers[place] for headers, of_table in stored if place in headers and row in of_table), None)
        rows[place, value, header].append(row)
    for (place, value, header), found in rows.items():
        if header is not None:
            yield Finding(check, sheet.name, tuple(found), header, value, letters=place)
        elif value:
            yield Finding("error_elsewhere", sheet.name, tuple(found), place, value, letters=place)


def _headers(table: Table) -> dict[str, str]:
    """Return the headers of the stored columns, by column letters."""
    return {place: table.header(key) for key, place in table.letters.items()} | table.headers_of_numbers


def report_once(findings: list[Finding], broken: list[Finding]) -> list[Finding]:
    """Remove other errors about a broken cell, such as an empty cell or an invalid date."""
    cells = {(one.sheet, one.letters, row) for one in broken if one.check in BROKEN for row in one.rows}
    rows = {(sheet, row) for sheet, _, row in cells}
    kept = []
    for finding in findings if broken else ():
        if finding.check in FOR_EMPTY_ROWS:
            left = tuple(row for row in finding.rows if (finding.sheet, row) not in rows)
        elif finding.check not in BROKEN and finding.severity is Severity.ERROR:
            left = tuple(row for row in finding.rows if (finding.sheet, finding.letters, row) not in cells)
        else:
            left = finding.rows
        if left or not finding.rows:
            kept.append(replace(finding, rows=left))
    return kept if broken else findings
