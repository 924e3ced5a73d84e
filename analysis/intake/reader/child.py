"""How a child process is run: bounded in memory, its answer a JSON file, a refusal one of the answers."""

import gc
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


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
    _limit_memory(bounds["memory_bytes"])
    try:
        answer = work(Path(source), Path(folder), bounds)
    except Refused as refusal:
        answer = {"refused": refusal.check, "values": refusal.values}
    (Path(folder) / f"{name}.json").write_text(json.dumps(answer), encoding="utf-8")


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time-out outside still holds.
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
