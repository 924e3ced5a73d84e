"""Denmark by municipality: as it lies, and as equal tiles, on which small and large count the same."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.cells import Cell, cell
from analysis.charts.palette import TEXT_SIZE, Palette, Theme, palette, scale, template
from analysis.charts.rows import LINE, SEPARATORS
from analysis.charts.text import plain
from analysis.measures.frame import State
from analysis.wording import Wording

SQUEEZE = math.cos(math.radians(56))
"""A degree of longitude in degrees of latitude, in the middle of Denmark."""
BORNHOLM = "Bornholm"
NEARER = (-1.35, 1.75)
"""Degrees by which Bornholm is moved to the upper right, into a frame of its own."""
CLASSES = 5
FEW = 12
"""Municipalities whose values are all written beside the map."""
LETTERS = 4

Shapes = Mapping[str, Sequence[Sequence[tuple[float, float]]]]


@dataclass(frozen=True)
class _Classed:
    """The municipalities' cells with the colour of each, and the classes for the key."""

    cells: dict[str, Cell]
    colours: dict[str, str]
    classes: list[tuple[str, str]]


def municipality_map(
    levels: pd.DataFrame,
    *,
    shapes: Shapes,
    points: Mapping[str, Sequence[tuple[float, float]]],
    wording: Wording,
    theme: Theme,
    unit: str,
    number: Callable[[float], str],
    diverging: bool,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Each municipality in the colour of its class, and where there are few its value written at the side.

    ``levels`` has a row a municipality: ``unit``, its name; ``estimate``, ``lower``, ``upper``, proportions or their
    differences; ``n`` in citizens; ``state``. ``shapes`` are outer rings and ``points`` points inside, in degrees of
    longitude and latitude. ``unit`` says what the colours mean, ``number`` writes a proportion, and ``diverging`` is
    for measures that run either way from 0. A hidden municipality is hatched and tells no number.
    """
    colours = palette(theme)
    classed = _classed(levels, wording, theme, number, diverging=diverging)
    traces = []
    for colour, names in _by_colour(shapes, classed, colours).items():
        hidden = colour == _HIDDEN
        x, y = _joined([ring for name in names for ring in _placed(name, shapes[name])])
        fill: dict[str, Any] = {"fillcolor": colours.line if hidden else colour}
        if hidden:
            fill["fillpattern"] = {"shape": "/", "fgcolor": colours.muted, "bgcolor": colours.background, "size": 6}
        traces.append(
            go.Scatter(
                x=x,
                y=y,
                mode="lines",
                fill="toself",
                line={"color": colours.background, "width": 0.05 * text_size},
                hoverinfo="skip",
                **fill,
            )
        )
    caught = [(name, at) for name in classed.cells for at in _placed(name, [points.get(name, [])])[0]]
    traces.append(_catcher(caught, classed, wording, number, symbol="square", size=10))
    notes, lines = _values(points, classed, colours, wording, text_size)
    layout = _layout(classed, unit, wording, theme, text_size, height=42 * text_size)
    left, right, bottom, top = _extent(shapes)
    layout["xaxis"] = {"visible": False, "range": [left - 0.1, right + (1.6 if notes else 0.1)]}
    layout["yaxis"] = {
        "visible": False,
        "range": [bottom - 0.1, top + 0.1],
        "scaleanchor": "x",
        "constrain": "domain",
        "constraintoward": "top",  # On a narrow screen it stays below its key.
    }
    layout["annotations"] += notes
    layout["shapes"] += [*lines, _frame(shapes, colours)]
    return go.Figure(traces, layout)


def tile_map(
    levels: pd.DataFrame,
    *,
    tiles: Mapping[str, tuple[int, int]],
    wording: Wording,
    theme: Theme,
    unit: str,
    number: Callable[[float], str],
    diverging: bool,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """One tile a municipality, with the beginning of its name and, where it has one, its value.

    Takes ``levels`` and the rest as ``municipality_map``; ``tiles`` gives the column and the row of each.
    """
    colours = palette(theme)
    classed = _classed(levels, wording, theme, number, diverging=diverging)
    half = 0.47
    shapes = []
    notes = []
    for name, (column, row) in tiles.items():
        one = classed.cells.get(name)
        fill = classed.colours.get(name, colours.line)
        place = {"type": "rect", "x0": column - half, "x1": column + half, "y0": row - half, "y1": row + half}
        edge = colours.muted if fill == _HIDDEN else "rgba(0,0,0,0)"
        dash = {"color": edge, "width": 1.5, "dash": "dot"}
        shapes.append(place | {"fillcolor": colours.background if fill == _HIDDEN else fill, "line": dash})
        ink = colours.muted if one is None or one.estimate is None else _on(fill)
        text = plain(_short(name))
        if one is not None and one.estimate is not None:
            text = f"{text}<br><b>{wording.decimal(one.estimate, 0)}</b>"
        font = {"color": ink, "size": 0.72 * text_size}
        notes.append({"x": column, "y": row, "text": text, "showarrow": False, "font": font})
    caught = [(name, (float(tiles[name][0]), float(tiles[name][1]))) for name in classed.cells if name in tiles]
    layout = _layout(classed, unit, wording, theme, text_size, height=40 * text_size)
    layout["xaxis"] = {"visible": False, "range": [-0.6, max(one for one, _ in tiles.values()) + 0.6]}
    layout["yaxis"] = {"visible": False, "range": [max(one for _, one in tiles.values()) + 0.6, -0.6]}
    layout["annotations"] += notes
    layout["shapes"] += shapes
    return go.Figure([_catcher(caught, classed, wording, number, symbol="square", size=30)], layout)


_HIDDEN = "hidden"


def _classed(
    levels: pd.DataFrame, wording: Wording, theme: Theme, number: Callable[[float], str], *, diverging: bool
) -> _Classed:
    """The colour of each municipality: its class among at most ``CLASSES`` of equal, round width."""
    rows = [{str(name): value for name, value in row.items()} for row in levels.to_dict("records")]
    cells = {str(row["unit"]): cell(row, wording) for row in rows}
    values = [one.estimate for one in cells.values() if one.estimate is not None]
    if not values:
        return _Classed(cells, {name: _HIDDEN for name, one in cells.items() if one.state is State.HIDDEN}, [])
    low, width = _breaks(min(values), max(values), diverging=diverging)
    many = max(1, math.ceil((max(values) - low) / width + 1e-9))
    shades = scale(theme, many, diverging=diverging, first=low, width=width)
    found = {}
    for name, one in cells.items():
        if one.estimate is not None:
            found[name] = shades[min(int((one.estimate - low) / width), many - 1)]
        elif one.state is State.HIDDEN:
            found[name] = _HIDDEN
    names = [
        f"{wording.decimal(low + place * width, 0)} \N{EN DASH} {wording.decimal(low + (place + 1) * width, 0)}"
        for place in range(many)
    ]
    return _Classed(cells, found, list(zip(names, shades, strict=True)))


def _breaks(low: float, high: float, *, diverging: bool) -> tuple[float, float]:
    """Where the first class begins and how wide each is, in round numbers; with 0 as a limit where it diverges."""
    if diverging:
        low, high = min(low, 0.0), max(high, 0.0)
    width = next(one for one in (1, 2, 5, 10, 20, 25, 50) if (high - low) / one <= CLASSES - 1 or one == 50)
    return width * math.floor(low / width), float(width)


def _by_colour(shapes: Shapes, classed: _Classed, colours: Palette) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in shapes:
        found.setdefault(classed.colours.get(name, colours.line), []).append(name)
    return found


def _placed(name: str, rings: Sequence[Sequence[tuple[float, float]]]) -> list[list[tuple[float, float]]]:
    """On paper: longitude squeezed, and Bornholm in its frame."""
    right, up = NEARER if name == BORNHOLM else (0.0, 0.0)
    return [[(round(x * SQUEEZE + right, 3), round(y + up, 3)) for x, y in ring] for ring in rings]


def _joined(rings: Sequence[Sequence[tuple[float, float]]]) -> tuple[list[float | None], list[float | None]]:
    x: list[float | None] = []
    y: list[float | None] = []
    for ring in rings:
        x += [*(at for at, _ in ring), None]
        y += [*(at for _, at in ring), None]
    return x, y


def _extent(shapes: Shapes) -> tuple[float, float, float, float]:
    points = [at for name, rings in shapes.items() for ring in _placed(name, rings) for at in ring]
    x, y = [at for at, _ in points], [at for _, at in points]
    return min(x), max(x), min(y), max(y)


def _frame(shapes: Shapes, colours: Palette) -> dict[str, Any]:
    own = [at for ring in _placed(BORNHOLM, shapes[BORNHOLM]) for at in ring]
    x, y = [at for at, _ in own], [at for _, at in own]
    corners = {"x0": min(x) - 0.06, "x1": max(x) + 0.06, "y0": min(y) - 0.06, "y1": max(y) + 0.06}
    return {"type": "rect", "line": {"color": colours.line, "width": 1}} | corners


def _catcher(
    caught: Sequence[tuple[str, tuple[float, float]]],
    classed: _Classed,
    wording: Wording,
    number: Callable[[float], str],
    *,
    symbol: str,
    size: int,
) -> go.Scatter:
    """Marks that are not seen: what the pointer meets and a click selects. A filled shape can do neither."""
    told = {name: _told(name, one, wording, number) for name, one in classed.cells.items()}
    return go.Scatter(
        x=[x for _, (x, _) in caught],
        y=[y for _, (_, y) in caught],
        mode="markers",
        marker={"symbol": symbol, "size": size, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[[name] for name, _ in caught],
        hovertext=[told[name] for name, _ in caught],
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _told(name: str, one: Cell, wording: Wording, number: Callable[[float], str]) -> str:
    if one.estimate is None:
        reason = wording.text("hidden") if one.state is State.HIDDEN else wording.text("No citizens to count")
        return f"<b>{plain(name)}</b><br>{reason}"
    return "<br>".join((f"<b>{plain(name)}</b>", number(one.estimate / 100), *one.details))


def _values(
    points: Mapping[str, Sequence[tuple[float, float]]],
    classed: _Classed,
    colours: Palette,
    wording: Wording,
    text_size: int,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Where there are few, their names and values in a column at the right, with a line to each."""
    own = {
        name: _placed(name, [points[name][:1]])[0][0]
        for name, one in classed.cells.items()
        if one.estimate is not None and name in points
    }
    if not 0 < len(own) <= FEW:
        return [], []
    column, step = 7.25, 0.26
    order = sorted(own, key=lambda name: -own[name][1])
    top = sum(own[name][1] for name in order) / len(order) + step * (len(order) - 1) / 2
    notes: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for place, name in enumerate(order):
        (x, y), at = own[name], top - place * step
        text = f"{plain(name)} <b>{wording.decimal(classed.cells[name].estimate or 0.0)}</b>"
        font = {"color": colours.ink, "size": text_size - 2}
        notes.append({"x": column, "y": at, "text": text, "xanchor": "left", "showarrow": False, "font": font})
        line = {"color": colours.ink, "width": 0.7}
        lines.append({"type": "line", "x0": x, "y0": y, "x1": column - 0.03, "y1": at, "line": line})
    return notes, lines


def _layout(
    classed: _Classed, unit: str, wording: Wording, theme: Theme, text_size: int, *, height: float
) -> dict[str, Any]:
    """The ground of both maps, with the key above."""
    colours = palette(theme)
    entries = [*classed.classes, (wording.text("no data"), colours.line)]
    if any(one.state is State.HIDDEN for one in classed.cells.values()):
        entries.append((wording.text("hidden"), colours.background))
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
        edge = {"color": colours.muted, "width": 1, "dash": "dot" if fill == colours.background else "solid"}
        shapes.append(
            box | corners | {"type": "rect", "y1": middle + 0.45 * text_size, "fillcolor": fill, "line": edge}
        )
        font = {"color": colours.ink, "size": text_size - 2}
        notes.append(place | {"x": 0, "y": 1, "xshift": left + 1.2 * text_size, "yshift": middle, "yanchor": "middle"})
        notes[-1] |= {"text": word, "font": font}
        left += (1.9 + 0.5 * len(word)) * text_size
    return {
        "template": template(theme, text_size),
        "height": round(height + top),
        "margin": {"l": 0, "r": 0, "t": top, "b": 0, "autoexpand": False},
        "separators": SEPARATORS[wording.code],
        "hoverdistance": 8,
        "annotations": notes,
        "shapes": shapes,
    }


def _short(name: str) -> str:
    return name if len(name) <= LETTERS + 1 else name[:LETTERS]


def _on(fill: str) -> str:
    """Black or white, whichever is read more easily on this colour."""
    channels = [int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = sum(
        weight * (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4)
        for weight, one in zip((0.2126, 0.7152, 0.0722), channels, strict=True)
    )
    return "#FFFFFF" if light < 0.18 else "#1A1A1A"
