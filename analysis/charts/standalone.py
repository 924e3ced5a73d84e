"""A figure for use alone in a document: with question, answer and source."""

from typing import Any

import plotly.graph_objects as go

from analysis.charts.palette import TEXT_SIZE, Theme, palette
from analysis.charts.rows import LINE
from analysis.charts.text import lines, plain

SIDE = 40
"""Margin of the paper at the left and the right, in pixels."""
PER_LETTER = 0.52
"""Width of a letter, in text sizes."""


def framed(
    figure: go.Figure, *, title: str, sentence: str, source: str, theme: Theme, width: int, text_size: int = TEXT_SIZE
) -> go.Figure:
    """Return a copy of the figure, ``width`` pixels wide, with background, title, sentence and source.

    The figure must have its own height, and its margins in pixels, like all figures of this package.
    """
    colours = palette(theme)
    room = width - 2 * SIDE
    heading = _wrapped(title, room, 1.5 * text_size)
    answer = _wrapped(sentence, room, text_size)
    foot = _wrapped(source, room, text_size - 2)
    top = 1.5 * LINE * text_size * lines(heading) + LINE * text_size * (lines(answer) + 1.5)
    bottom = LINE * text_size * (lines(foot) + 1)
    copy = go.Figure(figure)
    margin = copy.layout.margin
    height = float(copy.layout.height)
    place = {"xref": "paper", "yref": "paper", "showarrow": False, "align": "left", "borderpad": 0}
    left = {"x": 0, "xanchor": "left", "xshift": -margin.l}
    above = margin.t + top

    def text(words: str, size: float, *, weight: int = 400, colour: str = colours.ink, **at: Any) -> None:
        font = {"size": size, "color": colour, "weight": weight}
        copy.add_annotation(**place, **left, **at, text=words, font=font)

    text(heading, 1.5 * text_size, weight=600, y=1, yanchor="top", yshift=above - 0.6 * text_size)
    below = above - 0.6 * text_size - 1.5 * LINE * text_size * lines(heading) - 0.3 * text_size
    text(answer, text_size, y=1, yanchor="top", yshift=below)
    at_foot = -margin.b - bottom + 0.6 * text_size
    text(foot, text_size - 2, colour=colours.muted, y=0, yanchor="bottom", yshift=at_foot)
    copy.update_layout(
        width=width,
        height=height + top + bottom,
        margin={"t": above, "b": margin.b + bottom, "l": margin.l + SIDE, "r": margin.r + SIDE},
        paper_bgcolor=colours.background,
    )
    return copy


def without_page(figure: go.Figure, *, width: int, height: int) -> go.Figure:
    """Return a copy of the figure of this size, for a document that has its own title, sentence and source."""
    return go.Figure(figure).update_layout(width=width, height=height, paper_bgcolor="#FFFFFF")


def _wrapped(text: str, room: float, size: float) -> str:
    return plain(text, int(room / (PER_LETTER * size)))
