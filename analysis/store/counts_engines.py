"""Count courses where they are stored, with DuckDB or, if configured, with Apache Spark.

Both run the same SQL, ``queries/counts.sql``; SQLGlot translates it to Spark SQL.
"""

import re
import socket
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from analysis.store.connection import sql
from analysis.store.counts_statement import COUNT, COUNTED, COUNTS, COURSE, cast, nothing

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PATIENCE = 10
"""Timeout in seconds for the first response of a cluster."""
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}


class NotCounted(Exception):
    """The courses cannot be counted; the message gives the cause and the remedy."""


def counts_of_table(source: str, spark: str = "") -> pa.Table:
    """Count the courses, or read the counts, in a Parquet file or folder or in a table that Spark knows by name.

    ``spark`` is the address of a cluster, of Spark Connect, or local; DuckDB is used if it is empty. Only the counts
    are transferred. Raise ``NotCounted`` on failure.
    """
    counted = _by_spark(source, spark) if spark else _by_duckdb(source)
    return counted.cast(COUNTS)


def in_spark(text: str) -> str:
    """Translate a statement to Spark SQL."""
    from sqlglot import transpile

    return transpile(text, read="duckdb", write="spark")[0]


def _by_duckdb(source: str) -> pa.Table:
    path = Path(source)
    if not path.exists():
        advice = "DuckDB reads Parquet alone: for a table set LIGE_ADGANG_SPARK" if _is_table(source) else "Look again"
        raise NotCounted(f"There is no such file or folder. {advice}.")
    with duckdb.connect() as cursor:
        try:
            given = cursor.read_parquet(str(path / "**/*.parquet") if path.is_dir() else source)
            given.create_view("given")
            for name, view in _views(given.columns).items():
                cursor.execute(f"CREATE VIEW {name} AS {view}")
            return cursor.sql(sql("counts")).to_arrow_table()
        except duckdb.Error as error:
            raise NotCounted(f"DuckDB could not read or count it ({type(error).__name__}).") from error


def _by_spark(source: str, address: str) -> pa.Table:
    session = _session(address)
    from pyspark.errors import PySparkException

    try:
        given = session.table(source) if _is_table(source) else session.read.parquet(source)
        given.createOrReplaceTempView("given")
        for name, view in _views(given.columns).items():
            session.sql(in_spark(view)).createOrReplaceTempView(name)
        return session.sql(in_spark(sql("counts"))).toArrow()
    except PySparkException as error:
        kind = error.getCondition() or type(error).__name__
        raise NotCounted(f"Spark could not find, read or count it ({kind}).") from error
    finally:
        session.stop()


def _is_table(source: str) -> bool:
    """Return True if this is the name of a table, not the path of a file."""
    is_name = re.fullmatch(r"\w+(\.\w+)*", source) is not None
    return is_name and not source.endswith(".parquet") and not Path(source).exists()


def _views(columns: Collection[str]) -> dict[str, str]:
    """Return the views that the statement reads, from the table ``given``: courses or counts; the other view is empty.

    Raise ``NotCounted`` if a column is missing.
    """
    has_counts = "dimension" in columns
    wanted = COUNT if has_counts else COURSE
    missing = [column for column in wanted if column not in columns]
    if missing:
        raise NotCounted(
            f"It lacks the columns {', '.join(missing)}. Courses have {', '.join(COURSE)}, where groups is a map from "
            f"dimensions to groups; counts have {', '.join(COUNT)}. A view can name them so."
        )
    given = f"SELECT {cast(wanted)} FROM given"
    if has_counts:
        return {"given_count": given, "given_course": nothing(COUNTED)}
    counted = f"SELECT *, coalesce(invited_on, started_on) AS counted_on FROM ({given})"
    return {"given_course": counted, "given_count": nothing(COUNT)}


def _session(address: str) -> "SparkSession":
    """Open a Spark session. Raise ``NotCounted`` if PySpark or Java is missing, or the address does not respond."""
    _check_reachable(address)
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise NotCounted("PySpark is missing: pip install -r requirements-spark.txt.") from error
    builder = SparkSession.builder.appName("Lige Adgang")
    builder = builder.remote(address) if address.startswith("sc://") else builder.master(address)
    try:
        return builder.config(map=QUIET).getOrCreate()
    except (PySparkException, ImportError, OSError) as error:
        raise NotCounted(
            f"Spark did not start ({type(error).__name__}). It needs Java 17 or newer, and a cluster of "
            "the version that PySpark has."
        ) from error


def _check_reachable(address: str) -> None:
    """Raise ``NotCounted`` if no server at the address responds. Spark itself would retry for minutes."""
    servers = re.findall(r"([^/,;:]+):(\d+)", address.partition("://")[2])
    for host, port in servers:
        try:
            socket.create_connection((host, int(port)), PATIENCE).close()
            return
        except OSError:
            continue
    if servers:
        raise NotCounted("Nobody answers at the address in LIGE_ADGANG_SPARK. Is the cluster up, and the port right?")
