"""Aggregate many incomplete ballots of actions into one ranking, with its uncertainty."""

from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.measures.intervals import LEVEL

DRAWS = 2_000
SEED = 1781

Floats = NDArray[np.float64]


class Method(StrEnum):
    """Rule that converts the places on a ballot to points."""

    BORDA = "borda"
    """One point for each action that is placed lower."""
    CENTROID = "centroid"
    """Rank-order centroid: the first places count much more than the last."""


def weights(places: int, method: Method) -> Floats:
    """Return the points of each place on a ballot of this length, the first place having 1; Borda's end at 0.

    Source: Borda 1781, scaled; Barron & Barrett 1996, Manage Sci 42:1515, scaled so that the first place has 1.
    """
    if places == 1:
        return np.ones(1)
    if method is Method.BORDA:
        return np.linspace(1, 0, places)
    centroid = np.cumsum(1 / np.arange(places, 0, -1))[::-1] / places
    return centroid / centroid[0]


def ranking(ballots: pd.DataFrame, method: Method, level: float = LEVEL) -> pd.DataFrame:
    """Rank the actions by the mean points of all ballots.

    Parameters
    ----------
    ballots
        One row per ballot and action: ``ballot`` (a municipality, or a table), ``action``, ``place`` (1 is first; equal
        places share their points). Actions that a ballot omits share the points of the remaining places, which is the
        mean over all their possible orders.

    Returns
    -------
    ``action``; ``score``, 0 to 1, the mean of its points; ``rank``; ``lower`` and ``upper``, the ranks that contain it
    in ``level`` of the bootstrap samples of ballots; ``ahead``, the share of samples that rank it before the next
    action, missing for the last; ``ballots``, the number that name it; ``first``, the number that place it first;
    ``asked``, the number of ballots.

    Source: Cullinan, Hsiao & Polett 2014, Soc Choice Welf 42:913, for ballots that are incomplete; intervals for ranks
    as Goldstein & Spiegelhalter 1996, J R Stat Soc A 159:385, by the percentile bootstrap, Efron & Tibshirani 1993.
    """
    columns = ["action", "score", "rank", "lower", "upper", "ahead", "ballots", "first", "asked"]
    given = ballots.dropna(subset=["place"])
    if given.empty:
        return pd.DataFrame(columns=columns)
    places = given.pivot_table(index="ballot", columns="action", values="place", aggfunc="min")
    points = _points(places.to_numpy(dtype=float), weights(places.shape[1], method))
    score = points.mean(axis=0)
    order = np.lexsort((places.columns.to_numpy().astype(str), -np.round(score, 12)))
    drawn = _drawn(points[:, order])
    ranks = _ranks(drawn)
    low, high = np.quantile(ranks, [(1 - level) / 2, (1 + level) / 2], axis=0, method="inverted_cdf")
    ahead = np.full(len(order), np.nan)
    ahead[:-1] = ((drawn[:, :-1] > drawn[:, 1:]) + 0.5 * (drawn[:, :-1] == drawn[:, 1:])).mean(axis=0)
    named = places.to_numpy()[:, order]
    return pd.DataFrame(
        {
            "action": places.columns[order],
            "score": score[order],
            "rank": _ranks(score[order][None])[0],
            "lower": low.astype("int64"),
            "upper": high.astype("int64"),
            "ahead": ahead,
            "ballots": (~np.isnan(named)).sum(axis=0),
            "first": (named == 1).sum(axis=0),
            "asked": len(places),
        }
    )[columns]


def ballots_of_votes(votes: pd.DataFrame) -> pd.DataFrame:
    """Convert the votes of each table to a ballot: ballot, action, place. Equal votes share a place; 0 votes give none.

    ``votes`` has ``held_on``, ``municipality``, ``table`` (either may be missing), ``action`` and ``votes``.
    """
    keys = ["held_on", "municipality", "table"]
    given = votes[votes["votes"] > 0]
    ballot = given[keys].astype(str).agg(" ".join, axis=1) if len(given) else pd.Series(dtype=str)
    place = given.groupby(ballot)["votes"].rank(method="min", ascending=False)
    return pd.DataFrame({"ballot": ballot, "action": given["action"], "place": place})


def _points(places: Floats, points: Floats) -> Floats:
    """Return the points of each action (columns) on each ballot (rows); equal and remaining places share points."""
    found = np.empty_like(places)
    for ballot, row in enumerate(places):
        filled = np.where(np.isnan(row), np.inf, row)
        for place in np.unique(filled):
            here = filled == place
            start = int((filled < place).sum())
            found[ballot, here] = points[start : start + int(here.sum())].mean()
    return found


def _drawn(points: Floats) -> Floats:
    """Return the scores in each bootstrap sample of the ballots, drawn with replacement."""
    ballots = len(points)
    times = np.random.default_rng(SEED).multinomial(ballots, np.full(ballots, 1 / ballots), size=DRAWS)
    return np.round(times @ points / ballots, 12)


def _ranks(scores: Floats) -> NDArray[np.int64]:
    """Return the rank of each score in its row; equal scores share the better rank."""
    return 1 + (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
