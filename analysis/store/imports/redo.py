"""Undone imports: redo them, or purge them when their retention period has passed."""

import datetime as dt

import duckdb

from analysis.auth.roles import Person
from analysis.store import journal, uploaded_files
from analysis.store.connection import sql, with_exclusive_lock
from analysis.store.database import Database
from analysis.store.errors import duckdb_errors_translated
from analysis.store.imports.corrections import RECOUNTED_TABLES, recount_changed
from analysis.store.imports.importing import PeriodsOverlap, history, partitions_of_payload
from analysis.store.imports.overlaps import Overlap
from analysis.store.imports.permissions import must_for_import
from analysis.store.integrity.audit import PROGRAM, Event, attempted, record
from analysis.store.integrity.checksums import DATA_TABLES


class NothingToBringBack(Exception):
    """The import does not exist, is not undone, or was purged."""


@with_exclusive_lock
def redo_import(database: Database, import_id: int, *, by: Person) -> None:
    """Redo an import that was undone.

    Raise ``NotAllowed`` if the person may not store its content, ``NothingToBringBack``, or ``PeriodsOverlap`` if other
    imports, except those that it replaced, now cover the same periods, or if its file is stored again, perhaps with
    another name of a place.
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
        overlapping = [
            Overlap(*row) for row in cursor.execute(sql("overlaps_of_import"), {"import_id": import_id}).fetchall()
        ]
        if overlapping or cursor.execute(sql("stored_again"), {"import_id": import_id}).fetchone():
            raise PeriodsOverlap(overlapping)
        cursor.execute("UPDATE import SET undone_at = NULL WHERE import_id = ?", [import_id])
        recount_changed(cursor, import_id)
        record(cursor, by, Event.BRING_BACK, import_id=import_id)


@with_exclusive_lock
def purge(database: Database, days: int) -> list[int]:
    """Delete imports that were undone more than ``days`` days ago; keep their records. Return their numbers.

    Also delete uploaded files that belong to no import and no journal line, for example after the program was killed.
    """
    with database.reading() as cursor:
        due = _due(cursor, days)
    if due:  # Write only if something is deleted: cached results then remain valid.
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
    for table in (*DATA_TABLES, "superseded", "recounted", *RECOUNTED_TABLES):
        cursor.execute(f"DELETE FROM {table} WHERE import_id = ?", [import_id])
    cursor.execute("UPDATE import SET purged_at = current_localtimestamp() WHERE import_id = ?", [import_id])
    record(cursor, PROGRAM, Event.PURGE, import_id=import_id)


def _wanted(database: Database, days: int) -> set[str]:
    """Return the digests of the files to keep: of imports that were not purged, and of imports only in the journal."""
    records = history(database)
    purged = {record.sha256 for record in records if record.purged_at is not None}
    kept = {record.sha256 for record in records if record.purged_at is None}
    longest = (dt.datetime.now() - dt.timedelta(days=days)).isoformat()
    written = journal.lines(database.path)
    known_only_there = {line["sha256"] for line in written if not journal.is_abandoned(line)} - purged
    given_up = {line["sha256"] for line in written if line.get("given_up", "") > longest}
    return kept | known_only_there | given_up
