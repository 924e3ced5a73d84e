"""What each sheet and each column of the workbook is for, in words."""

from analysis.i18n import Wording
from analysis.intake.contract import DIMENSIONS, Form
from analysis.model.terms import Status, Understanding


def introduction(wording: Wording) -> list[str]:
    """What holds for the whole workbook."""
    return [
        wording.text("Fill in courses, or counts, or both for different offers. Dark headers are needed."),
        wording.text("Sheets that you have nothing for may stay empty, for instance those of theme days."),
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
        Form.THEME_DAYS: wording.text("One row for each participant of a theme day, or for several who are alike."),
        Form.UNDERSTANDINGS: wording.text("One row for each municipality, or table, that was asked."),
        Form.ACTIONS: wording.text("One row for each action of a municipality, and how far it has come."),
        Form.REQUESTS: wording.text("One row for each request, and one more each time that its state changes."),
        Form.VOTES: wording.text("One row for each table and action that was voted on at a theme day."),
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
    said |= _theme_days_said(wording)
    for form in Form:
        said[form, "municipality"] = wording.text("The municipality's name or number.")
        said[form, "offer"] = wording.text("The offer's name, written alike everywhere.")
    for column in DIMENSIONS:
        said[Form.COURSES, column.key] = wording.text("The citizen's group. Choose from the list.")
    return said


def _theme_days_said(wording: Wording) -> dict[tuple[Form, str], str]:
    held_on = wording.text("The date of the theme day.")
    table = wording.text("The number or name of the table, where there were several.")
    votes = wording.text("Votes, or a share in per cent. Together with the other two they make up the whole.")
    action = wording.text("The action's name, written alike in every municipality: by it actions are ranked together.")
    stage = wording.text("The date it came so far. The times between are counted from these dates.")
    area = wording.text("Choose from the list.")
    return {
        (Form.THEME_DAYS, "held_on"): held_on,
        (Form.THEME_DAYS, "place"): wording.text("The town or the hall."),
        (Form.THEME_DAYS, "day_kind"): wording.text("National for several municipalities, local for one."),
        (Form.THEME_DAYS, "role"): wording.text("What the participant works as. No names."),
        (Form.THEME_DAYS, "area"): area,
        (Form.THEME_DAYS, "participants"): wording.text("How many they are. Empty counts as one."),
        (Form.UNDERSTANDINGS, "held_on"): held_on,
        (Form.UNDERSTANDINGS, "asked"): wording.text("Before or after the theme day."),
        (Form.UNDERSTANDINGS, "holder"): wording.text("Politicians, administration, or practitioners."),
        (Form.UNDERSTANDINGS, "table"): table,
        **{(Form.UNDERSTANDINGS, str(one)): votes for one in Understanding},
        (Form.ACTIONS, "action"): action,
        (Form.ACTIONS, "area"): wording.text("The policy area that it lies in. Choose from the list."),
        (Form.ACTIONS, "level"): wording.text("For all, for some, or for all but more for those who need more."),
        (Form.ACTIONS, "priority"): wording.text("1 for the action that matters most to the municipality, then 2, 3."),
        (Form.ACTIONS, "status"): wording.text("How far it has come. Choose from the list."),
        (Form.ACTIONS, "responsible"): wording.text("The policy area that answers for it."),
        (Form.ACTIONS, "involved"): wording.text("The other areas that take part, with commas between them."),
        **{(Form.ACTIONS, f"{one}_on"): stage for one in Status},
        (Form.REQUESTS, "requested_on"): wording.text("The date the request came."),
        (Form.REQUESTS, "request"): wording.text("A local theme day, or advice."),
        (Form.REQUESTS, "state"): wording.text("How it stands. Empty counts as open."),
        (Form.REQUESTS, "state_on"): wording.text("Since when it stands so."),
        (Form.REQUESTS, "next_step"): wording.text("What is to be done next."),
        (Form.VOTES, "held_on"): held_on,
        (Form.VOTES, "table"): table,
        (Form.VOTES, "action"): action,
        (Form.VOTES, "votes"): wording.text("How many votes, or points, the table gave it."),
    }
