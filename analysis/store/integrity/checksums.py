"""Checksums of the content of a database: they change whenever the content changes.

DuckDB does not always detect changed bytes in a file or its log. Compare only checksums of the same schema, computed by
the same version of DuckDB.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

import duckdb

from analysis.store.connection import newest_schema, with_exclusive_lock
from analysis.store.lists import LIST_TABLES, LISTS

if TYPE_CHECKING:
    from analysis.store.database import Database


DATA_TABLES = (
    "course",
    "uploaded_count",
    "held_back",
    "counts",
    "crossed_counts",
    "follow_up",
    "running",
    *LIST_TABLES,
    "place",
    "added_group",
    "package_unfinished",
)
"""Tables with the rows of an import. The rows do not change until the import is purged."""
NAME = '"'
"""Quotation mark for a name in SQL."""

TableChecksums = dict[str, dict[str, list[str]]]
"""For each table and import number: the number of rows, and the sum of their digests."""


def table_checksums(cursor: duckdb.DuckDBPyConnection) -> TableChecksums:
    """Return the checksums of the database. This reads all rows and so also finds unreadable ones."""
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
def import_checksums(
    database: "Database", import_id: int, forms: Collection[str] = tuple(LISTS)
) -> dict[str, list[str]]:
    """Return the checksums of one import, for the tables that have rows of it; of lists only those of ``forms``."""
    absent = {one.table for form, one in LISTS.items() if form not in forms}
    of_table = (
        f"SELECT '{table}', count(*), CAST(sum(hash(one)) AS VARCHAR) FROM {table} AS one WHERE import_id = $import_id"
        for table in DATA_TABLES
        if table not in absent
    )
    with database.reading() as cursor:
        rows = cursor.execute(" UNION ALL ".join(of_table), {"import_id": import_id}).fetchall()
    return {table: [str(count), total] for table, count, total in rows if count}


def read_by() -> str:
    """Return the schema version and the version of DuckDB."""
    return f"{newest_schema()} {duckdb.__version__}"


def _definitions(cursor: duckdb.DuckDBPyConnection) -> TableChecksums:
    """Return the definitions of everything except tables, by name."""
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
    """Quote a text or a name for SQL."""
    return mark + text.replace(mark, mark * 2) + mark
