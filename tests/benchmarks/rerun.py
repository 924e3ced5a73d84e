"""A rerun of each page on the server: with the demonstration data, and with 1,000,000 courses stored beside them."""

import os
import statistics
import tempfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import streamlit as st
from streamlit.testing.v1 import AppTest

from analysis.intake import demonstration
from analysis.store import Contents, Database, Source, add_import
from analysis.store.reference import danish_municipalities, reference_dimensions
from tests.benchmarks.timing import seconds

ROOT = Path(__file__).parents[2]
PAGES = ("pages/overview.py", "pages/social_groups.py", "pages/municipalities.py", "pages/upload.py")
COURSES = 1_000_000
RUNS = 15


def many_courses(number: int) -> Contents:
    """As many courses as asked for, spread over 24 offers and two years."""
    rng = np.random.default_rng(2)
    places = np.array(danish_municipalities()[:6])[np.arange(number) % 6]
    day = np.datetime64("2014-12-01") + rng.integers(0, 760, number).astype("timedelta64[D]")
    offer = np.char.add("Tilbud ", (np.arange(number) % 24).astype(str))
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
    return Contents(courses=pa.table(columns), dimensions=tuple(reference_dimensions()))


def times(path: Path) -> dict[str, float]:
    """The median time of a rerun of each page over this database, in milliseconds."""
    os.environ["LIGE_ADGANG_DATABASE"] = str(path)
    st.cache_data.clear()
    st.cache_resource.clear()
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["data"] = "demonstration"
    app.run()
    found = {}
    for page in PAGES:
        app.switch_page(page).run()
        assert not app.exception
        found[page] = 1000 * statistics.median(seconds(app.run) for _ in range(RUNS))
    from pages.parts import session

    session.open_database().close()
    return found


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder) / "small.duckdb", Path(folder) / "large.duckdb"
        for path in (small, large):
            database = Database(path)
            demonstration.load(database)
            if path == large:
                taken = seconds(
                    lambda database=database: add_import(database, many_courses(COURSES), Source("many.xlsx", "many"))
                )
                print(f"{COURSES:,} courses made and stored in {taken:.1f} s")
            database.close()
        few, many = times(small), times(large)
    for page in PAGES:
        ratio = many[page] / few[page]
        print(f"rerun of {page}: {few[page]:.0f} ms; with {COURSES:,} courses {many[page]:.0f} ms, {ratio:.2f} times")
    print("target: 150 ms, and no slower with a million")


if __name__ == "__main__":
    main()
