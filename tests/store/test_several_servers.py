"""Several servers over one database: what one stores the others see, in turn, whole, and whoever is killed."""

import datetime as dt
import json
import os
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.config import Settings, SignIn, WrongSetting
from analysis.store import Database, Event, ImportMode, Source, journal, multi_server, replica
from analysis.store.__main__ import main
from analysis.store.multi_server import SharedDatabase
from tests.store.test_imports import add, contents, women
from tests.support.servers import servers, wait_for

pytestmark = pytest.mark.slow

IMPORTS = 5


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shared.duckdb"


@pytest.fixture
def two(path: Path) -> Iterator[tuple[SharedDatabase, SharedDatabase]]:
    """Two that know nothing of each other but the file."""
    opened = SharedDatabase(path), SharedDatabase(path)
    yield opened
    for one in opened:
        one.close()


def adding(database: Database, *names: str) -> None:
    """Store an import of one course for each name, each of an offer of its own, with a line of the audit between."""
    for name in names:
        add(database, contents("a", offer=name), name)
        store.note(database, NOBODY_SIGNED_IN, Event.WATCH)


def watching(database: Database, until: int) -> set[tuple[int, ...]]:
    """Every state that is seen till so many imports are: the version, the imports, the rows of their counts."""
    seen: set[tuple[int, ...]] = set()

    def is_all() -> bool:
        with database.reading() as cursor:
            query = (
                "(SELECT max(number) FROM data_version), (SELECT count(*) FROM import), (SELECT count(*) FROM counts)"
            )
            seen.update(cursor.execute(f"SELECT {query}").fetchall())
        return max(seen)[1] == until

    wait_for(is_all)
    return seen


def looked(database: Database) -> dict[str, Any]:
    """What a server finds when it looks at everything."""
    return {
        "imports": sorted(one.file_name for one in store.history(database)),
        "women": women(database),
        "journal": store.check_journal(database),
        "audit": store.check_audit(database),
        "altered": store.altered(database),
    }


def test_what_one_server_stores_another_sees_whole(path: Path) -> None:
    with servers(path) as (one, other):
        other.begin(watching, IMPORTS)
        one.ask(adding, *map(str, range(IMPORTS)))
        seen = other.answer()
        assert all(version == imports == counts for version, imports, counts in seen)
        assert other.ask(women) == one.ask(women) == {"unadjusted": (IMPORTS, IMPORTS, IMPORTS)}


def test_servers_that_write_at_once_lose_nothing(path: Path) -> None:
    named = [[f"{server}-{number}" for number in range(IMPORTS)] for server in range(2)]
    with servers(path) as both:
        for server, names in zip(both, named, strict=True):
            server.begin(adding, *names)
        for server in both:
            server.answer()
        wait_for(lambda: len(both[0].ask(store.history)) == 2 * IMPORTS)
        found = both[0].ask(looked)
        assert found["imports"] == sorted(f"{name}.xlsx" for names in named for name in names)
        assert (found["journal"], found["altered"], found["audit"].broken_at) == ([], [], None)
        assert found["audit"].lines == 2 * 2 * IMPORTS
        wait_for(lambda: both[1].ask(looked) == found)
    lines = [json.loads(line) for line in journal.path(path).read_bytes().splitlines()]
    assert [line["import_id"] for line in lines] == list(range(1, 2 * IMPORTS + 1))


def killed_while_writing(database: Database) -> None:
    with database.writing() as cursor:
        cursor.execute("INSERT INTO story VALUES ('half', '{}', 1, current_localtimestamp())")
        os.kill(os.getpid(), signal.SIGKILL)


def killed_after_writing(database: Database) -> None:
    with database.exclusive_lock():
        adding(database, "whole")
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.parametrize(("act", "imports"), [(killed_while_writing, 0), (killed_after_writing, 1)])
def test_a_server_that_is_killed_leaves_its_turn_to_the_others(
    path: Path, act: Callable[[Database], None], imports: int
) -> None:
    with servers(path) as (one, other):
        one.begin(act)
        with pytest.raises(EOFError):
            one.answer()
        wait_for(lambda: len(other.ask(store.history)) == imports)  # Taken out of the log by the other's own look.
        other.ask(adding, "after")
        found = other.ask(looked)
        assert len(found["imports"]) == imports + 1
        assert (found["journal"], found["audit"].broken_at) == ([], None)
        assert other.ask(store.saved_stories) == []


def backing_up(database: Database) -> bool:
    """What the clock of each server does."""
    return store.Maintenance(database, hours=24, daily=7, weekly=4).look(dt.datetime.now()) is not None


def test_two_servers_make_one_backup(path: Path) -> None:
    with servers(path) as both:
        both[0].ask(adding, "march")
        wait_for(lambda: len(both[1].ask(store.history)) == 1)
        for server in both:
            server.begin(backing_up)
        assert sorted(server.answer() for server in both) == [False, True]
    (backup,) = store.backups(store.backups_of(path))
    assert backup.whole


def test_what_is_taken_back_and_deleted_goes_from_every_copy(two: tuple[SharedDatabase, SharedDatabase]) -> None:
    one, other = two
    adding(one, "a", "b")
    wait_for(lambda: len(women(other)) > 0 and women(other) == women(one))
    store.undo_import(other, 1, by=NOBODY_SIGNED_IN)
    wait_for(lambda: women(one) == {"unadjusted": (1, 1, 1)})
    store.redo_import(one, 1, by=NOBODY_SIGNED_IN)
    wait_for(lambda: women(other) == {"unadjusted": (2, 2, 2)})
    store.undo_import(one, 2, by=NOBODY_SIGNED_IN)
    store.purge(one, -1)
    wait_for(lambda: store.history(other)[0].purged_at is not None)
    with other.reading() as cursor:
        assert cursor.execute("SELECT DISTINCT import_id FROM counts").fetchall() == [(1,)]


def test_only_what_is_new_is_copied(tmp_path: Path) -> None:
    stored, copy = Database(tmp_path / "stored.duckdb"), Database(tmp_path / "copy.duckdb")
    add(stored, contents("a"), "first")
    with stored.reading() as there, copy.reading() as here:
        replica.sync_replica(here, there)
        here.execute("UPDATE counts SET invited = 99; UPDATE offer SET kind = 'diet'")  # By which they are known again.
        store.note(stored, NOBODY_SIGNED_IN, Event.WATCH)
        add(stored, contents("a", offer="Kost"), "second")
        store.undo_import(stored, 1, by=NOBODY_SIGNED_IN)
        replica.sync_replica(here, there)
        assert here.execute("SELECT import_id, invited FROM counts ORDER BY 1").fetchall() == [(1, 99), (2, 1)]
        assert copy.version() == stored.version()
        for table in replica.LEFT:
            assert here.execute(f"SELECT count(*) FROM {table}").fetchall() == [(0,)]
    stored.close()
    copy.close()


def test_every_table_is_copied_or_left_on_purpose(database: Database) -> None:
    with database.reading() as cursor:
        tables = {name for (name,) in cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    copied = {*replica.OF_IMPORTS, *replica.OF_CORRECTIONS, *replica.WHOLE, "import", "replacement"}
    known = {*replica.LEFT, *copied, "schema_version"}
    assert tables == known


def test_another_server_counts_what_a_correction_left(two: tuple[SharedDatabase, SharedDatabase]) -> None:
    one, other = two
    add(one, contents("a", "b"), "march")
    given, source = contents("b"), Source("correction.xlsx", "correction")
    found = store.correction_of(other, given, by=NOBODY_SIGNED_IN)
    assert found is not None and found.is_possible
    store.add_import(one, given, source, mode=ImportMode.CORRECT, by=NOBODY_SIGNED_IN)
    wait_for(lambda: len(store.history(other)) == 2)
    assert women(other) == women(one) == {"unadjusted": (2, 2, 2)}


def test_nobody_who_reads_or_tries_waits_for_another_server(two: tuple[SharedDatabase, SharedDatabase]) -> None:
    one, other = two
    adding(one, "a")
    wait_for(lambda: len(store.history(other)) == 1)
    with one.writing():
        assert women(other) == {"unadjusted": (1, 1, 1)}
        with other.dry_run() as (trial, cursor):
            cursor.execute("UPDATE import SET undone_at = current_localtimestamp()")
            assert len(store.offers(trial, synthetic=False)) == 0
        assert len(store.offers(other, synthetic=False)) == 1


def test_a_turn_that_does_not_come_is_told(
    two: tuple[SharedDatabase, SharedDatabase], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multi_server, "PATIENCE", 0.05)
    with two[0].exclusive_lock(), pytest.raises(store.DatabaseInUse):
        SharedDatabase(path)


def test_the_command_line_works_beside_servers_and_a_backup_put_back_is_another_database(
    two: tuple[SharedDatabase, SharedDatabase], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(path))
    monkeypatch.setenv("LIGE_ADGANG_SERVERS", "several")
    one, other = two
    adding(one, "a")
    assert main(["backup"]) == main(["check"]) == 0
    adding(one, "b")
    wait_for(lambda: len(store.history(other)) == 2)
    assert main(["restore", "latest"]) == 0
    with pytest.raises(store.DatabaseStopped):
        adding(one, "c")
    wait_for(lambda: isinstance(other.database_error, store.DatabaseStopped))  # So that the pages open it anew.
    again = SharedDatabase(path)
    assert [one.file_name for one in store.history(again)] == ["a.xlsx"]
    again.close()


def test_a_server_that_starts_leaves_what_others_have_worked_out_as_it_is(
    two: tuple[SharedDatabase, SharedDatabase],
) -> None:
    one, other = two
    adding(one, "a")
    version = one.version()
    assert store.purge(other, 365) == []
    assert one.version() == other.version() == version


def test_a_folder_that_is_gone_is_waited_for(two: tuple[SharedDatabase, SharedDatabase], path: Path) -> None:
    one, _ = two
    adding(one, "a")
    gone = path.parent.rename(path.parent.with_name("gone"))
    with pytest.raises(store.FolderMissing):
        adding(one, "b")
    path.parent.mkdir()  # As a share that is not mounted leaves it.
    with pytest.raises(store.DatabaseMissing):
        adding(one, "b")
    assert not path.exists()
    assert women(one) == {"unadjusted": (1, 1, 1)}
    path.parent.rename(path.parent.with_name("not mounted"))
    gone.rename(path.parent)
    adding(one, "b")
    assert women(one) == {"unadjusted": (2, 2, 2)}


def test_one_server_is_as_ever(path: Path) -> None:
    settings = replace(Settings(), database=path)
    opened = store.opened_by(settings)
    assert type(opened) is Database
    add(opened, contents("a"), "march")
    assert not list(path.parent.glob("*.lock"))
    opened.close()
    opened = store.opened_by(replace(settings, servers="several"))
    assert type(opened) is SharedDatabase
    opened.close()
    with pytest.raises(WrongSetting):
        replace(settings, servers="2")


def test_several_servers_sign_cookies_with_one_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OIDC_METADATA", "ADDRESS"):
        monkeypatch.setenv(f"LIGE_ADGANG_{name}", "https://provider.example")
    for name in ("OIDC_CLIENT", "OIDC_SECRET"):
        monkeypatch.setenv(f"LIGE_ADGANG_{name}", "name")
    assert SignIn().secrets()
    monkeypatch.setenv("LIGE_ADGANG_SERVERS", "several")
    with pytest.raises(WrongSetting, match="COOKIE_SECRET"):
        SignIn().secrets()
    monkeypatch.setenv("LIGE_ADGANG_COOKIE_SECRET", "s" * 32)
    assert SignIn().secrets()["auth"]["cookie_secret"] == "s" * 32
