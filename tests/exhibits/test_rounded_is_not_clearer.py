"""What is called clear in rounded counts is clear in the exact ones."""

import numpy as np
import pandas as pd
import pytest

from analysis.measures.by_understanding import changes
from analysis.measures.periods import by_phase
from analysis.model.terms import Direction, Question, Rate, RoundingBase, Understanding
from analysis.store.controlled_rounding import Randomness
from analysis.store.disclosure import STAGES, rounded_counts
from analysis.store.reference import reference_dimensions

EDUCATION = reference_dimensions()["education"]
GROUPS = [group.key for group in EDUCATION.groups if group.rank]
DAYS = ["period_start", "period_end", "adjusted_on"]
COLUMNS = ["municipality", "offer", *DAYS[:2], "phase", "dimension", "group", *STAGES, "finished", "adjusted_on"]
WORLDS = 150
BASE = RoundingBase(5)


def world(random: np.random.Generator) -> pd.DataFrame:
    """A year of one, two or six offers, in which every group's rate changes in the middle."""
    rows = []
    start, size = pd.Timestamp(2015, 7, 1), int(random.choice([4, 8, 16]))
    for offer in range(int(random.choice([1, 2, 6]))):
        before = random.uniform(0.2, 0.8, len(GROUPS))
        after = np.clip(before + random.normal(0, 0.15, len(GROUPS)), 0.02, 0.98)
        for month in pd.date_range("2015-01-01", periods=12, freq="MS"):
            phase, rates = ("before", before) if month < start else ("after", after)
            for group, rate in zip(GROUPS, rates, strict=True):
                n = int(random.poisson(size))
                numbers = (n + int(random.poisson(2)), n, int(random.binomial(n, rate)))
                end = month + pd.DateOffset(months=1)
                rows.append(("Aarhus", f"{offer}", month, end, phase, "education", group, *numbers, True, start))
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(STAGES, "Int64"))


@pytest.mark.slow
def test_nothing_is_called_clear_that_is_not_clear_in_the_exact_counts() -> None:
    random = np.random.default_rng(7)
    clear, wrong = 0, 0
    for number in range(WORLDS):
        exact = world(random)
        rounded = rounded_counts(exact, Randomness(f"secret {number}"), BASE, None)
        for understanding in (Understanding.DISADVANTAGED, Understanding.GAP):
            question = Question(understanding, Rate.COMPLETION, EDUCATION, GROUPS[0], GROUPS[-1])
            found, shown = (
                changes(by_phase(counts), question, [], smallest).iloc[0]["direction"]
                for counts, smallest in ((exact, 1), (rounded, BASE))
            )
            is_clear = shown not in {None, Direction.UNCLEAR}
            clear += is_clear
            wrong += is_clear and found == Direction.UNCLEAR
    assert clear >= 10
    assert 20 * wrong <= clear
