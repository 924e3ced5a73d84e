"""The dimension and the group of each row of counts."""

from dataclasses import replace

import numpy as np

from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing import columns as cells
from analysis.intake.tables import Table, normalised
from analysis.model.terms import MISSING


def crossed_dimensions(table: Table, known: ReferenceData) -> list[str]:
    """Return the dimensions that have a column of their own."""
    return [key for key in known.dimensions if key in table.columns]


def dimensions_of_rows(table: Table, known: ReferenceData, findings: list[Finding]) -> list[np.ndarray]:
    """Return the dimension of every row: several if dimensions have columns of their own."""
    if crossed := crossed_dimensions(table, known):
        return [np.full(len(table.rows), key, dtype=object) for key in crossed]
    return [_dimensions(table, known, findings)]


def groups_of_dimension(table: Table, key: str, known: ReferenceData, findings: list[Finding]) -> np.ndarray:
    """Parse the groups of a dimension that has a column of its own."""
    column = table.columns[key]
    meanings = cells.parse_column(table, key, cells.group(known, key), findings)
    not_stated = column.blank() | cells.flags(column, meanings, MISSING)
    if not_stated.any():
        findings.append(table.finding("group_missing", key, not_stated))
    filled = np.array([cells.group_or_missing(meaning) for meaning in meanings], dtype=object)
    return filled[column.codes]


def keys_of_dimensions(known: ReferenceData) -> dict[str, str]:
    """Return the dimensions by each of their normalised names."""
    return {
        normalised(name): key
        for key, dimension in known.dimensions.items()
        for name in (key, *dimension.labels.values())
    }


def _dimensions(table: Table, known: ReferenceData, findings: list[Finding]) -> np.ndarray:
    names = keys_of_dimensions(known)

    def parse(text: str, kind: str) -> str:
        if normalised(text) not in names:
            raise cells.ParseError("unknown_dimension", known=tuple(known.dimensions.values()))
        return names[normalised(text)]

    meanings = cells.parse_column(table, "dimension", parse, findings, needed=True)
    return np.array(meanings, dtype=object)[table.columns["dimension"].codes]


def groups_of_rows(table: Table, dimension: np.ndarray, known: ReferenceData, findings: list[Finding]) -> np.ndarray:
    """Parse the groups, each within the dimension of its own row."""
    column = table.columns["group"]
    groups = np.array([MISSING] * len(table.rows), dtype=object)
    for key in dict.fromkeys(key for key in dimension if key is not None):
        positions = np.flatnonzero(dimension == key)
        part = replace(
            table,
            columns={"group": column.take(positions)},
            rows=table.rows[positions],
            origins={name: one.take(positions) for name, one in table.origins.items()},
        )
        meanings = cells.parse_column(part, "group", cells.group(known, key), findings)
        filled = np.array([cells.group_or_missing(meaning) for meaning in meanings], dtype=object)
        groups[positions] = filled[part.columns["group"].codes]
        not_stated = part.columns["group"].blank() | cells.flags(part.columns["group"], meanings, MISSING)
        if not_stated.any():
            findings.append(part.finding("group_missing", "group", not_stated))
    return groups
