"""What is stored: the counts in the middle, and what is known of offers, adjustments and dimensions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.access import Sight
from analysis.model import Dimension, Group, Offer, OfferKind
from analysis.store.database import Readable, in_turn, sql
from analysis.store.reference import danish_municipalities, reference_dimensions


@dataclass(frozen=True)
class Coverage:
    """What there is of one kind of data."""

    synthetic: bool
    municipalities: int
    offers: int
    first_day: dt.date
    last_day: dt.date
    dimensions: tuple[str, ...]


def counts_by_phase(database: Readable, sight: Sight, *, dimension: str, synthetic: bool) -> pd.DataFrame:
    """The counts of one dimension: municipality, offer, phase, dimension, group, invited, participated, completed.

    ``invited`` is missing in the rows of citizens who are only known from taking part. They are those of
    ``counts_by_month``, added up.
    """
    query = sql("counts_by_phase").format(counts=_protected("counts_by_month"))
    return _counts(database, query, sight, dimension, synthetic)


def counts_by_month(database: Readable, sight: Sight, *, dimension: str | None = None, synthetic: bool) -> pd.DataFrame:
    """The counts of one dimension, or of all, by period: as ``counts_by_phase``, with period_start and period_end.

    ``period_end`` is the first day after the period; a quarter stays a quarter. ``adjusted_on``, at the end, is the day
    of the offer's first adjustment, missing for a comparison offer.

    Counts that ``sight`` does not show as they are come as multiples of its base. Those who were only invited, took
    part only, and completed are each rounded over time, offer by offer and group by group: whatever months in a row are
    added up, each of the three is less than one base off, and on average not at all. Every number made of them is a sum
    of such multiples, so that no two of them tell more by their difference.

    Source: unbiased controlled rounding, Cox 1987, JASA 82:520, along one dimension. That inner numbers are rounded
    once, and everything is added up from them, is Statistics Norway's practice: Langsrud & Heldal 2018, An Algorithm
    for Small Count Rounding of Tabular Data, in Privacy in Statistical Databases.
    """
    return _counts(database, _protected("counts_by_month"), sight, dimension, synthetic)


def crossed_counts(database: Readable, sight: Sight, *, dimension: str, other: str, synthetic: bool) -> pd.DataFrame:
    """The counts of one dimension within each group of another: as ``counts_by_month``, with ``within``, that group.

    Only courses can be crossed; offers that are known from counts are not there.
    """
    return _counts(database, _protected("crossed_counts"), sight, dimension, synthetic, other=other)


def crossings(database: Readable, *, synthetic: bool) -> dict[str, tuple[str, ...]]:
    """For each dimension those that courses can cross it with."""
    with database.reading() as cursor:
        pairs = cursor.execute(sql("crossings"), {"synthetic": synthetic}).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for one, other in [*pairs, *((other, one) for one, other in pairs)]:
        found[one] = (*found.get(one, ()), other)
    return found


def offers(database: Readable, *, synthetic: bool) -> list[Offer]:
    """Every offer that has counts."""
    return [
        Offer(**{**row, "kind": OfferKind(row["kind"]) if row["kind"] else None})
        for row in _rows(database, "offers", synthetic=synthetic)
    ]


def adjustments(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Municipality, offer, adjusted_on, title, what_changed, aim, citizens_involved, staff_involved."""
    with database.reading() as cursor:
        return cursor.execute(sql("adjustments"), {"synthetic": synthetic}).df()


def coverage(database: Readable) -> dict[bool, Coverage]:
    """What there is of synthetic (True) and of other (False) data; a kind without any is left out."""
    rows = _rows(database, "coverage")
    return {row["synthetic"]: Coverage(**{**row, "dimensions": tuple(row["dimensions"])}) for row in rows}


def dimensions(database: Readable) -> dict[str, Dimension]:
    """Every dimension by its key: those of the reference list, then those that imports have added."""
    found = dict(reference_dimensions())
    added: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(database, "added_groups"):
        added.setdefault(row["dimension"], []).append(row)
    for key, rows in added.items():
        found[key] = _with_groups(found.get(key), key, rows)
    return found


def municipalities(database: Readable) -> list[str]:
    """The names of every municipality and place that a workbook may speak of."""
    with database.reading() as cursor:
        added = cursor.execute(
            "SELECT DISTINCT municipality FROM place JOIN live USING (import_id) ORDER BY 1"
        ).fetchall()
    return [*danish_municipalities(), *(name for (name,) in added)]


def _with_groups(known: Dimension | None, key: str, rows: Iterable[dict[str, Any]]) -> Dimension:
    rows = list(rows)
    groups = tuple(Group(row["group"], {}, row["rank"]) for row in rows)
    if known is not None:
        present = {group.key for group in known.groups}
        extra = tuple(group for group in groups if group.key not in present)
        return Dimension(key, known.labels, known.ordered, (*known.groups, *extra), known.reference, known.compared)
    return Dimension(key, {}, rows[0]["ordered"], groups, reference=groups[-1].key, compared=groups[0].key)


def _protected(query: str) -> str:
    return sql("protected").format(counts=sql(query))


def _counts(
    database: Readable, query: str, sight: Sight, dimension: str | None, synthetic: bool, **more: str
) -> pd.DataFrame:
    seen = {"base": sight.base, "exact": sorted(sight.exact), "everywhere": sight.everywhere}
    with database.reading() as cursor:
        frame = cursor.execute(query, {"dimension": dimension, "synthetic": synthetic, **seen, **more}).df()
    stages = ["invited", "participated", "completed"]
    return frame.astype(dict.fromkeys(stages, "Int64"))


def _rows(database: Readable, query: str, **parameters: object) -> list[dict[str, Any]]:
    with database.reading() as cursor:
        cursor.execute(sql(query), parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@in_turn
def trace(database: Readable, *, municipality: str, offer: str) -> pd.DataFrame:
    """Where every stored row of an offer comes from: import_id, file_name, sha256, sheet, row, form, undone_at."""
    with database.reading() as cursor:
        return cursor.execute(sql("trace"), {"municipality": municipality, "offer": offer}).df()
