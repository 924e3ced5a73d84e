"""Questions about a file that only the person can answer: fixed options without a default."""

from collections.abc import Collection

import streamlit as st

from analysis.i18n import Wording
from analysis.intake.parsing.questions import (
    COMPLETION_RULE,
    COUNTED_FROM,
    ESTIMATED,
    HEADERS_UNKNOWN,
    LIST_OF_CITIZENS,
    MUNICIPALITY_COUNTRY,
    NO_GROUPS,
    ONE_GROUP,
    QUESTIONS,
    REST,
    ROWS_MARKED,
    SCALED,
    SESSION_YEAR,
    SESSIONS_APART,
    TWICE,
    YEAR_OR_PART,
)
from analysis.intake.validate.prepared import Prepared
from pages.import_wizard.completion_rule import ask_completion_rule
from pages.import_wizard.job import ImportJob


def ask_question(work: ImportJob, question: str, wording: Wording) -> None:
    """Ask a question of the checks; the answer can be changed until the file is stored."""
    if question == COMPLETION_RULE:
        ask_completion_rule(work, wording)
    else:
        _ask(work, question, titles(wording)[question], wording)


def answered_questions(work: ImportJob, open_questions: Collection[str]) -> list[str]:
    """Return the questions that are answered and no longer open."""
    answers = work.corrections.answers
    return [one for one in QUESTIONS if one in answers and one not in {COUNTED_FROM, *open_questions}]


def forget_answer(work: ImportJob, question: str) -> None:
    """Undo an answer; a callback."""
    st.session_state[f"answer_{question}"] = None
    work.change(answers={key: answer for key, answer in work.corrections.answers.items() if key != question})


def ask_month(work: ImportJob, prepared: Prepared, wording: Wording) -> None:
    """Ask in which month a course counts, if some begin in a later month than that of their invitation."""
    if not prepared.contents.start_in_other_months():
        return
    explained = wording.text(
        "Choose the month the course began if the adjustment is to what happens in the course. Citizens who did not "
        "start then count when they would have started, after the usual wait of their offer."
    )
    _ask(work, COUNTED_FROM, wording.text("In which month does a course count?"), wording, "invitation", explained)


def _ask(
    work: ImportJob, question: str, title: str, wording: Wording, default: str | None = None, explained: str = ""
) -> None:
    choices = QUESTIONS[question]
    given = work.corrections.answers.get(question, default)
    st.radio(
        title,
        list(choices),
        index=list(choices).index(given) if given in choices else None,
        format_func=lambda choice: wording.text(choices[choice]),
        key=f"answer_{question}",
        on_change=_answer,
        args=(work, question),
        help=explained or None,
    )


def _answer(work: ImportJob, question: str) -> None:
    """Store the answer; a callback, called before the page runs again."""
    chosen = st.session_state[f"answer_{question}"]
    work.change(answers={**work.corrections.answers, question: chosen})


def titles(wording: Wording) -> dict[str, str]:
    """Return the text of each question that has a radio button for every answer."""
    return {
        "period_year_or_month": wording.text("Are periods like 2010-11 months or school years?"),
        "period_month_or_quarter": wording.text("Are periods like 3/2015 months or quarters?"),
        "period_day": wording.text("What does a day stand for in the column of periods?"),
        "period_years": wording.text("Are periods like 2015-2016 and 2015-2017 calendar years or school years?"),
        "date_order": wording.text("What comes first in dates like 12-01-10?"),
        "number_two_meanings": wording.text("Are numbers like 12,000 and 12.000 thousands?"),
        "month_order": wording.text("What comes first in dates like 02/01/2015?"),
        "outcome_blank": wording.text("What came of the started courses whose outcome is not filled in?"),
        "missing_code": wording.text("What are numbers like 999 and 9999?"),
        MUNICIPALITY_COUNTRY: wording.text("Which country are the municipalities in?"),
        "suppressed_mark": wording.text("What do a dash, a full stop, NA or an empty cell mean among the counts?"),
        "percent_of": wording.text("What are the percentages among the counts percentages of?"),
        "percent_not_whole": wording.text("What about percentages that give no whole number?"),
        "counts_cumulated": wording.text(
            "Are the numbers of each period its own, or added up from the start of the year?"
        ),
        ROWS_MARKED: wording.text(
            "What about the rows that are marked as deleted, duplicates, tests or without consent?"
        ),
        YEAR_OR_PART: wording.text("Are the numbers of whole years, or of the part of the year that the sheet names?"),
        "total_or_own": wording.text("Are the rows that may be totals the sum of the others?"),
        "sheets_repeat": wording.text("The same stands on several sheets of the file: which sheet holds?"),
        "citizen_repeats": wording.text("The same citizens stand in several rows of an offer: what is a row?"),
        SESSION_YEAR: wording.text("In which year was the first session?"),
        COMPLETION_RULE: wording.text("Who has completed?"),
        "citizens_stored": wording.text("The same citizens are stored from another file: what is a row?"),
        LIST_OF_CITIZENS: wording.text("The table has ids of citizens and their groups: what is it?"),
        "ended_or_completed": wording.text("Had those with an end date completed?"),
        NO_GROUPS: wording.text("The table has no social groups: what are its numbers?"),
        HEADERS_UNKNOWN: wording.text("What are the headers that are not known here?"),
        TWICE: wording.text("The same group and period stand twice: what are the two rows?"),
        REST: wording.text("What about the rows of the table that is not read?"),
        ONE_GROUP: wording.text("Are these all citizens of the offer?"),
        SESSIONS_APART: wording.text("Some citizens have sessions long after their others: what are these?"),
        ESTIMATED: wording.text("Are the numbers with decimals estimates?"),
        SCALED: wording.text("Are the numbers counts of citizens all the same?"),
    }
