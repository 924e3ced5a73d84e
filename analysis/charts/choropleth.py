"""Choropleth maps of Denmark by municipality: geographic, and as equal tiles that show small and large ones alike."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.base_map import (
    HIDDEN,
    Point,
    Shapes,
    base_map_traces,
    catcher,
    inset_frame,
    land_axes,
    land_trace,
    placed,
    put_tiles,
)
from analysis.charts.figures import figure
from analysis.charts.palette import TEXT_SIZE, Palette, Theme, palette, scale
from analysis.charts.text import plain
from analysis.charts.values import Cell, cell
from analysis.i18n import Wording
from analysis.measures.result_frame import State

CLASSES = 5
FEW = 12
"""Up to this number of municipalities, all values are written beside the map."""


@dataclass(frozen=True)
class _Classed:
    """The cells of the municipalities with their colours, and the classes of the legend."""

    cells: dict[str, Cell]
    colours: dict[str, str]
    classes: list[tuple[str, str]]

    def hover_texts(self, wording: Wording, number: Callable[[float], str]) -> dict[str, str]:
        """Return the hover text of each municipality."""
        return {name: _hover_text(name, one, wording, number) for name, one in self.cells.items()}


def municipality_map(
    levels: pd.DataFrame,
    *,
    shapes: Shapes,
    points: Mapping[str, Sequence[Point]],
    wording: Wording,
    theme: Theme,
    unit: str,
    number: Callable[[float], str],
    diverging: bool,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw each municipality in the colour of its class; if there are few, write their values at the side.

    Parameters
    ----------
    levels
        One row per municipality: ``unit``, its name; ``estimate``, ``lower``, ``upper``, proportions or their
        differences; ``n`` in citizens; ``state``. A hidden municipality is hatched and shows no number.
    shapes
        Outer rings, in degrees of longitude and latitude.
    points
        Points inside the municipalities, in degrees of longitude and latitude.
    unit
        Meaning of the colours.
    number
        Formats a proportion.
    diverging
        Whether the measure can be above or below 0.
    """
    classed = _classed(levels, wording, theme, number, diverging=diverging)
    notes, lines = _values(points, classed, palette(theme), wording, text_size)
    layout = base_map_traces(_entries(classed, wording, theme), unit, wording, theme, text_size, height=42 * text_size)
    layout |= land_axes(shapes, room=1.6 if notes else 0.1)
    layout["annotations"] += notes
    layout["shapes"] += [*lines, inset_frame(shapes, theme)]
    texts = classed.hover_texts(wording, number)
    return figure([*land_trace(shapes, classed.colours, theme, text_size), catcher(points, texts)], layout)


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
    """Draw one tile per municipality, with the beginning of its name and, if it has one, its value.

    Parameters as ``municipality_map``; ``tiles`` has the column and the row of each municipality.
    """
    classed = _classed(levels, wording, theme, number, diverging=diverging)
    layout = base_map_traces(_entries(classed, wording, theme), unit, wording, theme, text_size, height=40 * text_size)
    shown = {name: one.estimate for name, one in classed.cells.items() if one.estimate is not None}
    values = {name: wording.decimal(value, 0) for name, value in shown.items()}
    return put_tiles(layout, tiles, classed.colours, values, classed.hover_texts(wording, number), theme, text_size)


def _entries(classed: _Classed, wording: Wording, theme: Theme) -> list[tuple[str, str]]:
    """Return the texts and colours of the legend."""
    entries = [*classed.classes, (wording.text("no data"), palette(theme).line)]
    if any(one.state is State.HIDDEN for one in classed.cells.values()):
        entries.append((wording.text("hidden"), HIDDEN))
    return entries


def _classed(
    levels: pd.DataFrame, wording: Wording, theme: Theme, number: Callable[[float], str], *, diverging: bool
) -> _Classed:
    """Colour each municipality by class: at most ``CLASSES`` classes of equal, rounded width."""
    rows = [{str(name): value for name, value in row.items()} for row in levels.to_dict("records")]
    cells = {str(row["unit"]): cell(row, wording) for row in rows}
    values = [one.estimate for one in cells.values() if one.estimate is not None]
    if not values:
        return _Classed(cells, {name: HIDDEN for name, one in cells.items() if one.state is State.HIDDEN}, [])
    low, width = _breaks(min(values), max(values), diverging=diverging)
    many = max(1, math.ceil((max(values) - low) / width + 1e-9))
    shades = scale(theme, many, diverging=diverging, first=low, width=width)
    found = {}
    for name, one in cells.items():
        if one.estimate is not None:
            found[name] = shades[min(int((one.estimate - low) / width), many - 1)]
        elif one.state is State.HIDDEN:
            found[name] = HIDDEN
    names = [
        f"{wording.decimal(low + place * width, 0)} \N{EN DASH} {wording.decimal(low + (place + 1) * width, 0)}"
        for place in range(many)
    ]
    return _Classed(cells, found, list(zip(names, shades, strict=True)))


def _breaks(low: float, high: float, *, diverging: bool) -> tuple[float, float]:
    """Return the start of the first class and the class width, both rounded; 0 is a class limit if diverging."""
    if diverging:
        low, high = min(low, 0.0), max(high, 0.0)
    width = next(one for one in (1, 2, 5, 10, 20, 25, 50) if (high - low) / one <= CLASSES - 1 or one == 50)
    return width * math.floor(low / width), float(width)


def _hover_text(name: str, one: Cell, wording: Wording, number: Callable[[float], str]) -> str:
    if one.estimate is None:
        reason = wording.text("hidden") if one.state is State.HIDDEN else wording.text("Nobody, or too few to show")
        return f"<b>{plain(name)}</b><br>{reason}"
    return "<br>".join((f"<b>{plain(name)}</b>", number(one.estimate / 100), *one.details))


def _values(
    points: Mapping[str, Sequence[Point]],
    classed: _Classed,
    colours: Palette,
    wording: Wording,
    text_size: int,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """If there are few municipalities, list their names and values at the right, with a line to each."""
    own = {
        name: placed(name, [points[name][:1]])[0][0]
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
