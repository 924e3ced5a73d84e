"""Registry of checks: severity, message and remedy of each check."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    """Blocks storing until it is corrected."""
    WARNING = "warning"
    """Does not block storing, but should be reviewed."""
    NOTE = "note"
    """For information only."""


@dataclass(frozen=True)
class Check:
    """Severity and texts of a check. The texts are English and are translated when displayed."""

    severity: Severity
    message: str
    remedy: str


def N_(message: str) -> str:
    """Mark a text for translation. It is translated when displayed."""
    return message


def _error(message: str, remedy: str) -> Check:
    return Check(Severity.ERROR, message, remedy)


def _warning(message: str, remedy: str) -> Check:
    return Check(Severity.WARNING, message, remedy)


def _note(message: str, remedy: str) -> Check:
    return Check(Severity.NOTE, message, remedy)


FILE_CHECKS = {
    "file_empty": _error(N_("The file is empty."), N_("Save the export again and check that it holds rows.")),
    "file_encrypted": _error(
        N_("The workbook is protected by a password."),
        N_("Open it in Excel, choose File › Info › Protect Workbook, remove the password and save it."),
    ),
    "file_not_spreadsheet": _error(
        N_("This is not a spreadsheet but another kind of file ({kind})."), N_("Choose an .xlsx or a .csv file.")
    ),
    "file_text_as_workbook": _error(
        N_("The file is named as a workbook but holds plain text (CSV)."), N_("Rename it so that it ends in .csv.")
    ),
    "file_damaged": _error(
        N_("The file is damaged or cut off."), N_("Open it in Excel, save it under a new name and try that.")
    ),
    "file_hostile": _error(
        N_("The file is built in a way that no spreadsheet program writes, as attacks are."),
        N_("Do not open it. Ask whoever sent it for a new export."),
    ),
    "file_too_large": _error(
        N_("The file is larger than {limit} MB."), N_("Split it in two, by year for example, and upload each part.")
    ),
    "unpacked_too_large": _error(
        N_("The file unpacks to more than {limit} MB."),
        N_("Split it in two, by year for example, and upload each part."),
    ),
    "too_many_rows": _error(
        N_("A sheet has more than {limit} rows."), N_("Split it in two, by year for example, and upload each part.")
    ),
    "too_many_columns": _error(
        N_("A sheet has more than {limit} columns."), N_("Delete the columns that are not needed.")
    ),
    "too_many_sheets": _error(
        N_("The workbook has more than {limit} sheets."), N_("Copy the sheets with data to a workbook of their own.")
    ),
    "file_far_cell": _error(
        N_("A sheet has a cell far from all others, in row {row} or column {column}."),
        N_("Delete the empty rows and columns after the data."),
    ),
    "file_unreadable": _error(
        N_("The file could not be read within the limits of time and memory."),
        N_("Split it in two, or save it as .csv."),
    ),
    "file_crashed": _error(
        N_("The program that reads workbooks broke down at this file."),
        N_("Open the file in Excel, save it under a new name and try that, or save it as .csv."),
    ),
    "file_busy": _error(
        N_("The computer was too busy to read the file."), N_("Wait a little, and upload the file again.")
    ),
    "file_nul_bytes": _error(
        N_("The file has NUL bytes, which no text has: it was damaged on its way, or is another kind of file."),
        N_("Save the export again. If it is a text file, save it as CSV UTF-8."),
    ),
    "quote_not_closed": _error(
        N_("A quotation mark in line {row} is not closed, so that lines run together."),
        N_("Remove the quotation mark, or save the export as .xlsx."),
    ),
    "odd_days": _error(
        N_("A cell holds a date or a duration that no calendar has, and a {kind} file cannot be read beyond it."),
        N_("Correct the cell, or save the file as .xlsx: the cell is then found."),
    ),
    "readers_disagree": _error(
        N_("Two ways of reading the sheet saw different values here, so neither is trusted."),
        N_("Open the file in Excel, save it under a new name and try that."),
    ),
    "long_number_elsewhere": _warning(
        N_(
            "Outside the values of the cells, in {where}, there are long numbers that could be CPR numbers. The "
            "original file is not kept."
        ),
        N_("Nothing needs to be done: they are not stored."),
    ),
    "embedded_file": _warning(
        N_("Another file is embedded in the workbook and is not read. The original file is not kept."),
        N_("Nothing needs to be done: it is not stored."),
    ),
    "unsearched_part": _warning(
        N_(
            "The workbook holds pictures, macros or other parts that cannot be searched for CPR numbers. The original "
            "file is not kept."
        ),
        N_("Nothing needs to be done: they are not stored."),
    ),
    "macros": _warning(
        N_("The workbook has macros. They are never run."), N_("Check that the values are those you see in Excel.")
    ),
    "date_1904": _warning(
        N_("The workbook counts its days from 1904, as older Macs did. The dates are read so."),
        N_("Compare one date with the source."),
    ),
    "old_format": _warning(
        N_("In a {kind} file, formulas that failed, hidden rows and merged cells cannot be told from ordinary ones."),
        N_("Save it as .xlsx in Excel to have these checked too."),
    ),
    "name_differs": _note(
        N_("The file's name ends in {value}, but it is a {kind} file and is read as such."),
        N_("Nothing needs to be done."),
    ),
    "file_already_imported": _error(
        N_("This very file was stored on {moment} by {person}."),
        N_("Take that import back first if it is to be stored again."),
    ),
    "file_taken_back": _note(
        N_("This very file was stored before, and taken back on {moment}."),
        N_("It can be brought back under Imports below, without uploading it again."),
    ),
    "file_other_version": _note(
        N_("Another version of “{value}” was stored on {moment} by {person}."),
        N_("If this one takes its place, choose to replace it below."),
    ),
}

SHEET_CHECKS = {
    "no_known_sheet": _error(
        N_("No sheet has columns that are known here."),
        N_("Match the columns by hand below, or start from the template."),
    ),
    "no_header": _error(
        N_("The sheet has no row of headers that is known here."),
        N_("Write the headers in one row above the data, or match the columns by hand."),
    ),
    "sheet_unread": _note(
        N_("The sheet is not one of the kinds that are read, and is left out."),
        N_("If it holds courses or counts, match its columns by hand."),
    ),
    "no_rows": _note(N_("The sheet has no rows below its headers, and is left out."), N_("Nothing needs to be done.")),
    "nothing_to_store": _error(
        N_("There are no rows to store."), N_("Fill in one of the sheets, and upload the file again.")
    ),
    "missing_column": _error(N_("The column “{missing}” is missing."), N_("Add it, or match the columns by hand.")),
    "missing_column_near": _error(
        N_("The column “{missing}” is missing. The one most like it is “{nearest}”."),
        N_("If that is the one, rename it, or match the columns by hand."),
    ),
    "group_without_column": _error(
        N_("“{group}” has no column for “{missing}”, though it has other columns of its own."),
        N_("Add the column, or remove the others of the group."),
    ),
    "column_twice": _error(N_("The column stands twice."), N_("Remove or rename one of them.")),
    "column_chosen_twice": _error(
        N_("The column “{value}” is chosen for two things at once."), N_("Choose another column for one of them.")
    ),
    "unknown_column": _warning(
        N_("The column is not known here and is left out."),
        N_("If it is one of ours under another name, match the columns by hand."),
    ),
    "around_table": _note(
        N_("There are titles, notes or empty rows around the table; they are left out."),
        N_("Nothing needs to be done."),
    ),
    "several_tables": _warning(
        N_("Another table begins in row {row}; only the first is read."),
        N_("Move the other table to a sheet of its own."),
    ),
    "several_header_rows": _note(
        N_("The headers stand in several rows and are read together."),
        N_("Check the columns under what was understood."),
    ),
    "hidden_sheet": _note(
        N_("The sheet is hidden in the workbook, and is read."),
        N_("If it is not to be read, delete it from the workbook."),
    ),
    "hidden_rows": _warning(
        N_("The rows are hidden in the workbook, by a filter for example, and are read."),
        N_("If they are not to count, delete them or leave them out."),
    ),
    "hidden_columns": _warning(
        N_("The column is hidden in the workbook, and is read."), N_("If it is not to be read, delete it.")
    ),
    "merged_cells": _warning(
        N_("Cells are merged; the value “{value}” is taken to hold for all these rows."),
        N_("Check that it does, or write the value in each row."),
    ),
    "totals_row": _warning(
        N_("The row looks like a total (“{value}”) and is left out."), N_("If it is an ordinary row, rename it.")
    ),
    "sum_of_others": _warning(
        N_("Every number of “{value}” is the sum of the others beside it. It is stored as one more of them."),
        N_("If it is a total, leave its rows out."),
    ),
    "total_or_own": _error(
        N_("“{value}” is named like a total, and its numbers are the sum of the others beside it, or nearly so."),
        N_("Answer the question on this, or leave the rows out or rename them."),
    ),
    "all_hundred": _warning(
        N_("Every row has exactly 100 here, as percentages would. They are read as numbers of citizens."),
        N_("Check that these are citizens. If they are percentages, export the numbers themselves."),
    ),
    "totals_differ": _warning(
        N_("The total says {value}, but the rows above add up to {sum}."),
        N_("Check whether rows are missing from the export."),
    ),
    "header_opposite": _error(
        N_("The header “{value}” says the opposite of “{meant}”, so it does not tell who completed."),
        N_("Add a column for the completion or the outcome, or match the columns by hand."),
    ),
    "header_spelling": _warning(
        N_("The header “{value}” is taken for “{meant}”."), N_("If that is wrong, match the columns by hand.")
    ),
    "wide_layout": _note(
        N_("Each group has columns of its own; they are read as one row a group."),
        N_("Check the groups under what was understood."),
    ),
    "example_left_out": _note(N_("The template's example rows are left out."), N_("Nothing needs to be done.")),
    "personal_column": _warning(
        N_("The column seems to hold {what}. It is dropped, and the original file is not kept."),
        N_("Leave such columns out of the export."),
    ),
    "no_cpr_column": _warning(
        N_(
            "The numbers of the column look like CPR numbers and are taken for others, such as production units, area "
            "codes or telephone numbers. The column is left out, and the original file is not kept."
        ),
        N_("Leave such columns out of the export."),
    ),
    "both_forms": _error(
        N_("“{value}” stands both among courses and among counts."), N_("Keep one, or citizens count twice.")
    ),
}

CELL_CHECKS = {
    "no_cpr_ids": _warning(
        N_(
            "The ids of the column look like CPR numbers and are said to be others. They are replaced by other ids, "
            "each by one of its own, and the original file is not kept."
        ),
        N_("Nothing needs to be done. Nobody can find the ids of your system in what is stored."),
    ),
    "cpr_number": _error(
        N_(
            "A cell looks like a CPR number or the identity number of another Nordic country. Neither the number nor "
            "the file is kept."
        ),
        N_("Replace CPR numbers with ids of your own and upload the file again."),
    ),
    "cpr_elsewhere": _error(
        N_(
            "Outside the values of the cells, in {where}, something looks like a CPR number. Neither the number nor "
            "the file is kept."
        ),
        N_("Remove it in Excel, under File › Info › Inspect Workbook for example, and upload the file again."),
    ),
    "cpr_typed": _error(
        N_("What was typed or chosen for this file looks like a CPR number, which is never stored."),
        N_("Write it without the number."),
    ),
    "cpr_in_name": _error(
        N_("The name of the file or of a sheet looks like a CPR number. Neither the name nor the file is kept."),
        N_("Give it another name and upload it again."),
    ),
    "error_value": _error(N_("“{value}” is an error from a formula."), N_("Mend the formula, or type the value.")),
    "error_elsewhere": _note(
        N_("“{value}” is an error in a cell that is not stored."), N_("Nothing needs to be done.")
    ),
    "impossible_day": _error(
        N_("The cell is formatted as a date or a duration, and no calendar has number {value}."),
        N_("Correct the cell, or format it as a number."),
    ),
    "formula_without_value": _error(
        N_("The cell holds a formula that was never calculated."),
        N_("Open the file in Excel and save it, or type the value."),
    ),
    "cell_empty": _error(N_("The cell is empty, and it is needed."), N_("Fill it in, or leave the row out.")),
    "unknown_municipality": _error(
        N_("“{value}” is not a Danish municipality."), N_("Write the municipality's name or number.")
    ),
    "unknown_municipality_near": _error(
        N_("“{value}” is not a Danish municipality. The nearest is {nearest}."),
        N_("Replace it with the name that is meant."),
    ),
    "spelling": _warning(N_("“{value}” is taken for {meant}."), N_("If that is wrong, replace it with what is meant.")),
    "leading_zeros": _warning(
        N_("The code “{value}” has lost its first zero and is taken for {meant}."),
        N_("Format the column as text in Excel, so that zeros stay."),
    ),
    "municipality_code": _error(
        N_("The code “{value}” is {meant} in Denmark, but the headers are those of another country."),
        N_("Answer the question on this, or write the municipality's name."),
    ),
    "unknown_group": _error(
        N_("“{value}” is not one of the groups of {dimension}: {known}."),
        N_("Replace it with one of these, or add it to the dimension."),
    ),
    "unknown_group_near": _error(
        N_("“{value}” is not one of the groups of {dimension}. The nearest is {nearest}."),
        N_("Say yes to that, choose another group, or add it to the dimension."),
    ),
    "group_as_date": _error(
        N_("“{value}” looks like a range that Excel has turned into a date ({guess})."),
        N_("Replace it with the range, and format the column as text in Excel."),
    ),
    "unknown_dimension": _error(N_("“{value}” is not a known dimension."), N_("Use one of: {known}.")),
    "unknown_word": _error(N_("“{value}” is not understood here."), N_("Use one of: {known}.")),
    "not_a_date": _error(N_("“{value}” is not a date."), N_("Write day-month-year, for example 12-03-2015.")),
    "date_out_of_bounds": _error(N_("“{value}” lies before 1990 or in the future."), N_("Correct the date.")),
    "date_as_text": _warning(
        N_("The dates are written as text, “{value}” for example, and read with the day first."),
        N_("Compare one with the source."),
    ),
    "date_month_first": _warning(
        N_("The dates are read with the month first, as “{value}” can be read in no other way."),
        N_("Compare one with the source."),
    ),
    "date_order": _error(
        N_("“{value}” can be read with the day first and with the year first."),
        N_("Answer the question on this, or write the year with four digits."),
    ),
    "month_order": _error(
        N_("“{value}” can be read with the day first and with the month first."),
        N_("Answer the question on this, or write the dates as year-month-day, for example 2015-03-12."),
    ),
    "date_utc": _warning(
        N_("Points in time like “{value}” are in UTC, and are read as the day that it was in Denmark."),
        N_("Compare one with the source."),
    ),
    "date_year_first": _warning(
        N_("The dates are read with the year first; “{value}” is read as {meant}."),
        N_("Compare one with the source."),
    ),
    "date_as_number": _warning(
        N_("The dates are written as Excel's serial numbers; “{value}” is read as {meant}."),
        N_("Compare one with the source."),
    ),
    "not_a_period": _error(
        N_("“{value}” is not a period that is known here."),
        N_("Write for example 2015, 2015K1, 2015-03, 2015-W12 or “school year 2015/16”."),
    ),
    "period_year_or_month": _error(
        N_("“{value}” can be a month or a school year."),
        N_("Answer the question on this, or write “2010M11” for the month and “school year 2010/11” for the year."),
    ),
    "period_month_or_quarter": _error(
        N_("“{value}” can be a month or a quarter."),
        N_("Answer the question on this, or write “2015M03” for the month and “2015K3” for the quarter."),
    ),
    "period_day": _error(
        N_("“{value}” is a day, and it is not clear whether it stands for a week, a month, a quarter or a year."),
        N_("Answer the question on this, or write the period itself, for example 2015, 2015K1 or 2015M03."),
    ),
    "period_school_year": _warning(
        N_("Periods like “{value}” are read as school years, from 1 August to 31 July."),
        N_("Compare one with the source."),
    ),
    "not_a_count": _error(
        N_("“{value}” cannot be a count: it is negative, or not whole."), N_("Write a whole number from 0 up.")
    ),
    "number_shown_otherwise": _error(
        N_(
            "The cell holds {value} but shows another number: its format makes it a percentage, or adds or hides "
            "digits or a sign."
        ),
        N_("Format the column as numbers in Excel, see whether the counts are right, and correct those that are not."),
    ),
    "date_shown_otherwise": _error(
        N_("The cell holds the date {value} but shows something else: its format has digits of its own, or two years."),
        N_("Write in Excel what the cell shows, as text, or format the column as dates."),
    ),
    "text_for_number": _error(N_("“{value}” is text where a number is needed."), N_("Write the count as a number.")),
    "number_as_text": _warning(
        N_("Numbers are stored as text, “{value}” for example, and are read as numbers."),
        N_("Nothing needs to be done, if they are right."),
    ),
    "number_two_meanings": _error(
        N_("“{value}” is thousands in one language and a small number with decimals in another."),
        N_("Answer the question on this, or write plain numbers, without points and commas."),
    ),
    "number_written": _warning(
        N_("“{value}” is read as {meant}."), N_("Write plain numbers, without points, signs or units.")
    ),
    "missing_code": _error(
        N_("“{value}” is much larger than all others, and is what some programs write for a number that is missing."),
        N_("Answer the question on this, or write the number, or “*” where it is not known."),
    ),
    "count_implausible": _warning(
        N_("“{value}” citizens in one period and group is more than seems likely."), N_("Compare it with the source.")
    ),
    "hidden_count": _warning(
        N_("“{value}” stands for a number too small to tell. The row is left out; it is not counted as zero."),
        N_("If you may, export the numbers themselves: this program hides small ones wherever it shows them."),
    ),
    "spaces_normalised": _note(
        N_("Spaces, line breaks or letters in two parts are written in one way (“{value}”)."),
        N_("Nothing needs to be done."),
    ),
    "not_a_weight": _error(
        N_("“{value}” is neither a number of votes nor a share."),
        N_("Write a number from 0 up, or a share in per cent."),
    ),
    "rank_missing": _error(
        N_("The groups of “{value}” have an order, but two or more of them lack a rank of their own: {groups}."),
        N_("Give the groups their ranks, 1 for the least advantaged, or untick that they have an order."),
    ),
    "rank_partly": _warning(
        N_("Groups of “{value}” without a rank stand outside the order: {groups}."),
        N_("Give them a rank, if they have a place in the order."),
    ),
    "formula_like": _warning(
        N_("“{value}” looks like a formula. It is kept as text and never calculated."),
        N_("Check that the text is meant."),
    ),
}

ROW_CHECKS = {
    "started_before_invited": _error(N_("The citizen started before the invitation."), N_("Correct one of the dates.")),
    "completed_before_started": _error(N_("The citizen completed before starting."), N_("Correct one of the dates.")),
    "completed_without_started": _error(
        N_("The citizen completed without having started."),
        N_("Fill in the date started, or remove the completion."),
    ),
    "no_date": _error(
        N_("There is neither a date invited nor a date started."), N_("Fill in one of them, or leave the row out.")
    ),
    "outcome_disagrees": _warning(
        N_("There is a date completed, but the outcome says otherwise. The outcome is used."),
        N_("Correct the one that is wrong."),
    ),
    "ended_or_completed": _error(
        N_("“{column}” tells when courses ended, not whether they were completed."),
        N_("Answer the question on this, or add a column for the outcome or the reason."),
    ),
    "ended_without_outcome": _error(
        N_("The course has ended, but nothing tells whether it was completed."),
        N_("Fill in the outcome or the reason, or leave the row out."),
    ),
    "outcome_blank": _error(
        N_("The outcome of courses that were started is not filled in, and nothing tells whether they still run."),
        N_("Answer the question on this, or fill in the outcome."),
    ),
    "still_running": _warning(
        N_("Courses still running count as started and not completed."),
        N_("Export them again when they have ended, and replace this import."),
    ),
    "row_twice": _warning(
        N_("The row is the same as an earlier one, word for word, and is left out."),
        N_("If both are meant, give them ids or dates that differ."),
    ),
    "course_twice": _error(
        N_("The same citizen stands twice in the same offer on the same date, with different contents."),
        N_("Leave one of the rows out."),
    ),
    "citizen_repeats": _error(
        N_("Citizens stand several times in one offer, on different days: {citizens} of them, in {number} rows."),
        N_("If each row is a course of its own, say so in the question on this. Otherwise export a row a course."),
    ),
    "sheets_repeat": _error(
        N_(
            "The same citizens and days, or groups and periods, stand on the sheet “{value}” too, and would count "
            "twice."
        ),
        N_("Answer the question on this, or delete one of the sheets."),
    ),
    "count_twice": _error(
        N_("The same group and period stand twice for the offer, with different numbers."),
        N_("Leave one of the rows out."),
    ),
    "counts_cumulated": _error(
        N_("In “{value}” the numbers never fall from one period of a year to the next, as sums so far do."),
        N_("If each period has its own numbers, say so in the question on this. Otherwise export those."),
    ),
    "more_participated": _error(
        N_("More citizens participated than were invited ({value})."), N_("Correct one of the counts.")
    ),
    "more_completed": _error(
        N_("More citizens completed than participated ({value})."), N_("Correct one of the counts.")
    ),
    "group_missing": _warning(
        N_("Where no group is stated, the citizen is counted as “not stated” and not compared."),
        N_("Fill in the group where it is known."),
    ),
    "no_votes": _error(
        N_("None of the three understandings has any votes."), N_("Fill in at least one, or leave the row out.")
    ),
    "entry_twice": _error(
        N_("The same stands twice in the sheet, told apart by nothing."),
        N_("Leave one of the rows out, or write the table, so that they are told apart."),
    ),
    "action_dates_backwards": _error(
        N_("The action comes to this stage before the stage that precedes it."), N_("Correct one of the dates.")
    ),
    "status_behind": _warning(
        N_("There is a date for a later stage than the status tells. The status is used."),
        N_("Correct the one that is wrong."),
    ),
    "state_before_request": _error(N_("The state is older than the request itself."), N_("Correct one of the dates.")),
}

TABLE_CHECKS = {
    "action_spelling": _warning(
        N_("There is an action “{nearest}” too, which differs by a few letters only."),
        N_("If they are the same, replace the name, or they are ranked apart."),
    ),
    "theme_day_unknown": _warning(
        N_("There is no theme day on {day} in this file or in the data."),
        N_("Correct the date, or add the participants of that day among the theme days."),
    ),
    "takes_the_place": _note(
        N_("Some of it is stored already; what this file says takes the place of that, for as long as it stands."),
        N_("Nothing needs to be done."),
    ),
    "completion_unknown": _warning(
        N_("There is no information on who completed, so every course counts as not completed."),
        N_("Add a column for the completion or the outcome, if the source has it."),
    ),
    "invited_unknown": _note(
        N_("There is no information on who was invited, so only completion can be read, not participation."),
        N_("Add a column for the invitation, if the source has it."),
    ),
    "totals_of_groups": _warning(
        N_("In “{value}” the groups of {one} add up to {sum}, those of {other} to {other_sum}, for {stage}."),
        N_("Check whether a group is missing, or counted twice."),
    ),
    "month_missing": _warning(
        N_("“{value}” has nothing in {periods}, in the middle of its series."),
        N_("Check whether the export lacks these periods."),
    ),
    "periods_cross": _error(
        N_("The period overlaps another of the same offer, a month and a quarter, say."),
        N_("Use one kind of period an offer."),
    ),
    "overlap": _error(
        N_("“{value}” is already covered from {start} to {end} by “{file}”."),
        N_("Choose to replace those periods below, or leave them out here."),
    ),
    "citizens_stored": _error(
        N_(
            "Of the citizens of “{value}” {again} of {citizens} are stored already from “{file}”, in other periods. If "
            "a row is an attendance, they would count once for each file."
        ),
        N_("If each row is a course of its own, say so in the question on this. Otherwise export a row a course."),
    ),
    "adjustment_unknown_offer": _error(
        N_("There is no offer “{value}” in this file or in the data."),
        N_("Write its name as it stands among the offers."),
    ),
    "offer_spelling": _warning(
        N_("There is no offer “{value}” with data, but one named {nearest}."),
        N_("If they are the same, replace the name."),
    ),
    "offer_written": _warning(
        N_("The offer “{value}” is stored as “{meant}”, as it is written elsewhere."),
        N_("If they are two offers, give one of them another name."),
    ),
    "offers_alike": _warning(
        N_("“{value}” and “{nearest}” differ by a few letters only. They are stored as two offers."),
        N_("If they are the same, replace one of the names."),
    ),
    "several_adjustments": _warning(
        N_("“{value}” has several adjustments. The first one parts before from after."),
        N_("Nothing needs to be done, if the first is the one to be judged."),
    ),
    "nothing_before": _warning(
        N_("“{value}” has no rows from before its adjustment, so no change can be shown."),
        N_("Export the time before it too, or correct the date of the adjustment."),
    ),
    "nothing_after": _warning(
        N_("“{value}” has no rows from after its adjustment, so no change can be shown."),
        N_("Export the time after it too, or correct the date of the adjustment."),
    ),
    "denominator_jumps": _warning(
        N_("In “{value}” the number of citizens goes from some {usual} a period to {number} in {period}."),
        N_("Check whether another definition or another export begins there."),
    ),
    "rate_extreme": _warning(
        N_("In “{value}” {rate} is exactly {share} among {number} citizens of {group}."),
        N_("Check whether the column is filled in for everybody."),
    ),
    "groups_too_small": _note(
        N_("In “{value}” some groups of {dimension} are so small that their numbers will be hidden."),
        N_("Nothing needs to be done."),
    ),
}

CHECKS: dict[str, Check] = {**FILE_CHECKS, **SHEET_CHECKS, **CELL_CHECKS, **ROW_CHECKS, **TABLE_CHECKS}
"""All checks by their key."""
