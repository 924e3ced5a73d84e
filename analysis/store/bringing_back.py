"""Imports that were taken back: brought back, or deleted for good when their time has passed."""

from analysis.access import Person
from analysis.store import originals
from analysis.store.contained import must_for_import
from analysis.store.contents import LISTS
from analysis.store.database import Database, sql
from analysis.store.imports import Overlap, PeriodsOverlap, history

DATA_TABLES = ("course", "uploaded_count", "counts", "crossed_counts", *LISTS.values(), "place", "added_group")


class NothingToBringBack(Exception):
    """The import is not there, is live already, or was deleted when its time had passed."""


def redo_import(database: Database, import_id: int, *, by: Person) -> None:
    """Bring an import back that was taken back.

    Raises ``NotAllowed`` where the person may not store what it contains, ``NothingToBringBack``, or ``PeriodsOverlap``
    where other imports have come to cover the same periods, other than those that it took the place of.
    """
    must_for_import(by, database, import_id)
    with database.writing() as cursor:
        found = cursor.execute(
            "SELECT synthetic FROM import WHERE import_id = ? AND undone_at IS NOT NULL AND purged_at IS NULL",
            [import_id],
        ).fetchone()
        if found is None:
            raise NothingToBringBack(import_id)
        overlapping = [Overlap(*row) for row in cursor.execute(sql("overlaps_of_import"), [import_id] * 4).fetchall()]
        if overlapping:
            raise PeriodsOverlap(overlapping)
        cursor.execute("UPDATE import SET undone_at = NULL WHERE import_id = ?", [import_id])


def purge(database: Database, days: int) -> list[int]:
    """Delete for good what was taken back more than so many days ago; the record of it stays. Tells which were.

    Files that no import stands behind, as a program that was killed leaves them, are deleted too.
    """
    with database.writing() as cursor:
        rows = cursor.execute(
            "SELECT import_id FROM import WHERE purged_at IS NULL "
            "AND undone_at < current_localtimestamp() - to_days(CAST(? AS INTEGER))",
            [days],
        ).fetchall()
        for (import_id,) in rows:
            for table in DATA_TABLES:
                cursor.execute(f"DELETE FROM {table} WHERE import_id = ?", [import_id])
            cursor.execute("UPDATE import SET purged_at = current_localtimestamp() WHERE import_id = ?", [import_id])
    originals.keep_only(database.path, {one.sha256 for one in history(database) if one.purged_at is None})
    return [import_id for (import_id,) in rows]
