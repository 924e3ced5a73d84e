"""Where did it change? The map, every municipality, the funnel, and the offers of the one that is chosen."""

from typing import Any

import pandas as pd
import streamlit as st

from analysis import store
from analysis.charts.funnel import funnel_plot
from analysis.charts.maps import municipality_map, tile_map
from analysis.measures.frame import State
from analysis.measures.funnel import funnel
from analysis.model import Phase, Understanding
from analysis.wording.sentences import rate_name
from pages.parts import session, show, stored
from pages.parts.answers import axis_name, changes_chart, levels_chart
from pages.parts.choices import pick
from pages.parts.exhibit import exhibit, measured_table
from pages.parts.offers import how_many, is_net, offer_changes, offer_labels
from pages.parts.page import begin
from pages.parts.view import View

MAP, TILES = "map", "tiles"
LEVEL_COLUMNS = ["municipality", "phase", "estimate", "lower", "upper", "n"]
CHANGE_COLUMNS = ["before", "after", "estimate", "lower", "upper", "direction", "n"]


def the_map(view: View, levels: pd.DataFrame) -> None:
    """The answer after the adjustments, where it lies."""
    wording, asked = view.wording, view.question
    after = levels[levels["phase"] == Phase.AFTER].rename(columns={"municipality": "unit"})
    kinds = {MAP: wording.text("Map"), TILES: wording.text("Equal tiles")}
    kind = pick("map", wording.text("Shown as"), kinds, default=MAP, segmented=True)
    shown = after[after["state"] == State.SHOWN].sort_values("estimate")
    is_rate = asked.understanding is Understanding.DISADVANTAGED
    number = wording.percent if is_rate else wording.points
    if shown.empty:
        sentence = wording.text("No municipality has numbers that can be shown.")
    else:
        first, last = shown.iloc[0], shown.iloc[-1]
        sentence = wording.text(
            "After the adjustments it lies between {low} in {lowest} and {high} in {highest}.",
            low=number(first["estimate"]),
            lowest=first["unit"],
            high=number(last["estimate"]),
            highest=last["unit"],
        )
    look: dict[str, Any] = {"wording": wording, "theme": session.theme(), "unit": _unit(view), "diverging": not is_rate}
    if kind == TILES:
        figure = tile_map(after, tiles=store.municipality_tiles(), number=number, **look)
    else:
        shapes = store.municipality_shapes()
        figure = municipality_map(after, shapes=shapes.rings, points=shapes.points, number=number, **look)
    exhibit(
        view,
        figure,
        key=f"municipality_{kind}",
        asks=wording.text("Where is the {measure} largest now?", measure=axis_name(asked, wording)),
        answers=sentence,
        numbers=measured_table(view, levels, LEVEL_COLUMNS),
        drill=("municipality",),
    )


def _unit(view: View) -> str:
    wording = view.wording
    return wording.text(
        "{measure} after, {unit}", measure=axis_name(view.question, wording).capitalize(), unit=show.unit(view)
    )


def ranked(view: View, levels: pd.DataFrame, changes: pd.DataFrame) -> None:
    """Every municipality before and after in the order of where it stands now, and how it changed."""
    wording = view.wording
    order = changes.sort_values(["after", "municipality"])["municipality"]
    labels = {name: name for name in order}
    left, right = st.columns(2, gap="large")
    with left:
        exhibit(
            view,
            levels_chart(view, levels.rename(columns={"municipality": "unit"}), labels),
            key="levels",
            asks=wording.text("Where do the municipalities stand?"),
            answers=wording.text("Sorted by where they stand after the adjustments; each with its 95% interval."),
            numbers=measured_table(view, levels, LEVEL_COLUMNS),
            drill=("municipality",),
        )
    by_change = changes.sort_values("estimate")
    with right:
        exhibit(
            view,
            changes_chart(
                view,
                by_change.rename(columns={"municipality": "unit"}),
                {name: name for name in by_change["municipality"]},
            ),
            key="changes",
            asks=wording.text("Where did it change?"),
            answers=how_many(changes, view),
            numbers=measured_table(view, by_change, ["municipality", *CHANGE_COLUMNS]),
            drill=("municipality",),
        )


def the_funnel(view: View) -> None:
    """Whether any municipality lies further from the others than chance allows."""
    wording, asked = view.wording, view.question
    counts = view.counts_everywhere
    counts = counts[counts["phase"] == Phase.AFTER]
    everyone = asked.understanding is Understanding.GRADIENT
    if not everyone:
        counts = counts[counts["group"] == asked.group]
    found = funnel(counts, asked.rate, ["municipality"], session.settings().smallest_count)
    shown = found[found["state"] == State.SHOWN]
    if shown.empty:
        return
    beyond = shown[shown["outside"] & (shown["level"] == shown["level"].max())]["municipality"].tolist()
    name = rate_name(asked.rate, wording)
    if beyond:
        names = ", ".join(wording.in_order(beyond))
        sentence = wording.text("Further from the others than chance allows (99.8% limits): {names}.", names=names)
    else:
        sentence = wording.text("No municipality lies further from the others than chance allows (99.8% limits).")
    who = wording.text("all citizens") if everyone else wording.text("“{group}”", group=view.compared)
    exhibit(
        view,
        funnel_plot(
            found.rename(columns={"municipality": "unit"}),
            labels={unit: unit for unit in found["municipality"]},
            wording=wording,
            theme=session.theme(),
            unit=wording.text("Per cent of citizens"),
        ),
        key="funnel",
        asks=wording.text("Does any municipality stand out in {rate} among {group}?", rate=name, group=who),
        answers=sentence,
        numbers=measured_table(
            view,
            found[found["level"] == found["level"].min()],
            ["municipality", "estimate", "lower", "upper", "n"],
            unit=wording.text("per cent"),
        ),
        drill=("municipality",),
    )


def the_offers(view: View) -> None:
    """The offers of the chosen municipality, and what each is."""
    wording = view.wording
    changes = offer_changes(view).sort_values("estimate")
    if not changes.empty:
        said = [how_many(changes, view)]
        if is_net(view):
            said.append(wording.text("Set against the comparison offers over the same months."))
        exhibit(
            view,
            changes_chart(view, changes, offer_labels(view, changes)),
            key="offer_changes",
            asks=wording.text("What happened in each offer?"),
            answers=" ".join(said),
            numbers=measured_table(view, changes, ["offer", *CHANGE_COLUMNS]),
            drill=("municipality", "offer"),
        )
    st.header(wording.text("The offers and their adjustments"))
    show.table(
        offers_table(view), key="offers_table", text_columns=4, alt=wording.text("The offers and their adjustments")
    )


def offers_table(view: View) -> pd.DataFrame:
    """What each offer is, when it was adjusted, and what counts as completed in it."""
    text, synthetic = view.wording.text, view.selection.synthetic
    made = stored.adjustments(view.version, synthetic)
    rows = []
    for (municipality, name), offer in stored.offers(view.version, synthetic).items():
        if municipality != view.selection.municipality:
            continue
        own = made[(made["municipality"] == municipality) & (made["offer"] == name)]
        dated = [f"{view.wording.date(row.adjusted_on)}: {row.title}" for row in own.itertuples()]
        rows.append(
            {
                text("Offer"): name,
                text("Theme"): offer.theme or "",
                text("Adjustment"): "; ".join(dated) or text("none: comparison offer"),
                text("What counts as completed"): offer.completion_rule or text("not stated"),
            }
        )
    return pd.DataFrame(rows)


wording = session.language()
view = begin(wording.text("Where did the gap change?"))
levels = view.levels(["municipality"], counts=view.counts_everywhere)
changes = view.changes(["municipality"], counts=view.counts_everywhere)
if view.selection.municipality:
    the_offers(view)
the_map(view, levels)
ranked(view, levels, changes)
the_funnel(view)
show.footnotes(view)
