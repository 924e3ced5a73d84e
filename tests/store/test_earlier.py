"""The data as they were on an earlier day: later imports, corrections and lists are left out."""

import datetime as dt
from dataclasses import replace

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.store import Database, ImportMode
from tests.store.test_corrections import JUNE, Counts, add, add_list, counted

TODAY = dt.date.today()
OLD = TODAY - dt.timedelta(days=100)
BETWEEN = TODAY - dt.timedelta(days=50)


def stored_on(database: Database, import_id: int, day: dt.date) -> None:
    with database.writing() as cursor:
        cursor.execute("UPDATE import SET imported_at = ? WHERE import_id = ?", [day, import_id])


def on(database: Database, day: dt.date) -> Counts:
    with store.as_of(database, day) as trial:
        return counted(trial)  # type: ignore[arg-type]


def test_what_was_stored_since_did_not_count_then(database: Database) -> None:
    stored_on(database, add(database, "june", JUNE), OLD)
    then = counted(database)
    add(database, "correction", [replace(JUNE[2], group="man", completed=True)], ImportMode.CORRECT)
    add(database, "more", [replace(one, citizen=f"m{one.citizen}") for one in JUNE], ImportMode.ADD)
    add_list(database, "answers", {"b0": "basic school"}, "education")
    now = counted(database)
    assert now != then
    assert on(database, BETWEEN) == then
    assert on(database, OLD - dt.timedelta(days=1)) == {}
    assert counted(database) == now


def test_what_was_taken_back_since_counted_then(database: Database) -> None:
    first = add(database, "june", JUNE)
    stored_on(database, first, OLD)
    then = counted(database)
    store.undo_import(database, first, by=NOBODY_SIGNED_IN)
    assert counted(database) == {}
    assert on(database, BETWEEN) == then
    assert counted(database) == {}


def test_what_was_taken_back_before_did_not_count_then(database: Database) -> None:
    first = add(database, "june", JUNE)
    stored_on(database, first, OLD)
    store.undo_import(database, first, by=NOBODY_SIGNED_IN)
    with database.writing() as cursor:
        cursor.execute("UPDATE import SET undone_at = ? WHERE import_id = ?", [OLD, first])
    assert on(database, BETWEEN) == {}
