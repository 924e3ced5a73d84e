"""Colours and typeface of every figure, light and dark.

Streamlit reads the colours of the pages from ``.streamlit/config.toml``: change both together. The contrast with the
background is at least 3:1 for marks and at least 4.5:1 for texts. Colour is never the only distinction: before is a
hollow ring and after a filled dot, narrower and wider are triangles that point down and up, unclear is a hollow
diamond.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import plotly.graph_objects as go

Theme = Literal["light", "dark"]

FONT = "IBM Plex Sans, system-ui, Segoe UI, Helvetica, Arial, sans-serif"
"""Typeface of the pages, and its fallbacks."""

TEXT_SIZE = 15
"""Default text size in a figure, in pixels. The smallest text is one pixel smaller."""


@dataclass(frozen=True)
class Palette:
    """Colours of one theme, as ``#RRGGBB``."""

    background: str
    """Background of the page; also fills hollow marks."""
    ink: str
    muted: str
    """Secondary texts: units, ticks, notes."""
    line: str
    """Grid lines and rules, too faint to carry meaning."""
    before: str
    after: str
    reference: str
    """The reference group."""
    narrowed: str
    widened: str
    unclear: str


_PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        background="#FBFCFC",
        ink="#1A1A1A",
        muted="#56646A",
        line="#DDE4E5",
        before="#66747A",
        after="#00626B",
        reference="#3B3F9E",
        narrowed="#00626B",
        widened="#A8480A",
        unclear="#56646A",
    ),
    "dark": Palette(
        background="#0F1719",
        ink="#E9EFEE",
        muted="#A3B1B4",
        line="#2B383B",
        before="#A3B1B4",
        after="#4FC3C7",
        reference="#A9B1FF",
        narrowed="#4FC3C7",
        widened="#F2A15F",
        unclear="#A3B1B4",
    ),
}


_SEQUENTIAL: dict[Theme, tuple[str, ...]] = {
    "light": (
        "#E8F3F3",
        "#CFE5E6",
        "#B2D5D7",
        "#92C3C7",
        "#6FAFB4",
        "#4B999F",
        "#2A828A",
        "#0F6B74",
        "#00545C",
        "#003D43",
    ),
    "dark": (
        "#12312F",
        "#17444A",
        "#1B575D",
        "#1F6B71",
        "#268086",
        "#32959B",
        "#4FABB0",
        "#75C0C4",
        "#A0D6D8",
        "#CFECEC",
    ),
}
"""From low to high: the ``chartSequentialColors`` of the pages."""

_DIVERGING: dict[Theme, tuple[str, ...]] = {
    "light": (
        "#00545C",
        "#2A828A",
        "#6FAFB4",
        "#B2D5D7",
        "#E3EDED",
        "#F5E9E0",
        "#EFC6A6",
        "#DE9966",
        "#C26A2B",
        "#8A3A06",
    ),
    "dark": (
        "#75DADD",
        "#4FABB0",
        "#32858B",
        "#25595D",
        "#26373A",
        "#3B2F27",
        "#6B4526",
        "#A0652F",
        "#D08A4E",
        "#F7BE92",
    ),
}
"""From negative to positive: the ``chartDivergingColors`` of the pages."""


def scale(theme: Theme, classes: int, *, diverging: bool, first: float, width: float) -> list[str]:
    """Return a colour for each class, from the lowest. ``first``: start of the first class; ``width`` of each class.

    If ``diverging``, classes below 0 have one half of the scale and those above it the other, stronger away from 0.
    """
    if not diverging:
        shades = _SEQUENTIAL[theme]
        return [shades[2 + (len(shades) - 4) * place // max(1, classes - 1)] for place in range(classes)]
    shades = _DIVERGING[theme]
    half = len(shades) // 2
    middles = [first + (place + 0.5) * width for place in range(classes)]
    far = max(abs(one) for one in middles)
    steps = [max(1, round(half * abs(one) / far)) for one in middles]
    return [
        shades[half - step] if one < 0 else shades[half - 1 + step] for one, step in zip(middles, steps, strict=True)
    ]


def palette(theme: Theme) -> Palette:
    """Return the colours of this theme."""
    return _PALETTES[theme]


@cache
def template(theme: Theme, text_size: int = TEXT_SIZE) -> go.layout.Template:
    """Return the layout template of every figure: typeface, colours and transparent paper.

    ``text_size`` is in pixels. Zoom and drag are off, so that a finger on a phone scrolls the page.
    """
    colours = palette(theme)
    axis = {
        "color": colours.muted,
        "fixedrange": True,
        "gridcolor": colours.line,
        "linecolor": colours.line,
        "tickcolor": colours.line,
        "tickfont": {"size": text_size - 1},
        "zeroline": False,
    }
    layout = go.Layout(
        autosize=True,
        colorway=[colours.after, colours.widened, colours.reference, colours.before],
        dragmode=False,
        font={"family": FONT, "size": text_size, "color": colours.ink},
        hoverlabel={
            "align": "left",
            "bgcolor": colours.background,
            "bordercolor": colours.muted,
            "font": {"family": FONT, "size": text_size, "color": colours.ink},
        },
        hovermode="closest",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        showlegend=False,
        xaxis=axis,
        yaxis=axis,
    )
    # A click on a mark drills down; the other marks must not fade.
    alike = {"marker": {"opacity": 1}}
    data = {
        "scatter": [go.Scatter(selected=alike, unselected=alike)],
        "bar": [go.Bar(selected=alike, unselected=alike)],
    }
    return go.layout.Template(layout=layout, data=data)
