"""How often the 95 % intervals hold the truth, by simulation over realistic small cells."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.by_understanding import levels
from analysis.measures.dispersion import mean_distance
from analysis.measures.gradients import weights
from analysis.measures.intervals import Interval, mover_difference, mover_sum, newcombe_difference, ratio, wilson
from analysis.measures.result_frame import State
from analysis.model.terms import Dimension, Group, Phase, Question, Rate, Understanding

SEED = 2016
SCENARIOS = 400
SAMPLES = 2_000
GROUPS = 5
DISPERSED_SCENARIOS = 60
DISPERSED_SAMPLES = 200
SMALLEST = 1
KEYS = ("a", "b", "c", "d")
DIMENSION = Dimension("group", {}, False, tuple(Group(key, {}) for key in KEYS), reference="a", compared="d")
QUESTION = Question(Understanding.GRADIENT, Rate.PARTICIPATION, DIMENSION, "d", "a")

Numbers = NDArray[np.int64]
Shares = NDArray[np.float64]
Estimate = Callable[[Numbers, Numbers], Interval]


def _part(interval: Interval, place: int | slice) -> Interval:
    return Interval(*(one[..., place] for one in interval))


def _gap(x: Numbers, n: Numbers) -> Interval:
    return newcombe_difference(x[..., 0], n[..., 0], x[..., 1], n[..., 1])


def _change_in_gap(x: Numbers, n: Numbers) -> Interval:
    return mover_difference(_gap(x[..., 2:4], n[..., 2:4]), _gap(x[..., :2], n[..., :2]))


def _slope(x: Numbers, n: Numbers) -> Interval:
    return mover_sum(weights(n.astype(np.float64)).slope, wilson(x, n))


def _change_in_slope(x: Numbers, n: Numbers) -> Interval:
    after, before = _slope(x[..., GROUPS:], n[..., GROUPS:]), _slope(x[..., :GROUPS], n[..., :GROUPS])
    return mover_difference(after, before)


MEASURES: dict[str, tuple[int, Estimate]] = {
    "rate": (1, lambda x, n: _part(wilson(x, n), 0)),
    "gap": (2, _gap),
    "relative gap": (2, lambda x, n: ratio(x[..., 0], n[..., 0], x[..., 1], n[..., 1])[0]),
    "change in gap": (4, _change_in_gap),
    "SII": (GROUPS, _slope),
    "change in SII": (2 * GROUPS, _change_in_slope),
}


def _truth(name: str, rates: Shares, n: Numbers) -> float:
    """The measure of the true rates."""
    slope = weights(n.astype(np.float64)[:GROUPS]).slope
    return float(
        {
            "rate": lambda: rates[0],
            "gap": lambda: rates[0] - rates[1],
            "relative gap": lambda: rates[0] / rates[1],
            "change in gap": lambda: rates[2] - rates[3] - rates[0] + rates[1],
            "SII": lambda: slope @ rates,
            "change in SII": lambda: (
                weights(n.astype(np.float64)[GROUPS:]).slope @ rates[GROUPS:] - slope @ rates[:GROUPS]
            ),
        }[name]()
    )


def _counts(numbers: Numbers, n: Numbers) -> pd.DataFrame:
    """A table of counts with one offer a sample."""
    offers, groups = np.indices(numbers.shape)
    frame = pd.DataFrame({"offer": offers.ravel().astype(str), "group": np.array(KEYS)[groups.ravel()]})
    stages = {"invited": np.broadcast_to(n, numbers.shape).ravel(), "participated": numbers.ravel(), "completed": 0}
    return frame.assign(municipality="", phase="before", dimension="group", **stages)


def _print_row(name: str, covered: list[float]) -> None:
    low = np.quantile(covered, 0.05)
    print(f"{name:16} {np.mean(covered):7.1%} {min(covered):7.1%} {low:12.1%} {max(covered):8.1%}")


def main() -> None:
    rng = np.random.default_rng(SEED)
    print(f"coverage of 95 % intervals, {SCENARIOS} scenarios of {SAMPLES} samples, n 15 to 200, rates .1 to .9")
    print(f"{'':16} {'mean':>7} {'lowest':>7} {'5th centile':>12} {'highest':>8}")
    for name, (cells, estimate) in MEASURES.items():
        covered = []
        for _ in range(SCENARIOS):
            n, rates = rng.integers(15, 201, cells), rng.uniform(0.1, 0.9, cells)
            found = estimate(rng.binomial(n, rates, (SAMPLES, cells)), np.broadcast_to(n, (SAMPLES, cells)))
            truth = _truth(name, rates, n)
            covered.append(np.mean((found.lower <= truth) & (truth <= found.upper)))
        _print_row(name, covered)
    print("target: a mean of 94 to 96.5 %")
    of_dispersion(rng)


def of_dispersion(rng: np.random.Generator) -> None:
    """The mean distance from the mean, over four groups, on the tidy frames."""
    covered = []
    for _ in range(DISPERSED_SCENARIOS):
        n, rates = rng.integers(15, 201, len(DIMENSION.groups)), rng.uniform(0.1, 0.9, len(DIMENSION.groups))
        truth = mean_distance(rates, n)
        counts = _counts(rng.binomial(n, rates, (DISPERSED_SAMPLES, len(n))), n)
        found = levels(counts, QUESTION, ["offer"], SMALLEST, [Phase.BEFORE])
        found = found[found["state"] == State.SHOWN]
        covered.append(float(((found["lower"] <= truth) & (truth <= found["upper"])).mean()))
    print(f"dispersion across {len(DIMENSION.groups)} groups, {DISPERSED_SCENARIOS} of {DISPERSED_SAMPLES} samples")
    _print_row("MDM", covered)


if __name__ == "__main__":
    main()
