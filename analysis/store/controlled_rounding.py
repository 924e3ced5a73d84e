"""Controlled rounding of counts: round every table once, so that all tables of an offer have the same totals.

The algorithm rounds the total of each offer over time, from a random start. It divides the resulting blocks of ``base``
citizens among the groups of each dimension. It then divides the blocks of two dimensions among the cells of their
crossing. It carries the rounding error of one period to the next period, so that errors do not accumulate. Every
published number is therefore a sum of the same blocks.

Two tables of the same citizens must never give two independent roundings of one count, because a reader could average
them. A group therefore takes over the blocks of a group of an earlier dimension if both had equal counts in the last
periods. Equal cells of two crossings are mostly rounded alike. A dimension can lack citizens, because it began later or
misses rows. These citizens get their share of the blocks as a hidden group. Dimensions with different citizens
therefore have no totals of their own.

Random choices depend on a secret of the database, the offer, the dimension and the period. Nothing is carried from one
calendar year to the next. Repeated queries give the same rounded count. Data of other offers, later periods and earlier
years do not change it. An earlier period of the same year can change it, and so can a dimension with an earlier key.

References
----------
Cox 1987, A Constructive Procedure for Unbiased Controlled Rounding, JASA 82:520. Langsrud & Heldal 2018, An Algorithm
for Small Count Rounding of Tabular Data, in Privacy in Statistical Databases: round the inner cells and add the totals
up from them.
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
"""Weight of a cell that has citizens but no remainder: it is drawn only if no other cell can be drawn."""


ALIKE_FOR = 4
"""Number of periods, including this one, in which two groups must be equal to count as the same citizens."""
_BEARABLE = 1.25
"""Largest deviation, in blocks, of a group and of the rest of its dimension for which the group takes over blocks."""


@dataclass(frozen=True)
class Randomness:
    """Random numbers that are always the same for the same names and are unpredictable without the secret."""

    secret: str

    def seed(self, *names: str) -> int:
        """Return a 64-bit number for these names."""
        text = chr(31).join(names).encode()
        return int.from_bytes(blake2b(text, key=self.secret.encode()[:64], digest_size=8).digest(), "big")

    def seeds(self, names: Sequence[tuple[str, ...]], *more: str) -> Seeds:
        """Return one seed for each of these names, followed by ``more``."""
        return np.array([self.seed(*one, *more) for one in names], dtype=np.uint64)


def common_totals(totals: Whole, series: Whole, starts: Whole, ends: Whole, number: int, boundaries: int) -> Whole:
    """Return the cumulative number of citizens of each series at each boundary, over all dimensions.

    Between the start and the end of a period, the number grows by at least the count of every dimension. If all
    dimensions have the same citizens, the result is the number of these citizens.

    Parameters
    ----------
    totals, series, starts, ends
        For each dimension and period: the number of citizens, the series, and the first and last boundary of the
        period. Boundaries are the numbers of the days in chronological order; 0 is the first.
    number, boundaries
        Number of series and number of boundaries.

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


@dataclass(frozen=True)
class Table:
    """Exact counts of one dimension.

    Parameters
    ----------
    counts
        series × periods × groups, in citizens. A series is one offer and one part of its citizens.
    common
        series × periods: ``common_totals`` at the end of each period.
    seeds
        series × periods: seeds of this dimension.
    missing
        Index of the group of citizens whose group is missing; None if there is no such group.
    """

    counts: Whole
    common: Whole
    seeds: Seeds
    missing: int | None


def round_dimensions(tables: Sequence[Table], starts: Whole, common_seeds: Seeds, base: int) -> list[Whole]:
    """Round the groups of each dimension so that they add up to the rounded common total of their series.

    First separate the citizens whose group is missing from all others. The random choices of this step are the same for
    every dimension, because often nearly the same citizens are missing in several. Two groups of different dimensions
    that had equal counts in the last periods may contain the same citizens and must not get two roundings. The group of
    the later dimension therefore takes over the blocks of the earlier one.

    Parameters
    ----------
    tables
        The dimensions, always in the same order. All have the same series and periods.
    starts
        series: from 0 to ``base`` − 1, the same for every dimension of the series.
    common_seeds
        series × periods: the same for every dimension.

    Returns
    -------
    Blocks of ``base`` citizens for each table, with the shape of its ``counts``. Together with the blocks of the
    citizens that the dimension lacks, their cumulative sum is ``(common + start) // base``, which does not depend on
    the dimension. The cumulative sum of a group deviates by less than one block or slightly more;
    tests/store/test_rounding.py has the measured sizes.
    """
    rounded, known = [], _KnownCounts(common_seeds.shape)
    for table in tables:
        lacking = np.diff(table.common, axis=1, prepend=0) - table.counts.sum(axis=2)
        every = np.concatenate([table.counts, np.maximum(lacking, 0)[:, :, None]], axis=2)
        so_far = every.cumsum(axis=1)
        blocks = np.diff((table.common + starts[:, None]) // base, axis=1, prepend=0)
        histories = _histories(every)
        taken = known.of(histories)
        if table.missing is None:
            found = _over_time(so_far, blocks, table.seeds, base, taken)
        else:
            others, of_named = (np.delete(array, table.missing, axis=2) for array in (so_far, taken))
            parted = np.stack([so_far[:, :, table.missing], others.sum(axis=2)], axis=2)
            parts = _over_time(parted, blocks, common_seeds, base, np.full_like(parted, -1))
            found = _over_time(others, parts[:, :, 1], table.seeds, base, of_named)
            found = np.insert(found, table.missing, parts[:, :, 0], axis=2)
        known.add(histories, found, taken)
        rounded.append(found[:, :, :-1])
    return rounded


class _KnownCounts:
    """Histories and blocks per period of the groups that are already rounded, each group once."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._histories = np.zeros((*shape, 1), dtype=np.uint64)
        self._blocks = np.zeros((*shape, 1), dtype=np.int64)

    def of(self, histories: Seeds) -> Whole:
        """Return the blocks per period of a known group with the same history; −1 if there is none.

        A known group gives its blocks to at most one group of a dimension.
        """
        taken = np.full(histories.shape, -1)
        free = self._histories > 0
        for group in range(histories.shape[2]):
            same = free & (self._histories == histories[:, :, group, None])
            series, period = np.nonzero(same.any(axis=2))
            place = same[series, period].argmax(axis=1)
            taken[series, period, group] = self._blocks[series, period, place]
            free[series, period, place] = False
        return taken

    def add(self, histories: Seeds, blocks: Whole, taken: Whole) -> None:
        """Add the groups that did not take over the blocks of a known group."""
        self._histories = np.concatenate([self._histories, np.where(taken < 0, histories, 0)], axis=2)
        self._blocks = np.concatenate([self._blocks, blocks], axis=2)


def _histories(counts: Whole) -> Seeds:
    """Hash the counts of each period and the periods before it: series × periods × groups; 0 if there are no citizens.

    Periods without citizens in the series do not count, because other offers may have periods of other lengths.
    """
    found = np.zeros(counts.shape, dtype=np.uint64)
    last = [np.zeros_like(counts[:, 0]) for _ in range(ALIKE_FOR)]
    for period in range(counts.shape[1]):
        here = counts[:, period].any(axis=1, keepdims=True)
        last = [np.where(here, newer, older) for newer, older in zip([counts[:, period], *last], last, strict=False)]
        history = np.zeros_like(found[:, period])
        for older in last:
            history = mixed(history ^ older.astype(np.uint64))
        found[:, period] = np.where(here & (sum(last) > 0), history | np.uint64(1), np.uint64(0))
    return found


def _over_time(so_far: Whole, blocks: Whole, seeds: Seeds, base: int, taken: Whole) -> Whole:
    """Divide the blocks of each period (series × periods) among the groups, so that sums stay close to the counts.

    ``so_far`` (series × periods × groups) has the cumulative counts in citizens. ``taken`` (same shape) has the blocks
    that a group would take over; −1 if none.
    """
    given = np.zeros_like(so_far[:, 0])
    rounded = np.zeros_like(so_far)
    for period in range(so_far.shape[1]):
        here = so_far[:, period] > 0
        wanted = so_far[:, period] / base - given
        over = taken[:, period]
        over = np.where(np.abs(wanted - over) < _BEARABLE, over, -1)
        over = _bearable(over, wanted, blocks[:, period])
        open_ = here & (over < 0)
        over = np.maximum(over, 0)
        open_ = np.where(open_.any(axis=1, keepdims=True), open_, here)
        capacity = np.where(open_ | ~open_.any(axis=1, keepdims=True), np.iinfo(np.int64).max, 0)
        rest = blocks[:, period] - over.sum(axis=1)
        rounded[:, period] = over + _divide(rest, wanted - over, open_, capacity, seeds[:, period])
        given += rounded[:, period]
    return rounded


def _bearable(over: Whole, wanted: Floats, blocks: Whole) -> Whole:
    """Limit the blocks that groups take over (−1: none), so that the others get nearly the blocks they need."""
    takes = over >= 0
    left = blocks[:, None] - np.where(takes, over, 0).cumsum(axis=1)
    too_many = left - (wanted.sum(axis=1, keepdims=True) - np.where(takes, wanted, 0).cumsum(axis=1))
    fine = (left >= 0) & (np.abs(too_many) < _BEARABLE)
    until_here = np.logical_or.accumulate(fine[:, ::-1], axis=1)[:, ::-1]
    return np.where(until_here, over, -1)


def round_crossing(counts: Whole, rows: Whole, columns: Whole, seeds: Seeds, base: int) -> Whole:
    """Round the cells of two crossed dimensions so that they add up to the rounded groups of both.

    Parameters
    ----------
    counts
        series × periods × groups × groups within, in citizens.
    rows, columns
        Blocks, series × periods × groups and series × periods × groups within, of the same citizens, as returned by
        ``round_dimensions``. If earlier periods had other citizens, their sums can differ by a block; the larger one is
        then reduced.
    seeds
        series × periods: the same for every crossing.

    Returns
    -------
    Blocks of ``base`` citizens, with the shape of ``counts``.
    """
    rows, columns = _cut(rows, columns), _cut(columns, rows)
    so_far = counts.cumsum(axis=1)
    given = np.zeros_like(counts[:, 0])
    rounded = np.zeros_like(counts)
    series = np.arange(len(counts))
    keys = _histories(counts.reshape(*counts.shape[:2], -1)).reshape(counts.shape) ^ seeds[:, :, None, None]
    for period in range(counts.shape[1]):
        wanted = so_far[:, period] / base - given
        free = columns[:, period].copy()
        turns = np.argsort(so_far[:, period].sum(axis=2), axis=1, kind="stable")
        for turn in range(counts.shape[2]):
            row = turns[:, turn]
            blocks = rows[series, period, row]
            if not blocks.any():
                continue
            cells = so_far[series, period, row], wanted[series, row], keys[series, period, row]
            rounded[series, period, row] = _divide_row(blocks, *cells, free)
            free -= rounded[series, period, row]
        given += rounded[:, period]
    return rounded


def _divide_row(blocks: Whole, so_far: Whole, wanted: Floats, keys: Seeds, capacity: Whole) -> Whole:
    """Divide the blocks of each series among its cells (series × cells), one cell after the other, small cells first.

    The key of a cell, its share and the sums of the row decide whether it gets one more block. Equal cells of two
    crossings are therefore mostly rounded alike, independently of the other cells in their rows.
    """
    got = np.minimum(np.floor(np.maximum(wanted, 0)).astype(np.int64), capacity)
    _take_back(got, wanted, blocks)
    left = blocks - got.sum(axis=1)
    rest = np.maximum(wanted - got, 0) * (got < capacity)
    weights = rest.sum(axis=1)
    series = np.arange(len(blocks))
    chance = (mixed(keys) >> np.uint64(11)).astype(np.float64) / 2**53
    for cell in np.argsort(so_far, axis=1, kind="stable").T:
        share = rest[series, cell]
        more = (left > 0) & (chance[series, cell] * weights < left * share)
        got[series, cell] += more
        left = left - more
        weights = weights - share
    return got + _divide(left, np.zeros_like(wanted), so_far > 0, capacity - got, mixed(keys[:, 0]))


def mixed(numbers: Seeds) -> Seeds:
    """Scramble numbers of 64 bits: the finalizer of SplitMix64 (Steele, Lea & Flood 2014)."""
    with np.errstate(over="ignore"):
        mixing = numbers + np.uint64(0x9E3779B97F4A7C15)
        mixing = (mixing ^ (mixing >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixing = (mixing ^ (mixing >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(mixing ^ (mixing >> np.uint64(31)))


def _divide(blocks: Whole, wanted: Floats, here: NDArray[np.bool_], capacity: Whole, seeds: Seeds) -> Whole:
    """Divide the blocks of each series among its cells: first the whole blocks, then the remaining blocks at random.

    ``wanted`` (series × cells) is in blocks. ``here`` is True for cells that have citizens. No cell gets more than its
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
    """Reduce the largest blocks (series × periods × groups) until their sum does not exceed the sum of ``other``."""
    cut = blocks.copy()
    while (longer := cut.sum(axis=2) > other.sum(axis=2)).any():
        series, period = np.nonzero(longer)
        cut[series, period, cut[series, period].argmax(axis=1)] -= 1
    return cut


def _take_back(got: Whole, wanted: Floats, blocks: Whole) -> None:
    """Remove surplus blocks in place, first from the cells that lack the least without them."""
    while len(short := np.flatnonzero(got.sum(axis=1) > blocks)):
        lacking = np.where(got[short] > 0, wanted[short] - got[short], np.inf)
        got[short, lacking.argmin(axis=1)] -= 1


def _draw(weights: Floats, seeds: Seeds) -> Whole:
    """Draw one cell in each series, with probabilities in proportion to the weights."""
    edges = weights.cumsum(axis=1)
    chance = (seeds >> np.uint64(11)).astype(np.float64) / 2**53
    return np.asarray((edges > chance[:, None] * edges[:, -1:]).argmax(axis=1))
