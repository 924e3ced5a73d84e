"""Questions about a file that only the person can answer: fixed options without a default."""

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.findings.findings import Finding
from analysis.intake.parsing.questions import QUESTIONS, asked
from analysis.intake.validate.validation import Prepared
from pages.import_wizard.job import ImportJob


def ask_questions(work: ImportJob, findings: list[Finding], wording: Wording) -> None:
    """Ask the open questions of the checks; answers can be changed until the file is stored."""
    titles = _titles(wording)
    open_or_answered = [one for one in titles if one in asked(findings) or one in work.corrections.answers]
    if not open_or_answered:
        return
    st.header(wording.text("What only you can tell"))
    for question in open_or_answered:
        _ask(work, question, titles[question], wording)


def ask_month(work: ImportJob, prepared: Prepared, wording: Wording) -> None:
    """Ask in which month a course counts, if some begin in a later month than that of their invitation."""
    if not prepared.contents.start_in_other_months():
        return
    explained = wording.text(
        "Choose the month the course began if the adjustment is to what happens in the course. Citizens who did not "
        "start then count when they would have started, after the usual wait of their offer."
    )
    _ask(work, "counted_from", wording.text("In which month does a course count?"), wording, "invitation", explained)


def _ask(
    work: ImportJob, question: str, title: str, wording: Wording, default: str | None = None, explained: str = ""
) -> None:
    choices = QUESTIONS[question]
    given = work.corrections.answers.get(question, default)
    st.radio(
        title,
        list(choices),
        index=list(choices).index(given) if given else None,
        format_func=lambda choice: wording.text(choices[choice]),
        key=f"answer_{question}",
        on_change=_answer,
        args=(work, question),
        help=explained or None,
    )


def _answer(work: ImportJob, question: str) -> None:
    """Store the answer; a callback, called before the page runs again."""
    chosen = st.session_state[f"answer_{question}"]
    work.mend(answers={**work.corrections.answers, question: chosen})


def _titles(wording: Wording) -> dict[str, str]:
    return {
        "period_year_or_month": wording.text("Are periods like 2010-11 months or school years?"),
        "period_month_or_quarter": wording.text("Are periods like 3/2015 months or quarters?"),
        "period_day": wording.text("What does a day stand for in the column of periods?"),
        "date_order": wording.text("What comes first in dates like 12-01-10?"),
        "number_two_meanings": wording.text("Are numbers like 12,000 and 12.000 thousands?"),
        "month_order": wording.text("What comes first in dates like 02/01/2015?"),
        "outcome_blank": wording.text("What came of the started courses whose outcome is not filled in?"),
        "missing_code": wording.text("What are numbers like 999 and 9999?"),
        "municipality_code": wording.text("Which country's codes are those of the municipalities?"),
        "counts_cumulated": wording.text(
            "Are the numbers of each period its own, or added up from the start of the year?"
        ),
        "total_or_own": wording.text("Are the rows that may be totals the sum of the others?"),
        "sheets_repeat": wording.text("The same stands on several sheets of the file: which sheet holds?"),
        "citizen_repeats": wording.text("The same citizens stand in several rows of an offer: what is a row?"),
        "citizens_stored": wording.text("The same citizens are stored from another file: what is a row?"),
        "ended_or_completed": wording.text("Had those with an end date completed?"),
    }
