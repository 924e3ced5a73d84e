"""Time to complete: which courses of an import run, and how long its courses take."""

import duckdb

from analysis.store.connection import sql


def build_follow_up(cursor: duckdb.DuckDBPyConnection, import_id: int) -> None:
    """Find out which courses of a stored import run, and how long its courses take. See the queries of these names."""
    for name in ("build_running", "build_follow_up"):
        cursor.execute(sql(name), {"import_id": import_id})


def build_missing_follow_up(cursor: duckdb.DuckDBPyConnection) -> None:
    """Do the same for the imports that an earlier version of the program stored."""
    missing = cursor.execute(
        "SELECT import_id FROM import WHERE courses + counts > 0 AND purged_at IS NULL "
        "AND import_id NOT IN (SELECT import_id FROM follow_up) ORDER BY import_id"
    ).fetchall()
    for (import_id,) in missing:
        build_follow_up(cursor, import_id)
