"""Whatever happens to the files, it is told, nothing new is begun in their place, and a backup brings all back."""

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.config import ROOT
from analysis.store import Database, DatabaseError, Source
from analysis.store.errors import duckdb_errors_translated
from analysis.store.integrity.checksums import table_checksums
from tests.store.test_backups import no_file_above
from tests.store.test_imports import contents, women
from tests.support.killing import Child, copied, opened, storing

pytestmark = pytest.mark.slow

Damage = Callable[[Path], object]
BLOCK, FIRST_BLOCK = 262_144, 12_288


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with an import and a backup of it; all of it is in the file itself."""
    path = tmp_path_factory.mktemp("held") / "held.duckdb"
    with opened(path) as database:
        citizens = (f"citizen {number * 7919 % 1_000_003} of many" for number in range(30_000))
        store.add_import(
            database, contents(*citizens), Source("march.xlsx", "march"), original=b"march", by=NOBODY_SIGNED_IN
        )
        store.make_backup(database)
    return path


@pytest.fixture(scope="module")
def logged(held: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a second import that is only in the log, as a program that was killed leaves it."""
    child = Child(storing, copied(held, tmp_path_factory.mktemp("logged") / "copy"))
    child.killed_at(2, 0)
    return child.path


def flip(place: int, number: int = 16, ending: str = "") -> Damage:
    """Turn over so many bytes from this place on, counted from the end if it is below zero."""

    def damage(path: Path) -> None:
        file = path.with_name(path.name + ending)
        content = bytearray(file.read_bytes())
        start = place % len(content)
        for position in range(start, min(start + number, len(content))):
            content[position] ^= 255
        file.write_bytes(content)

    return damage


def cut(part: float, ending: str = "") -> Damage:
    """Leave this part of the file."""

    def damage(path: Path) -> None:
        file = path.with_name(path.name + ending)
        os.truncate(file, int(part * file.stat().st_size))

    return damage


def foreign(path: Path) -> None:
    path.unlink()
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE other AS SELECT 1 AS number")


def emptied(path: Path) -> None:
    path.unlink()
    path.with_name(path.name + ".journal").rename(path.with_name("kept"))
    shutil.move(path.with_name(path.name + ".backups"), path.with_name("kept backups"))
    shutil.move(path.with_name(path.name + ".originals"), path.with_name("kept originals"))
    Database(path).close()
    path.with_name("kept").rename(path.with_name(path.name + ".journal"))
    shutil.move(path.with_name("kept backups"), path.with_name(path.name + ".backups"))


DAMAGES = {
    "first bytes": (flip(0), store.DatabaseDamaged),
    "main header": (flip(20), store.DatabaseDamaged),
    "second header": (flip(4096), store.DatabaseDamaged),
    "third header": (flip(8192), store.DatabaseDamaged),
    "pointers in the third header": (flip(8200), store.DatabaseDamaged),
    "catalogue": (flip(FIRST_BLOCK + 5000), store.DatabaseDamaged),
    "half of it": (cut(0.5), store.DatabaseDamaged),
    "a hundred bytes": (lambda path: os.truncate(path, 100), store.DatabaseDamaged),
    "no database at all": (lambda path: path.write_bytes(b"PK\3\4" + b"workbook" * 9000), store.DatabaseDamaged),
    "a database of another program": (foreign, store.DatabaseDamaged),
    "nothing in it": (cut(0), store.DatabaseMissing),
    "not there": (Path.unlink, store.DatabaseMissing),
    "a new one without imports": (emptied, store.DatabaseMissing),
    "folder not there": (lambda path: path.parent.rename(path.parent.with_name("moved")), store.FolderMissing),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_file_is_told_and_left_alone_until_a_backup_is_put_back(
    held: Path, tmp_path: Path, name: str
) -> None:
    damage, expected = DAMAGES[name]
    path = copied(held, tmp_path / "copy")
    damage(path)
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    with pytest.raises(expected) as told, opened(path) as database:
        store.check_journal(database)  # Where DuckDB opens it, it is read here.
    assert type(told.value) is expected
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before
    if expected is store.FolderMissing:
        return
    assert store.restore(path, store.backups(store.backups_of(path))[0]).given_up == []
    with opened(path) as database:
        assert store.check_journal(database) == store.altered(database) == []
        assert women(database)["unadjusted"] == (30_000, 30_000, 15_000)


def outcome(path: Path, whole: object) -> str:
    """How it is told that the database is not what it was; empty where it is."""
    try:
        with opened(path) as database:
            differences = [*store.check_journal(database), *store.altered(database)]
            if differences:
                return differences[0].what
            with database.reading() as cursor:
                return "" if table_checksums(cursor) == whole else "silently changed"
    except DatabaseError as database_error:
        return type(database_error).__name__


@pytest.mark.parametrize("place", range(10))
def test_no_byte_of_the_file_changes_anything_in_silence(held: Path, tmp_path: Path, place: int) -> None:
    with duckdb.connect(str(held), read_only=True) as connection:
        whole = table_checksums(connection)
    path = copied(held, tmp_path / "copy")
    size = path.stat().st_size
    flip(place * size // 10 + 5000 * (place % 3), 32)(path)
    assert outcome(path, whole) in {"", "DatabaseDamaged", "DatabaseStopped", "changed"}


def test_cells_that_changed_without_complaint_are_found_by_the_last_backup(held: Path, tmp_path: Path) -> None:
    path = copied(held, tmp_path / "copy")
    with opened(path) as database:
        with database.writing() as cursor:
            cursor.execute("UPDATE course SET groups = MAP {'sex': 'man'} WHERE row = 7")
        assert store.check_journal(database) == []
        (found,) = store.altered(database)
        assert (found.what, found.import_id, found.file_name) == ("changed", 1, "march.xlsx")
        maintenance = store.Maintenance(database, hours=1, daily=1, weekly=1)
        earlier = store.backups(database.backups)[0]
        later = maintenance.look(earlier.made_at.replace(year=earlier.made_at.year + 1))
        assert later is not None
        assert maintenance.altered == [found] == store.altered(database)
        best = store.best_backup(database.backups)
    assert best == earlier


LOG_DAMAGES = {
    "first bytes": flip(0, 8, ".wal"),
    "early bytes": flip(10, 8, ".wal"),
    "an entry": flip(50, 8, ".wal"),
    "the middle": flip(100_000, 8, ".wal"),
    "the last bytes": flip(-50, 8, ".wal"),
    "nothing in it": cut(0, ".wal"),
    "a third of it": cut(0.33, ".wal"),
    "not the last bytes": cut(0.9999, ".wal"),
    "not there": lambda path: path.with_name(path.name + ".wal").unlink(),
    "something else": lambda path: path.with_name(path.name + ".wal").write_bytes(b"garbage" * 1000),
}


@pytest.mark.parametrize("name", LOG_DAMAGES)
def test_an_import_that_went_with_the_log_is_told(logged: Path, tmp_path: Path, name: str) -> None:
    path = copied(logged, tmp_path / "copy")
    LOG_DAMAGES[name](path)
    try:
        with opened(path) as database:
            (told,) = store.check_journal(database)
            assert (told.what, told.file_name) == ("lost", "may.xlsx")
            store.purge(database, 1)
            assert store.original(database, "may", by=NOBODY_SIGNED_IN) is not None
    except store.DatabaseDamaged:
        pass
    restored = store.restore(path, store.backups(store.backups_of(path))[0])
    assert [one.name for one in restored.files] == ["2 may.xlsx"]
    with opened(path) as database:
        assert [one.what for one in store.check_journal(database)] == ["given up"]
        assert store.altered(database) == []


def test_an_import_for_which_there_is_no_room_leaves_nothing_and_the_next_one_is_stored(
    held: Path, tmp_path: Path
) -> None:
    path = copied(held, tmp_path / "copy")
    given = contents(*map(str, range(3000)), month=4)
    with opened(path) as database:
        for size in (0, 1000, 30_000):
            with no_file_above(size), pytest.raises(store.DiskFull):
                store.add_import(
                    database, given, Source("april.xlsx", "april"), original=b"april" * 300, by=NOBODY_SIGNED_IN
                )
            assert len(store.history(database)) == 1
            assert list(path.with_name("held.duckdb.originals").glob("*.*")) == []
        store.add_import(database, given, Source("april.xlsx", "april"), original=b"april" * 300, by=NOBODY_SIGNED_IN)
        assert store.check_journal(database) == []
    with opened(path) as database:
        assert len(store.history(database)) == 2
        assert store.check_journal(database) == []


def test_an_import_that_the_journal_has_no_room_for_is_confirmed_later(held: Path, tmp_path: Path) -> None:
    path = copied(held, tmp_path / "copy")
    journal = path.with_name("held.duckdb.journal")
    with opened(path) as database:
        with journal.open("ab") as file:
            file.write(b" " * 3_000_000 + b"\n")
        with no_file_above(2_900_000):
            store.add_import(database, contents("d", month=4), Source("april.xlsx", "april"), by=NOBODY_SIGNED_IN)
            assert store.check_journal(database) == []
        assert len(journal.read_bytes().splitlines()) == 2
        assert store.check_journal(database) == []
        assert b"april.xlsx" in journal.read_bytes()


def test_a_database_that_has_stopped_says_so_and_can_be_opened_again(held: Path, tmp_path: Path) -> None:
    path = copied(held, tmp_path / "copy")
    database = Database(path)
    store.add_import(database, contents("d", month=4), Source("april.xlsx", "april"), by=NOBODY_SIGNED_IN)
    with no_file_above(1000), pytest.raises(store.DatabaseStopped), database.reading() as cursor:
        cursor.execute("CHECKPOINT")
    with pytest.raises(store.DatabaseStopped):
        store.history(database)
    assert isinstance(database.database_error, store.DatabaseStopped)
    database.close()
    with opened(path) as again:
        assert len(store.history(again)) == 2
        assert store.check_journal(again) == []


AS_ANOTHER_USER = """
import os, sys
from pathlib import Path
from analysis import store
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    store.Database(Path(sys.argv[1]))
except store.DatabaseError as database_error:
    print(type(database_error).__name__)
"""


@pytest.mark.parametrize("forbidden", ["file", "new file"])
def test_a_file_that_the_program_may_not_use_is_told_apart(held: Path, tmp_path: Path, forbidden: str) -> None:
    path = copied(held, tmp_path / "copy")
    if forbidden == "new file":
        path = path.parent / "new" / "new.duckdb"
        path.parent.mkdir()
    mode = {"file": (path, 0o400), "new file": (path.parent, 0o555)}[forbidden]
    above = [one for one in tmp_path.parents if one.stat().st_uid == os.getuid() and len(one.parts) > 2]
    before = {one: one.stat().st_mode for one in [*above, tmp_path]}
    for one in before:
        one.chmod(before[one] | 0o111)
    os.chmod(*mode)
    try:
        program = [sys.executable, "-c", AS_ANOTHER_USER, str(path)]
        found = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False)
    finally:
        os.chmod(mode[0], 0o755)
        for one, old in before.items():
            one.chmod(old)
    assert (found.stdout.strip(), found.stderr) == ("NotPermitted", "")


def test_a_disk_that_can_only_be_read_is_told_apart() -> None:
    for error in (
        OSError(errno.EROFS, os.strerror(errno.EROFS)),
        duckdb.IOException(f'Cannot open file "x": {os.strerror(errno.EROFS)}'),
    ):
        with pytest.raises(store.ReadOnly), duckdb_errors_translated(opening=True):
            raise error


def test_what_is_no_trouble_with_the_file_is_raised_as_it_is(held: Path, tmp_path: Path) -> None:
    with opened(copied(held, tmp_path / "copy")) as database:
        with pytest.raises(duckdb.CatalogException), database.reading() as cursor:
            cursor.execute("SELECT * FROM nothing")
        assert database.database_error is None
