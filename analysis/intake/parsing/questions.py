"""Questions for the user: ambiguities that the values of the file do not resolve."""

from collections.abc import Mapping

from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding

Answers = Mapping[str, str]
"""Answers by question; both are keys."""

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
    "date_order": {
        "day_first": N_("The day first: 12-01-10 is 12 January 2010"),
        "year_first": N_("The year first: 12-01-10 is 10 January 2012"),
    },
    "month_order": {
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
    "municipality_code": {"danish": N_("They are the codes of Danish municipalities")},
    "counts_cumulated": {"own": N_("Each period has the numbers of that period alone")},
    "total_or_own": {
        "totals": N_("They are totals: they are left out"),
        "own": N_("They are offers, groups or municipalities of their own: they are stored"),
    },
    "sheets_repeat": {
        "first_sheet": N_("The sheet that comes first: what others say of the same is left out"),
        "last_sheet": N_("The sheet that comes last: what others say of the same is left out"),
    },
    "citizen_repeats": {"courses": N_("Each row really is a course of its own")},
    "citizens_stored": {"courses": N_("Each row is a new course, or the same ids are of other citizens there")},
    "number_two_meanings": {
        "thousands": N_("12,000 and 12.000 are twelve thousand"),
        "decimals": N_("12,000 and 12.000 are twelve"),
    },
    "counted_from": {
        "invitation": N_("The month of the invitation"),
        "start": N_("The month the course began"),
    },
    "ended_or_completed": {"completed": N_("Those who ended had completed")},
}
"""Possible answers to each question, with their texts. The key of a question is the key of its check.

``counted_from`` has no check: without an answer, courses count in the month of the invitation.
"""


def asked(findings: list[Finding]) -> list[str]:
    """Return the distinct questions among the findings."""
    return [question for question in QUESTIONS if any(finding.check == question for finding in findings)]
