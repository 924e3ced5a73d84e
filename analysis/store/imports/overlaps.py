"""What a file has in common with what is stored: periods, citizens, and how many are counted in them."""

import datetime as dt
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from analysis.auth.roles import Person
from analysis.store.connection import sql
from analysis.store.counts_statement import counts_of
from analysis.store.current_names import register_named
from analysis.store.database import Database
from analysis.store.imports.citizen_groups import with_listed_groups
from analysis.store.imports.permissions import may, required_permissions
from analysis.store.payload import ImportPayload


@dataclass(frozen=True)
class Overlap:
    """An offer that an earlier import covers in some of the same periods. ``end`` is the first day after them."""

    import_id: int
    municipality: str
    offer: str
    start: dt.date
    end: dt.date
    file_name: str

    @property
    def last_day(self) -> dt.date:
        return self.end - dt.timedelta(days=1)


@dataclass(frozen=True)
class CitizensAgain:
    """An offer, its number of citizens in a file, and how many of them another file has in other periods."""

    municipality: str
    offer: str
    citizens: int
    again: int
    file_name: str


@dataclass(frozen=True)
class Beside:
    """Citizens of an offer and a dimension in the periods that a file and earlier imports cover.

    ``stored`` and ``in_file`` are the invited, the participants and the completed. ``end`` is the first day after them.
    """

    municipality: str
    offer: str
    dimension: str
    start: dt.date
    end: dt.date
    stored: tuple[int, ...]
    in_file: tuple[int, ...]

    @property
    def last_day(self) -> dt.date:
        return self.end - dt.timedelta(days=1)

    @property
    def is_loss(self) -> bool:
        """Return True if fewer citizens would be counted after the file took the place of what is stored."""
        return any(after < now for now, after in zip(self.stored, self.in_file, strict=True))


def overlaps(database: Database, contents: ImportPayload, *, by: Person, synthetic: bool = False) -> list[Overlap]:
    """Return the periods that storing the payload would count twice; empty if the person may not store it.

    The periods reveal in which months there are citizens.
    """
    if not may(by, required_permissions(contents)):
        return []
    with database.reading() as cursor:
        return found_overlaps(cursor, contents, synthetic=synthetic)


def citizens_again(
    database: Database, contents: ImportPayload, *, by: Person, synthetic: bool = False
) -> list[CitizensAgain]:
    """Return offers with citizens who are already stored in other periods.

    The list is empty if the person may not store the payload.
    """
    if contents.courses is None or not may(by, required_permissions(contents)):
        return []
    with database.reading() as cursor:
        citizens = contents.courses.select(["municipality", "offer", "citizen"])
        register_named(cursor, "staged_citizens", citizens, synthetic=synthetic)
        register_named(cursor, "staged_periods", contents.periods, synthetic=synthetic)
        rows = cursor.execute(sql("citizens_again"), {"synthetic": synthetic}).fetchall()
    return [CitizensAgain(*row) for row in rows]


@dataclass(frozen=True)
class MovedAdjustment:
    """An adjustment that is stored with another date than a file has."""

    municipality: str
    offer: str
    title: str
    stored_on: dt.date
    adjusted_on: dt.date


def moved_adjustments(
    database: Database, contents: ImportPayload, *, by: Person, synthetic: bool = False
) -> list[MovedAdjustment]:
    """Return the adjustments of a file that are stored with the same title and another date.

    The list is empty if the person may not store the payload.
    """
    if contents.adjustments is None or not may(by, required_permissions(contents)):
        return []
    with database.reading() as cursor:
        register_named(cursor, "staged_adjustments", contents.adjustments, synthetic=synthetic)
        rows = cursor.execute(sql("moved_adjustments"), {"synthetic": synthetic}).fetchall()
    return [MovedAdjustment(*row) for row in rows]


def stored_beside(
    database: Database, contents: ImportPayload, counts: pa.Table, *, by: Person, synthetic: bool = False
) -> list[Beside]:
    """Return what is stored in the periods of a file, beside what the file has; ``counts`` are its counts.

    The list is empty if the person may not store the payload: the numbers are exact.
    """
    if contents.periods is None or not may(by, required_permissions(contents)):
        return []
    with database.reading() as cursor:
        register_named(cursor, "staged_periods", contents.periods, synthetic=synthetic)
        listed = with_listed_groups(cursor, contents, synthetic=synthetic)
        counts = counts if listed is contents else counts_of(listed)
        register_named(cursor, "staged_counts", counts, synthetic=synthetic)
        rows = cursor.execute(sql("stored_beside"), {"synthetic": synthetic}).fetchall()
    return [
        Beside(municipality, offer, dimension, start, end, tuple(numbers[:3]), tuple(numbers[3:]))
        for municipality, offer, dimension, start, end, *numbers in rows
    ]


def found_overlaps(cursor: duckdb.DuckDBPyConnection, contents: ImportPayload, *, synthetic: bool) -> list[Overlap]:
    """Return the periods that storing the payload would count twice."""
    if contents.periods is None:
        return []
    register_named(cursor, "staged_periods", contents.periods, synthetic=synthetic)
    values = {"synthetic": synthetic, "origin": contents.package.origin if contents.package else ""}
    return [Overlap(*row) for row in cursor.execute(sql("overlaps"), values).fetchall()]
