"""Plausibility checks of the sums of an offer over its periods and groups."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, pairwise
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding, Period, Word
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.model.terms import MISSING, Rate, Stage

SHORTEST_SERIES = 6
LEAST_A_PERIOD = 5
JUMP = 4.0
LARGE_GROUP = 30
OFFER = ["municipality", "offer"]
Row = dict[str, Any]


def check_series(
    counts: pa.Table,
    adjustments: Iterable[tuple[str, str, dt.date]],
    known: ReferenceData,
    smallest_count: int,
    without_completion: Collection[tuple[str, str]] = (),
) -> list[Finding]:
    """Check the plausibility of the counts in the file.

    Parameters
    ----------
    counts : counts by municipality, offer, period_start, period_end, dimension and group, with the columns invited,
        participated and completed.
    adjustments : municipality, offer and day of each adjustment.
    known : reference data.
    smallest_count : smallest number of participants of a group that may be shown.
    without_completion : municipality and offer without information on who completed.
    """
    first: dict[tuple[str, str], dt.date] = {}
    for municipality, offer, day in adjustments:
        first[municipality, offer] = min(day, first.get((municipality, offer), day))
    findings: list[Finding] = []
    by_offer = _rows(counts, ["dimension", "period_start", "period_end"])
    for place, periods in by_offer.items():
        one = [row for row in periods if row["dimension"] == periods[0]["dimension"]]
        findings += _gaps(place[1], one)
        findings += _jump(place[1], one)
        findings += _no_phase(place[1], one, first.get(place))
        findings += _unequal_totals(place[1], periods, known)
    for place, groups in _rows(counts, ["dimension", "group"]).items():
        rates = [Rate.PARTICIPATION] if place in without_completion else list(_RATES)
        findings += _extreme(place[1], groups, known, rates)
        findings += _small_groups(place[1], groups, known, smallest_count)
    return findings


def _rows(counts: pa.Table, by: list[str]) -> dict[tuple[str, str], list[Row]]:
    """Return the sums by these columns for each offer, sorted; ``invited`` is None unless it is known in all rows."""
    wanted = [*((str(stage), "sum") for stage in Stage), ("invited", "count"), ("participated", "count")]
    table = counts.group_by([*OFFER, *by]).aggregate(wanted).sort_by([(name, "ascending") for name in (*OFFER, *by)])
    known = pc.equal(table["invited_count"], table["participated_count"])
    participated, completed = (pc.fill_null(table[f"{stage}_sum"], 0) for stage in ("participated", "completed"))
    columns = {
        **{name: table[name] for name in (*OFFER, *by)},
        "invited": pc.if_else(known, table["invited_sum"], None),
        "participated": participated,
        "completed": completed,
        "base": pc.if_else(known, table["invited_sum"], participated),
    }
    values = zip(*map(_listed, columns.values()), strict=True)
    rows = [dict(zip(columns, row, strict=True)) for row in values]
    grouped = groupby(rows, key=lambda row: (row["municipality"], row["offer"]))
    return {place: list(of_offer) for place, of_offer in grouped}


def _listed(column: pa.ChunkedArray) -> list[Any]:
    """Return the values of a column. Arrow alone converts dates one by one."""
    return column.to_numpy().tolist() if pa.types.is_date(column.type) else column.to_pylist()


def _gaps(offer: str, periods: list[Row]) -> Iterator[Finding]:
    if len(periods) < SHORTEST_SERIES or median(row["base"] for row in periods) < LEAST_A_PERIOD:
        return
    between = pairwise(periods)
    missing = [Period(one["period_end"], other["period_start"]) for one, other in between]
    months = tuple(month for period in missing for month in _months(period))
    if months:
        yield Finding("month_missing", value=offer, values={"periods": months})


def _months(period: Period) -> Iterator[Period]:
    start = period.start
    while start < period.end:
        after = (start.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        yield Period(start, after)
        start = after


def _jump(offer: str, periods: list[Row]) -> Iterator[Finding]:
    """Report the largest change in the number of citizens per period, if it is large."""
    numbers = [row["base"] for row in periods]
    best, at = 1.0, 0
    for split in range(3, len(numbers) - 2):
        low, high = sorted((median(numbers[:split]), median(numbers[split:])))
        if low >= 1 and high >= LARGE_GROUP and high / low > best:
            best, at = high / low, split
    if best >= JUMP:
        period = Period(periods[at]["period_start"], periods[at]["period_end"])
        values = {"usual": int(median(numbers[:at])), "number": numbers[at], "period": period}
        yield Finding("denominator_jumps", value=offer, values=values)


def _no_phase(offer: str, periods: list[Row], day: dt.date | None) -> Iterator[Finding]:
    if day is None:
        return
    if not any(row["period_end"] <= day for row in periods):
        yield Finding("nothing_before", value=offer)
    if not any(row["period_start"] >= day for row in periods):
        yield Finding("nothing_after", value=offer)


_RATES = {Rate.PARTICIPATION: Word(N_("the participation rate")), Rate.COMPLETION: Word(N_("the completion rate"))}
_STAGES = {
    Stage.INVITED: Word(N_("invited")),
    Stage.PARTICIPATED: Word(N_("participants")),
    Stage.COMPLETED: Word(N_("completed")),
}


def _extreme(offer: str, groups: list[Row], known: ReferenceData, rates: Iterable[Rate]) -> Iterator[Finding]:
    """Report, for each rate, the largest group with a rate of 0 or 100 per cent."""
    for rate in rates:
        said = _RATES[rate]
        some = [row for row in groups if (row[rate.denominator] or 0) >= LARGE_GROUP]
        extreme = [row for row in some if row[rate.numerator] in (0, row[rate.denominator])]
        if extreme:
            row = max(extreme, key=lambda row: row[rate.denominator])
            share = float(row[rate.numerator] > 0)
            group = known.group_label(row["dimension"], row["group"])
            values = {"rate": said, "share": share, "number": row[rate.denominator], "group": group}
            yield Finding("rate_extreme", value=offer, values=values)


def _small_groups(offer: str, groups: list[Row], known: ReferenceData, smallest_count: int) -> Iterator[Finding]:
    small = [row for row in groups if row["group"] != MISSING and 0 < row["participated"] < smallest_count]
    for dimension in dict.fromkeys(row["dimension"] for row in small):
        yield Finding("groups_too_small", value=offer, values={"dimension": known.dimensions[dimension]})


def _unequal_totals(offer: str, periods: list[Row], known: ReferenceData) -> Iterator[Finding]:
    """Report two dimensions with the same periods but different totals."""
    by_dimension = {key: list(rows) for key, rows in groupby(periods, key=lambda row: row["dimension"])}
    first, *others = by_dimension
    for other in others:
        one, two = by_dimension[first], by_dimension[other]
        if [row["period_start"] for row in one] != [row["period_start"] for row in two]:
            continue
        for stage in Stage:
            sums = [_total(rows, stage) for rows in (one, two)]
            if None not in sums and sums[0] != sums[1]:
                dimensions = {"one": known.dimensions[first], "other": known.dimensions[other]}
                values = {**dimensions, "sum": sums[0], "other_sum": sums[1], "stage": _STAGES[stage]}
                yield Finding("totals_of_groups", value=offer, values=values)
                break


def _total(rows: list[Row], stage: Stage) -> int | None:
    numbers = [row[stage] for row in rows]
    return None if None in numbers else sum(numbers)
