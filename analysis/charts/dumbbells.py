"""Before and after in one row: a hollow ring, a filled dot, and a wedge that widens towards after."""

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.figures import scatter
from analysis.charts.palette import TEXT_SIZE, Theme, palette
from analysis.charts.phases import phase_title, phases_in
from analysis.charts.rows import NARROW, WIDE, Drawing, Row, canvas, key, percent_range, whiskers
from analysis.charts.text import plain
from analysis.charts.values import Cell, cell
from analysis.i18n import Wording
from analysis.measures.result_frame import State
from analysis.model.terms import Phase

_Phases = tuple[Phase, ...]
_Cells = dict[str, tuple[Cell, ...]]
"""Cells by row key, one per phase."""


def dumbbell(
    rates: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    wording: Wording,
    theme: Theme,
    reference: str,
    compared: str,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw the rate before and after in each group, in per cent of citizens from 0.

    Parameters
    ----------
    rates
        One row per group and phase: ``group``; ``phase``: before and after, or now; ``numerator`` and
        ``n`` in citizens; ``estimate``, ``lower`` and ``upper`` as proportions 0 to 1; ``state``, a ``State``.
    labels
        Names of the groups by key, from top to bottom.
    reference, compared
        Keys of the two highlighted groups, between which the gap is measured.
    text_size
        In pixels; larger on a stage.
    """
    phases = phases_in(rates)
    pairs = _cells(rates, "group", labels, phases, wording)
    colours = palette(theme)
    tags = {reference: wording.text("reference group"), compared: wording.text("compared group")}
    accents = {reference: colours.reference}
    nobody = wording.text("Nobody, or too few to show")
    rows = [
        Row(label, tags.get(name, ""), notes=notes, marked=marked, strong=name in tags, colour=accents.get(name))
        for name, label, notes, marked in _headings(pairs, phases, labels, wording, nobody)
    ]
    drawing = canvas(
        rows,
        x_range=percent_range([end for ends in _ends(pairs) for end in ends]),
        unit=wording.text("Per cent of citizens"),
        wording=wording,
        theme=theme,
        text_size=text_size,
        width=WIDE,
    )
    percent = partial(_percent, wording)
    _draw(drawing, pairs, phases, labels, wording, theme, text_size, accents, percent)
    return drawing.figure()


def gap_dumbbell(
    gaps: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    wording: Wording,
    theme: Theme,
    unit: str,
    ends: tuple[str, str] | None,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw the gap before and after in each municipality, offer or dimension, in percentage points around 0.

    Parameters
    ----------
    gaps
        One row per unit and phase: ``unit``; ``phase``: before and after, or now; ``estimate``, ``lower``
        and ``upper`` as differences of proportions −1 to 1, below 0 for a reversed gap; ``n`` in citizens; ``state``, a
        ``State``. If there is a column ``scale``, only ``absolute`` is drawn.
    labels
        Names of the units by key, from top to bottom.
    unit
        Text above the axis.
    ends
        Meaning of the left and the right of 0; None for a measure that cannot be below 0.
    text_size
        In pixels; larger on a stage.
    """
    if "scale" in gaps:
        gaps = gaps[gaps["scale"] == "absolute"]
    phases = phases_in(gaps)
    pairs = _cells(gaps, "unit", labels, phases, wording)
    lowest = min((ends[0] for ends in _ends(pairs)), default=0.0)
    highest = max((ends[1] for ends in _ends(pairs)), default=10.0)
    is_now = len(phases) == 1
    nothing = wording.text("Nothing to compare") if is_now else wording.text("Nothing to compare before and after")
    rows = [
        Row(label, notes=notes, marked=marked)
        for _, label, notes, marked in _headings(pairs, phases, labels, wording, nothing)
    ]
    drawing = canvas(
        rows,
        x_range=(-_round_up(max(0.0, -lowest)), _round_up(max(0.0, highest))),
        unit=unit,
        wording=wording,
        theme=theme,
        text_size=text_size,
        width=NARROW,
        zero=wording.text("no difference") if ends else "",
        ends=ends,
    )
    _draw(drawing, pairs, phases, labels, wording, theme, text_size, {}, partial(_points, wording))
    return drawing.figure()


def _percent(wording: Wording, value: float) -> str:
    return wording.percent(value / 100)


def _points(wording: Wording, value: float) -> str:
    return wording.points(value / 100)


def _cells(frame: pd.DataFrame, by: str, labels: Mapping[str, str], phases: _Phases, wording: Wording) -> _Cells:
    """Return the cells of each label, one per phase; empty if the frame has no such row."""
    found = {(str(row[by]), str(row["phase"])): row for row in frame.to_dict("records")}

    def at(name: str, phase: Phase) -> Cell:
        row = found.get((name, str(phase)))
        return Cell() if row is None else cell({str(column): value for column, value in row.items()}, wording)

    return {name: tuple(at(name, phase) for phase in phases) for name in labels}


def _ends(pairs: _Cells) -> list[tuple[float, float]]:
    return [one.ends for pair in pairs.values() for one in pair if one.ends]


def _headings(
    pairs: _Cells, phases: _Phases, labels: Mapping[str, str], wording: Wording, nothing: str
) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """Return key, label, notes and whether there is a mark, for each row; ``nothing`` is the note of an empty row."""
    return [
        (name, labels[name], _notes(pair, phases, wording, nothing), any(one.state is State.SHOWN for one in pair))
        for name, pair in pairs.items()
    ]


def _notes(pair: tuple[Cell, ...], phases: _Phases, wording: Wording, nothing: str) -> tuple[str, ...]:
    """State why a row lacks marks."""
    states = [one.state for one in pair]
    if len(set(states)) == 1:
        return {
            State.SHOWN: (),
            State.HIDDEN: (wording.text("Hidden, the numbers are too small to show"),),
            State.TOO_FEW: (
                wording.text("Not compared: in no offer with the compared groups")
                if len(phases) == 1
                else wording.text("Not compared: in no offer both before and after"),
            ),
        }.get(states[0], (nothing,))
    titles = {Phase.BEFORE: wording.text("Before"), Phase.AFTER: wording.text("After")}
    reasons = {
        State.HIDDEN: wording.text("hidden, the numbers are too small"),
        State.TOO_FEW: wording.text("not compared"),
    }
    other = wording.text("nobody, or too few to show")
    return tuple(
        f"{titles[phase]}: {reasons.get(state, other)}"
        for phase, state in zip(phases, states, strict=True)
        if state is not State.SHOWN
    )


def _draw(
    drawing: Drawing,
    pairs: _Cells,
    phases: _Phases,
    labels: Mapping[str, str],
    wording: Wording,
    theme: Theme,
    text_size: int,
    accents: Mapping[str, str],
    number: Callable[[float], str],
) -> None:
    """Draw wedges, intervals, marks and values, in this order from back to front, and the legend.

    The ring is larger than the dot, so that both are visible if they coincide. The ``legendgroup`` or ``name`` of each
    element is its phase, so that a presenter can show only before.
    """
    colours = palette(theme)
    last = len(phases) - 1
    strong = {name: accents.get(name, colours.after) for name in pairs}
    places = dict(zip(pairs, drawing.at, strict=True))

    for name, pair in pairs.items():
        ends_of_change = [one.estimate for one in pair if one.estimate is not None]
        if len(ends_of_change) > 1:
            before, after = ends_of_change
            drawing.traces.append(_wedge(before, after, places[name], text_size, strong[name]))
    for index in reversed(range(len(phases))):
        is_last = index == last
        for colour in dict.fromkeys(strong.values() if is_last else [colours.before]):
            ends = [
                (*found, places[name])
                for name, pair in pairs.items()
                if (found := pair[index].ends) and (not is_last or strong[name] == colour)
            ]
            drawing.traces.append(whiskers(ends, colour, text_size).update(legendgroup=str(phases[index])))

    for index, phase in enumerate(phases):
        is_last = index == last
        shown = {name: pair[index] for name, pair in pairs.items() if pair[index].estimate is not None}
        edge = [strong[name] if is_last else colours.before for name in shown]
        marker = {
            "size": (0.75 if is_last else 1.05) * text_size,
            "color": edge if is_last else colours.background,
            "line": {"color": edge if is_last else colours.before, "width": 0.18 * text_size},
        }
        title = phase_title(phase, wording)
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
                    "<br>".join(
                        (
                            f"<b>{plain(labels[name], WIDE)}</b>",
                            f"{title}: {number(one.estimate or 0.0)}",
                            *one.details,
                        )
                    )
                    for name, one in shown.items()
                ],
                hovertemplate="%{hovertext}<extra></extra>",
                meta=str(phase),
                legendgroup=str(phase),
            )
        )

    for name, pair in pairs.items():
        drawing.notes += _values(
            pair, phases, places[name], (colours.before, strong[name]), colours.background, text_size, wording
        )
    entries = [
        *[("circle", colours.before, colours.background, phase_title(phase, wording)) for phase in phases[:-1]],
        ("circle", colours.after, colours.after, phase_title(phases[-1], wording)),
        ("line", colours.before, colours.before, wording.text("95% interval")),
    ]
    key(drawing, entries, text_size)


def _wedge(before: float, after: float, at: float, text_size: int, colour: str) -> go.Scatter:
    """Draw the change from before to after, thin at its start and thick at its end."""
    thin, thick = 0.05 * text_size, 0.34 * text_size
    return scatter(
        x=[before, after, after, before],
        y=[at - thin, at - thick, at + thick, at + thin],
        mode="lines",
        fill="toself",
        fillcolor=colour,
        opacity=0.3,
        line={"width": 0},
        hoverinfo="skip",
        legendgroup=str(Phase.AFTER),
    )


def _values(
    pair: tuple[Cell, ...],
    phases: _Phases,
    at: float,
    colours: tuple[str, str],
    background: str,
    text_size: int,
    wording: Wording,
) -> Iterator[dict[str, Any]]:
    """Place the values outside both intervals: the smaller left, the larger right; a single value right."""
    shown = [(one.estimate, index) for index, one in enumerate(pair) if one.estimate is not None]
    ends = [one.ends for one in pair if one.ends]
    for estimate, index in shown:
        is_last = index == len(phases) - 1
        left = len(shown) > 1 and (estimate, index) == min(shown)
        yield {
            "text": wording.decimal(estimate),
            "name": str(phases[index]),
            "font": {"color": colours[is_last], "weight": 600 if is_last else 400},
            "bgcolor": background,
            "borderpad": 0,
            "showarrow": False,
            "x": min(low for low, _ in ends) if left else max(high for _, high in ends),
            "y": at,
            "xanchor": "right" if left else "left",
            "xshift": (-0.4 if left else 0.4) * text_size,
            "yanchor": "middle",
        }


def _round_up(value: float) -> float:
    """Round up to the next multiple of ten."""
    return 10.0 * math.ceil(value / 10)
