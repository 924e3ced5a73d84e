"""Table of the participants of each offer without a stated group, by dimension."""

from dataclasses import replace

import pandas as pd

from analysis.exhibits.cache import cached
from analysis.exhibits.filters import filtered_counts, placed
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.tables import NOTHING
from analysis.measures.aggregate import OFFER
from analysis.model.terms import MISSING


@cached
def unstated_groups(view: GapData) -> pd.DataFrame:
    """Return the share of participants without a stated group, by offer and dimension, as a readable table.

    A dimension that an offer lacks has a dash. A share from which a small count follows is not shown.
    """
    wording, request = view.wording, view.request
    selection = replace(view.selection, municipality=None, offer=None)
    everywhere = filtered_counts(view.data, request.version, None, selection, request.disclosure_level)
    counts = placed(everywhere, view.selection)
    divided = {key: one for key, one in view.dimensions.items() if not one.is_undivided}
    counts = counts[counts["dimension"].isin(divided)]
    unstated = counts["participated"].where(counts["group"] == MISSING, 0)
    by = [*OFFER, "dimension"]
    sums = (
        counts.assign(unstated=unstated).groupby(by, observed=True, as_index=False)[["participated", "unstated"]].sum()
    )
    smallest = view.smallest_count(counts)
    texts = [_share(int(one["unstated"]), int(one["participated"]), smallest, view) for one in sums.to_dict("records")]
    table = sums.assign(text=texts).pivot(index=OFFER, columns="dimension", values="text").fillna(NOTHING)
    columns = {key: divided[key].label(wording.code) for key in divided if key in table}
    table = table[list(columns)].rename(columns=columns).rename_axis(columns=None).reset_index()
    return table.rename(columns={"municipality": wording.text("Municipality"), "offer": wording.text("Offer")})


def _share(unstated: int, participated: int, smallest: int, view: GapData) -> str:
    """Return the share for display; nothing if it or the rest is of a few citizens only."""
    if not participated:
        return NOTHING
    if any(0 < number < smallest for number in (unstated, participated - unstated)):
        return view.wording.text("hidden")
    return view.wording.percent(unstated / participated)
