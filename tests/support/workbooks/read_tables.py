"""Build workbooks of plain rows, read them as the command line does, and return what would be stored."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

from analysis.intake.fix.corrections import Corrections
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.saved_mappings import Decisions, prepared_with
from analysis.intake.read_file import Reading, read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.reconciliation import reconcile
from analysis.store import Database, sums

Rows = Sequence[Sequence[Any]]


def workbook(merged: Sequence[str] = (), **sheets: Rows) -> bytes:
    """Return a workbook with these rows on each sheet, and merged cells on every one."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
        for cells in merged:
            page.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def prepared(
    database: Database,
    content: bytes,
    constants: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    name: str = "file.xlsx",
) -> tuple[Reading, Prepared]:
    """Read a file with constants and answers, and without a mapping."""
    reading = read(content, name)
    decisions = Decisions(None, Corrections(constants=dict(constants or {}), answers=dict(answers or {})))
    return reading, prepared_with(reading, load_reference_data(database), decisions)


def counted(found: tuple[Reading, Prepared]) -> list[tuple[Any, ...]]:
    """Return municipality, first day, group and numbers of each count, once every row of the file is accounted for."""
    one = accounted(found)
    assert one.contents.counts is not None
    keys = ("municipality", "period_start", "group", "invited", "participated", "completed")
    return [tuple(row[key] for key in keys) for row in one.contents.counts.to_pylist()]


def accounted(found: tuple[Reading, Prepared]) -> Prepared:
    """Return what was prepared of a file, once it has no errors and every row of it is accounted for."""
    reading, one = found
    assert one.faultless, [finding.check for finding in one.findings]
    assert all(account.balances for account in reconcile(reading, one, sums(one.contents)))
    return one


def checks(found: tuple[Reading, Prepared]) -> list[str]:
    return [finding.check for finding in found[1].findings]
