"""Programs killed, and files damaged, many times over: what of them came back whole. Not a speed, and no ratio.

``python -m tests.benchmarks.lasting [TRIALS]``; as root also a disk that is full and one that can only be read.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.store import Source
from analysis.store.integrity.checksums import table_checksums
from tests.store.test_backups import after_a_backup, after_a_restore, after_an_upgrade, older, with_a_backup
from tests.store.test_damaged import flip, outcome
from tests.store.test_imports import contents
from tests.support.killing import (
    Act,
    Child,
    backing_up,
    copied,
    killed,
    opened,
    restoring,
    storing,
    undisturbed,
    upgrading,
)

TRIALS = 200
MEGABYTE = 2**20


def after_an_import(path: Path, done: bool) -> int:
    """How many imports there are; journal and files agree with the database."""
    with opened(path) as database:
        assert store.check_journal(database) == []
        found = store.history(database)
        assert all(store.original(database, one.sha256, by=NOBODY_SIGNED_IN) for one in found)
    assert len(found) == 3 or not done
    return len(found)


KILLS: dict[str, tuple[Act, Callable[[Path, bool], int]]] = {
    "import": (storing, after_an_import),
    "backup": (backing_up, after_a_backup),
    "restore": (restoring, after_a_restore),
    "upgrade": (upgrading, after_an_upgrade),
}


def kill(trials: int, folder: Path) -> None:
    """Every kind of work, killed at any moment."""
    for name, (act, judge) in KILLS.items():
        (folder / name).mkdir()
        held = folder / name / "held.duckdb"
        older(held, 2) if name == "upgrade" else with_a_backup(held)
        _, seconds = undisturbed(act, held, folder / f"{name} undisturbed")
        seen = Counter(judge(*trial) for trial in killed(act, held, folder / f"{name} killed", trials, seconds, 2016))
        print(f"{name}: {seen.total()} of {trials} kills survived; found afterwards: {dict(sorted(seen.items()))}")


def damage(trials: int, folder: Path) -> None:
    """Bytes turned over anywhere in the file, and in the log; told, or of no account."""
    (folder / "damaged").mkdir()
    held = folder / "damaged" / "held.duckdb"
    with opened(held) as database:
        citizens = (f"citizen {number * 7919 % 1_000_003} of many" for number in range(30_000))
        store.add_import(
            database, contents(*citizens), Source("march.xlsx", "march"), original=b"march", by=NOBODY_SIGNED_IN
        )
        store.make_backup(database)
    child = Child(storing, copied(held, folder / "logged"))
    child.killed_at(2, 0)
    places = random.Random(2016)
    for name, path, ending in (("file", held, ""), ("log", child.path, ".wal")):
        with opened(copied(path, folder / f"{name} whole")) as database, database.reading() as cursor:
            whole = table_checksums(cursor)
        seen: Counter[str] = Counter()
        for trial in range(trials):
            copy = copied(path, folder / f"{name} {trial}")
            size = copy.with_name(copy.name + ending).stat().st_size
            flip(places.randrange(size), places.choice([1, 16, 4096]), ending)(copy)
            seen[outcome(copy, whole) or "nothing lost"] += 1
            store.restore(copy, store.backups(store.backups_of(copy))[0])
            with opened(copy) as database:
                assert {one.what for one in store.check_journal(database)} <= {"given up"}
                assert store.altered(database) == []
            shutil.rmtree(copy.parent)
        silent = seen["silently changed"]
        print(f"{name}: {trials - silent} of {trials} damages told or of no account, all restored: {dict(seen)}")


@contextmanager
def mounted(folder: Path, size: int) -> Iterator[Path]:
    """A disk of so many bytes."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def full_disk(folder: Path) -> None:
    """Imports and backups on a disk that fills up: each is refused whole, and what was there before stays."""
    with mounted(folder / "small", 12 * MEGABYTE) as disk, opened(disk / "held.duckdb") as database:
        stored = backups = refused = 0
        for number in range(60):
            citizens = (f"{number} {one}" for one in range(2000))
            try:
                given = contents(*citizens, offer=f"Offer {number}")
                store.add_import(
                    database, given, Source(f"{number}.xlsx", str(number)), original=bytes(50_000), by=NOBODY_SIGNED_IN
                )
                stored += 1
                store.make_backup(database)
                backups += 1
            except store.DiskFull:
                refused += 1
            assert len(store.history(database)) == stored
            assert len([one for one in store.backups(database.backups) if one.is_intact()]) == backups
        for one in store.backups(database.backups)[1:]:
            shutil.rmtree(one.folder)
        assert len(store.make_backup(database).imports) == stored
        assert store.check_journal(database) == []
        print(f"full disk: {stored} imports and {backups} backups made, {refused} refused, none of them half")


def read_only_disk(folder: Path) -> None:
    """A database on a disk that is mounted to be read."""
    with mounted(folder / "read", 40 * MEGABYTE) as disk:
        with_a_backup(disk / "held.duckdb")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        try:
            store.Database(disk / "held.duckdb")
        except store.ReadOnly:
            print("disk that can only be read: told")


def main(trials: int = TRIALS) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kill(trials, Path(folder))
        damage(trials, Path(folder))
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            full_disk(Path(folder))
            read_only_disk(Path(folder))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
