"""An import is stored whole or not at all, is known again, and can be undone; many read while one writes."""

import datetime as dt
import subprocess
import sys
import threading
from pathlib import Path

import pyarrow as pa
import pytest

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN
from analysis.model.terms import EVERYTHING, Part, Subject
from analysis.store import Database, ImportPayload, Source
from tests.support.counts import counts_by_phase

D = dt.date


def contents(*citizens: str, offer: str = "Rygestop", month: int = 3) -> ImportPayload:
    """One course a citizen, all begun in the same month of 2015; every second one completed."""
    number = len(citizens)
    day = D(2015, month, 2)
    courses = pa.table(
        {
            "sheet": ["Forløb"] * number,
            "row": pa.array(range(2, number + 2), pa.int32()),
            "municipality": ["Aarhus"] * number,
            "offer": [offer] * number,
            "citizen": list(citizens),
            "invited": [True] * number,
            "participated": [True] * number,
            "completed": [position % 2 == 0 for position in range(number)],
            "invited_on": [day] * number,
            "started_on": [day] * number,
            "completed_on": pa.nulls(number, pa.date32()),
            "outcome": pa.nulls(number, pa.string()),
            "counted_on": [day] * number,
            "sex": ["woman"] * number,
        }
    )
    periods = pa.table(
        {
            "municipality": ["Aarhus"],
            "offer": [offer],
            "period_start": [D(2015, month, 1)],
            "period_end": [D(2015, month + 1, 1)],
        }
    )
    periods = periods.append_column("dimension", pa.nulls(len(periods), pa.string()))
    return ImportPayload(courses=courses, dimensions=("sex",), periods=periods)


def adjusted(day: dt.date, offer: str = "Rygestop", title: str = "Opkald") -> ImportPayload:
    row = {
        "sheet": "Justeringer",
        "row": 2,
        "municipality": "Aarhus",
        "offer": offer,
        "adjusted_on": day,
        "title": title,
    }
    more = {"what_changed": "", "aim": "both", "citizens_involved": True, "staff_involved": True}
    return ImportPayload(adjustments=pa.Table.from_pylist([row | more]))


def add(database: Database, given: ImportPayload, name: str, *, synthetic: bool = False) -> store.ImportRecord:
    return store.add_import(database, given, Source(f"{name}.xlsx", name, synthetic=synthetic), by=NOBODY_SIGNED_IN)


def women(database: Database) -> dict[str, tuple[int, int, int]]:
    counts = counts_by_phase(database, AS_THEY_ARE, dimension="sex", synthetic=False)
    by_phase = counts.groupby("phase")[["invited", "participated", "completed"]].sum()
    return {row.Index: (row.invited, row.participated, row.completed) for row in by_phase.itertuples()}


def test_courses_become_counts(database: Database) -> None:
    record = add(database, contents("a", "b", "c"), "march")
    assert (record.courses, record.undone_at) == (3, None)
    assert women(database) == {"unadjusted": (3, 3, 2)}


def test_the_same_file_is_known_again(database: Database) -> None:
    add(database, contents("a"), "march")
    with pytest.raises(store.AlreadyImported):
        add(database, contents("a"), "march")
    assert len(store.history(database)) == 1


def test_an_import_that_is_undone_counts_no_more_and_can_come_back(database: Database) -> None:
    record = add(database, contents("a"), "march")
    store.undo_import(database, record.import_id, by=NOBODY_SIGNED_IN)
    assert women(database) == {}
    assert store.history(database)[0].undone_at is not None
    add(database, contents("a"), "march")
    assert women(database) == {"unadjusted": (1, 1, 1)}


def test_a_month_that_is_stored_is_not_stored_twice(database: Database) -> None:
    add(database, contents("a"), "march")
    with pytest.raises(store.PeriodsOverlap) as raised:
        add(database, contents("b"), "march again")
    (overlap,) = raised.value.overlaps
    assert (overlap.offer, overlap.start, overlap.end) == ("Rygestop", D(2015, 3, 1), D(2015, 4, 1))
    assert women(database) == {"unadjusted": (1, 1, 1)}
    add(database, contents("b", month=4), "april")
    assert women(database) == {"unadjusted": (2, 2, 2)}


@pytest.mark.parametrize(
    ("day", "phases"),
    [
        (D(2015, 4, 1), {"before": 1, "after": 1}),
        (D(2015, 4, 2), {"before": 1, "transition": 1}),
        (D(2015, 3, 31), {"transition": 1, "after": 1}),
        (D(2015, 3, 1), {"after": 2}),
    ],
)
def test_the_month_that_straddles_the_adjustment_is_transition(
    database: Database, day: dt.date, phases: dict[str, int]
) -> None:
    add(database, contents("a", month=3), "march")
    add(database, contents("b", month=4), "april")
    add(database, adjusted(day), "adjustment")
    assert {phase: counts[0] for phase, counts in women(database).items()} == phases


def test_the_first_of_several_adjustments_is_the_step(database: Database) -> None:
    add(database, contents("a", month=5), "may")
    add(database, adjusted(D(2015, 4, 1)), "first")
    add(database, adjusted(D(2015, 9, 1), title="Sms"), "second")
    assert list(women(database)) == ["after"]


def test_demonstration_data_and_own_data_never_meet(database: Database) -> None:
    store.add_import(database, contents("a"), Source("demo.xlsx", "demo", synthetic=True), by=NOBODY_SIGNED_IN)
    add(database, contents("b", "c"), "own")
    assert women(database) == {"unadjusted": (2, 2, 1)}
    assert set(store.coverage(database)) == {True, False}


def test_nothing_of_a_failed_import_stays(database: Database) -> None:
    broken = contents("a", "b")
    with pytest.raises(Exception, match="NOT NULL"):
        add(
            database,
            ImportPayload(courses=broken.courses, dimensions=("sex",), offers=offers_without_a_name()),
            "broken",
        )
    assert store.history(database) == []
    assert women(database) == {}
    add(database, contents("a"), "whole")
    assert women(database) == {"unadjusted": (1, 1, 1)}


def offers_without_a_name() -> pa.Table:
    row = {
        "sheet": "Tilbud",
        "row": 2,
        "municipality": "Aarhus",
        "offer": None,
        "kind": None,
        "theme": None,
        "completion_rule": None,
    }
    return pa.Table.from_pylist([row])


def test_many_sessions_read_while_one_writes(database: Database) -> None:
    add(database, contents("a"), "first")
    seen: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(women(database)["unadjusted"][0])

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(8):
        add(database, contents(*"bcdefghij", offer=f"Offer {number}"), str(number))
    done.set()
    for reader in readers:
        reader.join()
    assert set(seen) <= {1 + 9 * number for number in range(9)}  # Never half an import.
    assert women(database)["unadjusted"][0] == 73


def test_the_version_rises_with_every_import_and_undo(database: Database) -> None:
    versions = [database.version()]
    record = add(database, contents("a"), "march")
    versions.append(database.version())
    store.undo_import(database, record.import_id, by=NOBODY_SIGNED_IN)
    versions.append(database.version())
    assert versions == sorted(set(versions))


def test_an_import_makes_only_its_own_part_of_the_data_new(database: Database) -> None:
    """What is remembered of the demonstration, or of the theme days, stays so while a consultant stores courses."""
    own, demonstration, days = (False, Subject.GAPS), (True, Subject.GAPS), (False, Subject.THEME_DAYS)

    def changed() -> set[Part]:
        """The parts whose version is the newest."""
        return {part for part in EVERYTHING if database.version(part) == database.version()}

    courses = add(database, contents("a"), "march")
    assert changed() == {own}
    add(database, contents("a"), "april", synthetic=True)
    assert changed() == {demonstration}
    store.undo_import(database, courses.import_id, by=NOBODY_SIGNED_IN)
    assert changed() == {own}
    request = {"sheet": "Requests", "row": 2, "municipality": "Aarhus", "requested_on": dt.date(2026, 1, 1)}
    request |= {"request": "theme day", "state": "received", "state_on": dt.date(2026, 1, 1), "next_step": ""}
    asked = add(database, ImportPayload(requests=pa.Table.from_pylist([request])), "requests")
    assert changed() == {days}
    store.undo_import(database, asked.import_id, by=NOBODY_SIGNED_IN)
    store.redo_import(database, courses.import_id, by=NOBODY_SIGNED_IN)
    assert changed() == {own}
    before = database.version()
    store.save_mapping(database, "ours", "0" * 64, "{}", by=NOBODY_SIGNED_IN)
    assert database.version() == before


def test_what_is_stored_is_there_after_the_program_starts_again(tmp_path: Path) -> None:
    first = Database(tmp_path / "kept.duckdb")
    add(first, contents("a"), "march")
    first.close()
    again = Database(tmp_path / "kept.duckdb")
    assert women(again) == {"unadjusted": (1, 1, 1)}
    again.close()


def test_a_file_that_another_program_holds_is_told_apart(database: Database, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from analysis.store import Database, DatabaseInUse\n"
        "try: Database(Path(sys.argv[1]))\n"
        "except DatabaseInUse: print('in use')"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "test.duckdb")]
    found = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert found.stdout.strip() == "in use"


def test_a_file_of_a_newer_program_is_not_touched(tmp_path: Path) -> None:
    database = Database(tmp_path / "newer.duckdb")
    with database.writing() as cursor:
        cursor.execute("INSERT INTO schema_version VALUES (999)")
    database.close()
    with pytest.raises(store.DatabaseTooNew):
        Database(tmp_path / "newer.duckdb")
