"""Canvas of charts with one row per group or municipality: the heading above, the marks below.

Headings are above the marks, so that a long Danish name and the marks each have the full width on a phone and on a
desktop. On a stage, which is wide and low, they are beside the marks. The y axis counts pixels from the top, so that
each row is as high as its text needs.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import plotly.graph_objects as go

from analysis.charts.figures import figure, scatter
from analysis.charts.palette import Theme, palette, template
from analysis.charts.text import lines, plain
from analysis.i18n import Wording

LINE = 1.4
"""Line height, in text sizes."""

WIDE = 38
"""Characters per line of a heading without a value beside it; at the default text size they fit on a phone."""

NARROW = 24
"""Characters per line of a heading that may have a value beside it; equal in charts that are side by side."""

LANE = 1.15
"""Distance between two lanes of marks in a row, in lines."""

LETTER = 0.54
"""Average width of a letter, in text sizes."""

_column: ContextVar[int] = ContextVar("column", default=0)


@contextmanager
def row_headings(column: int) -> Iterator[None]:
    """Inside this context, rows have their headings in a column at the left, ``column`` pixels wide."""
    token = _column.set(column)
    try:
        yield
    finally:
        _column.reset(token)


_MARKS: dict[str, tuple[str, tuple[tuple[float, float], ...]]] = {
    "circle": ("circle", ()),
    "line": ("line", ()),
    "triangle-down": ("path", ((0, -0.9), (-1, 0.9), (1, 0.9))),
    "triangle-up": ("path", ((0, 0.9), (-1, -0.9), (1, -0.9))),
    "square": ("rect", ()),
    "diamond": ("path", ((-1.1, 0), (0, 1.1), (1.1, 0), (0, -1.1))),
}
"""Shape type of each legend mark, and its corners around a centre at 0."""


@dataclass(frozen=True)
class Row:
    """A row: a heading from the data, with texts of the program around it."""

    heading: str
    tag: str = ""
    """A word after the heading that states its role."""
    aside: str = ""
    """A value in the column at the right end."""
    notes: tuple[str, ...] = ()
    """Why there is no mark, or only one of two."""
    marked: bool = True
    """Whether to reserve space for a mark."""
    lanes: int = 1
    """Number of lines of marks in the row."""
    strong: bool = True
    colour: str | None = None
    """Colour of the tag and the aside; muted if None."""


@dataclass
class Drawing:
    """Elements of a figure. The figure is built once, because Plotly validates everything again after each addition.

    ``at`` is the y of each row, in pixels from the top.
    """

    at: list[float]
    layout: dict[str, Any]
    notes: list[dict[str, Any]]
    shapes: list[dict[str, Any]]
    traces: list[go.Scatter] = field(default_factory=list)

    def figure(self) -> go.Figure:
        return figure(self.traces, self.layout | {"annotations": self.notes, "shapes": self.shapes})


def canvas(
    rows: Sequence[Row],
    *,
    x_range: tuple[float, float],
    unit: str,
    wording: Wording,
    theme: Theme,
    text_size: int,
    width: int,
    zero: str = "",
    ends: tuple[str, str] | None = None,
) -> Drawing:
    """Return a drawing with axis, unit and headings but no marks.

    ``x_range`` is in the unit of the axis. ``width`` is the maximum number of characters in a line of a heading.
    ``zero`` labels a line at 0, and ``ends`` its left and right. All sizes are proportional to ``text_size``, in
    pixels. The layout's ``meta`` has ``rows``: the top and the bottom of each on the y axis.
    """
    colours = palette(theme)
    line = LINE * text_size
    side = 3.2 * text_size
    column = _column.get()
    asides = LETTER * text_size * max((len(row.aside) for row in rows), default=0) if column else 0
    if column:
        width = int(column / (LETTER * text_size))
    notes: list[dict[str, Any]] = []
    rules: list[float] = []
    at: list[float] = []

    def note(text: str, y: float, **more: Any) -> None:
        left = {"x": 0, "xanchor": "left", "xshift": -side - (column if more.get("yref") != "paper" else 0)}
        font = {"color": colours.muted, "size": text_size - 1} | more.pop("font", {})
        place = {"xref": "paper", "yref": "y", "yanchor": "top", "align": "left", "showarrow": False, "borderpad": 0}
        notes.append(place | left | {"text": text, "y": y, "font": font, "bgcolor": colours.background} | more)

    y = 0.6 * text_size
    for row in rows:
        rules.append(y - (0.3 if column else 0.5) * text_size)
        marks = line * (1.5 + LANE * (row.lanes - 1)) if row.marked else 0
        heading = plain(row.heading, width)
        if row.tag:
            fits = len(heading.split("<br>")[-1]) + len(row.tag) < width + 8
            tag = f'<span style="color:{row.colour or colours.muted};font-weight:400">{row.tag}</span>'
            heading += ("  " if fits else "<br>") + tag
        weight = 600 if row.strong else 400
        words = line * (lines(heading) + len(row.notes))
        beside = max(words, marks) if column else 0
        top = y + (beside - words) / 2 if column else y
        note(heading, top, font={"color": colours.ink, "size": text_size, "weight": weight})
        if row.aside:
            font = {"color": row.colour or colours.muted, "size": text_size - 1, "weight": weight}
            note(row.aside, top, x=1, xanchor="right", xshift=side + asides, align="right", font=font)
        for place, text in enumerate(row.notes):
            note(text, top + line * (lines(heading) + place))
        at.append((y + (beside - marks) / 2 if column else y + words) + 0.75 * line)
        y += beside + 0.6 * text_size if column else words + marks + text_size

    head = (0.6 + (4.3 if ends else 3.3) * LINE) * text_size
    foot = 1.8 * text_size if zero else 0.6 * text_size
    above = {"yref": "paper", "yanchor": "bottom", "bgcolor": None}
    note(unit, 1, yshift=(2.5 if ends else 1.5) * line, **above)
    if ends:
        font = {"color": colours.ink}
        note(ends[0], 1, yshift=1.5 * line, font=font, **above)
        note(ends[1], 1, yshift=1.5 * line, x=1, xanchor="right", xshift=side, font=font, **above)
    across = {"type": "line", "xref": "paper", "x0": -1, "x1": 2, "line": {"color": colours.line, "width": 1}}
    shapes: list[dict[str, Any]] = [across | {"y0": rule, "y1": rule} for rule in rules]
    if zero:
        shapes.append({"type": "line", "yref": "paper", "x0": 0, "x1": 0, "y0": 0, "y1": 1})
        shapes[-1]["line"] = {"color": colours.muted, "width": 0.1 * text_size}
        note(zero, 0, yref="paper", xref="x", xanchor="center", xshift=0)
    layout = {
        "template": template(theme, text_size),
        "height": round(y + head + foot),
        "margin": {"l": side + column, "r": side + asides, "t": head, "b": foot, "autoexpand": False},
        "meta": {"rows": list(zip(rules, [*rules, y][1:], strict=True))},
        "separators": wording.separators,
        "barmode": "overlay",  # Otherwise Plotly shifts the bars to make room for all of them.
        "xaxis": {"range": list(x_range), "side": "top", "nticks": 7, "ticks": ""},
        "yaxis": {"range": [y, 0], "visible": False},
    }
    return Drawing(at, layout, notes, [{"layer": "below"} | shape for shape in shapes])


def percent_range(values: Sequence[float]) -> tuple[float, float]:
    """Return an axis for dots in per cent: to the next ten, with room for the first label; 0 to 100 without values."""
    if not values:
        return 0, 100
    return max(0, 10 * (min(values) // 10) - 10), min(100, 10 * (max(values) // 10 + 1))


def key(drawing: Drawing, entries: Sequence[tuple[str, str, str, str]], text_size: int) -> None:
    """Draw the legend in the top line. Each entry has a mark, a colour, a fill and a text.

    A mark is one of ``_MARKS``. Plotly's own legend wraps on a phone and covers the chart below it.
    """
    margin = drawing.layout["margin"]
    middle = margin["t"] - 0.8 * text_size
    left = -margin["l"]
    half = 0.42 * text_size
    for mark, colour, fill, word in entries:
        kind, path = _MARKS[mark]
        place = {
            "xref": "paper",
            "yref": "paper",
            "xsizemode": "pixel",
            "ysizemode": "pixel",
            "xanchor": 0,
            "yanchor": 1,
        }
        centre = left + 0.6 * text_size
        shape = {"type": kind, "fillcolor": fill, "line": {"color": colour, "width": 0.15 * text_size}}
        if path:
            points = (f"{centre + x * half:.1f},{middle + y * half:.1f}" for x, y in path)
            shape["path"] = "M" + "L".join(points) + "Z"
        else:
            shape |= {"x0": centre - half, "x1": centre + half, "y0": middle - half, "y1": middle + half}
        if kind == "line":
            shape |= {"y0": middle, "y1": middle, "x0": left}
        drawing.shapes.append(place | shape)
        drawing.notes.append(
            {
                "text": word,
                "font": {"size": text_size - 1},
                "showarrow": False,
                "xref": "paper",
                "yref": "paper",
                "x": 0,
                "y": 1,
                "xanchor": "left",
                "yanchor": "middle",
                "xshift": left + 1.3 * text_size,
                "yshift": middle,
            }
        )
        left += (2.4 + LETTER * len(word)) * text_size


def whiskers(ends: Sequence[tuple[float, float, float]], colour: str, text_size: int) -> go.Scatter:
    """Draw intervals (start, end, y) as thin lines with a cap at both ends."""
    cap = 0.34 * text_size
    x: list[float | None] = []
    y: list[float | None] = []
    for lower, upper, at in ends:
        x += [lower, lower, None, lower, upper, None, upper, upper, None]
        y += [at - cap, at + cap, None, at, at, None, at - cap, at + cap, None]
    line = {"color": colour, "width": 0.12 * text_size}
    return scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", cliponaxis=False)
