"""Describe the change in the gaps of municipalities with and without an attribute."""

from collections.abc import Collection

import pandas as pd

from analysis.measures.result_frame import State
from analysis.model.terms import Direction

BETTER = (Direction.NARROWED, Direction.ROSE)


def with_and_without(changes: pd.DataFrame, having: Collection[str]) -> pd.DataFrame:
    """Describe the changes of municipalities with and without an attribute, without a statistical test.

    ``changes`` has the columns of ``measures.by_understanding.changes`` by municipality. Returns ``has`` (True, False);
    ``municipalities``, the number shown; ``median``, ``lowest`` and ``highest`` of their changes, as proportions,
    missing if there are none; ``better``, the number that are clearly more equal. The two sides are few and differ in
    many other ways. There is no interval, because readers could interpret it as an effect.
    """
    shown = changes[changes["state"] == State.SHOWN]
    is_having = shown["municipality"].isin(list(having))
    rows = []
    for has in (True, False):
        side = shown[is_having == has]
        change = side["estimate"]
        numbers = {"median": change.median(), "lowest": change.min(), "highest": change.max()}
        better = int(side["direction"].isin(BETTER).sum())
        rows.append({"has": has, "municipalities": len(side), **numbers, "better": better})
    return pd.DataFrame(rows)
