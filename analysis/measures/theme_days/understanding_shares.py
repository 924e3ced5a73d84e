"""Shares of the three understandings of inequality."""

from collections.abc import Sequence

import pandas as pd

from analysis.model.terms import Understanding

WEIGHTS = [str(one) for one in Understanding]


def shares(understandings: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the share of each understanding in each unit of ``by``; every municipality has the same weight.

    Parameters
    ----------
    understandings
        ``municipality``, the columns of ``by``, and the weights ``disadvantaged``, ``gap`` and ``gradient``: votes,
        which are summed over the tables of a municipality, or shares of any total.

    Returns
    -------
    ``by``; the three shares as proportions that add up to 1; ``leading``, the key of the largest, missing if two are
    equal; ``total``, the sum of the weights; ``municipalities``, their number. Units without any weight are left out.
    """
    own = list(dict.fromkeys([*by, "municipality"]))
    added = understandings.groupby(own, sort=False)[WEIGHTS].sum().reset_index()
    added["total"] = added[WEIGHTS].sum(axis=1)
    added = added[added["total"] > 0]
    each = added[WEIGHTS].div(added["total"], axis=0)
    parts = pd.concat([added[own], each, added["total"]], axis=1)
    grouped = parts.groupby(list(by), sort=False)
    found = grouped[WEIGHTS].mean().join(grouped["total"].sum())
    found["municipalities"] = grouped["municipality"].nunique()
    found = found.reset_index()
    return found.assign(leading=_leading(found))


def moved(understandings: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Return the shares after minus the shares before a theme day, among those asked both times.

    Takes the columns of ``shares``, ``asked`` (before or after), and the match keys ``held_on`` and ``holder``. Returns
    ``by``, the three differences, and ``municipalities``.
    """
    key = list(dict.fromkeys([*by, "municipality", "held_on", "holder"]))
    found = shares(understandings, [*key, "asked"])
    before, after = (found[found["asked"] == asked].set_index(key)[WEIGHTS] for asked in ("before", "after"))
    change = (after - before).dropna().reset_index()
    grouped = change.groupby(list(by), sort=False) if by else None
    if grouped is None:
        whole = change[WEIGHTS].mean().to_frame().T
        return whole.assign(municipalities=change["municipality"].nunique())
    return grouped[WEIGHTS].mean().assign(municipalities=grouped["municipality"].nunique()).reset_index()


def _leading(found: pd.DataFrame) -> pd.Series:
    """Return the key of the largest share; missing if several are equal."""
    largest = found[WEIGHTS].max(axis=1)
    alone = found[WEIGHTS].sub(largest, axis=0).abs().lt(1e-9).sum(axis=1) == 1
    return found[WEIGHTS].idxmax(axis=1).where(alone)
