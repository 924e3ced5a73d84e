"""Changes by offer, absolute or net of the comparison offers."""

import pandas as pd

from analysis.exhibits.cache import cached
from analysis.exhibits.gap_data import KEY, GapData
from analysis.measures.by_understanding import clear_among_many
from analysis.measures.directions import BETTER, NEITHER, WORSE
from analysis.measures.net_change import net_changes
from analysis.measures.result_frame import State
from analysis.model.terms import Understanding


def is_net(view: GapData) -> bool:
    """Return whether changes are net of trend: the user chose it, and the understanding is the gap."""
    return view.selection.net_of_trend and view.question.understanding is Understanding.GAP


@cached
def offer_changes(view: GapData) -> pd.DataFrame:
    """Return the change in the answer for each adjusted offer of the selection, keyed by column ``unit``.

    Other columns as ``measures.by_understanding.changes`` by municipality and offer. Net of trend if the user chose it.
    """
    found = view.offer_changes
    found = found[found["state"] != State.EMPTY].reset_index(drop=True)
    if is_net(view):
        found = _net(view, found)
    return found.assign(unit=found["municipality"] + KEY + found["offer"])


def offer_labels(view: GapData, changes: pd.DataFrame) -> dict[str, str]:
    """Return the label of each offer by unit, with its municipality if there are several."""
    alone = view.selection.municipality is not None
    rows = zip(changes["unit"], changes["municipality"], changes["offer"], strict=True)
    return {unit: offer if alone else f"{offer}, {municipality}" for unit, municipality, offer in rows}


def how_many(changes: pd.DataFrame, view: GapData) -> str:
    """State the number of units with a clear improvement, a clear deterioration, and no clear change."""
    found = changes.loc[changes["state"] == State.SHOWN, "direction"].tolist()
    if not found:
        return view.wording.text("Nothing can be compared before and after.")
    better, worse, neither = (sum(found.count(way) for way in ways) for ways in (BETTER, WORSE, NEITHER))
    if is_net(view):
        return view.wording.text(
            "Clearly smaller than expected in {better} of {number}, clearly larger in {worse}. “Expected” is what the "
            "comparison offers would lead to.",
            better=better,
            worse=worse,
            number=len(found),
        )
    said = view.wording.text(
        "Clearly better in {better} of {number}, clearly worse in {worse}; no clear change in {rest}.",
        better=better,
        worse=worse,
        rest=len(found) - better - worse - neither,
        number=len(found),
    )
    if neither:
        said += " " + view.wording.texts(
            "In {count} the gap turned the other way, or narrowed only as those ahead fell back.",
            "In {count} the gap turned the other way, or narrowed only as those ahead fell back.",
            neither,
        )
    if len(found) > 1:
        said += " " + view.wording.text("“Clearly” allows for the number of comparisons.")
    return said


def _net(view: GapData, changes: pd.DataFrame) -> pd.DataFrame:
    """Subtract the change of the comparison offers over the same months."""
    months = view.months_with_comparisons
    net = net_changes(months, view.question, view.smallest_count(months)).drop(columns=["before", "offers"])
    own = changes[["municipality", "offer", "before", "after", "n", "method", "offers"]]
    return clear_among_many(own.merge(net, on=["municipality", "offer"], how="left", validate="one_to_one"))
