"""The change net of comparison offers, over the same months."""

import datetime as dt

import pandas as pd
import pytest

from analysis.measures.net_change import net_changes
from analysis.measures.result_frame import State
from analysis.model.terms import Rate
from tests.support.questions import change_in_gap, of_gap

LIMITS = ["estimate", "lower", "upper"]


def month(number: int) -> dt.date:
    return dt.date(2015 + number // 12, number % 12 + 1, 1)


def rows(offer: str, phases: dict[int, str], long: int, short: dict[int, int]) -> list[dict[str, object]]:
    """An offer with 40 of each group invited each month, as many of the long as said, of the short as said by month."""
    return [
        {
            "municipality": "Holbæk",
            "offer": offer,
            "period_start": month(number),
            "period_end": month(number + 1),
            "phase": phase,
            "dimension": "education",
            "group": group,
            "invited": 40,
            "participated": participated,
            "completed": 0,
        }
        for number, phase in phases.items()
        for group, participated in (("long", long), ("short", short[number]))
    ]


def counts(comparison: bool = True) -> pd.DataFrame:
    adjusted = {number: "before" if number < 4 else "after" for number in range(8)}
    made = rows("Motion", adjusted, 30, {number: 10 if number < 4 else 20 for number in range(8)})
    if comparison:
        # The comparison's own gap closes from 20 of 40 to 16 of 40 over the same months, and wildly outside them.
        short = {number: 10 if number < 4 else 14 for number in range(8)} | dict.fromkeys(range(8, 12), 0)
        made += rows("Kost", dict.fromkeys(range(12), "unadjusted"), 30, short)
    return pd.DataFrame(made).astype(dict.fromkeys(("invited", "participated", "completed"), "Int64"))


def found_in(counts: pd.DataFrame) -> pd.DataFrame:
    return net_changes(counts, of_gap(Rate.PARTICIPATION, "short", "long"), 5)


def test_the_trend_is_taken_off() -> None:
    found = found_in(counts()).loc[0]
    assert (found["offer"], found["state"], found["comparisons"]) == ("Motion", State.SHOWN, 1)
    assert found["change"] == pytest.approx(-0.25)
    assert found["trend"] == pytest.approx(-0.1)
    assert found["estimate"] == pytest.approx(-0.15)


def test_wider_than_the_change_by_itself() -> None:
    net = found_in(counts()).loc[0]
    alone = change_in_gap(counts(), Rate.PARTICIPATION, "short", "long", ["offer"], 5).loc[0]
    assert net["change"] == pytest.approx(alone["estimate"])
    assert net["upper"] - net["lower"] > alone["upper"] - alone["lower"]


def test_without_comparison_offers_there_is_no_net_change() -> None:
    found = found_in(counts(comparison=False))
    assert found["state"].tolist() == [State.EMPTY]
    assert found[LIMITS].isna().all(axis=None)


def test_two_adjusted_offers_are_each_compared_around_their_own_date() -> None:
    later = {number: "before" if number < 6 else "after" for number in range(2, 10)}
    more = rows("Tobak", later, 30, {number: 10 if number < 6 else 20 for number in range(2, 10)})
    both = pd.concat([counts(), pd.DataFrame(more)], ignore_index=True)
    found = found_in(both).set_index("offer")
    # Months 2 to 5 and 6 to 9: 10, 10, 14, 14 and then 14, 14, 0, 0 of 40.
    assert found.loc["Tobak", "trend"] == pytest.approx((30 - 7) / 40 - (30 - 12) / 40)
    assert found.loc["Motion", "trend"] == pytest.approx(-0.1)


def test_small_comparison_counts_hide_it() -> None:
    made = counts()
    made.loc[made["offer"] == "Kost", "participated"] = 1
    assert found_in(made[made["period_start"] >= dt.date(2015, 4, 1)])["state"].tolist() == [State.HIDDEN]
