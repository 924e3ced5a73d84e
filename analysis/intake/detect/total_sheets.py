"""Tables and sheets that are the total of others, such as “I alt” beside “Mænd” and “Kvinder”."""

from collections.abc import Iterator, Sequence

import numpy as np

from analysis.intake.contract import Form
from analysis.intake.detect.totals import numbers_of
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.tables import COUNTED, Reason, Table, cleaned
from analysis.model.terms import EVERYBODY, UNDIVIDED

FEWEST_PARTS = 2
"""Minimum number of sheets that a sheet is the total of."""


def without_total_tables(tables: list[Table], findings: list[Finding]) -> list[Table]:
    """Return the tables without the rows of those that are totals by their name. Report sums that differ."""
    parts = [table for table in tables if table.form == Form.COUNTS and not table.total_name]
    for whole in (table for table in tables if table.total_name and parts):
        findings += _differences(whole, parts)
    return [table.without(_every(table), Reason.TOTAL) if table.total_name else table for table in tables]


def without_total_sheets(tables: list[Table], findings: list[Finding]) -> list[Table]:
    """Return the tables without the rows of a sheet that has the name of a total and the sums of the others.

    Its rows are reported and accounted for as totals.
    """
    counts = [table for table in tables if table.form == Form.COUNTS and len(table.rows)]
    whole = [table for table in counts if is_total(table.sheet)]
    parts = [table for table in counts if not is_total(table.sheet)]
    if len(whole) != 1 or len(parts) < FEWEST_PARTS or not _is_sum(whole[0], parts):
        return tables
    every = _every(whole[0])
    key = next(key for key in whole[0].columns if key not in COUNTED)
    findings.append(whole[0].finding("totals_row", key, every, whole[0].sheet))
    return [table.without(every, Reason.TOTAL) if table is whole[0] else table for table in tables]


def _every(table: Table) -> np.ndarray:
    return np.ones(len(table.rows), dtype=bool)


def _is_sum(whole: Table, parts: list[Table]) -> bool:
    stages = [stage for stage in COUNTED if stage in whole.columns]
    if any(stage not in table.columns for table in parts for stage in stages):
        return False
    added = [sum(_sum(table, stage) for table in parts) for stage in stages]
    return bool(stages) and [_sum(whole, stage) for stage in stages] == added


def _differences(whole: Table, parts: Sequence[Table]) -> Iterator[Finding]:
    """Report the sums of a table of totals that are neither those of all other tables nor those of any of them."""
    for stage in (stage for stage in COUNTED if stage in whole.columns):
        stated, added = _sum(whole, stage), [_sum(table, stage) for table in parts if stage in table.columns]
        if added and stated not in {sum(added), *added}:
            values = {"stated": stated, "header": whole.header(stage), "sum": sum(added)}
            yield Finding("table_of_totals_differs", whole.sheet, value=whole.total_name, values=values)


def _sum(table: Table, stage: str) -> int:
    """Return the sum of a stage, without rows that a label calls totals."""
    are_totals = np.zeros(len(table.rows), dtype=bool)
    for key, column in table.columns.items():
        if key not in COUNTED and column.values not in ([UNDIVIDED], [EVERYBODY]):
            codes = [code for code in column.row_counts() if is_total(cleaned(column.values[code]))]
            are_totals |= np.isin(column.codes, codes)
    numbers = np.maximum(numbers_of(table.columns[stage], table.separators), 0)
    return int(numbers[~are_totals].sum())
