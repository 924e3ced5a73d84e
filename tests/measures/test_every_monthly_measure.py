"""What must hold of the measures over months and over many offers, whatever the counts."""

import datetime as dt
import warnings

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.measures.comparisons import adjusted_for_many
from analysis.measures.control_charts import p_chart
from analysis.measures.funnel import funnel
from analysis.measures.net_change import net_changes
from analysis.measures.pooling import pooled
from analysis.measures.rates_by_period import rates_by_period
from analysis.measures.result_frame import State
from analysis.measures.time_series import interrupted_time_series
from analysis.model.terms import Rate
from tests.support.questions import change_in_gap, of_gap

LIMITS = ["estimate", "lower", "upper"]
COLUMNS = [
    *("municipality", "offer", "period_start", "period_end", "phase", "dimension", "group"),
    *("invited", "participated", "completed", "finished"),
]
OFFERS = st.dictionaries(
    st.sampled_from(["Motion", "Kost", "Tobak"]),
    st.tuples(st.integers(0, 12), st.integers(0, 12), st.booleans(), st.integers(0, 100), st.integers(0, 100)),
)


def months(offers: dict[str, tuple[int, int, bool, int, int]]) -> pd.DataFrame:
    """Of each offer: months before, months after, whether it was adjusted, and the per cent and size that vary."""
    rows = []
    for offer, (before, after, adjusted, percent, size) in offers.items():
        for place in range(before + after):
            phase = ("before" if place < before else "after") if adjusted else "unadjusted"
            for number, group in enumerate(("long", "short")):
                invited = size + 7 * (place * (number + 1) % 5)
                taken = invited * min(100, percent + 3 * (place % 4)) // 100
                start = dt.date(2014 + place // 12, place % 12 + 1, 1)
                end = dt.date(2014 + (place + 1) // 12, (place + 1) % 12 + 1, 1)
                counted = (invited, taken, taken // 2, place < 10)
                rows.append(("Holbæk", offer, start, end, phase, "education", group, *counted))
    return pd.DataFrame(rows, columns=COLUMNS).astype(dict.fromkeys(COLUMNS[-4:-1], "Int64") | {"finished": "bool"})


@settings(max_examples=60, deadline=None)
@given(OFFERS, st.sampled_from(Rate), st.sampled_from([[], ["offer"], ["group"]]))
def test_no_exception_no_warning_no_silent_nan(
    offers: dict[str, tuple[int, int, bool, int, int]], rate: Rate, by: list[str]
) -> None:
    counts = months(offers)
    pair = ("short", "long")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        change = change_in_gap(counts, rate, *pair, ["offer"], 5)
        found = {
            "time series": interrupted_time_series(counts, rate, pair, pair, 5),
            "rates by period": rates_by_period(counts, rate, pair, pair, 5),
            "net of trend": net_changes(counts, of_gap(rate, *pair), 5),
            "pooled": pooled(change, []),
            "funnel": funnel(counts, rate, by, 5),
        }
        chart = p_chart(counts, rate, by, 5)
        adjusted_for_many(change)
    for name, frame in found.items():
        shown = frame["state"] == State.SHOWN
        assert frame.loc[shown, LIMITS].notna().all(axis=None), name
        assert frame.loc[~shown, LIMITS].isna().all(axis=None), name
        if "n" in frame:
            assert frame.loc[frame["state"] == State.HIDDEN, "n"].isna().all(), name
    limited = chart["limits"] == State.SHOWN
    assert chart.loc[limited, [*LIMITS, "centre"]].notna().all(axis=None)
    assert chart.loc[~limited, ["lower", "upper"]].isna().all(axis=None)
    assert chart.loc[chart["state"] == State.HIDDEN, ["estimate", "n"]].isna().all(axis=None)
