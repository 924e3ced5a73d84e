"""Each group's share of all who started, walk-ins included."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.measures.aggregate import OFFER
from analysis.measures.rates import rates_within_offers
from analysis.model.terms import MISSING, Phase, Rate, Stage


def shares_of_starters(
    counts: pd.DataFrame, groups: Sequence[str], smallest_count: int, phases: Sequence[Phase]
) -> pd.DataFrame:
    """Return each group's share of those who started and whose group is known, in each phase, with one mix of offers.

    Participation is of the invited; outreach and drop-in bring citizens whom nobody invited. They change these shares.

    Parameters
    ----------
    counts
        Columns ``model.COUNTS_COLUMNS``, in citizens, for one dimension.

    Returns
    -------
    Columns of ``rates.rates_within_offers``; ``n`` are all who started in the compared offers: those with citizens in
    every phase.
    """
    known = counts[counts["group"] != MISSING]
    cells = [*OFFER, "phase", "dimension", "group"]
    started = known.groupby(cells, sort=False, observed=True)[Stage.PARTICIPATED.value].sum().reset_index()
    whole = started[[*OFFER, "phase", "dimension"]].drop_duplicates()
    every = whole.merge(pd.DataFrame({"group": list(groups)}), how="cross").merge(started, on=cells, how="left")
    every[Stage.PARTICIPATED] = every[Stage.PARTICIPATED].fillna(0)
    every[Stage.INVITED] = every.groupby([*OFFER, "phase"], sort=False)[Stage.PARTICIPATED].transform("sum")
    every[Stage.COMPLETED] = 0
    return rates_within_offers(every, Rate.PARTICIPATION, [], groups, groups, smallest_count, phases)


def walk_ins(counts: pd.DataFrame) -> int:
    """Return the number of courses that started without an invitation, of offers whose files state who was invited."""
    is_known = counts["invited"].notna()
    offers = pd.MultiIndex.from_frame(counts[OFFER])
    states_invited = offers.isin(offers[is_known.to_numpy(dtype=np.bool_)].unique())
    return int(counts.loc[~is_known & states_invited, Stage.PARTICIPATED].sum())
