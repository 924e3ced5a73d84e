"""The question of a gap between two groups, for tests that start from counts."""

from collections.abc import Sequence

import pandas as pd

from analysis.measures.by_understanding import changes
from analysis.model.terms import Dimension, Group, Question, Rate, Understanding


def of_gap(rate: Rate, group: str, reference: str) -> Question:
    both = (Group(group, {}, 1), Group(reference, {}, 2))
    return Question(Understanding.GAP, rate, Dimension("education", {}, True, both, reference, group), group, reference)


def change_in_gap(
    counts: pd.DataFrame, rate: Rate, group: str, reference: str, by: Sequence[str], smallest_count: int
) -> pd.DataFrame:
    return changes(counts, of_gap(rate, group, reference), by, smallest_count)
