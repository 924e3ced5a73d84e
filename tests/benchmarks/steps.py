"""How often the interval of a step holds the step of these offers, where the mix of offers shifts."""

import itertools
import sys

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.result_frame import State
from analysis.measures.time_series import interrupted_time_series
from analysis.model.terms import Rate

SEED = 2016
SAMPLES = int(sys.argv[1]) if len(sys.argv) > 1 else 400
OFFERS, CITIZENS = 6, 8
MONTHS = (16, 24, 48)
SHIFTS = ("none", "at the adjustment", "bit by bit", "month by month")
CORRELATIONS = (0.0, 0.3, 0.5)
NOISE = 0.04
"""Standard deviation of what all offers share in a month."""
BETWEEN = 0.1
"""Standard deviation of the steps of the offers."""

Shares = NDArray[np.float64]


def sizes(random: np.random.Generator, shift: str, months: int) -> Shares:
    """Relative sizes, offer × month: the first half of the offers shrinks, the other grows."""
    at = np.arange(months)
    first = {
        "none": np.ones(months),
        "at the adjustment": np.where(at < months // 2, 1.0, 0.2),
        "bit by bit": 1 - 0.9 * at / (months - 1),
        "month by month": random.uniform(0.1, 1.1, months),
    }[shift]
    return np.stack([first] * (OFFERS // 2) + [1.2 - first] * (OFFERS // 2))


def noise(random: np.random.Generator, months: int, correlation: float) -> Shares:
    """Deviations of the months, each of which resembles the one before."""
    found = [random.normal(0, NOISE)]
    for _ in range(months - 1):
        found.append(correlation * found[-1] + np.sqrt(1 - correlation**2) * random.normal(0, NOISE))
    return np.array(found)


def drawn(random: np.random.Generator, shift: str, months: int, correlation: float) -> tuple[pd.DataFrame, float]:
    """Counts by month, and the true step with the weights of their citizens."""
    n = random.poisson(CITIZENS * sizes(random, shift, months))
    step = random.normal(0, BETWEEN, OFFERS)
    rates = random.uniform(0.3, 0.7, (OFFERS, 1)) + np.where(np.arange(months) < months // 2, 0, step[:, None])
    x = random.binomial(n, np.clip(rates + noise(random, months, correlation), 0.02, 0.98))
    offer, month = np.nonzero(n)
    start = pd.to_datetime({"year": 2014 + month // 12, "month": month % 12 + 1, "day": np.ones_like(month)})
    counts = pd.DataFrame(
        {
            "municipality": "",
            "offer": offer.astype(str),
            "period_start": start,
            "phase": np.where(month < months // 2, "before", "after"),
            "dimension": "sex",
            "group": "woman",
            "invited": n[offer, month],
            "participated": x[offer, month],
            "completed": 0,
            "finished": True,
        }
    )
    return counts, float(n.sum(axis=1) @ step / n.sum())


def main() -> None:
    random = np.random.default_rng(SEED)
    covered = []
    for scenario in itertools.product(SHIFTS, MONTHS, CORRELATIONS):
        held = []
        for _ in range(SAMPLES):
            counts, truth = drawn(random, *scenario)
            found = interrupted_time_series(counts, Rate.PARTICIPATION, ["woman"], ["woman"], 1).set_index("term")
            found = found.loc[["level change", "slope change"]]
            if found["state"].eq(State.SHOWN).all():
                held.append((found["lower"] <= [truth, 0]) & (found["upper"] >= [truth, 0]))
        step, slope = np.mean(held, axis=0)
        covered += [step, slope]
        shift, months, correlation = scenario
        print(f"shift {shift:17} {months} months, ρ {correlation:.1f}: step {step:.1%}, slope {slope:.1%}", flush=True)
    print(f"lowest {min(covered):.1%}, mean {np.mean(covered):.1%}; target at least 93 %, never under 90 %")


if __name__ == "__main__":
    main()
