"""What would be if: queries see a change, and nothing of it stays."""

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from analysis.store.contents import Contents, Source
from analysis.store.database import Database, Readable
from analysis.store.imports import insert_lists, insert_record, replace_periods

NUMBER = 2**31 - 1
"""Newer than every import, and no number that a real one will miss."""


@contextmanager
def with_import(
    database: Database, contents: Contents, counts: pa.Table, source: Source, *, replacing: bool
) -> Iterator[Readable]:
    """The database as it will be with this import, whose counts are given; with ``replacing`` instead of others."""
    with database.trying() as (trial, cursor):
        import_id = insert_record(cursor, contents, source, [], NUMBER)
        insert_lists(cursor, contents, import_id)
        cursor.register("staged", counts)
        cursor.execute("INSERT INTO counts SELECT ?, * FROM staged", [import_id])
        if replacing and contents.periods is not None:
            replace_periods(cursor, contents, import_id, synthetic=source.synthetic)
        yield trial


@contextmanager
def with_undone(database: Database, import_id: int, *, undone: bool) -> Iterator[Readable]:
    """The database as it will be once this import is taken back, or brought back."""
    with database.trying() as (trial, cursor):
        cursor.execute(
            "UPDATE import SET undone_at = CASE WHEN ? THEN current_localtimestamp() END WHERE import_id = ?",
            [undone, import_id],
        )
        yield trial
