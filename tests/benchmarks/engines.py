"""DuckDB and a real Spark cluster count the same courses: every cell is compared.

``python -m tests.benchmarks.engines [COURSES]`` (10,000,000 if not said) needs Java 17 and requirements-spark.txt. It
starts a master and two workers at 127.0.0.1, lets the command line count the same Parquet by both, each into a database
of its own, and ends with 1 on any difference.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pyspark

from analysis.config import ROOT
from tests.benchmarks.rerun import many_courses
from tests.benchmarks.results import keep
from tests.benchmarks.timing import seconds
from tests.browser.conftest import free_port

COURSES = 10_000_000
AT_ONCE = 1_000_000
PATIENCE = 60
"""Seconds for the cluster to be up."""
WORKERS = 2
LOOPBACK = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1"}
AS_PARQUET = """
COPY (
    SELECT
        * EXCLUDE ({dimensions}) REPLACE (
            if(offer LIKE '%-23', NULL, invited) AS invited,
            if(offer LIKE '%-23', NULL, invited_on) AS invited_on
        ),
        map($keys[1:length], [{dimensions}][1:length]) AS groups
    FROM (SELECT *, if(row % 7 = 0, 5, 7) AS length FROM staged)
) TO '{path}' (FORMAT parquet)
"""
"""Of one offer only those who took part are known, and of some citizens not all their groups."""
DIFFERENT = """
SELECT count(*), count_if(
    one.participated IS DISTINCT FROM two.participated
    OR one.completed IS DISTINCT FROM two.completed
    OR one.invited IS DISTINCT FROM two.invited
)
FROM one.counts AS one
FULL JOIN two.counts AS two
USING (municipality, offer, period_start, period_end, dimension, "group")
"""


def write(folder: Path, courses: int) -> None:
    """So many courses as Parquet, as a lakehouse holds them."""
    with duckdb.connect() as cursor:
        for part in range(-(-courses // AT_ONCE)):
            given = many_courses(min(AT_ONCE, courses - part * AT_ONCE), seed=part)
            cursor.register("staged", given.courses)
            dimensions = ", ".join(f'"{key}"' for key in given.dimensions)
            query = AS_PARQUET.format(dimensions=dimensions, path=folder / f"{part}.parquet")
            cursor.execute(query, {"keys": list(given.dimensions)})


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, str]]:
    """A master and its workers on this computer alone; the address of the master, and where it tells of itself."""
    port, told_at = free_port(), free_port()
    master, state = f"spark://127.0.0.1:{port}", f"http://127.0.0.1:{told_at}/json/"
    listen = ["--host", "127.0.0.1"]
    worker = ["--cores", "1", "--memory", "2g", "--work-dir", str(folder / "work")]
    with ExitStack() as running, (folder / "cluster.log").open("w") as log:
        started = [["master.Master", *listen, "--port", str(port), "--webui-port", str(told_at)]]
        started += [["worker.Worker", *listen, *worker, "--webui-port", "0", master]] * WORKERS
        for command in started:
            running.enter_context(_running(command, log))
        until = time.monotonic() + PATIENCE
        while _state(state).get("aliveworkers") != WORKERS:
            if time.monotonic() > until:
                raise TimeoutError((folder / "cluster.log").read_text())
            time.sleep(0.5)
        yield master, state


@contextmanager
def _running(command: list[str], log: Any) -> Iterator[None]:
    name, *arguments = command
    spark = Path(pyspark.__file__).parent / "bin" / "spark-class"
    process = subprocess.Popen(
        [str(spark), f"org.apache.spark.deploy.{name}", *arguments],
        env=os.environ | LOOPBACK,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _state(address: str) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return json.load(answer)
    except OSError:
        return {}


def count(source: Path, database: Path, spark: str = "") -> None:
    """The command line, as a person calls it."""
    environment = os.environ | LOOPBACK | {"LIGE_ADGANG_DATABASE": str(database), "LIGE_ADGANG_SPARK": spark}
    command = [sys.executable, "-m", "analysis.store", "counts", str(source), "--synthetic"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    print(f"  {done.stdout.strip()}")


def compared(one: Path, two: Path) -> tuple[int, int]:
    """How many cells either database has, and in how many of them they differ."""
    with duckdb.connect() as cursor:
        for name, path in (("one", one), ("two", two)):
            cursor.execute(f"ATTACH '{path}' AS {name} (READ_ONLY)")
        cells, different = cursor.execute(DIFFERENT).fetchall()[0]
        return cells, different


def main(courses: int = COURSES) -> int:
    print(f"{os.cpu_count()} cores, duckdb {version('duckdb')}, pyspark {version('pyspark')}, {platform.platform()}")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = folder / "courses"
        source.mkdir()
        write(source, courses)
        size = sum(one.stat().st_size for one in source.iterdir()) / 1e6
        print(f"{courses:,} courses, {size:.0f} MB of Parquet")
        by_duckdb = seconds(lambda: count(source, folder / "duckdb.duckdb"))
        with cluster(folder) as (master, state):
            by_spark = seconds(lambda: count(source, folder / "spark.duckdb", master))
            done = [one["name"] for one in _state(state)["completedapps"]]
            workers = _state(state)["aliveworkers"]
        cells, different = compared(folder / "duckdb.duckdb", folder / "spark.duckdb")
    print(f"a master and {workers} workers; programs that they ran: {', '.join(done)}")
    print(f"the whole command: DuckDB {by_duckdb:.1f} s, Spark {by_spark:.1f} s")
    beside = f"{cells:,} cells compared, {different} different"
    print(beside)
    peer_name = f"Apache Spark {version('pyspark')}, a master and {workers} workers here"
    keep(
        f"{courses:,} courses in Parquet counted and stored",
        by_duckdb,
        peer=by_spark,
        peer_name=peer_name,
        beside=beside,
    )
    return int(bool(different or not cells or not done))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COURSES))
