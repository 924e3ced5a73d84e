"""Forest plot: the change in the answer of each unit, with its interval, and the pooled change."""

import math
from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.figures import scatter
from analysis.charts.palette import TEXT_SIZE, Palette, Theme, palette
from analysis.charts.rows import NARROW, WIDE, Drawing, Row, canvas, key, whiskers
from analysis.charts.text import plain
from analysis.charts.values import Cell, cell
from analysis.i18n import Wording
from analysis.i18n.answers import printed_estimate
from analysis.measures.result_frame import State
from analysis.model.terms import Direction

_SYMBOLS = {
    Direction.NARROWED: "triangle-down",
    Direction.FELL: "triangle-down",
    Direction.WIDENED: "triangle-up",
    Direction.ROSE: "triangle-up",
    Direction.CLOSED: "circle",
    Direction.TURNED: "square",
    Direction.LEVELLED_DOWN: "triangle-down",
    Direction.UNCLEAR: "diamond",
}
RARE = (Direction.CLOSED, Direction.TURNED, Direction.LEVELLED_DOWN)
"""Directions that the key names only if there are any: a phone has no room for all words."""
"""Symbol of the direction of a change; its colour shows whether that is an improvement."""

Way = Literal["gap", "rate"]
TOGETHER = ""
"""Key of the last row, the pooled change of all units."""


def change_forest(
    changes: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    wording: Wording,
    theme: Theme,
    unit: str,
    ends: tuple[str, str],
    of: Way = "gap",
    pooled: Mapping[str, Any] | None = None,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw the change in each unit, in percentage points around 0.

    Parameters
    ----------
    changes
        One row per unit: ``unit``; ``before`` and ``after``, and ``estimate``, ``lower`` and ``upper`` of the change,
        as differences of proportions; ``n`` in citizens; ``state``, a ``State``; ``direction``, a ``Direction``.
    labels
        Names of the units by key, from top to bottom.
    unit
        Text above the axis.
    ends
        Meaning of the left and the right of 0.
    of
        ``gap`` if a fall is an improvement, ``rate`` if a rise is.
    pooled
        A row of ``measures.pooling.pooled``: drawn as a diamond in a last row, with a line for the prediction interval.
    text_size
        In pixels; larger on a stage.
    """
    colours = palette(theme)
    found = {str(row["unit"]): {str(name): value for name, value in row.items()} for row in changes.to_dict("records")}
    cells = {name: cell(found[name], wording) if name in found else Cell() for name in labels}
    printed = {name: printed_estimate(found[name]) for name, one in cells.items() if one.estimate is not None}
    together = pooled if pooled is not None and pooled["state"] == State.SHOWN else None
    rows = [
        Row(
            labels[name],
            aside=_value(one, printed.get(name), wording),
            notes=_notes(one, wording),
            marked=one.estimate is not None,
            colour=colours.ink,
        )
        for name, one in cells.items()
    ]
    if together is not None:
        rows.append(_together_row(together, wording, colours))
    limit = _limit(cells, together)
    drawing = canvas(
        rows,
        x_range=(-limit, limit),
        unit=unit,
        wording=wording,
        theme=theme,
        text_size=text_size,
        width=NARROW,
        zero=wording.text("no change"),
        ends=ends,
    )
    places = dict(zip([*cells, TOGETHER], drawing.at, strict=False))
    ways = {name: row["direction"] for name, row in found.items()}
    entries = []
    for way, (title, colour) in _ways(of, colours, wording).items():
        shown = {name: one for name, one in cells.items() if one.estimate is not None and ways[name] == way}
        fill = colours.background if way in (Direction.UNCLEAR, Direction.LEVELLED_DOWN) else colour
        drawing.traces.append(
            whiskers([(*one.ends, places[name]) for name, one in shown.items() if one.ends], colour, text_size)
        )
        marker = {
            "symbol": _SYMBOLS[way],
            "size": text_size if way is not Direction.UNCLEAR else 0.85 * text_size,
            "color": fill,
            "line": {"color": colour, "width": 0.15 * text_size},
        }
        drawing.traces.append(
            scatter(
                x=[one.estimate for one in shown.values()],
                y=[places[name] for name in shown],
                mode="markers",
                name=title,
                marker=marker,
                cliponaxis=False,
                customdata=[[name] for name in shown],
                hovertext=[
                    _hover_text(labels[name], found[name], printed[name], one, wording) for name, one in shown.items()
                ],
                hovertemplate="%{hovertext}<extra></extra>",
                meta=way.value,
            )
        )
        if shown or way not in RARE:
            entries.append((_SYMBOLS[way], colour, fill, title))
    if together is not None:
        _draw_together(drawing, together, places[TOGETHER], colours, text_size)
    key(drawing, entries, text_size)
    return drawing.figure()


def pooled_forest(
    pooled: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    wording: Wording,
    theme: Theme,
    unit: str,
    ends: tuple[str, str],
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw the pooled change of each kind as a diamond on the line of its prediction interval, around 0.

    Parameters
    ----------
    pooled
        Rows of ``measures.pooling.pooled`` with the column ``unit``. Other parameters as ``change_forest``.
    """
    colours = palette(theme)
    found = {str(row["unit"]): {str(name): value for name, value in row.items()} for row in pooled.to_dict("records")}
    rows = [_together_row(found[name], wording, colours, labels[name]) for name in labels]
    limit = max(_limit({}, row) for row in found.values())
    drawing = canvas(
        rows,
        x_range=(-limit, limit),
        unit=unit,
        wording=wording,
        theme=theme,
        text_size=text_size,
        width=NARROW,
        zero=wording.text("no change"),
        ends=ends,
    )
    for name, at in zip(labels, drawing.at, strict=False):
        _draw_together(drawing, found[name], at, colours, text_size)
    return drawing.figure()


def _ways(of: Way, colours: Palette, wording: Wording) -> dict[Direction, tuple[str, str]]:
    """Return the word and the colour of each direction of a change."""
    unclear = {Direction.UNCLEAR: (wording.text("cannot tell"), colours.unclear)}
    if of == "rate":
        return {
            Direction.ROSE: (wording.text("higher"), colours.narrowed),
            Direction.FELL: (wording.text("lower"), colours.widened),
        } | unclear
    return {
        Direction.NARROWED: (wording.text("narrower"), colours.narrowed),
        Direction.CLOSED: (wording.text("closed"), colours.narrowed),
        Direction.WIDENED: (wording.text("wider"), colours.widened),
        Direction.TURNED: (wording.text("turned"), colours.ink),
        Direction.LEVELLED_DOWN: (wording.text("levelled down"), colours.ink),
    } | unclear


def _limit(cells: Mapping[str, Cell], together: Mapping[str, Any] | None) -> float:
    """Return the axis limit on either side of 0."""
    far = [abs(end) for one in cells.values() if one.ends for end in one.ends]
    if together is not None:
        far += [100 * abs(together[name]) for name in ("lower", "upper")]
    return 5.0 * math.ceil(max([*far, 5.0]) / 5)


def _together_row(together: Mapping[str, Any], wording: Wording, colours: Palette, kind: str = "") -> Row:
    """Return the row of a pooled change, named by its number of offers; a kind has its name before it."""
    whole = Cell(State.SHOWN, *(100 * together[name] for name in ("estimate", "lower", "upper")))
    notes = []
    if not pd.isna(together["prediction_lower"]):
        between = {name: wording.decimal(100 * together[f"prediction_{name}"]) for name in ("lower", "upper")}
        notes.append(wording.text("One more may land at {lower} to {upper}", **between))
    heading = wording.texts("{count} offer together", "{count} offers together", int(together["offers"]))
    if kind:
        notes.insert(0, heading)
        heading = kind
    return Row(heading, aside=_value(whole, whole.estimate, wording), notes=tuple(notes), colour=colours.ink)


def _draw_together(drawing: Drawing, together: Mapping[str, Any], at: float, colours: Palette, text_size: int) -> None:
    """Draw a diamond as wide as the interval, on the line of the prediction interval."""
    middle, low, high = (100 * together[name] for name in ("estimate", "lower", "upper"))
    half = 0.5 * text_size
    if not pd.isna(together["prediction_lower"]):
        limit = float(drawing.layout["xaxis"]["range"][1])
        ends = [100 * together[f"prediction_{name}"] for name in ("lower", "upper")]
        drawing.traces.append(
            scatter(
                x=[min(max(end, -limit), limit) for end in ends],
                y=[at, at],
                mode="lines",
                line={"color": colours.muted, "width": 0.12 * text_size, "dash": "dot"},
                hoverinfo="skip",
            )
        )
    drawing.traces.append(
        scatter(
            x=[low, middle, high, middle],
            y=[at, at - half, at, at + half],
            mode="lines",
            fill="toself",
            fillcolor=colours.ink,
            line={"color": colours.ink, "width": 1},
            hoverinfo="skip",
        )
    )


def _value(one: Cell, printed: float | None, wording: Wording) -> str:
    """Return the printed estimate with its interval."""
    if printed is None:
        return ""
    if one.lower is None or one.upper is None:
        return wording.signed(printed)
    return f"{wording.signed(printed)} [{wording.decimal(one.lower)}; {wording.decimal(one.upper)}]"


def _notes(one: Cell, wording: Wording) -> tuple[str, ...]:
    if one.state is State.SHOWN:
        return ()
    if one.state is State.HIDDEN:
        return (wording.text("Hidden, the numbers are too small to show"),)
    return (wording.text("Nothing to compare before and after"),)


def _hover_text(label: str, row: Mapping[str, float], printed: float, one: Cell, wording: Wording) -> str:
    """Return the hover text of a mark."""
    levels = wording.text(
        "Before {before}, after {after}",
        before=wording.decimal(100 * row["before"]),
        after=wording.decimal(100 * row["after"]),
    )
    change = wording.text("Change {change} percentage points", change=wording.signed(printed))
    return "<br>".join((f"<b>{plain(label, WIDE)}</b>", levels, change, *one.details))
