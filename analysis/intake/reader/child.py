"""How a child process is run: bounded in memory and time, its answer a JSON file, a refusal one of the answers.

A child ends when its parent does. Linux sends it a signal; on every system its standard input is a pipe that closes.
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
"""Bytes of the stack of a thread that only waits."""
PARENT_DEATH_SIGNAL = 1
"""``PR_SET_PDEATHSIG`` of ``prctl``."""


class Refused(Exception):
    """The file cannot be read; ``check`` names the finding and ``values`` fill in its message."""

    def __init__(self, check: str, **values: object) -> None:
        super().__init__(check)
        self.check = check
        self.values = values


def run(name: str, work: Callable[[Path, Path, dict[str, int]], dict[str, Any]]) -> None:
    """Do the work on ``SOURCE FOLDER LIMITS`` from the command line and leave ``FOLDER/name.json``."""
    gc.disable()  # Millions of cells and no cycles among them: looking for some takes a tenth of the time.
    source, folder, limits = sys.argv[1:]
    bounds = json.loads(limits)
    _end_with_parent()
    _limit(bounds["memory_bytes"], bounds["seconds"])
    try:
        answer = work(Path(source), Path(folder), bounds)
    except Refused as refusal:
        answer = {"refused": refusal.check, "values": refusal.values}
    (Path(folder) / f"{name}.json").write_text(json.dumps(answer), encoding="utf-8")


def _end_with_parent() -> None:
    threading.stack_size(STACK)
    threading.Thread(target=_wait_for_parent, daemon=True).start()
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _wait_for_parent() -> None:
    """End this process when its standard input closes: nobody writes to it."""
    os.read(0, 1)
    os._exit(1)


def _limit(memory: int, seconds: int) -> None:
    """Limit the memory and the processor's time: how busy the computer is with other things does not count."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time-out outside still holds.
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
