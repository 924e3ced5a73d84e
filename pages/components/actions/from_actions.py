"""From action to practice, on three pages: what carries out actions, what happened, and the work on one action."""

import pandas as pd
import streamlit as st

from analysis.exhibits.action_chain import CarriedOut, about, activity_rows, carried_out, chain, how_far, state_of
from analysis.exhibits.adjustments.adjustment import Adjustment, stored_adjustments
from analysis.exhibits.adjustments.results import result_name, with_results
from analysis.exhibits.gap_data import GapData
from analysis.exhibits.tables import NOTHING
from analysis.exhibits.theme_day_data import ThemeDayData, theme_days_of
from analysis.model.terms import Subject
from pages.components import form_entry, formatting
from pages.components.actions.forms import action_form, activity_form
from pages.components.adjustment.planning import Idea, plan
from pages.components.exhibit_context import context
from pages.components.form_entry import View


def of_municipality(view: ThemeDayData, name: str, gaps: GapData | None) -> None:
    """Show the chain from actions to changes, and the work on one action.

    ``gaps`` are those of the municipality, if it has any: they say what happened.
    """
    wording = view.wording
    rows = view.actions[view.actions["municipality"] == name].sort_values("priority")
    if rows.empty:
        return
    found = carried_out(view, rows, _known(view))
    st.header(wording.text("From action to practice"))
    _table(chain(view, found, _results(gaps), by="action"))
    actions = {one.action: one for one in found}
    chosen = st.selectbox(
        wording.text("Work on an action"),
        list(actions),
        index=None,
        placeholder=wording.text("choose one"),
        key="work_on",
    )
    if chosen:
        _work(view, actions[chosen])
    form_entry.show_last_entry(wording)


def of_action(view: ThemeDayData, rows: pd.DataFrame, action: str, gaps: GapData | None) -> None:
    """Show what carries out one action in each municipality, what it builds on, and what is missing."""
    wording = view.wording
    found = carried_out(view, rows[rows["action"] == action], _known(view))
    st.header(wording.text("From action to practice"))
    begun = [one for one in found if one.is_begun]
    st.markdown(
        formatting.plain(
            wording.texts(
                "“{action}”: {begun} of {count} municipality has an activity or an adjustment for it.",
                "“{action}”: {begun} of {count} municipalities have activities or adjustments for it.",
                len(found),
                action=action,
                begun=wording.integer(len(begun)),
            )
        )
    )
    if adjusted := [one for one in found if one.adjustments]:
        _table(chain(view, adjusted, _results(gaps), by="municipality"))
    if others := [one for one in found if one.is_described or one.activities]:
        label = wording.text("Activities, what it builds on, and what is missing")
        expander = st.expander(label, icon=":material/checklist:", key="about_action", on_change="rerun")
        if expander.open:
            with expander:
                place = wording.text("Municipality")
                _table([{place: one.municipality, **state_of(view, one), **about(view, one)} for one in others])


def of_adjustment(view: View, made: Adjustment) -> None:
    """Show how far the action is that an adjustment carries out."""
    if not made.action:
        return
    here = context(view.wording)
    themes = theme_days_of(here, view.synthetic)
    rows = themes.actions[themes.actions["municipality"] == made.municipality]
    names = rows["action"].str.strip().str.casefold()
    for one in carried_out(themes, rows[names == made.action.strip().casefold()], ()):
        st.caption(formatting.plain(f"{one.action}: {how_far(themes, one)}"))
        st.page_link(
            "municipality.py",
            label=formatting.plain(view.wording.text("The actions of {municipality}", municipality=made.municipality)),
            icon=":material/arrow_forward:",
            query_params={**st.query_params, "municipality": made.municipality},
        )


def _known(view: ThemeDayData) -> tuple[Adjustment, ...]:
    here = context(view.wording)
    return stored_adjustments(here.data, here.version(view.synthetic, Subject.GAPS), view.synthetic)


def _results(gaps: GapData | None) -> dict[str, str]:
    """Return the names of the results by the id of the adjustment."""
    if gaps is None:
        return {}
    return {one.adjustment.id: result_name(one.result, gaps.wording) for one in with_results(gaps)}


def _work(view: ThemeDayData, one: CarriedOut) -> None:
    """Show what is known of an action, and the forms that change it or plan an adjustment of it."""
    wording = view.wording
    for name, text in about(view, one).items():
        if text:
            st.markdown(f"**{formatting.plain(name)}** {formatting.plain(text)}")
    if one.activities:
        _table(activity_rows(view, one))
    form_entry.show_last_entry(wording)
    activity_form(view, one)
    action_form(view, one)
    here = context(wording)
    offers = here.data.offers(here.version(view.synthetic, Subject.GAPS), view.synthetic)
    plan(view, _idea(view, one), offers, wording.text("Turn it into an adjustment"), key=one.action)


def _table(rows: list[dict[str, str]]) -> None:
    """Show a table whose long texts take several lines."""
    st.table(pd.DataFrame(rows).replace("", NOTHING).map(formatting.plain), hide_index=True)


def _idea(view: ThemeDayData, one: CarriedOut) -> Idea:
    """Return an action as the beginning of an adjustment; its other areas are partners."""
    areas = dict.fromkeys([*one.row["co_owners"], *one.row["involved"]])
    responsible = one.row["responsible"]
    return Idea(
        one.action,
        action=one.action,
        municipality=one.municipality,
        partners=", ".join(view.word("area", area) for area in areas),
        contact=view.word("area", responsible) if responsible else "",
    )
