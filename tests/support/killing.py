"""Programs that are killed at any moment of what they do, begun without the wait for a new interpreter."""

import datetime as dt
import multiprocessing
import multiprocessing.connection
import random
import shutil
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from analysis import store
from analysis.auth.roles import NOBODY_SIGNED_IN
from analysis.intake.name_entries import names_payload
from analysis.store import Database, ImportMode, ImportPayload, Package, Source
from tests.store.test_imports import contents

Act = Callable[[Path], Callable[[], object]]
"""Prepares what is to be done to the database at this path, and gives the function that does it."""
CITIZENS = 20_000
CONTENT = bytes(range(256)) * 4000
_started = multiprocessing.get_context("forkserver")
_started.set_forkserver_preload([__name__])


def storing(path: Path) -> Callable[[], object]:
    """An import of many rows."""
    database = Database(path)
    given = contents(*(f"citizen {number}" for number in range(CITIZENS)), month=5)
    return lambda: store.add_import(database, given, Source("may.xlsx", "may"), original=CONTENT, by=NOBODY_SIGNED_IN)


def correcting(path: Path) -> Callable[[], object]:
    """An import that corrects a stored row and adds many."""
    database = Database(path)
    given = contents("b", *(f"citizen {number}" for number in range(CITIZENS)), month=3)
    source, mode = Source("may.xlsx", "may"), ImportMode.CORRECT
    return lambda: store.add_import(database, given, source, mode=mode, original=CONTENT, by=NOBODY_SIGNED_IN)


def replacing(path: Path) -> Callable[[], object]:
    """An import of many rows that takes the place of the stored one."""
    database = Database(path)
    given = contents(*(f"citizen {number}" for number in range(CITIZENS)), month=3)
    source, mode = Source("may.xlsx", "may"), ImportMode.REPLACE
    return lambda: store.add_import(database, given, source, mode=mode, original=CONTENT, by=NOBODY_SIGNED_IN)


def renaming(path: Path) -> Callable[[], object]:
    """The stored offer gets the name of another one, so that the two are one."""
    database = Database(path)
    row = {"sheet": "Tilbud", "row": 2, "municipality": "Aarhus", "offer": "Rygestop", "new_name": "Rygestop på hold"}
    source = Source("may.xlsx", "may", typed=True)
    given = ImportPayload(offers=pa.Table.from_pylist([row]).set_column(1, "row", pa.array([2], pa.int32())))
    return lambda: store.add_import(database, given, source, original=CONTENT, by=NOBODY_SIGNED_IN)


def joining(path: Path) -> Callable[[], object]:
    """The stored groups get another name."""
    database = Database(path)
    of = {"municipality": "Aarhus", "kind": "group", "belongs_to": "sex", "rank": None}
    given = names_payload([{**of, "name": "woman", "new_name": "person"}])
    source = Source("may.xlsx", "may", typed=True)
    return lambda: store.add_import(database, given, source, original=CONTENT, by=NOBODY_SIGNED_IN)


def listing(path: Path) -> Callable[[], object]:
    """A list of groups of many citizens, among them the stored ones."""
    database = Database(path)
    citizens = ["a", "b", *(f"citizen {number}" for number in range(CITIZENS))]
    number = len(citizens)
    rows = pa.table(
        {
            "sheet": ["Borgeres grupper"] * number,
            "row": pa.array(range(2, number + 2), pa.int32()),
            "municipality": ["Aarhus"] * number,
            "citizen": citizens,
            "dimension": ["education"] * number,
            "group": ["basic school"] * number,
        }
    )
    given = ImportPayload(citizen_groups=rows)
    source = Source("may.xlsx", "may")
    return lambda: store.add_import(database, given, source, original=CONTENT, by=NOBODY_SIGNED_IN)


def receiving(path: Path) -> Callable[[], object]:
    """A package of another installation with many counts."""
    database = Database(path)
    offers = [f"offer {number}" for number in range(CITIZENS // 10)]
    number = len(offers)
    periods = {
        "municipality": ["Randers"] * number,
        "offer": offers,
        "period_start": [dt.date(2015, 3, 1)] * number,
        "period_end": [dt.date(2015, 4, 1)] * number,
        "dimension": ["sex"] * number,
    }
    where = {"sheet": ["Counts"] * number, "row": pa.array(range(2, number + 2), pa.int32())}
    numbers = {name: pa.array([50] * number, pa.int64()) for name in ("invited", "participated", "completed")}
    given = ImportPayload(
        counts=pa.table({**where, **periods, "group": ["woman"] * number, **numbers}),
        periods=pa.table(periods),
        package=Package("another", "Randers", dt.datetime(2026, 1, 5), 5),
    )
    source = Source("may.xlsx", "may")
    return lambda: store.add_import(database, given, source, original=CONTENT, by=NOBODY_SIGNED_IN)


def backing_up(path: Path) -> Callable[[], object]:
    """A backup."""
    database = Database(path)
    return lambda: store.make_backup(database)


def restoring(path: Path) -> Callable[[], object]:
    """The oldest backup put back."""
    oldest = store.backups(store.backups_of(path))[-1]
    return lambda: store.restore(path, oldest)


def upgrading(path: Path) -> Callable[[], object]:
    """A database of an earlier schema opened by this program."""
    return lambda: Database(path)


class Child:
    """A program that acts on a database."""

    def __init__(self, act: Act, path: Path) -> None:
        self.path = path
        self._here, there = _started.Pipe()
        self._process = _started.Process(target=_play, args=(act, path, there), daemon=True)
        with without_main():
            self._process.start()
        there.close()
        assert self._here.recv() == "ready"

    def killed_at(self, moment: float, seconds: float) -> bool:
        """Let it begin and kill it at this part of so many seconds, past 1 when it is done; whether it was."""
        self._here.send("begin")
        if moment > 1:
            assert self._here.recv() == "done"
            self.kill()
            return True
        threading.Event().wait(moment * seconds)
        self.kill()
        return self._said_done()

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.join()

    def _said_done(self) -> bool:
        try:
            return self._here.poll() and self._here.recv() == "done"
        except (EOFError, ConnectionError):
            return False


@contextmanager
def without_main() -> Iterator[None]:
    """Let a program begin without what began this one: it may be pytest, or the app as a test has run it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _play(act: Act, path: Path, there: multiprocessing.connection.Connection) -> None:
    do = act(path)
    there.send("ready")
    there.recv()
    do()
    there.send("done")
    there.recv()


def copied(held: Path, folder: Path) -> Path:
    """The database with all that stands beside it, in a folder of its own."""
    shutil.copytree(held.parent, folder)
    return folder / held.name


@contextmanager
def opened(path: Path) -> Iterator[Database]:
    database = Database(path)
    try:
        yield database
    finally:
        database.close()


def undisturbed(act: Act, held: Path, folder: Path) -> tuple[Path, float]:
    """What it leaves when nobody kills it, and how many seconds it takes."""
    child = Child(act, copied(held, folder))
    begun = time.perf_counter()
    child.killed_at(2, 0)
    return child.path, time.perf_counter() - begun


def killed(
    act: Act, held: Path, folder: Path, trials: int, seconds: float, seed: int = 7
) -> Iterator[tuple[Path, bool]]:
    """So many copies of the database, each after a kill at a moment of its own, and whether it was done by then.

    The first is killed when it is done, the second when it has hardly begun.
    """
    moments = random.Random(seed)
    for trial in range(trials):
        child = Child(act, copied(held, folder / str(trial)))
        try:
            done = child.killed_at((2, 0)[trial] if trial < 2 else moments.uniform(0, 1.1), seconds)
        finally:
            child.kill()
        yield child.path, done
        shutil.rmtree(child.path.parent)
