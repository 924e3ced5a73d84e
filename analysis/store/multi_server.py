"""One DuckDB file for several servers: each reads from a local replica and opens the file under an exclusive lock.

DuckDB lets one process at a time own a file. A server therefore opens the file only to write, or to read data that the
replica lacks, and holds a lock file meanwhile. The lock of a killed server is released. Its committed writes are in
DuckDB's log, and the next server that opens the file applies them.
"""

import errno
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from analysis import logs
from analysis.config import WrongSetting
from analysis.model.terms import EVERYTHING, Part
from analysis.store.database import Database, DryRunDatabase
from analysis.store.database import logs as beside
from analysis.store.errors import (
    DatabaseError,
    DatabaseInUse,
    DatabaseMissing,
    DatabaseStopped,
    FolderMissing,
    duckdb_errors_translated,
)
from analysis.store.replica import sync_replica

PATIENCE = 120
"""Seconds that a server waits for the lock: storing the largest file takes about a tenth of this."""
LOOK_EVERY = 0.2
"""Seconds between two checks for writes of other servers."""
TRY_EVERY = 0.01

_State = tuple[tuple[int, int, int] | None, ...]
"""State of the database and of its logs; None for a file that does not exist."""


class _Own(threading.local):
    """Thread-local state: the open file while the thread holds the lock."""

    file: Database | None = None


class SharedDatabase(Database):
    """A ``Database`` whose file other servers use too.

    Any number of threads read the replica without waiting. Under the ``exclusive_lock`` they read the file
    itself, which has all data.
    """

    def __init__(self, path: Path, backups: Path | None = None) -> None:
        self._mine = threading.RLock()
        self._locks = lock_paths(path)
        self._backup_lock = _lock(f"{path}.backup.lock", patience=-1)
        self._own = _Own()
        self._is_trying = False
        self._is_behind = True
        self._seen: _State = ()
        self._number: int | None = None
        with duckdb_errors_translated(), holding_locks(self._locks):
            super().__init__(path, backups)
        threading.Thread(target=self._keep_fresh, name="copy", daemon=True).start()

    def _open(self) -> None:
        self._connection = duckdb.connect()
        try:
            self._shut_off()
            self._migrate()
            with self._opened():
                pass
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open a cursor that reads the current replica, or the file if this thread holds the exclusive lock."""
        file = self._own.file
        with super().reading() if file is None else file.reading() as cursor:
            yield cursor

    @contextmanager
    def writing(self, *, touching: Collection[Part] = EVERYTHING) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open a transaction in the file under the exclusive lock, then update the replica."""
        with self.exclusive_lock():
            assert self._own.file is not None
            self._is_behind = True
            with self._own.file.writing(touching=touching) as cursor:
                yield cursor

    @contextmanager
    def dry_run(self) -> Iterator[tuple[DryRunDatabase, duckdb.DuckDBPyConnection]]:
        """Open a dry run in the replica, so that no other server waits for it."""
        with self._mine, super().dry_run() as tried:
            self._is_trying = True
            try:
                yield tried
            finally:
                self._is_trying = False

    @contextmanager
    def exclusive_lock(self) -> Iterator[None]:
        """Hold the exclusive lock across all threads and servers, with the file open. Raise ``DatabaseError``."""
        with self._noted(), self._mine:
            if self._own.file is not None:
                yield
                return
            with holding_locks(self._locks), self._opened():
                yield

    @contextmanager
    def one_backup(self) -> Iterator[None]:
        """Prevent others from making or deleting backups at the same time; wait without a time limit."""
        with super().one_backup(), self._backup_lock:
            yield

    def close(self) -> None:
        self.closed.set()
        with self._mine:  # DuckDB refuses to close while the replica is being updated.
            super().close()

    @contextmanager
    def _opened(self) -> Iterator[None]:
        """Open the file, and update the replica at the end. The caller holds the lock."""
        found = self._state()
        # If a shared folder is unmounted, an empty folder may be in its place.
        if self._number is not None and found[0] is None:
            raise DatabaseMissing(str(self.path))
        if self._number is not None and found[0] is not None and found[0][0] != self._number:
            raise DatabaseStopped("another file stands in its place")
        self._is_behind = self._is_behind or found != self._seen
        file = self._own.file = Database(self.path, self.backups.parent)
        try:
            try:
                yield
            finally:
                self._renew(file)
        finally:
            self._own.file = None
            file.close()
            self._seen = self._state()
            self._number = self._seen[0][0] if self._seen[0] else None

    def _renew(self, stored: Database) -> None:
        """Update the replica if it is behind. After a failure the next check tries again."""
        if self._is_behind and not self._is_trying:  # A dry run in this thread has an open transaction; it ends soon.
            with stored.reading() as read, self._connection.cursor() as copy:
                sync_replica(copy, read)
            self._is_behind = False

    def _is_stale(self) -> bool:
        return self._is_behind or self._state() != self._seen

    def _state(self) -> _State:
        """Return inode number, modification time and size of the file and its logs: they change with every write."""
        return tuple(map(_state_of, (self.path, *beside(self.path))))

    def _keep_fresh(self) -> None:
        last_error = ""
        while not self.closed.wait(LOOK_EVERY):
            try:
                if self._is_stale():
                    with self._mine:
                        if self._is_stale():  # The replica already has the writes of this server.
                            with self.exclusive_lock():
                                pass
                    last_error = ""
            except (DatabaseError, duckdb.Error, OSError) as error:
                if self.database_error is not None:  # The pages open the database again, or report that it is damaged.
                    return
                if last_error != (last_error := type(error).__name__) and not self.closed.is_set():
                    logs.error("database not reached", error)


def lock_paths(path: Path) -> tuple[FileLock, FileLock]:
    """Return the lock of the next server in the queue and the lock of the current one. Both end with their process."""
    return _lock(f"{path}.next.lock"), _lock(f"{path}.lock")


def _lock(path: str, patience: float | None = None) -> FileLock:
    patience = PATIENCE if patience is None else patience
    return FileLock(path, timeout=patience, poll_interval=TRY_EVERY, thread_local=False, fallback_to_soft=False)


@contextmanager
def holding_locks(locks: tuple[FileLock, FileLock]) -> Iterator[None]:
    """Hold the exclusive lock. Raise ``DatabaseInUse`` if others hold it for too long.

    The first server that waits is next and cannot be overtaken. Others can therefore run between the files of a server
    that stores many.
    """
    following, lock = locks
    folder = Path(lock.lock_file).parent
    if not folder.is_dir():  # FileLock would create the folder.
        raise FolderMissing(str(folder))
    try:
        with following:
            lock.acquire()
    except Timeout as error:
        raise DatabaseInUse("other servers do not let go of it") from error
    except OSError as error:
        if error.errno in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP):
            raise WrongSetting("LIGE_ADGANG_SERVERS: several need a folder whose files can be locked") from error
        raise
    try:
        yield
    finally:
        lock.release()


def _state_of(file: Path) -> tuple[int, int, int] | None:
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size
