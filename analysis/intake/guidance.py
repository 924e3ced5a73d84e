"""What each sheet and each column of the workbook is for, in words."""

from analysis.intake.contract import DIMENSIONS, Form
from analysis.wording import Wording


def introduction(wording: Wording) -> list[str]:
    """What holds for the whole workbook."""
    return [
        wording.text("Fill in courses, or counts, or both for different offers. Dark headers are needed."),
        wording.text("Never enter CPR numbers, names or addresses: a file with a CPR number is refused."),
        wording.text("Write dates as day-month-year, for example 12-03-2015."),
        wording.text("Leave a group empty where it is not known: the citizen is counted as not stated."),
        wording.text(
            "A course counts as completed when it meets the offer's own rule: write the rule among the offers."
        ),
        wording.text("The grey example rows are left out when the workbook is read. Other columns are left out too."),
    ]


def sheets_said(wording: Wording) -> dict[Form, str]:
    """What a row of each sheet is."""
    return {
        Form.COURSES: wording.text("One row for each citizen's course."),
        Form.COUNTS: wording.text("One row for each offer, period and group, where citizens are counted already."),
        Form.OFFERS: wording.text("One row for each offer, and what counts as completed in it."),
        Form.ADJUSTMENTS: wording.text("One row for each small change of practice, at one offer, on one date."),
    }


def columns_said(wording: Wording) -> dict[tuple[Form, str], str]:
    """What each column takes, by sheet and column."""
    said = {
        (Form.COURSES, "citizen"): wording.text("An id of your own that tells citizens apart. Not a CPR number."),
        (Form.COURSES, "invited_on"): wording.text("The date the citizen was invited or referred."),
        (Form.COURSES, "started_on"): wording.text("The date of the first meeting. Empty if the citizen never came."),
        (Form.COURSES, "completed_on"): wording.text("The date the course was completed. Empty if it was not."),
        (Form.COURSES, "outcome"): wording.text("Completed, dropped out or running. It decides where it is filled in."),
        (Form.COUNTS, "period"): wording.text("A month (2015-03) or a quarter (2015K1), one kind for each offer."),
        (Form.COUNTS, "dimension"): wording.text("What divides the citizens, for example education."),
        (Form.COUNTS, "group"): wording.text("The group within the dimension."),
        (Form.COUNTS, "invited"): wording.text("Citizens invited or referred in the period."),
        (Form.COUNTS, "participated"): wording.text("Of these, citizens who came. Never more than were invited."),
        (Form.COUNTS, "completed"): wording.text("Of these, citizens who completed. Never more than came."),
        (Form.OFFERS, "kind"): wording.text("A health offer or a social offer."),
        (Form.OFFERS, "theme"): wording.text("What it is about, for example smoking or diabetes."),
        (Form.OFFERS, "completion_rule"): wording.text(
            "What counts as completed, for example 75 per cent of meetings."
        ),
        (Form.ADJUSTMENTS, "adjusted_on"): wording.text("The date the change began. It parts before from after."),
        (Form.ADJUSTMENTS, "title"): wording.text("A short name for the change."),
        (Form.ADJUSTMENTS, "what_changed"): wording.text("What is done otherwise now."),
        (Form.ADJUSTMENTS, "aim"): wording.text("Recruitment, completion, or both."),
        (Form.ADJUSTMENTS, "citizens_involved"): wording.text("Whether citizens helped to find the change."),
        (Form.ADJUSTMENTS, "staff_involved"): wording.text("Whether staff helped to find the change."),
    }
    for form in Form:
        said[form, "municipality"] = wording.text("The municipality's name or number.")
        said[form, "offer"] = wording.text("The offer's name, written alike everywhere.")
    for column in DIMENSIONS:
        said[Form.COURSES, column.key] = wording.text("The citizen's group. Choose from the list.")
    return said
