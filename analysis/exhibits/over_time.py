"""Exhibit of the groups over time: rates by period, adjustments, control limits, and the step at the adjustment."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.charts.timeline import timeline
from analysis.exhibits.cache import cached
from analysis.exhibits.choosing import Options
from analysis.exhibits.exhibit import Exhibit, Plan
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.measured import measured_plan, measured_table
from analysis.exhibits.tables import as_texts
from analysis.i18n import Wording
from analysis.measures.aggregate import compared_groups
from analysis.measures.control_charts import p_chart
from analysis.measures.periods import by_quarter, finished, from_adjustment
from analysis.measures.result_frame import State
from analysis.model.terms import MISSING, Phase, Understanding

MONTH, QUARTER = "month", "quarter"
CALENDAR, ALIGNED = "calendar", "aligned"
COMPARISON = "comparison offers"


def period_options(wording: Wording) -> Options:
    """Return the period lengths: month or quarter."""
    periods = {MONTH: wording.text("By month"), QUARTER: wording.text("By quarter")}
    return Options("every", wording.text("Periods"), periods, as_buttons=True)


def axis_options(wording: Wording) -> Options:
    """Return the time axes: calendar, or time since each offer's adjustment."""
    axes = {CALENDAR: wording.text("On the calendar"), ALIGNED: wording.text("From the adjustment")}
    return Options("aligned", wording.text("Time"), axes, as_buttons=True)


@cached
def over_time(view: GapData, every: str, axis: str) -> Exhibit | None:
    """Build the rate of each group in each period; None if the axis needs an adjustment and no period has one."""
    points = rates_over_time(view, every, axis)
    if points.empty:
        return None
    wording = view.wording
    limits = _control_limits(view, every) if axis == CALENDAR else None
    trend, terms = _step(view) if axis == ALIGNED else (None, None)
    marks = _marks(view, axis)
    lines = _lines(view, points)
    unit = wording.text("per cent")
    numbers = measured_table(
        view,
        points.rename(columns={"line": "group"}).replace({"group": {COMPARISON: _in_comparison_offers(view)}}),
        ["group", "period", "estimate", "lower", "upper", "numerator", "n"],
        unit=unit,
    )
    return Exhibit(
        view,
        key="over_time",
        asks=wording.text("How did the groups do over time?"),
        answers=_step_sentence(view, terms) if terms is not None else _sentence(view, points, limits, marks),
        draw=lambda look: timeline(
            points,
            lines=lines,
            strong=strong_lines(view),
            marks=marks,
            wording=wording,
            limits=limits,
            trend=None if trend is None or trend.empty else trend,
            **look,
        ),
        numbers=numbers,
        plan=_plan(view, numbers, unit, lines.values()),
        drill=("group",),
    )


def _lines(view: GapData, points: pd.DataFrame) -> dict[str, str]:
    """Return the labels, by key, of the groups with points, and of the compared group in comparison offers."""
    every = {**view.labels(), COMPARISON: _in_comparison_offers(view)}
    return {key: label for key, label in every.items() if key in set(points["line"])}


def _in_comparison_offers(view: GapData) -> str:
    return view.wording.text("“{group}” in comparison offers", group=view.compared)


def _plan(view: GapData, numbers: pd.DataFrame, unit: str, lines: Iterable[str]) -> Plan:
    """Plan one line per group over the ordered periods; the first group may lack some periods."""
    period = view.wording.text("Period")
    ordered = as_texts(numbers[[period]].drop_duplicates().sort_values(period), view.wording)
    plan = measured_plan(view, "period", kind="lines", series="group", unit=unit, categories=ordered[period])
    return replace(plan, names=tuple(lines))


def strong_lines(view: GapData) -> list[str]:
    """Return the highlighted groups: the compared one; with its reference; or the two ends of the gradient."""
    asked = view.question
    if asked.understanding is Understanding.DISADVANTAGED:
        return [asked.group]
    if asked.understanding is Understanding.GAP or not asked.has_slope:
        return [asked.group, asked.reference]
    ranked = compared_groups(view.dimension)
    return [ranked[0], ranked[-1]]


@cached
def rates_over_time(view: GapData, every: str, axis: str) -> pd.DataFrame:
    """Return the rates by group and period: ``line``, ``period``, and the columns of ``measures.rates``."""
    months = view.months_of(view.rate)
    months = months[months["group"] != MISSING]
    period = "period_start"
    if every == QUARTER:
        months = by_quarter(months)
    own = months[months["phase"] != Phase.UNADJUSTED] if axis == ALIGNED or _has_adjusted(months) else months
    parts = [own]
    if view.selection.net_of_trend and axis == CALENDAR:
        other = finished(view.everywhere, view.rate)
        other = other[other["phase"] == Phase.UNADJUSTED]
        other = other[other["group"] == view.question.group].assign(group=COMPARISON)
        parts.append(by_quarter(other) if every == QUARTER else other)
    counts = pd.concat(parts, ignore_index=True)
    if axis == ALIGNED:
        counts, period = from_adjustment(counts), "months"
    found = view.rates(["group", period], counts=counts)
    return found.rename(columns={"group": "line", period: "period"})


def _has_adjusted(months: pd.DataFrame) -> bool:
    return bool((months["phase"] != Phase.UNADJUSTED).any())


def _marks(view: GapData, axis: str) -> list[tuple[Any, str]]:
    """Return the marks of the adjustment; on the calendar axis only if all counts share one date."""
    wording = view.wording
    if axis == ALIGNED:
        return [(0, wording.text("adjustment"))]
    dates = view.months["adjusted_on"].dropna().unique()
    if len(dates) != 1:
        return []
    day = pd.Timestamp(dates[0])
    made = view.adjustments
    own = made[(made["offer"] == view.selection.offer) & (made["adjusted_on"] == day)]
    title = str(own["title"].iloc[0]) if len(own) else wording.text("adjustment")
    return [(day, f"{wording.date(day.date())}: {title}")]


def _step(view: GapData) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the fitted lines of an interrupted time series of the highlighted groups, and its terms."""
    from analysis.measures.time_series import interrupted_time_series

    months = view.months_of(view.rate)
    months = months[months["group"].isin(strong_lines(view))]
    smallest = view.smallest_count()
    terms = interrupted_time_series(months, view.rate, ["group"], smallest)
    at = sorted(from_adjustment(months)["months"].unique())
    rows = []
    for group, own in terms[terms["state"] == State.SHOWN].groupby("group", sort=False):
        value = own.set_index("term")["estimate"]
        for month in at:
            before = value["level before"] + value["slope before"] * month
            after = value["level change"] + value["slope change"] * month
            if month == 0:
                rows.append({"line": group, "period": month, "value": float("nan")})
            rows.append({"line": group, "period": month, "value": before + (after if month >= 0 else 0)})
    return pd.DataFrame(rows, columns=["line", "period", "value"]), terms


def _step_sentence(view: GapData, terms: pd.DataFrame) -> str:
    """State whether the compared group's rate changed its level or its slope at the adjustment."""
    wording = view.wording
    own = terms[terms["group"] == view.question.group].set_index("term")
    if own.empty or (own["state"] != State.SHOWN).any():
        return wording.text(
            "A step cannot be told from the usual coming and going: it takes 8 months before and 8 after."
        )
    level, slope = own.loc["level change"], own.loc["slope change"]
    values = {
        "group": view.compared,
        "step": wording.signed(100 * level["estimate"]),
        "lower": wording.decimal(100 * level["lower"]),
        "upper": wording.decimal(100 * level["upper"]),
        "slope": wording.signed(100 * slope["estimate"]),
        "slope_lower": wording.decimal(100 * slope["lower"]),
        "slope_upper": wording.decimal(100 * slope["upper"]),
    }
    said = wording.text(
        "“{group}”: a step of {step} percentage points at the adjustment (95% interval {lower} to {upper}), and a "
        "slope that changed by {slope} a month ({slope_lower} to {slope_upper}).",
        **values,
    )
    if level["lower"] <= 0 <= level["upper"]:
        said += " " + wording.text("That is no clear step.")
    return said


def _control_limits(view: GapData, every: str) -> pd.DataFrame | None:
    """Return the control limits of the compared group, computed anew after the adjustment; only for a single offer."""
    if view.selection.offer is None:
        return None
    months = view.months_of(view.rate)
    months = months[months["group"] == view.question.group]
    counts = by_quarter(months) if every == QUARTER else months
    found = p_chart(counts, view.rate, ["group"], view.smallest_count())
    return found.rename(columns={"group": "line", "period_start": "period"})


def _course(view: GapData, points: pd.DataFrame) -> str:
    """State the answer in the first and the last period that can be shown."""
    wording, asked = view.wording, view.question
    rates = 100 * points[points["state"] == State.SHOWN].pivot_table(index="period", columns="line", values="estimate")
    needed = compared_groups(view.dimension) if asked.understanding is Understanding.GRADIENT else strong_lines(view)
    ends = rates.reindex(columns=needed).dropna()
    if ends.empty:
        return wording.text("In no period have these groups numbers that can be shown.")
    first, last = ends.iloc[0], ends.iloc[-1]
    when = {name: wording.short_month(row.name.date()) for name, row in (("begin", first), ("end", last))}
    if asked.understanding is Understanding.DISADVANTAGED:
        values = {name: wording.decimal(row[asked.group]) for name, row in (("first", first), ("last", last))}
        return wording.text(
            "“{group}”: {first}% in {begin} and {last}% in {end}.", group=view.compared, **values, **when
        )
    if asked.understanding is Understanding.GAP:
        gaps = (ends[asked.reference] - ends[asked.group]).to_numpy()
        values = {"first": wording.decimal(gaps[0]), "last": wording.points(gaps[-1] / 100)}
        return wording.text("The gap was {first} in {begin} and {last} in {end}.", **values, **when)
    spans = [[wording.decimal(end) for end in (row.min(), row.max())] for row in (first, last)]
    return wording.text(
        "The groups lay from {first_low}% to {first_high}% in {begin}, and from {last_low}% to {last_high}% in {end}.",
        first_low=spans[0][0],
        first_high=spans[0][1],
        last_low=spans[1][0],
        last_high=spans[1][1],
        **when,
    )


def _sentence(view: GapData, points: pd.DataFrame, limits: pd.DataFrame | None, marks: Sequence[Any]) -> str:
    """State the development, the number of periods outside the limits, and the marking of several adjustments."""
    wording = view.wording
    parts = [_course(view, points)]
    if limits is not None and (limits["limits"] == State.SHOWN).any():
        parts.append(
            wording.texts(
                "{count} period lies outside the limits of the usual coming and going.",
                "{count} periods lie outside the limits of the usual coming and going.",
                int(limits["outside"].sum()),
            )
        )
    dates = view.months["adjusted_on"].dropna()
    if not marks and dates.nunique() > 1:
        parts.append(
            wording.text(
                "The adjustments came between {first} and {last}: choose an offer, or count from the adjustment, to "
                "see it marked.",
                first=wording.short_month(dates.min().date()),
                last=wording.short_month(dates.max().date()),
            )
        )
    return " ".join(parts)
