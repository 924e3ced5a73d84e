"""How often the headline holds the change of these offers, and how often it is clear where nothing changed."""

import itertools

import numpy as np
import pandas as pd

from analysis.measures.by_understanding import changes
from analysis.model.terms import Dimension, Direction, Group, Question, Rate, Understanding

SEED = 2016
SAMPLES = 400
OFFERS = (1, 6, 19)
SIZES = ((15, 60), (50, 200))
BETWEEN = (0.0, 0.1)
MIXES = ("equal", "shifting")
PAIR = ("short", "long")
LISTED = 19
COLUMNS = ["municipality", "offer", "phase", "dimension", "group", "invited", "participated", "completed"]
EDUCATION = Dimension("education", {}, True, (Group("short", {}, 1), Group("long", {}, 2)), "long", "short")
QUESTION = Question(Understanding.GAP, Rate.PARTICIPATION, EDUCATION, *PAIR)


def drawn(
    random: np.random.Generator, offers: int, sizes: tuple[int, int], between: float, mix: str
) -> tuple[pd.DataFrame, float]:
    """A table of counts, and the true change of its offers with the weights of its citizens."""
    level = random.uniform(0.1, 0.9, (offers, 2))
    moved = random.normal(0, between, (offers, 2))
    rates = np.clip(np.stack([level, level + moved], axis=1), 0.02, 0.98)
    n = random.integers(sizes[0], sizes[1] + 1, (offers, 2, 2))
    if mix == "shifting":
        n[:, 1] = np.maximum(sizes[0], n[:, 1] * random.uniform(0.3, 2, (offers, 1))).astype(int)
    x = random.binomial(n, rates)
    places = itertools.product(range(offers), enumerate(("before", "after")), enumerate(PAIR))
    rows = [("", f"{o}", phase, "education", group, n[o, p, g], x[o, p, g], 0) for o, (p, phase), (g, group) in places]
    weight = n.sum(axis=(1, 2)) / n.sum()
    gap = rates[..., 1] - rates[..., 0]
    return pd.DataFrame(rows, columns=COLUMNS), float(np.sum(weight * (gap[:, 1] - gap[:, 0])))


def main() -> None:
    random = np.random.default_rng(SEED)
    covered = {}
    for scenario in itertools.product(OFFERS, SIZES, BETWEEN, MIXES):
        held = 0
        for _ in range(SAMPLES):
            counts, truth = drawn(random, *scenario)
            row = changes(counts, QUESTION, [], 1).iloc[0]
            held += row["lower"] <= truth <= row["upper"]
        covered[scenario] = held / SAMPLES
        offers, (least, most), between, mix = scenario
        print(
            f"{offers:2} offers, n {least} to {most}, tau {between:.2f}, {mix:8} mix: {covered[scenario]:.1%} covered"
        )
    clear = listed = 0
    for _ in range(SAMPLES):
        counts, _ = drawn(random, LISTED, SIZES[1], 0.0, "shifting")
        clear += changes(counts, QUESTION, [], 1).loc[0, "direction"] != Direction.UNCLEAR
        listed += changes(counts, QUESTION, ["offer"], 1)["direction"].ne(Direction.UNCLEAR).any()
    mean, lowest = np.mean(list(covered.values())), min(covered.values())
    print(f"mean coverage {mean:.1%}, lowest {lowest:.1%}; target 93.5 to 97 %")
    print(f"nothing changed: clear headline {clear / SAMPLES:.1%}; target at most 6 %")
    print(f"nothing changed: a clear offer of {LISTED} {listed / SAMPLES:.1%}; target at most 6 %")


if __name__ == "__main__":
    main()
