"""Groups and dimensions that a user adds to the reference data for the rows of a file."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa

from analysis.i18n.vocabulary import missing_words
from analysis.intake.findings.findings import Finding
from analysis.intake.fix.corrections import AddedGroup, Corrections
from analysis.intake.layout.labels import DIMENSION, GROUP
from analysis.intake.lexicon.reference_data import ReferenceData, extended
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.tables import Table, cleaned, normalised
from analysis.intake.values.footnotes import plain_label
from analysis.model.terms import Dimension

FEWEST_RANKS = 2
"""Minimum number of ranks: an order has two ends."""
ADDED_GROUPS = pa.schema(
    [("dimension", pa.string()), ("ordered", pa.bool_()), ("group", pa.string()), ("rank", pa.int32())]
)


def with_additions(known: ReferenceData, corrections: Corrections) -> ReferenceData:
    """Return the reference data with the places, dimensions and groups that the user adds."""
    known = known.with_places(list(corrections.places)) if corrections.places else known
    ordered = {one.name: one.ordered for one in corrections.dimensions}
    for key in dict.fromkeys([*ordered, *(one.dimension for one in corrections.groups)]):
        groups = [(one.group, one.rank) for one in corrections.groups if one.dimension == key]
        current = known.dimensions.get(key)
        is_ordered = current.ordered if current else ordered.get(key, False)
        known = known.with_dimension(extended(current, key, groups, ordered=is_ordered))
    return known


def with_texts_as_groups(corrections: Corrections, tables: Iterable[Table]) -> Corrections:
    """Return the corrections with every text of an added dimension without an order as a group of it."""
    free = {normalised(one.name): one.name for one in corrections.dimensions if not one.ordered}
    if not free:
        return corrections
    found = [AddedGroup(free[name], group) for table in tables for name, group in _pairs(table) if name in free]
    present = {(one.dimension, one.group) for one in corrections.groups}
    new = [one for one in dict.fromkeys(found) if (one.dimension, one.group) not in present]
    return replace(corrections, groups=(*corrections.groups, *new))


def _pairs(table: Table) -> Iterator[tuple[str, str]]:
    """Yield each dimension, normalised, with each group in the same row."""
    if not {DIMENSION, GROUP} <= table.columns.keys():
        return
    dimensions, groups = table.columns[DIMENSION], table.columns[GROUP]
    for at, of in np.unique(np.column_stack([dimensions.codes, groups.codes]), axis=0).tolist():
        group = plain_label(cleaned(groups.values[of]))
        if group and normalised(group) not in missing_words() and not is_total(group):
            yield normalised(dimensions.values[at]), group


def unranked_groups(corrections: Corrections, known: ReferenceData) -> list[Finding]:
    """Report groups that the user added to ordered dimensions without a rank."""
    new = {one.name for one in corrections.dimensions}
    findings = []
    for key in dict.fromkeys(one.dimension for one in corrections.groups):
        groups = [(one.group, one.rank) for one in corrections.groups if one.dimension == key]
        named = known.dimensions[key]
        findings += without_rank("", key, groups, named, ordered=named.ordered, new=key in new)
    return findings


def without_rank(
    column: str,
    dimension: str,
    groups: list[tuple[str, int | None]],
    named: Dimension | None,
    *,
    ordered: bool,
    new: bool,
) -> list[Finding]:
    """Report new groups without a rank in an ordered dimension: ranks are never guessed, and a new order needs two."""
    if not ordered or not groups:
        return []
    ranks = [rank for _, rank in groups if rank is not None]
    unranked = tuple(name for name, rank in groups if rank is None)
    said = {"named": named or dimension}
    if new and (len(ranks) < FEWEST_RANKS or len(set(ranks)) < len(ranks)):
        names = unranked or tuple(name for name, _ in groups)
        return [Finding("rank_missing", column=column, value=dimension, values={"groups": names, **said})]
    if not unranked:
        return []
    return [Finding("rank_partly", column=column, value=dimension, values={"groups": unranked, **said})]


def added_places(corrections: Corrections, stored: ReferenceData) -> list[str]:
    """Return the user's places that are not stored yet."""
    return [place for place in corrections.places if normalised(place) not in stored.municipalities]


def added_groups(corrections: Corrections, known: ReferenceData) -> pa.Table | None:
    """Return the user's groups in the form of ``ImportPayload``."""
    rows = [
        {
            "dimension": one.dimension,
            "ordered": known.dimensions[one.dimension].ordered,
            "group": one.group,
            "rank": one.rank,
        }
        for one in corrections.groups
    ]
    return pa.Table.from_pylist(rows, ADDED_GROUPS) if rows else None
