"""The answer of the understanding that is chosen, as figures and as charts, on whatever page it stands."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analysis.charts.dumbbells import dumbbell, gap_dumbbell
from analysis.charts.forest import change_forest
from analysis.exhibits.exhibit import Look
from analysis.exhibits.gap_data import View
from analysis.i18n import Wording
from analysis.i18n.sentences import answer, headline, rate_name
from analysis.measures.result_frame import State
from analysis.model.terms import Phase, Question, Understanding
from pages.components import formatting


def measure_name(question: Question, wording: Wording) -> str:
    """What the understanding measures, as a title."""
    if question.understanding is Understanding.DISADVANTAGED:
        return wording.text("The group's rate")
    if question.understanding is Understanding.GAP:
        return wording.text("The gap")
    return wording.text("The slope") if question.has_slope else wording.text("Distance from the mean")


def said(view: View, change: Mapping[str, Any] | None = None) -> tuple[str, str]:
    """The headline and the sentence of a change, that of the whole selection unless another is given."""
    change = view.change if change is None else change
    names = (view.compared, view.reference)
    return (
        headline(change, view.question, view.compared, view.wording),
        answer(change, view.question, names, view.ends, view.wording),
    )


def levels_chart(view: View, levels: pd.DataFrame, labels: Mapping[str, str], look: Look) -> Any:
    """The answer before and after in each unit, a column ``unit`` of keys named by ``labels``."""
    wording, question = view.wording, view.question
    if question.understanding is Understanding.DISADVANTAGED:
        rates = levels.rename(columns={"unit": "group"})
        return dumbbell(rates, labels=labels, wording=wording, reference="", compared="", **look)
    return gap_dumbbell(
        levels, labels=labels, wording=wording, unit=axis(question, wording), ends=ends(question, wording), **look
    )


def changes_chart(view: View, changes: pd.DataFrame, labels: Mapping[str, str], look: Look, pooled: Any = None) -> Any:
    """The change in the answer in each unit, a column ``unit``; with ``pooled``, offers together in a last row."""
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
    return change_forest(
        changes,
        labels=labels,
        wording=wording,
        pooled=pooled,
        unit=unit,
        ends=way,
        of="rate" if question.understanding is Understanding.DISADVANTAGED else "gap",
        **look,
    )


def axis_name(question: Question, wording: Wording) -> str:
    """The measure inside a sentence."""
    if question.understanding is Understanding.DISADVANTAGED:
        return rate_name(question.rate, wording)
    if question.understanding is Understanding.GAP:
        return wording.text("gap")
    return wording.text("slope") if question.has_slope else wording.text("distance from the mean")


def axis(question: Question, wording: Wording) -> str:
    """The unit above an axis of levels."""
    return wording.text("{measure}, percentage points", measure=axis_name(question, wording).capitalize())


def ends(question: Question, wording: Wording) -> tuple[str, str] | None:
    """What lies on either side of no gap."""
    if question.understanding is Understanding.GAP:
        return wording.text("← group ahead"), wording.text("reference ahead →")
    if question.has_slope:
        return wording.text("← least advantaged ahead"), wording.text("most advantaged ahead →")
    return None


def headline_figures(view: View) -> None:
    """Four cards: the answer before, after and its change, and how a group fares."""
    wording, question = view.wording, view.question
    name = measure_name(question, wording)
    with st.grid(4, min_column_width=200, key="headline_figures"):
        for phase, when in ((Phase.BEFORE, wording.text("before")), (Phase.AFTER, wording.text("after"))):
            _level_card(view, f"{name} {when}", view.level.get(phase))
        _change_card(view)
        is_group_known = question.understanding is Understanding.DISADVANTAGED
        _group_card(view, question.reference if is_group_known else question.group)


def _level_card(view: View, title: str, row: Mapping[str, Any] | None) -> None:
    if row is None or row["state"] != State.SHOWN:
        formatting.card(title, formatting.NOTHING if row is None else formatting.state(row, view.wording) or "", "")
        return
    formatting.card(
        title, view.wording.decimal(100 * row["estimate"]), _interval_note(row, view), formatting.unit(view)
    )


def _change_card(view: View) -> None:
    wording, row = view.wording, view.change
    title = wording.text("The change")
    if row["state"] != State.SHOWN:
        formatting.card(title, formatting.state(row, wording) or "", "")
        return
    note = _interval_note(row, view)
    formatting.card(title, wording.signed(100 * row["estimate"]), note, wording.text("percentage points"))


def _group_card(view: View, group: str) -> None:
    """The rate of one group, before and after."""
    wording = view.wording
    before, after = (view.ends.get((group, phase)) for phase in (Phase.BEFORE, Phase.AFTER))
    for row in (before, after):
        if row is None or row["state"] != State.SHOWN:
            formatting.card(
                view.label(group), formatting.NOTHING if row is None else formatting.state(row, wording) or "", ""
            )
            return
    assert before is not None
    assert after is not None
    value = f"{wording.decimal(100 * before['estimate'])} → {wording.decimal(100 * after['estimate'])}"
    note = wording.text(
        "before: {before}\nafter: {after}",
        before=formatting.rate_cells(before, wording)[2],
        after=formatting.rate_cells(after, wording)[2],
    )
    formatting.card(view.label(group), value, note, wording.text("per cent"))


def _interval_note(row: Mapping[str, Any], view: View) -> str:
    interval, number = formatting.interval(row, view.wording), view.wording.integer(row["n"])
    return view.wording.text("95% interval {interval}", interval=interval) + f"\nn = {number}"
