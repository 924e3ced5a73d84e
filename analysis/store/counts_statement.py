"""What the statement that counts, ``queries/counts.sql``, reads and returns; the counts of a file yet to be stored."""

import duckdb
import pyarrow as pa

from analysis.store.connection import sql
from analysis.store.integrity.checksums import NAME, quoted
from analysis.store.payload import ImportPayload

COURSE = {
    "municipality": "VARCHAR",
    "offer": "VARCHAR",
    "invited": "BOOLEAN",
    "participated": "BOOLEAN",
    "completed": "BOOLEAN",
    "invited_on": "DATE",
    "started_on": "DATE",
    "groups": "MAP(VARCHAR, VARCHAR)",
}
"""What is read of courses; whatever else a table of them has, such as who the citizen is, stays where it is."""
COUNT = {
    "municipality": "VARCHAR",
    "offer": "VARCHAR",
    "period_start": "DATE",
    "period_end": "DATE",
    "dimension": "VARCHAR",
    "group": "VARCHAR",
    "invited": "BIGINT",
    "participated": "BIGINT",
    "completed": "BIGINT",
}
_TYPES = {"VARCHAR": pa.string(), "DATE": pa.date32(), "BIGINT": pa.int64()}
COUNTS = pa.schema([(name, _TYPES[kind]) for name, kind in COUNT.items()])
"""The table in the middle, without its import."""


def counts_of(contents: ImportPayload) -> pa.Table:
    """The contents as the table in the middle, without an import: what they will be once they are stored."""
    with duckdb.connect() as cursor:
        values, course, count = {}, nothing(COURSE), nothing(COUNT)
        if contents.courses is not None:
            course, values = staged_courses(cursor, contents), {"dimensions": list(contents.dimensions)}
        if contents.counts is not None:
            cursor.register("staged_counts", contents.counts)
            count = "FROM staged_counts"
        query = f"WITH given_course AS ({course}), given_count AS ({count}) FROM ({sql('counts')})"
        return cursor.sql(query, params=values).to_arrow_table().cast(COUNTS)


def staged_courses(cursor: duckdb.DuckDBPyConnection, contents: ImportPayload) -> str:
    """The query of the courses as they are stored, which needs ``$dimensions``: their names are in no statement."""
    assert contents.courses is not None
    groups = [f"group_{position}" for position in range(len(contents.dimensions))]
    names = contents.courses.column_names[: -len(groups) or None]
    cursor.register("staged_courses", contents.courses.rename_columns([*names, *groups]))
    return sql("staged_courses").format(groups=", ".join(f"CAST({group} AS VARCHAR)" for group in groups))


def nothing(columns: dict[str, str]) -> str:
    """The query of a table with these columns and no rows."""
    return f"SELECT {cast(columns, 'NULL')} WHERE FALSE"


def cast(columns: dict[str, str], value: str = "") -> str:
    """What is selected for these columns to be of their types: their own values, or the one given."""
    return ", ".join(
        f"CAST({value or quoted(name, NAME)} AS {kind}) AS {quoted(name, NAME)}" for name, kind in columns.items()
    )
