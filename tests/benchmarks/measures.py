"""The measures: intervals on many rows against bare NumPy, and everything there is to know of six municipalities."""

import statistics
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.intake import demonstration
from analysis.measures.control_charts import p_chart, xmr_chart
from analysis.measures.dispersion import dispersion
from analysis.measures.funnel import funnel
from analysis.measures.gaps import Scale, change_in_gap, gaps
from analysis.measures.gradients import gradients
from analysis.measures.impact import impact
from analysis.measures.intervals import newcombe_difference, wilson
from analysis.measures.modelled import modelled_change
from analysis.measures.offer_mix import gap_by_offer_mix
from analysis.measures.pathway import gap_in_reach
from analysis.measures.pooling import pooled
from analysis.measures.rates import rates
from analysis.measures.suppression import Cover, suppress
from analysis.measures.time_series import interrupted_time_series
from analysis.measures.trend import change_net_of_trend
from analysis.model import MISSING, Dimension, Phase, Rate
from analysis.store import Database, counts_by_month, counts_by_phase, dimensions
from tests.benchmarks.timing import paired, seconds

ROWS = 100_000
RUNS = 9
SMALLEST = 5
Z = 1.959963984540054
OFFER = ["municipality", "offer"]

Numbers = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]
Counts = dict[str, tuple[Dimension, pd.DataFrame, pd.DataFrame]]


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


def demonstration_counts() -> Counts:
    """Every dimension with its counts by phase and by month."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder) / "measures.duckdb")
        demonstration.load(database)
        found = {}
        for key, dimension in dimensions(database).items():
            phases = counts_by_phase(database, dimension=key, synthetic=True)
            months = counts_by_month(database, dimension=key, synthetic=True)
            found[key] = (dimension.only(set(phases["group"]) - {MISSING}), phases, months)
        database.close()
    return found


def every_measure(dimension: Dimension, phases: pd.DataFrame, months: pd.DataFrame, rate: Rate) -> dict[str, float]:
    """All measures of one dimension, in every offer: the seconds that each takes."""
    pair = (dimension.compared, dimension.reference)
    taken = {}

    def run(name: str, *measures: object) -> None:
        taken[name] = sum(seconds(measure) for measure in measures)  # type: ignore[arg-type]

    run("rates", lambda: rates(phases, rate, [*OFFER, "group", "phase"], SMALLEST))
    run("gaps", lambda: gaps(phases, rate, *pair, OFFER, SMALLEST))
    run(
        "change in gap, four scales",
        *(lambda scale=scale: change_in_gap(phases, rate, *pair, OFFER, SMALLEST, scale=scale) for scale in Scale),
    )
    run("net of trend", lambda: change_net_of_trend(months, rate, *pair, SMALLEST))
    run("modelled", lambda: modelled_change(phases, rate, *pair, [], SMALLEST))
    if dimension.ordered:
        run("gradients", lambda: gradients(phases, rate, dimension, OFFER, SMALLEST))
    else:
        run("dispersion", lambda: dispersion(phases, rate, dimension, OFFER, SMALLEST))
    run("impact", lambda: impact(phases, rate, dimension, dimension.reference, OFFER, SMALLEST))
    run("pathway", lambda: gap_in_reach(phases, *pair, OFFER, SMALLEST))
    changes = change_in_gap(phases, rate, *pair, OFFER, SMALLEST)
    run("pooled", lambda: pooled(changes, []), lambda: pooled(changes, ["municipality"]))
    run("offer mix", lambda: gap_by_offer_mix(phases, rate, *pair, [], SMALLEST))
    run("funnel", lambda: funnel(phases, rate, ["municipality"], SMALLEST))
    run("control charts", lambda: p_chart(months, rate, [], SMALLEST), lambda: xmr_chart(months, rate, [], SMALLEST))
    run("time series", lambda: interrupted_time_series(months, rate, [], SMALLEST))
    return taken


def everything(counts: Counts) -> dict[str, float]:
    total: dict[str, float] = {}
    for dimension, phases, months in counts.values():
        for name, taken in every_measure(dimension, phases, months, Rate.COMPLETION).items():
            total[name] = total.get(name, 0) + taken
    return total


def main() -> None:
    rows = cells(ROWS)
    own, peer = paired(RUNS, lambda: seconds(lambda: ours(*rows)), lambda: seconds(lambda: bare(*rows)))
    print(f"Wilson and Newcombe on {ROWS:,} rows: {1000 * own:.1f} ms, {own / peer:.2f} times bare NumPy; target 3")
    counts = demonstration_counts()
    runs = [everything(counts) for _ in range(RUNS)]
    taken = {name: 1000 * statistics.median(run[name] for run in runs) for name in runs[0]}
    print(
        f"all measures of {len(counts)} dimensions, every offer, before and after: {sum(taken.values()):.0f} ms; target 300"
    )
    print(", ".join(f"{name} {ms:.0f}" for name, ms in sorted(taken.items(), key=lambda part: -part[1])))
    table = pd.concat([phases for _, phases, _ in counts.values()], ignore_index=True)
    table = table[table["phase"].isin([Phase.BEFORE, Phase.AFTER])]
    whole = statistics.median(seconds(lambda: suppress(table, SMALLEST)) for _ in range(3))
    cover = suppress(table, SMALLEST)["cover"].value_counts()
    print(f"suppression of the same, {cover.sum():,} cells: {whole:.2f} s; target 1")
    print(", ".join(f"{cover.get(kind, 0):,} {kind}" for kind in Cover))


if __name__ == "__main__":
    main()
