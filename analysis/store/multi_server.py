"""One DuckDB file for several servers: each opens it in its turn and reads from a copy of its own, kept fresh.

DuckDB lets one process at a time own a file. So the file is open only while a server writes, or reads what its copy
lacks, and a lock beside it says whose turn it is. A server that is killed has no lock any more, and what it had written
and committed stands in DuckDB's log, which the next one that opens the file takes in.
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
"""Seconds that a server waits for its turn: the largest file takes about a tenth of it to store."""
LOOK_EVERY = 0.2
"""Seconds between two looks whether another server has written."""
TRY_EVERY = 0.01

_State = tuple[tuple[int, int, int] | None, ...]
"""Of the database and of its logs; None for one that is not there."""


class _Own(threading.local):
    """What each thread has of its own: the file, in its turn."""

    file: Database | None = None


class SharedDatabase(Database):
    """A database as ``Database``, whose file other servers use too.

    What is read is read from the copy, by as many as want to and with no waiting. In a ``turn`` it is read from the
    file itself, and everything is there.
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
        """A cursor that sees the copy as it is when it asks, or, in a turn, the file."""
        file = self._own.file
        with super().reading() if file is None else file.reading() as cursor:
            yield cursor

    @contextmanager
    def writing(self, *, touching: Collection[Part] = EVERYTHING) -> Iterator[duckdb.DuckDBPyConnection]:
        """A turn and a transaction of the file in it. At the end of the turn the copy has what was written."""
        with self.turn():
            assert self._own.file is not None
            self._is_behind = True
            with self._own.file.writing(touching=touching) as cursor:
                yield cursor

    @contextmanager
    def dry_run(self) -> Iterator[tuple[DryRunDatabase, duckdb.DuckDBPyConnection]]:
        """As ``Database`` has it, in the copy: no other server waits for it."""
        with self._mine, super().dry_run() as tried:
            self._is_trying = True
            try:
                yield tried
            finally:
                self._is_trying = False

    @contextmanager
    def turn(self) -> Iterator[None]:
        """The file, for this thread alone among all threads of all servers. Raises ``DatabaseError``."""
        with self._noted(), self._mine:
            if self._own.file is not None:
                yield
                return
            with holding_locks(self._locks), self._opened():
                yield

    @contextmanager
    def one_backup(self) -> Iterator[None]:
        """Nobody else makes or deletes backups meanwhile; it is waited for as long as that takes."""
        with super().one_backup(), self._backup_lock:
            yield

    def close(self) -> None:
        self.closed.set()
        with self._mine:  # DuckDB refuses while the copy is just being brought up to date.
            super().close()

    @contextmanager
    def _opened(self) -> Iterator[None]:
        """Open the file, and at the end bring the copy up to it. The lock is held."""
        found = self._state()
        if self._number is not None and found[0] is None:  # Where a shared folder is gone there may be an empty one.
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
        """Bring the copy up to the file if it is behind. Where that fails, the next look tries again."""
        if self._is_behind and not self._is_trying:  # In this very thread: the trial ends soon.
            with stored.reading() as read, self._connection.cursor() as copy:
                sync_replica(copy, read)
            self._is_behind = False

    def _is_stale(self) -> bool:
        return self._is_behind or self._state() != self._seen

    def _state(self) -> _State:
        """What changes with every write: of the file and its logs the number, the last change, and the size."""
        return tuple(map(_state_of, (self.path, *beside(self.path))))

    def _keep_fresh(self) -> None:
        told = ""
        while not self.closed.wait(LOOK_EVERY):
            try:
                if self._is_stale():
                    with self._mine:
                        if self._is_stale():  # What this server itself was just writing is in its copy by now.
                            with self.turn():
                                pass
                    told = ""
            except (DatabaseError, duckdb.Error, OSError) as error:
                if self.database_error is not None:  # The pages open the database anew, or say that it is damaged.
                    return
                if told != (told := type(error).__name__) and not self.closed.is_set():
                    logs.error("database not reached", error)


def lock_paths(path: Path) -> tuple[FileLock, FileLock]:
    """What the server has that is next, and what it has whose turn it is; one that ends has neither any more."""
    return _lock(f"{path}.next.lock"), _lock(f"{path}.lock")


def _lock(path: str, patience: float | None = None) -> FileLock:
    patience = PATIENCE if patience is None else patience
    return FileLock(path, timeout=patience, poll_interval=TRY_EVERY, thread_local=False, fallback_to_soft=False)


@contextmanager
def holding_locks(locks: tuple[FileLock, FileLock]) -> Iterator[None]:
    """The turn while something is done. Raises ``DatabaseInUse`` where others have it for too long.

    Who waits is next, and nobody passes it: a server that stores much lets the others in between.
    """
    following, lock = locks
    folder = Path(lock.lock_file).parent
    if not folder.is_dir():  # The locks would make one.
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
