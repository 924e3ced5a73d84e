"""Limits month by month: NHS figures for XmR, p-chart limits by hand, and a new start at the adjustment."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from analysis.measures.control_charts import p_chart, xmr_chart, xmr_limits
from analysis.measures.result_frame import State
from analysis.model.terms import Rate

# NHS-R community, NHSRplotthedots, snapshots of its tests (MIT): mean, lower and upper process limit.
NHS = [
    *(-0.5604756465522, -0.2301774894833, 1.558708314149, 0.07050839142458, 0.1292877351609, 1.715064986883),
    *(0.4609162059892, -1.265061234607, -0.6868528518935, -0.4456619701, 1.224081797439, 0.3598138270574),
    *(0.4007714505941, 0.1106827159451, -0.5558411347541, 1.786913136803, 0.4978504782292, -1.96661715663),
    *(0.7013559015637, -0.4727914077279),
]


@pytest.mark.parametrize(
    ("values", "expected", "digits"),
    [
        (NHS, (0.1416238, -3.01138, 3.294627), 1e-5),
        ([*NHS[:14], 10, *NHS[15:]], (0.6694159, -2.383666, 3.722497), 1e-6),  # Its two steps are screened out.
        (NHS[:10], (0.0746, -2.6, 2.75), 5e-3),
        (NHS[10:], (0.209, -3.28, 3.7), 5e-3),
    ],
)
def test_xmr_as_the_nhs_has_it(values: list[float], expected: tuple[float, ...], digits: float) -> None:
    found = xmr_limits(np.array(values))
    np.testing.assert_allclose([one[0] for one in found], expected, atol=digits)


def test_xmr_of_one_or_none() -> None:
    assert np.isnan(xmr_limits(np.array([0.5])).lower).all() and xmr_limits(np.array([0.5])).centre == [0.5]
    assert xmr_limits(np.array([])).centre.size == 0


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


def test_xmr_chart_has_the_limits_of_its_months() -> None:
    taken = [40, 44, 38, 47, 41, 39, 45, 40, 43, 38, 42, 46]
    found = xmr_chart(months(taken, []), Rate.PARTICIPATION, [], 5)
    limits = xmr_limits(np.array(taken) / 100)
    np.testing.assert_allclose(found[["centre", "lower", "upper"]].to_numpy(), np.transpose(limits))


def test_no_months() -> None:
    assert p_chart(months([], []), Rate.PARTICIPATION, ["offer"], 5).empty
