"""What each library costs the first page: its own milliseconds of import, and which part of the program asks first."""

import re
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pages.components.warmup import FIRST_PAGE

ROOT = Path(__file__).parents[2]
RUNS = 5
SHOWN_FROM = 3
"""Milliseconds below which a library is not worth a line."""
OWN = ("app", "analysis", "pages")
PROGRAM = f"import streamlit.web.cli, app\nfrom importlib import import_module\n[*map(import_module, {FIRST_PAGE!r})]"
"""What a server imports: Streamlit, what is served, and what the first page is drawn with."""
_LINE = re.compile(r"import time:\s+(?P<own>\d+) \|\s+\d+ \|(?P<depth> +)(?P<name>\S+)")


class Imported(NamedTuple):
    """One module: its own seconds, without those of what it imports, and the part of ours that it was imported for."""

    library: str
    seconds: float
    asked_by: str


def imported(told: str) -> Iterator[Imported]:
    """Every module of what ``-X importtime`` tells, which has each before the one that imports it; the last first."""
    above: list[tuple[int, str]] = []
    for line in reversed(told.splitlines()):
        if (found := _LINE.match(line)) is None:
            continue
        depth, name = len(found["depth"]), found["name"]
        while above and above[-1][0] >= depth:
            above.pop()
        ours = (upper for _, upper in reversed(above) if upper.split(".")[0] in OWN)
        yield Imported(_library(name), int(found["own"]) / 1e6, next(ours, "Streamlit"))
        above.append((depth, name))


def _library(module: str) -> str:
    first = module.split(".")[0]
    if first in OWN:
        return "Lige Adgang itself"
    return "Python itself" if first in sys.stdlib_module_names else first


def costs() -> tuple[dict[str, float], dict[str, str]]:
    """The seconds of each library, the median of some starts; and what asks for it first."""
    taken: dict[str, list[float]] = defaultdict(list)
    first: dict[str, str] = {}
    for _ in range(RUNS):
        command = [sys.executable, "-X", "importtime", "-c", PROGRAM]
        told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr
        modules = list(imported(told))
        for library, seconds in _summed(modules).items():
            taken[library].append(seconds)
        first |= {one.library: one.asked_by for one in modules}
    return {library: statistics.median(seconds) for library, seconds in taken.items()}, first


def _summed(modules: Iterable[Imported]) -> Mapping[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for one in modules:
        sums[one.library] += one.seconds
    return sums


def main() -> None:
    seconds, first = costs()
    print("import of                 ms  first needed by")
    for library in sorted(seconds, key=seconds.__getitem__, reverse=True):
        if 1000 * seconds[library] >= SHOWN_FROM:
            print(f"{library:22} {1000 * seconds[library]:5.0f}  {first[library]}")


if __name__ == "__main__":
    main()
