"""Packages of other installations: where one comes from, what it takes the place of, and whose counts are rounded."""

import datetime as dt
from dataclasses import dataclass

import duckdb

from analysis.model.package import letters_of
from analysis.store.connection import Readable, sql
from analysis.store.payload import ImportMode, ImportPayload, Package


@dataclass(frozen=True)
class Rounded:
    """A municipality whose counts another installation rounded, the name of that, and to multiples of what."""

    municipality: str
    origin_name: str
    base: int


def origin_of(database: Readable) -> str:
    """Return the id of this installation in its packages. The secret behind the rounding can't be found from it."""
    with database.reading() as cursor:
        ((secret,),) = cursor.execute("SELECT database_id FROM identity").fetchall()
    return letters_of(f"package of {secret}")[:32]


def newest_package(database: Readable, package: Package, *, synthetic: bool) -> dt.datetime | None:
    """Return when the newest stored package of the same origin was made; None if there is none."""
    with database.reading() as cursor:
        found = _previous(cursor, package, synthetic)
    return None if found is None else found[0]


def mode_used(
    cursor: duckdb.DuckDBPyConnection, contents: ImportPayload, mode: ImportMode, *, synthetic: bool
) -> ImportMode:
    """Return the mode of an import. A package meets what is stored from others as the one before it did."""
    found = None if contents.package is None else _previous(cursor, contents.package, synthetic)
    if mode is not ImportMode.NEW or found is None:
        return mode
    _, _, is_added, replaces = found
    return ImportMode.ADD if is_added else ImportMode.REPLACE if replaces else ImportMode.NEW


def rounded_elsewhere(database: Readable, *, synthetic: bool) -> list[Rounded]:
    """Return the municipalities with counts that another installation rounded."""
    with database.reading() as cursor:
        rows = cursor.execute(sql("rounded_elsewhere"), {"synthetic": synthetic}).fetchall()
    return [Rounded(*row) for row in rows]


def _previous(
    cursor: duckdb.DuckDBPyConnection, package: Package, synthetic: bool
) -> tuple[dt.datetime, int, bool, bool] | None:
    values = {"origin": package.origin, "synthetic": synthetic}
    return cursor.execute(sql("previous_package"), values).fetchone()
