"""From drop to stored, against what other readers take to read the same file alone; how checks and screens react.

``python -m tests.benchmarks.intake [COURSES…]``: a thousand to a hundred thousand if not said. A workbook of a million
takes some minutes to make, and pandas with openpyxl some to read it.
"""

import datetime as dt
import io
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
from openpyxl import Workbook
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.config import ROOT
from analysis.i18n import wording
from analysis.intake.contract import KINDS
from analysis.intake.fix.corrections import Corrections
from analysis.intake.importing import store
from analysis.intake.lexicon.reference_data import load_reference_data
from analysis.intake.mapping.applied_mapping import apply_mapping
from analysis.intake.mapping.mapping import Mapping
from analysis.intake.mapping.saved_mappings import Decisions
from analysis.intake.read_file import Reading, read
from analysis.intake.validate.prepared import Prepared
from analysis.intake.validate.validation import prepare
from analysis.store import Database
from analysis.store.reference import danish_municipalities, reference_dimensions
from pages.import_wizard.mapping_preview import first_stored
from tests.benchmarks.timing import in_turn, paired, report, seconds

KEYS = ("education", "labour market", "origin", "sex", "age")
SIZES = (1_000, 10_000, 100_000)
RUNS, RUNS_OF_A_MILLION = 5, 1


def workbook(courses: int = 100_000) -> bytes:
    """A workbook of twelve columns with dates, ids and Danish groups."""
    rng = np.random.default_rng(1)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(KINDS["courses"].names["da"])
    wanted = [column for column in KINDS["courses"].columns if column.key not in {"income", "cohabitation"}]
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


def drop_to_findings(content: bytes, database: Database) -> tuple[Reading, Prepared]:
    reading = read(content, "courses.xlsx")
    prepared = prepare(reading, load_reference_data(database))
    assert prepared.faultless
    return reading, prepared


def row_by_row(content: bytes) -> None:
    for _ in CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).iter_rows():
        pass


def whole_lists(content: bytes) -> None:
    CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def with_fastexcel(content: bytes) -> None:
    pl.read_excel(io.BytesIO(content), engine="calamine")


def with_calamine(content: bytes) -> None:
    pd.read_excel(io.BytesIO(content), engine="calamine")


def with_openpyxl(content: bytes) -> None:
    pd.read_excel(io.BytesIO(content), engine="openpyxl")


FINDINGS, STORED, BARE = "findings", "stored", "calamine's bare rows"
PEERS: dict[str, Callable[[bytes], None]] = {
    BARE: row_by_row,
    "calamine's bare lists": whole_lists,
    "polars with fastexcel, reading alone": with_fastexcel,
    "pandas with calamine, reading alone": with_calamine,
    "pandas with openpyxl, reading alone": with_openpyxl,
}


def measure_reading(courses: int) -> bytes:
    """Print the ratios for a workbook of so many courses, and return it."""
    content = workbook(courses)
    numbers = itertools.count()
    with tempfile.TemporaryDirectory() as folder:

        def ours(*, storing: bool) -> float:
            fresh = Database(Path(folder) / f"{next(numbers)}.duckdb")
            start = time.perf_counter()
            reading, prepared = drop_to_findings(content, fresh)
            if storing:
                store(fresh, reading, prepared, Decisions(), content, by=NOBODY_SIGNED_IN)
            taken = time.perf_counter() - start
            fresh.close()
            return taken

        measures = {FINDINGS: lambda: ours(storing=False), STORED: lambda: ours(storing=True)}
        measures |= {name: lambda peer=peer: seconds(lambda: peer(content)) for name, peer in PEERS.items()}
        taken = in_turn(RUNS if courses < 1_000_000 else RUNS_OF_A_MILLION, measures)
        for name in PEERS:
            report(f"{courses:,} x 12, from drop to stored", taken[STORED], taken[name], name)
        limit = "2" if courses >= 100_000 else ""  # Below that, starting two processes is most of it.
        report(f"{courses:,} x 12, from drop to findings", taken[FINDINGS], taken[BARE], BARE, limit)
        memory = _memory(content, Path(folder))
        print(f"  memory at most: {memory}; target for a million rows 3000 MB in all", flush=True)
    return content


MEMORY = """
import re, resource, sys
from pathlib import Path
from tests.benchmarks.intake import drop_to_findings
from analysis.store import Database
drop_to_findings(Path(sys.argv[1]).read_bytes(), Database(Path(sys.argv[1] + ".duckdb")))
own = int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"{own} MB and, in the larger child, {child} MB")
"""


def _memory(content: bytes, folder: Path) -> str:
    """What a process of its own and its children took; a large parent would count as its children's."""
    path = folder / "memory.xlsx"
    path.write_bytes(content)
    command = [sys.executable, "-c", MEMORY, str(path)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


COURSE_FIELDS = ("municipality", "offer", "citizen", "invited_on", "started_on", "completed_on", "education")
COUNT_FIELDS = ("municipality", "offer", "period", "dimension", "group", "invited", "participated", "completed")


def text_file(fields: tuple[str, ...], rows: Iterable[Iterable[object]]) -> Reading:
    """A text file with a column of another name for each field, as read."""
    lines = [[f"Felt {number}" for number in range(len(fields))], *rows]
    return read("\n".join(";".join(map(str, line)) for line in lines).encode(), "file.csv")


def measure_preview(number: int) -> None:
    """Print how long the preview of a mapping takes, against that of all rows."""
    group = reference_dimensions()["education"].groups[0].label("da")
    courses = (
        ("Aarhus", f"Tilbud {row % 19}", f"b-{row:06x}", "2015-03-02", "2015-03-12", "", group) for row in range(number)
    )
    counts = (
        ("Aarhus", f"Tilbud {row // 12}", f"2015-{row % 12 + 1:02}", "Uddannelse", group, 60, 40, 20)
        for row in range(number)
    )
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "preview.duckdb")
        known = load_reference_data(database)
        for form, fields, rows in (("courses", COURSE_FIELDS, courses), ("counts", COUNT_FIELDS, counts)):
            reading = text_file(fields, rows)
            sheet = reading.sheets[0]
            mapping = Mapping(form, {key: f"Felt {at}" for at, key in enumerate(fields)}, sheet=sheet.name)

            def preview(reading: Reading = reading, mapping: Mapping = mapping) -> None:
                shown = first_stored(reading, reading.sheets[0], mapping, known, Corrections(), wording("da"))
                assert shown is not None
                assert not shown.empty

            def whole(reading: Reading = reading, mapping: Mapping = mapping) -> None:
                apply_mapping(reading, mapping, known)

            ours, peer = paired(3, lambda made=preview: seconds(made), lambda made=whole: seconds(made))
            report(f"preview of {number:,} {form}", ours, peer, "mapping all rows")
        database.close()


def measure_unknown(number: int = 5_000) -> None:
    """Print how long the check takes where no group or no offer is known, against a file whose all are."""
    rng = np.random.default_rng(2)
    letters = list("abcdefghijklmnoprstuvyæøå")
    names = [" ".join("".join(rng.choice(letters, length)) for length in rng.integers(3, 10, 2)) for _ in range(number)]
    group = reference_dimensions()["education"].groups[0].label("da")

    def file(offers: Iterable[str], groups: Iterable[str]) -> Reading:
        headers = [KINDS["courses"].column(key).headers[0] for key in COURSE_FIELDS]
        rows = zip(offers, groups, range(number), strict=False)
        lines = [["Aarhus", one, f"b{row}", "2015-03-02", "2015-03-12", "", of] for one, of, row in rows]
        return read("\n".join(map(";".join, [headers, *lines])).encode(), "file.csv")

    numbered = [f"Tilbud {row}" for row in range(number)]
    known_file = file(numbered, itertools.repeat(group))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "unknown.duckdb")
        known = load_reference_data(database)
        for what, reading in (
            ("groups", file(numbered, names)),
            ("offers", file(names, itertools.repeat(group))),
        ):
            ours, peer = paired(
                3,
                lambda made=reading: seconds(lambda: prepare(made, known)),
                lambda: seconds(lambda: prepare(known_file, known)),
            )
            report(f"{number:,} unknown {what}, checked", ours, peer, "the same with known groups")
        database.close()


def measure_screens(content: bytes) -> None:
    """Print how long the check and the mapping screens take to answer with this workbook on them."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LIGE_ADGANG_DATABASE"] = str(Path(folder) / "screens.duckdb")
        test = AppTest.from_file(str(ROOT / "pages" / "main.py"), default_timeout=600).run()
        test.switch_page("upload.py").run()
        test.file_uploader[0].upload("courses.xlsx", content)
        _finish(test)
        _finish(test)
        print(f"  check screen, rerun: {_milliseconds(test):.0f} ms; target 300")
        test.toggle[0].set_value(True)
        print(f"  mapping screen, opened and all rows checked: {_milliseconds(test):.0f} ms")
        _finish(test)
        test.selectbox(key="map_courses_G").select("outcome")
        print(f"  mapping screen, a column chosen and all rows checked: {_milliseconds(test):.0f} ms")
        _finish(test)


def _finish(test: AppTest) -> None:
    test.run()
    while "job" in test.session_state:
        test.session_state["job"].thread.join()
        test.run()
    assert not test.exception, test.exception


def _milliseconds(test: AppTest) -> float:
    start = time.perf_counter()
    test.run()
    return 1000 * (time.perf_counter() - start)


def main(*courses: int) -> None:
    for number in courses or SIZES:
        content = measure_reading(number)
    measure_preview(number)
    measure_unknown()
    measure_screens(content)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
