"""Months added up to quarters, and counted from the adjustment."""

import pandas as pd

from analysis.measures.periods import by_quarter, from_adjustment


def months(*phases: str, first: str = "2015-01-01", adjusted: str = "2015-06-01") -> pd.DataFrame:
    """A month of ten invited each."""
    start = pd.date_range(first, periods=len(phases), freq="MS")
    return pd.DataFrame(
        {
            "municipality": "Aarhus",
            "offer": "Rygestop",
            "dimension": "sex",
            "group": "woman",
            "phase": phases,
            "invited": 10,
            "participated": 8,
            "completed": 5,
            "period_start": start,
            "period_end": start + pd.DateOffset(months=1),
            "adjusted_on": pd.Timestamp(adjusted),
        }
    )


def test_three_months_are_a_quarter_and_nobody_is_lost() -> None:
    quarters = by_quarter(months(*["before"] * 6))
    assert quarters["invited"].tolist() == [30, 30]
    assert quarters["period_start"].dt.month.tolist() == [1, 4]
    assert quarters["period_end"].dt.month.tolist() == [4, 7]


def test_a_quarter_that_the_adjustment_divides_belongs_to_neither_phase() -> None:
    quarters = by_quarter(months("before", "before", "before", "before", "after", "after", adjusted="2015-05-01"))
    assert quarters["phase"].tolist() == ["before", "transition"]
    assert quarters["completed"].tolist() == [15, 15]


def test_months_count_from_the_first_whole_month_after() -> None:
    counted = from_adjustment(months("before", "before", "transition", "after", "after", adjusted="2015-03-15"))
    assert counted["months"].tolist() == [-3, -2, 0, 1]
