"""Run a child process with memory and time limits. It writes its result or its rejection to a JSON file.

A child ends when its parent ends. On Linux it gets a signal. Without a fork server, its standard input is a pipe that
closes.
"""

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

STACK = 256 * 1024
"""Stack size in bytes of a thread that only waits."""
PARENT_DEATH_SIGNAL = 1
"""``PR_SET_PDEATHSIG`` of ``prctl``."""


class Refused(Exception):
    """The file cannot be read; ``check`` is the finding and ``values`` are the placeholders of its message."""

    def __init__(self, check: str, **values: object) -> None:
        super().__init__(check)
        self.check = check
        self.values = values


Work = Callable[[Path, Path, dict[str, int]], dict[str, Any]]
"""A reader: takes the file, the folder for its results, and its limits; returns its answer."""


def run(name: str, work: Work) -> None:
    """Run ``work`` with ``SOURCE FOLDER LIMITS`` from the command line."""
    source, folder, limits = sys.argv[1:]
    threading.stack_size(STACK)
    threading.Thread(target=_wait_for_parent, daemon=True).start()
    end_with_parent()
    work_on(name, work, source, folder, json.loads(limits))


def work_on(name: str, work: Work, source: str, folder: str, bounds: dict[str, int]) -> None:
    """Limit this process, run ``work`` and write ``FOLDER/name.json``."""
    gc.disable()  # There are millions of cells and no reference cycles: collection would take a tenth of the time.
    _limit(bounds["memory_bytes"], bounds["seconds"])
    try:
        answer = work(Path(source), Path(folder), bounds)
    except Refused as refusal:
        answer = {"refused": refusal.check, "values": refusal.values}
    (Path(folder) / f"{name}.json").write_text(json.dumps(answer), encoding="utf-8")


def end_with_parent() -> None:
    """End this process when its parent ends, on Linux."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _wait_for_parent() -> None:
    """End this process when its standard input closes. Nothing is ever written to it."""
    os.read(0, 1)
    os._exit(1)


def _limit(memory: int, seconds: int) -> None:
    """Limit memory and processor time. Processor time does not depend on the load of the computer."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the timeout of the parent still applies.
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
