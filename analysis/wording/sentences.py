"""The sentences that say what a chart shows. Plain text: whoever shows it as markup escapes it first."""

from collections.abc import Mapping
from typing import Any

from analysis.model import Rate
from analysis.wording.language import Wording


def rate_name(rate: Rate, wording: Wording) -> str:
    """The rate as a word inside a sentence."""
    return {
        Rate.PARTICIPATION: wording.text("participation"),
        Rate.COMPLETION: wording.text("completion"),
        Rate.REACH: wording.text("reach"),
    }[rate]


def rate_definition(rate: Rate, wording: Wording) -> str:
    """What the rate is a share of."""
    return {
        Rate.PARTICIPATION: wording.text("Participation: citizens who took part, out of those invited."),
        Rate.COMPLETION: wording.text("Completion: citizens who completed, out of those who took part."),
        Rate.REACH: wording.text("Reach: citizens who completed, out of those invited."),
    }[rate]


def change_headline(change: Mapping[str, Any], rate: Rate, wording: Wording) -> str:
    """What happened to the gap, in a line. ``change`` is a row of ``measures.change_in_gap``."""
    name = rate_name(rate, wording)
    if change["state"] == "hidden":
        return wording.text("The gap in {rate} cannot be shown: the numbers are too small", rate=name)
    if change["state"] != "shown":
        return wording.text("The gap in {rate} cannot be compared before and after", rate=name)
    message = {
        "narrowed": wording.text("The gap in {rate} narrowed", rate=name),
        "widened": wording.text("The gap in {rate} widened", rate=name),
        "turned": wording.text("The gap in {rate} turned the other way", rate=name),
        "unclear": wording.text("No clear change in the gap in {rate}", rate=name),
    }
    return message[change["direction"]]


def change_sentence(change: Mapping[str, Any], compared: str, reference: str, rate: Rate, wording: Wording) -> str:
    """The gap before and after and its change with its interval, between two groups named by their labels."""
    if change["state"] == "hidden":
        return wording.text("Some of the counts behind it are so small that they could point at a person.")
    if change["state"] != "shown":
        return wording.text(
            "There are no citizens of both groups both before and after an adjustment in this selection."
        )
    return wording.text(
        "“{reference}” minus “{compared}”: {before} before and {after} after, a change of {change} "
        "(95% interval {lower} to {upper}).",
        reference=reference,
        compared=compared,
        before=wording.points(change["before"]),
        after=wording.points(change["after"]),
        change=wording.signed(100 * change["estimate"]),
        lower=wording.decimal(100 * change["lower"]),
        upper=wording.decimal(100 * change["upper"]),
    )


def caution(wording: Wording) -> str:
    """The line that stands wherever a change is shown without comparison offers."""
    return wording.text(
        "The change coincides with the adjustment. Before and after alone cannot tell its effect from what would have "
        "happened anyway, from chance in who was invited, or from offers picked because they did badly."
    )
