"""Start of every page with numbers: filters, breadcrumbs, question, and empty states."""

import streamlit as st

from analysis.exhibits.gap_data import GapData
from analysis.measures.result_frame import State
from analysis.model.terms import Phase, RoundingBase
from pages.components import empty_states, formatting, session
from pages.components.breadcrumbs import breadcrumbs
from pages.components.filter_sidebar import choose


def begin(question: str, now: str = "") -> GapData:
    """Draw the filters and the question, and return the gap data. Stop the page if there is nothing to show.

    ``now`` is the question of a page that shows the present state; by default the same.
    """
    view = choose(session.language())
    breadcrumbs(view)
    formatting.heading((view.is_now and now) or question, view.wording, synthetic=view.selection.synthetic)
    _why_no_answer(view)
    return view


def _why_no_answer(view: GapData) -> None:
    """Show why before and after cannot be compared, and the next step.

    The page continues with the available data.
    """
    adjusted = set(view.months["phase"]) & {Phase.BEFORE, Phase.AFTER, Phase.TRANSITION}
    is_rounded_away = bool(adjusted) and isinstance(view.smallest_count(), RoundingBase)
    if view.is_now and not is_rounded_away:
        empty_states.now(view.wording, adjusted=bool(adjusted))
    answer = view.level[Phase.NOW] if view.is_now else view.change
    if answer["state"] == State.SHOWN:
        return
    if not view.is_now and not {Phase.BEFORE, Phase.AFTER} <= set(view.counts["phase"]):
        empty_states.not_finished(view.wording)
    elif view.group_rates["state"].eq(State.HIDDEN).all():
        empty_states.everything_hidden(view)
    else:
        st.info(
            view.wording.text(
                "The two groups cannot be compared here: too few citizens, or none, before or after. The rest is shown."
            ),
            icon=":material/visibility_off:",
        )
        empty_states.more_citizens(view)
