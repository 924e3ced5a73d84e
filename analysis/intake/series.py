"""Checks of the whole: what an offer's periods and groups, added up, tell of the export."""

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.intake.findings import Finding, Period
from analysis.intake.known import Known
from analysis.model import MISSING, Rate, Stage

SHORTEST_SERIES = 6
LEAST_A_PERIOD = 5
JUMP = 4.0
LARGE_GROUP = 30
STAGES = list(Stage)


def check_series(
    counts: pd.DataFrame, adjustments: list[tuple[str, str, dt.date]], known: Known, smallest_count: int
) -> list[Finding]:
    """What is worth a look in the counts that the file brings.

    ``counts`` has municipality, offer, period_start, period_end, dimension, group, invited, participated, completed;
    ``adjustments`` are municipality, offer and day.
    """
    findings: list[Finding] = []
    first = {}
    for municipality, offer, day in adjustments:
        first[municipality, offer] = min(day, first.get((municipality, offer), day))
    for place, of_offer in counts.groupby(["municipality", "offer"]):
        offer = str(place[1])
        by_period = _by_period(of_offer)
        findings += _gaps(offer, by_period)
        findings += _jump(offer, by_period)
        findings += _no_phase(offer, by_period, first.get(place))
        findings += _extreme(offer, of_offer, known)
        findings += _small_groups(offer, of_offer, known, smallest_count)
        findings += _unequal_totals(offer, of_offer, known)
    return findings


def _by_period(of_offer: pd.DataFrame) -> pd.DataFrame:
    """The offer's periods with their citizens by any one of its dimensions, the periods as they follow each other."""
    one = of_offer[of_offer["dimension"] == of_offer["dimension"].iloc[0]]
    return one.groupby(["period_start", "period_end"], as_index=False)[STAGES].sum(min_count=1)


def _base(frame: pd.DataFrame) -> pd.Series:
    return frame["invited"] if frame["invited"].notna().all() else frame["participated"]


def _gaps(offer: str, by_period: pd.DataFrame) -> Iterator[Finding]:
    if len(by_period) < SHORTEST_SERIES or _base(by_period).median() < LEAST_A_PERIOD:
        return
    ends, starts = by_period["period_end"].iloc[:-1], by_period["period_start"].iloc[1:]
    missing = [Period(end, start) for end, start in zip(map(_day, ends), map(_day, starts), strict=True) if end < start]
    if missing:
        months = tuple(month for period in missing for month in _months(period))
        yield Finding("month_missing", value=offer, values={"periods": months})


def _months(period: Period) -> Iterator[Period]:
    start = period.start
    while start < period.end:
        after = (start.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
        yield Period(start, after)
        start = after


def _day(moment: object) -> dt.date:
    return pd.Timestamp(moment).date()  # type: ignore[arg-type]


def _jump(offer: str, by_period: pd.DataFrame) -> Iterator[Finding]:
    """The place where the number of citizens a period changes the most, if it is by much."""
    numbers = _base(by_period).to_numpy(dtype=float)
    best, at = 1.0, None
    for split in range(3, len(numbers) - 2):
        before, after = float(np.median(numbers[:split])), float(np.median(numbers[split:]))
        low, high = sorted((before, after))
        if low >= 1 and high >= LARGE_GROUP and high / low > best:
            best, at = high / low, split
    if at is not None and best >= JUMP:
        row = by_period.iloc[at]
        period = Period(_day(row["period_start"]), _day(row["period_end"]))
        usual = int(np.median(numbers[:at]))
        values = {"usual": usual, "number": int(numbers[at]), "period": period}
        yield Finding("denominator_jumps", value=offer, values=values)


def _no_phase(offer: str, by_period: pd.DataFrame, day: dt.date | None) -> Iterator[Finding]:
    if day is None:
        return
    if not any(_day(end) <= day for end in by_period["period_end"]):
        yield Finding("nothing_before", value=offer)
    if not any(_day(start) >= day for start in by_period["period_start"]):
        yield Finding("nothing_after", value=offer)


_SHARES = {0: {"da": "0 pct.", "en": "0%"}, 1: {"da": "100 pct.", "en": "100%"}}
_RATES = {
    Rate.PARTICIPATION: {"da": "deltagelsesandelen", "en": "the participation rate"},
    Rate.COMPLETION: {"da": "gennemførelsesandelen", "en": "the completion rate"},
}
_STAGES = {
    Stage.INVITED: {"da": "inviterede", "en": "invited"},
    Stage.PARTICIPATED: {"da": "deltagere", "en": "participants"},
    Stage.COMPLETED: {"da": "gennemførte", "en": "completed"},
}


def _extreme(offer: str, of_offer: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """For each rate the largest group in which all or none went on."""
    groups = of_offer.groupby(["dimension", "group"], as_index=False)[STAGES].sum(min_count=1)
    for rate, said in _RATES.items():
        most, some = groups[rate.denominator], groups[rate.numerator]
        extreme = groups[(most >= LARGE_GROUP) & ((some == 0) | (some == most))]
        if not extreme.empty:
            row = extreme.loc[extreme[rate.denominator].astype(float).idxmax()]
            share = _SHARES[int(row[rate.numerator] > 0)]
            number, group = int(row[rate.denominator]), _group(known, row["dimension"], row["group"])
            values = {"rate": said, "share": share, "number": number, "group": group}
            yield Finding("rate_extreme", value=offer, values=values)


def _small_groups(offer: str, of_offer: pd.DataFrame, known: Known, smallest_count: int) -> Iterator[Finding]:
    stated = of_offer[of_offer["group"] != MISSING]
    sizes = stated.groupby(["dimension", "group"], as_index=False)["participated"].sum()
    small = sizes[(sizes["participated"] > 0) & (sizes["participated"] < smallest_count)]
    for dimension in dict.fromkeys(small["dimension"]):
        yield Finding("groups_too_small", value=offer, values={"dimension": known.dimensions[dimension]})


def _unequal_totals(offer: str, of_offer: pd.DataFrame, known: Known) -> Iterator[Finding]:
    """Two dimensions of the same periods whose groups add up to different numbers."""
    by_dimension = of_offer.groupby("dimension")
    periods = by_dimension["period_start"].agg(lambda starts: tuple(sorted(set(starts))))
    totals = by_dimension[STAGES].sum(min_count=1)
    first = totals.index[0]
    for other in totals.index[1:]:
        if periods[other] != periods[first]:
            continue
        for stage in Stage:
            one, two = totals.loc[first, stage], totals.loc[other, stage]
            if pd.notna(one) and pd.notna(two) and one != two:
                values = {
                    "one": known.dimensions[str(first)],
                    "sum": int(one),
                    "other": known.dimensions[str(other)],
                    "other_sum": int(two),
                    "stage": _STAGES[stage],
                }
                yield Finding("totals_of_groups", value=offer, values=values)
                break


def _group(known: Known, dimension: str, group: str) -> object:
    return {"da": "uoplyst", "en": "not stated"} if group == MISSING else known.dimensions[dimension].group(group)
