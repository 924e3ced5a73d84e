"""Limits month by month: p-chart limits by hand, and a new start at the adjustment."""

import datetime as dt

import pandas as pd
import pytest

from analysis.measures.control_charts import p_chart
from analysis.measures.result_frame import State
from analysis.model.terms import Rate

COLUMNS = [
    *("municipality", "offer", "period_start", "phase", "dimension", "group"),
    *("invited", "participated", "completed"),
]


def months(before: list[int], after: list[int], transition: int | None = None, n: int = 100) -> pd.DataFrame:
    """A month of n invited each, of whom as many took part."""
    phases = ["before"] * len(before) + ["transition"] * (transition is not None) + ["after"] * len(after)
    numbers = before + ([transition] if transition is not None else []) + after
    rows = [
        {
            "municipality": "Holbæk",
            "offer": "Motion",
            "period_start": dt.date(2014 + place // 12, place % 12 + 1, 1),
            "phase": phase,
            "dimension": "sex",
            "group": "woman",
            "invited": n,
            "participated": x,
            "completed": 0,
        }
        for place, (phase, x) in enumerate(zip(phases, numbers, strict=True))
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(COLUMNS[-3:], "Int64"))


def test_limits_by_hand_and_anew_at_the_adjustment() -> None:
    found = p_chart(months([40] * 12, [60] * 12), Rate.PARTICIPATION, [], 5)
    assert found["centre"].tolist() == [0.4] * 12 + [0.6] * 12
    # .4 -/+ 3 sqrt(.4 * .6 / 100)
    assert found.loc[0, ["lower", "upper"]].tolist() == pytest.approx([0.4 - 0.14696938, 0.4 + 0.14696938])
    assert found["limits"].eq(State.SHOWN).all() and not found["outside"].any()


def test_a_month_out_of_the_ordinary() -> None:
    found = p_chart(months([40] * 11 + [75], [60] * 12), Rate.PARTICIPATION, [], 5)
    assert found.index[found["outside"]].tolist() == [11]


def test_no_limits_below_twelve_months() -> None:
    found = p_chart(months([40] * 11, [60] * 12), Rate.PARTICIPATION, [], 5)
    assert found["limits"].tolist() == [State.TOO_FEW] * 11 + [State.SHOWN] * 12
    assert found["centre"].notna().all() and found.loc[:10, ["lower", "upper"]].isna().all(axis=None)


def test_transition_and_hidden_months_are_left_out_of_the_centre() -> None:
    found = p_chart(months([40] * 12 + [2], [60] * 12, transition=99), Rate.PARTICIPATION, [], 5)
    assert found.loc[found["phase"] == "transition", ["centre", "lower"]].isna().all(axis=None)
    hidden = found["state"] == State.HIDDEN
    assert hidden.sum() == 2 and found.loc[hidden, ["estimate", "n", "centre"]].isna().all(axis=None)
    assert found.loc[found["phase"] == "before", "centre"].dropna().unique().tolist() == [0.4]


def test_no_months() -> None:
    assert p_chart(months([], []), Rate.PARTICIPATION, ["offer"], 5).empty
