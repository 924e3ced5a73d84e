"""Rates over time, one line per group, with the adjustment marked."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.palette import TEXT_SIZE, Theme, palette, template
from analysis.charts.rows import LINE, WIDE
from analysis.charts.text import lines as count
from analysis.charts.text import plain
from analysis.charts.values import Cell, cell
from analysis.i18n import Wording
from analysis.measures.result_frame import State

_FAINT = 0.5
TICKS = 4
"""Number of dates below the axis that fit on a phone."""


def timeline(
    points: pd.DataFrame,
    *,
    lines: Mapping[str, str],
    strong: Sequence[str],
    marks: Sequence[tuple[Any, str]],
    wording: Wording,
    theme: Theme,
    limits: pd.DataFrame | None = None,
    trend: pd.DataFrame | None = None,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw the rate of each line in each period, in per cent of citizens from 0.

    Parameters
    ----------
    points
        One row per line and period: ``line``; ``period``, a date or whole months since the adjustment; ``numerator``
        and ``n`` in citizens; ``estimate``, ``lower`` and ``upper`` as proportions; ``state``. A period that is not
        shown breaks its line; a hidden one is a cross on the axis.
    lines
        Names of the lines by key.
    strong
        Keys of highlighted lines, with interval bands and names above: the compared group first, its reference second.
    marks
        Periods with a text, for example an adjustment.
    limits
        ``line``, ``period``, ``centre``, ``lower``, ``upper`` and ``outside`` of a control chart, as proportions.
    trend
        ``line``, ``period`` and ``value``, a proportion, missing where the line breaks.
    """
    colours = palette(theme)
    shades = dict(zip(strong, (colours.after, colours.reference), strict=False))
    periods = sorted(points["period"].unique())
    traces: list[go.Scatter] = []
    highest = 10.0
    for name in sorted(lines, key=lambda key: key in shades):
        own = points[points["line"] == name].sort_values("period")
        rows = [{str(key): value for key, value in row.items()} for row in own.to_dict("records")]
        cells = [(row["period"], cell(row, wording)) for row in rows]
        colour = shades.get(name)
        if colour:
            traces.append(_band(cells, colour))
        traces.append(
            _line(name, lines[name], cells, colour or colours.muted, wording, text_size, is_strong=bool(colour))
        )
        highest = max([highest, *(one.ends[1] if colour else one.ends[0] for _, one in cells if one.ends)])
        if hidden := [period for period, one in cells if one.state is State.HIDDEN and colour]:
            traces.append(_hidden(hidden, colour or colours.muted, text_size))
    if limits is not None:
        traces += _limits(limits, shades, colours.ink, text_size)
    if trend is not None:
        traces += _trend(trend, shades, text_size)
    names = [(lines[name], shade) for name, shade in shades.items() if name in lines]
    above = sum(count(plain(text, WIDE)) for _, text in marks)
    top = (2 + len(names) + above) * LINE * text_size
    unit = wording.text("Per cent of citizens")
    if any(trace.meta == State.HIDDEN for trace in traces):
        unit = wording.text("Per cent of citizens; × hidden")
    layout = {
        "template": template(theme, text_size),
        "height": round(25 * text_size + top),
        "margin": {"l": 3 * text_size, "r": 1.5 * text_size, "t": top, "b": 3 * text_size, "autoexpand": False},
        "separators": wording.separators,
        "xaxis": _dates(periods, wording),
        "yaxis": {"range": [0, min(100, 10 * (highest // 10 + 1))], "nticks": 6},
        "shapes": [_rule(period, colours.muted, text_size) for period, _ in marks],
        "annotations": [
            *_mark_names(marks, colours.ink, text_size),
            *_heads(names, unit, above, colours.muted, text_size),
        ],
    }
    return go.Figure(traces, layout)


Cells = Sequence[tuple[Any, Cell]]


def _line(
    name: str, label: str, cells: Cells, colour: str, wording: Wording, text_size: int, *, is_strong: bool
) -> go.Scatter:
    return go.Scatter(
        x=[period for period, _ in cells],
        y=[one.estimate for _, one in cells],
        mode="lines+markers",
        connectgaps=False,
        line={"color": colour, "width": (0.16 if is_strong else 0.1) * text_size},
        marker={"size": (0.45 if is_strong else 0.25) * text_size, "color": colour},
        opacity=1 if is_strong else _FAINT,
        customdata=[[name]] * len(cells),
        hovertext=[_hover_text(label, period, one, wording) for period, one in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        meta=name,
    )


def _band(cells: Cells, colour: str) -> go.Scatter:
    """Draw the intervals as a band, broken where the line breaks."""
    x: list[Any] = []
    y: list[float | None] = []
    run: list[tuple[Any, tuple[float, float]]] = []
    for period, one in [*cells, (None, Cell())]:
        if one.ends:
            run.append((period, one.ends))
            continue
        if run:
            x += [at for at, _ in run] + [at for at, _ in reversed(run)] + [None]
            y += [high for _, (_, high) in run] + [low for _, (low, _) in reversed(run)] + [None]
        run = []
    return go.Scatter(
        x=x, y=y, mode="lines", fill="toself", fillcolor=colour, opacity=0.14, line={"width": 0}, hoverinfo="skip"
    )


def _hidden(periods: Sequence[Any], colour: str, text_size: int) -> go.Scatter:
    marker = {"symbol": "x-thin", "size": 0.5 * text_size, "line": {"color": colour, "width": 0.12 * text_size}}
    return go.Scatter(
        x=list(periods),
        y=[0] * len(periods),
        mode="markers",
        marker=marker,
        hoverinfo="skip",
        cliponaxis=False,
        meta="hidden",
    )


def _limits(limits: pd.DataFrame, shades: Mapping[str, str], ink: str, text_size: int) -> list[go.Scatter]:
    """Draw the centre and the limits as steps, and a ring around each point beyond them."""
    traces = []
    for name, own in limits.sort_values("period").groupby("line", sort=False):
        for _, part in own.groupby("phase", sort=False):
            for column, dash in (("centre", "solid"), ("lower", "dot"), ("upper", "dot")):
                traces.append(
                    go.Scatter(
                        x=part["period"],
                        y=100 * part[column],
                        mode="lines",
                        line={"color": shades.get(str(name), ink), "width": 0.09 * text_size, "dash": dash},
                        hoverinfo="skip",
                    )
                )
        beyond = own[own["outside"]]
        marker = {"symbol": "circle-open", "size": 1.1 * text_size, "line": {"color": ink, "width": 0.12 * text_size}}
        traces.append(
            go.Scatter(x=beyond["period"], y=100 * beyond["estimate"], mode="markers", marker=marker, hoverinfo="skip")
        )
    return traces


def _trend(trend: pd.DataFrame, shades: Mapping[str, str], text_size: int) -> list[go.Scatter]:
    return [
        go.Scatter(
            x=own["period"],
            y=100 * own["value"],
            mode="lines",
            line={"color": shades[str(name)], "width": 0.18 * text_size, "dash": "dash"},
            hoverinfo="skip",
        )
        for name, own in trend.groupby("line", sort=False)
    ]


def _hover_text(label: str, period: Any, one: Cell, wording: Wording) -> str:
    when = _period_name(period, wording)
    if one.state is State.HIDDEN:
        return f"<b>{plain(label, WIDE)}</b><br>{when}: {wording.text('hidden')}"
    value = wording.percent((one.estimate or 0.0) / 100)
    return "<br>".join((f"<b>{plain(label, WIDE)}</b>", f"{when}: {value}", *one.details))


def _period_name(period: Any, wording: Wording) -> str:
    if isinstance(period, pd.Timestamp):
        return wording.month(period.date())
    if int(period) < 0:
        return wording.texts("{count} month before", "{count} months before", -int(period))
    return wording.texts("{count} month after", "{count} months after", int(period))


def _dates(periods: Sequence[Any], wording: Wording) -> dict[str, Any]:
    """Return the axis below: months in the user's language, or months since the adjustment."""
    if not periods:
        return {"visible": False}
    if isinstance(periods[0], pd.Timestamp):
        step = max(1, -(-len(periods) // TICKS))
        at = list(periods[::step])
        texts = [wording.short_month(one.date()) for one in at]
    else:
        first, last = int(periods[0]), int(periods[-1])
        step = next(one for one in (1, 3, 6, 12, 24, 60, 10_000) if (last - first) / one <= TICKS + 1)
        at = [one for one in range(first, last + 1) if one % step == 0]
        texts = [wording.signed(one, 0) if one else "0" for one in at]
    return {"tickmode": "array", "tickvals": at, "ticktext": texts, "showgrid": False, "ticks": "outside"}


def _rule(period: Any, colour: str, text_size: int) -> dict[str, Any]:
    line = {"color": colour, "width": 0.1 * text_size, "dash": "dot"}
    return {"type": "line", "x0": period, "x1": period, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _mark_names(marks: Sequence[tuple[Any, str]], colour: str, text_size: int) -> list[dict[str, Any]]:
    """Place the texts of the marks above the chart, one above the other."""
    found: list[dict[str, Any]] = []
    below = 0
    for period, text in marks:
        words = plain(text, WIDE)
        place = {"yref": "paper", "y": 1, "yanchor": "bottom", "xanchor": "center", "showarrow": False}
        font = {"color": colour, "size": text_size - 1}
        found.append(place | {"x": period, "text": words, "yshift": below * LINE * text_size, "font": font})
        below += count(words)
    return found


def _heads(
    names: Sequence[tuple[str, str]], unit: str, above: int, colour: str, text_size: int
) -> list[dict[str, Any]]:
    """Place the names of the highlighted lines in their colours, one per line, with the unit below, above the marks."""
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"}
    texts = [(f"<b>\N{EM DASH} {plain(label, WIDE)}</b>", shade) for label, shade in names] + [(unit, colour)]
    return [
        place
        | {
            "text": text,
            "showarrow": False,
            "xshift": -3 * text_size,
            "yshift": (0.4 + above + len(texts) - 1 - number) * LINE * text_size,
            "font": {"color": shade, "size": text_size - 1},
        }
        for number, (text, shade) in enumerate(texts)
    ]
