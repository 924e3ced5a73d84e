"""Grid of places and months: the more citizens, the stronger the colour; nothing where there are no data."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analysis.charts.figures import figure, scatter
from analysis.charts.palette import TEXT_SIZE, Theme, palette, scale, template
from analysis.charts.rows import LINE
from analysis.charts.text import plain
from analysis.i18n import Wording

SHADES = 6
WIDE = 48
"""Characters per line of the title; they fit on a phone."""
ROW = 1.5
"""Height of the name of a row, and of its cells, in text sizes."""
MANY = 40
"""Number of rows from which on the names stand beside their cells."""
BESIDE, LETTERS = 7.5, 16
"""Width of the names beside their cells, in text sizes, and number of letters that fit."""


def coverage_grid(
    cells: pd.DataFrame,
    *,
    rows: Mapping[str, str],
    columns: Sequence[pd.Timestamp],
    marks: Sequence[tuple[str, pd.Timestamp]],
    title: str,
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw the grid.

    ``cells`` has row (key of ``rows``), column (a day of ``columns``), value, and text for the pointer. ``marks`` are
    rows and days with an adjustment.
    """
    colours = palette(theme)
    keys = list(rows)
    is_long = len(keys) > MANY
    step = 1 if is_long else 2  # Every other row is for the name of the one below.
    place = {day: at for at, day in enumerate(columns)}
    values = np.full((step * len(keys), len(columns)), np.nan)
    texts = np.full(values.shape, "", dtype=object)
    places = {key: number for number, key in enumerate(keys)}
    top = max(float(cells["value"].max()), 1.0) if len(cells) else 1.0
    for one in cells.to_dict("records"):
        at = step * (places[one["row"]] + 1) - 1, place[one["column"]]
        values[at] = np.ceil(SHADES * np.log1p(one["value"]) / np.log1p(top)) if one["value"] else 0
        texts[at] = one["text"]
    shades = [colours.line, *scale(theme, SHADES, diverging=False, first=0, width=1)]
    heat = go.Heatmap(
        z=values,
        x=list(range(len(columns))),
        y=list(range(len(values))),
        zmin=0,
        zmax=SHADES,
        colorscale=[[number / SHADES, shade] for number, shade in enumerate(shades)],
        showscale=False,
        hovertext=texts,
        hovertemplate="%{hovertext}<extra></extra>",
        xgap=1,
        ygap=2,
        hoverongaps=False,
    )
    adjusted = scatter(
        x=[place[day] for _, day in marks],
        y=[step * (places[row] + 1) - 1 for row, _ in marks],
        mode="markers",
        marker={"symbol": "line-ns-open", "size": text_size, "color": colours.ink, "line": {"width": 3}},
        hoverinfo="skip",
        showlegend=False,
    )
    headings = [
        {
            **{"text": plain(_cut(label) if is_long else label), "xref": "paper", "y": step * at},
            **{"x": 0, "xanchor": "left", "yanchor": "middle", "xshift": -BESIDE * text_size if is_long else 0},
            **{"showarrow": False, "font": {"size": text_size - (2 if is_long else 1)}},
        }
        for at, label in enumerate(rows.values())
    ]
    layout = {
        "template": template(theme, text_size),
        "height": round((1.2 if is_long else 2 * ROW) * text_size * len(keys) + 5.4 * LINE * text_size),
        "margin": {
            "l": BESIDE * text_size if is_long else 0,
            "r": 0,
            "t": 3 * LINE * text_size,
            "b": 2.4 * LINE * text_size,
            "autoexpand": False,
        },
        "separators": wording.separators,
        "showlegend": False,
        "xaxis": {**_ticks(columns, wording), "showgrid": False, "ticks": "", "showline": False, "zeroline": False}
        | {"range": [-0.5, len(columns) - 0.5]},
        "yaxis": {"visible": False, "range": [len(values) - 0.5, -0.5]},
        "annotations": [
            *headings,
            {
                **{"text": plain(title, WIDE), "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left"},
                **{"yanchor": "bottom", "yshift": 0.3 * LINE * text_size, "showarrow": False, "align": "left"},
                "xshift": -BESIDE * text_size if is_long else 0,
                "font": {"color": colours.muted, "size": text_size - 1},
            },
        ],
    }
    return figure([heat, adjusted], layout)


def _cut(label: str) -> str:
    """Shorten a name to the width beside the cells; the pointer shows the whole."""
    return label if len(label) <= LETTERS else f"{label[: LETTERS - 1]}…"


def _ticks(columns: Sequence[pd.Timestamp], wording: Wording) -> dict[str, object]:
    """Return a tick at each January, or at the first column of a short grid."""
    years = [at for at, day in enumerate(columns) if day.month == 1 or at == 0]
    if len(years) > 1 and years[1] - years[0] < 3:
        years = years[1:]
    return {"tickvals": years, "ticktext": [str(columns[at].year) for at in years], "tickangle": 0}
