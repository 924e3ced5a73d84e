"""A backup is whole whatever goes on meanwhile, and comes back whole; the earlier ones stay until it is."""

import datetime as dt
import os
import resource
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.config import ROOT
from analysis.store import Backup, Database, Maintenance, Source, journal
from analysis.store.__main__ import main
from analysis.store.connection import newest_schema
from analysis.store.integrity.backups import ASKED_FOR, BEFORE_UPGRADE, SCHEDULED, UNFINISHED, to_keep
from tests.store.test_imports import contents, women
from tests.support.killing import backing_up, killed, opened, restoring, undisturbed, upgrading

NOW = dt.datetime(2026, 3, 2, 3, 0)
TRIALS = 5


def add(database: Database, month: int, *citizens: str) -> store.ImportRecord:
    name = f"{month}.xlsx"
    return store.add_import(
        database,
        contents(*citizens, month=month),
        Source(name, f"digest {month}"),
        original=name.encode(),
        by=NOBODY_SIGNED_IN,
    )


@pytest.fixture
def held(tmp_path: Path) -> Path:
    (tmp_path / "held").mkdir()
    return with_a_backup(tmp_path / "held" / "held.duckdb")


def with_a_backup(path: Path) -> Path:
    """A database with one import and a backup of it, and a second import since."""
    with opened(path) as database:
        add(database, 3, "a", "b", "c")
        store.make_backup(database)
        add(database, 4, "d")
    return path


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """The system lets no file grow beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def newest(path: Path) -> Backup:
    return store.backups(store.backups_of(path))[0]


def test_a_backup_holds_all_that_the_database_holds(database: Database) -> None:
    add(database, 3, "a", "b", "c")
    store.undo_import(database, add(database, 4, "d").import_id, by=NOBODY_SIGNED_IN)
    store.save_mapping(database, "ours", "0" * 64, "{}", by=NOBODY_SIGNED_IN)
    made = store.make_backup(database)
    assert made.is_intact()
    described = [
        "SELECT table_name, sql FROM duckdb_tables() ORDER BY ALL",
        "SELECT view_name, sql FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
        "SELECT function_name, macro_definition FROM duckdb_functions() WHERE NOT internal ORDER BY ALL",
        "SELECT table_name, constraint_text FROM duckdb_constraints() ORDER BY ALL",
        "SELECT * EXCLUDE (understood) FROM import ORDER BY ALL",
        "SELECT * FROM course ORDER BY ALL",
        "SELECT * FROM identity",
        "SELECT * FROM data_version",
        "SELECT name FROM saved_mapping",
        "SELECT nextval('import_number')",
    ]
    database.close()
    with duckdb.connect(str(database.path)) as before, duckdb.connect(str(made.database)) as after:
        for query in described:
            found = after.execute(query).fetchall()
            assert found == before.execute(query).fetchall()
            assert found


def test_a_backup_made_while_imports_are_stored_is_of_one_moment(database: Database) -> None:
    def store_all() -> None:
        for month in range(2, 12):
            add(database, month, *map(str, range(200)))

    add(database, 1, "a")
    writer = threading.Thread(target=store_all)
    writer.start()
    made = [store.make_backup(database)]
    while writer.is_alive():
        made.append(store.make_backup(database))
    writer.join()
    assert len({len(one.imports) for one in made}) > 1
    for one in made:
        folder = database.path.parent / "back"
        folder.mkdir()
        store.restore(folder / "back.duckdb", replace(one, folder=one.folder))
        with opened(folder / "back.duckdb") as back:
            assert store.check_journal(back) == []
            assert len(store.history(back)) == len(one.imports)
        shutil.rmtree(folder)


def test_the_connection_of_the_app_reaches_no_file_but_its_own_and_the_backups(
    database: Database, tmp_path: Path
) -> None:
    (tmp_path / "secret.csv").write_text("a\n1")
    for statement in (
        f"ATTACH '{tmp_path / 'other.duckdb'}' AS other",
        f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')",
        f"COPY identity TO '{tmp_path / 'out.csv'}'",
        f"COPY identity TO '{database.backups}/../out.csv'",
        "SET enable_external_access = true",
        "SET allowed_directories = ['/']",
        "INSTALL httpfs",
    ):
        with pytest.raises(duckdb.Error), database.reading() as cursor:
            cursor.execute(statement)
    assert {one.name for one in tmp_path.iterdir()} - {"test.duckdb.wal"} == {"secret.csv", "test.duckdb"}


def test_where_there_is_no_room_the_earlier_backups_stay_and_it_is_told(held: Path) -> None:
    first = newest(held)
    with opened(held) as database:
        maintenance = Maintenance(database, hours=24, daily=1, weekly=1)
        assert maintenance.look(first.made_at + dt.timedelta(hours=23)) is None
        assert maintenance.failed is None
        with no_file_above(100_000):
            assert maintenance.look(first.made_at + dt.timedelta(hours=24)) is None
        assert isinstance(maintenance.failed, store.DiskFull)
        assert [one.name for one in store.backups(database.backups)] == [first.name]
        assert list(database.backups.glob(f"{UNFINISHED}*")) == []
        assert women(database)["unadjusted"] == (4, 4, 3)
        made = maintenance.look(first.made_at + dt.timedelta(hours=24))
        assert made is not None
        assert maintenance.failed is None
        assert len(made.imports) == 2


def test_the_clock_backs_up_only_what_holds_something(database: Database) -> None:
    maintenance = Maintenance(database, hours=24, daily=7, weekly=4)
    assert maintenance.look(NOW) is None
    add(database, 3, "a")
    assert maintenance.look(NOW) is not None


def test_the_clock_runs_in_a_thread_until_the_database_is_closed(held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.store.maintenance.FIRST_LOOK", dt.timedelta())
    shutil.rmtree(store.backups_of(held))
    database = Database(held)
    assert Maintenance(database, hours=0, daily=7, weekly=4).start() is None
    thread = Maintenance(database, hours=24, daily=7, weekly=4).start()
    assert thread is not None
    while not store.backups(database.backups):
        thread.join(0.01)
        assert thread.is_alive()
    database.close()
    thread.join()


def test_of_the_last_days_and_weeks_the_newest_backup_is_kept() -> None:
    one = Backup(Path(), NOW, SCHEDULED, 1, "", True, {}, "", [], {})
    days = [NOW - dt.timedelta(days=number) for number in range(60)]
    made = [
        replace(one, folder=Path(f"{day:%m-%d} {hour}"), made_at=day.replace(hour=hour))
        for day in days
        for hour in (3, 15)
    ]
    made += [
        replace(one, folder=Path(f"upgrade {day}"), why=BEFORE_UPGRADE, made_at=NOW - dt.timedelta(days=day))
        for day in (70, 90)
    ]
    made += [replace(one, folder=Path("mine"), why=ASKED_FOR, made_at=NOW - dt.timedelta(days=400))]
    kept = to_keep(made, daily=3, weekly=3)
    assert kept == {"03-02 15", "03-01 15", "02-28 15", "02-22 15", "upgrade 70", "mine"}


def test_what_is_rotated_out_takes_its_uploaded_files_along(database: Database) -> None:
    first = add(database, 3, "a")
    maintenance = Maintenance(database, hours=1, daily=1, weekly=1)
    assert maintenance.look(NOW) is not None
    add(database, 4, "b")
    store.undo_import(database, first.import_id, by=NOBODY_SIGNED_IN)
    with database.writing() as cursor:
        cursor.execute("UPDATE import SET undone_at = undone_at - INTERVAL 2 DAY WHERE import_id = 1")
    store.purge(database, 1)
    assert maintenance.look(dt.datetime.now() + dt.timedelta(hours=2)) is not None
    assert len(store.backups(database.backups)) == 1
    assert [one.name for one in (database.backups / "originals").iterdir()] == ["digest 4"]


def test_what_comes_back_is_the_database_and_it_is_told_what_is_missing(held: Path) -> None:
    replaced = held.read_bytes()
    backup = newest(held)
    shutil.rmtree(held.with_name("held.duckdb.originals"))
    (held.with_name("held.duckdb.originals")).mkdir()
    held.with_name("held.duckdb.originals").joinpath("digest 4").write_bytes(b"4.xlsx")
    restored = store.restore(held, backup)
    assert (restored.aside / held.name).read_bytes() == replaced
    assert [(one.import_id, one.file_name) for one in restored.given_up] == [(2, "4.xlsx")]
    assert [(one.name, one.read_bytes()) for one in restored.files] == [("2 4.xlsx", b"4.xlsx")]
    with opened(held) as database:
        assert women(database)["unadjusted"] == (3, 3, 2)
        assert store.original(database, "digest 3", by=NOBODY_SIGNED_IN) == b"3.xlsx"
        (told,) = store.check_journal(database)
        assert (told.what, told.file_name) == ("given up", "4.xlsx")
        store.purge(database, 1)
        assert store.original(database, "digest 4", by=NOBODY_SIGNED_IN) == b"4.xlsx"
        assert add(database, 5, "e").import_id == 2
        assert store.check_journal(database) == [told]
        add(database, 4, "d")
        assert store.check_journal(database) == []
        assert women(database)["unadjusted"] == (5, 5, 4)


def test_a_restore_can_itself_be_taken_back(held: Path) -> None:
    with opened(held) as database:
        later = store.make_backup(database)
    store.restore(held, store.backups(store.backups_of(held))[-1])
    assert store.restore(held, later).given_up == []
    with opened(held) as database:
        assert store.check_journal(database) == []
        assert len(store.history(database)) == 2


def test_a_backup_that_is_damaged_is_not_put_back(held: Path) -> None:
    before = held.read_bytes()
    backup = newest(held)
    with opened(held) as database:
        second = store.make_backup(database)
    content = bytearray(second.database.read_bytes())
    content[len(content) // 2] ^= 255
    second.database.write_bytes(content)
    with pytest.raises(store.BackupFailed):
        store.restore(held, second)
    assert held.read_bytes() == before
    assert not held.with_name("held.duckdb.restoring").exists()
    best = store.best_backup(store.backups_of(held))
    assert best is not None
    assert best.name == backup.name


COUNTED_ON = 15
"""The step of the schema since which courses state the day that they count on."""


def older(path: Path, schema: int) -> None:
    """A database as the program made it when it knew so many steps of the schema, with an import."""
    migrations = sorted((ROOT / "analysis" / "store" / "migrations").glob("*.sql"))[:schema]
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)")
        for number, migration in enumerate(migrations, start=1):
            connection.execute(migration.read_text(encoding="utf-8"))
            connection.execute("INSERT INTO schema_version VALUES (?)", [number])
        connection.execute(
            "INSERT INTO import (file_name, sha256, synthetic, courses, counts, offers, adjustments) "
            "VALUES ('old.xlsx', 'old', false, 1, 0, 0, 0)"
        )
        connection.execute(
            "INSERT INTO course BY NAME SELECT 1 AS import_id, 'Forløb' AS sheet, 2 + number AS row, "
            "'Aarhus' AS municipality, 'Rygestop' AS offer, number AS citizen, true AS invited, true AS participated, "
            "true AS completed, DATE '2015-03-02' AS invited_on, DATE '2015-03-02' AS started_on, "
            "MAP {'sex': 'woman'} AS groups FROM range(20000) AS t(number)"
        )
        if schema >= COUNTED_ON:
            connection.execute("UPDATE course SET counted_on = invited_on")


@pytest.mark.parametrize("schema", [1, newest_schema() - 1])
def test_an_upgrade_is_preceded_by_a_backup_of_the_old_schema(tmp_path: Path, schema: int) -> None:
    older(tmp_path / "old.duckdb", schema)
    with opened(tmp_path / "old.duckdb") as database:
        (made,) = store.backups(database.backups)
        assert len(store.history(database)) == 1
    assert (made.why, made.schema, list(made.imports)) == (BEFORE_UPGRADE, schema, ["1"])
    with opened(tmp_path / "old.duckdb") as database:
        assert len(store.backups(database.backups)) == 1
    store.restore(database.path, made)
    with duckdb.connect(str(database.path), read_only=True) as back:
        assert back.execute("SELECT max(version) FROM schema_version").fetchone() == (schema,)
        assert back.execute("SELECT count(*) FROM course").fetchone() == (20_000,)


def test_without_room_for_the_backup_there_is_no_upgrade(tmp_path: Path) -> None:
    older(tmp_path / "old.duckdb", 2)
    with no_file_above(50_000), pytest.raises(store.DiskFull):
        Database(tmp_path / "old.duckdb")
    with duckdb.connect(str(tmp_path / "old.duckdb"), read_only=True) as still:
        assert still.execute("SELECT max(version) FROM schema_version").fetchone() == (2,)


@pytest.mark.slow
def test_a_kill_during_a_backup_leaves_the_earlier_ones_or_one_more(held: Path, tmp_path: Path) -> None:
    _, seconds = undisturbed(backing_up, held, tmp_path / "undisturbed")
    trials = killed(backing_up, held, tmp_path / "killed", TRIALS, seconds)
    assert {after_a_backup(path, done) for path, done in trials} == {1, 2}


def after_a_backup(path: Path, done: bool) -> int:
    """How many backups there are, all whole; another is made after that."""
    found = store.backups(store.backups_of(path))
    assert all(one.is_intact() for one in found)
    assert len(found) == 2 if done else len(found) in {1, 2}
    with opened(path) as database:
        assert store.check_journal(database) == []
        assert len(store.make_backup(database).imports) == 2
        assert list(database.backups.glob(f"{UNFINISHED}*")) == []
    return len(found)


@pytest.mark.slow
def test_a_kill_during_a_restore_leaves_one_database_or_the_other_or_none_and_can_be_gone_on_with(
    held: Path, tmp_path: Path
) -> None:
    _, seconds = undisturbed(restoring, held, tmp_path / "undisturbed")
    trials = killed(restoring, held, tmp_path / "killed", TRIALS, seconds)
    assert {1, 2} <= {after_a_restore(path, done) for path, done in trials}


def after_a_restore(path: Path, done: bool) -> int:
    """How many imports there are, 0 where there was no database any more; then the restore is done again."""
    try:
        with opened(path) as database:
            found = len(store.history(database))
            differences = store.check_journal(database)
    except store.DatabaseMissing:
        found, differences = 0, []
    assert [one.what for one in differences] == (["given up"] if found == 1 else [])
    assert found == 1 or not done
    store.restore(path, store.backups(store.backups_of(path))[-1])
    with opened(path) as database:
        (told,) = store.check_journal(database)
    assert (told.what, told.file_name) == ("given up", "4.xlsx")
    return found


@pytest.mark.slow
def test_a_kill_during_an_upgrade_leaves_the_old_schema_or_the_new(tmp_path: Path) -> None:
    (tmp_path / "held").mkdir()
    held = tmp_path / "held" / "held.duckdb"
    older(held, 2)
    _, seconds = undisturbed(upgrading, held, tmp_path / "undisturbed")
    trials = killed(upgrading, held, tmp_path / "killed", TRIALS, seconds)
    assert {after_an_upgrade(path, done) for path, done in trials} == {2, newest_schema()}


def after_an_upgrade(path: Path, done: bool) -> int:
    """Which schema the database has, with all that it held; it is brought up to date after that."""
    with duckdb.connect(str(path)) as found:
        row = found.execute("SELECT max(version), (SELECT count(*) FROM course) FROM schema_version").fetchone()
    assert row in {(2, 20_000), (newest_schema(), 20_000)}
    assert row[0] > 2 or not done
    if row[0] > 2:
        assert newest(path).schema == 2
    with opened(path) as database:
        assert len(store.history(database)) == 1
    return int(row[0])


@pytest.fixture
def command(held: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("LIGE_ADGANG_DATABASE", str(held))
    yield held


def test_the_command_line_lists_restores_and_checks(command: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = newest(command).name
    assert main(["list"]) == 0
    assert name in capsys.readouterr().out
    assert main(["check"]) == 0
    assert main(["restore", "yesterday"]) == 2
    assert name in capsys.readouterr().err
    assert main(["restore", "latest"]) == 0
    said = capsys.readouterr().out
    assert "4.xlsx" in said
    assert "uploaded since" in said
    assert main(["check"]) == 1
    assert "4.xlsx: it was not in the backup" in capsys.readouterr().out
    assert main(["backup"]) == 0
    newest(command).database.write_bytes(b"")
    assert main(["check"]) == 1
    assert "Damaged" in capsys.readouterr().out


@pytest.mark.parametrize("asked", [["backup"], ["restore", "latest"]])
def test_a_database_that_the_app_has_open_is_left_alone(command: Path, asked: list[str]) -> None:
    with opened(command) as database:
        program = [sys.executable, "-m", "analysis.store", *asked]
        found = subprocess.run(program, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False)
        assert found.returncode == 3
        assert "has the database open. Stop it, and try again." in found.stderr
        assert "Traceback" not in found.stderr
        assert len(store.history(database)) == 2
    assert list(command.parent.glob("*.replaced*")) == []


def test_backups_go_to_the_folder_that_is_set(
    command: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIGE_ADGANG_BACKUPS", str(tmp_path / "far away"))
    assert main(["backup"]) == 3
    assert "The folder is not there." in capsys.readouterr().err
    (tmp_path / "far away").mkdir()
    assert main(["backup"]) == 0
    command.unlink()
    assert main(["restore", "latest"]) == 0
    assert len(journal.lines(command)) == 2
