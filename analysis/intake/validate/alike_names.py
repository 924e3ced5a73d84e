"""Names in a file that differ by a typing error or a way of writing from others: adjustments, groups and places."""

from collections.abc import Iterator

import pyarrow as pa

from analysis.intake.findings.findings import Finding
from analysis.intake.tables import normalised
from analysis.intake.validate.offer_names import alike_pairs
from analysis.intake.validate.prepared import Prepared
from analysis.model.terms import MISSING, Named
from analysis.store import Database, ImportPayload, adjustments, dimensions, municipalities, stored_names
from analysis.store.reference import reference_dimensions

COLUMN_OF = {
    "offer_spelling": "offer",
    "offers_alike": "offer",
    "adjustment_alike": "title",
    "action_spelling": "action",
    "groups_alike": "group",
    "places_alike": "municipality",
}
"""Checks that find two names where there may be one, with the column of the name."""


def alike_names(database: Database, prepared: Prepared) -> Iterator[Finding]:
    """Yield the names of the file that are much like others in it or in what is stored."""
    yield from _adjustments(database, prepared)
    yield from _groups(database, prepared)
    yield from _places(database, prepared)


def _adjustments(database: Database, prepared: Prepared) -> Iterator[Finding]:
    """Yield titles that are much like those stored for the same offer."""
    if prepared.contents.adjustments is None:
        return
    stored = adjustments(database, synthetic=prepared.synthetic)
    for row in prepared.contents.adjustments.to_pylist():
        own = stored[(stored["municipality"] == row["municipality"]) & (stored["offer"] == row["offer"])]
        known = {normalised(title): title for title in own["title"]}
        if not row["title"] or normalised(row["title"]) in known:
            continue
        for pair in alike_pairs([row["title"], *known.values()]):
            if row["title"] in pair:
                (nearest,) = {*pair} - {row["title"]}
                rows = (row["row"],)
                yield Finding("adjustment_alike", row["sheet"], rows, value=row["title"], values={"nearest": nearest})


def _groups(database: Database, prepared: Prepared) -> Iterator[Finding]:
    """Yield groups beside the reference list that are much like others of their dimension."""
    found: dict[str, set[str]] = {}
    for dimension, group in groups_in(prepared.contents):
        if group not in _listed(dimension):
            found.setdefault(dimension, set()).add(group)
    if not found:
        return
    stored = [one for one in stored_names(database, synthetic=prepared.synthetic) if one.kind is Named.GROUP]
    named = dimensions(database)
    for dimension, groups in found.items():
        known = {one.name for one in stored if one.belongs_to == dimension} - _listed(dimension)
        for pair in alike_pairs(sorted(groups | known)):
            value, nearest = sorted(pair, key=lambda name: name in known)
            if value in groups and not set(pair) <= known:
                values: dict[str, object] = {"nearest": nearest, "dimension": named.get(dimension, dimension)}
                yield Finding("groups_alike", value=value, values=values)


def groups_in(contents: ImportPayload) -> set[tuple[str, str]]:
    """Return the groups of the courses and counts, each with its dimension."""
    courses, counts = contents.courses, contents.counts
    found = {(key, group) for key in contents.dimensions if courses for group in courses[key].unique().to_pylist()}
    if counts is not None and {"dimension", "group"} <= set(counts.column_names):
        pairs: pa.Table = counts.group_by(["dimension", "group"]).aggregate([])
        found |= {(row["dimension"], row["group"]) for row in pairs.to_pylist()}
    return {(dimension, group) for dimension, group in found if dimension and group and group != MISSING}


def _listed(dimension: str) -> set[str]:
    listed = reference_dimensions().get(dimension)
    return {group.key for group in listed.groups} if listed else set()


def _places(database: Database, prepared: Prepared) -> Iterator[Finding]:
    """Yield new places that are much like another place."""
    if prepared.contents.places is None:
        return
    new = set(prepared.contents.places["municipality"].to_pylist())
    known = set(municipalities(database)) - new
    for pair in alike_pairs(sorted(new | known)):
        value, nearest = sorted(pair, key=lambda name: name in known)
        if value in new:
            yield Finding("places_alike", value=value, values={"nearest": nearest})
