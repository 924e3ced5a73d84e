"""What the checks saw: where, what is wrong, and what to do, said in the reader's language."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from analysis.model import Dimension, Group
from analysis.wording import Wording


class Severity(StrEnum):
    ERROR = "error"
    """Cannot be stored until it is mended."""
    WARNING = "warning"
    """Stored, and worth a look."""
    NOTE = "note"
    """Told, so that nothing happens unseen."""


@dataclass(frozen=True)
class Finding:
    """One thing the checks saw. ``rows`` are the sheet's own row numbers; ``values`` fill in the message."""

    check: str
    sheet: str = ""
    rows: tuple[int, ...] = ()
    column: str = ""
    value: str = ""
    values: dict[str, object] = field(default_factory=dict, hash=False)

    @property
    def severity(self) -> Severity:
        return _NOT_ERRORS.get(self.check, Severity.ERROR)


def N_(message: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return message


MESSAGES = {
    "file_empty": N_("The file is empty. Save the export again and check that it holds rows."),
    "file_encrypted": N_(
        "The workbook is protected by a password. Open it in Excel, choose File › Info › Protect Workbook, "
        "remove the password and save it."
    ),
    "file_old_excel": N_("This is an old Excel file (.xls). Open it in Excel and save it as .xlsx."),
    "file_not_spreadsheet": N_(
        "This is not a spreadsheet but another kind of file ({kind}). Choose an .xlsx or a .csv file."
    ),
    "file_text_as_workbook": N_(
        "The file is named as a workbook but holds plain text (CSV). Rename it so that it ends in .csv."
    ),
    "file_damaged": N_("The file is damaged or cut off. Open it in Excel, save it under a new name and try that."),
    "file_too_large": N_("The file unpacks to more than {limit} MB. Split it in two and upload each part."),
    "file_far_cell": N_(
        "A sheet has a cell far from all others, in row {row}. Delete the empty rows and columns after the data."
    ),
    "file_unreadable": N_(
        "The file could not be read within the limits of time and memory. Split it in two, or save it as .csv."
    ),
    "file_already_imported": N_("This very file was stored on {moment}. Undo that import first to store it again."),
    "no_known_sheet": N_(
        "No sheet has columns that are known here. Match the columns by hand below, or start from the template."
    ),
    "sheet_unread": N_("The sheet is not one of the four kinds that are read, and is left out."),
    "no_rows": N_("The sheet has no rows below its headers, and is left out."),
    "nothing_to_store": N_("There are no rows to store. Fill in one of the sheets, and upload the file again."),
    "missing_column": N_("The column “{missing}” is missing. Add it, or match the columns by hand."),
    "column_twice": N_("The column stands twice. Remove or rename one of them."),
    "unknown_column": N_("The column is not known and is left out."),
    "example_left_out": N_("The template's example rows are left out."),
    "cpr_number": N_(
        "A cell looks like a CPR number. The file is not kept. Replace CPR numbers with ids of your own and upload "
        "it again."
    ),
    "error_value": N_("“{value}” is an error from a formula. Mend the formula, or type the value."),
    "cell_empty": N_("The cell is empty, and it is needed. Fill it in, or delete the row."),
    "unknown_municipality": N_("“{value}” is not a Danish municipality. Write the municipality's name or number."),
    "unknown_municipality_near": N_("“{value}” is not a Danish municipality. Did you mean {nearest}?"),
    "unknown_group": N_("“{value}” is not one of the groups of {dimension}. Use one of: {known}."),
    "group_as_date": N_(
        "“{value}” looks like a range that Excel has turned into a date ({guess}). Write the range as text."
    ),
    "unknown_dimension": N_("“{value}” is not a known dimension. Use one of: {known}."),
    "unknown_word": N_("“{value}” is not understood here. Use one of: {known}."),
    "not_a_date": N_("“{value}” is not a date. Write day-month-year, for example 12-03-2015."),
    "date_out_of_bounds": N_("“{value}” lies before 1990 or in the future. Correct the date."),
    "not_a_period": N_("“{value}” is not a month or a quarter. Write for example 2015-03 or 2015K1."),
    "not_a_count": N_("“{value}” is not a whole number from 0 up. Write the count as a number."),
    "started_before_invited": N_("The citizen started before the invitation. Correct one of the dates."),
    "completed_before_started": N_("The citizen completed before starting. Correct one of the dates."),
    "completed_without_started": N_(
        "The citizen completed without having started. Fill in the date started, or remove the completion."
    ),
    "no_date": N_("There is neither a date invited nor a date started. Fill in one of them, or delete the row."),
    "outcome_disagrees": N_("There is a date completed, but the outcome says otherwise. The outcome is used."),
    "still_running": N_("Courses still running count as started and not completed."),
    "course_twice": N_("The same citizen stands twice in the same offer on the same date. Delete one of the rows."),
    "count_twice": N_("The same group and period stand twice for the offer. Delete one of the rows."),
    "more_participated": N_("More citizens participated than were invited ({value}). Correct one of the counts."),
    "more_completed": N_("More citizens completed than participated ({value}). Correct one of the counts."),
    "periods_cross": N_(
        "The period overlaps another of the same offer, a month and a quarter, say. Use one kind of period an offer."
    ),
    "both_forms": N_("“{value}” stands both among courses and among counts. Keep one, or citizens count twice."),
    "adjustment_unknown_offer": N_(
        "There is no offer “{value}” in this file or in the data. Write its name as it stands among the offers."
    ),
    "several_adjustments": N_("“{value}” has several adjustments. The first one parts before from after."),
    "group_missing": N_("Where no group is stated, the citizen is counted as “not stated” and not compared."),
    "invited_unknown": N_(
        "There is no date of invitation, so only completion can be read from these courses, not participation."
    ),
    "overlap": N_(
        "“{value}” is already covered from {start} to {end} by “{file}”. Undo that import, or remove the months here."
    ),
}
"""Every check by its name, with what it says. The texts are looked up when they are shown."""

_NOT_ERRORS = {
    "unknown_column": Severity.NOTE,
    "sheet_unread": Severity.NOTE,
    "no_rows": Severity.NOTE,
    "example_left_out": Severity.NOTE,
    "group_missing": Severity.NOTE,
    "invited_unknown": Severity.NOTE,
    "still_running": Severity.WARNING,
    "several_adjustments": Severity.WARNING,
    "outcome_disagrees": Severity.WARNING,
}

SHOWN_ROWS = 3


def sentence(finding: Finding, wording: Wording) -> str:
    """The finding as one or two plain sentences, beginning with where it stands. Plain text, never markup."""
    values = {name: _said(value, wording) for name, value in finding.values.items()}
    message = wording.text(MESSAGES[finding.check], **{**values, "value": finding.value})
    where = place(finding, wording)
    return f"{where}: {message}" if where else message


def place(finding: Finding, wording: Wording) -> str:
    """Sheet, rows and column of a finding, as far as it has them."""
    parts = []
    if finding.sheet:
        parts.append(wording.text("sheet “{sheet}”", sheet=finding.sheet))
    if finding.rows:
        shown = ", ".join(wording.integer(row) for row in finding.rows[:SHOWN_ROWS])
        more = len(finding.rows) - SHOWN_ROWS
        if more > 0:
            shown = wording.text("{rows} and {more} more", rows=shown, more=wording.integer(more))
        parts.append(wording.texts("row {rows}", "rows {rows}", len(finding.rows), rows=shown))
    if finding.column:
        parts.append(wording.text("column “{column}”", column=finding.column))
    where = ", ".join(parts)
    return where[:1].upper() + where[1:]


def _said(value: object, wording: Wording) -> object:
    """A value as this language writes it: days, moments, things with a label in each language, and lists of them."""
    if isinstance(value, dt.datetime):
        return wording.moment(value)
    if isinstance(value, dt.date):
        return wording.date(value)
    if isinstance(value, Dimension | Group):
        return value.label(wording.code)
    if isinstance(value, dict):
        return value.get(wording.code, "")
    if isinstance(value, tuple):
        return ", ".join(str(_said(one, wording)) for one in value)
    return value
