"""Database errors, one class for each cause, so that a page can give the remedy."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb


class DatabaseError(Exception):
    """Base class for database errors. The transaction was rolled back."""


class DatabaseInUse(DatabaseError):
    """Another program has the file open; DuckDB allows one process at a time."""


class DatabaseTooNew(DatabaseError):
    """A newer version of this program created the file."""


class DatabaseMissing(DatabaseError):
    """The file is missing or empty, but files beside it show that it contained data."""


class DatabaseDamaged(DatabaseError):
    """The file, or its log, contains data that DuckDB cannot read."""


class DatabaseStopped(DatabaseError):
    """DuckDB stopped after an error; the file must be opened again."""


class DiskFull(DatabaseError):
    """The disk is full."""


class FolderMissing(DatabaseError):
    """The folder of the file does not exist."""


class NotPermitted(DatabaseError):
    """The program lacks permission to read or write the file or its folder."""


class ReadOnly(DatabaseError):
    """The file system is read-only."""


class BackupFailed(DatabaseError):
    """The backup differs from the database, or was changed after it was made."""


_BY_NUMBER = {
    errno.ENOSPC: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.ENOENT: FolderMissing,
    errno.ENOTDIR: FolderMissing,
    errno.EACCES: NotPermitted,
    errno.EPERM: NotPermitted,
    errno.EROFS: ReadOnly,
}
_BY_WORDS = {
    "Could not set lock": DatabaseInUse,
    "used by another process": DatabaseInUse,
    "database file with version": DatabaseTooNew,
    **{os.strerror(number): kind for number, kind in _BY_NUMBER.items()},
    "invalidated": DatabaseStopped,
    "Failed to create checkpoint": DatabaseStopped,
    "closed": DatabaseStopped,
    "orrupt": DatabaseDamaged,
    "not a valid DuckDB database file": DatabaseDamaged,
    "Could not read": DatabaseDamaged,
}
"""Parts of DuckDB's messages. DuckDB has no error numbers and quotes the messages of the operating system."""
_STOPPING = (duckdb.FatalException, duckdb.InternalException)
_TELLING = (duckdb.IOException, duckdb.ConnectionException, duckdb.TransactionException, duckdb.SerializationException)


@contextmanager
def duckdb_errors_translated(*, opening: bool = False) -> Iterator[None]:
    """Translate errors of DuckDB and the disk to ``DatabaseError``. While opening, translate every DuckDB error."""
    try:
        yield
    except (duckdb.Error, OSError) as error:
        kind = _kind(error)
        if opening and isinstance(error, duckdb.Error) and kind in {None, DatabaseStopped}:
            kind = _by_message(error) if isinstance(error, duckdb.FatalException) else None
            kind = DatabaseDamaged if kind in {None, DatabaseStopped} else kind
        if kind is None:
            raise
        raise kind(str(error).partition("\n")[0]) from error


def _kind(error: duckdb.Error | OSError) -> type[DatabaseError] | None:
    if isinstance(error, OSError):
        return _BY_NUMBER.get(error.errno or 0)
    if isinstance(error, _STOPPING):
        return DatabaseStopped
    return _by_message(error) if type(error) is duckdb.Error or isinstance(error, _TELLING) else None


def _by_message(error: duckdb.Error) -> type[DatabaseError] | None:
    return next((kind for words, kind in _BY_WORDS.items() if words in str(error)), None)


def in_english(database_error: DatabaseError) -> str:
    """Return the cause and the remedy in English, for the command line."""
    return _SENTENCES[type(database_error)]


_SENTENCES = {
    DatabaseInUse: "Another program, most likely the app, has the database open. Stop it, and try again.",
    DatabaseTooNew: "A newer version of this program made it. Update the program, and try again.",
    DatabaseMissing: "The database is not there, or is empty, and what stands beside it tells that it held imports. "
    "Put the file back, or restore a backup.",
    DatabaseDamaged: "The database is damaged and cannot be read. Restore a backup.",
    DatabaseStopped: "The database stopped after an error. Try again; if it stops again, restore a backup.",
    DiskFull: "The disk is full. Make room, and try again.",
    FolderMissing: "The folder is not there. Connect the drive it is on, or create it.",
    NotPermitted: "The program may not read or write there. Give the account that runs it the right to both.",
    ReadOnly: "The disk can only be read. Make it writable.",
    BackupFailed: "What was read back of the backup is not what it should be. It is not used.",
}
