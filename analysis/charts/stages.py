"""Path of each group: participants and completers per 100 invited, before and after."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from analysis.charts.figures import bar
from analysis.charts.palette import TEXT_SIZE, Theme, palette
from analysis.charts.phases import phase_title, phases_in
from analysis.charts.rows import LANE, LETTER, LINE, WIDE, Drawing, Row, canvas, key, whiskers
from analysis.charts.text import plain
from analysis.charts.values import Cell, cell
from analysis.i18n import Wording
from analysis.measures.result_frame import State
from analysis.model.terms import Phase, Stage

_STAGES = (Stage.PARTICIPATED, Stage.COMPLETED)
_FAINT = 0.35
"""Opacity of the bar of participants, relative to the bar of completers."""
NUMBERS_AFTER = 0.5
"""Distance of the numbers from the end of their bar, in text sizes."""

Cells = dict[tuple[str, str, str], Cell]
"""Cells by group, phase and stage."""


def stages(
    shares: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    wording: Wording,
    theme: Theme,
    reference: str,
    compared: str,
    text_size: int = TEXT_SIZE,
) -> go.Figure:
    """Draw two bars per group, before and after, from 0 to 100 invited: participants, and within them completers.

    Parameters
    ----------
    shares
        One row per group, phase and stage: ``group``; ``phase``, before or after (others are left out); ``stage``,
        participated or completed; ``numerator`` and ``n``, the invited, in citizens; ``estimate``, ``lower`` and
        ``upper`` as proportions of the invited; ``state``.
    labels
        Names of the groups by key, from top to bottom.
    reference, compared
        Keys of the two highlighted groups.
    """
    colours, phases = palette(theme), phases_in(shares)
    rows = [{str(name): value for name, value in row.items()} for row in shares.to_dict("records")]
    cells: Cells = {(str(row["group"]), str(row["phase"]), str(row["stage"])): cell(row, wording) for row in rows}
    tags = {reference: wording.text("reference group"), compared: wording.text("compared group")}
    accents = {reference: colours.reference}
    drawing = canvas(
        [_heading(group, label, tags, accents, cells, phases, wording) for group, label in labels.items()],
        x_range=(0, 100),
        unit=wording.text("Of 100 invited citizens"),
        wording=wording,
        theme=theme,
        text_size=text_size,
        width=WIDE,
    )
    for (group, label), top in zip(labels.items(), drawing.at, strict=True):
        for place, phase in enumerate(phases):
            both = {stage: cells.get((group, phase, stage), Cell()) for stage in _STAGES}
            own = {stage: one for stage, one in both.items() if one.estimate is not None}
            at = top + place * LANE * LINE * text_size
            _draw(drawing, group, label, phase, own, at, accents.get(group, colours.after), theme, text_size, wording)
    entries = [
        *[("square", colours.before, colours.background, phase_title(phase, wording)) for phase in phases[:-1]],
        ("square", colours.after, colours.after, phase_title(phases[-1], wording)),
        ("line", colours.muted, colours.muted, wording.text("95% interval")),
    ]
    key(drawing, entries, text_size)
    _make_room(drawing, text_size)
    return drawing.figure()


def _make_room(drawing: Drawing, text_size: int) -> None:
    """Widen the right margin so that the numbers of a bar of 100 are not cut off, also where the chart is narrow."""
    longest = max((len(note["text"]) for note in drawing.notes if note.get("xref", "x") == "x"), default=0)
    margin = drawing.layout["margin"]
    margin["r"] = max(margin["r"], (NUMBERS_AFTER + LETTER * longest) * text_size)


def _heading(
    group: str,
    label: str,
    tags: Mapping[str, str],
    accents: Mapping[str, str],
    cells: Cells,
    phases: Sequence[Phase],
    wording: Wording,
) -> Row:
    own = [cells.get((group, phase, stage), Cell()) for phase in phases for stage in _STAGES]
    notes = []
    if any(one.state is State.HIDDEN for one in own):
        notes.append(wording.text("Some hidden, the numbers are too small to show"))
    is_marked = any(one.estimate is not None for one in own)
    if not is_marked and not notes:
        notes.append(wording.text("Nobody, or too few to show"))
    return Row(
        label,
        tags.get(group, ""),
        notes=tuple(notes),
        marked=is_marked,
        lanes=len(phases),
        strong=group in tags,
        colour=accents.get(group),
    )


def _draw(
    drawing: Drawing,
    group: str,
    label: str,
    phase: Phase,
    own: Mapping[Stage, Cell],
    at: float,
    colour: str,
    theme: Theme,
    text_size: int,
    wording: Wording,
) -> None:
    """Draw one bar: participants pale, completers opaque; outlined before, filled after."""
    colours = palette(theme)
    is_after = phase is not Phase.BEFORE
    edge = colour if is_after else colours.before
    said = [f"<b>{plain(label, WIDE)}</b>", phase_title(phase, wording)]
    names = {Stage.PARTICIPATED: wording.text("took part"), Stage.COMPLETED: wording.text("completed")}
    for stage, one in own.items():
        said += [f"{names[stage]}: {wording.percent((one.estimate or 0.0) / 100)}", *one.details]
    for stage, one in own.items():
        is_last = stage is Stage.COMPLETED
        drawing.traces.append(
            bar(
                x=[one.estimate],
                y=[at],
                orientation="h",
                width=0.85 * text_size,
                marker={
                    "color": edge if is_after else colours.background,
                    "opacity": 1 if is_last or not is_after else _FAINT,
                    "line": {"color": edge, "width": 0.1 * text_size},
                },
                customdata=[[group]],
                hovertext=["<br>".join(said)],
                hovertemplate="%{hovertext}<extra></extra>",
                meta=str(phase),
            )
        )
    drawing.traces.append(
        whiskers([(*one.ends, at) for one in own.values() if one.ends], colours.ink if is_after else edge, text_size)
    )
    if own:
        numbers = " · ".join(wording.decimal(one.estimate or 0.0) for one in own.values())
        drawing.notes.append(
            {
                "text": numbers,
                "font": {"color": edge, "weight": 600 if is_after else 400},
                "showarrow": False,
                "x": max(one.ends[1] for one in own.values() if one.ends),
                "y": at,
                "xanchor": "left",
                "xshift": NUMBERS_AFTER * text_size,
                "yanchor": "middle",
                "bgcolor": colours.background,
                "borderpad": 0,
            }
        )
