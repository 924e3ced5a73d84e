"""The parts of a gap in reach add up, before, after and in their change."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.measures.gaps import gaps
from analysis.measures.pathway import gap_in_reach
from analysis.measures.result_frame import State
from analysis.model.terms import Rate
from tests.support.questions import change_in_gap

Table = Callable[..., pd.DataFrame]
LIMITS = ["estimate", "lower", "upper"]


def counts(table: Table) -> pd.DataFrame:
    return table(
        ("Motion", "before", "long", 200, 160, 80),
        ("Motion", "before", "short", 200, 100, 40),
        ("Motion", "after", "long", 200, 160, 80),
        ("Motion", "after", "short", 200, 140, 60),
    )


def found_in(counts: pd.DataFrame) -> pd.DataFrame:
    return gap_in_reach(counts, "short", "long", [], 5).set_index(["measure", "phase"])


def test_by_hand(table: Table) -> None:
    found = found_in(counts(table))["estimate"]
    # Before: P .8 and .5, C .5 and .4, R .4 and .2. Participation (.3)(.45) = .135, completion (.1)(.65) = .065.
    assert found["participation", "before"] == pytest.approx(0.135)
    assert found["completion", "before"] == pytest.approx(0.065)
    assert found["reach", "before"] == pytest.approx(0.2)


@pytest.mark.parametrize("phase", ["before", "after", "change"])
def test_the_parts_make_the_whole(table: Table, phase: str) -> None:
    parts = found_in(counts(table))["estimate"].xs(phase, level="phase")
    assert parts["participation"] + parts["completion"] == pytest.approx(parts["reach"])


def test_agrees_with_the_gap_in_reach_by_itself(table: Table) -> None:
    whole = found_in(counts(table)).loc["reach"]
    alone = gaps(counts(table), Rate.REACH, "short", "long", [], 5).query("scale == 'absolute'").set_index("phase")
    np.testing.assert_allclose(whole.loc[["before", "after"], LIMITS], alone.loc[["before", "after"], LIMITS])
    change = change_in_gap(counts(table), Rate.REACH, "short", "long", [], 5)
    np.testing.assert_allclose(whole.loc["change", LIMITS].tolist(), change.loc[0, LIMITS].tolist())


def test_only_one_part_differs_where_only_one_rate_does(table: Table) -> None:
    rows = [
        (phase, group) for phase in ("before", "after") for group in (("long", 200, 160, 80), ("short", 200, 100, 50))
    ]
    same = table(*[("Motion", phase, *group) for phase, group in rows])
    found = found_in(same).xs("before", level="phase")
    assert found.loc["completion", "estimate"] == pytest.approx(0)


def test_says_why_it_cannot(table: Table) -> None:
    few = counts(table)
    few.loc[1, "completed"] = 97
    assert found_in(few).loc[("participation", "before"), "state"] == State.HIDDEN
    nobody = counts(table)
    nobody.loc[1, ["participated", "completed"]] = 0
    assert found_in(nobody).loc[("completion", "before"), "estimate"] == 0  # All of the gap arose in recruitment.
    assert found_in(nobody).loc[("reach", "before"), "state"] == State.SHOWN
    assert found_in(counts(table).assign(invited=pd.NA))["state"].eq(State.EMPTY).all()
