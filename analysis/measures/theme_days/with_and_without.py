"""Municipalities with something and municipalities without it, beside the change in their gaps."""

from collections.abc import Collection

import pandas as pd

from analysis.measures.result_frame import State
from analysis.model.terms import Direction

BETTER = (Direction.NARROWED, Direction.ROSE)


def with_and_without(changes: pd.DataFrame, having: Collection[str]) -> pd.DataFrame:
    """The changes of those with and of those without, described side by side and not tested against each other.

    ``changes`` are those of ``measures.by_understanding.changes`` by municipality. Returns ``has`` (True, False);
    ``municipalities`` with a number to show; ``median``, ``lowest`` and ``highest`` of their changes, as proportions,
    missing where there are none; ``better``, how many of them are clearly more equal. The two differ in much else than
    this, and are few: no interval is given, so that nobody reads one as an effect.
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
