"""Servers that share a database: processes of their own, begun without the wait for a new interpreter."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from analysis.store.multi_server import SharedDatabase
from tests.support.killing import without_main

_started = multiprocessing.get_context("forkserver")
_started.set_forkserver_preload([__name__])
LONGEST = 60
"""Seconds after which what is waited for will not come."""


class Server:
    """A process that has the database open and does with it what it is asked to."""

    def __init__(self, path: Path) -> None:
        self._here, there = _started.Pipe()
        self._process = _started.Process(target=_serve, args=(path, there), daemon=True)
        with without_main():
            self._process.start()
        there.close()

    def begin(self, act: Callable[..., Any], *given: Any) -> None:
        """Let it do this; it is given the database first."""
        self._here.send((act, given))

    def answer(self) -> Any:
        """What came of it. Raises what it raised."""
        assert self._here.poll(LONGEST), "no answer"
        came, what = self._here.recv()
        if came == "raised":
            raise what
        return what

    def ask(self, act: Callable[..., Any], *given: Any) -> Any:
        self.begin(act, *given)
        return self.answer()

    def kill(self) -> None:
        """End it at once, as the operating system does."""
        self._process.kill()
        self._process.join()


def _serve(path: Path, there: Connection) -> None:
    database = SharedDatabase(path)
    while True:
        act, given = there.recv()
        try:
            there.send(("did", act(database, *given)))
        except Exception as error:
            there.send(("raised", error))


@contextmanager
def servers(path: Path, number: int = 2) -> Iterator[list[Server]]:
    """So many, begun together."""
    begun = [Server(path) for _ in range(number)]
    try:
        yield begun
    finally:
        for server in begun:
            server.kill()


def wait_for(is_so: Callable[[], bool]) -> None:
    """Wait until it is so; what comes between two processes has no other sign."""
    end = time.monotonic() + LONGEST
    while not is_so():
        assert time.monotonic() < end, "it never came"
        threading.Event().wait(0.01)
