"""A table of counts from short rows."""

from collections.abc import Callable

import pandas as pd
import pytest

from analysis.model import COUNTS_COLUMNS

STAGES = COUNTS_COLUMNS[-3:]


@pytest.fixture(scope="session")
def table() -> Callable[..., pd.DataFrame]:
    """Builds counts from rows of (offer, phase, group, invited, participated, completed), all of one dimension."""

    def build(*rows: tuple[str, str, str, int | None, int, int]) -> pd.DataFrame:
        full = [("Holbæk", offer, phase, "education", group, *stages) for offer, phase, group, *stages in rows]
        frame = pd.DataFrame(full, columns=list(COUNTS_COLUMNS))
        return frame.astype({name: "Int64" if name in STAGES else "str" for name in COUNTS_COLUMNS})

    return build
