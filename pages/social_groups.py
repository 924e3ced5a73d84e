"""Who is reached, who completes? Every dimension at a glance, every group of one, and one dimension within another."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analysis.charts.equiplot import equiplot
from analysis.measures.frame import State
from analysis.measures.gaps import gaps
from analysis.measures.tally import compared_groups
from analysis.model import MISSING, Dimension, Phase, Understanding
from analysis.wording.sentences import change_in_words
from pages.parts import session, show, stored
from pages.parts.answers import RATE_COLUMNS, groups_exhibit
from pages.parts.choices import pick
from pages.parts.exhibit import exhibit, measured_table
from pages.parts.page import begin
from pages.parts.view import View

NONE = ""


def labelled(dimension: Dimension, view: View) -> dict[str, str]:
    """The groups that are compared, from the least to the most advantaged where they have an order."""
    return {key: dimension.group(key).label(view.wording.code) for key in compared_groups(dimension)}


def widest(rates: pd.DataFrame, dimensions: Mapping[str, Dimension], view: View) -> str:
    """In which dimension the groups lie furthest apart after, which groups those are, and where they lie closest."""
    wording = view.wording
    shown = rates[(rates["state"] == State.SHOWN) & (rates["phase"] == Phase.AFTER)]
    spans = shown.groupby("row", sort=False)["estimate"].agg(["min", "max", "size"]).query("size > 1")
    if spans.empty:
        return wording.text("There is no dimension with two groups to show after an adjustment.")
    ordered = (spans["max"] - spans["min"]).sort_values(ascending=False)
    key = str(ordered.index[0])
    own = shown[shown["row"] == key].sort_values("estimate")
    low, high = own.iloc[0], own.iloc[-1]
    label = dimensions[key].group
    said = wording.text(
        "After the adjustments the groups lie furthest apart by {dimension}: from {low}% in “{lowest}” to {high}% in "
        "“{highest}”.",
        dimension=dimensions[key].label(wording.code).lower(),
        low=wording.decimal(100 * low["estimate"]),
        high=wording.decimal(100 * high["estimate"]),
        lowest=label(low["group"]).label(wording.code),
        highest=label(high["group"]).label(wording.code),
    )
    if len(ordered) > 1:
        closest = dimensions[str(ordered.index[-1])].label(wording.code).lower()
        said += " " + wording.text("They lie closest by {dimension}.", dimension=closest)
    return said


def every_dimension(view: View) -> None:
    """Each dimension a row, each group a dot, before and after."""
    wording = view.wording
    counts = view.every_dimension()
    counts = counts[counts["group"] != MISSING]
    there = counts.groupby("dimension")["group"].unique()
    dimensions = {
        key: dimension.only(set(there[key]))
        for key, dimension in stored.dimensions(view.version).items()
        if len(there.get(key, ())) > 1
    }
    rates = view.rates(["dimension", "group", "phase"], counts=counts).rename(columns={"dimension": "row"})
    names = {key: dimension.label(wording.code) for key, dimension in dimensions.items()}
    groups = {key: labelled(dimension, view) for key, dimension in dimensions.items()}
    numbers = rates.rename(columns={"row": "dimension"})
    numbers = numbers.assign(
        group=[
            groups.get(row, {}).get(group, group)
            for row, group in zip(numbers["dimension"], numbers["group"], strict=True)
        ],
        dimension=numbers["dimension"].map(names),
    )
    exhibit(
        view,
        equiplot(
            rates,
            rows=names,
            groups=groups,
            roles={key: (one.compared, one.reference) for key, one in dimensions.items()},
            wording=wording,
            theme=session.theme(),
        ),
        key="dimensions",
        asks=wording.text("In which dimension do the groups lie furthest apart?"),
        answers=widest(rates[rates["row"].isin(list(names))], dimensions, view),
        numbers=measured_table(view, numbers, ["dimension", *RATE_COLUMNS], unit=wording.text("per cent")),
        drill=("dimension", "group"),
    )


def one_dimension(view: View) -> None:
    """Each group of the chosen dimension, before and after, and the gap on both scales."""
    wording = view.wording
    groups_exhibit(view)
    if view.question.understanding is Understanding.GAP:
        show.label(wording.text("The same gap in points and as ratios: they can disagree"))
        show.table(both_scales(view), key="scales", alt=wording.text("The gap in points and as ratios"))


def both_scales(view: View) -> pd.DataFrame:
    """The gap before and after in points, and as the ratio of those who reached the stage and of those who did not."""
    text, asked = view.wording.text, view.question
    smallest = session.settings().smallest_count
    found = gaps(view.counts, asked.rate, asked.group, asked.reference, [], smallest)
    names = {
        "absolute": text("Percentage points"),
        "relative": text("Ratio of those who reached the stage"),
        "relative shortfall": text("Ratio of those who did not"),
    }
    rows = []
    for scale, name in names.items():
        row = {text("Measure"): name}
        for phase, when in ((Phase.BEFORE, text("Before")), (Phase.AFTER, text("After"))):
            cells = found[(found["scale"] == scale) & (found["phase"] == phase)].to_dict("records")
            value, interval = show.NOTHING, ""
            if cells:
                value, interval = (show.gap_cells if scale == "absolute" else show.ratio_cells)(cells[0], view.wording)
            row[when] = f"{value} ({interval})" if interval else value
        rows.append(row)
    return pd.DataFrame(rows)


def crossed(view: View) -> None:
    """The chosen dimension within each group of another, where courses tell both."""
    wording = view.wording
    dimensions = stored.dimensions(view.version)
    others = stored.crossings(view.version, view.selection.synthetic).get(view.dimension.key, ())
    if not others:
        return
    labels = {NONE: wording.text("Not crossed"), **{key: dimensions[key].label(wording.code) for key in others}}
    st.header(wording.text("And within another dimension?"))
    other = pick("within", wording.text("Crossed with"), labels, default=NONE)
    if not other:
        return
    counts = view.crossed_with(other)
    counts = counts[(counts["group"] != MISSING) & (counts["within"] != MISSING)]
    if counts.empty:
        st.info(wording.text("Only courses can be crossed, and this selection has none."), icon=":material/grid_off:")
        return
    rates = view.rates(["within", "group", "phase"], counts=counts).rename(columns={"within": "row"})
    names = {key: label for key, label in labelled(dimensions[other], view).items() if key in set(counts["within"])}
    changes = view.changes(["within"], counts=counts)
    sentences = [
        wording.text(
            "{group}: {answer}",
            group=names[row["within"]],
            answer=change_in_words(row, view.question, wording)
            if row["state"] == State.SHOWN
            else wording.text("too few citizens to compare."),
        )
        for row in changes.to_dict("records")
        if row["within"] in names
    ]
    numbers = rates.rename(columns={"row": "within"})
    exhibit(
        view,
        equiplot(
            rates,
            rows=names,
            groups=dict.fromkeys(names, labelled(view.dimension, view)),
            roles=dict.fromkeys(names, (view.question.group, view.question.reference)),
            wording=wording,
            theme=session.theme(),
        ),
        key="crossed",
        asks=wording.text(
            "{dimension} within {other}", dimension=view.dimension.label(wording.code), other=labels[other].lower()
        ),
        answers=" ".join(sentences),
        numbers=measured_table(
            view,
            numbers.assign(within=numbers["within"].map(names)),
            ["within", *RATE_COLUMNS],
            unit=wording.text("per cent"),
        ),
    )


wording = session.language()
view = begin(wording.text("Who is reached, who completes?"))
one_dimension(view)
every_dimension(view)
crossed(view)
show.footnotes(view)
