"""What must hold of every measure, whatever the counts: no exception, no warning, no silent nan, one set of columns."""

import warnings
from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.measures.by_understanding import changes, levels
from analysis.measures.gaps import gaps
from analysis.measures.gradients import Index, gradients
from analysis.measures.pathway import gap_in_reach
from analysis.measures.rates import rates, rates_within_offers
from analysis.measures.result_frame import State
from analysis.model.terms import MISSING, Dimension, Group, Question, Rate, Understanding

Table = Callable[..., pd.DataFrame]
Measure = Callable[[pd.DataFrame, list[str]], pd.DataFrame]
LIMITS = ["estimate", "lower", "upper"]
KEYS = ("short", "middle", "long")
GROUPS = tuple(Group(key, {}, rank) for rank, key in enumerate(KEYS, start=1))
ORDERED = Dimension("education", {}, True, GROUPS, reference="long", compared="short")
UNORDERED = Dimension("education", {}, False, GROUPS, reference="long", compared="short")
PAIR = ("short", "long")


def every_measure(rate: Rate) -> dict[str, Measure]:
    """Each measure as a function of counts and ``by``."""
    asked = {
        "group": Question(Understanding.DISADVANTAGED, rate, ORDERED, *PAIR),
        "gap": Question(Understanding.GAP, rate, ORDERED, *PAIR),
        "slope": Question(Understanding.GRADIENT, rate, ORDERED, *PAIR),
        "distance": Question(Understanding.GRADIENT, rate, UNORDERED, *PAIR),
    }
    return {
        "rates": lambda counts, by: rates(counts, rate, [*by, "group", "phase"], 5),
        "rates within offers": lambda counts, by: rates_within_offers(counts, rate, by, KEYS, PAIR, 5),
        "gaps": lambda counts, by: gaps(counts, rate, *PAIR, by, 5),
        "gradients": lambda counts, by: gradients(counts, rate, ORDERED, by, 5, indices=tuple(Index)),
        "pathway": lambda counts, by: gap_in_reach(counts, *PAIR, by, 5),
        **{f"level of {name}": partial(_level, question) for name, question in asked.items()},
        **{f"change in {name}": partial(_change, question) for name, question in asked.items()},
    }


def _level(question: Question, counts: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return levels(counts, question, by, 5)


def _change(question: Question, counts: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return changes(counts, question, by, 5)


STAGES = st.lists(st.one_of(st.just(0), st.integers(0, 90)), min_size=3, max_size=3).map(
    lambda stages: sorted(stages, reverse=True)
)
CELLS = st.dictionaries(
    st.tuples(
        st.sampled_from(["Motion", "Kost", "Tobak", "Mental sundhed"]),
        st.sampled_from(["before", "transition", "after", "unadjusted"]),
        st.sampled_from([*KEYS, MISSING]),
    ),
    STAGES,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CELLS, st.sampled_from(Rate), st.sampled_from([[], ["offer"], ["municipality"]]))
def test_no_exception_no_warning_no_silent_nan(
    table: Table, cells: dict[tuple[str, str, str], list[int]], rate: Rate, by: list[str]
) -> None:
    counts = table(*[(*place, *stages) for place, stages in cells.items()])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = {name: measure(counts, by) for name, measure in every_measure(rate).items()}
    for name, frame in found.items():
        assert {*LIMITS, "method", "n", "state"} <= set(frame.columns), name
        shown = frame["state"] == State.SHOWN
        assert frame.loc[shown, LIMITS].notna().all(axis=None), name
        assert frame.loc[~shown, LIMITS].isna().all(axis=None), name
        assert frame.loc[frame["state"] == State.HIDDEN, "n"].isna().all(), name
        inside = frame.loc[shown]
        tolerance = 1e-9 * (1 + inside["estimate"].abs())
        assert (inside["lower"] <= inside["estimate"] + tolerance).all(), name
        assert (inside["estimate"] <= inside["upper"] + tolerance).all(), name


def alike(table: Table, invited: int, completed: int) -> pd.DataFrame:
    return table(
        *[
            (offer, phase, key, invited * size, invited * size, completed * size)
            for offer in ("Motion", "Kost", "Tobak")
            for phase in ("before", "after")
            for size, key in enumerate(KEYS, start=1)
        ]
    )


@settings(max_examples=20, deadline=None)
@given(st.integers(20, 200), st.integers(1, 9))
def test_one_rate_for_all_is_no_inequality_by_any_measure(table: Table, invited: int, tenths: int) -> None:
    counts = alike(table, 10 * invited, tenths * invited)
    for name, measure in every_measure(Rate.COMPLETION).items():
        frame = measure(counts, [])
        if name in ("rates", "rates within offers", "pathway", "level of group"):
            continue
        key = frame["scale"] if "scale" in frame else frame.get("measure", pd.Series("", index=frame.index))
        is_ratio = key.str.startswith(("relative", "RII")) & (frame.get("phase") != "change")
        np.testing.assert_allclose(frame["estimate"], np.where(is_ratio, 1, 0), atol=1e-7, err_msg=name)


@pytest.mark.parametrize("rate", list(Rate))
def test_a_group_or_an_offer_without_citizens_changes_nothing(table: Table, rate: Rate) -> None:
    counts = table(
        *[
            (offer, phase, key, 100 + 10 * n, 70 + 3 * n, 20 + 7 * n)
            for offer in ("Motion", "Kost", "Tobak")
            for phase in ("before", "after")
            for n, key in enumerate(KEYS)
        ]
    )
    more = pd.concat([counts, table(("Motion", "before", "new", 0, 0, 0), ("new", "after", "long", 0, 0, 0))])
    for name, measure in every_measure(rate).items():
        alone, beside = measure(counts, []), measure(more, [])
        if "group" in beside:
            beside = beside[beside["group"] != "new"].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, beside, check_exact=False, obj=name)


def test_more_citizens_narrow_every_interval(table: Table) -> None:
    def counts(times: int) -> pd.DataFrame:
        return table(
            *[
                (offer, phase, key, 200 * times, (90 + 25 * n) * times, (40 + 20 * n) * times)
                for offer in ("Motion", "Kost", "Tobak")
                for phase in ("before", "after")
                for n, key in enumerate(KEYS)
            ]
        )

    for name, measure in every_measure(Rate.PARTICIPATION).items():
        few, many = measure(counts(1), []), measure(counts(100), [])
        assert few["state"].eq(State.SHOWN).all(), name
        assert (many["upper"] - many["lower"] < few["upper"] - few["lower"]).all(), name
