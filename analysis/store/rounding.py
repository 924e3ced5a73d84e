"""Controlled rounding of counts: every table is rounded once, and all tables of an offer add up to the same totals.

Each offer's total is rounded over time from a random start. Its whole blocks of ``base`` citizens are then divided
among the groups of each dimension, and those of two dimensions among the cells of their crossing. What rounding leaves
over in one period is carried to the next, so that errors do not add up. Every published number is therefore a sum of
the same blocks, and two tables of the same citizens never give two independent roundings of one count, which could be
averaged. Citizens whom a dimension lacks, as it began later or misses rows, get their share of the blocks as a group
that is not shown: dimensions of different citizens have no totals of their own.

Random choices follow from a secret of the database, the offer, the dimension and the period. Nothing is carried from
one calendar year to the next. A count is rounded alike however often it is asked for, whatever else is stored, and also
when later periods or earlier years are added; only a change in an earlier period of the same year can move it.

References
----------
Cox 1987, A Constructive Procedure for Unbiased Controlled Rounding, JASA 82:520. Langsrud & Heldal 2018, An Algorithm
for Small Count Rounding of Tabular Data, in Privacy in Statistical Databases: inner cells are rounded, and totals are
added up from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Seeds = NDArray[np.uint64]

_FALLBACK = 1e-9
"""The weight of a cell that has citizens and nothing left to be rounded: it is only drawn where no other can be."""


@dataclass(frozen=True)
class Randomness:
    """Random numbers that are always the same for the same names, and cannot be known without the secret."""

    secret: str

    def seed(self, *names: str) -> int:
        """A number of 64 bits for these names."""
        text = chr(31).join(names).encode()
        return int.from_bytes(blake2b(text, key=self.secret.encode()[:64], digest_size=8).digest(), "big")

    def seeds(self, names: Sequence[tuple[str, ...]], *more: str) -> Seeds:
        """One seed for each of these names, followed by ``more``."""
        return np.array([self.seed(*one, *more) for one in names], dtype=np.uint64)


def common_totals(totals: Whole, series: Whole, starts: Whole, ends: Whole, number: int, boundaries: int) -> Whole:
    """The citizens of each series up to each boundary, of whom every dimension holds a part.

    Between the two ends of every period of every dimension they grow by at least what the dimension has. Where all
    dimensions hold the same citizens they are these citizens.

    Parameters
    ----------
    totals, series, starts, ends
        A number of citizens, its series, and the first and the last boundary of its period, for each dimension and
        period. Boundaries are days in their order, by number; 0 is the first.
    number, boundaries
        How many series and boundaries there are.

    Returns
    -------
    series × boundaries, in citizens.
    """
    found = np.zeros((number, boundaries), dtype=np.int64)
    order = np.argsort(ends, kind="stable")
    first = np.searchsorted(ends[order], np.arange(boundaries + 1))
    for boundary in range(1, boundaries):
        found[:, boundary] = found[:, boundary - 1]
        rows = order[first[boundary] : first[boundary + 1]]
        at_least = found[series[rows], starts[rows]] + totals[rows]
        np.maximum.at(found[:, boundary], series[rows], at_least)
    return found


def round_groups(
    counts: Whole, common: Whole, starts: Whole, seeds: Seeds, common_seeds: Seeds, base: int, missing: int | None
) -> Whole:
    """Round the groups of one dimension so that they add up to the rounded common total of their series.

    The citizens whose group is missing are parted from all others first, by random choices that are the same for every
    dimension: often the same citizens are missing in several, and must not get several roundings.

    Parameters
    ----------
    counts
        series × periods × groups, in citizens. A series is one offer and one part of its citizens.
    common
        series × periods: ``common_totals`` at the end of each period.
    starts
        series: from 0 to ``base`` − 1, the same for every dimension of the series.
    seeds, common_seeds
        series × periods: of this dimension, and the same for every dimension.
    missing
        Which of the groups has the citizens whose group is missing; None where nobody's is.

    Returns
    -------
    Blocks of ``base`` citizens, of the shape of ``counts``. With those of the citizens that the dimension lacks their
    sum up to each period is ``(common + start) // base``, which does not depend on the dimension. A group's own sum so
    far is off by less than one block or little more; tests/store/test_rounding.py has the measured sizes.
    """
    lacking = np.diff(common, axis=1, prepend=0) - counts.sum(axis=2)
    every = np.concatenate([counts, np.maximum(lacking, 0)[:, :, None]], axis=2)
    so_far = every.cumsum(axis=1)
    blocks = np.diff((common + starts[:, None]) // base, axis=1, prepend=0)
    if missing is None:
        return _over_time(so_far, blocks, seeds, base)[:, :, :-1]
    others = np.delete(so_far, missing, axis=2)
    parted = np.stack([so_far[:, :, missing], others.sum(axis=2)], axis=2)
    of_missing, of_others = np.moveaxis(_over_time(parted, blocks, common_seeds, base), 2, 0)
    rounded = _over_time(others, of_others, seeds, base)[:, :, :-1]
    return np.insert(rounded, missing, of_missing, axis=2)


def _over_time(so_far: Whole, blocks: Whole, seeds: Seeds, base: int) -> Whole:
    """Divide the blocks of each period (series × periods) among the groups, of whom there are ``so_far``."""
    capacity = np.full(so_far[:, 0].shape, np.iinfo(np.int64).max)
    given = np.zeros_like(so_far[:, 0])
    rounded = np.zeros_like(so_far)
    for period in range(so_far.shape[1]):
        wanted = so_far[:, period] / base - given
        here = so_far[:, period] > 0
        rounded[:, period] = _divide(blocks[:, period], wanted, here, capacity, seeds[:, period])
        given += rounded[:, period]
    return rounded


def round_crossing(counts: Whole, rows: Whole, columns: Whole, order: Seeds, seeds: Seeds, base: int) -> Whole:
    """Round the cells of two crossed dimensions so that they add up to the rounded groups of both.

    Parameters
    ----------
    counts
        series × periods × groups × groups within, in citizens.
    rows, columns
        Blocks, series × periods × groups and series × periods × groups within, of the same citizens, as
        ``round_groups`` returns them. Where earlier periods held other citizens their sums can differ by a block; the
        larger one is then cut.
    order
        groups: a number of its own for each, from which the order follows in which the groups get their blocks.
    seeds
        series × periods.

    Returns
    -------
    Blocks of ``base`` citizens, of the shape of ``counts``.
    """
    rows, columns = _cut(rows, columns), _cut(columns, rows)
    so_far = counts.cumsum(axis=1)
    given = np.zeros_like(counts[:, 0])
    rounded = np.zeros_like(counts)
    series = np.arange(len(counts))
    for period in range(counts.shape[1]):
        wanted = so_far[:, period] / base - given
        here = so_far[:, period] > 0
        free = columns[:, period].copy()
        turns = np.argsort(mixed(order[None, :] ^ seeds[:, period, None]), axis=1)
        for turn in range(counts.shape[2]):
            row = turns[:, turn]
            blocks = rows[series, period, row]
            if not blocks.any():
                continue
            seed = mixed(seeds[:, period] ^ order[row])
            rounded[series, period, row] = _divide(blocks, wanted[series, row], here[series, row], free, seed)
            free -= rounded[series, period, row]
        given += rounded[:, period]
    return rounded


def mixed(numbers: Seeds) -> Seeds:
    """Scramble numbers of 64 bits: the finalizer of SplitMix64 (Steele, Lea & Flood 2014)."""
    with np.errstate(over="ignore"):
        mixing = numbers + np.uint64(0x9E3779B97F4A7C15)
        mixing = (mixing ^ (mixing >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixing = (mixing ^ (mixing >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(mixing ^ (mixing >> np.uint64(31)))


def _divide(blocks: Whole, wanted: Floats, here: NDArray[np.bool_], capacity: Whole, seeds: Seeds) -> Whole:
    """Divide the blocks of each series among its cells: whole ones as wanted, the others drawn.

    ``wanted`` (series × cells) is in blocks; ``here`` tells which cells have any citizens; no cell gets more than its
    ``capacity``.
    """
    got = np.minimum(np.floor(np.maximum(wanted, 0)).astype(np.int64), capacity)
    _take_back(got, wanted, blocks)
    left = blocks - got.sum(axis=1)
    rest = np.maximum(wanted - got, 0)
    while len(open_ := np.flatnonzero(left > 0)):
        seeds = mixed(seeds)
        free = got[open_] < capacity[open_]
        weights = np.where(free, rest[open_] + _FALLBACK * here[open_], 0)
        weights = np.where(weights.sum(axis=1, keepdims=True) > 0, weights, free)
        drawn = _draw(weights, seeds[open_])
        got[open_, drawn] += 1
        rest[open_, drawn] = np.maximum(rest[open_, drawn] - 1, 0)
        left[open_] -= 1
    return got


def _cut(blocks: Whole, other: Whole) -> Whole:
    """The blocks (series × periods × groups); where they are more than the others, the largest are cut."""
    cut = blocks.copy()
    while (longer := cut.sum(axis=2) > other.sum(axis=2)).any():
        series, period = np.nonzero(longer)
        cut[series, period, cut[series, period].argmax(axis=1)] -= 1
    return cut


def _take_back(got: Whole, wanted: Floats, blocks: Whole) -> None:
    """Where more whole blocks are wanted than there are, those go back whose cells lack the least without them."""
    while len(short := np.flatnonzero(got.sum(axis=1) > blocks)):
        lacking = np.where(got[short] > 0, wanted[short] - got[short], np.inf)
        got[short, lacking.argmin(axis=1)] -= 1


def _draw(weights: Floats, seeds: Seeds) -> Whole:
    """The cell drawn in each series, with chances in proportion to the weights."""
    edges = weights.cumsum(axis=1)
    chance = (seeds >> np.uint64(11)).astype(np.float64) / 2**53
    return np.asarray((edges > chance[:, None] * edges[:, -1:]).argmax(axis=1))
