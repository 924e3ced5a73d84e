"""Maps of municipalities by category, on the geographic map and on equal tiles."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from analysis.charts.base_map import (
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
from analysis.charts.figures import figure, scatter
from analysis.charts.palette import TEXT_SIZE, Theme, palette
from analysis.charts.text import plain
from analysis.i18n import Wording

STAR = "★"


def kinds_map(
    kinds: Mapping[str, str],
    *,
    names: Mapping[str, str],
    hover_texts: Mapping[str, str],
    shapes: Shapes,
    points: Mapping[str, Sequence[Point]],
    unit: str,
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw each municipality in the colour of its category.

    ``kinds`` maps each municipality to the key of its category. ``names`` names the categories: the most important one
    first, “none” last. ``hover_texts`` is the hover text of a municipality. ``shapes`` and ``points`` as in
    ``choropleth.municipality_map``.
    """
    fills = _fills(names, theme)
    layout = base_map_traces(_entries(names, theme), unit, wording, theme, text_size, height=42 * text_size)
    layout |= land_axes(shapes)
    layout["shapes"] += [inset_frame(shapes, theme)]
    colours = {name: fills[kind] for name, kind in kinds.items()}
    drawn = [*land_trace(shapes, colours, theme, text_size), _stars(kinds, names, points, theme, text_size)]
    return figure([*drawn, *_catchers(points, hover_texts)], layout)


def kinds_tiles(
    kinds: Mapping[str, str],
    *,
    names: Mapping[str, str],
    hover_texts: Mapping[str, str],
    tiles: Mapping[str, tuple[int, int]],
    unit: str,
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw one tile per municipality in the colour of its category. Parameters as ``kinds_map``, and ``tiles``."""
    fills = _fills(names, theme)
    none = list(names)[-1]
    layout = base_map_traces(_entries(names, theme), unit, wording, theme, text_size, height=40 * text_size)
    colours = {name: fills[kind] for name, kind in kinds.items()}
    stars = {name: STAR if kind == next(iter(names)) else "" for name, kind in kinds.items()}
    marked = {name: star for name, star in stars.items() if kinds[name] != none}
    return put_tiles(layout, tiles, colours, marked, _hover_texts(hover_texts), theme, text_size)


def _fills(names: Mapping[str, str], theme: Theme) -> dict[str, str]:
    """Return the colour of each category, from the strongest to the faintest; “none” has the colour of missing data."""
    colours = palette(theme)
    shades = [colours.after, colours.reference, colours.widened]
    return dict(zip(names, [*shades[: len(names) - 1], colours.line], strict=True))


def _stars(
    kinds: Mapping[str, str],
    names: Mapping[str, str],
    points: Mapping[str, Sequence[Point]],
    theme: Theme,
    text_size: int,
) -> go.Scatter:
    """Draw a star on each municipality of the first category, because colour alone would not distinguish it."""
    first = next(iter(names))
    at = [placed(name, [points[name][:1]])[0][0] for name, kind in kinds.items() if kind == first and name in points]
    marker = {"symbol": "star", "size": 0.8 * text_size, "color": palette(theme).background}
    return scatter(x=[x for x, _ in at], y=[y for _, y in at], mode="markers", marker=marker, hoverinfo="skip")


def _catchers(points: Mapping[str, Sequence[Point]], hover_texts: Mapping[str, str]) -> list[go.Scatter]:
    """Return one hover trace per text. The text is then sent once, not for each of many points."""
    by_text: dict[str, list[str]] = {}
    for name, text in hover_texts.items():
        by_text.setdefault(plain(text), []).append(name)
    return [
        catcher(points, dict.fromkeys(names, "")).update(
            hovertext=None, hovertemplate=f"<b>%{{customdata[0]}}</b><br>{text}<extra></extra>"
        )
        for text, names in by_text.items()
    ]


def _entries(names: Mapping[str, str], theme: Theme) -> list[tuple[str, str]]:
    fills = _fills(names, theme)
    first = next(iter(names))
    return [(f"{STAR} {word}" if kind == first else word, fills[kind]) for kind, word in names.items()]


def _hover_texts(hover_texts: Mapping[str, str]) -> dict[str, str]:
    return {name: f"<b>{plain(name)}</b><br>{plain(text)}" for name, text in hover_texts.items()}
