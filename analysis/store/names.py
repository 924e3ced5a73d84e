"""Names of groups, adjustments and actions: rows keep those of their file, and queries see those of today."""

from dataclasses import dataclass

from analysis.model.terms import Named
from analysis.store.connection import Readable, sql


@dataclass(frozen=True)
class StoredName:
    """A name of today, and the municipalities that have it.

    ``belongs_to`` is the dimension of a group, or the offer of an adjustment; empty for actions.
    """

    kind: Named
    belongs_to: str
    name: str
    municipalities: tuple[str, ...]


@dataclass(frozen=True)
class OtherName:
    """A name in the files of a municipality, and what it is called today."""

    kind: Named
    belongs_to: str
    name: str
    municipality: str
    new_name: str


def stored_names(database: Readable, *, synthetic: bool) -> list[StoredName]:
    """Return the names of today."""
    with database.reading() as cursor:
        rows = cursor.execute(sql("stored_names"), {"synthetic": synthetic}).fetchall()
    return [StoredName(Named(kind), belongs_to, name, tuple(places)) for kind, belongs_to, name, places in rows]


def other_names(database: Readable, *, synthetic: bool) -> list[OtherName]:
    """Return what files call otherwise."""
    with database.reading() as cursor:
        rows = cursor.execute(sql("other_names"), {"synthetic": synthetic}).fetchall()
    return [OtherName(Named(kind), belongs_to or "", *others) for kind, belongs_to, *others in rows]


def taken_out(database: Readable, *, synthetic: bool) -> list[tuple[str, str]]:
    """Return municipality and name of the offers with counts that no page shows."""
    with database.reading() as cursor:
        return cursor.execute(sql("taken_out"), {"synthetic": synthetic}).fetchall()
