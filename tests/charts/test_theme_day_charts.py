"""What a person sees in the charts of the theme days: each mark in its place, and text from a workbook never markup."""

import datetime as dt
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from analysis.charts.bars import Bar, bars, parts, thin_parts
from analysis.charts.category_map import STAR, kinds_map, kinds_tiles
from analysis.charts.growth import Step, growth
from analysis.charts.matrix import matrix
from analysis.charts.palette import Theme
from analysis.charts.ranks import ranks
from analysis.charts.standalone import framed
from analysis.charts.ternary import ternary
from analysis.charts.with_and_without import two_sides
from analysis.i18n import wording
from analysis.measures.theme_days.ranking import Method, ranking
from analysis.store.geography import municipality_shapes, municipality_tiles

NASTY = "<b>Sms</b> & $x$"
ESCAPED = "&lt;b&gt;Sms&lt;/b&gt; &amp; &#36;x&#36;"
LOOK: dict[str, Any] = {"wording": wording("da"), "theme": "light"}
THREE = {"disadvantaged": "Udsatte grupper", "gap": "Kløft", "gradient": "Gradient"}
PHASES = {"before": "Før", "after": "Efter"}
SHARES = pd.DataFrame(
    {
        "municipality": [NASTY, NASTY, "Aarhus"],
        "asked": ["before", "after", "after"],
        "disadvantaged": [0.6, 0.4, 0.2],
        "gap": [0.2, 0.2, 0.5],
        "gradient": [0.2, 0.4, 0.3],
        "leading": ["disadvantaged", None, "gap"],
    }
)


def texts(figure: go.Figure) -> list[str]:
    return [str(note.text) for note in figure.layout.annotations]


def a_ternary(theme: Theme = "light", marked: str | None = NASTY) -> go.Figure:
    return ternary(SHARES, corners=THREE, phases=PHASES, marked=marked, wording=wording("da"), theme=theme)


def test_a_municipality_stands_where_its_shares_are_and_leads_to_its_understanding() -> None:
    before, after, way = a_ternary().data
    assert (list(before.a), list(before.b), list(before.c)) == ([0.6], [0.2], [0.2])
    assert (list(after.a), list(after.b), list(after.c)) == ([0.4, 0.2], [0.2, 0.5], [0.4, 0.3])
    assert [list(keys) for keys in after.customdata] == [["", NASTY], ["gap", "Aarhus"]]
    assert list(way.a) == [0.6, 0.4]
    assert ESCAPED in after.hovertext[0]
    assert "40 pct." in after.hovertext[0].replace("\N{NO-BREAK SPACE}", " ")


def test_without_a_marked_municipality_all_stand_alike() -> None:
    before, after, way = a_ternary(marked=None).data
    assert set(before.marker.opacity) | set(after.marker.opacity) == {1}
    assert len(way.a) == 0


def test_bars_begin_at_0_with_the_whole_behind_them() -> None:
    figure = bars([Bar("a", 3, "3 af 8", 8), Bar("b", 2, "2")], labels={"a": NASTY, "b": "B"}, unit="Kommuner", **LOOK)
    assert [(trace.x[0], trace.base[0]) for trace in figure.data] == [(8, 0), (3, 0), (2, 0)]
    assert figure.layout.xaxis.range[0] == 0
    assert {"3 af 8", "2", ESCAPED} <= set(texts(figure))


def test_parts_follow_one_another_and_add_up() -> None:
    rows = {"x": [50.0, 45.0, 5.0]}
    figure = parts(rows, labels={"x": "X"}, names=list(THREE.values()), keys=list(THREE), unit="Procent", **LOOK)
    assert [(trace.base[0], trace.x[0]) for trace in figure.data] == [(0, 50), (50, 45), (95, 5)]
    assert [trace.customdata[0][0] for trace in figure.data] == list(THREE)
    assert {"50", "45"} <= set(texts(figure))
    assert "5" not in texts(figure)


def test_thin_bars_are_the_same_three_parts_a_row() -> None:
    rows = {NASTY: [20.0, 50.0, 30.0], "Aarhus": [40.0, 20.0, 40.0]}
    figure = thin_parts(rows, leading={NASTY: "gap", "Aarhus": ""}, names=list(THREE.values()), unit="Procent", **LOOK)
    assert [list(trace.x) for trace in figure.data] == [[20, 40], [50, 20], [30, 40]]
    assert list(figure.data[0].customdata[0]) == ["gap", NASTY]
    assert figure.layout.yaxis.ticktext[0] == ESCAPED


def test_growth_names_the_steps_that_matter_and_the_last() -> None:
    days = [dt.date(2016, month, 1) for month in (1, 3, 5)]
    steps = [Step(day, value, str(value), "") for day, value in zip(days, (40, 41, 41.5), strict=True)]
    figure = growth(steps, most=98, unit="Kommuner", most_said="Alle 98", **LOOK)
    assert {"40", "41.5", "Alle 98"} <= set(texts(figure))
    assert "41" not in texts(figure)
    assert figure.layout.yaxis.range[0] == 0


def test_ranks_stand_in_order_within_their_intervals() -> None:
    ballots = pd.DataFrame(
        [("1", NASTY, 1), ("1", "B", 2), ("2", NASTY, 1), ("2", "B", 2), ("3", "B", 1)],
        columns=["ballot", "action", "place"],
    )
    found = ranking(ballots, Method.BORDA)
    figure = ranks(found, labels={NASTY: NASTY, "B": "B"}, chosen="B", **LOOK)
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert [(dot.x[0], dot.customdata[0][0]) for dot in dots] == [(1, NASTY), (2, "B")]
    assert dots[0].y[0] < dots[1].y[0]
    assert ESCAPED in texts(figure)


def test_a_matrix_tells_each_pair_once() -> None:
    pairs = pd.DataFrame(
        [("a", "a", 4), ("b", "b", 3), ("a", "b", 2), ("b", "a", 2)], columns=["area", "other", "actions"]
    )
    figure = matrix(pairs, labels={"a": NASTY, "b": "B"}, unit="Indsatser", **LOOK)
    assert texts(figure)[:3] == ["4", "2", "3"]
    assert f"<b>B + {ESCAPED}</b><br>2" in figure.data[0].hovertext


def test_two_sides_have_their_dots_and_medians_and_nothing_between() -> None:
    sides = {"Med": [("Aarhus", -3.0), (NASTY, 1.0)], "Uden": []}
    figure = two_sides(sides, medians={"Med": -1.0, "Uden": float("nan")}, unit="Procentpoint", ends=("←", "→"), **LOOK)
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert [list(dot.x) for dot in dots] == [[-3, 1]]
    assert f"Aarhus, {ESCAPED}" in texts(figure)
    assert "Ingen kommune har tal, der kan vises." in texts(figure)


KINDS = {"Bornholm": "own", "Aarhus": "reached", "Samsø": "not"}
NAMES = {"own": "Egen", "reached": "Andetsteds", "not": "Ikke"}


def test_those_with_their_own_day_have_a_star_on_map_and_tiles() -> None:
    hover_texts = dict.fromkeys(KINDS, NASTY)
    shapes = municipality_shapes()
    look = {"names": NAMES, "hover_texts": hover_texts, "unit": "Kommuner", **LOOK}
    drawn = kinds_map(KINDS, shapes=shapes.rings, points=shapes.points, **look)
    [stars] = [trace for trace in drawn.data if trace.marker.symbol == "star"]
    assert len(stars.x) == 1
    tiles = kinds_tiles(KINDS, tiles=municipality_tiles(), **look)
    assert [text for text in texts(tiles) if text.endswith(f"<b>{STAR}</b>")] == [f"Born<br><b>{STAR}</b>"]
    for figure in (drawn, tiles):
        assert {keys[0] for keys in figure.data[-1].customdata} == set(KINDS)
    assert f"<br>{ESCAPED}<extra>" in drawn.data[-1].hovertemplate
    assert all(ESCAPED in said for said in tiles.data[-1].hovertext)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_figure_has_a_height_and_can_stand_alone(theme: Theme) -> None:
    figure = a_ternary(theme)
    alone = framed(figure, title="T", sentence="S", source="K", theme=theme, width=1000)
    assert alone.layout.height > figure.layout.height > 0
