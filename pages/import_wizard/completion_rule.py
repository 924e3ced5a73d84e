"""The rule by which attendances make a course complete: a share of the sessions, a number of them, or the last one."""

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.parsing.attendance import rule_of
from analysis.intake.parsing.questions import COMPLETION_RULE
from pages.import_wizard.job import ImportJob

LIKELY = {"share": 75, "number": 5}
"""Number that the field shows at first."""


def ask_completion_rule(work: ImportJob, wording: Wording) -> None:
    """Ask which attendances make a course complete. The rule is kept with the offer."""
    given = rule_of(work.corrections.answers.get(COMPLETION_RULE))
    kinds = {
        "share": wording.text("Those who came to at least this share of the sessions, in per cent"),
        "number": wording.text("Those who came to at least this number of sessions"),
        "last": wording.text("Those who came to the last session"),
    }
    kind = st.radio(
        wording.text("Who has completed?"),
        list(kinds),
        index=list(kinds).index(given.kind) if given else None,
        format_func=kinds.__getitem__,
        key=f"answer_{COMPLETION_RULE}",
        on_change=_answer,
        args=(work,),
    )
    if kind in LIKELY:
        st.number_input(
            wording.text("Least share in per cent") if kind == "share" else wording.text("Least number of sessions"),
            min_value=1,
            max_value=100 if kind == "share" else 99,
            value=given.least if given and given.kind == kind else LIKELY[kind],
            key=f"answer_{COMPLETION_RULE}_{kind}",
            on_change=_answer,
            args=(work,),
        )


def _answer(work: ImportJob) -> None:
    """Store the rule; a callback, called before the page runs again."""
    kind = st.session_state[f"answer_{COMPLETION_RULE}"]
    least = st.session_state.get(f"answer_{COMPLETION_RULE}_{kind}", LIKELY.get(kind))
    rule = kind if least is None else f"{kind}:{least}"
    work.change(answers={**work.corrections.answers, COMPLETION_RULE: rule})
