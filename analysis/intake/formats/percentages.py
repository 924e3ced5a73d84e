"""Counts that a sheet gives as percentages of another count: 50% of 40 invited are 20."""

from dataclasses import replace

import numpy as np

from analysis.intake.findings.findings import Amount, Finding
from analysis.intake.parsing.columns import MOST_VALUES
from analysis.intake.parsing.questions import Answers
from analysis.intake.sheets import NUMBERS, TextColumn
from analysis.intake.tables import Table, cleaned
from analysis.intake.values import numbers
from analysis.model.terms import Stage

PERCENT_OF, NOT_WHOLE, NO_BASE = "percent_of", "percent_not_whole", "percent_without_base"
BASES = {
    Stage.INVITED: (),
    Stage.PARTICIPATED: (Stage.INVITED,),
    Stage.COMPLETED: (Stage.INVITED, Stage.PARTICIPATED),
}
"""Counts that the number of a stage can be a percentage of. Participated comes first: completed can be a part of it."""
NEAR = 1e-6
"""Largest distance of a product from a whole number, relative to its size, that floating-point numbers explain."""


def with_counts(
    table: Table, hidden: np.ndarray, findings: list[Finding], answers: Answers
) -> tuple[Table, np.ndarray]:
    """Replace percentages by counts. Return the table, and a mask of rows in which no count follows from them.

    ``hidden`` are rows to leave alone.
    """
    lost = np.zeros(len(table.rows), dtype=bool)
    for stage, bases in BASES.items():
        if stage not in table.columns:
            continue
        column = table.columns[stage]
        shares = _shares(column)
        here = np.isin(column.codes, list(shares)) & ~hidden & ~lost
        if not here.any():
            continue
        base = bases[0] if len(bases) == 1 else answers.get(PERCENT_OF)
        if not set(bases) & table.columns.keys() or (PERCENT_OF in answers and base not in table.columns):
            findings.append(table.finding(NO_BASE, stage, here, _shown(column, here, shares)))
            lost |= here
        elif PERCENT_OF not in answers:
            findings.append(table.finding(PERCENT_OF, stage, here, _shown(column, here, shares)))
            lost |= here
        else:
            counted, without = _multiplied(table, stage, str(base), here, shares, findings, answers)
            table = replace(table, columns={**table.columns, stage: counted})
            lost |= without
    return table, lost


def _shares(column: TextColumn) -> dict[int, float]:
    found = {code: numbers.percentage(cleaned(column.values[code]), column.kind(code)) for code in column.row_counts()}
    return {code: share for code, share in found.items() if share is not None}


def _shown(column: TextColumn, mask: np.ndarray, shares: dict[int, float]) -> str:
    """Return the first percentage in the rows of the mask, as its cell shows it."""
    code = int(column.codes[np.flatnonzero(mask)[0]])
    return f"{100 * shares[code]:g}%" if column.kind(code) in NUMBERS else cleaned(column.values[code])


def _multiplied(
    table: Table,
    stage: Stage,
    base: str,
    here: np.ndarray,
    shares: dict[int, float],
    findings: list[Finding],
    answers: Answers,
) -> tuple[TextColumn, np.ndarray]:
    """Return the column with counts in place of its percentages, and a mask of rows without a whole count."""
    column, of = table.columns[stage], table.columns[base]
    bases = {row: _number(table, of, int(of.codes[row])) for row in np.flatnonzero(here).tolist()}
    products = {row: shares[int(column.codes[row])] * number for row, number in bases.items() if number is not None}
    counts = {row: round(one) for row, one in products.items() if abs(one - round(one)) <= NEAR * max(1.0, one)}
    places = np.arange(len(table.rows))

    def report(check: str, rows: list[int], **values: object) -> None:
        mask = np.isin(places, rows)
        findings.append(table.finding(check, stage, mask, _shown(column, mask, shares), **values))

    if without := [row for row in bases if row not in products]:
        report(NO_BASE, without)
    if counts:
        first = next(iter(counts))
        report("percent_read", list(counts), base=bases[first], meant=counts[first])
    fractions = [row for row in products if row not in counts]
    for number, row in enumerate(fractions[:MOST_VALUES] if NOT_WHOLE not in answers else ()):
        rows = [row] if number < MOST_VALUES - 1 else fractions[number:]
        report(NOT_WHOLE, rows, base=bases[row], product=Amount(products[row]))
    texts = {row: str(number) for row, number in counts.items()}
    return column.with_cells(texts), np.isin(places, [*without, *fractions])


def _number(table: Table, column: TextColumn, code: int) -> int | None:
    """Return the count in a cell; None if there is none."""
    try:
        return numbers.count(cleaned(column.values[code]), column.kind(code), table.separators).number
    except (numbers.NotACount, numbers.NotANumber, numbers.TwoMeanings):
        return None
