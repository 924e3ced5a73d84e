"""Where on the way does the gap arise? Its parts, the path of each group, and what closing it would mean."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from analysis.charts.dumbbells import dumbbell, gap_dumbbell
from analysis.charts.more_citizens import more_citizens as more_citizens_chart
from analysis.charts.stages import stages
from analysis.measures.answers import levels
from analysis.measures.frame import CHANGE, State
from analysis.measures.impact import more_citizens
from analysis.measures.pathway import gap_in_reach
from analysis.measures.tally import compared_groups
from analysis.model import Rate, Stage, Understanding
from analysis.wording import Wording
from pages.parts import session, show
from pages.parts.answers import axis, ends
from pages.parts.choices import pick_number
from pages.parts.exhibit import exhibit, measured_table
from pages.parts.page import begin
from pages.parts.view import View

HALF = 50
WHOLE = 100


def part_names(wording: Wording) -> dict[str, str]:
    """The parts of a gap in reach, from the first stage on."""
    return {
        Rate.PARTICIPATION: wording.text("When citizens are recruited (participation)"),
        Rate.COMPLETION: wording.text("When they are to complete (completion)"),
        Rate.REACH: wording.text("All the way (reach)"),
    }


def parts_sentence(parts: pd.DataFrame, view: View) -> str:
    """How much of the gap in reach each part makes before and after."""
    wording = view.wording
    found = {(row["unit"], row["phase"]): row for row in parts.to_dict("records")}
    rows = [found.get((rate, phase)) for rate in Rate for phase in ("before", "after")]
    if any(row is None or row["state"] != State.SHOWN for row in rows):
        return wording.text("The parts cannot be told: too few citizens, or it is not known who was invited.")
    points = [wording.decimal(100 * row["estimate"]) for row in rows if row is not None]
    return wording.text(
        "Of the gap in reach of {before} percentage points before, {before_in} arose in recruitment and {before_out} "
        "in completion. After, of {after}: {after_in} and {after_out}.",
        before_in=points[0],
        after_in=points[1],
        before_out=points[2],
        after_out=points[3],
        before=points[4],
        after=points[5],
    )


def rates_sentence(parts: pd.DataFrame, view: View) -> str:
    """The answer at each stage before and after, where it is not a gap that has parts."""
    wording, names = view.wording, part_names(view.wording)
    found = {(row["unit"], row["phase"]): row for row in parts.to_dict("records")}
    said = []
    for rate in Rate:
        rows = [found.get((rate, phase)) for phase in ("before", "after")]
        if all(row is not None and row["state"] == State.SHOWN for row in rows):
            before, after = (wording.decimal(100 * row["estimate"]) for row in rows if row is not None)
            said.append(
                wording.text("{stage}: {before} before, {after} after.", stage=names[rate], before=before, after=after)
            )
    return " ".join(said) or wording.text("It is not known who was invited, or the numbers are too small to show.")


def where_it_arises(view: View) -> None:
    """The gap in reach and its two parts; under the other understandings their answer at each stage."""
    wording, asked, smallest = view.wording, view.question, session.settings().smallest_count
    names = part_names(wording)
    if asked.understanding is Understanding.GAP:
        found = gap_in_reach(view.counts, asked.group, asked.reference, [], smallest)
        parts = found[(found["scale"] == "absolute") & (found["phase"] != CHANGE)].rename(columns={"measure": "unit"})
        parts = parts.drop(columns="scale")
        sentence = parts_sentence(parts, view)
    else:
        questions = [replace(asked, rate=rate) for rate in Rate]
        parts = pd.concat(
            [levels(view.counts, one, [], smallest).assign(unit=one.rate.value) for one in questions], ignore_index=True
        )
        sentence = rates_sentence(parts, view)
    if asked.understanding is Understanding.DISADVANTAGED:
        shares = parts.rename(columns={"unit": "group"})
        figure = dumbbell(shares, labels=names, wording=wording, theme=session.theme(), reference="", compared="")
    else:
        figure = gap_dumbbell(
            parts,
            labels=names,
            wording=wording,
            theme=session.theme(),
            unit=axis(asked, wording),
            ends=ends(asked, wording),
        )
    exhibit(
        view,
        figure,
        key="parts",
        asks={
            Understanding.DISADVANTAGED: wording.text("Where on the way is the group lost?"),
            Understanding.GAP: wording.text(
                "Does the gap arise when citizens are recruited, or when they are to complete?"
            ),
            Understanding.GRADIENT: wording.text("At which stage is it steepest?"),
        }[asked.understanding],
        answers=sentence,
        numbers=measured_table(
            view, parts.assign(stage=parts["unit"].map(names)), ["stage", "phase", "estimate", "lower", "upper", "n"]
        ),
        drill=("rate",),
    )


def the_path(view: View) -> None:
    """Of 100 invited of each group, how many took part and how many completed, before and after."""
    wording = view.wording
    shares = pd.concat(
        [
            view.rates(["group", "phase"], rate=rate).assign(stage=rate.numerator.value)
            for rate in (Rate.PARTICIPATION, Rate.REACH)
        ],
        ignore_index=True,
    )
    found = {(row["group"], row["phase"], row["stage"]): row for row in shares.to_dict("records")}
    own = [found.get((view.question.group, "after", stage)) for stage in (Stage.PARTICIPATED, Stage.COMPLETED)]
    sentence = wording.text("It is not known who was invited, or the numbers are too small to show.")
    if all(row is not None and row["state"] == State.SHOWN for row in own):
        took_part, completed = (round(100 * row["estimate"]) for row in own if row is not None)
        sentence = wording.text(
            "After the adjustments {took_part} of 100 invited in “{group}” took part, and {completed} completed.",
            took_part=took_part,
            completed=completed,
            group=view.compared,
        )
    exhibit(
        view,
        stages(
            shares,
            labels=view.labels(),
            wording=wording,
            theme=session.theme(),
            reference=view.question.reference,
            compared=view.question.group,
        ),
        key="path",
        asks=wording.text("How far do the citizens of each group come?"),
        answers=sentence,
        numbers=measured_table(
            view,
            shares,
            ["group", "stage", "phase", "estimate", "lower", "upper", "numerator", "n"],
            unit=wording.text("per cent"),
        ),
        drill=("group",),
    )


def what_if(view: View) -> None:
    """How many more citizens it would be with part of the gap closed: a slider."""
    wording, asked = view.wording, view.question
    st.header(wording.text("What if the gap were closed?"))
    closed = pick_number(
        "closed", wording.text("Part of the gap closed, per cent"), least=0, most=WHOLE, step=5, default=HALF
    )
    smallest = session.settings().smallest_count
    found = more_citizens(view.counts, asked.rate, asked.reference, smallest, closed=closed / WHOLE)
    wanted = set(compared_groups(view.dimension)) if asked.understanding is Understanding.GRADIENT else {asked.group}
    found = found[found["group"].isin(wanted)].reset_index(drop=True)
    shown = found[(found["state"] == State.SHOWN) & (found["estimate"] > 0)]
    if shown.empty:
        sentence = wording.text("There is no gap to close here, or the numbers are too small to show.")
    else:
        sentence = wording.texts(
            "With {closed}% of the gap to “{reference}” closed after the adjustments, {count} more citizen would have "
            "reached the stage.",
            "With {closed}% of the gap to “{reference}” closed after the adjustments, {count} more citizens would have "
            "reached the stage.",
            round(shown["estimate"].sum()),
            closed=closed,
            reference=view.reference,
        )
        if len(shown) == 1:
            row = shown.iloc[0]
            sentence += " " + wording.text(
                "95% interval {lower} to {upper}.",
                lower=wording.decimal(row["lower"], 0),
                upper=wording.decimal(row["upper"], 0),
            )
    sentence += " " + wording.text("That is arithmetic, not a forecast.")
    labels = {key: label for key, label in view.labels().items() if key in set(found["group"])}
    numbers = pd.DataFrame(
        {
            wording.text("Group"): found["group"].map(view.label),
            wording.text("Reached the stage"): found["reached"],
            wording.text("More citizens"): found["estimate"],
            wording.text("95% from"): found["lower"],
            wording.text("95% to"): found["upper"],
            wording.text("Citizens"): found["n"],
        }
    )
    exhibit(
        view,
        more_citizens_chart(found, labels=labels, wording=wording, theme=session.theme()),
        key="more_citizens",
        asks=wording.text("How many more citizens would that be?"),
        answers=sentence,
        numbers=numbers,
        drill=("group",),
    )


wording = session.language()
view = begin(wording.text("At which stage does the gap arise?"))
where_it_arises(view)
the_path(view)
what_if(view)
show.footnotes(view)
