"""How unlike the rates of all groups are in a dimension without an order: variance, mean differences, Theil, more."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
from scipy.special import chdtr, chndtrinc

from analysis.measures.aggregate import compared_groups, standing, tabulate
from analysis.measures.intervals import Floats, Interval
from analysis.measures.result_frame import Flags, State, Whole, by_phase, difference
from analysis.model.terms import Dimension, Rate

SEED = 2014
DRAWS = 300
NOISE_DRAWS = 100
ALIKE = 1e-9

Measure = Callable[[Floats, Whole], dict[str, Floats]]


def spreads(rates: Floats, population: Whole, reference: int, *, shortfall: bool = False) -> dict[str, Floats]:
    """Every measure of rates that have their groups on the last axis; a group without citizens takes no part.

    With p a group's share of the citizens, μ = Σ p y, best the highest rate (the lowest of a shortfall) and k groups:

    - ``BGV`` Σ p (y − μ)², ``BGSD`` its root, ``COV`` 100 BGSD / μ;
    - ``MDM``, ``MDB``, ``MDR`` Σ p abs(y − μ), abs(y − best), abs(y − reference); ``… unweighted`` with 1 / k for p;
    - ``IDIS`` 100 MDM / μ and ``IDIS unweighted``;
    - ``TI`` 1000 Σ p r ln r and ``MLD`` 1000 Σ p (−ln r), with r = y / μ. A rate of 0 adds 0 to ``TI`` and leaves
      ``MLD`` infinite.

    Nan where it would divide by a μ of 0; MDR also where the reference has no citizens.
    """
    used = population > 0
    share = population / np.maximum(population.sum(axis=-1, keepdims=True), 1)
    rates = np.where(used, rates, 0)
    mean = np.sum(share * rates, axis=-1, keepdims=True)
    level = np.where(mean > 0, mean, np.nan)[..., 0]
    with np.errstate(divide="ignore", invalid="ignore"):  # The logarithm of a rate of 0, and of one over a mean of 0.
        log = np.log(rates / level[..., None])
        theil = np.sum(np.where(rates > 0, share * rates * log, 0), axis=-1) / level
        deviation = -np.sum(np.where(used, share * log, 0), axis=-1)
    variance = np.sum(share * (rates - mean) ** 2, axis=-1)
    found = {"BGV": variance, "BGSD": np.sqrt(variance), "COV": 100 * np.sqrt(variance) / level}
    found |= _distances("MDM", rates, mean, population)
    found |= from_one_group(rates, population, reference, shortfall=shortfall)
    found["IDIS"] = 100 * found["MDM"] / level
    found["IDIS unweighted"] = 100 * found["MDM unweighted"] / level
    return found | {"TI": 1000 * theil, "MLD": 1000 * deviation}


def from_one_group(rates: Floats, population: Whole, reference: int, *, shortfall: bool = False) -> dict[str, Floats]:
    """The measures of ``spreads`` that hang on one group, the best or the reference."""
    used = population > 0
    best = (
        np.where(used, rates, np.inf).min(axis=-1, keepdims=True)
        if shortfall
        else np.where(used, rates, -np.inf).max(axis=-1, keepdims=True)
    )
    compared = np.where(used, rates, np.nan)[..., reference, None]
    return _distances("MDB", rates, best, population) | _distances("MDR", rates, compared, population)


def _distances(name: str, rates: Floats, centre: Floats, population: Whole) -> dict[str, Floats]:
    """The mean distance from the centre, weighted by citizens and not."""
    used = population > 0
    distance = np.abs(rates - centre) * np.where(used, 1, 0)
    return {
        name: np.sum(distance * population, axis=-1) / np.maximum(population.sum(axis=-1), 1),
        f"{name} unweighted": np.sum(distance, axis=-1) / np.maximum(used.sum(axis=-1), 1),
    }


def dispersion(
    counts: pd.DataFrame,
    rate: Rate,
    dimension: Dimension,
    by: Sequence[str],
    smallest_count: int,
    level: float = 0.95,
    *,
    shortfall: bool = False,
) -> pd.DataFrame:
    """How unlike the groups are, by every measure of ``spreads``, before, after and its change, in each unit.

    ``counts`` has the columns ``model.COUNTS_COLUMNS``, in citizens, and holds this dimension alone; citizens whose
    group is not stated are left out. Returns ``by``; ``measure``; ``phase`` (before, after, change); ``estimate``,
    ``lower``, ``upper``; ``noise``; ``method``; ``n``, the citizens; ``state``. BGV, BGSD, MDM, MDB and MDR are in
    proportions (squared for BGV), COV and IDIS in per cent, TI and MLD in thousandths.

    None of these can fall below 0, so that chance alone lifts them: ``noise`` is what the measure would come to on
    average if every group had the same rate. The limits are therefore not laid around what is measured:

    - of the measures of the whole spread they are those of the noncentrality of χ² = Σ n (y − μ)² / μ(1 − μ), the rates
      drawn in towards their mean or out from it until they would give that much;
    - of ``MDB`` and ``MDR``, which hang on one group, the wider of those and of a parametric bootstrap with a fixed
      seed, turned around the estimate so that chance does not lift it twice, and cut off at 0. Half a citizen is added
      to either side of every count it draws from. Even so these cover less than their level, on average some 91 % at
      95 % (``tests/benchmarks/coverage.py``): read them as a description.

    They are widened where they would miss the estimate: where chance makes up most of a measure, the truth lies below
    what is measured. The limits of the change are put together from those before and after by MOVER.

    With ``shortfall`` it is measured on the share who did not reach the stage; the relative measures can disagree.
    Hidden where any group's count is small; too few with one group alone; undefined over a mean of 0, ``MLD`` over any
    rate of 0, ``MDR`` without citizens in the reference. Raises as ``tabulate``.

    Source: Schlotheuber & Hosseinpoor 2022, IJERPH 19:3697; limits of a noncentrality as in Steiger 2004, Psychol
    Methods 9:164; the basic bootstrap in Davison & Hinkley 1997, 5.2.
    """
    groups = compared_groups(dimension)
    table = tabulate(counts, rate, by, groups, shortfall=shortfall)
    state = standing(table, smallest_count)
    shown = state == State.SHOWN
    reference = groups.index(dimension.reference)
    measure = partial(spreads, reference=reference, shortfall=shortfall)
    number, size = table.numerator[shown], table.denominator[shown]
    rng = np.random.default_rng(SEED)
    observed = measure(number / np.maximum(size, 1), size)
    low, high = (measure(one, size) for one in _drawn_in_and_out(number, size, level))
    errors = _errors(number, size, partial(from_one_group, reference=reference, shortfall=shortfall), rng)
    tails = [(1 + level) / 2, (1 - level) / 2]
    found = []
    for name, value in observed.items():
        above, below = low[name], high[name]
        method = "noncentral chi-square"
        if name in errors:
            drawn_above, drawn_below = value - np.quantile(errors[name], tails, axis=0)
            above, below = np.minimum(above, drawn_above), np.maximum(below, drawn_below)
            method = "noncentral chi-square and bootstrap"
        limits = (value, np.minimum(np.maximum(above, 0), value), np.maximum(below, value))
        found.append(difference(name, Interval(*(_placed(one, shown) for one in limits)), state, method))
    rows = by_phase(table.units, found, table.denominator.sum(axis=-1))
    noise = [_placed(one, shown) for one in _noise(number, size, measure, rng).values()]
    none = np.full((1, len(table.units)), np.nan)
    rows.insert(rows.columns.get_loc("upper") + 1, "noise", np.concatenate([[*one.T, *none] for one in noise]).ravel())
    return rows.assign(noise=rows["noise"].where(rows["state"] == State.SHOWN))


def _drawn_in_and_out(number: Whole, size: Whole, level: float) -> tuple[Floats, Floats]:
    """The rates drawn in, and out, until the limits of the noncentrality of their χ² would be what they give.

    Where the rates are all alike, and so point nowhere, they are drawn out along the order of the groups.
    """
    total = size.sum(axis=-1, keepdims=True)
    mean = number.sum(axis=-1, keepdims=True) / total
    smooth = (mean * total + 0.5) / (total + 1)
    away = np.where(size > 0, number / np.maximum(size, 1) - mean, 0)
    squares = np.sum(size * away**2, axis=-1, keepdims=True)
    statistic = (squares / (smooth * (1 - smooth)))[..., 0]
    alike = statistic[..., None] < ALIKE
    away = np.where(alike, (np.cumsum(size, axis=-1) - size / 2) / total - 0.5, away)
    squares = np.sum(size * away**2, axis=-1, keepdims=True)
    freedom = np.sum(size > 0, axis=-1) - 1
    limits = []
    for tail in ((1 + level) / 2, (1 - level) / 2):
        possible = chdtr(freedom, statistic) > tail
        noncentrality = np.where(possible, chndtrinc(np.where(possible, statistic, 1), freedom, tail), 0)
        factor = np.sqrt(noncentrality[..., None] * smooth * (1 - smooth) / squares)
        limits.append(np.clip(mean + factor * away, 0.5 / total, 1))
    return limits[0], limits[1]


def _errors(number: Whole, size: Whole, measure: Measure, rng: np.random.Generator) -> dict[str, Floats]:
    """How far from the truth each measure falls in a bootstrap, draws on the first axis."""
    smooth = np.where(size > 0, (number + 0.5) / (size + 1), 0)
    truth, drawn = measure(smooth, size), measure(_draws(rng, DRAWS, size, smooth), size)
    return {name: drawn[name] - truth[name] for name in truth}


def _noise(number: Whole, size: Whole, measure: Measure, rng: np.random.Generator) -> dict[str, Floats]:
    """What each measure comes to on average where all groups have the same rate."""
    common = np.broadcast_to(number.sum(axis=-1, keepdims=True) / size.sum(axis=-1, keepdims=True), size.shape)
    return {name: one.mean(axis=0) for name, one in measure(_draws(rng, NOISE_DRAWS, size, common), size).items()}


def _draws(rng: np.random.Generator, number: int, size: Whole, rates: Floats) -> Floats:
    """Rates drawn anew in every row and group, draws on the first axis; nobody counts as half a citizen."""
    return np.asarray(np.maximum(rng.binomial(size, rates, (number, *size.shape)), 0.5) / np.maximum(size, 1))


def _placed(values: Floats, shown: Flags) -> Floats:
    """The values of the rows that are shown (last axis) in their unit and phase (last two axes), nan elsewhere."""
    placed = np.full((*values.shape[:-1], *shown.shape), np.nan)
    placed[..., shown] = values
    return placed
