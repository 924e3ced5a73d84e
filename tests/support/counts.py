"""Counts by phase, as the measures take them."""

import pandas as pd

from analysis.auth.roles import DisclosureLevel
from analysis.measures.periods import by_phase
from analysis.store import Database, counts_by_month


def counts_by_phase(database: Database, level: DisclosureLevel, *, dimension: str, synthetic: bool) -> pd.DataFrame:
    return by_phase(counts_by_month(database, level, dimension=dimension, synthetic=synthetic))
