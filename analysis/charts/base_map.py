"""Base maps of Denmark: geographic municipalities, and equal tiles."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from analysis.charts.figures import figure, scatter
from analysis.charts.palette import Palette, Theme, palette, template
from analysis.charts.rows import LINE
from analysis.charts.text import plain
from analysis.i18n import Wording

SQUEEZE = math.cos(math.radians(56))
"""Length of a degree of longitude in degrees of latitude, in the middle of Denmark."""
BORNHOLM = "Bornholm"
NEARER = (-1.35, 1.75)
"""Shift of Bornholm in degrees, into a frame at the upper right."""
LETTERS = 4
LARGE = 24
"""Text size in pixels for reading from afar; at and above it, a tile has room for one line only."""
HIDDEN = "hidden"
"""Value used instead of a colour if the number is hidden."""

Point = tuple[float, float]
Shapes = Mapping[str, Sequence[Sequence[Point]]]


def base_map_traces(
    entries: Sequence[tuple[str, str]], unit: str, wording: Wording, theme: Theme, text_size: int, *, height: float
) -> dict[str, Any]:
    """Return the layout of both maps, with a legend above them of ``entries``: text and colour."""
    colours = palette(theme)
    top = 2.4 * LINE * text_size
    place = {"xref": "paper", "yref": "paper", "showarrow": False, "xanchor": "left"}
    notes: list[dict[str, Any]] = [
        place | {"x": 0, "y": 1, "yanchor": "bottom", "yshift": 1.3 * LINE * text_size, "text": unit}
    ]
    notes[0]["font"] = {"color": colours.muted, "size": text_size - 1}
    shapes: list[dict[str, Any]] = []
    left = 0.0
    for word, fill in entries:
        middle = 0.6 * LINE * text_size
        box = {"xsizemode": "pixel", "ysizemode": "pixel", "xanchor": 0, "yanchor": 1, "xref": "paper", "yref": "paper"}
        corners = {"x0": left, "x1": left + 0.9 * text_size, "y0": middle - 0.45 * text_size}
        edge = {"color": colours.muted, "width": 1, "dash": "dot" if fill == HIDDEN else "solid"}
        shapes.append(
            box
            | corners
            | {
                "type": "rect",
                "y1": middle + 0.45 * text_size,
                "fillcolor": colours.background if fill == HIDDEN else fill,
                "line": edge,
            }
        )
        font = {"color": colours.ink, "size": text_size - 2}
        notes.append(place | {"x": 0, "y": 1, "xshift": left + 1.2 * text_size, "yshift": middle, "yanchor": "middle"})
        notes[-1] |= {"text": word, "font": font}
        left += (1.9 + 0.5 * len(word)) * text_size
    return {
        "template": template(theme, text_size),
        "height": round(height + top),
        "margin": {"l": 0, "r": 0, "t": top, "b": 0, "autoexpand": False},
        "separators": wording.separators,
        "hoverdistance": 8,
        "annotations": notes,
        "shapes": shapes,
    }


def land_trace(shapes: Shapes, fills: Mapping[str, str], theme: Theme, text_size: int) -> list[go.Scatter]:
    """Draw each municipality in its colour; ``HIDDEN`` ones are hatched."""
    colours = palette(theme)
    traces = []
    for colour, names in _by_colour(shapes, fills, colours).items():
        hidden = colour == HIDDEN
        x, y = _joined([ring for name in names for ring in placed(name, shapes[name])])
        fill: dict[str, Any] = {"fillcolor": colours.line if hidden else colour}
        if hidden:
            fill["fillpattern"] = {"shape": "/", "fgcolor": colours.muted, "bgcolor": colours.background, "size": 6}
        traces.append(
            scatter(
                x=x,
                y=y,
                mode="lines",
                fill="toself",
                line={"color": colours.background, "width": 0.05 * text_size},
                hoverinfo="skip",
                **fill,
            )
        )
    return traces


def catcher(points: Mapping[str, Sequence[Point]], hover: Mapping[str, str]) -> go.Scatter:
    """Return invisible marks on the municipalities of ``hover`` that show their hover text."""
    caught = [(name, at) for name in hover for at in placed(name, [points.get(name, [])])[0]]
    return _catcher(caught, hover, symbol="square", size=10)


def land_axes(shapes: Shapes, *, room: float = 0.1) -> dict[str, Any]:
    """Return the axes of a map, with ``room`` degrees to the right."""
    left, right, bottom, top = _extent(shapes)
    return {
        "xaxis": {"visible": False, "range": [left - 0.1, right + room]},
        "yaxis": {
            "visible": False,
            "range": [bottom - 0.1, top + 0.1],
            "scaleanchor": "x",
            "constrain": "domain",
            "constraintoward": "top",  # On a narrow screen it stays below its legend.
        },
    }


def put_tiles(
    layout: dict[str, Any],
    tiles: Mapping[str, tuple[int, int]],
    fills: Mapping[str, str],
    values: Mapping[str, str],
    hover: Mapping[str, str],
    theme: Theme,
    text_size: int,
) -> go.Figure:
    """Add one tile per municipality to the layout, with the beginning of its name and, if it has one, a value."""
    colours = palette(theme)
    half = 0.47
    is_large = text_size >= LARGE
    shapes = []
    notes = []
    for name, (column, row) in tiles.items():
        fill = fills.get(name, colours.line)
        place = {"type": "rect", "x0": column - half, "x1": column + half, "y0": row - half, "y1": row + half}
        edge = colours.muted if fill == HIDDEN else "rgba(0,0,0,0)"
        dash = {"color": edge, "width": 1.5, "dash": "dot"}
        shapes.append(place | {"fillcolor": colours.background if fill == HIDDEN else fill, "line": dash})
        ink = readable_on(fill) if name in values else colours.muted
        text = plain(_short(name))
        if values.get(name):
            text = f"{text}{' ' if is_large else '<br>'}<b>{values[name]}</b>"
        font = {"color": ink, "size": (0.9 if is_large else 0.72) * text_size}
        notes.append({"x": column, "y": row, "text": text, "showarrow": False, "font": font})
    caught = [(name, (float(tiles[name][0]), float(tiles[name][1]))) for name in hover if name in tiles]
    layout["xaxis"] = {"visible": False, "range": [-0.6, max(one for one, _ in tiles.values()) + 0.6]}
    layout["yaxis"] = {"visible": False, "range": [max(one for _, one in tiles.values()) + 0.6, -0.6]}
    layout["annotations"] += notes
    layout["shapes"] += shapes
    return figure([_catcher(caught, hover, symbol="square", size=30)], layout)


def inset_frame(shapes: Shapes, theme: Theme) -> dict[str, Any]:
    """Return the frame around Bornholm, which is moved nearer."""
    own = [at for ring in placed(BORNHOLM, shapes[BORNHOLM]) for at in ring]
    x, y = [at for at, _ in own], [at for _, at in own]
    corners = {"x0": min(x) - 0.06, "x1": max(x) + 0.06, "y0": min(y) - 0.06, "y1": max(y) + 0.06}
    return {"type": "rect", "line": {"color": palette(theme).line, "width": 1}} | corners


def placed(name: str, rings: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Project coordinates: scale the longitude, and move Bornholm to its frame."""
    right, up = NEARER if name == BORNHOLM else (0.0, 0.0)
    return [[(round(x * SQUEEZE + right, 3), round(y + up, 3)) for x, y in ring] for ring in rings]


def _by_colour(shapes: Shapes, fills: Mapping[str, str], colours: Palette) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in shapes:
        found.setdefault(fills.get(name, colours.line), []).append(name)
    return found


def _joined(rings: Sequence[Sequence[tuple[float, float]]]) -> tuple[list[float | None], list[float | None]]:
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in rings:
        x += [*(at for at, _ in ring), None]
        y += [*(at for _, at in ring), None]
    return x, y


def _extent(shapes: Shapes) -> tuple[float, float, float, float]:
    points = [at for name, rings in shapes.items() for ring in placed(name, rings) for at in ring]
    x, y = [at for at, _ in points], [at for _, at in points]
    return min(x), max(x), min(y), max(y)


def _catcher(caught: Sequence[tuple[str, Point]], hover: Mapping[str, str], *, symbol: str, size: int) -> go.Scatter:
    """Return invisible marks for hover and click. A filled shape supports neither."""
    return scatter(
        x=[x for _, (x, _) in caught],
        y=[y for _, (_, y) in caught],
        mode="markers",
        marker={"symbol": symbol, "size": size, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[[name] for name, _ in caught],
        hovertext=[hover[name] for name, _ in caught],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _short(name: str) -> str:
    return name if len(name) <= LETTERS + 1 else name[:LETTERS]


def readable_on(fill: str) -> str:
    """Return black or white, whichever has more contrast with this colour."""
    channels = [int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = sum(
        weight * (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4)
        for weight, one in zip((0.2126, 0.7152, 0.0722), channels, strict=True)
    )
    return "#FFFFFF" if light < 0.18 else "#1A1A1A"
