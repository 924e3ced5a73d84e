"""What a database holds, in a few numbers: whatever changes in it, they change too.

Where the bytes of a file or its log have changed, DuckDB does not always notice. Numbers of the same schema, read by
the same version of DuckDB, can be compared.
"""

from typing import TYPE_CHECKING

import duckdb

from analysis.store.connection import newest_schema, with_exclusive_lock
from analysis.store.lists import LIST_TABLES

if TYPE_CHECKING:
    from analysis.store.database import Database


DATA_TABLES = ("course", "uploaded_count", "counts", "crossed_counts", *LIST_TABLES, "place", "added_group")
"""The tables with the rows of an import, which never change but when it is deleted for good."""
NAME = '"'
"""What stands around a name in SQL."""

TableChecksums = dict[str, dict[str, list[str]]]
"""Of every table, and of every import in it by its number: how many rows there are, and the sum of their digests."""


def table_checksums(cursor: duckdb.DuckDBPyConnection) -> TableChecksums:
    """What the database holds. Reading all of it also finds what can no longer be read."""
    columns = cursor.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns() "
        "WHERE NOT internal AND database_name = current_database() "
        "AND table_name IN (SELECT table_name FROM duckdb_tables()) GROUP BY table_name ORDER BY table_name"
    ).fetchall()
    found = {}
    for table, names in columns:
        number = "import_id" if "import_id" in names else "0"
        name = quoted(table, NAME)
        rows = cursor.execute(
            f"SELECT {number}, count(*), CAST(sum(hash(one)) AS VARCHAR) FROM {name} AS one GROUP BY 1 ORDER BY 1"
        ).fetchall()
        found[table] = {str(import_id): [str(count), total] for import_id, count, total in rows}
    return {**found, **_definitions(cursor)}


@with_exclusive_lock
def import_checksums(database: "Database", import_id: int) -> dict[str, list[str]]:
    """What the tables hold of one import; those that hold nothing of it are left out."""
    found = {}
    with database.reading() as cursor:
        for table in DATA_TABLES:
            row = cursor.execute(
                f"SELECT count(*), CAST(sum(hash(one)) AS VARCHAR) FROM {table} AS one WHERE import_id = ?", [import_id]
            ).fetchone()
            if row and row[0]:
                found[table] = [str(row[0]), row[1]]
    return found


def read_by() -> str:
    """The schema and the version of DuckDB."""
    return f"{newest_schema()} {duckdb.__version__}"


def _definitions(cursor: duckdb.DuckDBPyConnection) -> TableChecksums:
    """What there is besides tables, by name."""
    queries = {
        "views": "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal",
        "macros": "SELECT function_name, macro_definition FROM duckdb_functions() WHERE NOT internal",
        "sequences": "SELECT sequence_name, '' FROM duckdb_sequences() WHERE true",
    }
    found = {}
    for kind, query in queries.items():
        rows = cursor.execute(f"{query} AND database_name = current_database() ORDER BY 1").fetchall()
        found[f"({kind})"] = {name: [text] for name, text in rows}
    return found


def quoted(text: str, mark: str = "'") -> str:
    """A text or a name as SQL writes it."""
    return mark + text.replace(mark, mark * 2) + mark
