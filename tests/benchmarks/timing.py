"""A stopwatch and a line of result."""

import statistics
import time
from collections.abc import Callable, Mapping

from tests.benchmarks.results import keep


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def paired(runs: int, ours: Callable[[], float], peer: Callable[[], float]) -> tuple[float, float]:
    """The medians of what both measure, taken in turn so that a change in the machine's speed strikes both."""
    pairs = [(peer(), ours()) for _ in range(runs)]
    return statistics.median(pair[1] for pair in pairs), statistics.median(pair[0] for pair in pairs)


def in_turn(runs: int, measures: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """The median of what each measures, taken in turn as ``paired`` does."""
    found = [{name: measure() for name, measure in measures.items()} for _ in range(runs)]
    return {name: statistics.median(one[name] for one in found) for name in measures}


def report(name: str, ours: float, peer: float, peer_name: str, target: str = "", unit: str = "s") -> None:
    """Print a ratio, and keep it for the table. A target is a ratio too; none is said where there is none."""
    digits = 2 if unit == "s" else 0
    said = f"; target {target}" if target else ""
    print(f"{name}: {ours:.{digits}f} {unit}, {ours / peer:.3g} times {peer_name} ({peer:.{digits}f} {unit}){said}")
    keep(name, ours, unit=unit, peer=peer, peer_name=peer_name, target=target)
