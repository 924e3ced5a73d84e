"""A table of counts from short rows."""

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.model.terms import COUNTS_COLUMNS, Dimension, Group

STAGES = COUNTS_COLUMNS[-3:]


@pytest.fixture(scope="session")
def table() -> Callable[..., pd.DataFrame]:
    """Builds counts from rows of (offer, phase, group, invited, participated, completed), all of one dimension."""

    def build(*rows: tuple[str, str, str, int | None, int, int]) -> pd.DataFrame:
        full = [("Holbæk", offer, phase, "education", group, *stages) for offer, phase, group, *stages in rows]
        frame = pd.DataFrame(full, columns=list(COUNTS_COLUMNS))
        return frame.astype({name: "Int64" if name in STAGES else "str" for name in COUNTS_COLUMNS})

    return build


@pytest.fixture(scope="session")
def dimension() -> Callable[..., Dimension]:
    """Builds a dimension from the keys of its groups, the least advantaged first; the last is the reference."""

    def build(*keys: str, ordered: bool = True) -> Dimension:
        groups = tuple(Group(key, {}, rank if ordered else None) for rank, key in enumerate(keys, start=1))
        return Dimension("education", {}, ordered, groups, reference=keys[-1], compared=keys[0])

    return build
