"""Funnel plot: the size and the rate of each unit, with the limits of chance variation."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.charts.figures import figure, scatter
from analysis.charts.palette import TEXT_SIZE, Theme, palette, template
from analysis.charts.rows import LINE
from analysis.charts.text import plain
from analysis.i18n import Wording
from analysis.measures.funnel import LEVELS, funnel_limits
from analysis.measures.result_frame import State

FEW = 12
"""Up to this number of units, all are named."""
POINTS = 60
DASHES = ("dash", "solid")


def funnel_plot(
    units: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    wording: Wording,
    theme: Theme,
    unit: str,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw the rate of each unit over its citizens, with the limits at 95 and 99.8 % around the rate of all.

    ``units`` is a frame of ``measures.funnel.funnel``, with ``unit`` for its unit. ``labels`` names the units by key;
    if they are few, all are named at their marks, otherwise only those beyond the limits. ``unit`` is the text above
    the rates.
    """
    colours = palette(theme)
    shown = units[units["state"] == State.SHOWN]
    largest = float(shown["n"].max())
    sizes = np.linspace(max(1.0, largest / POINTS), 1.12 * largest, POINTS)
    target, inflation = (float(shown[name].iloc[0]) for name in ("target", "inflation"))
    curves = {level: funnel_limits(target, sizes, level, inflation) for level in LEVELS}
    traces = [
        scatter(
            x=sizes,
            y=100 * limit,
            mode="lines",
            line={"color": colours.muted, "width": 0.1 * text_size, "dash": dash},
            hoverinfo="skip",
        )
        for (_, both), dash in zip(curves.items(), DASHES, strict=True)
        for limit in both
    ]
    ends = [sizes[0], sizes[-1]]
    line = {"color": colours.ink, "width": 0.08 * text_size}
    traces.append(scatter(x=ends, y=[100 * target] * 2, mode="lines", line=line, hoverinfo="skip"))
    beyond = set(shown.loc[shown["outside"], "unit"])
    own = shown[shown["level"] == LEVELS[0]].sort_values("estimate")
    traces.append(_marks(own, beyond, labels, wording, theme, text_size))
    layout = {
        "template": template(theme, text_size),
        "height": round(28 * text_size),
        "margin": {"l": 3.2 * text_size, "r": 3.2 * text_size, "t": 4.5 * LINE * text_size, "b": 3.2 * text_size},
        "separators": wording.separators,
        "xaxis": {
            "range": [0, 1.12 * largest],
            "title": {"text": wording.text("Citizens"), "font": {"size": text_size}},
            "nticks": 6,
        },
        "yaxis": {"range": _range(own, curves[LEVELS[-1]]), "nticks": 6},
        "annotations": [
            *_heads(unit, wording, colours.muted, text_size),
            *_limit_names(curves, float(sizes[-1]), wording, colours.muted, text_size),
        ],
    }
    return figure(traces, layout)


def _range(own: pd.DataFrame, widest: tuple[Any, Any]) -> list[float]:
    """Return the y range of the marks, and of the limits at the middle sizes."""
    low, high = (float(100 * limit[POINTS // 6]) for limit in widest)
    low, high = min(low, 100 * own["estimate"].min()), max(high, 100 * own["estimate"].max())
    return [max(0.0, low - 4), min(100.0, high + 4)]


def _marks(
    own: pd.DataFrame, beyond: set[str], labels: Mapping[str, str], wording: Wording, theme: Theme, text_size: int
) -> go.Scatter:
    colours = palette(theme)
    rows = own.to_dict("records")
    is_beyond = [row["unit"] in beyond for row in rows]
    names = [labels[row["unit"]] if len(rows) <= FEW or out else "" for row, out in zip(rows, is_beyond, strict=True)]
    return scatter(
        x=[int(row["n"]) for row in rows],
        y=[100 * row["estimate"] for row in rows],
        mode="markers+text",
        text=[plain(name) for name in names],
        textposition=_sides(rows, float(own["n"].max())),
        textfont={"color": colours.ink, "size": text_size - 1},
        marker={
            "size": 0.8 * text_size,
            "symbol": ["diamond" if out else "circle" for out in is_beyond],
            "color": [colours.widened if out else colours.after for out in is_beyond],
        },
        cliponaxis=False,
        customdata=[[row["unit"]] for row in rows],
        hovertext=[
            _hover_text(labels[row["unit"]], row, out, wording) for row, out in zip(rows, is_beyond, strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _sides(rows: list[dict[Any, Any]], largest: float) -> list[str]:
    """Place names to the right of their mark, of the largest units to the left, of neighbours above and below."""
    sides = []
    for place, row in enumerate(rows):
        side = "left" if row["n"] > 0.6 * largest else "right"
        sides.append(f"{('bottom', 'top')[place % 2]} {side}")
    return sides


def _hover_text(label: str, row: Mapping[Any, Any], is_beyond: bool, wording: Wording) -> str:
    where = wording.text("Beyond the 95% limits") if is_beyond else wording.text("Within the limits")
    rate = wording.percent(row["estimate"])
    return "<br>".join(
        (f"<b>{plain(label)}</b>", rate, wording.texts("{count} citizen", "{count} citizens", int(row["n"])), where)
    )


def _heads(unit: str, wording: Wording, colour: str, text_size: int) -> list[dict[str, Any]]:
    place = {
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
    }
    lines = (wording.text("Dashed: 95% limits. Solid: 99.8%."), unit)
    return [
        place
        | {
            "text": text,
            "xshift": -3.2 * text_size,
            "yshift": (2 - number) * LINE * text_size,
            "font": {"color": colour, "size": text_size - 1},
        }
        for number, text in enumerate(lines)
    ]


def _limit_names(
    curves: Mapping[float, tuple[Any, Any]], at: float, wording: Wording, colour: str, text_size: int
) -> list[dict[str, Any]]:
    return [
        {
            "text": wording.percent(level, 1 if level > 0.99 else 0),
            "x": at,
            "y": float(100 * upper[-1]),
            "xanchor": "right",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"color": colour, "size": text_size - 2},
        }
        for level, (_, upper) in curves.items()
    ]
