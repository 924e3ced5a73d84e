"""Reach of the theme days: municipalities, share of the population, and growth over time."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.model.theme_day_terms import DayKind


def reached(theme_days: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """Return each municipality, whether it was reached, and how.

    Parameters
    ----------
    theme_days
        ``held_on``, ``day_kind``, ``municipality`` and ``participants``.
    municipalities
        ``name`` and any grouping columns. Places that it lacks are left out of the result.

    Returns
    -------
    The columns of ``municipalities``; ``is_reached``; ``has_own_day`` (a local theme day); ``first_on`` (missing if not
    reached); ``days`` and ``participants``.
    """
    held = theme_days.assign(is_local=theme_days["day_kind"] == DayKind.LOCAL)
    by_name = held.groupby("municipality")
    found = pd.DataFrame(
        {
            "first_on": by_name["held_on"].min(),
            "days": by_name["held_on"].nunique(),
            "participants": by_name["participants"].sum(),
            "has_own_day": by_name["is_local"].any(),
        }
    )
    joined = municipalities.merge(found, left_on="name", right_index=True, how="left")
    counts = {name: joined[name].fillna(0).astype("int64") for name in ("days", "participants")}
    own = joined["has_own_day"].astype("boolean").fillna(value=False).astype(bool)
    return joined.assign(**counts, has_own_day=own, is_reached=joined["first_on"].notna())


SIZES = (20_000, 40_000, 60_000, 100_000)
"""Boundaries of the population classes of municipalities, in persons."""


def size_of(population: pd.Series) -> pd.Series:
    """Return the population class of each municipality: 0 below the first of ``SIZES``, up to ``len(SIZES)``."""
    return pd.Series(np.searchsorted(SIZES, population, side="right"), index=population.index)


def coverage(reach: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """Return the number and the share of municipalities and of inhabitants reached, in each unit of ``by``.

    ``reach`` is the result of ``reached``, with ``population`` in persons. Returns ``by``; ``reached`` and
    ``municipalities``; ``share``, their ratio; ``population_reached``, ``population`` and ``population_share``;
    ``participants``. All municipalities are counted, so nothing is estimated and there is no interval.
    """
    rows = reach.assign(
        reached=reach["is_reached"].astype("int64"),
        municipalities=1,
        population_reached=reach["population"].where(reach["is_reached"], 0),
    )
    wanted = ["reached", "municipalities", "population_reached", "population", "participants"]
    found = rows.groupby(list(by), sort=False)[wanted].sum().reset_index() if by else rows[wanted].sum().to_frame().T
    return found.assign(
        share=found["reached"] / found["municipalities"],
        population_share=found["population_reached"] / found["population"],
    )


def growth(theme_days: pd.DataFrame, reach: pd.DataFrame) -> pd.DataFrame:
    """Return the cumulative reach after each theme day: held_on, reached, population_share and participants."""
    first = reach[reach["is_reached"]].groupby("first_on").agg(reached=("name", "count"), people=("population", "sum"))
    days = theme_days[theme_days["municipality"].isin(reach["name"])].groupby("held_on")["participants"].sum()
    found = pd.DataFrame({"participants": days}).join(first, how="left").fillna(0).sort_index().cumsum()
    whole = int(reach["population"].sum())
    return pd.DataFrame(
        {
            "held_on": found.index,
            "reached": found["reached"].astype("int64").to_numpy(),
            "population_share": (found["people"] / whole).to_numpy(),
            "participants": found["participants"].astype("int64").to_numpy(),
        }
    )
