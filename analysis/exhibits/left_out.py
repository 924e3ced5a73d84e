"""What the comparison of a selection leaves out, in lines that give the numbers of citizens and offers."""

from typing import Any

import pandas as pd

from analysis.exhibits.filters import held_back
from analysis.exhibits.gap_counts import GapCounts
from analysis.i18n.sentences import follow_up
from analysis.measures.aggregate import OFFER, is_key
from analysis.measures.by_understanding import needed_groups
from analysis.model.terms import Phase, Rate, Stage


def left_out(view: GapCounts) -> list[str]:
    """Return the numbers of citizens and offers that the comparison of before and after excludes."""
    return [
        *_in_transition(view),
        *_unfinished(view),
        *_held_back(view),
        *_never_adjusted(view),
        *_groups(view),
        *_incomparable(view),
    ]


def _in_transition(view: GapCounts) -> list[str]:
    number = view.citizens(view.counts, Phase.TRANSITION)
    if number < view.disclosure_level.rounding_base:
        return []
    return [
        view.wording.texts(
            "Left out: {count} citizen in a month that straddles an adjustment.",
            "Left out: {count} citizens in months that straddle an adjustment.",
            number,
        )
    ]


def _unfinished(view: GapCounts) -> list[str]:
    """Citizens of courses that run, and of periods whose files do not tell who completed; all have taken part."""
    if view.rate is Rate.PARTICIPATION:
        return []
    unfinished = view.months[~view.months["finished"]]
    if unfinished.empty:
        return []
    unknown = view.data.without_completion(view.request.version, view.selection.synthetic)
    period = [*OFFER, "period_start"]
    is_unknown = pd.MultiIndex.from_frame(unfinished[period]).isin(pd.MultiIndex.from_frame(unknown[period]))
    return [*_without_time(view, unfinished[~is_unknown]), *_without_completion(view, unfinished[is_unknown])]


def _without_time(view: GapCounts, months: pd.DataFrame) -> list[str]:
    number = int(months[Stage.PARTICIPATED].sum())
    if number < view.disclosure_level.rounding_base:
        return []
    left_out = view.wording.texts(
        "Not finished: {count} citizen who took part in a month, from {month} on, that has not had time to complete.",
        "Not finished: {count} citizens who took part in months, from {month} on, that have not had time to complete.",
        number,
        month=view.wording.short_month(months["period_start"].min().date()),
    )
    offers = [view.offers[key] for key in months[OFFER].drop_duplicates().itertuples(index=False, name=None)]
    days = [one.follow_up_days for one in offers if one.follow_up_days is not None]
    last = max((one.cutoff for one in offers if one.cutoff is not None), default=None)
    if not days or last is None:
        return [left_out]
    return [f"{left_out} {follow_up(min(days), max(days), last, view.wording)}"]


def _without_completion(view: GapCounts, months: pd.DataFrame) -> list[str]:
    number = int(months[Stage.PARTICIPATED].sum())
    if number < view.disclosure_level.rounding_base:
        return []
    return [
        view.wording.texts(
            "Left out: {count} citizen of an offer whose file does not say who completed.",
            "Left out: {count} citizens of offers whose files do not say who completed.",
            number,
        )
    ]


def _held_back(view: GapCounts) -> list[str]:
    """Periods of each offer in which the source holds back the count of a group."""
    periods = held_back(view.data, view.request.version, view.dimension.key, view.selection)
    return [
        view.wording.texts(
            "Left out: {count} period of {offer} in {municipality}, {first} to {last}, in which the number of a group "
            "is held back.",
            "Left out: {count} periods of {offer} in {municipality}, {first} to {last}, in which the number of a group "
            "is held back.",
            len(own),
            offer=offer,
            municipality=municipality,
            first=view.wording.date(own["period_start"].min().date()),
            last=view.wording.date((own["period_end"].max() - pd.Timedelta(days=1)).date()),
        )
        for (municipality, offer), own in periods.groupby(OFFER)
    ]


def _never_adjusted(view: GapCounts) -> list[str]:
    unadjusted = view.counts.loc[view.counts["phase"] == Phase.UNADJUSTED, ["municipality", "offer"]]
    offers = len(unadjusted.drop_duplicates())
    if view.is_now or view.net is not None or not offers:
        return []
    return [
        view.wording.texts(
            "Left out: {count} comparison offer, which has no adjustment.",
            "Left out: {count} comparison offers, which have no adjustment.",
            offers,
        )
    ]


def _groups(view: GapCounts) -> list[str]:
    """Groups of a gradient that too few offers have."""
    there = set(view.counts["group"].unique())
    groups = [one for one in needed_groups(view.question) if one in there and one not in view.compared_groups]
    if not groups:
        return []
    names = view.wording.in_order(view.label(one) for one in groups)
    return [
        view.wording.text(
            "Left out of the gradient: {groups}. Too few offers have them before and after.",
            groups=", ".join(names),
        )
    ]


def _incomparable(view: GapCounts) -> list[str]:
    return [_not_compared(view, row) for row in view.offers_left_out.to_dict("records") if row["n"] > 0]


def _not_compared(view: GapCounts, row: dict[Any, Any]) -> str:
    """State that an offer cannot be compared, with its citizens and the reason."""
    in_months, in_counts = (
        set(one.loc[is_key(one["municipality"], row["municipality"]) & is_key(one["offer"], row["offer"]), "phase"])
        for one in (view.months, view.counts)
    )
    text, phases = view.wording.text, set(view.phases)
    values = {"offer": row["offer"], "municipality": row["municipality"], "citizens": view.wording.integer(row["n"])}
    if view.is_now:
        return text(
            "Left out: {offer} in {municipality}, {citizens} citizens, because it lacks one of the groups.", **values
        )
    if not phases <= in_months:
        return text(
            "Left out: {offer} in {municipality}, {citizens} citizens, because it has no numbers to show from one side "
            "of its adjustment.",
            **values,
        )
    if not phases <= in_counts:
        return text(
            "Left out: {offer} in {municipality}, {citizens} citizens, because its courses before or after have not "
            "had time to complete.",
            **values,
        )
    return text(
        "Left out: {offer} in {municipality}, {citizens} citizens, because a group has nobody to compare before or "
        "after.",
        **values,
    )
