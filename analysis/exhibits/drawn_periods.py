"""Which rows, groups and lengths of periods are drawn over time."""

import pandas as pd

from analysis.exhibits.gap_data import GapData
from analysis.measures.aggregate import compared_groups
from analysis.model.terms import MISSING, Phase, Understanding

MONTH, QUARTER = "month", "quarter"
MONTHS = {MONTH: 1, QUARTER: 3}


def drawn_rows(view: GapData) -> pd.DataFrame:
    """Return the counts by month of groups that are stated, in adjusted offers if there are any."""
    months = view.months[view.months["group"] != MISSING]
    return months.assign(phase=Phase.NOW.value) if view.is_now else months[months["phase"] != Phase.UNADJUSTED]


def strong_lines(view: GapData) -> list[str]:
    """Return the highlighted groups: the compared one; with its reference; or the two ends of the gradient."""
    asked = view.question
    if asked.understanding is Understanding.DISADVANTAGED:
        return [asked.group]
    if asked.understanding is Understanding.GAP or not asked.has_slope:
        return [asked.group, asked.reference]
    ranked = compared_groups(view.dimension)
    return [ranked[0], ranked[-1]]
