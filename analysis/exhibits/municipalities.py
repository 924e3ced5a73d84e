"""Exhibits of municipalities: levels, changes, map, and outliers."""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis import store
from analysis.charts import choropleth
from analysis.charts.funnel import funnel_plot
from analysis.exhibits.by_understanding import axis_name, changes_chart, levels_chart
from analysis.exhibits.cache import cached
from analysis.exhibits.cell_texts import unit as unit_of
from analysis.exhibits.changes import CHANGE_COLUMNS
from analysis.exhibits.choosing import Options
from analysis.exhibits.exhibit import ChartStyle, Exhibit
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.long_lists import rows_at_both_ends, says_drawn
from analysis.exhibits.measured import measured_plan, measured_table
from analysis.exhibits.offer_changes import how_many
from analysis.i18n import Wording
from analysis.i18n.sentences import rate_name
from analysis.measures.funnel import funnel as funnel_limits
from analysis.measures.result_frame import State
from analysis.model.terms import Phase, Understanding

MAP, TILES = "map", "tiles"
LEVEL_COLUMNS = ("municipality", "phase", "estimate", "lower", "upper", "n")


def map_options(wording: Wording) -> Options:
    """Return the map types: geographic map of Denmark, or one tile per municipality."""
    kinds = {MAP: wording.text("Map"), TILES: wording.text("Equal tiles")}
    return Options("map", wording.text("Shown as"), kinds, as_buttons=True)


@cached
def municipality_map(view: GapData, kind: str) -> Exhibit:
    """Build the map of the answer after the adjustments."""
    wording = view.wording
    found = view.municipality_levels
    after = found[_is_last(view, found)].rename(columns={"municipality": "unit"})
    return Exhibit(
        view,
        key=f"municipality_{kind}",
        asks=wording.text("Where is the {measure} largest now?", measure=axis_name(view.question, wording)),
        answers=f"{_extent(view, after)} {_off_the_map(view, after)}".strip(),
        draw=(_tile_map if kind == TILES else _shape_map)(view, after),
        numbers=measured_table(view, found, LEVEL_COLUMNS),
        plan="picture",
        drill=("municipality",),
    )


def _is_last(view: GapData, found: pd.DataFrame) -> "pd.Series[bool]":
    """Flag the newest level of each municipality: after, or now where nothing is adjusted."""
    return found["phase"].isin([view.phases[-1], Phase.NOW])


def _extent(view: GapData, after: pd.DataFrame) -> str:
    """State the municipalities with the smallest and the largest answer."""
    wording = view.wording
    shown = after[after["state"] == State.SHOWN].sort_values("estimate")
    if shown.empty:
        return wording.text("No municipality has numbers that can be shown.")
    first, last, number = shown.iloc[0], shown.iloc[-1], _number(view)
    values = {"low": number(first["estimate"]), "high": number(last["estimate"])}
    values |= {"lowest": first["unit"], "highest": last["unit"]}
    if len(shown) == 1:
        return wording.text("It is {low} in {lowest}.", **values)
    if view.is_now or shown["phase"].nunique() > 1:
        return wording.text("It lies between {low} in {lowest} and {high} in {highest}.", **values)
    return wording.text("After the adjustments it lies between {low} in {lowest} and {high} in {highest}.", **values)


def _off_the_map(view: GapData, after: pd.DataFrame) -> str:
    """Name the places with numbers that the map of Denmark lacks; empty if there are none."""
    shown = set(after.loc[after["state"] == State.SHOWN, "unit"]) - set(store.municipality_tiles())
    if not shown:
        return ""
    names = ", ".join(view.wording.in_order(shown))
    return view.wording.text("Some municipalities are not on the map of Denmark: {names}.", names=names)


def _tile_map(view: GapData, after: pd.DataFrame) -> Callable[[ChartStyle], Any]:
    tiles = store.municipality_tiles()
    return lambda look: choropleth.tile_map(
        after,
        tiles=tiles,
        wording=view.wording,
        unit=_unit(view),
        number=_number(view),
        diverging=not _is_rate(view),
        **look,
    )


def _shape_map(view: GapData, after: pd.DataFrame) -> Callable[[ChartStyle], Any]:
    shapes = store.municipality_shapes()
    return lambda look: choropleth.municipality_map(
        after,
        shapes=shapes.rings,
        points=shapes.points,
        wording=view.wording,
        unit=_unit(view),
        number=_number(view),
        diverging=not _is_rate(view),
        **look,
    )


def _is_rate(view: GapData) -> bool:
    return view.question.understanding is Understanding.DISADVANTAGED


def _number(view: GapData) -> Callable[[float], str]:
    return view.wording.percent if _is_rate(view) else view.wording.points


def _unit(view: GapData) -> str:
    wording = view.wording
    values = {"measure": axis_name(view.question, wording).capitalize(), "unit": unit_of(view)}
    if view.is_now or view.municipality_levels["phase"].eq(Phase.NOW).any():
        return wording.text("{measure}, {unit}", **values)
    return wording.text("{measure} after, {unit}", **values)


@cached
def levels(view: GapData) -> Exhibit:
    """Build the exhibit of all municipalities before and after, sorted by the level after."""
    wording, found = view.wording, view.municipality_levels
    last = found[_is_last(view, found)].sort_values(["estimate", "municipality"])
    labels = {name: name for name in last["municipality"]}
    if not view.is_now:
        unadjusted = last.loc[last["phase"] == Phase.NOW, "municipality"]
        labels |= {name: wording.text("{municipality} (not adjusted)", municipality=name) for name in unadjusted}
    names = rows_at_both_ends(last, labels.values())["municipality"]
    some = found[found["municipality"].isin(names)]
    drawn = some.assign(phase=some["phase"].where(some["phase"] != Phase.NOW, view.phases[-1]))
    order = (
        wording.text("Sorted by where they stand; each with its 95% interval.")
        if view.is_now
        else wording.text("Sorted by where they stand after the adjustments; each with its 95% interval.")
    )
    return Exhibit(
        view,
        key="levels",
        asks=wording.text("Where do the municipalities stand?"),
        answers=f"{order} {says_drawn(len(names), len(last), wording)}".strip(),
        draw=lambda look: levels_chart(
            view, drawn.rename(columns={"municipality": "unit"}), {name: labels[name] for name in names}, look
        ),
        numbers=measured_table(view, found, LEVEL_COLUMNS),
        plan=measured_plan(view, "municipality", series="phase", categories=labels),
        drill=("municipality",),
    )


@cached
def changes(view: GapData) -> Exhibit | None:
    """Build the exhibit of the change in all municipalities, sorted by its size; None if nothing was adjusted."""
    if view.is_now:
        return None
    wording = view.wording
    found = view.municipality_changes.sort_values("estimate")
    drawn = rows_at_both_ends(found, found["municipality"])
    labels = {name: name for name in drawn["municipality"]}
    return Exhibit(
        view,
        key="changes",
        asks=wording.text("Where did it change?"),
        answers=f"{how_many(found, view)} {says_drawn(len(drawn), len(found), wording)}".strip(),
        draw=lambda look: changes_chart(view, drawn.rename(columns={"municipality": "unit"}), labels, look),
        numbers=measured_table(view, found, ["municipality", *CHANGE_COLUMNS]),
        plan=measured_plan(view, "municipality"),
        drill=("municipality",),
    )


@cached
def funnel(view: GapData) -> Exhibit | None:
    """Build the funnel plot of municipalities that differ more than by chance; None if none can be shown."""
    wording, asked = view.wording, view.question
    counts = view.counts_everywhere
    counts = counts[counts["phase"] == view.phases[-1]]
    everyone = asked.understanding is Understanding.GRADIENT
    if not everyone:
        counts = counts[counts["group"] == asked.group]
    found = funnel_limits(counts, asked.rate, ["municipality"], view.smallest_count(counts))
    shown = found[found["state"] == State.SHOWN]
    if shown.empty:
        return None
    who = wording.text("all citizens") if everyone else wording.text("“{group}”", group=view.compared)
    unit = wording.text("per cent")
    return Exhibit(
        view,
        key="funnel",
        asks=wording.text(
            "Does any municipality stand out in {rate} among {group}?", rate=rate_name(asked.rate, wording), group=who
        ),
        answers=_beyond(shown, wording),
        draw=lambda look: funnel_plot(
            found.rename(columns={"municipality": "unit"}),
            labels={name: name for name in found["municipality"]},
            wording=wording,
            unit=wording.text("Per cent of citizens"),
            **look,
        ),
        numbers=measured_table(
            view,
            found[found["level"] == found["level"].min()],
            ["municipality", "estimate", "lower", "upper", "n"],
            unit=unit,
        ),
        plan=measured_plan(view, "n", kind="points", unit=unit),
        drill=("municipality",),
    )


def _beyond(shown: pd.DataFrame, wording: Wording) -> str:
    """State the municipalities outside the wider limits, and how much all of them vary."""
    beyond = shown[shown["outside"] & (shown["level"] == shown["level"].max())]["municipality"].tolist()
    names = ", ".join(wording.in_order(beyond))
    spread = _spread(float(shown["overdispersion"].iloc[0]), float(shown["inflation"].iloc[0]), wording)
    if beyond:
        said = wording.text("Further from the others than chance allows (99.8% limits): {names}.", names=names)
    else:
        said = wording.text("No municipality lies further from the others than chance allows (99.8% limits).")
    return f"{said} {spread}".strip()


def _spread(overdispersion: float, inflation: float, wording: Wording) -> str:
    """State the overdispersion, and whether the limits allow for it; empty where all or none reached the stage."""
    if math.isnan(overdispersion):
        return ""
    times = wording.decimal(overdispersion)
    if inflation > 1:
        return wording.text(
            "The municipalities vary {times} times as much as chance alone (variance), and the limits are widened by "
            "that.",
            times=times,
        )
    return wording.text(
        "The municipalities vary {times} times as much as chance alone (variance). That is no evidence of more than "
        "chance, so the limits are not widened.",
        times=times,
    )
