"""What happened after each adjustment: the change of its offer's gap, and its kind and wording."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pandas as pd

from analysis.exhibits.adjustments.adjustment import Adjustment, stored_adjustments
from analysis.exhibits.cache import cached
from analysis.exhibits.cell_texts import NOTHING, state_text, unit
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.offer_changes import offer_changes
from analysis.i18n import Wording
from analysis.i18n.answers import printed_estimate
from analysis.measures.directions import BETTER, NEITHER, WORSE
from analysis.measures.result_frame import State
from analysis.measures.shrinkage import shrunken
from analysis.model.terms import Direction, Practice

SHAPES = {
    Direction.NARROWED: "▼",
    Direction.FELL: "▼",
    Direction.WIDENED: "▲",
    Direction.ROSE: "▲",
    Direction.CLOSED: "●",
    Direction.TURNED: "■",
    Direction.LEVELLED_DOWN: "▽",
    Direction.UNCLEAR: "◇",
}
"""The same symbols as in the charts."""


class Result(StrEnum):
    """Kind of a result, by the rules of which change may be called clear."""

    BETTER = "better"
    NOT_CLEAR = "not clear"
    NEITHER = "neither"
    """The gap turned, or narrowed only as the reference group fell back."""
    WORSE = "worse"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class WithResult:
    """An adjustment with the change in the answer of its offer.

    ``change`` is a row of ``offer_changes`` with the column ``shrunken``; None if nothing is known. Of the adjustments
    of an offer one ``divides`` before and after: the chosen one, or the first. The change is that of this one only.
    """

    adjustment: Adjustment
    divides: bool
    change: Mapping[str, Any] | None = field(compare=False)

    @property
    def result(self) -> Result:
        if self.direction is None:
            return Result.UNKNOWN
        if self.direction in BETTER:
            return Result.BETTER
        if self.direction in WORSE:
            return Result.WORSE
        return Result.NEITHER if self.direction in NEITHER else Result.NOT_CLEAR

    @property
    def direction(self) -> Direction | None:
        """The direction of the change; None if it is not known or not shown."""
        if not self.divides or self.change is None or self.change["state"] != State.SHOWN:
            return None
        return Direction(self.change["direction"])


@cached
def with_results(view: GapData) -> tuple[WithResult, ...]:
    """Return the adjustments of the selection with their results; also those of offers that have no counts yet."""
    changes = offer_changes(view)
    changes = changes.assign(shrunken=shrunken(changes))
    found = {(row["municipality"], row["offer"]): row for row in changes.to_dict("records")}
    there = set(view.months[["municipality", "offer"]].itertuples(index=False, name=None))
    chosen, seen, listed = view.selection.divided_by, set[tuple[str, str]](), []
    for one in stored_adjustments(view.data, view.request.version, view.selection.synthetic):
        place = one.place[:2]
        if place not in there and (place in view.offers or not _is_chosen(view, one)):
            continue
        divides = place not in seen
        if chosen is not None and (chosen.municipality, chosen.offer) == place:
            divides = (chosen.adjusted_on, chosen.title) == (one.adjusted_on, one.title)
        seen.add(place)
        listed.append(WithResult(one, divides, found.get(place)))
    return tuple(listed)


def _is_chosen(view: GapData, one: Adjustment) -> bool:
    """Return whether the places of the selection include an offer without counts."""
    chosen = view.selection
    return chosen.municipality in (None, one.municipality) and chosen.offer in (None, one.offer)


def result_name(result: Result, wording: Wording) -> str:
    """Return the label of a kind of result."""
    return {
        Result.BETTER: wording.text("Clearly better"),
        Result.NOT_CLEAR: wording.text("No clear change"),
        Result.NEITHER: wording.text("Turned, or fell back together"),
        Result.WORSE: wording.text("Clearly worse"),
        Result.UNKNOWN: wording.text("Not known yet"),
    }[result]


def direction_name(way: Direction, wording: Wording) -> str:
    """Return the wording of a direction on a card."""
    return {
        Direction.NARROWED: wording.text("Clearly narrower"),
        Direction.WIDENED: wording.text("Clearly wider"),
        Direction.CLOSED: wording.text("Clearly closed"),
        Direction.TURNED: wording.text("Turned the other way"),
        Direction.LEVELLED_DOWN: wording.text("Narrower only as those ahead fell back"),
        Direction.ROSE: wording.text("Clearly higher"),
        Direction.FELL: wording.text("Clearly lower"),
        Direction.UNCLEAR: wording.text("No clear change"),
    }[way]


def change_lines(view: GapData, one: WithResult) -> list[str]:
    """Return the numbers of the result: before → after, and the change with its interval. Needs a direction.

    Also why the change is not clear if its interval suggests that it is.
    """
    wording, change = view.wording, one.change
    assert change is not None
    values = {
        "before": wording.decimal(100 * change["before"]),
        "after": wording.decimal(100 * change["after"]),
        "change": wording.signed(printed_estimate(change)),
        "lower": wording.decimal(100 * change["lower"]),
        "upper": wording.decimal(100 * change["upper"]),
    }
    lines = [
        wording.text("{before} → {after} {unit}", unit=unit(view), before=values["before"], after=values["after"]),
        wording.text("change {change} (95% interval {lower} to {upper})", **values),
    ]
    if one.direction is Direction.UNCLEAR and not change["lower"] <= 0 <= change["upper"]:
        lines.append(_why_not_clear(change, wording))
    return lines


def _why_not_clear(change: Mapping[str, Any], wording: Wording) -> str:
    """Return why a change whose interval excludes 0 is not called clear."""
    if change["before"] * change["after"] < 0:
        return wording.text("It moved, but changed sides: not clear that it became smaller.")
    return wording.text("Not clear among so many changes: chance alone can bring one like it.")


def why_unknown(view: GapData, one: WithResult) -> str:
    """Return why no result is shown for an adjustment without a direction."""
    wording = view.wording
    if not one.divides:
        if (by := view.selection.divided_by) is not None:
            return wording.text("“{title}” divides before and after here; this is another one.", title=by.title)
        return wording.text("The offer's first adjustment divides before and after; this is a later one.")
    if one.change is None and one.adjustment.state is Practice.PLANNED:
        return wording.text("Planned. There is a before and after once months from after it are stored.")
    if one.change is None:
        return wording.text("What happened is unknown: there is no before, or no after.")
    return wording.text("What happened: {reason}", reason=state_text(one.change, wording) or NOTHING)


def in_order(found: Sequence[WithResult], order: str, wording: Wording) -> list[WithResult]:
    """Sort by change (clearly better first, then by the shrunken change), date (newest first), place or title."""
    if order == "date":
        return sorted(found, key=lambda one: one.adjustment.adjusted_on, reverse=True)
    if order == "change":
        return sorted(found, key=_by_change)
    names = [one.adjustment.municipality if order == "municipality" else one.adjustment.title for one in found]
    places = {name: at for at, name in enumerate(wording.in_order(set(names)))}
    ranked = sorted(zip((places[name] for name in names), range(len(found)), found, strict=True))
    return [one for _, _, one in ranked]


def _by_change(one: WithResult) -> tuple[int, float]:
    way = one.direction
    if way is None or one.change is None:
        return len(Direction), 0.0
    is_rate = way in (Direction.ROSE, Direction.FELL)
    value = one.change["shrunken"]
    value = 0.0 if pd.isna(value) else float(value)
    return (way not in BETTER) + (way in WORSE), -value if is_rate else value
