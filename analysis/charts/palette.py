"""The colours and the type of every figure, light and dark: the one place where they are written down.

The colours of the pages, in ``.streamlit/config.toml``, are the same ones. Every colour of a mark or a text has a
contrast of at least 3:1, texts of at least 4.5:1, against the background. Colour never speaks alone: before is a hollow
ring and after a filled dot, narrower and wider are triangles that point down and up, unclear is a hollow diamond.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import plotly.graph_objects as go

Theme = Literal["light", "dark"]

FONT = "IBM Plex Sans, system-ui, Segoe UI, Helvetica, Arial, sans-serif"
"""The typeface of the pages, and what stands in for it."""

TEXT_SIZE = 15
"""The usual size of text in a figure, in pixels. Nothing is drawn smaller than one pixel below it."""


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, as ``#RRGGBB``."""

    background: str
    """What the page behind the figure has; also fills hollow marks."""
    ink: str
    muted: str
    """Texts of second rank: units, ticks, notes."""
    line: str
    """Grid lines and rules, too faint to carry meaning."""
    before: str
    after: str
    reference: str
    """The group that the others are compared with."""
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
"""From little to much: the ``chartSequentialColors`` of the pages."""

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
"""Either way from nothing: the ``chartDivergingColors`` of the pages."""


def scale(theme: Theme, classes: int, *, diverging: bool, first: float, width: float) -> list[str]:
    """A colour for each class, from the lowest. ``first`` is where the first begins, ``width`` how wide each is.

    Where it is ``diverging``, classes below 0 and above it have either half of the scale, stronger the further out.
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
    """The colours of this theme."""
    return _PALETTES[theme]


@cache
def template(theme: Theme, text_size: int = TEXT_SIZE) -> go.layout.Template:
    """The layout that every figure starts from: our type, our colours, paper that lets the page shine through.

    ``text_size`` is in pixels. Nothing zooms or drags, so that a finger on a telephone scrolls the page.
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
    # A mark that was clicked leads on; the others must not fade behind it.
    alike = {"marker": {"opacity": 1}}
    data = {
        "scatter": [go.Scatter(selected=alike, unselected=alike)],
        "bar": [go.Bar(selected=alike, unselected=alike)],
    }
    return go.layout.Template(layout=layout, data=data)
