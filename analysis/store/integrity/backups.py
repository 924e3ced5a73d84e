"""Backups: copy the whole database while it is in use, verify the copy, and rotate old copies."""

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from analysis.store import journal, uploaded_files
from analysis.store.connection import transaction
from analysis.store.errors import BackupFailed, FolderMissing, duckdb_errors_translated
from analysis.store.integrity.checksums import NAME, TableChecksums, quoted, table_checksums
from analysis.store.whole_files import copy_whole, digest, free_name, on_disk

if TYPE_CHECKING:
    from analysis.store.database import Database


SCHEDULED, ASKED_FOR, BEFORE_UPGRADE = "scheduled", "asked for", "before upgrade"
DATABASE, JOURNAL, ABOUT, ORIGINALS = "database.duckdb", "journal", "about.json", "originals"
UNFINISHED = "unfinished-"


@dataclass(frozen=True)
class Backup:
    """A backup. ``imports`` has the digest and the moment of each import, by import number.

    Compare ``contents`` only with those of a database of the same schema, read by the same version of DuckDB. They
    equal the imported data only if the database was intact (``whole``) when the backup was made.
    """

    folder: Path
    made_at: dt.datetime
    why: str
    schema: int
    duckdb: str
    whole: bool
    imports: dict[str, list[str]]
    sha256: str
    originals: list[str]
    contents: TableChecksums

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def digests(self) -> set[str]:
        """Digests of the files of its imports."""
        return {sha256 for sha256, _ in self.imports.values()}

    @property
    def last_import_at(self) -> dt.datetime | None:
        return max((dt.datetime.fromisoformat(at) for _, at in self.imports.values()), default=None)

    def is_intact(self) -> bool:
        """Return True if the file is byte for byte the file that was verified when it was made."""
        try:
            return digest(self.database) == self.sha256
        except OSError:
            return False


def make_backup(database: "Database", why: str = ASKED_FOR, *, whole: bool = True) -> Backup:
    """Copy the database, its journal and its uploaded files, and verify the copy.

    The backup gets its final name only after it is complete and on the disk. Raise ``DatabaseError``; earlier backups
    remain.
    """
    with database.one_backup(), duckdb_errors_translated():
        if not database.backups.parent.is_dir():
            raise FolderMissing(str(database.backups.parent))
        database.backups.mkdir(exist_ok=True)
        for left_behind in database.backups.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left_behind)
        half = database.backups / f"{UNFINISHED}{os.getpid()}"
        half.mkdir()
        try:
            return _made(database, half, why, whole)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise


def _made(database: "Database", half: Path, why: str, whole: bool) -> Backup:
    contents = _copy(database, half / DATABASE)
    with duckdb_errors_translated(opening=True), duckdb.connect(str(half / DATABASE)) as copy:
        # Write the log into the file. Without enough disk space the copy would have a log and not be one file.
        copy.execute("CHECKPOINT")
    with duckdb.connect(str(half / DATABASE), read_only=True) as copy:
        if table_checksums(copy) != contents:
            raise BackupFailed(half.name)
        held = imports_of(copy)
        row = copy.execute("SELECT max(version) FROM schema_version").fetchone()
    lines = [one for one in journal.lines(database.path) if journal.is_abandoned(one) or str(one["import_id"]) in held]
    _write(half / JOURNAL, journal.as_bytes(lines))
    kept = _keep_originals(database, {sha256 for sha256, _ in held.values()})
    made_at = dt.datetime.now().replace(microsecond=0)
    backup = Backup(
        folder=free_name(database.backups / made_at.strftime("%Y-%m-%dT%H-%M-%S")),
        made_at=made_at,
        why=why,
        schema=row[0] if row else 0,
        duckdb=duckdb.__version__,
        whole=whole,
        imports=held,
        sha256=digest(half / DATABASE),
        originals=kept,
        contents=contents,
    )
    _write(half / ABOUT, json.dumps(asdict(backup), default=str).encode())
    on_disk(half / DATABASE)
    on_disk(half)
    half.rename(backup.folder)
    on_disk(database.backups)
    return backup


def _copy(database: "Database", target: Path) -> TableChecksums:
    """Copy a snapshot of the whole database while others read and write. Return its checksums."""
    with database.exclusive_lock(), database.reading() as cursor:
        cursor.execute(f"ATTACH {quoted(str(target))} AS copied_to (STORAGE_VERSION 'latest')")
        try:
            with transaction(cursor):
                row = cursor.execute("SELECT current_database()").fetchone()
                assert row is not None
                cursor.execute("COPY FROM DATABASE " + quoted(row[0], NAME) + " TO copied_to")
                contents = table_checksums(cursor)
        finally:
            with suppress(duckdb.Error):  # A database that has stopped has nothing to detach.
                cursor.execute("DETACH copied_to")
    return contents


def imports_of(cursor: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return the digest and the moment of every import, by import number. Together they are unique."""
    rows = cursor.execute("SELECT import_id, sha256, imported_at FROM import").fetchall()
    return {str(import_id): [sha256, at.isoformat()] for import_id, sha256, at in rows}


def backups(folder: Path) -> list[Backup]:
    """Return the backups in the folder, newest first."""
    found = (_read(about) for about in folder.glob(f"*/{ABOUT}") if not about.parent.name.startswith(UNFINISHED))
    return sorted((one for one in found if one), key=lambda one: (one.made_at, one.name), reverse=True)


def _read(about: Path) -> Backup | None:
    """Read the description of a backup; return None if it cannot be read."""
    try:
        description = json.loads(about.read_bytes())
        made_at = dt.datetime.fromisoformat(description["made_at"])
        return Backup(**{**description, "made_at": made_at, "folder": about.parent})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def best_backup(folder: Path) -> Backup | None:
    """Return the newest intact backup, preferably of a database that was intact too."""
    intact = [one for one in backups(folder) if one.is_intact()]
    return next((one for one in intact if one.whole), next(iter(intact), None))


def to_keep(made: Iterable[Backup], daily: int, weekly: int) -> set[str]:
    """Return the names of the backups to keep: the newest of each of the last days and weeks that have any.

    Also keep all requested backups and the newest backup before an upgrade.
    """
    newest_first = sorted(made, key=lambda one: (one.made_at, one.name), reverse=True)
    scheduled = [one for one in newest_first if one.why == SCHEDULED]
    upgrades = [one for one in newest_first if one.why == BEFORE_UPGRADE]
    kept = [one for one in newest_first if one.why == ASKED_FOR] + newest_first[:1] + upgrades[:1]
    kept += _newest_of_each(scheduled, lambda one: one.made_at.date(), daily)
    kept += _newest_of_each(scheduled, lambda one: one.made_at.isocalendar()[:2], weekly)
    return {one.name for one in kept}


def _newest_of_each(newest_first: list[Backup], period: Callable[[Backup], object], number: int) -> list[Backup]:
    found: dict[object, Backup] = {}
    for one in newest_first:
        found.setdefault(period(one), one)
    return list(found.values())[:number]


def rotate(folder: Path, daily: int, weekly: int) -> list[str]:
    """Delete the backups that are not to be kept, and uploaded files that no other backup needs. Return their names."""
    made = backups(folder)
    kept = to_keep(made, daily, weekly)
    with duckdb_errors_translated():
        for one in made:
            if one.name not in kept:
                shutil.rmtree(one.folder)
        needed = {sha256 for one in made if one.name in kept for sha256 in one.originals}
        for file in (folder / ORIGINALS).glob("*"):
            if file.name not in needed:
                file.unlink()
    return [one.name for one in made if one.name not in kept]


def _keep_originals(database: "Database", wanted: set[str]) -> list[str]:
    """Copy the uploaded files that are not among the backups yet: all backups share one copy."""
    pool = database.backups / ORIGINALS
    pool.mkdir(exist_ok=True)
    kept = []
    for sha256 in sorted(wanted):
        original = uploaded_files.folder(database.path) / sha256
        # Some files were never stored, and others were deleted after their retention period.
        with suppress(FileNotFoundError):
            if original.exists():
                copy_whole(original, pool / sha256)
                kept.append(sha256)
    return kept


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    on_disk(file)
