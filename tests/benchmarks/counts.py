"""The table of counts from many courses, against pandas, polars, and DuckDB reading the same columns once.

``python -m tests.benchmarks.counts [COURSES …]`` (100,000, 1,000,000 and 10,000,000 if not said). Beside the most of
them 100,000 more are then imported.
"""

import os
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.store import Database, ImportPayload, Source, add_import
from analysis.store.connection import sql
from analysis.store.counts_statement import build_counts
from tests.benchmarks.rerun import many_courses
from tests.benchmarks.results import keep
from tests.benchmarks.timing import paired, report, seconds

COURSES = (100_000, 1_000_000, 10_000_000)
AT_ONCE = 1_000_000
MORE = 100_000
RUNS = 3
KEYS = ["municipality", "offer", "month"]
STAGES = ["invited", "participated", "completed"]
COUNT = "WITH given_course AS NOT MATERIALIZED (FROM course), given_count AS (FROM uploaded_count) FROM ({counts})"
COLUMNS = "municipality, offer, invited, participated, completed, invited_on, started_on, groups"
SCAN = f"SELECT bit_xor(hash({COLUMNS})) FROM course"
"""Reads every value of the columns that are counted, and does as little with it as makes it be read."""


def parts(courses: int) -> list[ImportPayload]:
    return [many_courses(min(AT_ONCE, courses - done), seed=done) for done in range(0, courses, AT_ONCE)]


def store(database: Database, given: ImportPayload, name: str) -> None:
    add_import(database, given, Source(f"{name}.xlsx", name), by=NOBODY_SIGNED_IN)


def by_pandas(frame: pd.DataFrame, dimensions: tuple[str, ...]) -> int:
    """How many cells pandas counts, from a frame in memory with a column for each dimension."""
    day = frame["invited_on"].fillna(frame["started_on"])
    frame = frame.assign(month=day.to_numpy().astype("datetime64[M]").astype("datetime64[s]"))
    return sum(len(frame.groupby([*KEYS, key], observed=True)[STAGES].sum()) for key in dimensions)


def by_polars(frame: pl.DataFrame, dimensions: tuple[str, ...]) -> int:
    """How many cells polars counts, from a frame in memory with a column for each dimension."""
    lazy = frame.lazy().with_columns(month=pl.coalesce("invited_on", "started_on").dt.truncate("1mo"))
    queries = [lazy.group_by(*KEYS, key).agg(pl.col(STAGES).sum()) for key in dimensions]
    return sum(len(one) for one in pl.collect_all(queries))


def asked(database: Database, query: str) -> int:
    with database.reading() as cursor:
        return cursor.sql(query).to_arrow_table().num_rows


def timed(database: Database, query: str) -> float:
    return seconds(lambda: asked(database, query))


def measure(folder: Path, courses: int) -> Database:
    """Print how long the counts of so many courses take, and return the database with them."""
    database = Database(folder / f"{courses}.duckdb")
    given = parts(courses)
    for number, part in enumerate(given):
        store(database, part, str(number))
    dimensions = given[0].dimensions
    wanted = ["municipality", "offer", "invited_on", "started_on", *STAGES, *dimensions]
    table = pa.concat_tables([part.courses.select(wanted) for part in given])
    del given
    count = COUNT.format(counts=sql("counts"))
    ours, scan = paired(RUNS, lambda: timed(database, count), lambda: timed(database, SCAN))
    name = f"counts of {courses:,} courses"
    report(name, ours, scan, "DuckDB's bare scan of the same columns", "2")
    cells = asked(database, count)
    for library, frame, peer in (("polars", pl.from_arrow(table), by_polars), ("pandas", table.to_pandas(), by_pandas)):
        start = time.perf_counter()
        found = peer(frame, dimensions)
        taken = time.perf_counter() - start
        assert found == cells
        report(name, ours, taken, f"{library}, from a frame in memory")
    return database


def refresh(database: Database, courses: int) -> None:
    """Print how long the counts take to be right again after more courses, and how long the whole import takes."""
    more = many_courses(MORE, seed=-1 % 2**31)
    whole = seconds(lambda: store(database, more, "more"))
    with database.reading() as cursor:
        (number,) = cursor.execute("SELECT max(import_id) FROM import").fetchall()[0]
        cursor.execute("BEGIN")
        builds = [build_counts(), sql("build_crossed_counts")]
        taken = [seconds(lambda build=build: cursor.execute(build, {"import_id": number})) for build in builds]
        cursor.execute("ROLLBACK")
    beside = f"of these {taken[1]:.2f} s for two dimensions at once; the whole import {whole:.2f} s"
    print(f"{MORE:,} courses more beside {courses:,}: counts {sum(taken):.2f} s; target 1; {beside}")
    keep(f"counts of {MORE:,} courses more beside {courses:,}", sum(taken), target="1 s", beside=beside)


def main(sizes: tuple[int, ...] = COURSES) -> None:
    print(f"{os.cpu_count()} cores, " + ", ".join(f"{name} {version(name)}" for name in ("duckdb", "polars", "pandas")))
    with tempfile.TemporaryDirectory() as folder:
        for courses in sizes:
            database = measure(Path(folder), courses)
            if courses == max(sizes):
                refresh(database, courses)
            database.close()


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or COURSES)
