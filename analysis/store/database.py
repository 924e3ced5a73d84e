"""The DuckDB file: opened once a process, brought to the newest schema, read by many while one writes."""

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
from analysis.store.integrity.backups import BEFORE_UPGRADE, make_backup

_ONE_BACKUP = threading.RLock()


class Database:
    """One DuckDB file, safe to share between threads.

    ``backups`` is the folder in which the folder of its backups stands; its own, unless another is given. Raises
    ``DatabaseError`` where the file cannot be opened, and never begins a new one where one has been.
    ``database_error`` is what went wrong after it was opened.
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
            if new:  # What could not be begun must not be taken for what was.
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
        """A cursor that sees the data as they are when it asks."""
        with self._noted(), self._connection.cursor() as cursor:
            yield cursor

    @contextmanager
    def writing(self, *, touching: Collection[Part] = EVERYTHING) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside a transaction: all of it is stored, or, where anything is raised, none.

        ``touching`` tells which parts of the data change; none where nothing that is shown of them does.
        """
        with self._noted(), self._write_lock, self._connection.cursor() as cursor, transaction(cursor):
            yield cursor
            _note_changed(cursor, touching)

    @contextmanager
    def dry_run(self) -> Iterator[tuple["DryRunDatabase", duckdb.DuckDBPyConnection]]:
        """What queries read from, and a cursor whose changes they see; at the end nothing of them stays."""
        with self._noted(), self._write_lock, self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield DryRunDatabase(cursor), cursor
            finally:
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")

    def turn(self) -> AbstractContextManager[None]:
        """As ``Readable`` has it: with one server it is always its turn."""
        return nullcontext()

    def one_backup(self) -> AbstractContextManager[object]:
        """Nobody else makes or deletes backups meanwhile."""
        return _ONE_BACKUP

    def version(self, part: Part | None = None) -> int:
        """A number that rises with every change of the data, or of one part of them: that of the last change.

        What is cached under it never goes stale.
        """
        if part is None:
            return int(str(self._one("SELECT max(number) FROM data_version")))
        return int(str(self._one("SELECT number FROM data_version WHERE synthetic = ? AND subject = ?", *part)))

    def identity(self) -> str:
        """What tells this database from any other that has had its place."""
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
        """Errors as trouble; what does not pass by itself is kept."""
        try:
            with duckdb_errors_translated():
                yield
        except (DatabaseDamaged, DatabaseStopped) as database_error:
            self.database_error = database_error
            raise

    def _shut_off(self) -> None:
        """Let no statement reach any file but the database's own and its backups, whatever comes."""
        if self._one("SELECT current_setting('lock_configuration')"):  # Opened a second time by this program.
            return
        folder = str(self.backups).replace("'", "''")
        self._connection.execute(
            f"SET allowed_directories = ['{folder}']; SET enable_external_access = false; SET lock_configuration = true"
        )

    def _migrate(self) -> None:
        """Bring the schema up to date, all the steps in one transaction, after a backup where there is data."""
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
            cursor.execute("COMMIT")

    def _look_for_imports(self) -> None:
        """Raises ``DatabaseMissing`` where the journal tells of imports and there has never been any in this file."""
        if self._one("SELECT count(*) FROM import"):
            return
        if any(not journal.is_abandoned(line) for line in journal.lines(self.path)):
            raise DatabaseMissing("no imports, and a journal that tells of some")


def backups_of(database: Path, folder: Path | None = None) -> Path:
    """The folder with the backups of a database, in the folder given or else in its own."""
    return ((folder or database.parent) / f"{database.name}.backups").absolute()


def traces(database: Path, backups: Path) -> list[Path]:
    """What stands beside a database file, or among its backups, and tells that there is one or has been."""
    expected = (journal.path(database), uploaded_files.folder(database), *logs(database), backups)
    return [one for one in expected if one.exists()]


def logs(database: Path) -> list[Path]:
    """Where DuckDB writes what is not in the file itself yet."""
    return [database.with_name(database.name + ending) for ending in (".wal", ".wal.checkpoint", ".wal.recovery")]


def _check_path(path: Path, backups: Path) -> bool:
    """Whether the file is yet to be made. Raises ``FolderMissing``, or ``DatabaseMissing`` where one was there."""
    with duckdb_errors_translated():
        if not path.parent.is_dir():
            raise FolderMissing(str(path.parent))
        if (not path.exists() or not path.stat().st_size) and traces(path, backups):
            raise DatabaseMissing(str(path))
        return not path.exists()


class DryRunDatabase:
    """A database in which a change is tried."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The cursor that sees the change."""
        yield self._cursor

    def turn(self) -> AbstractContextManager[None]:
        """Nothing to wait for."""
        return nullcontext()


def _note_changed(cursor: duckdb.DuckDBPyConnection, parts: Collection[Part]) -> None:
    """Give these parts of the data one new version, the highest."""
    for (newest,) in cursor.execute("SELECT max(number) FROM data_version").fetchall() if parts else ():
        changed = [[newest + 1, *part] for part in parts]
        cursor.executemany("UPDATE data_version SET number = ? WHERE synthetic = ? AND subject = ?", changed)
