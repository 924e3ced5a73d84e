"""The offers, what is stated of each, and the names that files have for it."""

import pandas as pd

from analysis.exhibits.cache import cached
from analysis.exhibits.gap_data import KEY, GapData
from analysis.exhibits.tables import NOTHING
from analysis.i18n.sentences import time_to_complete
from analysis.store import OtherName, StoredName


@cached
def offers(view: GapData) -> pd.DataFrame:
    """Return a row for each offer of the chosen municipality, or of all, in the order of the alphabet.

    Columns in which nothing is stated are left out.
    """
    text, wording = view.wording.text, view.wording
    written: dict[tuple[str, str], list[str]] = {}
    for (municipality, called), name in names(view).items():
        written.setdefault((municipality, name), []).append(called)
    rows = []
    places = {KEY.join(place): place for place in view.offers}
    for place in map(places.__getitem__, wording.in_order(places)):
        offer = view.offers[place]
        if view.selection.municipality not in (None, place[0]):
            continue
        rows.append(
            {
                text("Municipality"): place[0],
                text("Offer"): place[1],
                text("Also called in files"): ", ".join(written.get(place, [])) or NOTHING,
                text("What counts as completed"): offer.completion_rule or text("not stated"),
                text("Time to complete"): time_to_complete(offer, wording),
                text("Ended"): wording.date(offer.ended_on) if offer.ended_on else NOTHING,
            }
        )
    table = pd.DataFrame(rows)
    return table.loc[:, (table != NOTHING).any()]


def names_of_today(view: GapData) -> list[StoredName]:
    """Return the names of groups, adjustments and actions."""
    return view.data.names(view.data.database.version(), view.synthetic)


def other_names(view: GapData) -> list[OtherName]:
    """Return the groups, adjustments and actions that files call otherwise."""
    return view.data.other_names(view.data.database.version(), view.synthetic)


def names(view: GapData) -> dict[tuple[str, str], str]:
    """Return the name of today of each offer that files call otherwise."""
    return view.data.written_names(view.request.version, view.synthetic)
