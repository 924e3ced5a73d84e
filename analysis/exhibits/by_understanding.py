"""Names, sentences and charts that depend on the chosen understanding of inequality."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.charts.dumbbells import dumbbell, gap_dumbbell
from analysis.charts.forest import change_forest
from analysis.exhibits.exhibit import ChartStyle
from analysis.exhibits.gap_data import GapData
from analysis.i18n import Wording
from analysis.i18n.answers import answer, answer_now, headline, headline_now
from analysis.i18n.net_answers import headline_net
from analysis.i18n.sentences import rate_name
from analysis.measures.result_frame import State
from analysis.model.terms import Phase, Question, Understanding


def measure_name(question: Question, wording: Wording) -> str:
    """Return the name of the understanding's measure, as a title."""
    if question.understanding is Understanding.DISADVANTAGED:
        return wording.text("The group's rate")
    if question.understanding is Understanding.GAP:
        return wording.text("The gap")
    return wording.text("The slope") if question.has_slope else wording.text("Distance from the mean")


def headline_and_sentence(
    view: GapData, change: Mapping[str, Any] | None = None, ends: Mapping[tuple[str, str], dict[str, Any]] | None = None
) -> tuple[str, str]:
    """Return the headline and the sentence of a change; by default the change of the whole selection.

    ``ends`` are the rates behind the change by group and phase; by default those of the selection.
    """
    if change is None and view.is_now:
        return _now(view)
    is_whole = change is None
    change, net = (view.change, view.net) if change is None else (change, None)
    names = (view.compared, view.reference)
    said = answer(change, view.question, names, ends or view.ends, view.wording, net=net and net._asdict())
    if is_whole and change["state"] == State.SHOWN and view.scope:
        said = f"{said} {view.scope}"
    if net is None or change["state"] != State.SHOWN:
        return headline(change, view.question, view.compared, view.wording), said
    assert net.direction is not None
    if clear := headline_net(net.direction, view.question, view.compared, view.wording):
        return clear, said
    unclear = headline({**change, "direction": net.direction}, view.question, view.compared, view.wording)
    return view.wording.text("{headline}, set against comparison offers", headline=unclear), said


def _now(view: GapData) -> tuple[str, str]:
    """Return the headline and the sentence of the present state."""
    level, names = view.level[Phase.NOW], (view.compared, view.reference)
    rates = {group: row for (group, _), row in view.ends.items()}
    said = answer_now(level, view.question, names, rates, view.wording)
    return headline_now(level, view.question, names, view.wording), f"{said} {view.scope}".strip()


def levels_chart(view: GapData, levels: pd.DataFrame, labels: Mapping[str, str], look: ChartStyle) -> Any:
    """Chart the answer before and after in each unit; ``labels`` names the keys in column ``unit``."""
    wording, question = view.wording, view.question
    if question.understanding is Understanding.DISADVANTAGED:
        rates = levels.rename(columns={"unit": "group"})
        return dumbbell(rates, labels=labels, wording=wording, reference="", compared="", **look)
    return gap_dumbbell(
        levels, labels=labels, wording=wording, unit=axis(question, wording), ends=ends(question, wording), **look
    )


def changes_chart(
    view: GapData, changes: pd.DataFrame, labels: Mapping[str, str], look: ChartStyle, pooled: Any = None
) -> Any:
    """Chart the change in the answer in each ``unit``; ``pooled`` adds a last row with the change of all offers."""
    unit, way = change_axis(view)
    return change_forest(
        changes,
        labels=labels,
        wording=view.wording,
        pooled=pooled,
        unit=unit,
        ends=way,
        of="rate" if view.question.understanding is Understanding.DISADVANTAGED else "gap",
        **look,
    )


def change_axis(view: GapData) -> tuple[str, tuple[str, str]]:
    """Return the title of an axis of changes, and what its two sides mean."""
    wording, question = view.wording, view.question
    if question.understanding is Understanding.DISADVANTAGED:
        unit = wording.text("Change in {rate}, percentage points", rate=rate_name(question.rate, wording))
        way = (wording.text("← the rate falls"), wording.text("the rate rises →"))
    elif question.understanding is Understanding.GAP:
        unit = wording.text("Change in gap, percentage points")
        way = (wording.text("← the gap falls"), wording.text("the gap rises →"))
    else:
        unit = wording.text("Change in {measure}, percentage points", measure=axis_name(question, wording))
        way = (wording.text("← flatter"), wording.text("steeper →"))
        if not question.has_slope:
            way = (wording.text("← closer"), wording.text("further apart →"))
    return unit, way


def axis_name(question: Question, wording: Wording) -> str:
    """Return the name of the measure for use inside a sentence."""
    if question.understanding is Understanding.DISADVANTAGED:
        return rate_name(question.rate, wording)
    if question.understanding is Understanding.GAP:
        return wording.text("gap")
    return wording.text("slope") if question.has_slope else wording.text("distance from the mean")


def axis(question: Question, wording: Wording) -> str:
    """Return the title, with unit, of an axis of levels."""
    return wording.text("{measure}, percentage points", measure=axis_name(question, wording).capitalize())


def ends(question: Question, wording: Wording) -> tuple[str, str] | None:
    """Label the two sides of zero on an axis of levels; None where the understanding has no such labels."""
    if question.understanding is Understanding.GAP:
        return wording.text("← group ahead"), wording.text("reference ahead →")
    if question.has_slope:
        return wording.text("← least advantaged ahead"), wording.text("most advantaged ahead →")
    return None
