"""Basis of every query: a read cursor, the exclusive lock, a transaction, the text of a statement."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

import duckdb

_HERE = Path(__file__).parent


class Readable(Protocol):
    """Source of queries: a database, or a database during a dry run."""

    def reading(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Open a cursor for a query."""

    def exclusive_lock(self) -> AbstractContextManager[None]:
        """Hold the exclusive lock: nobody else writes, and single courses can be read too."""


P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Readable)


def with_exclusive_lock(act: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """Run a function while holding the exclusive lock; it then reads the shared file instead of the local replica."""

    @wraps(act)
    def act_in_turn(database: R, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with database.exclusive_lock():
            return act(database, *args, **kwargs)

    return act_in_turn


@contextmanager
def transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Run the block in a transaction. Roll back if it raises an exception."""
    cursor.execute("BEGIN")
    try:
        yield
        cursor.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # DuckDB may have rolled back already; a second ROLLBACK fails.
            cursor.execute("ROLLBACK")
        raise


@cache
def sql(name: str) -> str:
    """Return the text of ``queries/<name>.sql``."""
    return (_HERE / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def newest_schema() -> int:
    """Return the number of the newest schema, which this program creates."""
    return len(migrations())


def migrations() -> list[Path]:
    return sorted((_HERE / "migrations").glob("*.sql"))
