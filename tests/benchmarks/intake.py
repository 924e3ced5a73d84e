"""A workbook of 100,000 courses: read, checked and stored, against what python-calamine alone takes to read it."""

import datetime as dt
import io
import itertools
import tempfile
from pathlib import Path

import numpy as np
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from analysis.intake.contract import COURSES
from analysis.intake.known import known
from analysis.intake.preparing import prepare
from analysis.intake.reading import read
from analysis.store import Database, Source, add_import
from analysis.store.reference import danish_municipalities, reference_dimensions
from tests.benchmarks.timing import paired, report, seconds

COURSES_IN_FILE = 100_000
KEYS = ("education", "labour market", "origin", "sex", "age")
RUNS = 5


def workbook(courses: int = COURSES_IN_FILE) -> bytes:
    """A workbook of twelve columns with dates, ids and Danish groups."""
    rng = np.random.default_rng(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(COURSES.names[0])
    wanted = [column for column in COURSES.columns if column.key not in {"income", "cohabitation"}]
    sheet.append([column.headers[0] for column in wanted])
    groups = [[group.label("da") for group in reference_dimensions()[key].groups] for key in KEYS]
    for number in range(courses):
        invited = dt.date(2014, 12, 1) + dt.timedelta(days=int(rng.integers(760)))
        started = invited + dt.timedelta(days=14) if rng.random() < 0.6 else None
        completed = started + dt.timedelta(days=70) if started and rng.random() < 0.6 else None
        chosen = [names[rng.integers(len(names))] for names in groups]
        place = danish_municipalities()[number % 6]
        sheet.append([place, f"Tilbud {number % 19}", f"b-{number:06x}", invited, started, completed, None, *chosen])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def main() -> None:
    content = workbook()
    numbers = itertools.count()
    with tempfile.TemporaryDirectory() as folder:

        def ours() -> None:
            database = Database(Path(folder) / f"{next(numbers)}.duckdb")
            reading = read(content, "courses.xlsx")
            prepared = prepare(reading, known(database))
            assert prepared.faultless
            add_import(database, prepared.contents, Source("courses.xlsx", reading.sha256))
            database.close()

        def bare() -> None:
            CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()

        taken, peer = paired(RUNS, lambda: seconds(ours), lambda: seconds(bare))
    report(f"{COURSES_IN_FILE:,} courses read, checked, stored", taken, peer, "python-calamine's bare read", "2.5")


if __name__ == "__main__":
    main()
