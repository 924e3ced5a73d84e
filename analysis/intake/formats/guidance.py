"""Guidance texts for filling in the workbook."""

from analysis.i18n import Wording


def introduction(wording: Wording) -> list[str]:
    """Return the guidance for the whole workbook."""
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
