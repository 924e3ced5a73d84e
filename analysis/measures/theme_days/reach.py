"""How far the theme days have come: which municipalities, what share of the population, and when."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.model.terms import DayKind


def reached(theme_days: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """Each municipality, and whether and how it was reached.

    ``theme_days`` has held_on, day_kind, municipality and participants; ``municipalities`` has name and whatever
    divides them. Returns the columns of ``municipalities``, ``is_reached``, ``has_own_day`` (a local theme day),
    ``first_on`` (missing where not reached), ``days`` and ``participants``. Places that ``municipalities`` lacks are
    left out.
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
"""Where one size of municipality ends and the next begins, in people."""


def size_of(population: pd.Series) -> pd.Series:
    """The size of each municipality: 0 for those below the first of ``SIZES``, and so on up to ``len(SIZES)``."""
    return pd.Series(np.searchsorted(SIZES, population, side="right"), index=population.index)


def coverage(reach: pd.DataFrame, by: Sequence[str] = ()) -> pd.DataFrame:
    """How many municipalities, and how many of the people who live there, were reached, in each unit of ``by``.

    ``reach`` is that of ``reached``, with ``population`` in persons. Returns ``by``; ``reached`` and
    ``municipalities``; ``share``, their ratio; ``population_reached``, ``population`` and ``population_share``;
    ``participants``. It counts every municipality there is, so nothing is estimated and there is no interval.
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
    """After each theme day, how far it had come: held_on, and reached, population_share and participants so far."""
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
