"""Imports that take the place of others, are taken back and brought back; what was kept, and for how long."""

import datetime as dt
from typing import Any

import pytest

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN
from analysis.store import Database, ImportMode, Source
from tests.store.test_imports import contents, women


def add(
    database: Database, name: str, *citizens: str, month: int = 3, mode: ImportMode = ImportMode.NEW
) -> store.ImportRecord:
    source = Source(f"{name}.xlsx", name)
    return store.add_import(
        database,
        contents(*citizens, month=month),
        source,
        mode=mode,
        original=name.encode(),
        by=NOBODY_SIGNED_IN,
    )


def test_an_import_takes_the_place_of_another_in_the_same_periods_only(database: Database) -> None:
    add(database, "march", "a", "b")
    add(database, "april", "c", month=4)
    add(database, "march again", "d", "e", "f", mode=ImportMode.REPLACE)
    assert women(database) == {"unadjusted": (4, 4, 3)}


def test_taking_the_later_one_back_shows_the_earlier_one_again(database: Database) -> None:
    add(database, "march", "a", "b")
    later = add(database, "march again", "d", "e", "f", mode=ImportMode.REPLACE)
    store.undo_import(database, later.import_id, by=NOBODY_SIGNED_IN)
    assert women(database) == {"unadjusted": (2, 2, 1)}
    store.redo_import(database, later.import_id, by=NOBODY_SIGNED_IN)
    assert women(database) == {"unadjusted": (3, 3, 2)}


def test_an_import_is_taken_back_though_there_are_later_ones(database: Database) -> None:
    first = add(database, "march", "a", "b")
    add(database, "april", "c", month=4)
    store.undo_import(database, first.import_id, by=NOBODY_SIGNED_IN)
    assert women(database) == {"unadjusted": (1, 1, 1)}
    store.redo_import(database, first.import_id, by=NOBODY_SIGNED_IN)
    assert women(database) == {"unadjusted": (3, 3, 2)}


def test_what_others_have_come_to_cover_is_not_brought_back_over_them(database: Database) -> None:
    first = add(database, "march", "a", "b")
    store.undo_import(database, first.import_id, by=NOBODY_SIGNED_IN)
    add(database, "other march", "c")
    with pytest.raises(store.PeriodsOverlap) as raised:
        store.redo_import(database, first.import_id, by=NOBODY_SIGNED_IN)
    assert [one.file_name for one in raised.value.overlaps] == ["other march.xlsx"]
    assert women(database) == {"unadjusted": (1, 1, 1)}


def test_what_was_never_taken_back_cannot_be_brought_back(database: Database) -> None:
    with pytest.raises(store.NothingToBringBack):
        store.redo_import(database, add(database, "march", "a").import_id, by=NOBODY_SIGNED_IN)


def test_a_dry_run_shows_what_will_be_and_leaves_no_trace(database: Database) -> None:
    first = add(database, "march", "a", "b")
    given = contents("c", month=4)
    version = database.version()
    source = Source("april.xlsx", "april")
    asks: dict[str, Any] = {"by": NOBODY_SIGNED_IN, "disclosure_level": AS_THEY_ARE}
    found = [
        *store.preview_import(database, given, store.counts_of(given), source, mode=ImportMode.NEW, **asks),
        *store.preview_undone(database, first.import_id, undone=True, synthetic=False, **asks),
    ]
    took_part = [int(one.counts["sex"]["participated"].sum()) if one.counts else 0 for one in found]
    assert took_part == [2, 3, 2, 0]
    assert women(database) == {"unadjusted": (2, 2, 1)}
    assert database.version() == version
    assert add(database, "may", "d", month=5).import_id == first.import_id + 1


def test_the_file_is_kept(database: Database) -> None:
    add(database, "march", "a", "b")
    assert store.original(database, "march", by=NOBODY_SIGNED_IN) == b"march"
    with database.reading() as cursor:
        rows = cursor.execute("SELECT sheet, row FROM course ORDER BY row").fetchall()
    assert rows == [("Forløb", 2), ("Forløb", 3)]


def taken_back(database: Database, import_id: int, days: int) -> None:
    store.undo_import(database, import_id, by=NOBODY_SIGNED_IN)
    with database.writing() as cursor:
        cursor.execute(
            "UPDATE import SET undone_at = ? WHERE import_id = ?",
            [dt.datetime.now() - dt.timedelta(days=days), import_id],
        )


def test_nothing_is_deleted_before_its_time_has_passed(database: Database) -> None:
    record = add(database, "march", "a")
    taken_back(database, record.import_id, days=364)
    assert store.purge(database, 365) == []
    store.redo_import(database, record.import_id, by=NOBODY_SIGNED_IN)
    assert women(database) == {"unadjusted": (1, 1, 1)}


def test_what_was_taken_back_long_ago_is_deleted_with_its_file_and_its_record_stays(database: Database) -> None:
    record = add(database, "march", "a")
    other = add(database, "april", "b", month=4)
    taken_back(database, record.import_id, days=366)
    assert store.purge(database, 365) == [record.import_id]
    assert store.original(database, "march", by=NOBODY_SIGNED_IN) is None
    assert store.original(database, "april", by=NOBODY_SIGNED_IN) == b"april"
    with database.reading() as cursor:
        assert cursor.execute("SELECT DISTINCT import_id FROM course").fetchall() == [(other.import_id,)]
    assert store.history(database)[-1].purged_at is not None
    assert store.check_journal(database) == []
    with pytest.raises(store.NothingToBringBack):
        store.redo_import(database, record.import_id, by=NOBODY_SIGNED_IN)
