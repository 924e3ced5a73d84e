"""Horizontal bars from 0, one per row: counts or shares, alone, out of a total, or divided into parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analysis.charts.figures import bar, figure
from analysis.charts.palette import TEXT_SIZE, Theme, palette, template
from analysis.charts.rows import LINE, WIDE, Drawing, Row, canvas, key
from analysis.charts.text import plain
from analysis.i18n import Wording

SHORT = 9
"""Number of letters at the end of a bar that fit on a phone."""


@dataclass(frozen=True)
class Bar:
    """A bar: the key of its row, its length, the text at its end, and the total it is part of, drawn as an outline."""

    unit: str
    value: float
    text: str
    whole: float | None = None


def bars(
    rows: Sequence[Bar],
    *,
    labels: Mapping[str, str],
    unit: str,
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw one bar per row in the order of ``rows``, on an axis in ``unit`` from 0; a click returns the row's key."""
    colours = palette(theme)
    longest = max((one.whole or one.value for one in rows), default=1.0) or 1.0
    room = 1.25 if max((len(one.text) for one in rows), default=0) <= SHORT else 1.6
    drawing = _canvas([labels[one.unit] for one in rows], room * longest, unit, wording, theme, text_size)
    for one, at in zip(rows, drawing.at, strict=True):
        hover = f"<b>{plain(labels[one.unit], WIDE)}</b><br>{plain(one.text)}"
        if one.whole is not None:
            drawing.traces.append(
                _bar(one.whole, 0.0, at, colours.background, colours.muted, one.unit, hover, text_size)
            )
        drawing.traces.append(_bar(one.value, 0.0, at, colours.after, colours.after, one.unit, hover, text_size))
        end = max(one.value, one.whole or 0.0)
        drawing.notes.append(_note(plain(one.text), end, at, colours.ink, text_size))
    drawing.layout["xaxis"] |= {"tickformat": ",d", "nticks": 5}
    return drawing.figure()


def parts(
    rows: Mapping[str, Sequence[float]],
    *,
    labels: Mapping[str, str],
    names: Sequence[str],
    keys: Sequence[str],
    unit: str,
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw one bar per row in parts named ``names``, per cent of a total; a click returns the keys of part and row."""
    colours = palette(theme)
    shades = (colours.widened, colours.reference, colours.after)
    drawing = _canvas([labels[row] for row in rows], 100.0, unit, wording, theme, text_size)
    for (row, values), at in zip(rows.items(), drawing.at, strict=True):
        start = 0.0
        for value, name, part, shade in zip(values, names, keys, shades, strict=True):
            said = wording.percent(value / 100, digits=0)
            hover = f"<b>{plain(labels[row], WIDE)}</b><br>{plain(name)}: {said}"
            bar = _bar(value, start, at, shade, colours.background, row, hover, text_size)
            drawing.traces.append(bar.update(customdata=[[part, row]]))
            if value >= 9:
                font = {"color": colours.background, "weight": 600}
                middle = {"x": start + value / 2, "y": at, "xanchor": "center", "yanchor": "middle"}
                drawing.notes.append(middle | {"text": wording.integer(round(value)), "font": font, "showarrow": False})
            start += value
    key(drawing, [("square", shade, shade, name) for name, shade in zip(names, shades, strict=True)], text_size)
    return drawing.figure()


def thin_parts(
    rows: Mapping[str, Sequence[float]],
    *,
    leading: Mapping[str, str],
    names: Sequence[str],
    unit: str,
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw many thin bars in parts, per cent of a total, with names at the left.

    A click returns ``leading`` and the row. The y axis counts pixels from the top, like that of ``rows.canvas``.
    """
    colours = palette(theme)
    drawing = Drawing([], {}, [], [])
    traces = []
    step = 1.55 * text_size
    middles = [step * (place + 0.5) for place in range(len(rows))]
    for place, (name, shade) in enumerate(zip(names, (colours.widened, colours.reference, colours.after), strict=True)):
        values = [row[place] for row in rows.values()]
        hover = [
            f"<b>{plain(row)}</b><br>{plain(name)}: {wording.percent(value / 100, digits=0)}"
            for row, value in zip(rows, values, strict=True)
        ]
        traces.append(
            bar(
                x=values,
                y=middles,
                width=0.85 * step,
                orientation="h",
                marker={"color": shade, "line": {"color": colours.background, "width": 1}},
                customdata=[[leading[row], row] for row in rows],
                hovertext=hover,
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    top, left = 3.6 * LINE * text_size, 8 * text_size
    font = {"color": colours.muted, "size": text_size - 1}
    place_of_unit = {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    shift = {"xshift": -left, "yshift": 1.4 * LINE * text_size, "showarrow": False, "font": font}
    drawing.layout |= {
        "template": template(theme, text_size),
        "height": round(step * len(rows) + top + text_size),
        "meta": {"rows": [(step * place, step * (place + 1)) for place in range(len(rows))]},
        "margin": {"l": left, "r": text_size, "t": top, "b": text_size, "autoexpand": False},
        "separators": wording.separators,
        "barmode": "stack",
        "xaxis": {"range": [0, 100], "side": "top", "ticks": ""},
        "yaxis": {
            "range": [step * len(rows), 0],
            "tickvals": middles,
            "ticktext": [plain(row) for row in rows],
            "showgrid": False,
            "ticks": "",
        },
    }
    drawing.notes.append(place_of_unit | {"text": plain(unit)} | shift)
    shades = (colours.widened, colours.reference, colours.after)
    key(drawing, [("square", shade, shade, name) for name, shade in zip(names, shades, strict=True)], text_size)
    return figure(traces, drawing.layout | {"annotations": drawing.notes, "shapes": drawing.shapes})


def _canvas(headings: Sequence[str], most: float, unit: str, wording: Wording, theme: Theme, text_size: int) -> Drawing:
    rows = [Row(heading) for heading in headings]
    return canvas(rows, x_range=(0, most), unit=unit, wording=wording, theme=theme, text_size=text_size, width=WIDE)


def _bar(value: float, base: float, at: float, fill: str, edge: str, unit: str, hover: str, text_size: int) -> go.Bar:
    return bar(
        x=[value],
        y=[at],
        base=[base],
        orientation="h",
        width=1.3 * text_size,
        marker={"color": fill, "line": {"color": edge, "width": 0.1 * text_size}},
        customdata=[[unit]],
        hovertext=[hover],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _note(text: str, x: float, at: float, colour: str, text_size: int) -> dict[str, object]:
    place = {"x": x, "y": at, "xanchor": "left", "xshift": 0.5 * text_size, "yanchor": "middle", "showarrow": False}
    return place | {"text": text, "font": {"color": colour}}
