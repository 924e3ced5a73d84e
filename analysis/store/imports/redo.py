"""Imports that were taken back: brought back, or deleted for good when their time has passed."""

import datetime as dt

import duckdb

from analysis.auth.roles import Person
from analysis.store import journal, uploaded_files
from analysis.store.connection import sql, with_exclusive_lock
from analysis.store.database import Database
from analysis.store.errors import duckdb_errors_translated
from analysis.store.imports.importing import Overlap, PeriodsOverlap, history, partitions_of_payload
from analysis.store.imports.permissions import must_for_import
from analysis.store.integrity.audit import PROGRAM, Event, attempted, record
from analysis.store.integrity.checksums import DATA_TABLES


class NothingToBringBack(Exception):
    """The import is not there, is live already, or was deleted when its time had passed."""


@with_exclusive_lock
def redo_import(database: Database, import_id: int, *, by: Person) -> None:
    """Bring an import back that was taken back.

    Raises ``NotAllowed`` where the person may not store what it contains, ``NothingToBringBack``, or ``PeriodsOverlap``
    where other imports have come to cover the same periods, other than those that it took the place of.
    """
    with attempted(database, by, Event.BRING_BACK):
        must_for_import(by, database, import_id)
    with database.writing(touching=partitions_of_payload(database, import_id)) as cursor:
        found = cursor.execute(
            "SELECT import_id FROM import WHERE import_id = ? AND undone_at IS NOT NULL AND purged_at IS NULL",
            [import_id],
        ).fetchone()
        if found is None:
            raise NothingToBringBack(import_id)
        overlapping = [Overlap(*row) for row in cursor.execute(sql("overlaps_of_import"), [import_id] * 4).fetchall()]
        if overlapping:
            raise PeriodsOverlap(overlapping)
        cursor.execute("UPDATE import SET undone_at = NULL WHERE import_id = ?", [import_id])
        record(cursor, by, Event.BRING_BACK, import_id=import_id)


@with_exclusive_lock
def purge(database: Database, days: int) -> list[int]:
    """Delete for good what was taken back more than so many days ago; the record of it stays. Tells which were.

    Files that neither an import nor the journal stands behind, as a program that was killed leaves them, are deleted
    too.
    """
    with database.reading() as cursor:
        due = _due(cursor, days)
    if due:  # Nothing is written where nothing is deleted: what others have worked out stays right.
        with database.writing() as cursor:
            due = _due(cursor, days)
            for import_id in due:
                _purge(cursor, import_id)
    with duckdb_errors_translated():
        uploaded_files.keep_only(database.path, _wanted(database, days))
    return due


def _due(cursor: duckdb.DuckDBPyConnection, days: int) -> list[int]:
    rows = cursor.execute(
        "SELECT import_id FROM import WHERE purged_at IS NULL "
        "AND undone_at < current_localtimestamp() - to_days(CAST(? AS INTEGER))",
        [days],
    ).fetchall()
    return [import_id for (import_id,) in rows]


def _purge(cursor: duckdb.DuckDBPyConnection, import_id: int) -> None:
    for table in DATA_TABLES:
        cursor.execute(f"DELETE FROM {table} WHERE import_id = ?", [import_id])
    cursor.execute("UPDATE import SET purged_at = current_localtimestamp() WHERE import_id = ?", [import_id])
    record(cursor, PROGRAM, Event.PURGE, import_id=import_id)


def _wanted(database: Database, days: int) -> set[str]:
    """The digests of the files to keep: of every import but those deleted, also where only the journal knows of it."""
    records = history(database)
    purged = {record.sha256 for record in records if record.purged_at is not None}
    kept = {record.sha256 for record in records if record.purged_at is None}
    longest = (dt.datetime.now() - dt.timedelta(days=days)).isoformat()
    written = journal.lines(database.path)
    known_only_there = {line["sha256"] for line in written if not journal.is_abandoned(line)} - purged
    given_up = {line["sha256"] for line in written if line.get("given_up", "") > longest}
    return kept | known_only_there | given_up
