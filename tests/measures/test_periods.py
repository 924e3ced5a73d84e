"""Months added up to quarters, longer periods kept whole, and months counted from the adjustment."""

import datetime as dt

import pandas as pd

from analysis.measures.periods import (
    around_adjustment,
    divided_at,
    from_adjustment,
    in_longer_periods,
    in_periods,
    length_to_draw,
)


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
            "finished": True,
            "adjusted_on": pd.Timestamp(adjusted),
        }
    )


def test_three_months_are_a_quarter_and_nobody_is_lost() -> None:
    quarters = in_periods(months(*["before"] * 6), 3)
    assert quarters["invited"].tolist() == [30, 30]
    assert quarters["period_start"].dt.month.tolist() == [1, 4]
    assert quarters["period_end"].dt.month.tolist() == [4, 7]


def test_a_quarter_that_the_adjustment_divides_belongs_to_neither_phase() -> None:
    quarters = in_periods(months("before", "before", "before", "before", "after", "after", adjusted="2015-05-01"), 3)
    assert quarters["phase"].tolist() == ["before", "transition"]
    assert quarters["completed"].tolist() == [15, 15]


def test_months_count_from_the_first_whole_month_after() -> None:
    counted = from_adjustment(months("before", "before", "transition", "after", "after", adjusted="2015-03-15"))
    assert counted["months"].tolist() == [-3, -2, 0, 1]


def test_blocks_of_months_count_from_the_adjustment_which_divides_none() -> None:
    counted = from_adjustment(months(*["before"] * 4, "after", "after", "after", "after", adjusted="2015-05-01"), 3)
    assert counted["months"].tolist() == [-6, -3, -3, -3, 0, 0, 0, 3]


def quarters(*phases: str) -> pd.DataFrame:
    """A quarter of thirty invited each, of another offer."""
    found = months(*phases).assign(offer="Kost", invited=30, participated=24, completed=15)
    start = pd.date_range("2015-01-01", periods=len(phases), freq="QS")
    return found.assign(period_start=start, period_end=start + pd.DateOffset(months=3))


def test_a_quarter_is_never_a_month() -> None:
    alone = quarters("before", "before", "after", "after")
    assert length_to_draw(alone, 1) == 3
    both = pd.concat([months(*["before"] * 6), alone], ignore_index=True)
    assert length_to_draw(both, 1) == 1
    assert both[in_longer_periods(both, 1)]["offer"].unique().tolist() == ["Kost"]
    assert not in_longer_periods(both, 3).any()


def test_months_and_quarters_are_added_up_to_the_same_quarters() -> None:
    both = pd.concat([months(*["before"] * 6), quarters("before", "before")], ignore_index=True)
    found = in_periods(both, 3)
    assert found.groupby("offer")["invited"].agg(list).to_dict() == {"Kost": [30, 30], "Rygestop": [30, 30]}
    assert found["period_start"].nunique() == found["period_end"].nunique() == 2


def test_weeks_are_added_up_to_months() -> None:
    start = pd.date_range("2015-01-01", periods=9, freq="7D")
    weeks = months(*["before"] * 9).assign(period_start=start, period_end=start + pd.DateOffset(days=7))
    assert in_periods(weeks, 1)["invited"].tolist() == [50, 40]


def test_a_quarter_with_an_unfinished_month_is_unfinished() -> None:
    counts = months(*["after"] * 6).assign(finished=[True] * 4 + [False] * 2)
    found = in_periods(counts, 3)
    assert found["finished"].tolist() == [True, False]
    assert found["invited"].tolist() == [30, 30]


def test_another_day_divides_one_offer_and_no_other() -> None:
    own, other = months(*["after"] * 5, adjusted="2014-12-01"), months(*["after"] * 5, adjusted="2014-12-01")
    both = pd.concat([own, other.assign(offer="Kost"), other.assign(municipality="Holbæk")], ignore_index=True)
    divided = divided_at(both, "Aarhus", "Rygestop", dt.date(2015, 3, 15))
    assert divided["phase"].tolist() == ["before", "before", "transition", "after", "after", *["after"] * 10]
    assert divided["adjusted_on"].dt.month.tolist() == [*[3] * 5, *[12] * 10]
    assert divided.drop(columns=["phase", "adjusted_on"]).equals(both.drop(columns=["phase", "adjusted_on"]))
    assert divided.dtypes.equals(both.dtypes)
    first_of_month = divided_at(both, "Aarhus", "Rygestop", dt.date(2015, 3, 1))
    assert first_of_month["phase"].tolist()[:5] == ["before", "before", "after", "after", "after"]
    assert around_adjustment(divided, 1)["period_start"].dt.month.tolist() == [2, 3, 4]
