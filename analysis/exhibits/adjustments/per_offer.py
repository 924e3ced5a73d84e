"""Change, rates before and after, and quarterly rates of each offer of a selection, computed for all offers at once."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.exhibits.cache import cached
from analysis.exhibits.drawn_periods import MONTHS, QUARTER, drawn_rows, strong_lines
from analysis.exhibits.gap_data import GapData
from analysis.measures.aggregate import OFFER
from analysis.measures.by_understanding import answer, each_change
from analysis.measures.offer_rates import rates_of_offers
from analysis.measures.periods import in_periods, lengths_of_offers

Place = tuple[str, str]
"""Municipality and offer."""


class OfferChange(NamedTuple):
    """Change of one offer, not adjusted for the number of offers, and its rates by group and phase."""

    change: Mapping[str, Any]
    ends: Mapping[tuple[str, str], dict[str, Any]]


@cached
def change_per_offer(view: GapData) -> Mapping[Place, OfferChange]:
    """Return the change of each adjusted offer before and after its first adjustment."""
    if view.is_now:
        return {}
    found = answer(view.counts, view.question, OFFER, view.smallest_count(), view.phases)
    rows = each_change(found, view.question, OFFER).to_dict("records")
    ends: dict[Place, dict[tuple[str, str], dict[str, Any]]] = {}
    for row in view.rates_within_offers(OFFER).to_dict("records"):
        ends.setdefault((row["municipality"], row["offer"]), {})[row["group"], row["phase"]] = row
    places = [(row["municipality"], row["offer"]) for row in rows]
    return {place: OfferChange(row, ends.get(place, {})) for place, row in zip(places, rows, strict=True)}


@cached
def quarterly_rates_per_offer(view: GapData) -> Mapping[Place, pd.DataFrame]:
    """Return the rates of the compared groups by quarter, or by longer periods where an offer has no shorter ones.

    Columns ``line``, the key of the group; ``period``, its first day, and ``until``, the one after it; and the other
    columns of ``measures.offer_rates``.
    """
    months = drawn_rows(view)
    length = np.maximum(lengths_of_offers(months), MONTHS[QUARTER])
    parts = [in_periods(own, int(each)) for each, own in months.groupby(length)]
    if not parts:
        return {}
    found = rates_of_offers(pd.concat(parts), view.rate, strong_lines(view), view.smallest_count())
    found = found.rename(columns={"group": "line", "period_start": "period", "period_end": "until"})
    return {(str(place[0]), str(place[1])): rows for place, rows in found.groupby(OFFER, sort=False)}
