"""Ternary plot: three shares that add up to one are a point in a triangle, nearer to a corner the larger its share."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.figures import figure, scatter_ternary
from analysis.charts.palette import TEXT_SIZE, Theme, palette, template
from analysis.charts.rows import LINE, Drawing, key
from analysis.charts.text import plain
from analysis.i18n import Wording


def ternary(
    shares: pd.DataFrame,
    *,
    corners: Mapping[str, str],
    phases: Mapping[str, str],
    marked: str | None,
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw one point per municipality and phase.

    Parameters
    ----------
    shares
        ``municipality``; ``asked``; the columns named by ``corners``, as proportions that add up to 1; ``leading``.
    corners
        Names of the shares: top, lower left, lower right.
    phases
        Names of the values of ``asked``; the first is drawn as hollow rings, the last filled.
    marked
        Municipality drawn larger, with its name and its movement.

    A click returns the leading corner and the municipality.
    """
    colours = palette(theme)
    top, left, right = corners
    traces = []
    for asked, name in phases.items():
        is_last = asked == list(phases)[-1]
        some = shares[shares["asked"] == asked]
        own = some["municipality"] == marked
        edge = colours.after if is_last else colours.before
        traces.append(
            scatter_ternary(
                a=some[top],
                b=some[left],
                c=some[right],
                mode="markers",
                cliponaxis=False,
                marker={
                    "size": [(1.3 if one else 0.65) * text_size for one in own],
                    "opacity": [1 if one or marked is None else 0.45 for one in own],
                    "color": [
                        colours.widened if one and is_last else edge if is_last else colours.background for one in own
                    ],
                    "line": {"color": [colours.widened if one else edge for one in own], "width": 0.13 * text_size},
                },
                customdata=some[["leading", "municipality"]].fillna("").to_numpy(),
                hovertext=[_hover_text(row, corners, name, wording) for row in some.to_dict("records")],
                hovertemplate="%{hovertext}<extra></extra>",
                name=name,
            )
        )
    own_way = shares[shares["municipality"] == marked]
    traces.append(_movement_trace(own_way, corners, phases, colours.widened, text_size))
    ticks = {"tickvals": [0.25, 0.5, 0.75], "ticktext": ["25", "50", "75"], "tickfont": {"color": colours.muted}}
    axis = {"min": 0, "gridcolor": colours.line, "linecolor": colours.muted, **ticks}
    bold = {"color": colours.ink, "size": text_size, "weight": 600}
    sides = zip(("aaxis", "baxis", "caxis"), corners.values(), strict=True)
    axes = {side: axis | {"title": {"text": plain(name), "font": bold}} for side, name in sides}
    layout = {
        "template": template(theme, text_size),
        "height": round(35 * text_size),
        "margin": {
            "l": 4 * text_size,
            "r": 4 * text_size,
            "t": 3.6 * LINE * text_size,
            "b": 3.4 * LINE * text_size,
            "autoexpand": False,
        },
        "ternary": {**axes, "bgcolor": "rgba(0,0,0,0)", "sum": 1},
    }
    first, last = phases.values()
    entries = [("circle", colours.before, colours.background, first), ("circle", colours.after, colours.after, last)]
    drawing = Drawing([], layout, [], [])
    key(drawing, entries, text_size)
    return figure(traces, layout | {"annotations": drawing.notes, "shapes": drawing.shapes})


def _hover_text(row: Mapping[str, object], corners: Mapping[str, str], phase: str, wording: Wording) -> str:
    lines = [f"{plain(name)}: {wording.percent(float(str(row[key])), digits=0)}" for key, name in corners.items()]
    return "<br>".join([f"<b>{plain(str(row['municipality']))}</b>", plain(phase), *lines])


def _movement_trace(
    own: pd.DataFrame, corners: Mapping[str, str], phases: Mapping[str, str], colour: str, text_size: int
) -> go.Scatterternary:
    """Draw the movement of one municipality, from the first phase to the last."""
    ordered = own.sort_values("asked", key=lambda asked: asked.map(list(phases).index))
    top, left, right = (ordered[key] for key in corners)
    names = ["" for _ in range(len(ordered) - 1)] + [plain(str(name)) for name in ordered["municipality"][-1:]]
    return scatter_ternary(
        a=top,
        b=left,
        c=right,
        mode="lines+text",
        text=names,
        textposition="top center",
        textfont={"color": colour, "weight": 600},
        line={"color": colour, "width": 0.12 * text_size},
        hoverinfo="skip",
        cliponaxis=False,
    )
