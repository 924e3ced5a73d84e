"""A backup put back in the place of the database, which is set aside, with a list of what it lacks."""

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
    """What came of it: where the replaced database is, the imports that the backup lacks, and their files.

    ``files`` are those that were kept, copied under their own names.
    """

    aside: Path
    given_up: list[Difference]
    files: list[Path]


def restore(database: Path, backup: Backup) -> Restored:
    """Put a backup in the place of the database. Raises ``DatabaseError``, and then nothing has changed.

    Where the program is killed in between there is either the one database or the other, whole, or none: then the
    journal tells that there is to be one, the program begins no new one, and the same command ends what was begun.
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
    """The backup beside the database, to the byte, and the uploaded files that it has."""
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
    """The lines of the journal whose imports the backup lacks, marked so that nobody takes them for its own."""
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
        journal.rewrite(database, [])  # It tells that there is to be a database, should this be cut short.
    for moved in (database, *logs(database)):  # In this order: a database must never be without its log.
        if moved.exists():
            moved.rename(aside / moved.name)
    on_disk(aside)
    return aside


def _put_back(
    database: Path, backup: Backup, lines: list[dict[str, Any]], aside: Path
) -> tuple[list[Difference], list[Path]]:
    """What the backup lacks, and the uploaded files of it, put where they can be found under their own names."""
    lost, files = [], []
    for line in lines:
        if not journal.is_abandoned(line) or line["sha256"] in backup.digests:
            continue
        at = dt.datetime.fromisoformat(line["at"])
        lost.append(Difference("given up", line["import_id"], line["file_name"], at, line["sha256"]))
        name = re.split(r"[\\/]", line["file_name"])[-1][-100:]
        target = aside / LOST_FILES / f"{line['import_id']} {name}"
        with suppress(OSError, ValueError):  # Not every file is kept, or has a name that can be had here.
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(uploaded_files.folder(database) / line["sha256"], target)
            files.append(target)
    return lost, files


@contextmanager
def _file_locked(database: Path) -> Iterator[None]:
    """The lock that DuckDB takes, so that no other program opens the file meanwhile. Raises ``DatabaseInUse``."""
    if os.name == "nt" or not database.exists():  # Windows itself lets nobody move a file that is open.
        yield
        return
    import fcntl

    with database.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DatabaseInUse(str(database)) from error
        yield
