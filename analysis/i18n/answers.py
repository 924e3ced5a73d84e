"""Sentences that state an answer: a change, a net change, or the present state. Plain text, as in ``sentences``."""

import math
from collections.abc import Mapping

from analysis.i18n.language import Wording
from analysis.i18n.sentences import Row, rate_name
from analysis.model.terms import Direction, Question, Rate, Understanding


def headline(change: Row, question: Question, group: str, wording: Wording) -> str:
    """State the change in one line.

    ``change`` is a row of ``measures.by_understanding.changes``, and ``group`` the label of the group.
    """
    name = rate_name(question.rate, wording)
    if change["state"] == "hidden":
        return wording.text("The change in {rate} cannot be shown: the numbers are too small", rate=name)
    if change["state"] != "shown":
        return wording.text("{rate} cannot be compared before and after", rate=name.capitalize())
    way = Direction(change["direction"])
    if question.understanding is Understanding.DISADVANTAGED:
        return {
            Direction.ROSE: wording.text("“{group}”: {rate} rose", group=group, rate=name),
            Direction.FELL: wording.text("“{group}”: {rate} fell", group=group, rate=name),
        }.get(way, wording.text("“{group}”: no clear change in {rate}", group=group, rate=name))
    if question.understanding is Understanding.GAP:
        return {
            Direction.NARROWED: wording.text("The gap in {rate} narrowed", rate=name),
            Direction.WIDENED: wording.text("The gap in {rate} widened", rate=name),
            Direction.CLOSED: wording.text("The gap in {rate} closed", rate=name),
            Direction.TURNED: wording.text("The gap in {rate} turned the other way", rate=name),
            Direction.LEVELLED_DOWN: wording.text(
                "The gap in {rate} narrowed, but only as those ahead fell back", rate=name
            ),
        }.get(way, wording.text("No clear change in the gap in {rate}", rate=name))
    if question.has_slope:
        return {
            Direction.NARROWED: wording.text("The gradient in {rate} became flatter", rate=name),
            Direction.WIDENED: wording.text("The gradient in {rate} became steeper", rate=name),
            Direction.CLOSED: wording.text("The gradient in {rate} levelled out", rate=name),
            Direction.TURNED: wording.text("The gradient in {rate} turned the other way", rate=name),
            Direction.LEVELLED_DOWN: wording.text(
                "The gradient in {rate} became flatter, but only as those ahead fell back", rate=name
            ),
        }.get(way, wording.text("No clear change in the gradient in {rate}", rate=name))
    return {
        Direction.NARROWED: wording.text("The groups came closer together in {rate}", rate=name),
        Direction.CLOSED: wording.text("The groups came together in {rate}", rate=name),
        Direction.WIDENED: wording.text("The groups moved further apart in {rate}", rate=name),
    }.get(way, wording.text("No clear change in how far apart the groups are in {rate}", rate=name))


def answer(
    change: Row,
    question: Question,
    names: tuple[str, str],
    ends: Mapping[tuple[str, str], Row],
    wording: Wording,
    *,
    net: Row | None = None,
) -> str:
    """State the numbers before and after, their change with its interval, and whether it is clear.

    With ``net``, a ``measures.net_change.NetChange`` as a mapping, it is this change that is clear or not.

    ``change`` is a row of ``measures.by_understanding.changes``, ``names`` are the labels of group and reference;
    ``ends`` the rows of ``measures.rates`` by group and phase.
    """
    if change["state"] == "hidden":
        return wording.text("Some of the counts behind it are so small that they could point at a person.")
    if change["state"] != "shown":
        return wording.text("There are too few citizens, or none, to compare both before and after an adjustment here.")
    parts = []
    if question.understanding is not Understanding.GRADIENT:
        both = question.understanding is Understanding.GAP
        keys = (question.group, question.reference)
        parts += [_of_hundred(question.rate, names, [_of(ends, key) for key in keys], wording, both=both)]
    parts.append(change_in_words(change, question, wording))
    if net is not None:
        parts.append(net_in_words(net, wording))
        if net["direction"] == Direction.UNCLEAR:
            parts.append(why_unclear(net, wording))
    elif change["direction"] == Direction.UNCLEAR:
        parts.append(why_unclear(change, wording))
    elif question.understanding is Understanding.GAP:
        parts.append(_contributions(change, names, wording))
    if net is None and change["direction"] == Direction.CLOSED:
        parts.append(wording.text("Closed means that no more than 5 percentage points are left."))
    return " ".join(parts)


def why_unclear(change: Row, wording: Wording) -> str:
    """State why a change is not clear, and how large one could have been seen."""
    if not change["lower"] <= 0 <= change["upper"]:
        return wording.text(
            "It is clear that it moved, but it changed sides, so not whether the distance became smaller."
        )
    return wording.text(
        "That is no clear change: the interval includes 0. With so many citizens, a change of {points} would most "
        "likely have been seen.",
        points=wording.points(change["detectable"]),
    )


def printed_net(net: Row) -> dict[str, float]:
    """Return change, trend and net change in points with one decimal, such that the printed numbers add up."""
    change, trend = _rounded(net["change"]), _rounded(net["trend"])
    return {"change": change, "trend": trend, "estimate": change - trend}


def net_in_words(net: Row, wording: Wording) -> str:
    """State the change net of the trend, with the change and the trend over the same months."""
    printed = printed_net(net)
    return wording.texts(
        "Over the months that both have, {count} comparison offer changed by {trend} and the adjusted offers by "
        "{change}: a net change of {net} (95% interval {lower} to {upper}).",
        "Over the months that both have, {count} comparison offers changed by {trend} and the adjusted offers by "
        "{change}: a net change of {net} (95% interval {lower} to {upper}).",
        net["comparisons"],
        trend=wording.signed(printed["trend"]),
        change=wording.signed(printed["change"]),
        net=wording.signed(printed["estimate"]),
        lower=wording.decimal(100 * net["lower"]),
        upper=wording.decimal(100 * net["upper"]),
    )


def printed_change(change: Row) -> dict[str, float]:
    """Return before, after and change in points with one decimal, such that the printed numbers add up.

    For a gap also ``from_group`` and ``from_reference``, which add up to the change.
    """
    before, after = _rounded(change["before"]), _rounded(change["after"])
    printed = {"before": before, "after": after, "estimate": after - before}
    if "from_group" in change:
        printed["from_group"] = _rounded(change["from_group"])
        printed["from_reference"] = printed["estimate"] - printed["from_group"]
    return printed


def printed_estimate(change: Row) -> float:
    """Return a change in points with one decimal: from the printed before to the printed after.

    A change from which a trend is taken off is rounded by itself.
    """
    is_difference = math.isclose(change["estimate"], change["after"] - change["before"], abs_tol=1e-9)
    return printed_change(change)["estimate"] if is_difference else _rounded(change["estimate"])


def _rounded(proportion: float) -> float:
    return round(100 * proportion, 1)


def change_in_words(change: Row, question: Question, wording: Wording) -> str:
    """State the answer before and after, and the interval of its change. The change must be shown."""
    printed = printed_change(change)
    values = {
        "before": wording.decimal(printed["before"]),
        "after": wording.points(printed["after"] / 100),
        "change": wording.signed(printed["estimate"]),
        "lower": wording.decimal(100 * change["lower"]),
        "upper": wording.decimal(100 * change["upper"]),
    }
    if question.understanding is Understanding.DISADVANTAGED:
        return wording.text(
            "A change of {change} percentage points (95% interval {lower} to {upper}).",
            **{name: values[name] for name in ("change", "lower", "upper")},
        )
    if question.understanding is Understanding.GAP:
        return wording.text(
            "The gap went from {before} to {after} (95% interval of the change of {change}: {lower} to {upper}).",
            **values,
        )
    if question.has_slope:
        return wording.text(
            "From the least to the most advantaged citizen, {rate} rose by {before} before and {after} after, on a "
            "straight line through the groups (95% interval of the change of {change}: {lower} to {upper}).",
            rate=rate_name(question.rate, wording),
            **values,
        )
    return wording.text(
        "These groups have no order. On average they lay {before} from the overall rate before and {after} after "
        "(95% interval of the change of {change}: {lower} to {upper}). Chance alone lifts this measure.",
        **values,
    )


def _contributions(change: Row, names: tuple[str, str], wording: Wording) -> str:
    """State how much of the change came from each of the two rates."""
    printed = printed_change(change)
    moved = {"group": -printed["from_group"], "reference": printed["from_reference"]}
    values = {"group": names[0], "reference": names[1]}
    values |= {f"{name}_moved": wording.decimal(abs(points)) for name, points in moved.items()}
    still = {name for name, points in moved.items() if points == 0}
    if still == {"reference"}:
        if moved["group"] > 0:
            return wording.text(
                "“{group}” rose by {group_moved} percentage points; “{reference}” was unchanged.", **values
            )
        return wording.text("“{group}” fell by {group_moved} percentage points; “{reference}” was unchanged.", **values)
    if still == {"group"}:
        if moved["reference"] > 0:
            return wording.text(
                "“{reference}” rose by {reference_moved} percentage points; “{group}” was unchanged.", **values
            )
        return wording.text(
            "“{reference}” fell by {reference_moved} percentage points; “{group}” was unchanged.", **values
        )
    if moved["group"] >= 0 and moved["reference"] >= 0:
        return wording.text(
            "“{group}” rose by {group_moved} percentage points and “{reference}” by {reference_moved}.", **values
        )
    if moved["group"] >= 0:
        return wording.text(
            "“{group}” rose by {group_moved} percentage points, and “{reference}” fell by {reference_moved}.", **values
        )
    if moved["reference"] >= 0:
        return wording.text(
            "“{group}” fell by {group_moved} percentage points, and “{reference}” rose by {reference_moved}.", **values
        )
    return wording.text(
        "“{group}” fell by {group_moved} percentage points and “{reference}” by {reference_moved}.", **values
    )


def headline_now(level: Row, question: Question, names: tuple[str, str], wording: Wording) -> str:
    """State the present answer in one line.

    ``level`` is a row of ``measures.by_understanding.levels``, and ``names`` are the labels of group and reference.
    """
    name = rate_name(question.rate, wording)
    if level["state"] == "hidden":
        return wording.text("{rate} cannot be shown: the numbers are too small", rate=name.capitalize())
    if level["state"] != "shown":
        return wording.text("{rate} cannot be compared between the groups", rate=name.capitalize())
    if question.understanding is Understanding.DISADVANTAGED:
        return wording.text(
            "“{group}”: {rate} is {percent}", group=names[0], rate=name, percent=wording.percent(level["estimate"])
        )
    values = {"rate": name, "points": wording.points(abs(level["estimate"])), "group": names[0], "reference": names[1]}
    if question.understanding is Understanding.GRADIENT and not question.has_slope:
        return wording.text("The groups are {points} from the mean on average in {rate}", **values)
    if level["lower"] <= 0 <= level["upper"]:
        if question.understanding is Understanding.GAP:
            return wording.text("No clear gap in {rate} between “{group}” and “{reference}”", **values)
        return wording.text("No clear gradient in {rate}", **values)
    if question.understanding is Understanding.GRADIENT:
        if level["estimate"] > 0:
            return wording.text("{rate} rises by {points} from the least to the most advantaged", **_capital(values))
        return wording.text("{rate} falls by {points} from the least to the most advantaged", **_capital(values))
    if level["estimate"] > 0:
        return wording.text("“{group}” is {points} behind “{reference}” in {rate}", **values)
    return wording.text("“{group}” is {points} ahead of “{reference}” in {rate}", **values)


def _capital(values: dict[str, str]) -> dict[str, str]:
    return values | {"rate": values["rate"].capitalize()}


def answer_now(
    level: Row, question: Question, names: tuple[str, str], rates: Mapping[str, Row], wording: Wording
) -> str:
    """State the present rates of the groups, and the interval of the answer. ``rates`` are rows by group."""
    if level["state"] == "hidden":
        return wording.text("Some of the counts behind it are so small that they could point at a person.")
    if level["state"] != "shown":
        return wording.text(
            "These groups cannot be compared here: no offer here has citizens of both with a known outcome."
        )
    parts = []
    if question.understanding is not Understanding.GRADIENT:
        both = [rates.get(key) for key in (question.group, question.reference)]
        shown = [wording.percent(row["estimate"]) if row and row["state"] == "shown" else "–" for row in both]
        values = {"group": names[0], "reference": names[1], "own": shown[0], "other": shown[1]}
        parts.append(wording.text("{own} in “{group}” and {other} in “{reference}”.", **values))
    lower, upper = (wording.decimal(100 * level[name]) for name in ("lower", "upper"))
    parts.append(wording.text("95% interval {lower} to {upper}.", lower=lower, upper=upper))
    return " ".join(parts)


def _of_hundred(
    rate: Rate, names: tuple[str, str], pairs: list[tuple[str, str]], wording: Wording, *, both: bool
) -> str:
    """State how many of 100 citizens reached the stage before and after; with ``both``, of the reference too."""
    (before, after), (other_before, other_after) = pairs
    values = {"group": names[0], "before": before, "after": after}
    if not both:
        return {
            Rate.PARTICIPATION: wording.text(
                "Of 100 invited in “{group}” {before} took part before and {after} after.", **values
            ),
            Rate.COMPLETION: wording.text("Of 100 in “{group}” {before} completed before and {after} after.", **values),
            Rate.REACH: wording.text(
                "Of 100 invited in “{group}” {before} completed before and {after} after.", **values
            ),
        }[rate]
    values |= {"reference": names[1], "other_before": other_before, "other_after": other_after}
    return {
        Rate.PARTICIPATION: wording.text(
            "Of 100 invited in “{group}” {before} took part before and {after} after; of 100 in “{reference}” "
            "{other_before} and {other_after}.",
            **values,
        ),
        Rate.COMPLETION: wording.text(
            "Of 100 in “{group}” {before} completed before and {after} after; of 100 in “{reference}” {other_before} "
            "and {other_after}.",
            **values,
        ),
        Rate.REACH: wording.text(
            "Of 100 invited in “{group}” {before} completed before and {after} after; of 100 in “{reference}” "
            "{other_before} and {other_after}.",
            **values,
        ),
    }[rate]


def _of(ends: Mapping[tuple[str, str], Row], group: str) -> tuple[str, str]:
    """Return how many of 100, before and after."""
    found = [ends.get((group, phase)) for phase in ("before", "after")]
    before, after = (_whole(row["estimate"]) if row and row["state"] == "shown" else "–" for row in found)
    return before, after


def _whole(proportion: float) -> str:
    """Return how many of 100; halves are rounded up, as in “63 of 100” for 62.5 per cent."""
    return str(math.floor(100 * proportion + 0.5))
