"""The four headline figures: the gap before, the gap after, its change, and how the compared group fares."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analysis.measures.frame import State
from analysis.model import Phase
from pages.parts import show
from pages.parts.view import View


def headline_figures(view: View, change: Mapping[str, Any]) -> None:
    """Four cards, each a number with its interval and what it is drawn from."""
    wording = view.wording
    gaps = {row["phase"]: row for row in view.gaps([]).query("scale == 'absolute'").to_dict("records")}
    with st.grid(4, min_column_width=200, key="headline_figures"):
        for phase, title in ((Phase.BEFORE, wording.text("Gap before")), (Phase.AFTER, wording.text("Gap after"))):
            _gap_card(view, title, gaps.get(phase))
        _change_card(view, change)
        _group_card(view)


def _gap_card(view: View, title: str, row: Mapping[str, Any] | None) -> None:
    wording = view.wording
    if row is None or row["state"] != State.SHOWN:
        _card(title, _absent(row, view), "")
        return
    _card(title, wording.decimal(100 * row["estimate"]), _interval_note(row, view), wording.text("percentage points"))


def _change_card(view: View, row: Mapping[str, Any]) -> None:
    wording = view.wording
    title = wording.text("Change in the gap")
    if row["state"] != State.SHOWN:
        _card(title, _absent(row, view), "")
        return
    _card(title, wording.signed(100 * row["estimate"]), _interval_note(row, view), wording.text("percentage points"))


def _group_card(view: View) -> None:
    """The rate of the group that is compared, before and after."""
    wording = view.wording
    frame = view.rates(["group", "phase"])
    rows = {row["phase"]: row for row in frame[frame["group"] == view.selection.group].to_dict("records")}
    before, after = rows.get(Phase.BEFORE), rows.get(Phase.AFTER)
    for row in (before, after):
        if row is None or row["state"] != State.SHOWN:
            _card(view.compared, _absent(row, view), "")
            return
    assert before is not None
    assert after is not None
    value = f"{wording.decimal(100 * before['estimate'])} → {wording.decimal(100 * after['estimate'])}"
    note = wording.text(
        "before: {before}\nafter: {after}",
        before=show.rate_cells(before, wording)[2],
        after=show.rate_cells(after, wording)[2],
    )
    _card(view.compared, value, note, wording.text("percent"))


def _interval_note(row: Mapping[str, Any], view: View) -> str:
    interval, number = show.interval(row, view.wording), view.wording.integer(row["n"])
    return view.wording.text("95% interval {interval}", interval=interval) + f"\nn = {number}"


def _absent(row: Mapping[str, Any] | None, view: View) -> str:
    return show.NOTHING if row is None else show.state(row, view.wording) or ""


def _card(title: str, value: str, note: str, unit: str = "") -> None:
    with st.container(border=True, height="stretch"):
        st.metric(show.plain(title), value, delta=unit or None, delta_color="off", delta_arrow="off")
        st.caption("  \n".join(show.plain(line) for line in note.split("\n")))
