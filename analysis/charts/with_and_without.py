"""Two sides with one dot per municipality and the median of each side, without a line between them."""

import textwrap
from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from analysis.charts.figures import scatter
from analysis.charts.palette import TEXT_SIZE, Theme, palette
from analysis.charts.rows import WIDE, Row, canvas, key
from analysis.charts.text import plain
from analysis.i18n import Wording

FEW = 12
"""Up to this number of municipalities on a side, all are named."""


def two_sides(
    sides: Mapping[str, Sequence[tuple[str, float]]],
    *,
    medians: Mapping[str, float],
    unit: str,
    ends: tuple[str, str],
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw one row per side under its heading, from the name and the value of each municipality in the axis unit."""
    colours = palette(theme)
    values = [value for side in sides.values() for _, value in side]
    reach = max((abs(value) for value in values), default=1.0) * 1.25 or 1.0
    nobody = wording.text("No municipality has numbers that can be shown.")
    rows = [
        Row(heading, notes=_named(side) if side else (nobody,), marked=bool(side)) for heading, side in sides.items()
    ]
    drawing = canvas(
        rows,
        x_range=(-reach, reach),
        unit=unit,
        wording=wording,
        theme=theme,
        text_size=text_size,
        width=WIDE,
        zero="0",
        ends=ends,
    )
    for (heading, side), at in zip(sides.items(), drawing.at, strict=True):
        if not side:
            continue
        middle = {"color": colours.widened, "width": 0.25 * text_size}
        height = 0.9 * text_size
        drawing.traces.append(
            scatter(x=[medians[heading]] * 2, y=[at - height, at + height], mode="lines", line=middle, hoverinfo="skip")
        )
        drawing.traces.append(
            scatter(
                x=[value for _, value in side],
                y=[at] * len(side),
                mode="markers",
                marker={"size": 0.9 * text_size, "color": colours.after, "opacity": 0.85},
                cliponaxis=False,
                customdata=[[name] for name, _ in side],
                hovertext=[f"<b>{plain(name)}</b><br>{wording.signed(value)}" for name, value in side],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    entries = [
        ("circle", colours.after, colours.after, wording.text("A municipality")),
        ("line", colours.widened, colours.widened, wording.text("Median")),
    ]
    key(drawing, entries, text_size)
    return drawing.figure()


def _named(side: Sequence[tuple[str, float]]) -> tuple[str, ...]:
    """List the municipalities from left to right if there are few enough, one line each."""
    names = [name for name, _ in sorted(side, key=lambda one: one[1])]
    if len(names) > FEW:
        return ()
    return tuple(plain(line) for line in textwrap.wrap(", ".join(names), WIDE))
