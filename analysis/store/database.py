"""The DuckDB file: opened once per process, migrated to the newest schema, many readers and one writer."""

import threading
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path

import duckdb

from analysis.model.terms import EVERYTHING, Part
from analysis.store import journal, uploaded_files
from analysis.store.connection import migrations, transaction
from analysis.store.errors import (
    DatabaseDamaged,
    DatabaseError,
    DatabaseMissing,
    DatabaseStopped,
    DatabaseTooNew,
    FolderMissing,
    duckdb_errors_translated,
)
from analysis.store.follow_up import build_missing_follow_up
from analysis.store.integrity.backups import BEFORE_UPGRADE, make_backup

_ONE_BACKUP = threading.RLock()


class Database:
    """One DuckDB file, safe to share between threads.

    ``backups`` is the parent folder of the backup folder; by default the folder of the database. Raise
    ``DatabaseError`` if the file cannot be opened. If a database existed before and is missing, do not create a new
    one. ``database_error`` is an error that occurred after opening.
    """

    def __init__(self, path: Path, backups: Path | None = None) -> None:
        self.path = path
        self.backups = backups_of(path, backups)
        self.closed = threading.Event()
        self.database_error: DatabaseError | None = None
        self._write_lock = threading.Lock()
        new = _check_path(path, self.backups)
        try:
            with duckdb_errors_translated(opening=True):
                self._open()
        except DatabaseError:
            if new:  # Delete an incomplete new file, so that it is not mistaken for an existing database.
                for begun in (path, *logs(path)):
                    begun.unlink(missing_ok=True)
            raise

    def _open(self) -> None:
        self._connection = duckdb.connect(str(self.path))
        try:
            self._shut_off()
            self._migrate()
            self._look_for_imports()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open a cursor that reads the current data."""
        with self._noted(), self._connection.cursor() as cursor:
            yield cursor

    @contextmanager
    def writing(self, *, touching: Collection[Part] = EVERYTHING) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open a cursor inside a transaction. Roll back if the block raises an exception.

        ``touching`` names the data partitions that change; it is empty if no displayed data change.
        """
        with self._noted(), self._write_lock, self._connection.cursor() as cursor, transaction(cursor):
            yield cursor
            _note_changed(cursor, touching)

    @contextmanager
    def dry_run(self) -> Iterator[tuple["DryRunDatabase", duckdb.DuckDBPyConnection]]:
        """Open a dry run: a source for queries and a cursor whose changes they see.

        All changes are rolled back at the end.
        """
        with self._noted(), self._write_lock, self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield DryRunDatabase(cursor), cursor
            finally:
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")

    def exclusive_lock(self) -> AbstractContextManager[None]:
        """Hold the exclusive lock as in ``Readable``. With one server there is nothing to wait for."""
        return nullcontext()

    def one_backup(self) -> AbstractContextManager[object]:
        """Prevent others from making or deleting backups at the same time."""
        return _ONE_BACKUP

    def version(self, part: Part | None = None) -> int:
        """Return the version of the data, or of one partition. It increases with every change.

        Results that are cached by version therefore never become outdated.
        """
        if part is None:
            return int(str(self._one("SELECT max(number) FROM data_version")))
        return int(str(self._one("SELECT number FROM data_version WHERE synthetic = ? AND subject = ?", *part)))

    def identity(self) -> str:
        """Return the identifier of this database. Another database at the same path has a different one."""
        return str(self._one("SELECT database_id FROM identity"))

    def _one(self, query: str, *values: object) -> object:
        with self.reading() as cursor:
            row = cursor.execute(query, values).fetchone()
        assert row is not None
        return row[0]

    def close(self) -> None:
        self.closed.set()
        self._connection.close()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Translate errors to ``DatabaseError``; store permanent ones in ``database_error``."""
        try:
            with duckdb_errors_translated():
                yield
        except (DatabaseDamaged, DatabaseStopped) as database_error:
            self.database_error = database_error
            raise

    def _shut_off(self) -> None:
        """Forbid DuckDB to access any file except the database and its backups."""
        # This program has already locked the configuration.
        if self._one("SELECT current_setting('lock_configuration')"):
            return
        folder = str(self.backups).replace("'", "''")
        self._connection.execute(
            f"SET allowed_directories = ['{folder}']; SET enable_external_access = false; SET lock_configuration = true"
        )

    def _migrate(self) -> None:
        """Migrate the schema to the newest version in one transaction. Make a backup first if there are data."""
        steps = migrations()
        with self._connection.cursor() as cursor:
            tables = {name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
            if tables and "schema_version" not in tables:
                raise DatabaseDamaged("not a database of this program")
            row = cursor.execute("SELECT max(version) FROM schema_version").fetchone() if tables else None
            current = row[0] if row and row[0] is not None else 0
            if current > len(steps):
                raise DatabaseTooNew(f"schema {current}, this program knows {len(steps)}")
            if current == len(steps):
                return
            if current and self._one("SELECT count(*) FROM import"):
                make_backup(self, BEFORE_UPGRADE)
            cursor.execute("BEGIN")
            cursor.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
            for number, migration in enumerate(steps[current:], start=current + 1):
                cursor.execute(migration.read_text(encoding="utf-8"))
                cursor.execute("INSERT INTO schema_version VALUES (?)", [number])
            build_missing_follow_up(cursor)
            cursor.execute("COMMIT")

    def _look_for_imports(self) -> None:
        """Raise ``DatabaseMissing`` if the journal lists imports but this file has never contained any."""
        if self._one("SELECT count(*) FROM import"):
            return
        if any(not journal.is_abandoned(line) for line in journal.lines(self.path)):
            raise DatabaseMissing("no imports, and a journal that tells of some")


def backups_of(database: Path, folder: Path | None = None) -> Path:
    """Return the folder with the backups of a database, inside ``folder`` or else beside the database."""
    return ((folder or database.parent) / f"{database.name}.backups").absolute()


def traces(database: Path, backups: Path) -> list[Path]:
    """Return the files that show that a database exists or existed: files beside it and its backups."""
    expected = (journal.path(database), uploaded_files.folder(database), *logs(database), backups)
    return [one for one in expected if one.exists()]


def logs(database: Path) -> list[Path]:
    """Return the paths of DuckDB's write-ahead log."""
    return [database.with_name(database.name + ending) for ending in (".wal", ".wal.checkpoint", ".wal.recovery")]


def _check_path(path: Path, backups: Path) -> bool:
    """Return True if the file must be created.

    Raise ``FolderMissing``, or ``DatabaseMissing`` if a database existed.
    """
    with duckdb_errors_translated():
        if not path.parent.is_dir():
            raise FolderMissing(str(path.parent))
        if (not path.exists() or not path.stat().st_size) and traces(path, backups):
            raise DatabaseMissing(str(path))
        return not path.exists()


class DryRunDatabase:
    """A database during a dry run."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Return the cursor that sees the change."""
        yield self._cursor

    def exclusive_lock(self) -> AbstractContextManager[None]:
        """Do nothing: a dry run needs no lock."""
        return nullcontext()


def _note_changed(cursor: duckdb.DuckDBPyConnection, parts: Collection[Part]) -> None:
    """Set the version of these data partitions to one new, highest number."""
    for (newest,) in cursor.execute("SELECT max(number) FROM data_version").fetchall() if parts else ():
        changed = [[newest + 1, *part] for part in parts]
        cursor.executemany("UPDATE data_version SET number = ? WHERE synthetic = ? AND subject = ?", changed)
