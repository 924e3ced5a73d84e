"""Measures of the theme days, against examples worked by hand and published figures."""

import datetime as dt
from collections.abc import Iterator
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.theme_days.ranking import Method, ballots_of_votes, ranking, weights
from analysis.measures.theme_days.reach import coverage, growth, reached
from analysis.measures.theme_days.requests import request_states
from analysis.measures.theme_days.time_to_implementation import stages, times, together
from analysis.measures.theme_days.understanding_shares import moved, shares
from analysis.measures.theme_days.with_and_without import with_and_without

DAY = dt.date(2016, 3, 10)


def ballots(*lists: tuple[int, str]) -> pd.DataFrame:
    """So many ballots that name the letters of a word, the first one first."""
    rows: list[tuple[str, str, int]] = []
    for number, (times_given, word) in enumerate(lists):
        for copy in range(times_given):
            rows += [(f"{number} {copy}", letter, place) for place, letter in enumerate(word, start=1)]
    return pd.DataFrame(rows, columns=["ballot", "action", "place"])


def test_borda_puts_nashville_first() -> None:
    """The capital of Tennessee: 42 % live near Memphis, 26 % Nashville, 15 % Chattanooga, 17 % Knoxville.

    Borda points 194, 173, 126 and 107 of at most 300, as in the example by which ranked voting is commonly explained.
    """
    found = ranking(ballots((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")), Method.BORDA)
    assert found["action"].tolist() == ["N", "C", "M", "K"]
    assert (found["score"] * 300).round(6).tolist() == [194, 173, 126, 107]
    assert found["rank"].tolist() == [1, 2, 3, 4]
    assert found["first"].tolist() == [26, 15, 42, 17]


def test_rank_order_centroids_are_those_published() -> None:
    """Barron & Barrett 1996, Manage Sci 42:1515: of three attributes .6111, .2778, .1111; of four .5208 to .0625."""
    three, four = (weights(places, Method.CENTROID) for places in (3, 4))
    assert (three / three.sum()).round(4).tolist() == [0.6111, 0.2778, 0.1111]
    assert (four / four.sum()).round(4).tolist() == [0.5208, 0.2708, 0.1458, 0.0625]


def test_what_a_ballot_leaves_out_shares_the_places_left_over() -> None:
    """Worked by hand: AB leaves C and D the points 1/3 and 0 to share, 1/6 each."""
    found = ranking(ballots((1, "AB"), (1, "BACD")), Method.BORDA).set_index("action")
    assert found.loc["A", "score"] == pytest.approx((1 + 2 / 3) / 2)
    assert found.loc["B", "score"] == pytest.approx((2 / 3 + 1) / 2)
    assert found.loc["C", "score"] == pytest.approx((1 / 6 + 1 / 3) / 2)
    assert found.loc["D", "score"] == pytest.approx((1 / 6 + 0) / 2)
    assert found.loc[["A", "B"], "rank"].tolist() == [1, 1]
    assert found["ballots"].to_dict() == {"A": 2, "B": 2, "C": 1, "D": 1}


@given(
    st.lists(
        st.permutations("ABCD").flatmap(lambda order: st.integers(1, 4).map(lambda most: order[:most])), min_size=1
    )
)
def test_a_short_ballot_counts_as_the_mean_of_all_ways_to_go_on(lists: list[list[str]]) -> None:
    given_ballots = ballots(*((1, "".join(one)) for one in lists), (1, "ABCD"))
    by_hand: dict[str, list[float]] = {letter: [] for letter in "ABCD"}
    for one in lists:
        ways = [[*one, *rest] for rest in _rests(one)]
        for letter in "ABCD":
            by_hand[letter].append(float(np.mean([1 - way.index(letter) / 3 for way in ways])))
    found = ranking(given_ballots, Method.BORDA).set_index("action")["score"]
    for letter, points in by_hand.items():
        expected = (sum(points) + 1 - "ABCD".index(letter) / 3) / (len(lists) + 1)
        assert found[letter] == pytest.approx(expected)


def _rests(start: list[str]) -> Iterator[tuple[str, ...]]:
    return permutations(letter for letter in "ABCD" if letter not in start)


def test_many_like_ballots_make_the_order_sure_and_few_unlike_ones_do_not() -> None:
    sure = ranking(ballots((40, "ABC")), Method.BORDA)
    assert sure[["lower", "upper"]].to_numpy().tolist() == [[1, 1], [2, 2], [3, 3]]
    assert sure["ahead"].tolist()[:2] == [1, 1]
    unsure = ranking(ballots((3, "ABC"), (2, "BAC")), Method.BORDA)
    assert (unsure["lower"].iloc[0], unsure["upper"].iloc[0]) == (1, 2)
    assert 0.5 < unsure["ahead"].iloc[0] < 0.9
    assert np.isnan(unsure["ahead"].iloc[-1])


def test_the_interval_of_a_rank_holds_the_rank_and_is_the_same_each_time() -> None:
    given_ballots = ballots((4, "ABCD"), (3, "BDAC"), (5, "CA"), (2, "DB"))
    found = ranking(given_ballots, Method.CENTROID)
    assert ((found["lower"] <= found["rank"]) & (found["rank"] <= found["upper"])).all()
    pd.testing.assert_frame_equal(found, ranking(given_ballots.sample(frac=1, random_state=1), Method.CENTROID))


def test_no_ballots_make_no_list() -> None:
    assert ranking(ballots(), Method.BORDA).empty


def test_equal_votes_have_equal_places_and_no_votes_none() -> None:
    votes = pd.DataFrame(
        {"held_on": DAY, "municipality": "Holbæk", "table": "1", "action": list("ABCD"), "votes": [5, 7, 5, 0]}
    )
    found = ballots_of_votes(votes).set_index("action")["place"]
    assert found.to_dict() == {"B": 1, "A": 2, "C": 2}


FACTS = pd.DataFrame(
    {
        "name": ["Aarhus", "Holbæk", "Samsø", "Ærø"],
        "region": ["Midt", "Sjælland", "Midt", "Syd"],
        "population": [300, 70, 4, 6],
    }
)
DAYS = pd.DataFrame(
    {
        "held_on": pd.to_datetime(["2016-01-05", "2016-01-05", "2016-03-10", "2016-03-10"]),
        "day_kind": ["national", "national", "local", "national"],
        "municipality": ["Aarhus", "Holbæk", "Holbæk", "Lund"],
        "participants": [2, 1, 8, 1],
    }
)


def test_municipalities_are_reached_once_and_counted_out_of_all() -> None:
    reach = reached(DAYS, FACTS).set_index("name")
    assert reach["is_reached"].to_dict() == {"Aarhus": True, "Holbæk": True, "Samsø": False, "Ærø": False}
    assert reach["has_own_day"].to_dict() == {"Aarhus": False, "Holbæk": True, "Samsø": False, "Ærø": False}
    assert reach.loc["Holbæk", ["days", "participants"]].tolist() == [2, 9]
    whole = coverage(reach.reset_index()).iloc[0]
    assert (whole["reached"], whole["municipalities"], whole["share"]) == (2, 4, 0.5)
    assert whole["population_share"] == pytest.approx(370 / 380)
    by_region = coverage(reach.reset_index(), ["region"]).set_index("region")
    assert by_region["share"].to_dict() == {"Midt": 0.5, "Sjælland": 1.0, "Syd": 0.0}


def test_growth_counts_a_municipality_from_its_first_day_on() -> None:
    found = growth(DAYS, reached(DAYS, FACTS))
    assert found["reached"].tolist() == [2, 2]
    assert found["participants"].tolist() == [3, 11]
    assert found["population_share"].round(4).tolist() == [round(370 / 380, 4)] * 2


def understanding(municipality: str, asked: str, *votes: float, holder: str = "politicians") -> dict[str, object]:
    weights_given = dict(zip(("disadvantaged", "gap", "gradient"), votes, strict=True))
    return {"municipality": municipality, "held_on": DAY, "asked": asked, "holder": holder, **weights_given}


def test_every_municipality_counts_the_same_however_many_voted() -> None:
    rows = pd.DataFrame([understanding("A", "before", 60, 30, 10), understanding("B", "before", 0, 1, 1)])
    found = shares(rows, ["asked"]).iloc[0]
    assert found[["disadvantaged", "gap", "gradient"]].tolist() == pytest.approx([0.3, 0.4, 0.3])
    assert (found["leading"], found["total"], found["municipalities"]) == ("gap", 102, 2)


def test_tables_of_a_municipality_are_added_up_and_a_draw_has_no_leader() -> None:
    rows = pd.DataFrame([understanding("A", "before", 4, 0, 1), understanding("A", "before", 1, 5, 1)])
    found = shares(rows, ["municipality"]).iloc[0]
    assert found[["disadvantaged", "gap", "gradient"]].tolist() == pytest.approx([5 / 12, 5 / 12, 2 / 12])
    assert pd.isna(found["leading"])


def test_only_those_asked_both_times_tell_how_it_moved() -> None:
    rows = pd.DataFrame(
        [
            understanding("A", "before", 6, 2, 2),
            understanding("A", "after", 4, 2, 4),
            understanding("B", "before", 10, 0, 0),
        ]
    )
    found = moved(rows, []).iloc[0]
    assert found[["disadvantaged", "gap", "gradient"]].tolist() == pytest.approx([-0.2, 0, 0.2])
    assert found["municipalities"] == 1


SIX_MP = [6, 6, 6, 7, 10, 13, 16, 22, 23]
SIX_MP_CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def waits(came: list[int], waiting: list[int]) -> tuple[pd.DataFrame, dt.date]:
    """Actions that were decided after so many days, and others that have waited so long for it."""
    until = dt.date(2016, 12, 31)
    rows: list[tuple[dt.date, dt.date | None, str]]
    rows = [(until - dt.timedelta(days=100), until - dt.timedelta(days=100 - days), "decided") for days in came]
    rows += [(until - dt.timedelta(days=days), None, "proposed") for days in waiting]
    frame = pd.DataFrame(rows, columns=["proposed_on", "decided_on", "status"])
    return frame.assign(translated_on=None, running_on=None, evaluated_on=None), until


def test_median_times_are_those_of_freireich() -> None:
    """Freireich 1963, Blood 21:699: remission lasted 23 weeks in the median with 6-mercaptopurine, 8 without."""
    for came, waiting, median in ((SIX_MP, SIX_MP_CENSORED, 23), (PLACEBO, [], 8)):
        actions, until = waits(came, waiting)
        found = times(actions, until).iloc[0]
        assert (found["median"], found["n"], found["came"]) == (median, 21, len(came))
        assert found["lower"] <= median


def test_where_fewer_than_half_have_come_there_is_no_median() -> None:
    actions, until = waits([10], [50, 60, 70])
    found = times(actions, until).iloc[0]
    assert np.isnan(found["median"])
    assert found["came"] == 1


def test_an_action_that_passed_a_stage_without_a_day_is_left_out_of_its_time() -> None:
    actions, until = waits([10, 20], [])
    actions.loc[1, ["decided_on", "status"]] = [None, "running"]
    assert times(actions, until).iloc[0][["n", "came"]].tolist() == [1, 1]


def test_an_action_has_passed_every_stage_before_its_own() -> None:
    found = stages(pd.DataFrame({"status": ["proposed", "running", "evaluated", "decided"]}))
    assert found["reached"].tolist() == [4, 3, 2, 2, 1]
    assert found["stayed"].tolist() == [1, 1, 0, 1, 1]


def test_areas_work_together_where_they_have_an_action_in_common() -> None:
    actions = pd.DataFrame({"responsible": ["health", None], "involved": [["social", "health"], ["social", "care"]]})
    found = together(actions).set_index(["area", "other"])["actions"].to_dict()
    assert found[("health", "social")] == found[("social", "health")] == 1
    assert found[("social", "social")] == 2
    assert ("care", "health") not in found


def test_a_request_waits_until_it_is_done() -> None:
    key = {"municipality": "Holbæk", "requested_on": pd.Timestamp(2016, 3, 10), "request": "advice", "next_step": None}
    other = key | {"municipality": "Aarhus"}
    events = pd.DataFrame(
        [
            {**key, "state": "open", "state_on": pd.Timestamp(2016, 3, 10)},
            {**other, "state": "open", "state_on": pd.Timestamp(2016, 3, 10)},
            {**key, "state": "done", "state_on": pd.Timestamp(2016, 3, 20)},
        ]
    )
    found = request_states(events, dt.date(2016, 4, 9)).set_index("municipality")
    assert found["is_waiting"].to_dict() == {"Aarhus": True, "Holbæk": False}
    assert found["waited"].to_dict() == {"Aarhus": 30, "Holbæk": 10}
    assert found["events"].to_dict() == {"Aarhus": 1, "Holbæk": 2}


def test_with_and_without_tells_the_middle_and_how_many() -> None:
    changes = pd.DataFrame(
        {
            "municipality": list("ABCDE"),
            "estimate": [-0.10, -0.02, 0.04, -0.06, 0.5],
            "state": ["shown", "shown", "shown", "shown", "hidden"],
            "direction": ["narrowed", "unclear", "widened", "narrowed", None],
        }
    )
    found = with_and_without(changes, {"A", "B", "C", "E"}).set_index("has")
    assert found.loc[True, ["municipalities", "median", "lowest", "highest", "better"]].tolist() == [
        3,
        -0.02,
        -0.1,
        0.04,
        1,
    ]
    assert found.loc[False, ["municipalities", "median", "better"]].tolist() == [1, -0.06, 1]
    assert with_and_without(changes, set()).set_index("has").loc[True, "municipalities"] == 0
