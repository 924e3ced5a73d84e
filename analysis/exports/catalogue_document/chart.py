"""A small chart of an offer over time: a line for each compared group, the adjustment and its test rounds."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

import pandas as pd

from analysis.charts.palette import palette
from analysis.charts.timeline import rate_range
from analysis.exhibits.adjustments.adjustment import Adjustment
from analysis.exhibits.drawn_periods import strong_lines
from analysis.exhibits.gap_data import GapData
from analysis.exports.catalogue_document.blocks import Picture, shown
from analysis.exports.catalogue_document.drawing import Dot, Drawing, Line, Mark, Place, Text
from analysis.i18n.sentences import rate_name

WIDTH, HEIGHT = 640, 180
LEFT, RIGHT, TOP, BOTTOM = 34, 626, 50, 156
"""Edges of the plot."""
SIDE = 1.5
"""Half the distance of two intervals in the same period."""
LONGEST_NAME = 40
_COLOURS = palette("light")


class Point(NamedTuple):
    """A period of a line, in per cent; ``is_open`` where courses are not finished."""

    day: pd.Timestamp
    label: str
    value: float
    lower: float
    upper: float
    is_open: bool


class Scale(NamedTuple):
    """From days and per cent to places in the drawing."""

    first: pd.Timestamp
    last: pd.Timestamp
    low: float
    high: float

    def x(self, day: pd.Timestamp) -> float:
        return LEFT + (RIGHT - LEFT) * ((day - self.first) / (self.last - self.first))

    def y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (value - self.low) / (self.high - self.low)


def small_chart(view: GapData, rates: pd.DataFrame, made: Adjustment) -> Picture | None:
    """Return the chart of the offer of an adjustment; None if no period is shown.

    ``rates`` are those of the offer in ``per_offer.quarterly_rates_per_offer``.
    """
    names = {key: label for key, label in view.labels().items() if key in strong_lines(view)}
    lines = {key: _points(view, rates, key) for key in strong_lines(view) if key in names}
    values = [value for line in lines.values() for one in line if one for value in (one.value, one.lower, one.upper)]
    if not values:
        return None
    scale = Scale(pd.Timestamp(rates["period"].min()), pd.Timestamp(rates["until"].max()), *rate_range(values))
    marks: list[Mark] = [*_axes(view, scale), *_days(made, scale)]
    left = float(LEFT)
    for place, (key, colour) in enumerate(zip(lines, (_COLOURS.after, _COLOURS.reference), strict=False)):
        marks += _line(lines[key], scale, colour, (2 * place - 1) * SIDE)
        name = shown(names[key])[:LONGEST_NAME]
        marks += [Line(((left, 12), (left + 16, 12)), colour, 2.2), Dot((left + 8, 12), 2.4, colour)]
        marks.append(Text((left + 22, 16), name, _COLOURS.ink))
        left += 50 + 6.2 * len(name)
    return Picture(Drawing(WIDTH, HEIGHT, tuple(marks)), _alt(view, lines, names))


def _points(view: GapData, rates: pd.DataFrame, key: str) -> list[Point | None]:
    """Return the periods of a line in order; None for one that is not shown."""
    found: list[Point | None] = []
    for row in rates[rates["line"] == key].sort_values("period").to_dict("records"):
        if pd.isna(row["estimate"]):
            found.append(None)
            continue
        middle = row["period"] + (row["until"] - row["period"]) / 2
        value, lower, upper = (100 * float(row[name]) for name in ("estimate", "lower", "upper"))
        label = view.wording.quarter(pd.Timestamp(row["period"]).date())
        found.append(Point(middle, label, value, lower, upper, bool(row["unfinished"])))
    return found


def _axes(view: GapData, scale: Scale) -> Iterator[Mark]:
    step = 10 if scale.high - scale.low <= 50 else 20
    value = scale.low
    while value <= scale.high:
        y = scale.y(value)
        yield Line(((LEFT, y), (RIGHT, y)), _COLOURS.line)
        yield Text((LEFT - 6, y + 4), view.wording.integer(int(value)), _COLOURS.muted, 10, "end")
        value += step
    for year in range(scale.first.year, scale.last.year + 1):
        start, end = (max(scale.first, min(scale.last, pd.Timestamp(one, 1, 1))) for one in (year, year + 1))
        if (end - start).days > 60:
            yield Text(((scale.x(start) + scale.x(end)) / 2, BOTTOM + 18), str(year), _COLOURS.muted, 10, "middle")
        if scale.first < start < scale.last:
            yield Line(((scale.x(start), BOTTOM), (scale.x(start), BOTTOM + 6)), _COLOURS.muted)


def _days(made: Adjustment, scale: Scale) -> Iterator[Mark]:
    """Mark the adjustment with a dashed line, and each test round with its number in a circle."""

    def inside(day: dt.date) -> bool:
        return scale.first <= pd.Timestamp(day) <= scale.last

    if inside(made.adjusted_on):
        x = scale.x(pd.Timestamp(made.adjusted_on))
        yield Line(((x, TOP - 8), (x, BOTTOM)), _COLOURS.ink, 1.3, dash=5)
    last = -100.0
    for one in made.rounds:
        if not inside(one.tried_on):
            continue
        x = scale.x(pd.Timestamp(one.tried_on))
        yield Line(((x, TOP - 8), (x, BOTTOM)), _COLOURS.muted, 0.8, dash=2)
        at = max(x, last + 18)
        yield Dot((at, TOP - 16), 7, _COLOURS.ink, "#FFFFFF")
        yield Text((at, TOP - 12.5), str(one.number), _COLOURS.ink, 10, "middle")
        last = at


def _line(points: list[Point | None], scale: Scale, colour: str, aside: float) -> Iterator[Mark]:
    """Draw intervals, the line, which a period that is not shown breaks, and its dots on top."""
    there = [one for one in points if one]

    def x(one: Point) -> float:
        return scale.x(one.day) + aside

    for one in there:
        yield Line(((x(one), scale.y(one.lower)), (x(one), scale.y(one.upper))), _pale(colour), 1.5)
    part: list[Place] = []
    for point in [*points, None]:
        if point and not point.is_open:
            part.append((x(point), scale.y(point.value)))
        elif len(part) > 1:
            yield Line(tuple(part), colour, 2.2)
        part = part if point and not point.is_open else []
    for one in there:
        yield Dot((x(one), scale.y(one.value)), 2.6, colour, "#FFFFFF" if one.is_open else "")


def _pale(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{(part + 2 * 255) // 3:02X}" for part in parts)


def caption(view: GapData) -> str:
    """Return what the chart shows, and what its signs mean."""
    return view.wording.text(
        "Per cent of citizens by quarter: {rate}, with 95% intervals. Dashed line: the adjustment. Numbers in circles: "
        "the test rounds. Hollow dots: not finished.",
        rate=rate_name(view.rate, view.wording),
    )


def _alt(view: GapData, lines: dict[Any, list[Point | None]], names: dict[str, str]) -> str:
    wording, parts = view.wording, [caption(view)]
    for key, points in lines.items():
        if there := [one for one in points if one]:
            values = {"first": wording.percent(there[0].value / 100), "last": wording.percent(there[-1].value / 100)}
            when = {"start": there[0].label, "end": there[-1].label}
            line = wording.text("“{group}”: {first} in {start}, {last} in {end}.", group=names[key], **values, **when)
            parts.append(line)
    return shown(" ".join(parts))
