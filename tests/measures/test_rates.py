"""The rate of every unit: summed, with its interval, hidden where small."""

import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.rates import rates
from analysis.measures.result_frame import State
from analysis.model.terms import Rate

Table = Callable[..., pd.DataFrame]
NUMBERS = ["numerator", "estimate", "lower", "upper", "n"]
COLUMNS = ["numerator", "estimate", "lower", "upper", "method", "n", "state"]


def test_sums_over_what_is_not_asked_for(table: Table) -> None:
    counts = table(("Motion", "after", "long", 60, 40, 30), ("Kost", "before", "long", 40, 25, 20))
    found = rates(counts, Rate.PARTICIPATION, ["group"], 5)
    assert list(found) == ["group", *COLUMNS]
    assert found.loc[0, ["group", "numerator", "n"]].tolist() == ["long", 65, 100]
    # The UK's published Wilson interval of 65/100.
    np.testing.assert_allclose(found.loc[0, ["estimate", "lower", "upper"]].tolist(), (0.65, 0.552544433, 0.736357518))
    assert found.loc[0, "method"] == "Wilson" and found.loc[0, "state"] == State.SHOWN


@pytest.mark.parametrize(("rate", "x", "n"), [("participation", 60, 90), ("completion", 30, 60), ("reach", 30, 90)])
def test_each_rate_has_its_own_stages(table: Table, rate: str, x: int, n: int) -> None:
    found = rates(table(("Motion", "after", "long", 90, 60, 30)), Rate(rate), ["offer"], 5)
    assert found.loc[0, ["numerator", "n"]].tolist() == [x, n]


def test_one_row_a_unit_in_the_order_of_the_counts(table: Table) -> None:
    counts = table(*[(offer, "after", group, 50, 30, 20) for offer in "ZA" for group in ("short", "long")])
    found = rates(counts, Rate.REACH, ["offer", "group"], 5)
    assert found[["offer", "group"]].values.tolist() == [["Z", "short"], ["Z", "long"], ["A", "short"], ["A", "long"]]
    assert len(rates(counts, Rate.REACH, [], 5)) == 1


def test_a_hidden_row_keeps_no_number(table: Table) -> None:
    counts = table(("Motion", "after", "short", 50, 4, 0), ("Motion", "after", "long", 50, 46, 40))
    found = rates(counts, Rate.PARTICIPATION, ["group"], 5)
    assert found["state"].tolist() == [State.HIDDEN, State.HIDDEN]
    assert found[NUMBERS].isna().all(axis=None)
    assert found["numerator"].dtype == found["n"].dtype == "Int64"


def test_nobody_and_everybody_are_shown(table: Table) -> None:
    counts = table(("Motion", "after", "short", 50, 0, 0), ("Motion", "after", "long", 50, 50, 40))
    found = rates(counts, Rate.PARTICIPATION, ["group"], 5)
    assert found["state"].eq(State.SHOWN).all()
    assert found["estimate"].tolist() == [0, 1]


def test_a_unit_without_citizens_is_empty(table: Table) -> None:
    found = rates(table(("Motion", "after", "short", 50, 0, 0)), Rate.COMPLETION, ["group"], 5)
    assert found.loc[0, "state"] == State.EMPTY
    assert found.loc[0, ["numerator", "n"]].tolist() == [0, 0]
    assert found[["estimate", "lower", "upper"]].isna().all(axis=None)


def test_rows_without_invited_speak_only_of_completion(table: Table) -> None:
    counts = table(("Motion", "after", "long", None, 40, 30), ("Kost", "after", "long", 50, 25, 20))
    assert rates(counts, Rate.PARTICIPATION, ["group"], 5).loc[0, ["numerator", "n"]].tolist() == [25, 50]
    assert rates(counts, Rate.REACH, ["offer"], 5)["offer"].tolist() == ["Kost"]
    assert rates(counts, Rate.COMPLETION, ["group"], 5).loc[0, ["numerator", "n"]].tolist() == [50, 65]


def test_no_counts_give_an_empty_frame_with_all_columns(table: Table) -> None:
    found = rates(table(), Rate.REACH, ["offer"], 5)
    assert found.empty and list(found) == ["offer", *COLUMNS]


def test_dimensions_are_never_added_up(table: Table) -> None:
    counts = table(("Motion", "after", "long", 90, 60, 30))
    both = pd.concat([counts, counts.assign(dimension="income")])
    with pytest.raises(ValueError, match="more than one dimension"):
        rates(both, Rate.REACH, ["offer"], 5)
    assert rates(both, Rate.REACH, ["dimension"], 5)["n"].tolist() == [90, 90]


def test_the_counts_are_left_as_they_were(table: Table) -> None:
    counts = table(("Motion", "after", "long", None, 60, 30), ("Motion", "after", "short", 10, 6, 3))
    before = counts.copy(deep=True)
    rates(counts, Rate.REACH, ["group"], 5)
    pd.testing.assert_frame_equal(counts, before)


STAGES = st.lists(st.integers(0, 60), min_size=3, max_size=3).map(lambda stages: sorted(stages, reverse=True))


@settings(max_examples=40, deadline=None)
@given(st.lists(STAGES, min_size=1, max_size=8), st.sampled_from(Rate), st.integers(3, 10))
def test_states_tell_which_rows_have_numbers(table: Table, stages: list[list[int]], rate: Rate, smallest: int) -> None:
    counts = table(*[(f"offer {number}", "after", "long", *row) for number, row in enumerate(stages)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = rates(counts, rate, ["offer"], smallest).set_index("state")
    assert found.loc[found.index == State.HIDDEN, NUMBERS].isna().all(axis=None)
    assert found.loc[found.index == State.SHOWN, NUMBERS].notna().all(axis=None)
    assert (found.loc[found.index == State.EMPTY, "n"] == 0).all()
    shown = found[found.index == State.SHOWN]
    for count in (shown["numerator"], shown["n"] - shown["numerator"]):
        assert ((count == 0) | (count >= smallest)).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(STAGES, min_size=1, max_size=5))
def test_an_empty_unit_changes_nothing(table: Table, stages: list[list[int]]) -> None:
    rows = [(f"offer {number}", "after", "long", *row) for number, row in enumerate(stages)]
    alone = rates(table(*rows), Rate.REACH, ["offer"], 5)
    beside = rates(table(*rows, ("empty", "after", "long", 0, 0, 0)), Rate.REACH, ["offer"], 5)
    pd.testing.assert_frame_equal(beside.iloc[:-1], alone)
    assert beside["state"].iloc[-1] == State.EMPTY
