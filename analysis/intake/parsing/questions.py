"""Questions for the user: ambiguities that the values of the file do not resolve."""

import datetime as dt
import re
from collections.abc import Mapping

from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding

Answers = Mapping[str, str]
"""Answers by question; both are keys."""

COUNTED_FROM = "counted_from"
TWICE = "count_twice"
SCALED = "numbers_scaled"
NO_GROUPS = "no_groups"
HEADERS_UNKNOWN = "headers_unknown"
CUMULATED = "counts_cumulated"
ESTIMATED = "invited_estimated"
REST = "most_unread"
ONE_GROUP = "one_group_only"
SESSIONS_APART = "sessions_apart"
COMPLETION_RULE = "completion_rule"
MUNICIPALITY_COUNTRY = "municipality_country"
MONTH_ORDER = "month_order"
SESSION_YEAR = "session_year"
YEAR_OR_PART = "year_or_part"
ROWS_MARKED = "rows_marked"
LIST_OF_CITIZENS = "list_of_citizens"
YEARS_BACK = 12
"""Number of years that are offered as the year of a session. Any other can be typed on the command line."""
COUNTRIES = {
    "danish": N_("Denmark"),
    "norwegian": N_("Norway"),
    "swedish": N_("Sweden"),
    "finnish": N_("Finland"),
}
QUESTIONS: dict[str, dict[str, str]] = {
    "period_year_or_month": {
        "months": N_("Months: 2010-11 is November 2010"),
        "school_years": N_("School years: 2010-11 is August 2010 to July 2011"),
    },
    "period_month_or_quarter": {
        "months": N_("Months: 3/2015 is March 2015"),
        "quarters": N_("Quarters: 3/2015 is July to September 2015"),
    },
    "period_day": {
        "weeks": N_("The week that the day lies in"),
        "months": N_("The month that the day lies in"),
        "quarters": N_("The quarter that the day lies in"),
        "half_years": N_("The half-year that the day lies in"),
        "years": N_("The year that the day lies in"),
        "school_years": N_("The school year that the day lies in, from August to July"),
    },
    "period_years": {
        "years": N_("Calendar years: 2015-2016 is January 2015 to December 2016"),
        "school_years": N_("School years: 2015-2016 is August 2015 to July 2016"),
    },
    "date_order": {
        "day_first": N_("The day first: 12-01-10 is 12 January 2010"),
        "year_first": N_("The year first: 12-01-10 is 10 January 2012"),
    },
    MONTH_ORDER: {
        "day_first": N_("The day first: 02/01/2015 is 2 January 2015"),
        "month_first": N_("The month first: 02/01/2015 is 1 February 2015"),
    },
    "outcome_blank": {
        "running": N_("They are still running: they count as started and not completed"),
        "dropped_out": N_("They had ended without completing: they count as dropped out"),
    },
    "missing_code": {
        "missing": N_("They stand for numbers that are missing: those rows are left out"),
        "numbers": N_("They really are so many citizens"),
    },
    MUNICIPALITY_COUNTRY: {
        **COUNTRIES,
        "other": N_("Another country, or other places: they are stored as they are written"),
    },
    "suppressed_mark": {
        "hidden": N_("All of them are numbers that are held back, not zero"),
        "zero": N_("All of them are none: they count as 0"),
        "dash_zero": N_("A dash is 0; a full stop, NA and an empty cell are numbers that are held back"),
    },
    "percent_of": {
        "invited": N_("All of them of the invited"),
        "participated": N_("Those who participated of the invited, those who completed of those who participated"),
    },
    ESTIMATED: {"rounded": N_("They are estimates: they are rounded to whole citizens")},
    NO_GROUPS: {"totals": N_("Store them as totals of all citizens, without social groups")},
    TWICE: {"add": N_("They are parts of one group: the numbers are added up")},
    REST: {"left_out": N_("Leave those rows out")},
    ONE_GROUP: {"stored": N_("The offer is for these citizens only: store the numbers")},
    HEADERS_UNKNOWN: {"offers": N_("They are offers")},
    SCALED: {"counts": N_("They are counts of citizens all the same")},
    "percent_not_whole": {"left_out": N_("Leave those rows out, as numbers that are held back")},
    ROWS_MARKED: {
        "left_out": N_("They do not count: leave those rows out"),
        "counted": N_("They count all the same"),
    },
    YEAR_OR_PART: {
        "years": N_("They are of whole years all the same"),
        "part": N_("They are of that part of the year only: it becomes their period"),
    },
    CUMULATED: {"own": N_("Each period has the numbers of that period alone")},
    "total_or_own": {
        "totals": N_("They are totals: they are left out"),
        "own": N_("They are offers, groups or municipalities of their own: they are stored"),
    },
    "sheets_repeat": {
        "first_sheet": N_("The sheet that comes first: what others say of the same is left out"),
        "last_sheet": N_("The sheet that comes last: what others say of the same is left out"),
    },
    "citizen_repeats": {
        "courses": N_("Each row really is a course of its own"),
        "attendances": N_("Each row is one attendance: a citizen's rows in an offer are one course"),
    },
    SESSIONS_APART: {
        "courses": N_("Sessions after a long break are another course"),
        "one": N_("All sessions of a citizen in an offer are one course"),
    },
    SESSION_YEAR: {str(year): str(year) for year in range(dt.date.today().year, dt.date.today().year - YEARS_BACK, -1)},
    COMPLETION_RULE: {
        "share:75": N_("Those who came to at least 75 per cent of the sessions"),
        "share:50": N_("Those who came to at least half of the sessions"),
        "number:5": N_("Those who came to at least 5 sessions"),
        "last": N_("Those who came to the last session"),
    },
    LIST_OF_CITIZENS: {
        "groups": N_("It tells groups of citizens: courses of the same ids get them"),
        "courses": N_("Each row is a course"),
    },
    "citizens_stored": {"courses": N_("Each row is a new course, or the same ids are of other citizens there")},
    "number_two_meanings": {
        "thousands": N_("12,000 and 12.000 are twelve thousand"),
        "decimals": N_("12,000 and 12.000 are twelve"),
    },
    COUNTED_FROM: {
        "invitation": N_("The month of the invitation"),
        "start": N_("The month the course began"),
    },
    "ended_or_completed": {"completed": N_("Those who ended had completed")},
}
"""Possible answers to each question, with their texts. The key of a question is the key of its check.

``counted_from`` has no check: without an answer, courses count in the month of the invitation.
"""

OF_ONE_FILE = {SESSION_YEAR, YEAR_OR_PART, REST, TWICE, "citizens_stored"}
"""Questions whose answer is about one file, and is not saved with its mapping."""
DROPPED_OUT = ("outcome_blank", "dropped_out")
"""The answer that the courses of a file had ended. Those of the next one may be running."""


def lasting(answers: Answers) -> dict[str, str]:
    """Return the answers that hold for the next file of the same kind too."""
    return {key: one for key, one in answers.items() if key not in OF_ONE_FILE and (key, one) != DROPPED_OUT}


ASKED_BY = {question: {question} for question in QUESTIONS}
ASKED_BY[MUNICIPALITY_COUNTRY] |= {"municipality_code", "municipality_none"}
ASKED_BY[CUMULATED] |= {"said_cumulated"}
ASKED_BY[COMPLETION_RULE] |= {"rule_not_usable"}
"""Checks that ask each question."""
ASKING = frozenset().union(*ASKED_BY.values())
"""All checks that ask a question."""


def is_answer(question: str, choice: str) -> bool:
    """Return whether a question has this answer. A completion rule can have any share or number, a session any year."""
    is_rule = (
        question == COMPLETION_RULE and re.fullmatch(r"share:(?:[1-9]\d?|100)|number:[1-9]\d?", choice) is not None
    )
    is_year = question == SESSION_YEAR and re.fullmatch(r"(?:199|20\d)\d", choice) is not None
    return choice in QUESTIONS.get(question, {}) or is_rule or is_year


def asked(findings: list[Finding]) -> list[str]:
    """Return the distinct questions among the findings."""
    checks = {finding.check for finding in findings}
    return [question for question, asking in ASKED_BY.items() if asking & checks]
