"""Ever more sessions at once, each crowd on a fresh server: what a rerun takes, and what a session weighs.

``python -m tests.benchmarks.crowds [MINUTES] [SESSIONS…]``; 2 minutes each of 1, 10, 50 and 100 if not said. What a
session does is told in ``sessions``, which says more of one crowd. It ends with 1 if anything was wrong.
"""

import statistics
import sys

from tests.benchmarks.results import keep
from tests.benchmarks.sessions import Tally, measured, percentile_95

MINUTES = 2.0
CROWDS = (1, 10, 50, 100)
HEADINGS = ("sessions", "median ms", "95th ms", "reruns/s", "reruns", "errors", "wrong", "MB each")


def tell(sessions: int, minutes: float, tally: Tally) -> None:
    """Print and keep the row of a crowd. Reruns are compared with the first run of a session that is alone."""
    middle, late = statistics.median(tally.taken), percentile_95(tally.taken)
    rate, weight = len(tally.taken) / (60 * minutes), (tally.memory[-1] - tally.memory[0]) / sessions
    errors, wrong = tally.errors.total(), tally.wrong.total()
    cells = (
        sessions,
        f"{middle:.0f}",
        f"{late:.0f}",
        f"{rate:.1f}",
        len(tally.taken),
        errors,
        wrong,
        f"{weight:.1f}",
    )
    print(_line(cells), flush=True)
    beside = f"95th percentile {late:.0f} ms, {rate:.1f} reruns a second for {minutes:g} minutes, {errors} errors, "
    beside += f"{wrong} with wrong numbers, {weight:.1f} MB a session"
    keep(
        f"a rerun, {sessions} sessions at once",
        middle,
        unit="ms",
        peer=statistics.median(tally.alone),
        peer_name="a new session's first run, alone",
        beside=beside,
    )


def _line(cells: tuple[object, ...]) -> str:
    return " ".join(f"{cell:>10}" for cell in cells)


def main(minutes: float = MINUTES, *crowds: int) -> int:
    print(_line(HEADINGS))
    good = True
    for sessions in crowds or CROWDS:
        tally = measured(sessions, minutes)
        if len(tally.taken) > 1:
            tell(sessions, minutes, tally)
        for what, times in (tally.errors + tally.wrong).most_common(5):
            print(f"  {times} times {what}")
        good &= len(tally.taken) > 1 and not (tally.errors or tally.wrong)
    return int(not good)


if __name__ == "__main__":
    minutes, *crowds = sys.argv[1:] or [str(MINUTES)]
    sys.exit(main(float(minutes), *map(int, crowds)))
