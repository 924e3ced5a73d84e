"""Equiplot: each group of a dimension is a dot on one line, before above after, to show the distances."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.figures import scatter
from analysis.charts.palette import TEXT_SIZE, Theme, palette
from analysis.charts.phases import phase_title, phases_in
from analysis.charts.rows import LANE, LINE, WIDE, Drawing, Row, canvas, key, percent_range
from analysis.charts.text import plain
from analysis.charts.values import Cell, cell
from analysis.i18n import Wording
from analysis.measures.result_frame import State
from analysis.model.terms import Phase

Cells = dict[tuple[str, str, str], Cell]
"""Cells by row, phase and group."""


def equiplot(
    rates: pd.DataFrame,
    *,
    rows: Mapping[str, str],
    groups: Mapping[str, Mapping[str, str]],
    roles: Mapping[str, tuple[str, str]],
    wording: Wording,
    theme: Theme,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw the rate of each group before and after, one row per dimension, in per cent of citizens.

    Parameters
    ----------
    rates
        One row per dimension, group and phase: ``row``, ``group``, ``phase``, before or after (others are left out);
        ``numerator`` and ``n`` in citizens; ``estimate``, ``lower`` and ``upper`` as proportions; ``state``. The hover
        text shows the intervals.
    rows
        Names of the rows by key, from top to bottom.
    groups
        Names of the groups of each row.
    roles
        Keys of the highlighted compared and reference group of each row.
    """
    colours = palette(theme)
    cells, phases = _cells(rates, wording), phases_in(rates)
    headings = [_heading(name, label, groups[name], cells, phases, wording) for name, label in rows.items()]
    values = [one.estimate for one in cells.values() if one.estimate is not None]
    drawing = canvas(
        headings,
        x_range=percent_range(values),
        unit=wording.text("Per cent of citizens"),
        wording=wording,
        theme=theme,
        text_size=text_size,
        width=WIDE,
    )
    lane = LANE * LINE * text_size
    for (name, _), top in zip(rows.items(), drawing.at, strict=True):
        compared, reference = roles[name]
        shades = {compared: colours.widened, reference: colours.reference}
        for place, phase in enumerate(phases):
            shown = {
                group: cells[name, phase, group]
                for group in groups[name]
                if (name, phase, group) in cells and cells[name, phase, group].estimate is not None
            }
            if shown:
                _draw_lane(
                    drawing, name, phase, shown, groups[name], shades, top + place * lane, theme, text_size, wording
                )
    entries = [
        *[("circle", colours.before, colours.background, phase_title(phase, wording)) for phase in phases[:-1]],
        ("circle", colours.after, colours.after, phase_title(phases[-1], wording)),
        ("circle", colours.widened, colours.widened, wording.text("compared")),
        ("circle", colours.reference, colours.reference, wording.text("reference")),
    ]
    key(drawing, entries, text_size)
    return drawing.figure()


def _cells(rates: pd.DataFrame, wording: Wording) -> Cells:
    return {
        (str(row["row"]), str(row["phase"]), str(row["group"])): cell(
            {str(key): one for key, one in row.items()}, wording
        )
        for row in rates.to_dict("records")
    }


def _heading(
    name: str, label: str, groups: Mapping[str, str], cells: Cells, phases: Sequence[Phase], wording: Wording
) -> Row:
    """Return the row's label, the groups at its ends in the last phase, and the number of hidden groups."""
    last = {group: one for group in groups if (one := cells.get((name, phases[-1], group))) is not None}
    shown = {group: one.estimate for group, one in last.items() if one.estimate is not None}
    notes: list[str] = []
    if len(shown) > 1:
        low, high = min(shown, key=shown.__getitem__), max(shown, key=shown.__getitem__)
        ends = {"lowest": plain(groups[low]), "highest": plain(groups[high])}
        notes += [
            wording.text("After, lowest: {lowest}", lowest=ends["lowest"]),
            wording.text("After, highest: {highest}", highest=ends["highest"]),
        ]
        if phases[-1] is Phase.NOW:
            notes = [
                wording.text("Lowest: {lowest}", lowest=ends["lowest"]),
                wording.text("Highest: {highest}", highest=ends["highest"]),
            ]
    hidden = {group for group in groups for phase in phases if _is_hidden(cells.get((name, phase, group)))}
    if hidden:
        notes.append(wording.texts("{count} group hidden: too small", "{count} groups hidden: too small", len(hidden)))
    is_marked = any(
        cells.get((name, phase, group), Cell()).estimate is not None for phase in phases for group in groups
    )
    if not is_marked and not hidden:
        notes.append(wording.text("Nobody, or too few to show"))
    return Row(label, notes=tuple(notes), marked=is_marked, lanes=len(phases))


def _is_hidden(one: Cell | None) -> bool:
    return one is not None and one.state is State.HIDDEN


def _draw_lane(
    drawing: Drawing,
    name: str,
    phase: Phase,
    shown: Mapping[str, Cell],
    labels: Mapping[str, str],
    shades: Mapping[str, str],
    at: float,
    theme: Theme,
    text_size: int,
    wording: Wording,
) -> None:
    """Draw the range of the groups, a dot for each, and the values at both ends."""
    colours = palette(theme)
    is_after = phase is not Phase.BEFORE
    values = [one.estimate for one in shown.values() if one.estimate is not None]
    low, high = min(values), max(values)
    line = {"color": colours.line, "width": 0.3 * text_size}
    drawing.traces.append(scatter(x=[low, high], y=[at, at], mode="lines", line=line, hoverinfo="skip"))
    edges = [shades.get(group, colours.after if is_after else colours.before) for group in shown]
    drawing.traces.append(
        scatter(
            x=values,
            y=[at] * len(values),
            mode="markers",
            marker={
                "size": 0.8 * text_size,
                "color": edges if is_after else colours.background,
                "line": {"color": edges, "width": 0.15 * text_size},
            },
            cliponaxis=False,
            customdata=[[name, group] for group in shown],
            hovertext=[_hover_text(labels[group], phase, one, wording) for group, one in shown.items()],
            hovertemplate="%{hovertext}<extra></extra>",
            meta=str(phase),
        )
    )
    colour = colours.ink if is_after else colours.before
    for value, anchor, shift in ((low, "right", -0.7), (high, "left", 0.7)):
        if value == low == high and anchor == "right":
            continue
        drawing.notes.append(_value(value, at, anchor, shift * text_size, colour, is_after, wording))


def _value(
    value: float, at: float, anchor: str, shift: float, colour: str, is_strong: bool, wording: Wording
) -> dict[str, Any]:
    font = {"color": colour, "weight": 600 if is_strong else 400}
    place = {"x": value, "y": at, "xanchor": anchor, "xshift": shift, "yanchor": "middle", "showarrow": False}
    return place | {"text": wording.decimal(value), "font": font, "borderpad": 0}


def _hover_text(label: str, phase: Phase, one: Cell, wording: Wording) -> str:
    name = phase_title(phase, wording)
    value = wording.percent((one.estimate or 0.0) / 100)
    return "<br>".join((f"<b>{plain(label, WIDE)}</b>", f"{name}: {value}", *one.details))
