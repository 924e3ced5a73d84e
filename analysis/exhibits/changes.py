"""Exhibits of changes by offer: all offers, the largest and smallest changes, and one municipality's offers."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.exhibits.by_understanding import changes_chart
from analysis.exhibits.cache import cached
from analysis.exhibits.exhibit import Exhibit
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.long_lists import rows_at_both_ends, says_drawn
from analysis.exhibits.measured import measured_plan, measured_table
from analysis.exhibits.offer_changes import how_many, is_net, offer_changes, offer_labels
from analysis.measures.result_frame import State
from analysis.measures.shrinkage import shrunken
from analysis.model.terms import Understanding

AT_EACH_END = 3
FEWEST_BEHIND_A_NAME = 2
CHANGE_COLUMNS = ("before", "after", "estimate", "lower", "upper", "direction", "detectable", "n")


@cached
def extremes(view: GapData) -> Exhibit | None:
    """Build the exhibit of the offers with the largest and the smallest changes."""
    found = offer_changes(view)
    changes = found.assign(shrunken=shrunken(found)).sort_values("shrunken")
    ends = strongest_and_weakest(changes)
    if len(ends) < FEWEST_BEHIND_A_NAME:
        return None
    return Exhibit(
        view,
        key="extremes",
        asks=view.wording.text("Where did it change most, and where least?"),
        answers=f"{how_many(changes, view)} {_ranked_by(ends, view)}",
        draw=lambda look: changes_chart(view, ends, offer_labels(view, ends), look),
        numbers=_table(view, changes, ["municipality", "offer"], "shrunken"),
        plan=measured_plan(view, "offer", "municipality"),
        drill=("municipality", "offer"),
    )


def strongest_and_weakest(changes: pd.DataFrame) -> pd.DataFrame:
    """Return the shown offers with the smallest and the largest ``shrunken`` changes."""
    shown = changes[changes["state"] == State.SHOWN].sort_values("shrunken", ignore_index=True)
    if len(shown) <= 2 * AT_EACH_END:
        return shown
    return pd.concat([shown.head(AT_EACH_END), shown.tail(AT_EACH_END)], ignore_index=True)


def _ranked_by(ends: pd.DataFrame, view: GapData) -> str:
    """State that the ranking allows for chance, with the changes at its ends."""
    wording = view.wording
    lowest, highest = (wording.signed(100 * ends["shrunken"].iloc[place]) for place in (0, -1))
    if lowest == highest:
        return wording.text(
            "Allowing for chance, the offers do not differ: each changed by about {change}.", change=lowest
        )
    return wording.text(
        "Ranked by changes that allow for chance, which drives the extremes: from {lowest} to {highest}.",
        lowest=lowest,
        highest=highest,
    )


@cached
def offers_of_place(view: GapData) -> Exhibit | None:
    """Build the exhibit of the offers of the chosen municipality."""
    wording = view.wording
    changes = offer_changes(view).sort_values("estimate")
    if changes.empty:
        return None
    drawn = rows_at_both_ends(changes, offer_labels(view, changes).values())
    labels = offer_labels(view, drawn)
    answers = [how_many(changes, view), says_drawn(len(drawn), len(changes), wording)]
    if is_net(view):
        answers.append(wording.text("Set against the comparison offers over the same months."))
    return Exhibit(
        view,
        key="offer_changes",
        asks=wording.text("What happened in each offer?"),
        answers=" ".join(filter(None, answers)),
        draw=lambda look: changes_chart(view, drawn, labels, look),
        numbers=_table(view, changes, ["offer"]),
        plan=measured_plan(view, "offer"),
        drill=("municipality", "offer"),
    )


@cached
def offers(view: GapData) -> Exhibit | None:
    """Build the exhibit of every offer with the pooled change."""
    is_rate = view.question.understanding is Understanding.DISADVANTAGED
    changes = offer_changes(view).sort_values(["state", "estimate"], ascending=[False, not is_rate])
    if changes.empty:
        return None
    pooled = _together(view, changes)
    drawn = rows_at_both_ends(changes, offer_labels(view, changes).values())
    labels, says = offer_labels(view, drawn), says_drawn(len(drawn), len(changes), view.wording)
    return Exhibit(
        view,
        key="offers",
        asks=view.wording.text("What happened, offer by offer?"),
        answers=" ".join(filter(None, [_offers_sentence(view, changes, pooled), says])),
        draw=lambda look: changes_chart(view, drawn, labels, look, pooled),
        numbers=_table(view, changes, ["municipality", "offer"]),
        plan=measured_plan(view, "offer", "municipality"),
        drill=("municipality", "offer"),
    )


def _together(view: GapData, changes: pd.DataFrame) -> dict[str, Any] | None:
    """Pool the changes of all offers; None net of trend, because the offers then share their comparison offers."""
    if is_net(view) or changes["state"].eq(State.SHOWN).sum() < 2:
        return None
    from analysis.measures.pooling import pooled

    return pooled(changes, []).iloc[0].to_dict()


def _offers_sentence(view: GapData, changes: pd.DataFrame, pooled: dict[str, Any] | None) -> str:
    """State how many offers changed in each direction, and the change of an average offer."""
    wording = view.wording
    parts = [how_many(changes, view)]
    if pooled is not None and pooled["state"] == State.SHOWN:
        names = ("estimate", "lower", "upper", "prediction_lower", "prediction_upper")
        values = {name: wording.signed(100 * pooled[name]) if pd.notna(pooled[name]) else "" for name in names}
        parts.append(
            wording.text("An average offer changed by {estimate} (95% interval {lower} to {upper}).", **values)
        )
        if values["prediction_lower"]:
            parts.append(wording.text("One more may land between {prediction_lower} and {prediction_upper}.", **values))
    if is_net(view):
        parts.append(
            wording.text(
                "Each change is set against that of the comparison offers over the same months. The offers share their "
                "comparison, so they are not added up."
            )
        )
    elif view.selection.net_of_trend:
        parts.append(wording.text("Only the gap can be set against comparison offers; this is not."))
    return " ".join(parts)


def _table(view: GapData, changes: pd.DataFrame, places: Sequence[str], *more: str) -> pd.DataFrame:
    return measured_table(view, changes, [*places, *CHANGE_COLUMNS, *more])
