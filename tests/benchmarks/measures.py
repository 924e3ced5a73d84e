"""The measures: intervals on many rows against bare NumPy, and everything there is to know of six municipalities."""

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.auth.roles import AS_THEY_ARE
from analysis.intake import demonstration
from analysis.measures.aggregate import COMPARED, REFERENCE, ends
from analysis.measures.comparisons import adjusted_for_many
from analysis.measures.control_charts import p_chart
from analysis.measures.funnel import funnel
from analysis.measures.gaps import gaps
from analysis.measures.intervals import newcombe_difference, wilson
from analysis.measures.net_change import net_changes
from analysis.measures.pathway import gap_in_reach
from analysis.measures.pooling import pooled
from analysis.measures.rates import rates
from analysis.measures.time_series import interrupted_time_series
from analysis.model.terms import MISSING, Dimension, Question, Rate, Understanding
from analysis.store import Database, counts_by_month, dimensions
from tests.benchmarks.results import keep
from tests.benchmarks.timing import paired, report, seconds
from tests.support.counts import counts_by_phase
from tests.support.questions import change_in_gap

ROWS = 100_000
RUNS = 9
SMALLEST = 5
Z = 1.959963984540054
OFFER = ["municipality", "offer"]

Numbers = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def cells(number: int) -> Numbers:
    rng = np.random.default_rng(1)
    n1, n2 = rng.integers(15, 400, (2, number))
    return rng.binomial(n1, 0.6), n1, rng.binomial(n2, 0.4), n2


def bare(x1: np.ndarray, n1: np.ndarray, x2: np.ndarray, n2: np.ndarray) -> None:
    """Wilson's limits of both, and Newcombe's of their difference, written out once."""
    p1, p2 = x1 / n1, x2 / n2
    limits = []
    for p, n in ((p1, n1), (p2, n2)):
        centre = p + Z**2 / (2 * n)
        half = Z * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
        limits.append(((centre - half) / (1 + Z**2 / n), (centre + half) / (1 + Z**2 / n)))
    (l1, u1), (l2, u2) = limits
    np.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    np.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)


def ours(x1: np.ndarray, n1: np.ndarray, x2: np.ndarray, n2: np.ndarray) -> None:
    wilson(x1, n1)
    newcombe_difference(x1, n1, x2, n2)


def demonstration_counts() -> tuple[dict[str, Dimension], pd.DataFrame, pd.DataFrame]:
    """The dimensions, and the counts of all of them by phase and by month."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "measures.duckdb")
        demonstration.load(database)
        known = dimensions(database)
        phases, months = (
            pd.concat([read(database, AS_THEY_ARE, dimension=key, synthetic=True) for key in known], ignore_index=True)
            for read in (counts_by_phase, counts_by_month)
        )
        database.close()
    present = phases[phases["group"] != MISSING].groupby("dimension")["group"].agg(set)
    return {key: dimension.only(present[key]) for key, dimension in known.items()}, phases, months


def every_measure(known: dict[str, Dimension], phases: pd.DataFrame, months: pd.DataFrame) -> dict[str, float]:
    """Every measure of every dimension, in every offer or over all of them: the seconds that each takes."""
    rate, pair, every, offer = Rate.COMPLETION, (COMPARED, REFERENCE), ["dimension"], ["dimension", *OFFER]
    taken: dict[str, float] = {}

    def run(name: str, measure: Callable[..., object], *given: object, **options: object) -> None:
        taken[name] = taken.get(name, 0) + seconds(lambda: measure(*given, **options))

    start = time.perf_counter()
    phases_of, months_of = ends(phases, known), ends(months, known)
    single = {key: (phases[phases["dimension"] == key], months_of[months_of["dimension"] == key]) for key in known}
    changes = change_in_gap(phases_of, rate, *pair, offer, SMALLEST)
    taken["preparing"] = time.perf_counter() - start
    run("rates", rates, phases, rate, [*offer, "group", "phase"], SMALLEST)
    run("gaps", gaps, phases_of, rate, *pair, offer, SMALLEST)
    run("change in gap", change_in_gap, phases_of, rate, *pair, offer, SMALLEST)
    run("change within offers", change_in_gap, phases_of, rate, *pair, every, SMALLEST)
    run("pathway", gap_in_reach, phases_of, *pair, offer, SMALLEST)
    for by in (every, ["dimension", "municipality"]):
        run("pooled", pooled, changes, by)
    run("many comparisons", adjusted_for_many, changes)
    for key, dimension in known.items():
        of_phases, of_months = single[key]
        asked = Question(Understanding.GRADIENT, rate, dimension, dimension.compared, dimension.reference)
        run("gradient" if dimension.ordered else "dispersion", changes, of_phases, asked, OFFER, SMALLEST)
        run("net of trend", net_changes, of_months, replace(asked, understanding=Understanding.GAP), SMALLEST)
        run("time series", interrupted_time_series, of_months, rate, pair, pair, SMALLEST)
    run("funnel", funnel, single["sex"][0], rate, ["municipality"], SMALLEST)
    run("control charts", p_chart, months, rate, every, SMALLEST)
    return taken


def main() -> None:
    rows = cells(ROWS)
    own, peer = paired(RUNS, lambda: seconds(lambda: ours(*rows)), lambda: seconds(lambda: bare(*rows)))
    report(f"Wilson and Newcombe on {ROWS:,} rows", 1000 * own, 1000 * peer, "bare NumPy", "3", unit="ms")
    known, phases, months = demonstration_counts()
    runs = [every_measure(known, phases, months) for _ in range(RUNS)]
    taken = {name: 1000 * statistics.median(run[name] for run in runs) for name in runs[0]}
    print(f"all measures, {len(known)} dimensions, every offer: {sum(taken.values()):.0f} ms; target 300")
    keep("all measures of all dimensions in every offer", sum(taken.values()), unit="ms", target="300 ms")
    ranked = sorted(taken.items(), key=lambda part: -part[1])
    print(", ".join(f"{name} {ms:.0f}" for name, ms in ranked))


if __name__ == "__main__":
    main()
