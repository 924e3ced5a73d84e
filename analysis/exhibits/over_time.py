"""Exhibit of the groups over time: rates by period, adjustments, control limits, and the step."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from analysis.charts.timeline import timeline
from analysis.exhibits.adjustments.adjustment import stored_adjustments
from analysis.exhibits.cache import cached
from analysis.exhibits.choosing import Options
from analysis.exhibits.drawn_periods import MONTH, MONTHS, QUARTER, drawn_rows, strong_lines
from analysis.exhibits.exhibit import Exhibit, Plan
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.measured import measured_plan, measured_table
from analysis.exhibits.tables import as_texts
from analysis.i18n import Wording
from analysis.i18n.answers import change_in_words, headline, headline_now, printed_change, why_unclear
from analysis.measures.aggregate import OFFER
from analysis.measures.by_understanding import needed_groups
from analysis.measures.control_charts import p_chart
from analysis.measures.periods import (
    by_phase,
    finished,
    from_adjustment,
    in_longer_periods,
    in_periods,
    length_to_draw,
)
from analysis.measures.rates_by_period import rates_by_period
from analysis.measures.result_frame import State
from analysis.model.terms import Direction, Phase, Understanding

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


class Drawn(NamedTuple):
    """What is drawn: the counts of the offers, the length of a period in months, and the offers with longer periods."""

    counts: pd.DataFrame
    length: int
    left_out: pd.DataFrame


@cached
def drawn(view: GapData, every: str) -> Drawn:
    """Return the counts that can be drawn by month or quarter; by longer periods where no offer has shorter ones."""
    months = drawn_rows(view)
    length = length_to_draw(months, MONTHS[every])
    longer = in_longer_periods(months, length)
    return Drawn(months[~longer], length, months.loc[longer, OFFER].drop_duplicates())


@cached
def over_time(view: GapData, every: str, axis: str) -> Exhibit | None:
    """Build the rate of each group in each period; None if the axis needs an adjustment and no period has one."""
    points = rates_over_time(view, every, axis)
    if points.empty:
        return None
    wording = view.wording
    limits = _control_limits(view, every) if axis == CALENDAR else None
    trend, terms = _step(view, every) if axis == ALIGNED else (None, None)
    marks = _marks(view, axis)
    rounds = _rounds(view, points) if axis == CALENDAR else []
    lines = _lines(view, points)
    unit = wording.text("per cent")
    numbers = _table(view, points, unit)
    step = _step_sentence(view, every, terms) if terms is not None else _calendar_sentence(view, limits, marks)
    return Exhibit(
        view,
        key="over_time",
        asks=wording.text("How did the groups do over time?"),
        answers=" ".join([_comparison(view, every), *step, *_lengths(view, every)]),
        draw=lambda look: timeline(
            points,
            lines=lines,
            strong=strong_lines(view),
            marks=marks,
            rounds=rounds,
            wording=wording,
            limits=limits,
            trend=None if trend is None or trend.empty else trend,
            **look,
        ),
        numbers=numbers,
        plan=_plan(view, numbers[~points["unfinished"].to_numpy(dtype=bool)], unit, lines.values()),
        drill=("group",),
    )


def _table(view: GapData, points: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return the readable table, with a note beside the periods that are not finished."""
    named = points.rename(columns={"line": "group"}).replace({"group": {COMPARISON: _in_comparison_offers(view)}})
    columns = ["group", "period", "estimate", "lower", "upper", "numerator", "n"]
    numbers = measured_table(view, named, columns, unit=unit)
    note = view.wording.text("Note")
    unfinished = points["unfinished"].to_numpy(dtype=bool)
    if unfinished.any():
        notes = numbers[note] if note in numbers else pd.Series("", index=numbers.index)
        numbers[note] = notes.mask(unfinished, view.wording.text("not finished"))
    return numbers


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


@cached
def rates_over_time(view: GapData, every: str, axis: str) -> pd.DataFrame:
    """Return the rates by group and period, of the same offers with the same weights in every period.

    ``line``; ``period``, its first day or month, and ``until``, the one after it; and the other columns of
    ``measures.rates_by_period``. Where no offer has the groups before and after, each group of the offers that have it.
    """
    shown = drawn(view, every)
    if axis == ALIGNED:
        counts, period = from_adjustment(shown.counts, shown.length), "months"
    else:
        counts, period = in_periods(shown.counts, shown.length), "period_start"
    groups = [*view.labels()]
    found = _rates(view, counts, groups, needed_groups(view.question), view.phases, period)
    if found.empty:
        now = counts.assign(phase=Phase.NOW.value)
        alone = [_rates(view, now, [group], [group], (Phase.NOW,), period) for group in groups]
        found = pd.concat(alone, ignore_index=True).astype({"unfinished": "bool"})
    if axis == ALIGNED:
        return found.assign(until=found["period"] + shown.length)
    parts = [counts]
    if view.selection.net_of_trend:
        other = _of_comparison(view, shown.length)
        rates = rates_by_period(other, view.rate, [COMPARISON], [COMPARISON], view.smallest_count(other), (Phase.NOW,))
        found = pd.concat([found, rates.rename(columns={"group": "line"})], ignore_index=True)
        parts.append(other)
    ends = pd.concat(parts).groupby("period_start")["period_end"].max()
    return found.assign(until=found["period"].map(ends))


def _rates(
    view: GapData,
    counts: pd.DataFrame,
    groups: Sequence[str],
    compared: Sequence[str],
    phases: Sequence[Phase],
    period: str,
) -> pd.DataFrame:
    found = rates_by_period(
        counts,
        view.rate,
        groups,
        compared,
        view.smallest_count(counts),
        phases,
        period=period,
        may_drop=view.may_drop_groups,
    )
    return found.rename(columns={"group": "line"})


def _of_comparison(view: GapData, length: int) -> pd.DataFrame:
    """Return the counts of the compared group in the comparison offers, by period."""
    other = view.everywhere[view.everywhere["phase"] == Phase.UNADJUSTED]
    other = other[(other["group"] == view.question.group) & ~in_longer_periods(other, length)]
    return in_periods(other, length).assign(group=COMPARISON, phase=Phase.NOW.value)


def _marks(view: GapData, axis: str) -> list[tuple[Any, str]]:
    """Return the marks of the adjustment; on the calendar axis only if all counts share one date."""
    wording = view.wording
    if axis == ALIGNED:
        return [(0, wording.text("adjustment"))]
    dates = view.months["adjusted_on"].dropna().unique()
    if len(dates) != 1:
        return []
    day = pd.Timestamp(dates[0])
    chosen, made = view.selection, view.adjustments
    here = (made["municipality"] == chosen.municipality) & (made["offer"] == chosen.offer)
    titles = [chosen.divided_by.title] if chosen.divided_by else made.loc[here & (made["adjusted_on"] == day), "title"]
    title = next(iter(titles), wording.text("adjustment"))
    return [(day, f"{wording.date(day.date())}: {title}")]


def _rounds(view: GapData, points: pd.DataFrame) -> list[tuple[Any, str]]:
    """Return the test rounds of the offer's adjustments in the periods that are drawn: days and numbers in circles."""
    chosen = view.selection
    if chosen.offer is None or points.empty:
        return []
    known = stored_adjustments(view.data, view.request.version, chosen.synthetic)
    own = [one for one in known if one.place[:2] == (chosen.municipality, chosen.offer)]
    days = [(pd.Timestamp(a_round.tried_on), a_round.mark) for one in own for a_round in one.rounds]
    first, end = points["period"].min(), points["until"].max()
    return [(day, mark) for day, mark in days if first <= day < end]


def _step(view: GapData, every: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the fitted lines of an interrupted time series of the highlighted groups, and its terms.

    It is by month, also where quarters are drawn, unless an offer has longer periods.
    """
    from analysis.measures.time_series import interrupted_time_series

    shown = drawn(view, every)
    length = _fitted_length(shown)
    terms = interrupted_time_series(
        shown.counts,
        view.rate,
        [*view.labels()],
        needed_groups(view.question),
        view.smallest_count(),
        length,
        may_drop=view.may_drop_groups,
    )
    terms = terms[terms["group"].isin(strong_lines(view))]
    at = sorted(from_adjustment(finished(shown.counts, view.rate), length)["months"].unique())
    rows = []
    for group, own in terms[terms["state"] == State.SHOWN].groupby("group", sort=False):
        value = own.set_index("term")["estimate"]
        for month in at:
            before = value["level before"] + value["slope before"] * month
            after = value["level change"] + value["slope change"] * month
            if month == 0:
                rows.append({"line": group, "period": month, "value": float("nan")})
            rows.append({"line": group, "period": month, "value": before + (after if month >= 0 else 0)})
    found = pd.DataFrame(rows, columns=["line", "period", "value"])
    return found.assign(until=found["period"] + length), terms


def _fitted_length(shown: Drawn) -> int:
    return shown.length if in_longer_periods(shown.counts, 1).any() else 1


def _step_sentence(view: GapData, every: str, terms: pd.DataFrame) -> list[str]:
    """State whether the compared group's rate changed its level or its slope at the adjustment."""
    wording = view.wording
    own = terms[terms["group"] == view.question.group].set_index("term")
    if own.empty or (own["state"] != State.SHOWN).any():
        if _fitted_length(drawn(view, every)) > 1:
            return [
                wording.text(
                    "A step cannot be distinguished from usual variation: that takes 8 periods before and 8 after. "
                    "Offers that are counted by month can have enough: choose months."
                )
            ]
        return [
            wording.text("A step cannot be distinguished from usual variation: that takes 8 months before and 8 after.")
        ]
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
        return [said, wording.text("That is no clear step.")]
    return [said]


def _control_limits(view: GapData, every: str) -> pd.DataFrame | None:
    """Return the control limits of the compared group, computed anew after the adjustment; only for a single offer."""
    if view.selection.offer is None:
        return None
    shown = drawn(view, every)
    counts = finished(in_periods(shown.counts, shown.length), view.rate)
    counts = counts[counts["group"] == view.question.group]
    found = p_chart(counts, view.rate, ["group"], view.smallest_count())
    ends = counts.groupby("period_start")["period_end"].max()
    found = found.assign(until=found["period_start"].map(ends))
    return found.rename(columns={"group": "line", "period_start": "period"})


def _comparison(view: GapData, every: str) -> str:
    """State the answer before and after with the interval of its change, or as it stands now, of the drawn offers."""
    wording, asked, shown = view.wording, view.question, drawn(view, every)
    counts = None if shown.left_out.empty else by_phase(finished(shown.counts, view.rate))
    if view.is_now:
        level = view.level[Phase.NOW] if counts is None else view.levels([], counts=counts).iloc[0].to_dict()
        said = headline_now(level, asked, (view.compared, view.reference), wording).rstrip(".") + "."
        if level["state"] != State.SHOWN:
            return said
        limits = {name: wording.decimal(100 * level[name]) for name in ("lower", "upper")}
        return f"{said} {wording.text('95% interval {lower} to {upper}.', **limits)}"
    change = view.change if counts is None else view.changes([], counts=counts).iloc[0].to_dict()
    if change["state"] != State.SHOWN:
        return headline(change, asked, view.compared, wording) + "."
    said = change_in_words(change, asked, wording)
    if asked.understanding is Understanding.DISADVANTAGED:
        printed = printed_change(change)
        values = {name: wording.percent(printed[name] / 100) for name in ("before", "after")}
        before_and_after = wording.text("“{group}”: {before} before and {after} after.", group=view.compared, **values)
        said = f"{before_and_after} {said}"
    if change["direction"] == Direction.UNCLEAR:
        said += " " + why_unclear(change, wording)
    return said


def _calendar_sentence(view: GapData, limits: pd.DataFrame | None, marks: Sequence[Any]) -> list[str]:
    """State the number of periods outside the limits, and the marking of several adjustments."""
    wording = view.wording
    parts = []
    if limits is not None and (limits["limits"] == State.SHOWN).any():
        parts.append(
            wording.texts(
                "{count} period lies outside the limits of usual variation.",
                "{count} periods lie outside the limits of usual variation.",
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
    return parts


def _lengths(view: GapData, every: str) -> list[str]:
    """State that offers are counted in longer periods than asked, and which are left out for it."""
    wording, shown = view.wording, drawn(view, every)
    parts = []
    if shown.length > MONTHS[every]:
        parts.append(
            wording.text(
                "The counts are of {count} months together, and are drawn so: they cannot be divided.",
                count=shown.length,
            )
        )
    if len(shown.left_out):
        parts.append(
            wording.texts(
                "Without {count} offer that is counted in longer periods: choose quarters to see it, or that offer.",
                "Without {count} offers that are counted in longer periods: choose quarters to see them, or one offer.",
                len(shown.left_out),
            )
        )
    return parts
