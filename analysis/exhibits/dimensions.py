"""Exhibits of every dimension at once, and of one dimension within the groups of another."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis.charts.equiplot import equiplot
from analysis.exhibits.cache import cached
from analysis.exhibits.choosing import Options
from analysis.exhibits.exhibit import ChartStyle, Exhibit, Plan
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.groups import RATE_COLUMNS
from analysis.exhibits.measured import measured_plan, measured_table
from analysis.i18n.answers import change_in_words
from analysis.measures.aggregate import compared_groups
from analysis.measures.by_understanding import needed_groups
from analysis.measures.intervals import Interval, variance
from analysis.measures.rates import rates_within_offers
from analysis.measures.result_frame import State
from analysis.model.terms import MISSING, Dimension

NONE = ""


@cached
def every_dimension(view: GapData) -> Exhibit:
    """Build the exhibit of all dimensions: one row per dimension, one dot per group, before and after."""
    wording = view.wording
    counts = view.every_dimension()
    counts = counts[counts["group"] != MISSING]
    dimensions = _with_groups_to_compare(counts, view)
    rates = _rates_of_dimensions(view, counts, dimensions)
    names = {key: dimension.label(wording.code) for key, dimension in dimensions.items()}
    groups = {key: _labelled(dimension, view) for key, dimension in dimensions.items()}
    roles = {key: (one.compared, one.reference) for key, one in dimensions.items()}
    numbers = rates.rename(columns={"row": "dimension"})
    numbers = numbers.assign(
        group=[
            groups.get(row, {}).get(group, group)
            for row, group in zip(numbers["dimension"], numbers["group"], strict=True)
        ],
        dimension=numbers["dimension"].map(names),
    )
    return Exhibit(
        view,
        key="dimensions",
        asks=wording.text("In which dimension do the groups lie furthest apart?"),
        answers=_widest(rates[rates["row"].isin(list(names))], dimensions, view),
        draw=lambda look: _chart(view, rates, names, groups, roles, look),
        numbers=measured_table(view, numbers, ["dimension", *RATE_COLUMNS], unit=wording.text("per cent")),
        plan=_plan(view, "dimension", names, groups, roles),
        drill=("dimension", "group"),
    )


def _with_groups_to_compare(counts: pd.DataFrame, view: GapData) -> dict[str, Dimension]:
    """Return the dimensions with at least two groups in the counts, restricted to those groups."""
    there = counts.groupby("dimension")["group"].unique()
    return {
        key: dimension.only(set(there[key]))
        for key, dimension in view.dimensions.items()
        if len(there.get(key, ())) > 1
    }


def _rates_of_dimensions(view: GapData, counts: pd.DataFrame, dimensions: Mapping[str, Dimension]) -> pd.DataFrame:
    """Return the rates of the groups of each dimension, in column ``row``, over the offers that it can compare."""
    found = [
        rates_within_offers(
            counts[counts["dimension"] == key],
            view.rate,
            [],
            [group.key for group in dimension.groups],
            needed_groups(
                replace(view.question, dimension=dimension, group=dimension.compared, reference=dimension.reference)
            ),
            view.smallest_count(counts),
            view.phases,
            may_drop=view.may_drop_groups,
        ).assign(row=key)
        for key, dimension in dimensions.items()
    ]
    nothing = rates_within_offers(counts.head(0), view.rate, [], [], [], 1).assign(row="")
    return pd.concat(found, ignore_index=True) if found else nothing


def _widest(rates: pd.DataFrame, dimensions: Mapping[str, Dimension], view: GapData) -> str:
    """State the dimensions with the widest and the narrowest range after the adjustments, with the widest groups."""
    wording = view.wording
    shown = rates[(rates["state"] == State.SHOWN) & (rates["phase"] == view.phases[-1])]
    spreads = {str(key): _spread(own) for key, own in shown.groupby("row", sort=False) if len(own) > 1}
    if not spreads:
        return wording.text("There is no dimension with two groups to show.")
    ordered = sorted(spreads, key=lambda key: -spreads[key])
    if spreads[ordered[0]] == 0:
        return wording.text("In no dimension do the groups lie further apart than chance allows.")
    key = ordered[0]
    own = shown[shown["row"] == key].sort_values("estimate")
    low, high = own.iloc[0], own.iloc[-1]
    label = dimensions[key].group
    values = {
        "dimension": dimensions[key].label(wording.code).lower(),
        "low": wording.decimal(100 * low["estimate"]),
        "high": wording.decimal(100 * high["estimate"]),
        "lowest": label(low["group"]).label(wording.code),
        "highest": label(high["group"]).label(wording.code),
    }
    said = wording.text(
        "The groups lie furthest apart by {dimension}: from {low}% in “{lowest}” to {high}% in “{highest}”.", **values
    )
    if not view.is_now:
        said = wording.text(
            "After the adjustments the groups lie furthest apart by {dimension}: from {low}% in “{lowest}” to {high}% "
            "in “{highest}”.",
            **values,
        )
    if len(ordered) > 1:
        closest = dimensions[ordered[-1]].label(wording.code).lower()
        said += " " + wording.text("They lie closest by {dimension}.", dimension=closest)
    return said


def _spread(rates: pd.DataFrame) -> float:
    """Return how far apart the groups lie, without what chance alone adds."""
    from analysis.measures.dispersion import spread_beyond_chance

    found = variance(Interval(*(rates[name].to_numpy() for name in Interval._fields)))
    return spread_beyond_chance(rates["estimate"].to_numpy(), found, rates["n"].to_numpy(dtype=np.float64))


def within_options(view: GapData) -> Options:
    """Return the dimensions to cross the chosen one with, or none."""
    wording = view.wording
    labels = {NONE: wording.text("Not crossed"), **view.crossable}
    key = view.selection.synthetic, view.dimension.key
    return Options("within", wording.text("Crossed with"), labels, depends_on=key)


@cached
def crossed(view: GapData, other: str) -> Exhibit | None:
    """Build the chosen dimension within each group of another, from courses that state both; None if there are none."""
    if other == NONE:
        return None
    wording = view.wording
    counts = view.crossed_with(other)
    counts = counts[(counts["group"] != MISSING) & (counts["within"] != MISSING)]
    if counts.empty:
        return None
    outer = view.dimensions[other]
    rates = view.rates_within_offers(["within"], counts=counts).rename(columns={"within": "row"})
    names = {key: label for key, label in _labelled(outer, view).items() if key in set(counts["within"])}
    groups = dict.fromkeys(names, _labelled(view.dimension, view))
    roles = dict.fromkeys(names, (view.question.group, view.question.reference))
    numbers = rates.rename(columns={"row": "within"})
    return Exhibit(
        view,
        key="crossed",
        asks=wording.text(
            "{dimension} within {other}",
            dimension=view.dimension.label(wording.code),
            other=outer.label(wording.code).lower(),
        ),
        answers=_change_within_each(view, counts, names),
        draw=lambda look: _chart(view, rates, names, groups, roles, look),
        numbers=measured_table(
            view,
            numbers.assign(within=numbers["within"].map(names)),
            ["within", *RATE_COLUMNS],
            unit=wording.text("per cent"),
        ),
        plan=_plan(view, "within", names, groups, roles),
    )


def _change_within_each(view: GapData, counts: pd.DataFrame, names: Mapping[str, str]) -> str:
    """State the change in the answer in each group of the other dimension."""
    wording = view.wording
    sentences = [
        wording.text(
            "{group}: {answer}",
            group=names[row["within"]],
            answer=change_in_words(row, view.question, wording)
            if row["state"] == State.SHOWN
            else wording.text("too few citizens to compare."),
        )
        for row in view.changes(["within"], counts=counts).to_dict("records")
        if row["within"] in names
    ]
    return " ".join(sentences)


def _labelled(dimension: Dimension, view: GapData) -> dict[str, str]:
    """Return the labels of the compared groups; from the least to the most advantaged if the groups are ordered."""
    return {key: dimension.group(key).label(view.wording.code) for key in compared_groups(dimension)}


def _chart(
    view: GapData,
    rates: pd.DataFrame,
    rows: Mapping[str, str],
    groups: Mapping[str, Mapping[str, str]],
    roles: Mapping[str, tuple[str, str]],
    look: ChartStyle,
) -> Any:
    return equiplot(rates, rows=rows, groups=groups, roles=roles, wording=view.wording, **look)


def _plan(
    view: GapData,
    row: str,
    names: Mapping[str, str],
    groups: Mapping[str, Mapping[str, str]],
    roles: Mapping[str, tuple[str, str]],
) -> Plan:
    """Plan a category for the two compared groups of each row; all groups would not fit on a slide."""
    pairs = {key: [groups[key][group] for group in roles[key] if group in groups[key]] for key in names}
    categories = [f"{name}, {group}" for key, name in names.items() for group in pairs[key]]
    unit = view.wording.text("per cent")
    return measured_plan(view, row, "group", series="phase", unit=unit, categories=categories)
