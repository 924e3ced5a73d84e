"""A ranked list with its uncertainty: a dot at each rank, and the interval of ranks."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.figures import scatter
from analysis.charts.palette import TEXT_SIZE, Theme, palette
from analysis.charts.rows import NARROW, Row, canvas, whiskers
from analysis.charts.text import plain
from analysis.i18n import Wording


def ranks(
    ranked: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    chosen: str | None,
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw one row per action in the order of ``ranked``, with the first rank at the left.

    ``ranked`` is the result of ``measures.theme_days.ranking``: action, rank, lower, upper, score, ballots, asked.
    ``labels`` names the actions, ``chosen`` has another colour; a click returns the action.
    """
    colours = palette(theme)
    rows = [
        Row(labels[row["action"]], aside=wording.integer(row["rank"]), strong=row["action"] == chosen)
        for row in ranked.to_dict("records")
    ]
    most = max(len(ranked), 2, int(ranked["upper"].max()), int(ranked["rank"].max()))
    drawing = canvas(
        rows,
        x_range=(0.5, most + 0.5),
        unit=wording.text("Rank and its 95% interval"),
        wording=wording,
        theme=theme,
        text_size=text_size,
        width=NARROW + 8,
        ends=(wording.text("← matters most"), wording.text("matters least →")),
    )
    for row, at in zip(ranked.to_dict("records"), drawing.at, strict=True):
        colour = colours.widened if row["action"] == chosen else colours.after
        drawing.traces.append(whiskers([(row["lower"], row["upper"], at)], colour, text_size))
        hover = wording.text(
            "Rank {rank} ({lower} to {upper}); named by {ballots} of {asked}",
            **{name: wording.integer(row[name]) for name in ("rank", "lower", "upper", "ballots", "asked")},
        )
        drawing.traces.append(
            scatter(
                x=[row["rank"]],
                y=[at],
                mode="markers",
                marker={"size": 0.9 * text_size, "color": colour},
                cliponaxis=False,
                customdata=[[row["action"]]],
                hovertext=[f"<b>{plain(labels[row['action']], NARROW)}</b><br>{hover}"],
                hovertemplate="%{hovertext}<extra></extra>",
            )
        )
    drawing.layout["xaxis"] |= {"tickvals": list(range(1, most + 1, 1 + most // 8))}
    return drawing.figure()
