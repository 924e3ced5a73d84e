"""Disclosure control: exact counts, or rounded counts whose values and differences do not reveal small counts."""

from collections.abc import Callable, Iterator
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.auth.roles import DisclosureLevel
from analysis.model.terms import MISSING
from analysis.store.controlled_rounding import (
    Randomness,
    Seeds,
    Table,
    Whole,
    common_totals,
    mixed,
    round_crossing,
    round_dimensions,
)

OFFER = ["municipality", "offer"]
PERIOD = ["period_start", "period_end"]
CROSSING = "crossing"
STAGES = ["invited", "participated", "completed"]
PARTS = ["left out", "dropped out", "completed", "dropped out uninvited", "completed uninvited"]
"""Components of the three stages: invited only, participated only, completed. Each is rounded separately.

Citizens who are not known to have been invited are apart.
"""
OF_INVITED = 3
"""Number of the first parts, which are of the invited."""
FIXED = ["phase", "finished", "adjusted_on"]
"""Columns of a period that do not depend on counts."""


class CountArray:
    """Series (offer × part), periods and groups of the counts of one year, as arrays with these axes.

    ``counts`` has the exact counts of every dimension, from ``counts.counts_by_month``, of these offers and of this
    year.
    """

    def __init__(self, counts: pd.DataFrame, randomness: Randomness) -> None:
        self.offers = sorted({(str(place), str(offer)) for place, offer in counts[OFFER].drop_duplicates().to_numpy()})
        self.periods = pd.MultiIndex.from_frame(counts[PERIOD[::-1]].drop_duplicates()).sort_values().swaplevel()
        self.series = [(*offer, part) for offer in self.offers for part in PARTS]
        self._counts, self._randomness = counts, randomness

    def starts(self, base: int) -> Whole:
        """Return the rounding start of each series, from 0 to ``base`` − 1."""
        year = str(self.periods.get_level_values("period_start")[0].year)
        return np.asarray(self._randomness.seeds(self.series, "start", year) % np.uint64(base)).astype(np.int64)

    @cached_property
    def exact(self) -> dict[str, tuple[list[str], Whole]]:
        """Groups and exact counts of each dimension, series × periods × groups, in citizens."""
        series, periods, parts = self._of_offers(self._counts), self._of_periods(self._counts), _parts(self._counts)
        found = {}
        for key, rows in sorted(self._counts.groupby("dimension").indices.items()):
            cells, groups = pd.factorize(self._counts["group"].iloc[rows], sort=True)
            places = series[rows], periods[rows], cells
            found[str(key)] = [str(group) for group in groups], self._added(parts[rows], places, (len(groups),))
        return found

    def rounded(self, base: int) -> dict[str, tuple[list[str], Whole]]:
        """Return, for each dimension, its groups and the rounded counts, series × periods × groups, in blocks."""
        tables = [
            Table(counts, self._common[key], self.seeds(key), missing_of(names))
            for key, (names, counts) in self.exact.items()
        ]
        blocks = round_dimensions(tables, self.starts(base), self.seeds(MISSING), base)
        return {key: (names, own) for (key, (names, _)), own in zip(self.exact.items(), blocks, strict=True)}

    @cached_property
    def _common(self) -> dict[str, Whole]:
        """``common_totals`` of each dimension at the end of each period, series × periods.

        In a period that the dimension does not have, the value is that of its last period.
        """
        first, last = (self.periods.get_level_values(level).to_numpy() for level in PERIOD)
        days = np.unique([first, last])
        starts, ends = np.searchsorted(days, first), np.searchsorted(days, last)
        totals = {key: counts.sum(axis=2) for key, (_, counts) in self.exact.items()}
        has = {key: self._has(total) for key, total in totals.items()}
        where = {key: np.nonzero(mask) for key, mask in has.items()}
        at_days = common_totals(
            np.concatenate([totals[key][place] for key, place in where.items()]),
            np.concatenate([series for series, _ in where.values()]),
            np.concatenate([starts[period] for _, period in where.values()]),
            np.concatenate([ends[period] for _, period in where.values()]),
            len(self.series),
            len(days),
        )
        return {key: np.maximum.accumulate(np.where(mask, at_days[:, ends], 0), axis=1) for key, mask in has.items()}

    def _has(self, totals: Whole) -> NDArray[np.bool_]:
        """Return series × periods: True if the offer has citizens in the period, in any part."""
        of_offers = totals.reshape(len(self.offers), len(PARTS), -1).any(axis=1)
        return of_offers.repeat(len(PARTS), axis=0)

    def _of_offers(self, counts: pd.DataFrame) -> Whole:
        return pd.MultiIndex.from_tuples(self.offers).get_indexer(pd.MultiIndex.from_frame(counts[OFFER]))

    def _of_periods(self, counts: pd.DataFrame) -> Whole:
        return self.periods.get_indexer(pd.MultiIndex.from_frame(counts[PERIOD]))

    def _added(self, parts: Whole, places: tuple[Whole, ...], groups: tuple[int, ...]) -> Whole:
        """Sum the parts (rows × ``PARTS``) by offer, period and groups. Return series × periods × groups."""
        found = np.zeros((len(self.offers), len(PARTS), len(self.periods), *groups), dtype=np.int64)
        offers, periods, *cells = places
        for number, part in enumerate(parts.T):
            np.add.at(found[:, number], (offers, periods, *cells), part)
        return found.reshape(-1, *found.shape[2:])

    def seeds(self, *names: str) -> Seeds:
        """Return series × periods: the seeds of the tables with these names."""
        days = [self.periods.get_level_values(level).to_numpy().astype("datetime64[D]") for level in PERIOD]
        first, last = (day.astype(np.int64).astype(np.uint64) for day in days)
        return mixed(self._randomness.seeds(self.series, *names)[:, None] ^ mixed(first ^ mixed(last))[None, :])

    def crossing(self, crossed: pd.DataFrame, groups: list[str], within: list[str]) -> Whole:
        """Return the exact counts of a crossing: series × periods × groups × groups within, in citizens."""
        cells = [pd.Index(names).get_indexer(crossed[key]) for key, names in (("group", groups), ("within", within))]
        places = (self._of_offers(crossed), self._of_periods(crossed), *cells)
        return self._added(_parts(crossed), places, (len(groups), len(within)))

    def frame(self, rounded: Whole, dimension: str, *groups: tuple[str, list[str]]) -> pd.DataFrame:
        """Convert the rounded array to a frame of counts, with one row per cell of invited or of other citizens."""
        cells = rounded.reshape(len(self.offers), len(PARTS), *rounded.shape[1:])
        both = [self._frame(part, dimension, *groups) for part in (cells[:, :OF_INVITED], cells[:, OF_INVITED:])]
        return pd.concat(both, ignore_index=True)

    def _frame(self, cells: Whole, dimension: str, *groups: tuple[str, list[str]]) -> pd.DataFrame:
        """Convert the parts of the invited, or of all others, whose number of invited is missing."""
        offer, period, *group = np.nonzero(cells.any(axis=1))
        *left_out, dropped_out, completed = (cells[(offer, part, period, *group)] for part in range(cells.shape[1]))
        found = pd.DataFrame(np.array(self.offers, dtype=object).reshape(-1, 2)[offer], columns=OFFER)
        for level in PERIOD:
            found[level] = self.periods.get_level_values(level).to_numpy()[period]
        for (column, names), place in zip(groups, group, strict=True):
            found[column] = np.array(names, dtype=object)[place]
        found["completed"], found["participated"] = completed, completed + dropped_out
        found["invited"] = found["participated"] + left_out[0] if left_out else pd.NA
        return found.astype({"invited": "Int64"}).assign(dimension=dimension)


def rounded_counts(
    counts: pd.DataFrame, randomness: Randomness, base: int, dimension: str | None = None
) -> pd.DataFrame:
    """Round exact counts by period to multiples of ``base``, of one dimension or of all. The columns stay the same.

    ``counts`` has the columns of ``counts.counts_by_month``: complete offers with all their periods and all dimensions.
    """
    found = [
        array.frame(blocks * base, key, ("group", groups))
        for array, _ in _by_year(counts, randomness)
        for key, (groups, blocks) in array.rounded(base).items()
        if dimension in (None, key)
    ]
    return _with_fixed_columns(found, counts)


def rounded_crossing(
    crossed: pd.DataFrame, counts: pd.DataFrame, within: str, randomness: Randomness, base: int
) -> pd.DataFrame:
    """Round exact counts of two crossed dimensions so that they add up to the rounded counts of each.

    ``crossed`` has the columns of ``counts.crossed_counts``; ``within`` is the dimension of the groups within;
    ``counts`` is as in ``rounded_counts``. Periods in which the crossing does not have exactly the citizens of both
    dimensions are left out: they would be a second rounding of nearly the same counts.
    """
    found = [
        _of_crossing(array, own, within, base)
        for array, of_year in _by_year(counts, randomness)
        if len(own := crossed[crossed["period_start"].dt.year == of_year["period_start"].iloc[0].year])
    ]
    return _with_fixed_columns(found, crossed)


def _by_year(counts: pd.DataFrame, randomness: Randomness) -> Iterator[tuple[CountArray, pd.DataFrame]]:
    """Yield the array and counts of each year: nothing is carried from one year to the next."""
    for _, own in counts.groupby(counts["period_start"].dt.year):
        yield CountArray(own, randomness), own


def _of_crossing(array: CountArray, crossed: pd.DataFrame, other: str, base: int) -> pd.DataFrame:
    one = str(crossed["dimension"].iloc[0])
    blocks = array.rounded(base)
    (groups, rows), (within, columns) = blocks[one], blocks[other]
    exact = array.crossing(crossed, groups, within)
    same = (exact.sum(axis=3) == array.exact[one][1]).all(axis=2)
    same &= (exact.sum(axis=2) == array.exact[other][1]).all(axis=2)
    same = same.reshape(len(array.offers), len(PARTS), -1).all(axis=1).repeat(len(PARTS), axis=0)
    exact, rows, columns = (np.where(same[(..., *[None] * (a.ndim - 2))], a, 0) for a in (exact, rows, columns))
    cells = round_crossing(exact, rows, columns, array.seeds(CROSSING), base)
    return array.frame(cells * base, one, ("group", groups), ("within", within))


def disclosed_counts(
    counts: pd.DataFrame,
    disclosure_level: DisclosureLevel,
    synthetic: bool,
    rounding: Callable[[pd.DataFrame], pd.DataFrame],
) -> pd.DataFrame:
    """Return synthetic counts and counts of ``exact`` municipalities unchanged, and all others after ``rounding``."""
    if synthetic or disclosure_level.everywhere:
        return counts
    exact = counts["municipality"].isin(disclosure_level.exact)
    if exact.all():
        return counts
    both = pd.concat([counts[exact], rounding(counts[~exact])], ignore_index=True)
    return both.astype(counts.dtypes.to_dict()).sort_values(list(counts), ignore_index=True)


def missing_of(groups: list[str]) -> int | None:
    """Return the index of the group of citizens whose group is missing; None if there is none."""
    return groups.index(MISSING) if MISSING in groups else None


def _parts(counts: pd.DataFrame) -> Whole:
    """Return rows × ``PARTS``. Invited only is 0 if ``invited`` is smaller than ``participated``."""
    invited, participated, completed = (counts[name].to_numpy(np.float64, na_value=np.nan) for name in STAGES)
    is_known = ~np.isnan(invited)
    left_out = np.maximum(np.nan_to_num(invited - participated), 0)
    after_start = np.column_stack([participated - completed, completed])
    of_invited, of_others = (np.where(mask[:, None], after_start, 0) for mask in (is_known, ~is_known))
    return np.column_stack([left_out, of_invited, of_others]).astype(np.int64)


def _with_fixed_columns(cells: list[pd.DataFrame], exact: pd.DataFrame) -> pd.DataFrame:
    """Add to rounded counts the columns of their period. Cells without citizens in the period can have some."""
    if not cells:
        return exact
    keys = [*OFFER, *PERIOD]
    fixed = exact[[*keys, *FIXED]].drop_duplicates(keys)
    return pd.concat(cells, ignore_index=True).merge(fixed, on=keys)[list(exact)]
