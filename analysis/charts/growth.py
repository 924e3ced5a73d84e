"""Cumulative growth by day: steps, with values at the marks."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analysis.charts.figures import figure, scatter
from analysis.charts.palette import TEXT_SIZE, Theme, palette, template
from analysis.charts.rows import LINE
from analysis.charts.text import plain
from analysis.i18n import Wording

LEAST = 0.03
"""Share of ``most``: the value of a smaller step is only in its hover text."""


@dataclass(frozen=True)
class Step:
    """Cumulative value of a day, label at its mark, and hover text."""

    day: dt.date
    value: float
    text: str
    hover: str


def growth(
    steps: Sequence[Step],
    *,
    most: float,
    unit: str,
    most_said: str,
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw steps upwards from 0, with a line at ``most``, the maximum possible, named ``most_said``."""
    colours = palette(theme)
    days = [step.day for step in steps]
    top = 3.2 * LINE * text_size
    line = scatter(
        x=days,
        y=[step.value for step in steps],
        mode="lines+markers",
        line={"shape": "hv", "color": colours.after, "width": 0.2 * text_size},
        marker={"size": 0.7 * text_size, "color": colours.after},
        hovertext=[plain(step.hover) for step in steps],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
    )
    muted = {"color": colours.muted, "size": text_size - 1}
    notes = [
        {
            **{"text": plain(unit), "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left"},
            **{"yanchor": "bottom", "yshift": LINE * text_size, "showarrow": False, "font": muted},
        },
        {
            **{"text": plain(most_said), "x": 1, "y": most, "xref": "paper", "xanchor": "right", "yanchor": "bottom"},
            **{"showarrow": False, "font": muted},
        },
    ]
    notes += [
        {
            **{"text": plain(step.text), "x": step.day, "y": step.value, "xanchor": "center", "yanchor": "bottom"},
            **{"yshift": 0.6 * text_size, "showarrow": False, "font": {"color": colours.ink, "weight": 600}},
        }
        for step, before in zip(steps, [None, *steps], strict=False)
        if before is None or step.value - before.value >= LEAST * most or step is steps[-1]
    ]
    room = dt.timedelta(days=max(20, (days[-1] - days[0]).days // 12)) if days else dt.timedelta(days=1)
    shown = [days[0] - room, days[-1] + room] if days else None
    ticks = _ticks(days)
    layout = {
        "template": template(theme, text_size),
        "height": round(24 * text_size + top),
        "margin": {"l": 3 * text_size, "r": text_size, "t": top, "b": 2 * LINE * text_size, "autoexpand": False},
        "separators": wording.separators,
        "xaxis": {
            **{"type": "date", "range": shown, "showgrid": False, "tickvals": ticks, "tickangle": 0},
            "ticktext": [wording.short_month(day) for day in ticks],
        },
        "yaxis": {"range": [0, 1.12 * most], "rangemode": "tozero"},
        "annotations": notes,
        "shapes": [
            {
                **{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": most, "y1": most},
                "line": {"color": colours.muted, "width": 0.1 * text_size, "dash": "dot"},
            }
        ],
    }
    return figure([line], layout)


def _ticks(days: Sequence[dt.date]) -> list[dt.date]:
    """Return the first days of at most four months, at equal intervals."""
    if not days:
        return []
    first, last = days[0].year * 12 + days[0].month - 1, days[-1].year * 12 + days[-1].month - 1
    apart = max(1, -(-(last - first) // 4))
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(first + 1, last + 1, apart)] or [days[0]]
