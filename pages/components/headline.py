"""Headline figures: the measure before and after, its change, and the rate of a group."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import streamlit as st

from analysis.exhibits.by_understanding import measure_name
from analysis.exhibits.cell_texts import NOTHING, interval_text, rate_cells, state_text, unit
from analysis.exhibits.earlier import beside, figures, figures_on, starts
from analysis.exhibits.gap_data import GapData
from analysis.i18n.answers import printed_net
from analysis.measures.result_frame import State
from analysis.model.terms import Phase, Understanding
from pages.components import formatting


def headline_figures(view: GapData) -> None:
    """Show four cards: the measure before, after and its change, and the rate of a group."""
    wording, question = view.wording, view.question
    name = measure_name(question, wording)
    if view.is_now:
        _present_figures(view, name)
        since(view)
        return
    with st.grid(4, min_column_width=200, key="headline_figures"):
        for phase, when in ((Phase.BEFORE, wording.text("before")), (Phase.AFTER, wording.text("after"))):
            _level_card(view, f"{name} {when}", view.level.get(phase))
        _change_card(view)
        is_group_known = question.understanding is Understanding.DISADVANTAGED
        _group_card(view, question.reference if is_group_known else question.group)
    since(view)


@st.fragment
def since(view: GapData) -> None:
    """Show the figures as they were when a month, a quarter or a year began, once that is asked for."""
    wording = view.wording
    place = st.expander(wording.text("What has changed in the data since …"), key="since", on_change="rerun")
    if not place.open:
        return
    with place:
        days = starts(dt.date.today())
        names = {
            "month": wording.text("the month began"),
            "quarter": wording.text("the quarter began"),
            "year": wording.text("the year began"),
        }
        chosen = st.segmented_control(
            wording.text("Since"),
            list(days),
            default="quarter",
            required=True,
            format_func=names.__getitem__,
            key="since_day",
            label_visibility="collapsed",
        )
        then = figures_on(view.data, view.request, days[chosen])
        day = wording.date(days[chosen])
        if then is None:
            st.markdown(formatting.plain(wording.text("On {day} there were no data for this question.", day=day)))
            return
        titles = (wording.text("On {day}", day=day), wording.text("Now"))
        rows = beside(figures(view), then, titles, wording)
        alt = wording.text("The figures then and now")
        formatting.table(rows, key=f"since_{chosen}_{len(rows)}", alt=alt)
        st.caption(
            formatting.plain(
                wording.text(
                    "With the files that counted when {day} began, and the choices of this page. The difference comes "
                    "from files that were stored or taken back since.",
                    day=day,
                )
            )
        )


def _present_figures(view: GapData, name: str) -> None:
    """Show the present measure, the rates of the two groups, and the number of citizens."""
    wording, question = view.wording, view.question
    with st.grid(4, min_column_width=200, key="headline_figures"):
        _level_card(view, f"{name} {wording.text('now')}", view.level.get(Phase.NOW))
        for group in (question.group, question.reference):
            row = view.ends.get((group, Phase.NOW))
            _level_card(view, view.label(group), row, wording.text("per cent"))
        level = view.level[Phase.NOW]
        number = wording.integer(level["n"]) if level["state"] == State.SHOWN else NOTHING
        formatting.card(wording.text("Citizens compared"), number, "")


def _level_card(view: GapData, title: str, row: Mapping[str, Any] | None, of: str = "") -> None:
    if row is None or row["state"] != State.SHOWN:
        formatting.card(title, NOTHING if row is None else state_text(row, view.wording) or "", "")
        return
    value = view.printed[row["phase"]] if view.change["state"] == State.SHOWN else 100 * row["estimate"]
    formatting.card(title, view.wording.decimal(value), _interval_note(row, view), of or unit(view))


def _change_card(view: GapData) -> None:
    wording, row = view.wording, view.change
    title = wording.text("The change")
    if row["state"] != State.SHOWN:
        formatting.card(title, state_text(row, wording) or "", "")
        return
    if view.net is not None:
        title = wording.text("The net change")
        net = {**view.net._asdict(), "n": row["n"]}
        value = printed_net(net)["estimate"]
        formatting.card(title, wording.signed(value), _interval_note(net, view), wording.text("percentage points"))
        return
    note = _interval_note(row, view)
    formatting.card(title, wording.signed(view.printed["estimate"]), note, wording.text("percentage points"))


def _group_card(view: GapData, group: str) -> None:
    """Show the rate of one group, before and after."""
    wording = view.wording
    before, after = (view.ends.get((group, phase)) for phase in (Phase.BEFORE, Phase.AFTER))
    for row in (before, after):
        if row is None or row["state"] != State.SHOWN:
            formatting.card(view.label(group), NOTHING if row is None else state_text(row, wording) or "", "")
            return
    assert before is not None
    assert after is not None
    value = f"{wording.decimal(100 * before['estimate'])} → {wording.decimal(100 * after['estimate'])}"
    note = wording.text(
        "before: {before}\nafter: {after}",
        before=rate_cells(before, wording)[2],
        after=rate_cells(after, wording)[2],
    )
    formatting.card(view.label(group), value, note, wording.text("per cent"))


def _interval_note(row: Mapping[str, Any], view: GapData) -> str:
    interval, number = interval_text(row, view.wording), view.wording.integer(row["n"])
    return view.wording.text("95% interval {interval}", interval=interval) + f"\nn = {number}"
