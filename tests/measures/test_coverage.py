"""What is missing in the data: offers without new data, holes, jumps, and groups that are not stated."""

import datetime as dt

import pandas as pd

from analysis.measures.coverage import Fault, citizens_by_period, faults
from analysis.model.terms import MISSING

COLUMNS = [
    *("municipality", "offer", "period_start", "period_end", "dimension", "group"),
    *("invited", "participated", "completed", "finished", "adjusted_on"),
]
Months = dict[int, int]


def months(**offers: Months) -> pd.DataFrame:
    """The invited of each offer by month from January 2015; half of them take part, and a fifth states no group."""
    rows = []
    for offer, numbers in offers.items():
        for number, invited in numbers.items():
            start, end = month(number), month(number + 1)
            for group, part in (("short", 8), ("long", 8), (MISSING, 4)):
                counts = (invited * part // 20, invited * part // 40, 0, number < 10, pd.NaT)
                rows.append(("Aarhus", offer, start, end, "education", group, *counts))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"invited": "Int64", "adjusted_on": "datetime64[ns]"})


def month(number: int) -> pd.Timestamp:
    return pd.Timestamp(2015 + (number - 1) // 12, (number - 1) % 12 + 1, 1)


def found(counts: pd.DataFrame, last: dt.date = dt.date(2015, 12, 31)) -> list[tuple[str, str, str]]:
    rows = faults(citizens_by_period(counts), last)
    return [(one["offer"], one["fault"], f"{one['start']:%Y-%m}") for one in rows.to_dict("records")]


EVEN = dict.fromkeys(range(1, 13), 40)


def test_citizens_are_added_over_groups() -> None:
    (one,) = citizens_by_period(months(Alfa={1: 40})).to_dict("records")
    assert (one["invited"], one["participated"], one["unstated"], one["finished"]) == (40, 20, 4, True)


def test_an_even_year_with_stated_groups_is_not_asked_about() -> None:
    counts = months(Alfa=EVEN)
    assert found(counts[counts["group"] != MISSING]) == []


def test_groups_that_are_not_stated_are_asked_about() -> None:
    assert found(months(Alfa=EVEN)) == [("Alfa", Fault.UNSTATED, "2015-01")]


def test_a_hole_and_an_offer_without_new_data_are_asked_about() -> None:
    counts = months(Alfa={number: 40 for number in EVEN if number not in (4, 5)}, Beta=dict.fromkeys(range(1, 8), 40))
    stated = counts[counts["group"] != MISSING]
    assert found(stated) == [("Alfa", Fault.HOLE, "2015-04"), ("Beta", Fault.STALE, "2015-08")]
    assert found(stated, dt.date(2015, 10, 15)) == [("Alfa", Fault.HOLE, "2015-04")]


def test_a_jump_is_asked_about_unless_all_offers_have_it() -> None:
    fewer = EVEN | {8: 5}
    alone = months(Alfa=fewer, Beta=EVEN, Gamma=EVEN)
    every = months(Alfa=fewer, Beta=fewer, Gamma=fewer)
    assert [one for one in found(alone) if one[1] == Fault.JUMP] == [("Alfa", Fault.JUMP, "2015-08")]
    assert [one for one in found(every) if one[1] == Fault.JUMP] == []
    more = months(Alfa=EVEN | {9: 200}, Beta=EVEN, Gamma=EVEN)
    assert [one for one in found(more) if one[1] == Fault.JUMP] == [("Alfa", Fault.JUMP, "2015-09")]
    small = months(Alfa=dict.fromkeys(range(1, 13), 10) | {9: 2})
    assert [one for one in found(small) if one[1] == Fault.JUMP] == []
