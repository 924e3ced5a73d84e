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
    return go.layout.Template(layout=layout)
