"""Local replica of a server in a multi-server installation: all tables except the largest, fast-growing ones."""

import datetime as dt

import duckdb

from analysis.store.connection import transaction
from analysis.store.imports.corrections import RECOUNTED_TABLES
from analysis.store.integrity.checksums import DATA_TABLES

LEFT = ("course", "uploaded_count", "citizen_group", "audit")
"""Tables outside the replica: pages do not read them, or read them under the exclusive lock."""
OF_IMPORTS = tuple(table for table in DATA_TABLES if table not in LEFT)
"""Tables whose rows belong to one import; the counts alone may have hundreds of thousands of rows."""
OF_CORRECTIONS = ("superseded", "recounted", *RECOUNTED_TABLES)
"""Tables that change with the imports that correct others; each sync after such a change copies them anew."""
WHOLE = ("data_version", "identity", "saved_mapping", "story")
"""Tables so small that each sync compares them completely."""

_States = dict[int, tuple[dt.datetime | None, dt.datetime | None]]
"""By import number, the times at which it was undone and purged: nothing else of an import changes."""


def sync_replica(copy: duckdb.DuckDBPyConnection, stored: duckdb.DuckDBPyConnection) -> None:
    """Update the replica in one transaction; concurrent readers see the previous state.

    Copy only new rows. A data version becomes visible together with its data.
    """
    before, now = _states(copy), _states(stored)
    changed = [number for number, state in now.items() if before.get(number) != state]
    new = [number for number in changed if number not in before]
    purged = [number for number in changed if number in before and now[number][1] is not None]
    with transaction(copy):
        for table in OF_IMPORTS if purged else ():
            copy.execute(f"DELETE FROM {table} WHERE import_id IN (SELECT unnest(?))", [purged])
        if changed:
            copy.execute("DELETE FROM import WHERE import_id IN (SELECT unnest(?))", [changed])
            _bring(copy, stored, "import", changed)
        for table in (*OF_IMPORTS, "replacement") if new else ():
            _bring(copy, stored, table, new)
        for table in OF_CORRECTIONS if changed else ():
            copy.execute(f"DELETE FROM {table}")
            _bring(copy, stored, table)
        for table in WHOLE:
            if _rows(copy, table) != _rows(stored, table):
                copy.execute(f"DELETE FROM {table}")
                _bring(copy, stored, table)


def _states(cursor: duckdb.DuckDBPyConnection) -> _States:
    rows = cursor.execute("SELECT import_id, undone_at, purged_at FROM import").fetchall()
    return {number: (undone_at, purged_at) for number, undone_at, purged_at in rows}


def _rows(cursor: duckdb.DuckDBPyConnection, table: str) -> list[tuple[object, ...]]:
    return cursor.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()


def _bring(
    copy: duckdb.DuckDBPyConnection, stored: duckdb.DuckDBPyConnection, table: str, imports: list[int] | None = None
) -> None:
    """Insert the rows of a table, of these imports or all."""
    wanted = "" if imports is None else "WHERE import_id IN (SELECT unnest(?))"
    rows = stored.sql(f"SELECT * FROM {table} {wanted}", params=[imports] * (imports is not None)).to_arrow_table()
    if len(rows):
        copy.register("brought", rows)
        copy.execute(f"INSERT INTO {table} BY NAME SELECT * FROM brought")
        copy.unregister("brought")
