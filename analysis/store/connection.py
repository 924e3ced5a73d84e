"""What every query needs: a cursor to read from, the exclusive lock, a transaction, the text of a statement."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

import duckdb

_HERE = Path(__file__).parent


class Readable(Protocol):
    """What queries read from: a database, or one in which a change is tried."""

    def reading(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A cursor for a query."""

    def turn(self) -> AbstractContextManager[None]:
        """All that is stored can be read meanwhile, the single courses too, and nobody else writes to it."""


P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Readable)


def with_exclusive_lock(act: Callable[Concatenate[R, P], T]) -> Callable[Concatenate[R, P], T]:
    """The same function, in the turn of the database that it is given: it needs more of it than a copy has."""

    @wraps(act)
    def act_in_turn(database: R, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with database.turn():
            return act(database, *args, **kwargs)

    return act_in_turn


@contextmanager
def transaction(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All that is done meanwhile, or, where anything is raised, none of it."""
    cursor.execute("BEGIN")
    try:
        yield
        cursor.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # What DuckDB has rolled back itself cannot be rolled back again.
            cursor.execute("ROLLBACK")
        raise


@cache
def sql(name: str) -> str:
    """The text of ``queries/<name>.sql``."""
    return (_HERE / "queries" / f"{name}.sql").read_text(encoding="utf-8")


def newest_schema() -> int:
    """The schema that this program makes."""
    return len(migrations())


def migrations() -> list[Path]:
    return sorted((_HERE / "migrations").glob("*.sql"))
