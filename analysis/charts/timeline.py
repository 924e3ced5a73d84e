"""Rates over time, one line per group, with the adjustment marked."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.figures import figure, scatter
from analysis.charts.palette import TEXT_SIZE, Theme, palette, template
from analysis.charts.rows import LINE, WIDE
from analysis.charts.text import lines as count
from analysis.charts.text import plain
from analysis.charts.values import Cell, cell
from analysis.i18n import Wording
from analysis.measures.result_frame import State

_FAINT, _PALE = 0.5, 0.7
STEP, LEAST_RANGE = 10.0, 20.0
"""Steps and smallest length of the axis of rates, in percentage points."""
QUARTER = 3
NEAR = 0.06
"""Share of the axis between two signs that do not overlap on a phone."""
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
    rounds: Sequence[tuple[Any, str]] = (),
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw the rate of each line in the middle of each period, in per cent of citizens.

    The axes span the periods, and the numbers with their intervals: at least 20 points, and from 0 if they come near.

    Parameters
    ----------
    points
        One row per line and period: ``line``; ``period`` and ``until``, the first day of it and that after it, or whole
        months since the adjustment; ``numerator`` and ``n`` in citizens; ``estimate``, ``lower`` and ``upper`` as
        proportions; ``state``; ``unfinished``. A period that is not shown breaks its line; a hidden one is a cross on
        the axis, an unfinished one a ring beside the line.
    lines
        Names of the lines by key.
    strong
        Keys of highlighted lines, with interval bands and names above: the compared group first, its reference second.
    marks
        Days or months with a text, for example an adjustment.
    rounds
        Days with a short sign each, for example the test rounds of an adjustment. All stand in one row above the chart.
    limits
        ``line``, ``period``, ``until``, ``centre``, ``lower``, ``upper`` and ``outside`` of a control chart, as
        proportions.
    trend
        ``line``, ``period``, ``until`` and ``value``, a proportion, missing where the line breaks.
    """
    colours = palette(theme)
    shades = dict(zip(strong, (colours.after, colours.reference), strict=False))
    traces: list[go.Scatter] = []
    seen: list[float] = []
    hidden: list[tuple[str, list[Any]]] = []
    unfinished: list[go.Scatter] = []
    rows_of: dict[Any, list[dict[str, Any]]] = {}
    for row in points.sort_values("period").to_dict("records"):
        rows_of.setdefault(row["line"], []).append({str(key): value for key, value in row.items()})
    for name in sorted(lines, key=lambda key: key in shades):
        rows = rows_of.get(name, [])
        cells = [Point(row["period"], row["until"], cell(row, wording), bool(row["unfinished"])) for row in rows]
        colour = shades.get(name)
        done = [one for one in cells if not one.is_unfinished]
        if colour:
            traces.append(_band(done, colour))
        style = _Style(name, lines[name], colour or colours.muted, text_size, is_strong=bool(colour))
        traces.append(_line(cells, style, wording))
        if len(done) < len(cells):
            unfinished.append(_rings([one for one in cells if one.is_unfinished], style, colours.background, wording))
        seen += [one.cell.estimate for one in cells if one.cell.estimate is not None]
        seen += [end for one in done if colour and one.cell.ends for end in one.cell.ends]
        if colour:
            hidden.append((colour, [one.middle for one in cells if one.cell.state is State.HIDDEN]))
    traces += unfinished
    if limits is not None:
        traces += _limits(limits, shades, colours.ink, text_size)
        seen += [100 * value for name in ("lower", "upper") for value in limits[name].dropna()]
    if trend is not None:
        traces += _trend(trend, shades, text_size)
        seen += [100 * value for value in trend["value"].dropna()]
    y_range = rate_range(seen)
    traces += [_hidden(periods, y_range[0], colour, text_size) for colour, periods in hidden if periods]
    names = [(lines[name], shade) for name, shade in shades.items() if name in lines]
    signs = 1 if rounds else 0
    above = signs + sum(count(plain(text, WIDE)) for _, text in marks)
    top = (2 + len(names) + above) * LINE * text_size
    unit = [wording.text("Per cent of citizens")]
    unit += [wording.text("× hidden")] if any(periods for _, periods in hidden) else []
    unit += [wording.text("○ not finished")] if unfinished else []
    layout = {
        "template": template(theme, text_size),
        "height": round(25 * text_size + top),
        "margin": {"l": 3 * text_size, "r": 1.5 * text_size, "t": top, "b": 3 * text_size, "autoexpand": False},
        "separators": wording.separators,
        "xaxis": _periods(points, wording),
        "yaxis": {"range": list(y_range), "nticks": 6},
        "shapes": [
            *(_rule(period, colours.ink, text_size, "dash") for period, _ in marks),
            *(_rule(day, colours.muted, text_size, "dot") for day, _ in rounds),
        ],
        "annotations": [
            *_mark_names(marks, colours.ink, text_size, below=signs),
            *(_sign(day, text, colours.ink, text_size) for day, text in _without_overlaps(rounds, points)),
            *_heads(names, "; ".join(unit), above, colours.muted, text_size),
        ],
    }
    return figure(traces, layout)


def rate_range(values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of an axis of rates, in per cent: tens around the values, at least 20 apart, within 0 to 100.

    An end within 10 of 0 is 0. With less than 20 points, the noise of some hundred citizens would look large.
    """
    if not values:
        return 0.0, LEAST_RANGE
    low, high = max(0.0, STEP * (min(values) // STEP)), min(100.0, -STEP * (-max(values) // STEP))
    low = 0.0 if low <= STEP else low
    if high - low < LEAST_RANGE:
        low = max(0.0, min(low, 100 - LEAST_RANGE))
        high = low + LEAST_RANGE
    return low, high


class Point(NamedTuple):
    """A period of a line: its first day or month, that after it, and its numbers."""

    period: Any
    until: Any
    cell: Cell
    is_unfinished: bool

    @property
    def middle(self) -> Any:
        return middle(self.period, self.until)


class _Style(NamedTuple):
    """Key, label and look of a line."""

    name: str
    label: str
    colour: str
    text_size: int
    is_strong: bool


def middle(period: Any, until: Any) -> Any:
    """Return the middle of a period, where it is drawn; of columns, a column."""
    return period + (until - period) / 2


def _line(cells: Sequence[Point], style: _Style, wording: Wording) -> go.Scatter:
    return scatter(
        x=[one.middle for one in cells],
        y=[None if one.is_unfinished else one.cell.estimate for one in cells],
        mode="lines+markers",
        connectgaps=False,
        line={"color": style.colour, "width": (0.16 if style.is_strong else 0.1) * style.text_size},
        marker={"size": (0.45 if style.is_strong else 0.25) * style.text_size, "color": style.colour},
        opacity=1 if style.is_strong else _FAINT,
        customdata=[[style.name]] * len(cells),
        hovertext=[_hover_text(style.label, one, wording) for one in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        meta=style.name,
    )


def _rings(cells: Sequence[Point], style: _Style, background: str, wording: Wording) -> go.Scatter:
    """Draw the periods that are not finished as pale rings, joined to no line."""
    edge = {"color": style.colour, "width": (0.1 if style.is_strong else 0.06) * style.text_size}
    size = (0.5 if style.is_strong else 0.3) * style.text_size
    return scatter(
        x=[one.middle for one in cells],
        y=[one.cell.estimate for one in cells],
        mode="markers",
        marker={"symbol": "circle", "size": size, "color": background, "line": edge},
        opacity=_PALE if style.is_strong else _FAINT,
        customdata=[[style.name]] * len(cells),
        hovertext=[_hover_text(style.label, one, wording) for one in cells],
        hovertemplate="%{hovertext}<extra></extra>",
        cliponaxis=False,
        meta="unfinished",
    )


def _band(cells: Sequence[Point], colour: str) -> go.Scatter:
    """Draw the intervals as a band, broken where the line breaks."""
    x: list[Any] = []
    y: list[float | None] = []
    run: list[tuple[Any, tuple[float, float]]] = []
    for at, ends in [*((one.middle, one.cell.ends) for one in cells), (None, None)]:
        if ends:
            run.append((at, ends))
            continue
        if run:
            x += [at for at, _ in run] + [at for at, _ in reversed(run)] + [None]
            y += [high for _, (_, high) in run] + [low for _, (low, _) in reversed(run)] + [None]
        run = []
    return scatter(
        x=x, y=y, mode="lines", fill="toself", fillcolor=colour, opacity=0.14, line={"width": 0}, hoverinfo="skip"
    )


def _hidden(periods: Sequence[Any], bottom: float, colour: str, text_size: int) -> go.Scatter:
    marker = {"symbol": "x-thin", "size": 0.5 * text_size, "line": {"color": colour, "width": 0.12 * text_size}}
    return scatter(
        x=list(periods),
        y=[bottom] * len(periods),
        mode="markers",
        marker=marker,
        hoverinfo="skip",
        cliponaxis=False,
        meta="hidden",
    )


def _limits(limits: pd.DataFrame, shades: Mapping[str, str], ink: str, text_size: int) -> list[go.Scatter]:
    """Draw the centre and the limits as steps, and a ring around each point beyond them."""
    traces = []
    limits = limits.assign(at=middle(limits["period"], limits["until"])).sort_values("period")
    for name, own in limits.groupby("line", sort=False):
        for _, part in own.groupby("phase", sort=False):
            for column, dash in (("centre", "solid"), ("lower", "dot"), ("upper", "dot")):
                traces.append(
                    scatter(
                        x=part["at"],
                        y=100 * part[column],
                        mode="lines",
                        line={"color": shades.get(str(name), ink), "width": 0.09 * text_size, "dash": dash},
                        hoverinfo="skip",
                    )
                )
        beyond = own[own["outside"]]
        marker = {"symbol": "circle-open", "size": 1.1 * text_size, "line": {"color": ink, "width": 0.12 * text_size}}
        traces.append(
            scatter(x=beyond["at"], y=100 * beyond["estimate"], mode="markers", marker=marker, hoverinfo="skip")
        )
    return traces


def _trend(trend: pd.DataFrame, shades: Mapping[str, str], text_size: int) -> list[go.Scatter]:
    return [
        scatter(
            x=middle(own["period"], own["until"]),
            y=100 * own["value"],
            mode="lines",
            line={"color": shades[str(name)], "width": 0.18 * text_size, "dash": "dash"},
            hoverinfo="skip",
        )
        for name, own in trend.groupby("line", sort=False)
    ]


def _hover_text(label: str, point: Point, wording: Wording) -> str:
    one, when = point.cell, _period_name(point.period, point.until, wording)
    if one.state is State.HIDDEN:
        return f"<b>{plain(label, WIDE)}</b><br>{when}: {wording.text('hidden')}"
    lines = [f"<b>{plain(label, WIDE)}</b>", f"{when}: {wording.percent((one.estimate or 0.0) / 100)}", *one.details]
    if point.is_unfinished:
        lines.append(wording.text("Not finished: courses still run"))
    return "<br>".join(lines)


def _period_name(period: Any, until: Any, wording: Wording) -> str:
    if isinstance(period, pd.Timestamp):
        months = months_between(period, until)
        if months <= 1:
            return wording.month(period.date())
        if months == QUARTER and period.month % QUARTER == 1:
            return wording.quarter(period.date())
        last = until - pd.Timedelta(days=1)
        return f"{wording.short_month(period.date())} \N{EN DASH} {wording.short_month(last.date())}"
    first, last = sorted((-period, 1 - until) if period < 0 else (period + 1, until))
    values = {"first": wording.integer(first), "last": wording.integer(last)}
    if first == last:
        if period < 0:
            return wording.text("Month {first} before", **values)
        return wording.text("Month {first} after", **values)
    if period < 0:
        return wording.text("Months {first} to {last} before", **values)
    return wording.text("Months {first} to {last} after", **values)


def months_between(period: pd.Timestamp, until: pd.Timestamp) -> int:
    """Return the months from the one day to the other."""
    return 12 * (until.year - period.year) + until.month - period.month


def _periods(points: pd.DataFrame, wording: Wording) -> dict[str, Any]:
    """Return the axis below, as wide as the periods: months in the user's language, or months since the adjustment."""
    if points.empty:
        return {"visible": False}
    starts, end = sorted(points["period"].unique()), points["until"].max()
    if isinstance(starts[0], pd.Timestamp):
        step = max(1, -(-len(starts) // TICKS))
        at = list(starts[::step])
        texts = [wording.short_month(one.date()) for one in at]
    else:
        first, last = int(starts[0]), int(end)
        step = next(one for one in (1, 3, 6, 12, 24, 60, 10_000) if (last - first) / one <= TICKS + 1)
        at = [one for one in range(first, last + 1) if one % step == 0]
        texts = [wording.signed(one, 0) if one else "0" for one in at]
    ticks = {"tickmode": "array", "tickvals": at, "ticktext": texts, "ticks": "outside"}
    return ticks | {"range": [starts[0], end], "showgrid": False, "zeroline": False}


def _rule(period: Any, colour: str, text_size: int, dash: str) -> dict[str, Any]:
    line = {"color": colour, "width": 0.1 * text_size, "dash": dash}
    return {"type": "line", "x0": period, "x1": period, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def _without_overlaps(rounds: Sequence[tuple[Any, str]], points: pd.DataFrame) -> list[tuple[Any, str]]:
    """Join the signs of days that are so near each other that they would overlap on a phone."""
    near = (points["until"].max() - points["period"].min()) * NEAR if rounds else None
    found: list[tuple[Any, str]] = []
    last = None
    for day, sign in sorted(rounds):
        if last is not None and day - last < near:
            found[-1] = (found[-1][0], found[-1][1] + sign)
        else:
            found.append((day, sign))
        last = day
    return found


def _sign(day: Any, text: str, colour: str, text_size: int) -> dict[str, Any]:
    place = {"x": day, "xanchor": "center", "yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False}
    return place | {"text": text, "font": {"color": colour, "size": text_size + 2}}


def _mark_names(marks: Sequence[tuple[Any, str]], colour: str, text_size: int, below: int = 0) -> list[dict[str, Any]]:
    """Place the texts of the marks above the chart, one above the other, after so many lines ``below``."""
    found: list[dict[str, Any]] = []
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
