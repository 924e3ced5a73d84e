"""How the gap changed in each unit, with its interval: where the gap fell lies to the left of the line."""

import math
from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.cells import Cell, cell
from analysis.charts.palette import TEXT_SIZE, Theme, palette
from analysis.charts.rows import NARROW, Row, canvas, key, whiskers
from analysis.charts.text import plain
from analysis.measures.frame import State
from analysis.model import Direction
from analysis.wording import Wording

_SYMBOLS = {
    Direction.NARROWED: "triangle-down",
    Direction.WIDENED: "triangle-up",
    Direction.TURNED: "square",
    Direction.UNCLEAR: "diamond",
}


def change_forest(
    changes: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """The change in gap in each unit, in percentage points around a line at no change.

    ``changes`` has a row a unit: ``unit``; ``before`` and ``after``, the two gaps, and ``estimate``, ``lower`` and
    ``upper`` of the change, as differences of proportions; ``n`` in citizens; ``state``, a ``State``; ``direction``, a
    ``Direction``. ``labels`` names the units by their keys in the order from top to bottom. ``text_size`` is in pixels:
    more of it for a stage.
    """
    colours = palette(theme)
    found = {str(row["unit"]): {str(name): value for name, value in row.items()} for row in changes.to_dict("records")}
    cells = {name: cell(found[name], wording) if name in found else Cell() for name in labels}
    shades = {
        Direction.NARROWED: colours.narrowed,
        Direction.WIDENED: colours.widened,
        Direction.TURNED: colours.ink,
        Direction.UNCLEAR: colours.unclear,
    }
    ways = {name: row["direction"] for name, row in found.items()}
    reach = max((abs(end) for one in cells.values() if one.ends for end in one.ends), default=10.0)
    limit = 5.0 * math.ceil(max(reach, 5.0) / 5)
    rows = [
        Row(
            labels[name],
            aside=_value(one, wording),
            notes=_notes(one, wording),
            marked=one.estimate is not None,
            colour=colours.ink,
        )
        for name, one in cells.items()
    ]
    drawing = canvas(
        rows,
        x_range=(-limit, limit),
        unit=wording.text("Change in gap, percentage points"),
        wording=wording,
        theme=theme,
        text_size=text_size,
        width=NARROW,
        zero=wording.text("no change"),
        ends=(wording.text("← the gap falls"), wording.text("the gap rises →")),
    )
    places = dict(zip(cells, drawing.at, strict=True))
    titles = {
        Direction.NARROWED: wording.text("narrower"),
        Direction.WIDENED: wording.text("wider"),
        Direction.TURNED: wording.text("turned"),
        Direction.UNCLEAR: wording.text("cannot tell"),
    }
    entries = []
    for way, title in titles.items():
        shown = {name: one for name, one in cells.items() if one.estimate is not None and ways[name] == way}
        ends = [(*one.ends, places[name]) for name, one in shown.items() if one.ends]
        fill = colours.background if way is Direction.UNCLEAR else shades[way]
        marker = {
            "symbol": _SYMBOLS[way],
            "size": text_size if way is not Direction.UNCLEAR else 0.85 * text_size,
            "color": fill,
            "line": {"color": shades[way], "width": 0.15 * text_size},
        }
        drawing.traces.append(whiskers(ends, shades[way], text_size))
        drawing.traces.append(
            go.Scatter(
                x=[one.estimate for one in shown.values()],
                y=[places[name] for name in shown],
                mode="markers",
                name=title,
                marker=marker,
                cliponaxis=False,
                hovertext=[_told(labels[name], found[name], one, wording) for name, one in shown.items()],
                hovertemplate="%{hovertext}<extra></extra>",
                meta=way.value,
            )
        )
        if shown or way is not Direction.TURNED:  # It is rare, and a telephone has no room for a word too many.
            entries.append((_SYMBOLS[way], shades[way], fill, title))
    key(drawing, entries, text_size)
    return drawing.figure()


def _value(one: Cell, wording: Wording) -> str:
    if one.estimate is None:
        return ""
    if one.lower is None or one.upper is None:
        return wording.signed(one.estimate)
    return f"{wording.signed(one.estimate)} [{wording.decimal(one.lower)}; {wording.decimal(one.upper)}]"


def _notes(one: Cell, wording: Wording) -> tuple[str, ...]:
    if one.state is State.SHOWN:
        return ()
    if one.state is State.HIDDEN:
        return (wording.text("Hidden, the numbers are too small to show"),)
    return (wording.text("Nothing to compare before and after"),)


def _told(label: str, row: Mapping[str, float], one: Cell, wording: Wording) -> str:
    """What the pointer tells at a mark."""
    gaps = wording.text(
        "Gap before {before}, after {after}", before=wording.points(row["before"]), after=wording.points(row["after"])
    )
    change = wording.text("Change {change} percentage points", change=wording.signed(one.estimate or 0.0))
    return "<br>".join((f"<b>{plain(label, 38)}</b>", gaps, change, *one.details))
