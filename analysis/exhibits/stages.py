"""Exhibits of the stages: parts of a gap in reach, path of each group, and effect of closing the gap."""

from dataclasses import replace

import pandas as pd

from analysis.charts.more_citizens import more_citizens as more_citizens_chart
from analysis.charts.stages import stages
from analysis.exhibits.by_understanding import levels_chart
from analysis.exhibits.cache import cached
from analysis.exhibits.choosing import NumberOptions
from analysis.exhibits.exhibit import Exhibit, Plan
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.measured import measured_plan, measured_table
from analysis.i18n import Wording
from analysis.measures import impact
from analysis.measures.aggregate import compared_groups
from analysis.measures.by_understanding import levels
from analysis.measures.pathway import gap_in_reach
from analysis.measures.result_frame import CHANGE, State
from analysis.model.terms import Rate, Stage, Understanding

HALF = 50
WHOLE = 100


@cached
def parts(view: GapData) -> Exhibit:
    """Build the gap in reach and its two parts; for other understandings, their answer at each stage."""
    wording = view.wording
    names = _stage_names(wording)
    if view.question.understanding is Understanding.GAP and not view.is_now:
        names = _part_names(wording)
        found = _parts_of_gap(view)
        answers = _parts_sentence(found, view)
    else:
        found = _each_rate(view)
        answers = _rates_sentence(found, view)
    return Exhibit(
        view,
        key="parts",
        asks={
            Understanding.DISADVANTAGED: wording.text("Where on the way is the group lost?"),
            Understanding.GAP: wording.text(
                "Does the gap arise when citizens are recruited, or when they are to complete?"
            ),
            Understanding.GRADIENT: wording.text("At which stage is it steepest?"),
        }[view.question.understanding],
        answers=answers,
        draw=lambda look: levels_chart(view, found, names, look),
        numbers=measured_table(
            view, found.assign(stage=found["unit"].map(names)), ["stage", "phase", "estimate", "lower", "upper", "n"]
        ),
        plan=measured_plan(view, "stage", series="phase", categories=names.values()),
        drill=("rate",),
    )


def _part_names(wording: Wording) -> dict[str, str]:
    """Return the names of the parts of a gap in reach, and of the whole."""
    return {
        Rate.PARTICIPATION: wording.text("The part that arises in recruitment"),
        Rate.COMPLETION: wording.text("The part that arises in completion"),
        Rate.REACH: wording.text("The whole gap (reach)"),
    }


def _stage_names(wording: Wording) -> dict[str, str]:
    """Return the names of the rates, from the first stage on."""
    return {
        Rate.PARTICIPATION: wording.text("When citizens are recruited (participation)"),
        Rate.COMPLETION: wording.text("When they are to complete (completion)"),
        Rate.REACH: wording.text("All the way (reach)"),
    }


def _parts_of_gap(view: GapData) -> pd.DataFrame:
    """Return the gap in reach and its parts before and after; column ``unit`` holds the rate."""
    asked = view.question
    found = gap_in_reach(view.counts_of(Rate.REACH), asked.group, asked.reference, [], view.smallest_count())
    return found[found["phase"] != CHANGE].rename(columns={"measure": "unit"})


def _each_rate(view: GapData) -> pd.DataFrame:
    """Return the answer at each stage before and after; column ``unit`` holds the rate."""
    smallest = view.smallest_count()
    questions = [replace(view.question, rate=rate) for rate in Rate]
    found = [
        levels(view.counts_of(one.rate), one, [], smallest, view.phases).assign(unit=one.rate.value)
        for one in questions
    ]
    return pd.concat(found, ignore_index=True)


def _parts_sentence(parts: pd.DataFrame, view: GapData) -> str:
    """State the size of each part of the gap in reach before and after."""
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


def _rates_sentence(parts: pd.DataFrame, view: GapData) -> str:
    """State the answer at each stage before and after, for understandings whose answer has no parts."""
    wording, names = view.wording, _stage_names(view.wording)
    found = {(row["unit"], row["phase"]): row for row in parts.to_dict("records")}
    said = []
    for rate in Rate:
        rows = [found.get((rate, phase)) for phase in view.phases]
        if all(row is not None and row["state"] == State.SHOWN for row in rows):
            if view.is_now and rows[0] is not None:
                now = wording.decimal(100 * rows[0]["estimate"])
                said.append(wording.text("{stage}: {now}.", stage=names[rate], now=now))
                continue
            before, after = (wording.decimal(100 * row["estimate"]) for row in rows if row is not None)
            said.append(
                wording.text("{stage}: {before} before, {after} after.", stage=names[rate], before=before, after=after)
            )
    return " ".join(said) or wording.text("It is not known who was invited, or the numbers are too small to show.")


@cached
def path(view: GapData) -> Exhibit:
    """Build the numbers of participants and completers per 100 invited in each group, before and after."""
    wording = view.wording
    shares = pd.concat(
        [
            view.rates_within_offers(rate=rate, counts=view.counts_of(Rate.REACH)).assign(stage=rate.numerator.value)
            for rate in (Rate.PARTICIPATION, Rate.REACH)
        ],
        ignore_index=True,
    )
    unit = wording.text("per cent")
    steps = (wording.text("took part"), wording.text("completed"))
    return Exhibit(
        view,
        key="path",
        asks=wording.text("How far do the citizens of each group come?"),
        answers=_path_sentence(shares, view),
        draw=lambda look: stages(
            shares,
            labels=view.labels(),
            wording=wording,
            reference=view.question.reference,
            compared=view.question.group,
            **look,
        ),
        numbers=measured_table(
            view, shares, ["group", "stage", "phase", "estimate", "lower", "upper", "numerator", "n"], unit=unit
        ),
        plan=measured_plan(
            view,
            "group",
            "stage",
            series="phase",
            unit=unit,
            categories=[f"{group}, {step}" for group in view.labels().values() for step in steps],
        ),
        drill=("group",),
    )


def _path_sentence(shares: pd.DataFrame, view: GapData) -> str:
    """State the path of the compared group after the adjustments."""
    wording = view.wording
    found = {(row["group"], row["phase"], row["stage"]): row for row in shares.to_dict("records")}
    own = [found.get((view.question.group, view.phases[-1], stage)) for stage in (Stage.PARTICIPATED, Stage.COMPLETED)]
    if not all(row is not None and row["state"] == State.SHOWN for row in own):
        return wording.text("It is not known who was invited, or the numbers are too small to show.")
    took_part, completed = (round(100 * row["estimate"]) for row in own if row is not None)
    if view.is_now:
        return wording.text(
            "{took_part} of 100 invited in “{group}” take part, and {completed} complete.",
            took_part=took_part,
            completed=completed,
            group=view.compared,
        )
    return wording.text(
        "After the adjustments {took_part} of 100 invited in “{group}” took part, and {completed} completed.",
        took_part=took_part,
        completed=completed,
        group=view.compared,
    )


def closed_options(wording: Wording) -> NumberOptions:
    """Return the percentages of the gap that may be assumed closed."""
    label = wording.text("Part of the gap closed, per cent")
    return NumberOptions("closed", label, least=0, most=WHOLE, step=5)


@cached
def more_citizens(view: GapData, closed: int) -> Exhibit:
    """Build the number of additional citizens if part of the gap were closed."""
    wording = view.wording
    found = _more_citizens(view, closed)
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
    return Exhibit(
        view,
        key="more_citizens",
        asks=wording.text("How many more citizens would that be?"),
        answers=_more_sentence(found, view, closed),
        draw=lambda look: more_citizens_chart(found, labels=labels, wording=wording, **look),
        numbers=numbers,
        plan=Plan(
            "bars",
            wording.text("Group"),
            wording.text("More citizens"),
            interval=(wording.text("95% from"), wording.text("95% to")),
            categories=tuple(labels.values()),
        ),
        drill=("group",),
    )


def _more_citizens(view: GapData, closed: int) -> pd.DataFrame:
    """Estimate it for the compared group, or for all groups of a gradient."""
    asked = view.question
    smallest = view.smallest_count()
    closed_part = closed / WHOLE
    found = impact.more_citizens(
        view.counts, asked.rate, asked.reference, smallest, closed=closed_part, phases=view.phases
    )
    wanted = set(compared_groups(view.dimension)) if asked.understanding is Understanding.GRADIENT else {asked.group}
    return found[found["group"].isin(wanted)].reset_index(drop=True)


def _more_sentence(found: pd.DataFrame, view: GapData, closed: int) -> str:
    """State the number of additional citizens; for one group with its interval."""
    wording = view.wording
    shown = found[(found["state"] == State.SHOWN) & (found["estimate"] > 0)]
    said = wording.text("There is no gap to close here, or the numbers are too small to show.")
    if not shown.empty:
        values = {"closed": closed, "reference": view.reference}
        said = wording.texts(
            "With {closed}% of the gap to “{reference}” closed after the adjustments, {count} more citizen would have "
            "reached the stage.",
            "With {closed}% of the gap to “{reference}” closed after the adjustments, {count} more citizens would have "
            "reached the stage.",
            round(shown["estimate"].sum()),
            **values,
        )
        if view.is_now:
            said = wording.texts(
                "With {closed}% of the gap to “{reference}” closed, {count} more citizen would have reached the stage.",
                "With {closed}% of the gap to “{reference}” closed, {count} more citizens would have reached the "
                "stage.",
                round(shown["estimate"].sum()),
                **values,
            )
    if len(shown) == 1:
        row = shown.iloc[0]
        said += " " + wording.text(
            "95% interval {lower} to {upper}.",
            lower=wording.decimal(row["lower"], 0),
            upper=wording.decimal(row["upper"], 0),
        )
    return said + " " + wording.text("That is arithmetic, not a forecast.")
