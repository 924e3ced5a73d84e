"""What else than the adjustment can have made a change: found in the data of a selection, and said in a line each."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.exhibits.cache import cached
from analysis.exhibits.gap_counts import GapCounts
from analysis.measures.aggregate import OFFER, is_key, placed
from analysis.measures.result_frame import State
from analysis.measures.timing import chance, timing
from analysis.measures.within_offers import BEFORE_AND_AFTER, compared_offers, standardised
from analysis.model.terms import MISSING, Phase, Rate, RoundingBase, Stage, Understanding

LEAST_MONTHS, ERRORS = 1.0, 3.0
"""Smallest difference in time between the groups that the page mentions, in months and in standard errors."""
LEAST_APART = 0.2
"""Smallest part of the citizens who come in other months of the year than the other group."""
LEAST_SPREAD = 1.5
"""Smallest variance of rates between months that the page mentions, in variances of chance."""
UNLIKELY = 0.001
"""Chance below which a difference is not put down to chance."""
LEAST_SHARE, LEAST_RATIO = 0.1, 1.5
"""Smallest change in a group's part of the citizens that the page mentions, as a difference and as a ratio."""
LEAST_SEASON = 3
"""Smallest number of calendar months that only one phase has."""
LEAST_GAP = 0.05
"""Smallest gap of an offer that has a direction."""
LEAST_MOVED = 0.05
"""Smallest change in participation that the page mentions beside completion."""


def doubts(view: GapCounts) -> list[str]:
    """Return what else can have made the change, or the gap."""
    found = [*_not_stated(view), *waiting(view), *_running_unknown(view), *_two_groups(view)]
    if not view.is_now:
        found += [*_timing(view), *_seasons(view), *_opposite(view), *_who_starts(view), *_shares(view)]
    return found


def _not_stated(view: GapCounts) -> Iterator[str]:
    """Citizens without a stated group, in each phase."""
    wording = view.wording
    counts = view.counts[view.counts["phase"].isin(view.phases)]
    missing = counts[is_key(counts["group"], MISSING)]
    number = view.citizens(missing)
    if number < max(view.smallest_count(), 1):
        return
    if view.is_now:
        yield wording.text(
            "The group of {missing} of {all} citizens is not stated. They are counted, and compared with nobody.",
            missing=wording.integer(number),
            all=wording.integer(view.citizens(counts)),
        )
        return
    values = {}
    for phase in BEFORE_AND_AFTER:
        values[str(phase)] = wording.integer(view.citizens(missing, phase))
        values[f"all_{phase}"] = wording.integer(view.citizens(counts, phase))
    yield wording.text(
        "The group is not stated of {before} of {all_before} citizens before, and of {after} of {all_after} after. "
        "They are compared with nobody.",
        **values,
    )


class LateInvited(NamedTuple):
    """Citizens who were invited in months that have not had time to start.

    ``month`` is the first day of the first of these months, and ``days`` the time that starting takes.
    """

    number: int
    month: dt.date
    days: int


@cached
def late_invited(view: GapCounts) -> LateInvited | None:
    """Return the citizens who were invited so late that they may start later.

    None unless participation is asked for, and if there are fewer than the smallest count.
    """
    if view.rate is not Rate.PARTICIPATION:
        return None
    months = view.months[view.months["phase"].isin(view.phases) | view.is_now]
    keys, place = placed(months, OFFER)
    offers = [view.offers[key] for key in keys.itertuples(index=False, name=None)]
    since = [
        pd.Timestamp(one.cutoff) - pd.Timedelta(days=one.wait_days) if one.cutoff and one.wait_days else pd.NaT
        for one in offers
    ]
    is_late = (
        months["period_end"] > pd.to_datetime(pd.Series(since, dtype="datetime64[us]")).to_numpy()[place]
    ).to_numpy()
    number = int(months.loc[is_late, Stage.INVITED].sum())
    if number < max(view.smallest_count(), 5):
        return None
    days = max(one.wait_days or 0 for one in offers)
    return LateInvited(number, months.loc[is_late, "period_start"].min().date(), days)


def waiting(view: GapCounts) -> Iterator[str]:
    """State how many were invited so late that they may start later."""
    wording = view.wording
    if found := late_invited(view):
        yield wording.texts(
            "{count} citizen was invited in a month, from {month} on, that has not had time to start: starting takes "
            "up to {days} days. Until then the citizen counts as not taking part.",
            "{count} citizens were invited in months, from {month} on, that have not had time to start: starting takes "
            "up to {days} days. Until then they count as not taking part.",
            found.number,
            month=wording.short_month(found.month),
            days=found.days,
        )


def _running_unknown(view: GapCounts) -> Iterator[str]:
    """Offers of which nothing tells which courses run."""
    if view.rate is Rate.PARTICIPATION:
        return
    unknown = [one for one in view.shown_offers if not one.knows_running and one.stated_days is None]
    if unknown:
        yield view.wording.texts(
            "Of {count} offer nothing tells which courses still ran when the file was drawn. Those that did count as "
            "not completed, in the last months.",
            "Of {count} offers nothing tells which courses still ran when the file was drawn. Those that did count as "
            "not completed, in the last months.",
            len(unknown),
        )


def _two_groups(view: GapCounts) -> Iterator[str]:
    """A gradient of two groups."""
    is_slope = view.question.understanding is Understanding.GRADIENT and view.question.has_slope
    if is_slope and len(set(view.compared_groups) & set(view.counts["group"].unique())) == 2:
        yield view.wording.text(
            "The gradient has two groups only: its line goes on beyond them, and rises by twice the gap between them."
        )


def _timing(view: GapCounts) -> Iterator[str]:
    """Groups that come at different times within a phase, and rates that vary more than by chance."""
    wording, asked = view.wording, view.question
    if asked.understanding is not Understanding.GAP:
        return
    found_in = timing(view.months_of(view.rate), view.rate, asked.group, asked.reference)
    for phase, found in zip(BEFORE_AND_AFTER, found_in, strict=True):
        if found is None or abs(found.months) < max(LEAST_MONTHS, ERRORS * found.error):
            continue
        values = {"months": wording.decimal(abs(found.months)), "first": view.compared, "second": view.reference}
        if found.months > 0:
            values |= {"first": view.reference, "second": view.compared}
        if phase is Phase.BEFORE:
            yield wording.text(
                "Before, “{first}” came {months} months earlier than “{second}” on average: a general trend then shows "
                "as a gap.",
                **values,
            )
        else:
            yield wording.text(
                "After, “{first}” came {months} months earlier than “{second}” on average: a general trend then shows "
                "as a gap.",
                **values,
            )
    known = [found for found in found_in if found is not None]
    is_rounded = isinstance(view.smallest_count(), RoundingBase)
    noise = 2 if is_rounded else 1  # Rounding moves the citizens of a month about as much as chance does.
    if any(one.apart >= LEAST_APART and chance(one.chi_square / noise, one.freedom) < UNLIKELY for one in known):
        yield wording.text(
            "“{group}” and “{reference}” did not come in the same months of the year: what varies with the season "
            "shows as a gap.",
            group=view.compared,
            reference=view.reference,
        )
    spread, freedom = sum(one.spread for one in known), sum(one.spread_freedom for one in known)
    if freedom and not is_rounded and spread >= LEAST_SPREAD * freedom and chance(spread, freedom) < UNLIKELY:
        yield wording.text(
            "The rates vary {times} times as much from month to month as chance alone (variance), as citizens of a "
            "class or a season do alike. The intervals are then too narrow.",
            times=wording.decimal(spread / freedom),
        )


def _shares(view: GapCounts) -> Iterator[str]:
    """Groups whose part of the citizens changed much: are they defined, and recruited, as before?"""
    wording, asked = view.wording, view.question
    stated = view.counts[~is_key(view.counts["group"], MISSING)]
    every = [view.citizens(stated, phase) for phase in BEFORE_AND_AFTER]
    if asked.understanding is Understanding.GRADIENT or not all(every):
        return
    for group in (asked.group, asked.reference):
        own = stated[is_key(stated["group"], group)]
        before, after = (view.citizens(own, phase) / all_ for phase, all_ in zip(BEFORE_AND_AFTER, every, strict=True))
        if abs(after - before) >= LEAST_SHARE and max(before, after) >= LEAST_RATIO * min(before, after):
            yield wording.text(
                "“{group}” was {before} of the citizens before and {after} after. Is the group defined, and recruited, "
                "as before?",
                group=view.label(group),
                before=wording.percent(before),
                after=wording.percent(after),
            )


def _seasons(view: GapCounts) -> Iterator[str]:
    """Phases that cover different parts of the year."""
    months = view.months_of(view.rate)
    before, after = (_calendar_months(months[is_key(months["phase"], phase)]) for phase in BEFORE_AND_AFTER)
    if len(before ^ after) >= LEAST_SEASON:
        yield view.wording.text(
            "Before and after are not the same months of the year: what varies with the season shows as a change."
        )


def _calendar_months(periods: pd.DataFrame) -> set[int]:
    """Return the months of the year that the periods cover, 0 to 11."""
    first, past = (periods[name].to_numpy("datetime64[D]") for name in ("period_start", "period_end"))
    last = (past - np.timedelta64(1, "D")).astype("datetime64[M]").astype(np.int64)
    spans = np.unique(np.stack([first.astype("datetime64[M]").astype(np.int64), last], axis=1), axis=0)
    return {month % 12 for one, end in spans.tolist() for month in range(one, end + 1)}


def _opposite(view: GapCounts) -> Iterator[str]:
    """Offers whose gaps ran opposite ways before: together they hide each other."""
    if view.question.understanding is not Understanding.GAP:
        return
    shown = view.offer_changes[view.offer_changes["state"] == State.SHOWN]
    behind, ahead = (int(np.sum(sign * shown["before"] > LEAST_GAP)) for sign in (1, -1))
    if ahead and behind:
        yield view.wording.text(
            "The gap ran opposite ways before: “{group}” was behind in {behind} of the offers and ahead in {ahead}. "
            "Together they hide each other: see offer by offer.",
            group=view.compared,
            behind=behind,
            ahead=ahead,
        )


def _who_starts(view: GapCounts) -> Iterator[str]:
    """Whether participation moved too, beside completion: who completes then depends on who starts."""
    asked = view.question
    if view.rate is not Rate.COMPLETION or asked.understanding is Understanding.GRADIENT:
        return
    groups = [asked.group, asked.reference]
    offers = compared_offers(view.counts, Rate.PARTICIPATION, [], groups, groups)
    found = standardised(offers, view.smallest_count())
    is_shown = found.states(view.smallest_count())[0] == State.SHOWN
    estimate, lower, upper = (part[0] for part in found.rates)
    for place, group in enumerate(groups):
        before, after = (float(one) for one in estimate[:, place])
        is_apart = upper[0, place] < lower[1, place] or upper[1, place] < lower[0, place]
        if is_shown.all() and is_apart and abs(after - before) >= LEAST_MOVED:
            yield view.wording.text(
                "Who starts changed too: participation in “{group}” went from {before} to {after}. A change in "
                "completion can come from that; see how far they come of those invited (reach).",
                group=view.label(group),
                before=view.wording.percent(before),
                after=view.wording.percent(after),
            )
