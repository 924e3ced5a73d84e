"""Each page after a choice that nobody made before, on the server: the same offers with ever more courses stored.

``python -m tests.benchmarks.rerun [COURSES…]``: a thousand to ten million if not said, which takes minutes to store.
"""

import datetime as dt
import itertools
import logging
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from streamlit.testing.v1 import AppTest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.demonstration import SAMPLES
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.read_file import read
from analysis.intake.validate.validation import prepare
from analysis.model.terms import Rate, Understanding
from analysis.store import Database, ImportPayload, Source, add_import
from analysis.store.reference import danish_municipalities, reference_dimensions
from tests.benchmarks.results import keep
from tests.benchmarks.timing import seconds

ROOT = Path(__file__).parents[2]
PAGES = ("overview", "social_groups", "stages", "municipalities", "adjustments", "over_time", "methods")
BESIDE_GAPS = ("spread", "understandings", "actions", "requests", "municipality", "theme_day")
"""Pages of the theme days, which set gaps beside, of whatever period."""
COURSES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
AT_ONCE = 1_000_000
RUNS = 9
FLAT = 1.3
"""How many times longer a page may take over the most courses than over the fewest."""
PERIODS = [
    {"from": str(first), "to": str(last)}
    for first in np.arange("2014-12", "2015-11", dtype="datetime64[M]")
    for last in np.arange("2016-12", "2016-01", -1, dtype="datetime64[M]")
][1:]
"""A year and more about the adjustments; each is chosen on one page, so that nothing of it is remembered."""
QUESTIONS = [
    {"understanding": understanding, "rate": rate, "dimension": dimension}
    for understanding, rate in itertools.product(Understanding, Rate)
    for dimension in reference_dimensions()
    if (understanding, rate) != (Understanding.GAP, Rate.COMPLETION)
]


def many_courses(number: int, seed: int = 2) -> ImportPayload:
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
        "counted_on": pa.array(day),
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
    return ImportPayload(
        courses=pa.table(columns),
        dimensions=tuple(reference_dimensions()),
        adjustments=pa.Table.from_pylist(adjustments),
    )


def stored(path: Path, courses: int) -> None:
    """A database of own data: so many courses at the same 24 offers, and the theme days of the demonstration."""
    database = Database(path)
    for number, start in enumerate(range(0, courses, AT_ONCE)):
        given = many_courses(min(AT_ONCE, courses - start), seed=number)
        if number:
            assert given.courses is not None
            place = given.courses.column_names.index("offer")
            same = pc.replace_substring(given.courses["offer"], f"Tilbud {number}-", "Tilbud 0-")
            given = replace(given, courses=given.courses.set_column(place, "offer", same), adjustments=None)
        source = Source(f"{number}.xlsx", str(number))
        taken = seconds(lambda given=given, source=source: add_import(database, given, source, by=NOBODY_SIGNED_IN))
        print(f"{start:,} courses and {given.rows('courses'):,} more stored in {taken:.1f} s", flush=True)
    sample = next(SAMPLES.glob("temadage*.xlsx"))
    days = prepare(read(sample.read_bytes(), sample.name), load_reference_data(database)).contents
    add_import(database, days, Source(sample.name, sample.name), by=NOBODY_SIGNED_IN)
    database.close()


def answer(path: Path, asked: Connection) -> None:
    """A process with the app over this database: the seconds from choices on a page to the whole page, till None."""
    os.environ["LIGE_ADGANG_DATABASE"] = str(path)
    logging.disable(logging.WARNING)  # Streamlit warns at each choice that there is no browser.
    app = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=120).run()
    shown = PAGES[0]
    while (one := asked.recv()) is not None:
        page, choices = one
        if page != shown:
            app.switch_page(f"{page}.py").run()
            shown = page
        for key, value in choices.items():
            app.session_state[key] = value
        taken = seconds(app.run)
        assert not app.exception, app.exception
        asked.send(taken)
    from pages.components import process

    process.open_database().close()


@contextmanager
def answering(path: Path) -> Iterator[Connection]:
    spawn = get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=answer, args=(path, there))
    process.start()
    there.close()  # So that a process that has ended is noticed here.
    try:
        yield here
        here.send(None)
    finally:
        process.join(20)
        process.kill()


Taken = dict[int, float]
"""The median milliseconds of a page, by the number of courses."""


def ask(apps: dict[int, Connection], page: str, choices: list[dict[str, str]]) -> Taken:
    """Each choice made in each of the apps in turn, so that a change in the machine's speed strikes all."""
    found: dict[int, list[float]] = {courses: [] for courses in apps}
    for choice in choices:
        for courses, app in apps.items():
            app.send((page, choice))
            found[courses].append(1000 * app.recv())
    return {courses: statistics.median(taken) for courses, taken in found.items()}


def tell(page: str, first: Taken, again: Taken) -> None:
    """Print and keep how a page went; ``again`` is the same choices, remembered."""
    few, many = min(first), max(first)
    ratio = first[many] / first[few]
    each = ", ".join(f"{courses:,}: {taken:.0f} ms" for courses, taken in first.items())
    print(f"{page}: {each}; {ratio:.2f} times, target {FLAT}; remembered {again[many]:.0f} ms", flush=True)
    beside = f"{each}; remembered {again[few]:.0f} to {again[many]:.0f} ms"
    name = f"{page} after a choice new to all, {many:,} courses"
    keep(name, first[many], unit="ms", peer=first[few], peer_name=f"{few:,} courses", target=str(FLAT), beside=beside)


def main(*courses: int) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        paths = {number: Path(folder) / f"{number}.duckdb" for number in sorted(courses or COURSES)}
        for number, path in paths.items():
            stored(path, number)
        apps = {number: running.enter_context(answering(path)) for number, path in paths.items()}
        unread = [{"dimension": key} for key in list(reference_dimensions())[1:]]
        tell("overview, counts read from the database", ask(apps, "overview", unread), ask(apps, "overview", unread))
        for pages, choices in ((PAGES, iter(PERIODS)), (BESIDE_GAPS, iter(QUESTIONS))):
            for page in pages:
                ask(apps, page, [{}])
                chosen = list(itertools.islice(choices, RUNS))
                assert len(chosen) == RUNS
                tell(page, ask(apps, page, chosen), ask(apps, page, chosen))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
