"""Queries for stored counts, offers, adjustments and dimensions."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.auth.roles import DisclosureLevel
from analysis.model.terms import Dimension, Group, Offer, OfferKind
from analysis.store.connection import Readable, sql
from analysis.store.controlled_rounding import Randomness
from analysis.store.disclosure import STAGES, disclosed_counts, rounded_counts, rounded_crossing
from analysis.store.reference import danish_municipalities, reference_dimensions


@dataclass(frozen=True)
class Coverage:
    """Extent of the stored data of one kind, synthetic or real."""

    synthetic: bool
    municipalities: int
    offers: int
    first_day: dt.date
    last_day: dt.date
    dimensions: tuple[str, ...]


def has_counts(database: Readable, import_id: int) -> bool:
    """Return whether an import has counts that are not held back with others."""
    with database.reading() as cursor:
        found = cursor.execute("SELECT 1 FROM live_counts WHERE import_id = ? LIMIT 1", [import_id]).fetchone()
    return found is not None


def counts_by_month(
    database: Readable, disclosure_level: DisclosureLevel, *, dimension: str | None = None, synthetic: bool
) -> pd.DataFrame:
    """Return the counts of one dimension, or of all, by period.

    Counts that ``disclosure_level`` does not allow to be exact are multiples of its base, see ``rounding``. Citizens
    who were only invited, only participated, and completed are each rounded over time. They add up to the same rounded
    totals in every dimension and crossing. Every number derived from them is a sum of such multiples.

    Returns
    -------
    Columns municipality, offer, period_start, period_end, phase, dimension, group; in citizens invited, participated,
    completed; finished, adjusted_on. ``period_end`` is the first day after the period; a quarter is not split into
    months. ``invited`` is missing in rows of citizens who are not known to have been invited. ``finished`` is False for
    a period whose courses have not had time to complete, or of which it is not known who completed. ``adjusted_on`` is
    the day of the offer's first adjustment, missing for a comparison offer.
    """
    own, arrived = _own_and_arrived(database, dimension, synthetic)
    shown = _disclosed(database, own, disclosure_level, dimension, synthetic)
    if arrived.empty:
        return shown
    both = pd.concat([shown, arrived], ignore_index=True).astype(own.dtypes.to_dict())
    return both.sort_values(list(both), ignore_index=True)


def own_counts(database: Readable, disclosure_level: DisclosureLevel, *, synthetic: bool) -> pd.DataFrame:
    """Return the same counts of all dimensions, but for those that another installation rounded."""
    own, _ = _own_and_arrived(database, None, synthetic)
    return _disclosed(database, own, disclosure_level, None, synthetic)


def _own_and_arrived(database: Readable, dimension: str | None, synthetic: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the exact counts, and those that another installation rounded, which are never rounded again."""
    counts = _counts(database, "counts_by_month", dimension=dimension, synthetic=synthetic)
    is_rounded = counts.pop("is_rounded")
    return counts[~is_rounded].reset_index(drop=True), counts[is_rounded]


def _disclosed(
    database: Readable, exact: pd.DataFrame, disclosure_level: DisclosureLevel, dimension: str | None, synthetic: bool
) -> pd.DataFrame:
    """Return exact counts of one dimension, or of all, as the level allows."""

    def rounding(hidden: pd.DataFrame) -> pd.DataFrame:
        whole = hidden if dimension is None else _every_dimension(database, hidden, synthetic)
        return rounded_counts(whole, _randomness(database), disclosure_level.rounding_base, dimension)

    return disclosed_counts(exact, disclosure_level, synthetic, rounding)


def crossed_counts(
    database: Readable, disclosure_level: DisclosureLevel, *, dimension: str, other: str, synthetic: bool
) -> pd.DataFrame:
    """Return the counts of one dimension within each group of another.

    Only courses can be crossed; offers that were imported as counts are not included. Rounded counts of a crossing add
    up to those of both dimensions. Periods in which a citizen is missing in either dimension are left out of rounded
    counts.

    Returns
    -------
    Columns of ``counts_by_month``, and ``within``, the group of the other dimension.
    """
    one, two = sorted((dimension, other))
    exact = _counts(database, "crossed_counts", dimension=one, other=two, synthetic=synthetic)

    def rounding(hidden: pd.DataFrame) -> pd.DataFrame:
        whole = _every_dimension(database, hidden, synthetic)
        return rounded_crossing(hidden, whole, two, _randomness(database), disclosure_level.rounding_base)

    crossed = disclosed_counts(exact, disclosure_level, synthetic, rounding)
    if dimension != one:
        crossed = crossed.rename(columns={"group": "within", "within": "group"}).assign(dimension=dimension)
    return crossed[list(exact)].sort_values(list(exact), ignore_index=True)


def held_back(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the periods that the counts of a dimension leave out, because the count of a group is held back.

    Returns
    -------
    Columns municipality, offer, period_start, period_end, dimension.
    """
    with database.reading() as cursor:
        return cursor.execute(sql("held_back"), {"synthetic": synthetic}).df()


def without_completion(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the periods in which no file says who completed.

    Returns
    -------
    Columns municipality, offer, period_start.
    """
    with database.reading() as cursor:
        return cursor.execute(sql("without_completion"), {"synthetic": synthetic}).df()


def offer_names(database: Readable, *, synthetic: bool) -> set[tuple[str, str]]:
    """Return municipality and name of every offer with counts."""
    with database.reading() as cursor:
        return set(cursor.execute(sql("offer_names"), {"synthetic": synthetic}).fetchall())


def files_of_offers(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the newest file of each offer with counts.

    Returns
    -------
    Columns municipality, offer, import_id, file_name, imported_at.
    """
    with database.reading() as cursor:
        return cursor.execute(sql("files_of_offers"), {"synthetic": synthetic}).df()


def crossings(database: Readable, *, synthetic: bool) -> dict[str, tuple[str, ...]]:
    """Return the dimensions that courses can be crossed with, for each dimension."""
    with database.reading() as cursor:
        pairs = cursor.execute(sql("crossings"), {"synthetic": synthetic}).fetchall()
    found: dict[str, tuple[str, ...]] = {}
    for one, other in [*pairs, *((other, one) for one, other in pairs)]:
        found[one] = (*found.get(one, ()), other)
    return found


def offers(database: Readable, *, synthetic: bool) -> list[Offer]:
    """Return every offer that has counts."""
    return [
        Offer(**{**row, "kind": OfferKind(row["kind"]) if row["kind"] else None})
        for row in _rows(database, "offers", synthetic=synthetic)
    ]


def adjustments(database: Readable, *, synthetic: bool) -> pd.DataFrame:
    """Return the adjustments.

    Returns
    -------
    Columns municipality, offer, adjusted_on, title, what_changed, aim, citizens_involved, staff_involved.
    """
    with database.reading() as cursor:
        return cursor.execute(sql("adjustments"), {"synthetic": synthetic}).df()


def coverage(database: Readable) -> dict[bool, Coverage]:
    """Return the coverage of synthetic (True) and real (False) data; a kind without data is left out."""
    rows = _rows(database, "coverage")
    return {row["synthetic"]: Coverage(**{**row, "dimensions": tuple(row["dimensions"])}) for row in rows}


def dimensions(database: Readable, *, with_joined: bool = False) -> dict[str, Dimension]:
    """Return every dimension by its key: first those of the reference list, then those that imports added.

    Groups whose counts are all under another name are included only ``with_joined``: files may still contain them.
    """
    found = dict(reference_dimensions())
    added: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(database, "added_groups", joined=with_joined):
        added.setdefault(row["dimension"], []).append(row)
    for key, rows in added.items():
        found[key] = _with_groups(found.get(key), key, rows)
    return found


def municipalities(database: Readable) -> list[str]:
    """Return the names of every municipality and place that a workbook may contain."""
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
    ranked = [group for group in groups if group.rank] or groups
    is_ordered = bool(rows[0]["ordered"])
    return Dimension(key, {}, is_ordered, groups, ranked[-1].key, ranked[0].key, has_pair=is_ordered)


def _counts(database: Readable, query: str, **asked: str | bool | None) -> pd.DataFrame:
    """Return exact counts from one of the queries."""
    with database.reading() as cursor:
        frame = cursor.execute(sql(query), asked).df()
    return frame.astype(dict.fromkeys(STAGES, "Int64"))


def _every_dimension(database: Readable, counts: pd.DataFrame, synthetic: bool) -> pd.DataFrame:
    """Return the exact counts of every dimension by period, for the municipalities in ``counts``."""
    whole, _ = _own_and_arrived(database, None, synthetic)
    return whole[whole["municipality"].isin(counts["municipality"].unique())]


def _randomness(database: Readable) -> Randomness:
    with database.reading() as cursor:
        ((secret,),) = cursor.execute("SELECT database_id FROM identity").fetchall()
    return Randomness(str(secret))


def _rows(database: Readable, query: str, **parameters: object) -> list[dict[str, Any]]:
    with database.reading() as cursor:
        cursor.execute(sql(query), parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
