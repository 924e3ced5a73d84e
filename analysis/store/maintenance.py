"""Maintenance of the database while the program runs: scheduled backups and integrity checks."""

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
"""Delay of the first check after the start, so that it does not slow down the first page."""
AGAIN = dt.timedelta(minutes=30)
"""Interval between checks for a due backup, also after a failure. The computer may have been asleep in between."""


class Maintenance:
    """A thread that runs while the database is open.

    ``failed`` is the error of the last backup, if it failed; ``altered`` are the imports that changed since they were
    stored or since the last backup.
    """

    def __init__(self, database: Database, hours: int, daily: int, weekly: int) -> None:
        self.failed: DatabaseError | None = None
        self.altered: list[Difference] = []
        self._database, self._hours, self._daily, self._weekly = database, hours, daily, weekly

    def start(self) -> threading.Thread | None:
        """Start the thread, unless scheduled backups are turned off."""
        if self._hours <= 0:
            return None
        thread = threading.Thread(target=self._run, name="upkeep", daemon=True)
        thread.start()
        return thread

    def look(self, now: dt.datetime) -> Backup | None:
        """Make a backup if one is due, and rotate old ones. Return the new backup.

        If stored data have changed unexpectedly, delete no backup: an old one may still have the original data.
        """
        try:
            begun = time.monotonic()
            with self._database.one_backup():  # Another server may have made the backup while this one waited.
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
        """Return the time of the next backup. An empty database needs none."""
        # Ignore backups from the future: clocks can be wrong.
        made = [one for one in backups(self._database.backups) if one.made_at <= now]
        if made:
            return made[0].made_at + dt.timedelta(hours=self._hours)
        with self._database.reading() as cursor:
            row = cursor.execute("SELECT (SELECT count(*) FROM import) + (SELECT count(*) FROM story)").fetchone()
        return now if row and row[0] else dt.datetime.max

    def _run(self) -> None:
        if self._database.closed.wait(FIRST_LOOK.total_seconds()):
            return
        with suppress(DatabaseError, duckdb.Error):  # The database stores the error for the pages.
            self.altered = altered(self._database)
        self.look(dt.datetime.now())
        while not self._database.closed.wait(AGAIN.total_seconds()):
            self.look(dt.datetime.now())


@with_exclusive_lock
def altered(database: Database) -> list[Difference]:
    """Return the imports whose rows changed since they were stored or since the last backup.

    Rows never change until the import is purged. A change means that a disk failed or that another program wrote to the
    file.
    """
    earlier = next((one for one in backups(database.backups) if one.whole), None)
    if earlier and f"{earlier.schema} {earlier.duckdb}" != read_by():
        earlier = None
    with database.reading() as cursor:
        records = cursor.execute(
            "SELECT import_id, file_name, imported_at, sha256 FROM import WHERE purged_at IS NULL"
        ).fetchall()
        # Read all rows, even without anything to compare them with: this finds unreadable rows.
        held = table_checksums(cursor)
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
