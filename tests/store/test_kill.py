"""A program that is killed while it stores leaves all of the import or nothing; the journal tells what else went."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis import store
from analysis.auth.roles import AS_THEY_ARE, NOBODY_SIGNED_IN
from analysis.store import Database, Source, journal
from tests.store.test_imports import contents
from tests.support.counts import counts_by_phase
from tests.support.killing import (
    CONTENT,
    Act,
    correcting,
    joining,
    killed,
    listing,
    opened,
    receiving,
    renaming,
    replacing,
    storing,
    undisturbed,
)

pytestmark = pytest.mark.slow

TRIALS, FEWER_TRIALS = 50, 15
"""Kills of an import of new rows, and of each other kind of import."""


@pytest.fixture
def held(tmp_path: Path) -> Path:
    """A database that holds one import."""
    (tmp_path / "held").mkdir()
    database = Database(tmp_path / "held" / "held.duckdb")
    store.add_import(
        database, contents("a", "b", "c"), Source("march.xlsx", "march"), original=b"march", by=NOBODY_SIGNED_IN
    )
    database.close()
    return database.path


def state(database: Database) -> dict[str, Any]:
    """What the database tells, but for the moment of the second import."""
    of_dimension = {
        key: counts_by_phase(database, AS_THEY_ARE, dimension=key, synthetic=False) for key in ("sex", "education")
    }
    records = store.history(database)
    return {
        "counts": {key: counts.to_dict("records") for key, counts in of_dimension.items()},
        "offers": [one.name for one in store.offers(database, synthetic=False)],
        "history": [replace(one, imported_at=records[-1].imported_at) for one in records],
        "first": records[-1],
        "sums": [store.stored_totals(database, one.import_id) for one in records],
        "version": database.version(),
        "originals": [store.original(database, one.sha256, by=NOBODY_SIGNED_IN) for one in records],
    }


@pytest.mark.parametrize("act", [storing, correcting, replacing, renaming, joining, listing, receiving])
def test_a_kill_at_any_moment_leaves_all_of_an_import_or_nothing(held: Path, tmp_path: Path, act: Act) -> None:
    with opened(held) as database:
        before = state(database)
    whole, seconds = undisturbed(act, held, tmp_path / "undisturbed")
    with opened(whole) as database:
        after = state(database)
    assert (after["counts"], after["offers"]) != (before["counts"], before["offers"])
    trials = killed(act, held, tmp_path / "killed", TRIALS if act is storing else FEWER_TRIALS, seconds)
    assert {_judged(path, done, before, after) for path, done in trials} == {"before", "after"}


def _judged(path: Path, done: bool, before: dict[str, Any], after: dict[str, Any]) -> str:
    """Which of the two states the database is in; journal and original must agree with it."""
    with opened(path) as database:
        assert store.check_journal(database) == []
        found = state(database)
        assert found in (before, after)
        assert found == after or not done
        confirmed = {line["import_id"] for line in journal.lines(path)}
        assert confirmed == {one.import_id for one in store.history(database)}
        assert store.original(database, "may", by=NOBODY_SIGNED_IN) in (
            [CONTENT] if found == after else [CONTENT, None]
        )
    return "after" if found == after else "before"


def test_an_old_copy_put_back_is_told(held: Path) -> None:
    old = held.read_bytes()
    with opened(held) as database:
        store.add_import(database, contents("d", month=4), Source("april.xlsx", "april"), by=NOBODY_SIGNED_IN)
        assert store.check_journal(database) == []
    held.write_bytes(old)
    with opened(held) as database:
        (found,) = store.check_journal(database)
    assert (found.what, found.import_id, found.file_name) == ("lost", 2, "april.xlsx")


def test_another_database_in_its_place_is_told(held: Path, tmp_path: Path) -> None:
    with opened(tmp_path / "other.duckdb") as other:
        store.add_import(other, contents("x"), Source("other.xlsx", "other"), by=NOBODY_SIGNED_IN)
    shutil.copy(tmp_path / "other.duckdb", held)
    with opened(held) as database:
        (found,) = store.check_journal(database)
    assert (found.what, found.file_name) == ("other database", "march.xlsx")


def test_rows_that_were_changed_are_told(held: Path) -> None:
    with opened(held) as database:
        with database.writing() as cursor:
            cursor.execute("DELETE FROM course WHERE citizen = 'b'")
        (found,) = store.check_journal(database)
    assert (found.what, found.import_id, found.file_name) == ("changed", 1, "march.xlsx")


@pytest.mark.parametrize("until", [b"", b"import_id", b"\xc3"])
def test_an_import_that_was_stored_and_not_confirmed_is_confirmed_at_the_next_check(held: Path, until: bytes) -> None:
    with opened(held) as database:
        store.add_import(database, contents("d", month=4), Source("forløb.xlsx", "april"), by=NOBODY_SIGNED_IN)
    first, last = journal.path(held).read_bytes().splitlines(keepends=True)
    journal.path(held).write_bytes(first + last[: last.index(until) + len(until)])
    for _ in range(2):
        with opened(held) as database:
            assert store.check_journal(database) == []
        assert [line["import_id"] for line in journal.lines(held)] == [1, 2]


def test_the_next_import_is_confirmed_even_after_a_line_that_was_cut_off(held: Path) -> None:
    with journal.path(held).open("ab") as file:
        file.write(b'{"database": "')
    with opened(held) as database:
        store.add_import(database, contents("d", month=4), Source("april\u2028\x85.xlsx", "april"), by=NOBODY_SIGNED_IN)
    assert [line["import_id"] for line in journal.lines(held)] == [1, 2]
