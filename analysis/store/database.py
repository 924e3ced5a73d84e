"""The DuckDB file: opened once a process, brought to the newest schema, read by many while one writes."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol

import duckdb

_HERE = Path(__file__).parent


class DatabaseInUse(Exception):
    """Another program has the file open; DuckDB lets one process at a time own it."""


class DatabaseTooNew(Exception):
    """The file was made by a newer version of this program."""


class Readable(Protocol):
    """What queries read from: a database, or one in which a change is tried."""

    def reading(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor for a query."""


@cache
def sql(name: str) -> str:
    """The text of ``queries/<name>.sql``."""
    return (_HERE / "queries" / f"{name}.sql").read_text(encoding="utf-8")


class Database:
    """One DuckDB file, safe to share between threads.

    Raises ``DatabaseInUse`` where another process holds the file and ``DatabaseTooNew`` where its schema is newer
    than this program.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = duckdb.connect(str(path), config={"enable_external_access": False})
        except duckdb.IOException as error:
            if "Could not set lock" in str(error) or "used by another process" in str(error):
                raise DatabaseInUse(str(path)) from error
            raise
        self._write_lock = threading.Lock()
        self._migrate()

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor that sees the data as they are when it asks."""
        with self._connection.cursor() as cursor:
            yield cursor

    @contextmanager
    def writing(self, *, of_data: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor inside a transaction: all of it is stored, or, where anything is raised, none.

        What is no data, of which nothing is counted, leaves ``version`` as it is.
        """
        with self._write_lock, self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield cursor
                if of_data:
                    cursor.execute("UPDATE data_version SET number = number + 1")
                cursor.execute("COMMIT")
            except BaseException:
                cursor.execute("ROLLBACK")
                raise

    @contextmanager
    def trying(self) -> Iterator[tuple["Trial", duckdb.DuckDBPyConnection]]:
        """What queries read from, and a cursor whose changes they see; at the end nothing of them stays."""
        with self._write_lock, self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                yield Trial(cursor), cursor
            finally:
                cursor.execute("ROLLBACK")

    def version(self) -> int:
        """A number that rises with every change of the data: what is cached under it never goes stale."""
        return int(str(self._one("SELECT number FROM data_version")))

    def identity(self) -> str:
        """What tells this database from any other that has had its place."""
        return str(self._one("SELECT database_id FROM identity"))

    def _one(self, query: str) -> object:
        with self.reading() as cursor:
            row = cursor.execute(query).fetchone()
        assert row is not None
        return row[0]

    def close(self) -> None:
        self._connection.close()

    def _migrate(self) -> None:
        migrations = sorted((_HERE / "migrations").glob("*.sql"))
        with self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)")
            row = cursor.execute("SELECT max(version) FROM schema_version").fetchone()
            current = row[0] if row and row[0] is not None else 0
            if current > len(migrations):
                raise DatabaseTooNew(f"schema {current}, this program knows {len(migrations)}")
            for number, migration in enumerate(migrations[current:], start=current + 1):
                cursor.execute(migration.read_text(encoding="utf-8"))
                cursor.execute("INSERT INTO schema_version VALUES (?)", [number])
            cursor.execute("COMMIT")


class Trial:
    """A database in which a change is tried."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The cursor that sees the change."""
        yield self._cursor
