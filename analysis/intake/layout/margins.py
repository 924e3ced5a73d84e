"""Rows of counts that divide by one of several dimension columns each, and have nothing or “all” in the others."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from analysis.intake.findings.findings import Finding
from analysis.intake.layout.labels import DIMENSION, GROUP
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.sheets import TextColumn, concatenated, position
from analysis.intake.tables import Origin, Reason, Table, cleaned

FEWEST_DIMENSIONS = 2
_ALL = {"-", "–", "—", "alle", "alla", "all", "kaikki", "samtlige", "samtliga"}


def by_one_dimension(table: Table, dimensions: Collection[str]) -> tuple[Table, list[Finding]]:
    """Return the table with the dimension and the group of each row, if every row has a group of one dimension only.

    Rows with no group at all are totals. A table with groups of two dimensions in a row is unchanged: they are crossed.
    """
    said = {key: ~_is_all(table.columns[key]) for key in table.columns if key in dimensions}
    said = {key: rows for key, rows in said.items() if rows.any()}
    number = np.sum([*said.values()], axis=0)
    if len(said) < FEWEST_DIMENSIONS or (number > 1).any():
        return table, []
    keys = list(said)
    place = np.argmax(np.column_stack([said[key] for key in keys]), axis=1)
    records = place * len(table.rows) + np.arange(len(table.rows))
    groups = concatenated([table.columns[key] for key in keys]).take(records)
    columns = {key: one for key, one in table.columns.items() if key not in dimensions}
    positions = np.array([position(table.letters[key]) for key in keys])
    headers = {position(table.letters[key]): table.headers[key] for key in keys}
    origin = Origin(table.rows, positions[place], headers)
    result = replace(
        table,
        columns={**columns, DIMENSION: TextColumn(keys, place), GROUP: groups},
        origins={**table.origins, DIMENSION: origin, GROUP: origin},
    )
    found = Finding("one_dimension_a_row", table.sheet, values={"number": len(keys)})
    return result.without(number == 0, Reason.TOTAL), [found]


def complementary(one: TextColumn, other: TextColumn) -> bool:
    """Return whether two columns with labels have none in the same row: the gaps of one are no repeated labels."""
    filled = ~one.blank(), ~other.blank()
    return bool(filled[0].any() and filled[1].any() and not (filled[0] & filled[1]).any())


def _is_all(column: TextColumn) -> np.ndarray:
    """Return a mask of the rows whose label is empty, a dash, or says “all”."""
    words = [not (text := cleaned(value)) or text.lower() in _ALL or is_total(text) for value in column.values]
    return np.array(words, dtype=bool)[column.codes]
