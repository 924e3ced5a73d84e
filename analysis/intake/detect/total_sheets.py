"""Sheets that are the total of others, such as “I alt” beside “Mænd” and “Kvinder”."""

import numpy as np

from analysis.intake.contract import Form
from analysis.intake.detect.totals import numbers_of
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.tables import COUNTED, Reason, Table

FEWEST_PARTS = 2
"""Minimum number of sheets that a sheet is the total of."""


def without_total_sheets(tables: list[Table], findings: list[Finding]) -> list[Table]:
    """Return the tables without the rows of a sheet that has the name of a total and the sums of the others.

    Its rows are reported and accounted for as totals.
    """
    counts = [table for table in tables if table.form == Form.COUNTS]
    whole = [table for table in counts if is_total(table.sheet)]
    parts = [table for table in counts if table not in whole]
    if len(whole) != 1 or len(parts) < FEWEST_PARTS or not _is_sum(whole[0], parts):
        return tables
    every = np.ones(len(whole[0].rows), dtype=bool)
    key = next(key for key in whole[0].columns if key not in COUNTED)
    findings.append(whole[0].finding("totals_row", key, every, whole[0].sheet))
    return [table.without(every, Reason.TOTAL) if table is whole[0] else table for table in tables]


def _is_sum(whole: Table, parts: list[Table]) -> bool:
    stages = [stage for stage in COUNTED if stage in whole.columns]
    if any(stage not in table.columns for table in parts for stage in stages):
        return False
    added = [sum(_sum(table, stage) for table in parts) for stage in stages]
    return bool(stages) and [_sum(whole, stage) for stage in stages] == added


def _sum(table: Table, stage: str) -> int:
    return int(np.maximum(numbers_of(table.columns[stage], table.separators), 0).sum())
