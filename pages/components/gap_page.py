"""Start of every page with numbers: filters, breadcrumbs, question, and empty states."""

import streamlit as st

from analysis.exhibits.doubts import late_invited
from analysis.exhibits.gap_data import GapData
from analysis.measures.aggregate import has_known_stages
from analysis.measures.result_frame import State
from analysis.model.terms import Phase, Rate
from pages.components import empty_states, formatting, session
from pages.components.breadcrumbs import breadcrumbs
from pages.components.filter_sidebar import choose

MANY_LATE = 10
"""The top of the page warns if one in so many citizens has not had time to start."""


def begin(question: str, now: str = "", *, undivided: str = "") -> GapData:
    """Draw the filters and the question, and return the gap data. Stop the page if there is nothing to show.

    ``now`` is the question of a page that shows the present state; by default the same. ``undivided`` is the question
    about totals without social groups; a page without one shows nothing of them.
    """
    view = choose(session.language())
    breadcrumbs(view)
    if view.dimension.is_undivided and not undivided:
        empty_states.no_groups(view.wording)
    if view.dimension.is_undivided:
        question = undivided
    elif view.is_now and now:
        question = now
    formatting.heading(question, view.wording, synthetic=view.selection.synthetic)
    _why_no_answer(view)
    if (late := late_invited(view)) and MANY_LATE * late.number >= view.citizens(view.counts, view.phases[-1]):
        empty_states.too_early(view, late)
    return view


def _why_no_answer(view: GapData) -> None:
    """Show why before and after cannot be compared, and the next step.

    The page continues with the available data.
    """
    adjusted = bool(set(view.months["phase"]) & {Phase.BEFORE, Phase.AFTER, Phase.TRANSITION})
    if view.is_now:
        empty_states.now(view, adjusted=adjusted)
    answer = view.level[Phase.NOW] if view.is_now else view.change
    if answer["state"] == State.SHOWN:
        return
    if not has_known_stages(view.months, view.rate).any():
        if view.rate is not Rate.COMPLETION:
            empty_states.nobody_invited(view)
    elif not set(view.phases) <= set(view.counts["phase"]):
        empty_states.not_finished(view)
    elif view.group_rates["state"].eq(State.HIDDEN).all():
        empty_states.everything_hidden(view)
    else:
        st.info(_cannot_be_compared(view), icon=":material/visibility_off:")
        empty_states.more_citizens(view)


def _cannot_be_compared(view: GapData) -> str:
    if view.is_now:
        return view.wording.text(
            "The two groups cannot be compared here: too few citizens, or none. The rest is shown."
        )
    return view.wording.text(
        "The two groups cannot be compared here: too few citizens, or none, before or after. The rest is shown."
    )
