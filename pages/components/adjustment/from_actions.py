"""From action to practice: the actions of a municipality, the adjustments that carry them out, and what happened."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from analysis.exhibits.adjustments.adjustment import Adjustment, stored_adjustments
from analysis.exhibits.adjustments.filters import practice_name
from analysis.exhibits.adjustments.results import result_name, with_results
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.tables import NOTHING
from analysis.exhibits.theme_day_data import ThemeDayData
from analysis.model.terms import Subject
from pages.components import formatting
from pages.components.adjustment.planning import Idea, plan
from pages.components.exhibit_context import context


def from_actions(view: ThemeDayData, name: str, gaps: GapData | None) -> None:
    """Show the chain from actions to changes, and the form that plans an adjustment of an action.

    ``gaps`` are those of the municipality, if it has any: they say what happened.
    """
    wording = view.wording
    own = view.actions[view.actions["municipality"] == name].sort_values("priority")
    if own.empty:
        return
    here = context(wording)
    version = here.version(view.synthetic, Subject.GAPS)
    known = [one for one in stored_adjustments(here.data, version, view.synthetic) if one.municipality == name]
    results = {one.adjustment.id: result_name(one.result, wording) for one in with_results(gaps)} if gaps else {}
    st.header(wording.text("From action to practice"))
    rows = [
        row
        for action in own.to_dict("records")
        for row in _rows(view, action["action"], view.word("status", action["status"]), known, results)
    ]
    st.table(pd.DataFrame(rows).map(formatting.plain), hide_index=True)
    carried_out = {one.action.strip().lower() for one in known if one.action}
    left = [action for action in own["action"] if action.strip().lower() not in carried_out]
    if not left:
        return
    action = st.selectbox(
        wording.text("Turn an action into an adjustment"),
        left,
        index=None,
        placeholder=wording.text("choose one"),
        key="planned_action",
    )
    if action:
        offers = here.data.offers(version, view.synthetic)
        idea = Idea(action, action=action, municipality=name)
        plan(view, idea, offers, wording.text("Plan an adjustment"), key=action)


def _rows(
    view: ThemeDayData, action: str, status: str, known: list[Adjustment], results: Mapping[str, str]
) -> list[dict[str, str]]:
    """Return a row for each adjustment of an action; one without if there is none."""
    wording = view.wording
    made = [one for one in known if one.action.strip().lower() == action.strip().lower()]
    columns = {wording.text("Action"): action, wording.text("Status"): status}
    names = [
        wording.text("Adjustment"),
        wording.text("Offer"),
        wording.text("How far"),
        wording.text("Test rounds"),
        wording.text("What happened"),
    ]
    if not made:
        return [columns | dict.fromkeys(names, NOTHING)]
    return [
        columns
        | dict(
            zip(
                names,
                (
                    one.title,
                    one.offer,
                    practice_name(one.state, wording) if one.state else NOTHING,
                    wording.integer(len(one.rounds)),
                    results.get(one.id, NOTHING),
                ),
                strict=True,
            )
        )
        for one in made
    ]
