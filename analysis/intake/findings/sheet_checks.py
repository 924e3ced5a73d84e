"""Checks of sheets: their headers, tables, titles and totals."""

from analysis.intake.findings.check import N_, error, note, warning

SHEET_CHECKS = {
    "no_known_sheet": error(
        N_("No sheet has columns that are known here."),
        N_("Match the columns by hand below, or start from the template."),
        N_("Choose above what each column is."),
    ),
    "only_indicators": error(
        N_("The numbers of the file are averages, rates, hours or money, not counts of citizens or courses."),
        N_("Export the counts behind them, or match the columns by hand if some of them are counts."),
    ),
    "no_header": error(
        N_("The sheet has no row of headers that is known here."),
        N_("Write the headers in one row above the data, or match the columns by hand."),
        N_("Choose the row of the headers above."),
    ),
    "sheet_unread": note(
        N_("The sheet is not one of the kinds that are read, and is left out."),
        N_("If it holds courses or counts, match its columns by hand."),
        N_("If it holds courses or counts, choose the sheet above."),
    ),
    "no_rows": note(N_("The sheet has no rows below its headers, and is left out."), N_("Nothing needs to be done.")),
    "nothing_to_store": error(
        N_("There are no rows to store."), N_("Fill in one of the sheets, and upload the file again.")
    ),
    "missing_column": error(
        N_("The column “{missing}” is missing."),
        N_("Add it, or match the columns by hand."),
        N_("Choose a column for it above."),
    ),
    "missing_column_near": error(
        N_("The column “{missing}” is missing. The one most like it is “{nearest}”."),
        N_("If that is the one, rename it, or match the columns by hand."),
        N_("Choose a column for it above."),
    ),
    "headers_not_known": note(
        N_("These headers are not known here: {texts}."),
        N_("If one of them is the missing column, match the columns by hand."),
        N_("If one of them is the missing column, choose it above."),
    ),
    "group_without_column": error(
        N_("“{group}” has no column for “{missing}”, though it has other columns of its own."),
        N_("Add the column, or remove the others of the group."),
        N_("Choose the column for it above, or do not use the others of the group."),
    ),
    "stage_undivided": warning(
        N_("The column is not divided by group or period as the others are, so it is not stored with them."),
        N_("Its numbers stay unknown for each of them. Add a column for each group, if the source has them."),
    ),
    "participants_undivided": error(
        N_("Those who participated are not divided by group, though other columns are."),
        N_("Add a column of participants for each group, or leave out the columns of the groups."),
    ),
    "column_twice": error(
        N_("The column means the same as another."),
        N_("Remove or rename one of them."),
        N_("Choose above which of them is used."),
    ),
    "column_chosen_twice": error(
        N_("The column “{value}” is chosen for two things at once."), N_("Choose another column for one of them.")
    ),
    "meaning_chosen_twice": error(
        N_("“{value}” has the meaning of another column too."),
        N_("Choose one of the columns, or another meaning for one of them."),
    ),
    "unknown_column": warning(
        N_("The column is not known here and is left out."),
        N_("If it is one of ours under another name, match the columns by hand."),
        N_("If it is one of ours under another name, choose what it is above."),
    ),
    "around_table": note(
        N_("There are titles, notes or empty rows around the table; they are left out."),
        N_("Nothing needs to be done."),
    ),
    "several_tables": note(
        N_("The sheet has {number} tables; all are read."),
        N_("Check under what was understood that no table is missing."),
    ),
    "table_unread": warning(
        N_("The sheet has another table, which is not read."),
        N_("Copy it to a sheet of its own with headers, or delete it."),
    ),
    "most_unread": error(
        N_("Most rows of the sheet stand in another table, which is not read."),
        N_("Match the columns by hand, or copy it to a sheet of its own. If it can be left out, say so below."),
        N_("Choose the row of the headers above. If the other table can be left out, say so in the question."),
    ),
    "table_of_totals": warning(
        N_("“{value}” is taken for the totals of the other tables, and is not read."),
        N_("If it is not, give its table the name of a municipality."),
    ),
    "table_of_totals_differs": warning(
        N_("“{value}” has {stated} under “{header}”, but the other tables add up to {sum}."),
        N_("Check whether citizens are missing from the other tables, such as those whose group is not stated."),
    ),
    "constant_from_sheet": note(
        N_("“{meant}” has no column. “{value}” is taken from the name of the sheet, “{text}”."),
        N_("If that is wrong, give the value for all rows, or add the column."),
        N_("If that is wrong, choose a column for it above, or give one value for all rows."),
    ),
    "constant_from_title": note(
        N_("“{meant}” has no column. “{value}” is taken from the title above the table, “{text}”."),
        N_("If that is wrong, give the value for all rows, or add the column."),
        N_("If that is wrong, choose a column for it above, or give one value for all rows."),
    ),
    "constant_above": note(
        N_("“{meant}” has no column. “{value}” is taken from this row above the table."),
        N_("If that is wrong, give the value for all rows, or add the column."),
        N_("If that is wrong, choose a column for it above, or give one value for all rows."),
    ),
    "period_year_added": note(
        N_(
            "“{value}” and those like it have no year. {year} is taken from the sheet's name, the title or your answer."
        ),
        N_("If that is wrong, write the year beside them."),
    ),
    "register": note(
        N_("The sheet is an attendance register with {number} sessions; each citizen's row is read as a course."),
        N_("Check under what was understood that the sessions are right."),
    ),
    "status_attendance": note(
        N_("The column tells who came to each session, and is read as attendance, not as the outcome."),
        N_("If it is the outcome of the course, match the columns by hand."),
        N_("If it is the outcome of the course, choose so above."),
    ),
    "dropped_out_column": note(
        N_("The column tells who dropped out. All others with an end date count as completed."),
        N_("If that is wrong, match the columns by hand."),
    ),
    "completed_yes_no": note(
        N_("The column has yes and no instead of dates, and is read as the outcome: yes is completed."),
        N_("If that is wrong, match the columns by hand."),
        N_("If that is wrong, choose another meaning for the column above."),
    ),
    "list_of_citizens": error(
        N_("The table has ids of citizens and groups, but no offer and no date: it can be a list of their groups."),
        N_("Say in the question on this what it is."),
    ),
    "no_groups": error(
        N_("The table has no social groups."),
        N_("Add a column for the group, or say in the question on this that the numbers are totals."),
    ),
    "constant_differs": warning(
        N_("“{value}” is given as {meant} of all rows, but the sheet or its title says “{said}”."),
        N_("Check that the value belongs to this file."),
    ),
    "filter_above": warning(
        N_("“{value}” stands above the table and is not read."),
        N_("If the numbers are those of some citizens or of another period only, do not store them as those of all."),
    ),
    "remark": warning(
        N_("The sheet says: “{value}”."),
        N_("Check that the numbers are still all citizens of the offer, as they were counted."),
    ),
    "number_explained": warning(
        N_("The sheet says: “{value}”. {number} is therefore read as a number that is held back."),
        N_("If it is the number of citizens after all, delete that text."),
    ),
    "rows_marked": error(
        N_("The column “{value}” marks rows that may not count."),
        N_("Answer the question on this, or delete the rows or the column."),
    ),
    "year_or_part": error(
        N_("The sheet says: “{value}”. The numbers are given for whole years."),
        N_("Say in the question on this whether they are of that part of the year only."),
    ),
    "year_part_read": note(
        N_("The numbers are of a part of the year: they are stored for {period}."),
        N_("Nothing needs to be done."),
    ),
    "said_cumulated": error(
        N_("“{value}” says that the numbers of a period are sums so far."),
        N_("If each period has its own numbers, say so in the question on this. Otherwise export those."),
    ),
    "one_dimension_a_row": note(
        N_("Each row has a group in one of {number} columns only, and is read as a count by that dimension alone."),
        N_("If empty cells mean “not stated”, write that in them."),
    ),
    "headers_unknown": error(
        N_("The headers {texts} stand over numbers and are not known here."),
        N_("Are they offers? Otherwise match the columns by hand: they can be groups, places or stages."),
        N_("Choose above what they are."),
    ),
    "group_in_title": error(
        N_("The sheet, a title or a filter says “{value}”: the numbers are then those of some citizens only."),
        N_("If they are, give each dimension a column of its own. Otherwise delete or rename it."),
    ),
    "months_cross_new_year": error(
        N_("“{example}” and those like it have no year, and they go past New Year."),
        N_("Write the year beside each of them, for example {example} 2022."),
    ),
    "missing_year": error(
        N_("“{example}” and those like it have no year."),
        N_("Give the year as the period of all rows, for example 2022, or write it beside them."),
    ),
    "missing_constant": error(
        N_("Nothing in the table tells “{missing}”."),
        N_("Give it for all rows of the table, or add the column."),
        N_("Choose a column for it above, or give one value for all rows."),
    ),
    "several_header_rows": note(
        N_("The headers stand in several rows and are read together."),
        N_("Check the columns under what was understood."),
    ),
    "hidden_sheet": note(
        N_("The sheet is hidden in the workbook, and is read."),
        N_("If it is not to be read, delete it from the workbook."),
    ),
    "hidden_rows": warning(
        N_("The rows are hidden in the workbook, by a filter for example, and are read."),
        N_("If they are not to count, delete them or leave them out."),
    ),
    "hidden_columns": warning(
        N_("The column is hidden in the workbook, and is read."), N_("If it is not to be read, delete it.")
    ),
    "merged_cells": warning(
        N_("Cells are merged; the value “{value}” is taken to hold for all these rows."),
        N_("Check that it does, or write the value in each row."),
    ),
    "totals_row": warning(N_("“{value}” looks like a total and is left out."), N_("If it is not a total, rename it.")),
    "subtotals": note(N_("Subtotals of a pivot table are left out."), N_("Nothing needs to be done.")),
    "sum_of_others": warning(
        N_("Every number of “{value}” is the sum of the others beside it, and it counts as one more of them."),
        N_("If it is a total, leave its rows out."),
    ),
    "one_group_only": error(
        N_("All numbers are of “{value}” alone, by the sheet or its title. The pages would show them as everybody's."),
        N_("Add the sheets of the other groups. If the offer is for these citizens, say so in the question on this."),
    ),
    "merged_number": error(
        N_("One number, “{value}”, is in a merged cell over several rows."),
        N_("Write the number of each row in a cell of its own."),
    ),
    "total_or_own": error(
        N_("“{value}” may be a total: its numbers are the sum of the others beside it, or nearly so."),
        N_("Answer the question on this, or leave the rows out or rename them."),
    ),
    "all_hundred": warning(
        N_("Every row has exactly 100 here, as percentages would. They are read as numbers of citizens."),
        N_("Check that these are citizens. If they are percentages, export the numbers themselves."),
    ),
    "totals_differ": warning(
        N_("The total says {value}, but the rows above add up to {sum}."),
        N_("Check whether rows are missing from the export."),
    ),
    "header_opposite": error(
        N_("The header “{value}” says the opposite of “{meant}”, so it does not tell who completed."),
        N_("Add a column for the completion or the outcome, or match the columns by hand."),
        N_("Choose above which column tells the completion or the outcome."),
    ),
    "header_spelling": warning(
        N_("The header “{value}” is taken for “{meant}”."),
        N_("If that is wrong, match the columns by hand."),
        N_("If that is wrong, choose another meaning for the column above."),
    ),
    "wide_layout": note(
        N_("The numbers stand in several columns; each is read as a row of its own."),
        N_("Check the groups under what was understood."),
    ),
    "example_left_out": note(N_("The template's example rows are left out."), N_("Nothing needs to be done.")),
    "personal_column": warning(
        N_("The column seems to hold {what}. It is dropped, and the original file is not kept."),
        N_("Leave such columns out of the export."),
    ),
    "no_cpr_column": warning(
        N_(
            "The numbers of the column look like CPR numbers and are taken for others, such as production units, area "
            "codes or telephone numbers. The column is left out, and the original file is not kept."
        ),
        N_("Leave such columns out of the export."),
    ),
    "both_forms": error(
        N_("“{value}” stands both among courses and among counts."), N_("Keep one, or citizens count twice.")
    ),
}
