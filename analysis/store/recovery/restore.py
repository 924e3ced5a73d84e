"""Restore a backup: replace the database, move the old one to another folder, and list the missing imports."""

import datetime as dt
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.store import journal, uploaded_files
from analysis.store.connection import newest_schema
from analysis.store.database import logs
from analysis.store.errors import BackupFailed, DatabaseInUse, DatabaseTooNew, FolderMissing, duckdb_errors_translated
from analysis.store.integrity.backups import JOURNAL, ORIGINALS, Backup
from analysis.store.journal import Difference
from analysis.store.whole_files import copy_whole, digest, free_name, on_disk

LOST_FILES = "uploaded since"


@dataclass(frozen=True)
class Restored:
    """Result of a restore: the folder of the replaced database, the imports that the backup lacks, and their files.

    ``files`` are copies of the files that were stored, under their original names.
    """

    aside: Path
    given_up: list[Difference]
    files: list[Path]


def restore(database: Path, backup: Backup) -> Restored:
    """Replace the database with a backup. On failure raise ``DatabaseError`` and change nothing.

    If the program is killed during the restore, the path has the old database, the new one, or none. If there is none,
    the journal shows that one is missing, the program creates no new one, and the same command completes the restore.
    """
    with duckdb_errors_translated():
        database = database.absolute()
        if not database.parent.is_dir():
            raise FolderMissing(str(database.parent))
        with _file_locked(database):
            now = dt.datetime.now().replace(microsecond=0)
            ready = _brought_here(backup, database)
            lines = [*journal.lines_of(backup.folder / JOURNAL), *_abandoned_imports(database, backup, now)]
            aside = _set_aside(database, now)
            journal.rewrite(database, lines)
            ready.replace(database)
            on_disk(database.parent)
        return Restored(aside, *_put_back(database, backup, lines, aside))


def _brought_here(backup: Backup, database: Path) -> Path:
    """Copy the backup beside the database, byte for byte, with its uploaded files."""
    if backup.schema > newest_schema():
        raise DatabaseTooNew(backup.name)
    ready = database.with_name(f"{database.name}.restoring")
    try:
        shutil.copyfile(backup.database, ready)
        on_disk(ready)
        if digest(ready) != backup.sha256:
            raise BackupFailed(backup.name)
        uploaded_files.folder(database).mkdir(exist_ok=True)
        for sha256 in backup.originals:
            copy_whole(backup.folder.parent / ORIGINALS / sha256, uploaded_files.folder(database) / sha256)
    except BaseException:
        ready.unlink(missing_ok=True)
        raise
    return ready


def _abandoned_imports(database: Path, backup: Backup, now: dt.datetime) -> list[dict[str, Any]]:
    """Return the journal lines whose imports the backup lacks, marked as abandoned."""
    held = [_import(line) for line in journal.lines_of(backup.folder / JOURNAL)]
    return [{"given_up": now.isoformat(), **line} for line in journal.lines(database) if _import(line) not in held]


def _import(line: dict[str, Any]) -> tuple[object, ...]:
    return line["database"], line["import_id"], line["sha256"]


def _set_aside(database: Path, now: dt.datetime) -> Path:
    """Move the database with its log into a folder beside it, with a copy of its journal."""
    aside = free_name(database.with_name(f"{database.name}.replaced-{now:%Y-%m-%dT%H-%M-%S}"))
    aside.mkdir()
    if journal.path(database).exists():
        copy_whole(journal.path(database), aside / journal.path(database).name)
    else:
        journal.rewrite(database, [])  # The journal shows that a database is missing if the restore is interrupted.
    for moved in (database, *logs(database)):  # Keep this order: a database must never be without its log.
        if moved.exists():
            moved.rename(aside / moved.name)
    on_disk(aside)
    return aside


def _put_back(
    database: Path, backup: Backup, lines: list[dict[str, Any]], aside: Path
) -> tuple[list[Difference], list[Path]]:
    """Return the imports that the backup lacks, and copies of their uploaded files under their original names."""
    lost, files = [], []
    for line in lines:
        if not journal.is_abandoned(line) or line["sha256"] in backup.digests:
            continue
        at = dt.datetime.fromisoformat(line["at"])
        lost.append(Difference("given up", line["import_id"], line["file_name"], at, line["sha256"]))
        name = re.split(r"[\\/]", line["file_name"])[-1][-100:]
        target = aside / LOST_FILES / f"{line['import_id']} {name}"
        with suppress(OSError, ValueError):  # Some files were not stored, or have names that are invalid here.
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(uploaded_files.folder(database) / line["sha256"], target)
            files.append(target)
    return lost, files


@contextmanager
def _file_locked(database: Path) -> Iterator[None]:
    """Hold DuckDB's lock, so that no other program opens the file. Raise ``DatabaseInUse``."""
    if os.name == "nt" or not database.exists():  # Windows itself forbids moving an open file.
        yield
        return
    import fcntl

    with database.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DatabaseInUse(str(database)) from error
        yield
