"""What a person sees in the charts of exploring: every group a mark, hidden numbers told and never given away."""

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis.charts.choropleth import municipality_map, tile_map
from analysis.charts.equiplot import equiplot
from analysis.charts.funnel import funnel_plot
from analysis.charts.more_citizens import more_citizens
from analysis.charts.palette import TEXT_SIZE
from analysis.charts.stages import stages
from analysis.charts.standalone import framed
from analysis.charts.timeline import rate_range, timeline
from analysis.i18n import LANGUAGES, wording
from analysis.measures.funnel import funnel
from analysis.measures.result_frame import State
from analysis.model.terms import Rate
from analysis.store.geography import municipality_shapes, municipality_tiles

ENGLISH = wording("en")
GROUPS = {"long": "Long education", "short": "Primary school"}


def _shown(estimate: float) -> dict[str, Any]:
    return {"numerator": 432, "n": 1234, "estimate": estimate, "lower": estimate - 0.05, "upper": estimate + 0.05} | {
        "state": State.SHOWN
    }


HIDDEN = {"numerator": 3, "n": 77, "estimate": 0.0389, "lower": 0.01, "upper": 0.11, "state": State.HIDDEN}


def _told(figure: go.Figure) -> str:
    """All that is sent to the browser of a figure."""
    return json.dumps(
        figure.to_plotly_json(),
        default=lambda value: value.tolist() if hasattr(value, "tolist") else str(value),
        ensure_ascii=False,
    )


def _marks(figure: go.Figure) -> list[tuple[Any, ...]]:
    """Every mark with something to click on: its keys, x, y and what the pointer tells."""
    return [
        (tuple(keys), x, y, said)
        for trace in figure.data
        if trace.customdata is not None
        for keys, x, y, said in zip(
            trace.customdata, trace.x, trace.y, trace.hovertext or [""] * len(trace.x), strict=False
        )
        if x is not None and y is not None
    ]


def _equiplot(rates: pd.DataFrame) -> go.Figure:
    return equiplot(
        rates,
        rows={"education": "Education"},
        groups={"education": GROUPS},
        roles={"education": ("short", "long")},
        wording=ENGLISH,
        theme="light",
    )


def test_an_equiplot_has_a_dot_for_each_group_before_and_after() -> None:
    values = {("short", "before"): 0.4, ("short", "after"): 0.6, ("long", "before"): 0.7, ("long", "after"): 0.72}
    rates = pd.DataFrame(
        [
            {"row": "education", "group": group, "phase": phase} | _shown(value)
            for (group, phase), value in values.items()
        ]
    )
    assert sorted(x for _, x, _, _ in _marks(_equiplot(rates))) == pytest.approx([40, 60, 70, 72])
    assert all("1,234" in said for *_, said in _marks(_equiplot(rates)))


def test_an_equiplot_gives_no_hidden_number_away() -> None:
    rates = pd.DataFrame(
        [
            {"row": "education", "group": "short", "phase": "before"} | HIDDEN,
            {"row": "education", "group": "long", "phase": "before"} | _shown(0.7),
        ]
    )
    figure = _equiplot(rates)
    assert "3.89" not in _told(figure)
    assert len(_marks(figure)) == 1


def _shares(completed_short: Mapping[str, Any]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"group": "long", "phase": "before", "stage": "participated"} | _shown(0.6),
            {"group": "long", "phase": "before", "stage": "completed"} | _shown(0.5),
            {"group": "short", "phase": "before", "stage": "participated"} | _shown(0.45),
            {"group": "short", "phase": "before", "stage": "completed"} | completed_short,
        ]
    )


def _stages(completed_short: Mapping[str, Any]) -> go.Figure:
    return stages(
        _shares(completed_short), labels=GROUPS, wording=ENGLISH, theme="light", reference="long", compared="short"
    )


def test_the_path_has_completed_within_participated_at_the_height_of_its_interval() -> None:
    figure = _stages(_shown(0.3))
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert sorted(bar.x[0] for bar in bars) == pytest.approx([30, 45, 50, 60])
    assert figure.layout.barmode == "overlay"  # a bar of its own width where it is placed
    whiskers = {y for trace in figure.data if trace.type == "scatter" for y in trace.y or () if y is not None}
    assert {bar.y[0] for bar in bars} <= whiskers


def test_the_numbers_of_a_long_bar_have_room_beside_the_axis() -> None:
    figure = _stages(_shown(0.3))
    [numbers] = [note for note in figure.layout.annotations if note.text == "60.0 · 50.0"]
    half_an_em_each = 0.5 * TEXT_SIZE * len(numbers.text)
    assert numbers.xshift + half_an_em_each <= figure.layout.margin.r


def test_the_path_says_that_a_stage_is_hidden() -> None:
    figure = _stages(HIDDEN)
    assert "3.89" not in _told(figure)
    assert "Some hidden" in _told(figure)


def test_citizens_more_are_added_to_those_who_reached_the_stage() -> None:
    groups = pd.DataFrame(
        [
            {"group": "short", "reached": 200, "estimate": 31.4, "state": State.SHOWN},
            {"group": "long", "reached": 300, "estimate": -4.0, "state": State.SHOWN},
        ]
    )
    figure = more_citizens(groups, labels=GROUPS, wording=ENGLISH, theme="light")
    assert figure.layout.barmode == "overlay"
    widths = sorted(round(x) for trace in figure.data if trace.type == "bar" for x in trace.x if x)
    assert widths == [31, 200, 300]  # none are taken from a group that is ahead
    assert "+31" in _told(figure)


def test_the_funnel_has_a_mark_a_unit_and_stands_out_beyond_998() -> None:
    counts = pd.DataFrame(
        {
            "unit": ["A", "B", "C", "D"],
            "dimension": "education",
            "group": "short",
            "invited": [500, 1000, 500, 100],
            "participated": [275, 550, 275, 25],
            "completed": [275, 550, 275, 25],
        }
    )
    found = funnel(counts, Rate.PARTICIPATION, ["unit"], smallest_count=5)
    figure = funnel_plot(found, labels={name: name for name in "ABCD"}, wording=ENGLISH, theme="light", unit="Per cent")
    marks = {keys[0]: (x, y) for keys, x, y, _ in _marks(figure)}
    assert marks["A"] == pytest.approx((500, 55))
    assert marks["D"] == pytest.approx((100, 25))
    [trace] = [trace for trace in figure.data if trace.customdata is not None]
    symbols = dict(zip((keys[0] for keys in trace.customdata), trace.marker.symbol, strict=True))
    assert symbols["D"] != symbols["A"]


def test_the_drawn_limits_are_as_wide_as_those_of_the_units() -> None:
    taken = [50, 60, 75, 30, 85]
    stages = {"invited": 100, "participated": taken, "completed": 0}
    counts = pd.DataFrame({"unit": list("ABCDE"), "dimension": "education", "group": "short", **stages})
    found = funnel(counts, Rate.PARTICIPATION, ["unit"], smallest_count=5)
    figure = funnel_plot(found, labels={name: name for name in "ABCDE"}, wording=ENGLISH, theme="light", unit="")
    lower = figure.data[0]
    at_hundred = float(np.interp(100, lower.x, lower.y))
    assert at_hundred == pytest.approx(100 * found["lower"].iloc[0], abs=0.1)
    assert 100 * found["lower"].iloc[0] == pytest.approx(29.0, abs=0.1)  # 50.4 by chance alone


def test_a_period_without_a_number_breaks_the_line_and_a_hidden_one_is_told() -> None:
    months = pd.date_range("2015-01-01", periods=4, freq="MS")
    none = {"numerator": 0, "n": 0, "estimate": math.nan, "lower": math.nan, "upper": math.nan, "state": State.EMPTY}
    rows = [_shown(0.5), none, HIDDEN, _shown(0.6)]
    points = pd.DataFrame([{"line": "short", "period": month} | row for month, row in zip(months, rows, strict=True)])
    points = points.assign(until=points["period"] + pd.DateOffset(months=1), unfinished=False)
    figure = timeline(
        points,
        lines={"short": "Primary school"},
        strong=["short"],
        marks=[(months[2], "Smaller classes")],
        wording=ENGLISH,
        theme="light",
    )
    assert "3.89" not in _told(figure)
    assert "Smaller classes" in _told(figure)
    [line] = [trace for trace in figure.data if trace.customdata is not None and "lines" in (trace.mode or "")]
    assert [value is None or math.isnan(value) for value in line.y] == [False, True, True, False]


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([42, 68], (40, 70)),
        ([51, 54], (50, 70)),
        ([40, 40], (40, 60)),
        ([97, 99], (80, 100)),
        ([12, 96], (0, 100)),
        ([3, 8], (0, 20)),
        ([], (0, 20)),
    ],
)
def test_an_axis_of_rates_is_as_wide_as_they_are_and_never_so_narrow_that_noise_looks_large(
    values: list[float], ends: tuple[float, float]
) -> None:
    assert rate_range(values) == ends


LEVELS = pd.DataFrame([{"unit": "Aarhus"} | _shown(0.11), {"unit": "Holbæk"} | HIDDEN])


def _maps(code: str) -> list[go.Figure]:
    words, denmark = wording(code), municipality_shapes()
    own: dict[str, Any] = {
        "wording": words,
        "theme": "light",
        "unit": "Gap",
        "number": lambda value: words.decimal(100 * value),
        "diverging": False,
    }
    return [
        municipality_map(LEVELS, shapes=denmark.rings, points=denmark.points, **own),
        tile_map(LEVELS, tiles=municipality_tiles(), **own),
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_map_tells_the_shown_and_not_the_hidden(code: str) -> None:
    for figure in _maps(code):
        assert wording(code).decimal(11.0) in _told(figure)
        assert "3.89" not in _told(figure)
        assert "3,9" not in _told(figure)
        assert any("Holbæk" in keys for keys, *_ in _marks(figure))  # it can be chosen all the same


def test_a_picture_is_framed_by_its_title_its_answer_and_its_source() -> None:
    figure = _maps("en")[1]
    picture = framed(
        figure, title="Where is it?", sentence="In <b>Aarhus</b> & co.", source="Synthetic", theme="light", width=900
    )
    told = _told(picture)
    assert all(text in told for text in ("Where is it?", "Synthetic"))
    assert "&lt;b&gt;" in told  # text is data, never markup
    assert picture.layout.width == 900
    assert picture.layout.height > figure.layout.height
