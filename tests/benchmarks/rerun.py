"""Each page after a changed choice, on the server: with the demonstration data, and with many courses stored beside.

``python -m tests.benchmarks.rerun 10000000`` stores ten million instead of one.
"""

import datetime as dt
import itertools
import os
import statistics
import sys
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.access import NOBODY_SIGNED_IN
from analysis.intake import demonstration
from analysis.store import Contents, Database, Source, add_import
from analysis.store.reference import danish_municipalities, reference_dimensions
from tests.benchmarks.timing import seconds

ROOT = Path(__file__).parents[2]
PAGES = ("overview", "social_groups", "stages", "municipalities", "adjustments", "over_time", "methods")
PAGES += ("spread", "understandings", "actions", "requests", "municipality", "theme_day")
FIRST = "the overview, a dimension that nobody chose before"
CHOICES = ("participation", "reach", "completion")
COURSES = 1_000_000
AT_ONCE = 1_000_000
RUNS = 9


def many_courses(number: int, seed: int = 2) -> Contents:
    """As many courses as asked for, spread over two years and 24 offers, 20 of them adjusted in the middle."""
    rng = np.random.default_rng(seed)
    places = np.array(danish_municipalities()[:6])[np.arange(number) % 6]
    day = np.datetime64("2014-12-01") + rng.integers(0, 760, number).astype("timedelta64[D]")
    offer = np.char.add(f"Tilbud {seed}-", (np.arange(number) % 24).astype(str))
    started = rng.random(number) < 0.6
    columns = {
        "sheet": pa.array(np.full(number, "Forløb")),
        "row": pa.array(np.arange(number, dtype=np.int32)),
        "municipality": pa.array(places),
        "offer": pa.array(offer),
        "citizen": pa.array(np.arange(number).astype(str)),
        "invited": pa.array(np.ones(number, dtype=bool)),
        "participated": pa.array(started),
        "completed": pa.array(started & (rng.random(number) < 0.6)),
        "invited_on": pa.array(day),
        "started_on": pa.array(day),
        "completed_on": pa.nulls(number, pa.date32()),
        "outcome": pa.nulls(number, pa.string()),
    }
    for key, dimension in reference_dimensions().items():
        groups = np.array([group.key for group in dimension.groups])
        columns[key] = pa.array(groups[rng.integers(0, len(groups), number)])
    adjustments = [
        {
            "sheet": "Justeringer",
            "row": 2 + place,
            "municipality": str(places[place]),
            "offer": str(offer[place]),
            "adjusted_on": dt.date(2015, 12, 1),
            "title": "Opkald",
            "what_changed": "",
            "aim": "both",
            "citizens_involved": True,
            "staff_involved": True,
        }
        for place in range(20)
    ]
    return Contents(
        courses=pa.table(columns),
        dimensions=tuple(reference_dimensions()),
        adjustments=pa.Table.from_pylist(adjustments),
    )


def times(path: Path, data: str) -> dict[str, float]:
    """The median time from a changed choice to the whole page over this database, in milliseconds.

    The counts of a dimension are read once and kept: ``FIRST`` is the longest of those times.
    """
    os.environ["LIGE_ADGANG_DATABASE"] = str(path)
    st.cache_data.clear()
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "door.py"), default_timeout=120)
    app.query_params["data"] = data
    app.run()
    first = [seconds(lambda key=key: _choose(app, "dimension", key)) for key in reference_dimensions()]
    found = {FIRST: 1000 * max(first)}
    for page in PAGES:
        app.switch_page(f"pages/{page}.py").run()
        choices = itertools.cycle(CHOICES)
        taken = [seconds(lambda choices=choices: _choose(app, "rate", next(choices))) for _ in range(RUNS)]
        found[page] = 1000 * statistics.median(taken)
    from pages.parts import session

    session.open_database().close()
    return found


def _choose(app: AppTest, key: str, value: str) -> None:
    app.session_state[key] = value
    app.run()
    assert not app.exception, app.exception


def main(courses: int = COURSES) -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.duckdb", Path(folder) / "large.duckdb"
        for path in (small, large):
            database = Database(path)
            demonstration.load(database)
            for part in range(courses // AT_ONCE if path == large else 0):
                given = many_courses(AT_ONCE, seed=part)
                taken = seconds(
                    lambda database=database, given=given, part=part: add_import(
                        database, given, Source(f"{part}.xlsx", str(part)), by=NOBODY_SIGNED_IN
                    )
                )
                print(f"{AT_ONCE:,} courses stored in {taken:.1f} s")
            database.close()
        few, beside, many = times(small, "demonstration"), times(large, "demonstration"), times(large, "own")
    for page in (*PAGES, FIRST):
        print(
            f"a choice changed on {page}: {few[page]:.0f} ms; with {courses:,} courses stored beside "
            f"{beside[page]:.0f} ms, {beside[page] / few[page]:.2f} times; over those courses {many[page]:.0f} ms"
        )
    print("target: 300 ms, and 500 ms with 10,000,000")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COURSES)
