"""Number of citizens of each group who reached the stage, and the additional number if the gap were closed."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.figures import bar
from analysis.charts.palette import TEXT_SIZE, Theme, palette
from analysis.charts.rows import WIDE, Row, canvas, key
from analysis.charts.text import plain
from analysis.i18n import Wording
from analysis.measures.result_frame import State


def more_citizens(
    groups: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw one bar per group from 0: citizens who reached the stage filled, additional citizens outlined.

    ``groups`` has one row per group: ``group``; ``reached``; ``estimate``, the additional citizens, not drawn below 0;
    ``state``. ``labels`` names the groups by key, from top to bottom.
    """
    colours = palette(theme)
    found = {str(row["group"]): row for row in groups.to_dict("records")}
    shown = {name: row for name, row in found.items() if name in labels and row["state"] == State.SHOWN}
    hidden = wording.text("Hidden, the numbers are too small to show")
    nobody = wording.text("Nobody, or too few to show")
    rows = [
        Row(
            label,
            notes=() if name in shown else (hidden if _is_hidden(found.get(name)) else nobody,),
            marked=name in shown,
        )
        for name, label in labels.items()
    ]
    more = {name: max(0.0, float(row["estimate"])) for name, row in shown.items()}
    longest = max((int(row["reached"]) + more[name] for name, row in shown.items()), default=1.0)
    drawing = canvas(
        rows,
        x_range=(0, 1.3 * longest),
        unit=wording.text("Citizens"),
        wording=wording,
        theme=theme,
        text_size=text_size,
        width=WIDE,
    )
    places = dict(zip(labels, drawing.at, strict=True))
    for name, row in shown.items():
        reached = int(row["reached"])
        hover = wording.text(
            "{reached} reached the stage; {more} more",
            reached=wording.integer(reached),
            more=wording.decimal(more[name], 0),
        )
        parts = ((0.0, float(reached), colours.after), (float(reached), more[name], colours.background))
        for start, length, fill in parts:
            drawing.traces.append(
                bar(
                    x=[length],
                    y=[places[name]],
                    base=[start],
                    orientation="h",
                    width=text_size,
                    marker={"color": fill, "line": {"color": colours.after, "width": 0.12 * text_size}},
                    customdata=[[name]],
                    hovertext=[f"<b>{plain(labels[name], WIDE)}</b><br>{hover}"],
                    hovertemplate="%{hovertext}<extra></extra>",
                )
            )
        drawing.notes.append(
            {
                "text": f"{wording.integer(reached)}  <b>+{wording.decimal(more[name], 0)}</b>",
                "font": {"color": colours.ink},
                "showarrow": False,
                "x": reached + more[name],
                "y": places[name],
                "xanchor": "left",
                "xshift": 0.5 * text_size,
                "yanchor": "middle",
            }
        )
    entries = [
        ("square", colours.after, colours.after, wording.text("Reached the stage")),
        ("square", colours.after, colours.background, wording.text("Would besides")),
    ]
    key(drawing, entries, text_size)
    return drawing.figure()


def _is_hidden(row: Mapping[str, object] | None) -> bool:
    return row is not None and row["state"] == State.HIDDEN
