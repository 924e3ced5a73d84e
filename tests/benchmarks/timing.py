"""A stopwatch and a line of result."""

import statistics
import time
from collections.abc import Callable


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def paired(runs: int, ours: Callable[[], float], peer: Callable[[], float]) -> tuple[float, float]:
    """The medians of what both measure, taken in turn so that a change in the machine's speed strikes both."""
    pairs = [(peer(), ours()) for _ in range(runs)]
    return statistics.median(pair[1] for pair in pairs), statistics.median(pair[0] for pair in pairs)


def report(name: str, ours: float, peer: float, peer_name: str, target: str) -> None:
    print(f"{name}: {ours:.2f} s, {ours / peer:.2f} times {peer_name} ({peer:.2f} s); target {target}")
