"""What is done for the database while the program runs: backups by the clock, and a look whether it is still whole."""

import datetime as dt
import threading
import time
from contextlib import suppress

import duckdb

from analysis import logs
from analysis.store import journal
from analysis.store.connection import with_exclusive_lock
from analysis.store.database import Database
from analysis.store.errors import BackupFailed, DatabaseError
from analysis.store.integrity.backups import SCHEDULED, Backup, backups, make_backup, rotate
from analysis.store.integrity.checksums import DATA_TABLES, TableChecksums, read_by, table_checksums
from analysis.store.journal import Difference
from analysis.store.recovery.verification import check_journal

FIRST_LOOK = dt.timedelta(minutes=2)
"""After the start, so that it is in nobody's way when the first page is opened."""
AGAIN = dt.timedelta(minutes=30)
"""How often it is looked whether a backup is due, also after one that failed: a computer may have slept meanwhile."""


class Maintenance:
    """A thread of its own for as long as the database is open. ``failed`` tells why the last backup was not made,
    and ``altered`` which imports are not what they were in the one before.
    """

    def __init__(self, database: Database, hours: int, daily: int, weekly: int) -> None:
        self.failed: DatabaseError | None = None
        self.altered: list[Difference] = []
        self._database, self._hours, self._daily, self._weekly = database, hours, daily, weekly

    def start(self) -> threading.Thread | None:
        """Begin, unless backups by the clock are turned off."""
        if self._hours <= 0:
            return None
        thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        thread.start()
        return thread

    def look(self, now: dt.datetime) -> Backup | None:
        """Make a backup if one is due, and then delete those that are not to be kept; the backup that was made.

        While anything is not as it was stored, none is deleted: the one that still holds it may be among them.
        """
        try:
            begun = time.monotonic()
            with self._database.one_backup():  # Another server may have been at it, and is done by then.
                made = self._made(now + dt.timedelta(seconds=time.monotonic() - begun))
        except (DatabaseError, duckdb.Error, OSError) as error:
            if not self._database.closed.is_set():
                self.failed = error if isinstance(error, DatabaseError) else BackupFailed(str(error))
                logs.error("no backup", error)
            return None
        return made

    def _made(self, now: dt.datetime) -> Backup | None:
        if self.due(now) > now:
            return None
        self.altered = altered(self._database)
        whole = not self.altered and all(one.what == "given up" for one in check_journal(self._database))
        made = make_backup(self._database, SCHEDULED, whole=whole)
        self.failed = None
        if whole:
            rotate(self._database.backups, self._daily, self._weekly)
        return made

    def due(self, now: dt.datetime) -> dt.datetime:
        """When the next backup is to be made. A database that holds nothing needs none."""
        made = [one for one in backups(self._database.backups) if one.made_at <= now]  # Clocks have been wrong.
        if made:
            return made[0].made_at + dt.timedelta(hours=self._hours)
        with self._database.reading() as cursor:
            row = cursor.execute("SELECT (SELECT count(*) FROM import) + (SELECT count(*) FROM story)").fetchone()
        return now if row and row[0] else dt.datetime.max

    def _run(self) -> None:
        if self._database.closed.wait(FIRST_LOOK.total_seconds()):
            return
        with suppress(DatabaseError, duckdb.Error):  # What it finds, the database keeps for the pages.
            self.altered = altered(self._database)
        self.look(dt.datetime.now())
        while not self._database.closed.wait(AGAIN.total_seconds()):
            self.look(dt.datetime.now())


@with_exclusive_lock
def altered(database: Database) -> list[Difference]:
    """The imports whose rows are no longer what they were when they were stored, or in the last backup.

    They never change but when the import is deleted for good: where they did, a disk has failed, or somebody else has
    written to the file.
    """
    earlier = next((one for one in backups(database.backups) if one.whole), None)
    if earlier and f"{earlier.schema} {earlier.duckdb}" != read_by():
        earlier = None
    with database.reading() as cursor:
        records = cursor.execute(
            "SELECT import_id, file_name, imported_at, sha256 FROM import WHERE purged_at IS NULL"
        ).fetchall()
        held = table_checksums(cursor)  # All of it is read, also where there is nothing to compare it with.
    written = {
        (line["import_id"], line["sha256"]): line["contents"]
        for line in journal.lines(database.path)
        if line.get("read_by") == read_by() and not journal.is_abandoned(line)
    }
    found = []
    for import_id, file_name, at, sha256 in records:
        now = _of_import(held, import_id)
        known = [written[import_id, sha256]] if (import_id, sha256) in written else []
        if earlier and earlier.imports.get(str(import_id)) == [sha256, at.isoformat()]:
            known.append(_of_import(earlier.contents, import_id))
        if any(one != now for one in known):
            found.append(Difference("changed", import_id, file_name, at, sha256))
    return found


def _of_import(contents: TableChecksums, import_id: int) -> dict[str, list[str]]:
    number = str(import_id)
    return {table: contents[table][number] for table in DATA_TABLES if number in contents[table]}
