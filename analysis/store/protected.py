"""Counts as a person sees them: exact, or rounded so that no number and no difference of numbers tells a small one."""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.access import Sight
from analysis.model import MISSING
from analysis.store.rounding import Randomness, Seeds, Whole, common_totals, mixed, round_crossing, round_groups

OFFER = ["municipality", "offer"]
PERIOD = ["period_start", "period_end"]
STAGES = ["invited", "participated", "completed"]
PARTS = ["left out", "dropped out", "completed"]
"""What the three stages are made of: invited only, took part only, completed. Each is rounded by itself."""


class Axes:
    """The series (offer × part), the periods and the groups of counts of one year, as the axes of an array.

    ``totals`` has the parts of every dimension by period, as ``reading`` takes them from the database, of these offers
    and in this year.
    """

    def __init__(self, totals: pd.DataFrame, randomness: Randomness) -> None:
        self.offers = sorted({(str(place), str(offer)) for place, offer in totals[OFFER].drop_duplicates().to_numpy()})
        self.periods = pd.MultiIndex.from_frame(totals[PERIOD[::-1]].drop_duplicates()).sort_values().swaplevel()
        self.series = [(*offer, part) for offer in self.offers for part in PARTS]
        self._totals, self._randomness = totals, randomness
        self._days = np.unique(totals[PERIOD].to_numpy())

    def starts(self, base: int) -> Whole:
        """Where the rounding of each series begins."""
        year = str(self._totals["period_start"].iloc[0].year)
        return np.asarray(self._randomness.seeds(self.series, "start", year) % np.uint64(base)).astype(np.int64)

    @cached_property
    def _common(self) -> Whole:
        """series × days: the citizens up to each day, of whom every dimension holds a part."""
        offers = self._of_offers(self._totals)
        series = np.concatenate([offers * len(PARTS) + part for part in range(len(PARTS))])
        first, last = (np.tile(self._day(self._totals[name]), len(PARTS)) for name in PERIOD)
        totals = np.concatenate([self._totals[part].to_numpy(np.int64) for part in PARTS])
        return common_totals(totals, series, first, last, len(self.series), len(self._days))

    def common(self, dimension: str) -> Whole:
        """series × periods: the citizens up to the end of each period, or of the last one that the dimension has."""
        own = self._totals[self._totals["dimension"] == dimension]
        has = np.zeros((len(self.offers), len(self.periods)), dtype=np.bool_)
        has[self._of_offers(own), self._of_periods(own)] = True
        at_end = self._common[:, self._day(self.periods.get_level_values("period_end"))]
        return np.maximum.accumulate(np.where(has.repeat(len(PARTS), axis=0), at_end, 0), axis=1)

    def _day(self, days: "pd.Series[Any] | pd.Index[Any]") -> Whole:
        return np.searchsorted(self._days, days.to_numpy())

    def _of_offers(self, counts: pd.DataFrame) -> Whole:
        return pd.MultiIndex.from_tuples(self.offers).get_indexer(pd.MultiIndex.from_frame(counts[OFFER]))

    def _of_periods(self, counts: pd.DataFrame) -> Whole:
        return self.periods.get_indexer(pd.MultiIndex.from_frame(counts[PERIOD]))

    def seeds(self, *names: str) -> Seeds:
        """series × periods: the seeds of the tables with these names."""
        days = [self.periods.get_level_values(level).to_numpy().astype("datetime64[D]") for level in PERIOD]
        first, last = (day.astype(np.int64).astype(np.uint64) for day in days)
        return mixed(self._randomness.seeds(self.series, *names)[:, None] ^ mixed(first ^ mixed(last))[None, :])

    def order(self, groups: list[str]) -> Seeds:
        """groups: a number of its own for each."""
        return self._randomness.seeds([(group,) for group in groups], "order")

    def array(self, counts: pd.DataFrame, *groups: tuple[str, list[str]]) -> Whole:
        """series × periods × the groups of each of these columns, in citizens."""
        shape = (len(self.offers), len(PARTS), len(self.periods), *(len(names) for _, names in groups))
        found = np.zeros(shape, dtype=np.int64)
        offers, periods = self._of_offers(counts), self._of_periods(counts)
        cells = [pd.Index(names).get_indexer(counts[column]) for column, names in groups]
        for number, part in enumerate(_parts(counts).T):
            np.add.at(found, (offers, number, periods, *cells), part)
        return found.reshape(-1, *shape[2:])

    def frame(self, rounded: Whole, like: pd.DataFrame, *groups: tuple[str, list[str]]) -> pd.DataFrame:
        """The rounded array as counts: a row for each cell in which there is any citizen."""
        cells = rounded.reshape(len(self.offers), len(PARTS), *rounded.shape[1:])
        offer, period, *group = np.nonzero(cells.any(axis=1))
        left_out, dropped_out, completed = (cells[(offer, part, period, *group)] for part in range(len(PARTS)))
        found = pd.DataFrame(np.array(self.offers, dtype=object).reshape(-1, 2)[offer], columns=OFFER)
        for level in PERIOD:
            found[level] = self.periods.get_level_values(level).to_numpy()[period]
        for (column, names), place in zip(groups, group, strict=True):
            found[column] = np.array(names, dtype=object)[place]
        found["completed"], found["participated"] = completed, completed + dropped_out
        found["invited"] = found["participated"] + left_out
        return _with_what_is_known(found, like, [column for column, _ in groups])


def rounded_counts(counts: pd.DataFrame, totals: pd.DataFrame, randomness: Randomness, base: int) -> pd.DataFrame:
    """Round exact counts by period, of one dimension or several: the same columns, in multiples of ``base``.

    ``counts`` has the columns of ``reading.counts_by_month``, whole offers with all their periods. ``totals`` has all
    citizens of every dimension of these offers by period, as ``queries/totals_by_month.sql`` gives them.
    """
    found = [
        _of_dimension(axes, own, str(key), base)[2]
        for axes, part in _by_year(totals, randomness, counts)
        for key, own in part[0].groupby("dimension", observed=True)
    ]
    return pd.concat(found, ignore_index=True)[list(counts)] if found else counts


def rounded_crossing(
    crossed: pd.DataFrame,
    one: pd.DataFrame,
    other: pd.DataFrame,
    totals: pd.DataFrame,
    randomness: Randomness,
    base: int,
) -> pd.DataFrame:
    """Round exact counts of two crossed dimensions so that they add up to the rounded counts of each.

    ``crossed`` has the columns of ``reading.crossed_counts``; ``one`` and ``other`` are the exact counts of its
    dimension and of the dimension within whose groups it is; ``totals`` is as ``rounded_counts`` has it. Periods in
    which the crossing does not hold the very citizens that both dimensions hold are left out: they would be a second
    rounding of nearly the same counts.
    """
    found = [
        _of_crossing(axes, part[0], part[1], part[2], base)
        for axes, part in _by_year(totals, randomness, crossed, one, other)
        if not any(frame.empty for frame in part)
    ]
    return pd.concat(found, ignore_index=True)[list(crossed)] if found else crossed


def _by_year(
    totals: pd.DataFrame, randomness: Randomness, *counts: pd.DataFrame
) -> Iterator[tuple[Axes, list[pd.DataFrame]]]:
    """The counts of each year, and their axes: nothing is carried from one year to the next."""
    for year, own in totals.groupby(totals["period_start"].dt.year):
        yield Axes(own, randomness), [frame[frame["period_start"].dt.year == year] for frame in counts]


def _of_crossing(axes: Axes, crossed: pd.DataFrame, one: pd.DataFrame, other: pd.DataFrame, base: int) -> pd.DataFrame:
    names = tuple(str(frame["dimension"].iloc[0]) for frame in (one, other))
    tables = [_of_dimension(axes, frame, key, base)[:2] for frame, key in zip((one, other), names, strict=True)]
    (groups, rows), (within, columns) = tables
    axis = (("group", groups), ("within", within))
    exact = axes.array(crossed, *axis)
    same = (exact.sum(axis=3) == axes.array(one, ("group", groups))).all(axis=2)
    same &= (exact.sum(axis=2) == axes.array(other, ("group", within))).all(axis=2)
    same = same.reshape(len(axes.offers), len(PARTS), -1).all(axis=1).repeat(len(PARTS), axis=0)
    exact, rows, columns = (np.where(same[(..., *[None] * (a.ndim - 2))], a, 0) for a in (exact, rows, columns))
    blocks = round_crossing(exact, rows, columns, axes.order(groups), axes.seeds(*names), base)
    return axes.frame(blocks * base, crossed, *axis)


def seen(
    counts: pd.DataFrame, sight: Sight, synthetic: bool, rounding: Callable[[pd.DataFrame], pd.DataFrame]
) -> pd.DataFrame:
    """The counts as ``sight`` shows them: synthetic and ``exact`` ones as they are, all others after ``rounding``."""
    if synthetic or sight.everywhere:
        return counts
    exact = counts["municipality"].isin(sight.exact)
    if exact.all():
        return counts
    both = pd.concat([counts[exact], rounding(counts[~exact])], ignore_index=True)
    return both.astype(counts.dtypes.to_dict()).sort_values(list(counts), ignore_index=True)


def _of_dimension(axes: Axes, counts: pd.DataFrame, key: str, base: int) -> tuple[list[str], Whole, pd.DataFrame]:
    """The groups of a dimension, their blocks, and these as counts."""
    groups = sorted(counts["group"].unique())
    exact = axes.array(counts, ("group", groups))
    seeds = axes.seeds(key), axes.seeds(MISSING)
    blocks = round_groups(exact, axes.common(key), axes.starts(base), *seeds, base, missing_of(groups))
    return groups, blocks, axes.frame(blocks * base, counts, ("group", groups))


def missing_of(groups: list[str]) -> int | None:
    """Which of the groups has the citizens whose group is missing; None where there is none."""
    return groups.index(MISSING) if MISSING in groups else None


def _parts(counts: pd.DataFrame) -> Whole:
    """rows × ``PARTS``. Nobody counts as only invited where it is not known who was, or where more took part."""
    invited, participated, completed = (counts[name].to_numpy(np.float64, na_value=np.nan) for name in STAGES)
    left_out = np.maximum(np.nan_to_num(invited - participated), 0)
    return np.column_stack([left_out, participated - completed, completed]).astype(np.int64)


def _with_what_is_known(found: pd.DataFrame, exact: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """Rounded counts with what does not depend on counts: the phase, the dimension, and whether ``invited`` is known.

    Carrying over can put citizens into a cell that has none in this period. It is then as the offer is in the period.
    """
    keys = [*OFFER, *PERIOD]
    fixed = exact[[*keys, "phase", "dimension", "adjusted_on"]].drop_duplicates(keys)
    known = exact["invited"].notna()
    fixed = fixed.merge(known.groupby([exact[key] for key in keys]).any().rename("known").reset_index(), on=keys)
    unknown = exact.loc[~known, [*keys, *groups]].assign(unknown=True)
    found = found.merge(fixed, on=keys).merge(unknown, on=[*keys, *groups], how="left")
    found["invited"] = found["invited"].astype("Int64").mask(~found.pop("known") | found.pop("unknown").notna())
    return found
