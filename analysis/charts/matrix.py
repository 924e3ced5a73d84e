"""Matrix of the number of elements that each two of a set share; darker cells are larger."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.base_map import readable_on
from analysis.charts.figures import figure, scatter
from analysis.charts.palette import TEXT_SIZE, Theme, palette, scale, template
from analysis.charts.rows import LINE
from analysis.charts.text import plain
from analysis.i18n import Wording

SHADES = 6
COLUMN_LETTERS = 14


def matrix(
    pairs: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    unit: str,
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw the lower half of the matrix, because the upper half repeats it; the diagonal is the total of each area.

    ``pairs`` has ``area``, ``other`` and ``actions``, with each pair in both orders; ``labels`` names and orders the
    areas.
    """
    colours = palette(theme)
    found = {(row["area"], row["other"]): int(row["actions"]) for row in pairs.to_dict("records")}
    names = [plain(label, COLUMN_LETTERS) for label in labels.values()]
    shared = [number for (one, other), number in found.items() if one != other]
    most = max(shared, default=1)
    shades = scale(theme, SHADES, diverging=False, first=0, width=1)
    keys = list(labels)
    shapes, notes, hover_label, x, y = [], [], [], [], []
    for row, one in enumerate(keys):
        for column, other in enumerate(keys[: row + 1]):
            number = found.get((one, other), 0)
            shade = colours.line if one == other else shades[min(SHADES - 1, SHADES * number // (most + 1))]
            corners = {"x0": column - 0.48, "x1": column + 0.48, "y0": row - 0.48, "y1": row + 0.48}
            shapes.append({"type": "rect", "fillcolor": shade, "line": {"width": 0}, "layer": "below", **corners})
            ink = colours.ink if one == other else readable_on(shade)
            font = {"color": ink, "weight": 400 if one == other else 600}
            notes.append({"x": column, "y": row, "text": wording.integer(number), "showarrow": False, "font": font})
            x.append(column)
            y.append(row)
            hover_label.append(
                f"<b>{plain(labels[one])}</b><br>{wording.integer(number)}"
                if one == other
                else f"<b>{plain(labels[one])} + {plain(labels[other])}</b><br>{wording.integer(number)}"
            )
    square = {"symbol": "square", "size": 2 * text_size, "opacity": 0}
    hover = {"hovertext": hover_label, "hovertemplate": "%{hovertext}<extra></extra>"}
    top = 2.6 * LINE * text_size
    layout = {
        "template": template(theme, text_size),
        "height": round(3.1 * text_size * len(keys) + top + 3.6 * LINE * text_size),
        "margin": {"l": 9.5 * text_size, "r": 0, "t": top, "b": 3.6 * LINE * text_size, "autoexpand": False},
        "separators": wording.separators,
        "xaxis": {"tickvals": list(range(len(keys))), "ticktext": names, "showgrid": False, "ticks": "", "tickangle": 0}
        | {"range": [-0.5, len(keys) - 0.5], "showline": False, "tickfont": {"size": text_size - 3}},
        "yaxis": {"tickvals": list(range(len(keys))), "ticktext": [plain(one, 18) for one in labels.values()]}
        | {"range": [len(keys) - 0.5, -0.5], "showgrid": False, "ticks": "", "showline": False},
        "shapes": shapes,
        "annotations": [
            *notes,
            {
                **{"text": plain(unit), "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left"},
                **{"xshift": -9.5 * text_size, "yanchor": "bottom", "yshift": 0.8 * LINE * text_size},
                **{"showarrow": False, "font": {"color": colours.muted, "size": text_size - 1}},
            },
        ],
    }
    return figure([scatter(x=x, y=y, mode="markers", marker=square, **hover)], layout)
