"""Checks of rows and of whole tables."""

from analysis.intake.findings.check import N_, error, note, warning

ROW_CHECKS = {
    "started_before_invited": error(N_("The citizen started before the invitation."), N_("Correct one of the dates.")),
    "completed_before_started": error(N_("The citizen completed before starting."), N_("Correct one of the dates.")),
    "completed_without_started": error(
        N_("The citizen completed without having started."),
        N_("Fill in the date started, or remove the completion."),
    ),
    "no_date": error(
        N_("There is neither a date invited nor a date started."), N_("Fill in one of them, or leave the row out.")
    ),
    "outcome_disagrees": warning(
        N_("There is a date completed, but the outcome says otherwise. The outcome is used."),
        N_("Correct the one that is wrong."),
    ),
    "ended_or_completed": error(
        N_("“{column}” tells when courses ended, not whether they were completed."),
        N_("Answer the question on this, or add a column for the outcome or the reason."),
        N_("Answer the question on this, or choose the column for the outcome or the reason above."),
    ),
    "ended_without_outcome": error(
        N_("The course has ended, but nothing tells whether it was completed."),
        N_("Fill in the outcome or the reason, or leave the row out."),
    ),
    "outcome_blank": error(
        N_("The outcome of courses that were started is not filled in, and nothing tells whether they still run."),
        N_("Answer the question on this, or fill in the outcome."),
    ),
    "still_running": warning(
        N_("Courses are still running. Months that have not had time to complete do not count for completion."),
        N_("Export them again when they have ended, and replace this import."),
    ),
    "walk_ins": warning(
        N_("Courses that started without an invitation count as walk-ins: for completion, not for participation."),
        N_("If these citizens were invited, fill in the date of the invitation."),
    ),
    "citizen_twice": error(
        N_("The citizen stands several times, with different groups."), N_("Leave all rows but one out.")
    ),
    "no_group_stated": warning(
        N_("The row tells no group of the citizen, and is left out."), N_("Fill it in when the answer is there.")
    ),
    "row_twice": warning(
        N_("The row is the same as an earlier one, word for word, and is left out."),
        N_("If both are meant, give them ids or dates that differ."),
    ),
    "course_twice": error(
        N_("The same citizen stands twice in the same offer on the same date, with different contents."),
        N_("Leave one of the rows out."),
    ),
    "citizen_repeats": error(
        N_("Citizens stand several times in one offer, on different days: {citizens} of them, in {number} rows."),
        N_("Say in the question on this whether each row is a course of its own or one attendance."),
    ),
    "counted_again_crossed": error(
        N_("The same groups and periods stand here by a further dimension, and elsewhere without it or by another."),
        N_("The citizens would count twice. Leave one of the two out."),
    ),
    "sheets_repeat": error(
        N_(
            "The same citizens and days, or groups and periods, stand on the sheet “{value}” too, and would count "
            "twice."
        ),
        N_("Answer the question on this, or delete one of the sheets."),
    ),
    "count_twice": error(
        N_("The same group and period stand twice for the offer."),
        N_("If they are parts of the group, answer the question on this. Otherwise leave one of the rows out."),
    ),
    "stage_twice": error(
        N_("The same stage, group and period stand twice for the offer."),
        N_("Add the rows up in the file, or leave one of them out."),
    ),
    "counts_cumulated": error(
        N_("In “{value}” the numbers never fall from one period of a year to the next, as sums so far do."),
        N_("If each period has its own numbers, say so in the question on this. Otherwise export those."),
    ),
    "more_participated": error(
        N_("More citizens participated than were invited ({value})."), N_("Correct one of the counts.")
    ),
    "more_completed": error(
        N_("More citizens completed than participated ({value})."), N_("Correct one of the counts.")
    ),
    "more_running": error(
        N_("More courses are running than participated without completing ({value})."),
        N_("Correct one of the counts."),
    ),
    "group_missing": warning(
        N_("Where no group is stated, the citizen is counted as “not stated” and not compared."),
        N_("Fill in the group where it is known."),
    ),
    "no_votes": error(
        N_("None of the three understandings has any votes."), N_("Fill in at least one, or leave the row out.")
    ),
    "entry_twice": error(
        N_("The same stands twice in the sheet, told apart by nothing."),
        N_("Leave one of the rows out, or give the table or the number of the round, so that they differ."),
    ),
    "action_dates_backwards": error(
        N_("The action comes to this stage before the stage that precedes it."), N_("Correct one of the dates.")
    ),
    "status_behind": warning(
        N_("There is a date for a later stage than the status tells. The status is used."),
        N_("Correct the one that is wrong."),
    ),
    "state_before_request": error(N_("The state is older than the request itself."), N_("Correct one of the dates.")),
}

TABLE_CHECKS = {
    "numbers_scaled": error(
        N_("“{value}” says that the numbers are percentages, averages, thousands, money or plans, and no counts."),
        N_("Export the counts. If the numbers are counts all the same, say so in the question on this."),
    ),
    "row_no_count": error(
        N_("“{value}” is a part of other rows, or an average or an amount, and no group of citizens of its own."),
        N_("Leave the rows out, or rename them if they are rows of their own."),
    ),
    "stage_alone": error(
        N_("There is no number of participants for the same group and period in the other tables."),
        N_("Add it there, or leave these rows out."),
    ),
    "column_without_numbers": warning(
        N_("The column has no numbers, and is left out."),
        N_("If its numbers are held back, write * in its cells. If there were none, write 0."),
    ),
    "cells_empty": warning(
        N_("There is no number in the cell; it is left out, and not counted as zero."),
        N_("If the number is held back, write * in the cell. If there were none, write 0."),
    ),
    "invited_partly": note(
        N_("Where there is no number of the invited, the participants count as walk-ins."),
        N_("Fill it in where it is known."),
    ),
    "cells_beyond_headers": error(
        N_("Rows have numbers beyond the last header, in column {column}. A comma in a number may divide it in two."),
        N_("Save it with semicolons between the columns, or as .xlsx. If they are columns, write their headers."),
    ),
    "column_without_header": warning(
        N_("There are numbers without a header in the column, and they are left out."),
        N_("If they are to be read, write a header above them."),
    ),
    "heading_unclear": error(
        N_("“{value}” stands alone above other rows, and it is not clear what it says of them."),
        N_("If it is a remark, leave the row out. Otherwise write it in a column beside each of the rows."),
    ),
    "labels_of_kinds": warning(
        N_("The column has labels of several kinds. “{value}” and those like it are read as “{meant}” of other rows."),
        N_("Check under what was understood that each row has the right one."),
    ),
    "labels_once": note(
        N_("Where “{column}” is empty, the label above holds."),
        N_("Check one of these rows."),
    ),
    "action_spelling": warning(
        N_("There is an action “{nearest}” too, which differs by a few letters only."),
        N_("If they are the same, replace the name, or they are ranked apart."),
    ),
    "theme_day_unknown": warning(
        N_("There is no theme day on {day} in this file or in the data."),
        N_("Correct the date, or add the participants of that day among the theme days."),
    ),
    "takes_the_place": note(
        N_("Some of it is stored already; what this file says takes the place of that, for as long as it stands."),
        N_("Nothing needs to be done."),
    ),
    "completion_unknown": warning(
        N_("There is no information on who completed, so there is no completion rate."),
        N_("Add a column for the completion or the outcome, if the source has it."),
        N_("Choose the column for it above, if the file has one."),
    ),
    "invited_unknown": note(
        N_("There is no information on who was invited, so there is no participation rate."),
        N_("Add a column for the invitation, if the source has it."),
        N_("Choose the column for it above, if the file has one."),
    ),
    "totals_of_groups": warning(
        N_("In “{value}” the groups of {one} add up to {sum}, those of {other} to {other_sum}, for {stage}."),
        N_("Check whether a group is missing, or counted twice."),
    ),
    "held_back": warning(
        N_(
            "“{value}” has numbers that are held back in {periods}. These periods count in no rate by {dimension}. "
            "Rows of other groups that leave the rates with them: {number}."
        ),
        N_("If you may, export the numbers themselves: this program hides small ones wherever it shows them."),
    ),
    "month_missing": warning(
        N_("“{value}” has nothing in {periods}, in the middle of its series."),
        N_("Check whether the export lacks these periods."),
    ),
    "periods_cross": error(
        N_("The period overlaps another of the same offer, a month and a quarter, say."),
        N_("Use one kind of period an offer."),
    ),
    "overlap": error(
        N_("“{value}” is already covered from {start} to {end} by “{file}”."),
        N_("Choose to replace those periods below, or leave them out here."),
    ),
    "citizens_stored": error(
        N_(
            "Of the citizens of “{value}” {again} of {citizens} are stored already from “{file}”, in other periods. If "
            "a row is an attendance, they would count once for each file."
        ),
        N_("If each row is a course of its own, say so in the question on this. Otherwise export a row a course."),
    ),
    "listed_citizens": note(
        N_("Of the {citizens} citizens in the list of groups, {with_courses} have a course, in this file or stored."),
        N_("Courses that are stored later get their groups too."),
    ),
    "no_listed_citizens": warning(
        N_("None of the {citizens} citizens in the list of groups has a course, in this file or stored."),
        N_("If the courses are stored already, check that the list has the same ids."),
    ),
    "listed_answers_differ": warning(
        N_("{changed} citizens have another group in a list that is stored. The newer list counts."),
        N_("Leave their rows out if the stored group is right."),
    ),
    "ids_folded": warning(
        N_("“{value}” and “{nearest}” count as one citizen: capital letters, hyphens and leading zeros do not count."),
        N_("If they are two people, give one of them another id."),
    ),
    "listed_groups_differ": warning(
        N_(
            "{differing} citizens have another group in their course than in the list. The group of the course is used."
        ),
        N_("Correct the course if the list is right."),
    ),
    "no_such_adjustment": error(
        N_("The offer “{offer}” has no adjustment with the title “{value}”, in this file or in the data."),
        N_("Write the title as in the sheet, or add the adjustment. Demonstration data do not count for own files."),
    ),
    "adjustment_misspelt": error(
        N_("The offer “{offer}” has no adjustment “{value}”. The title most like it is “{nearest}”."),
        N_("Write the title as in the sheet of adjustments, or add the adjustment there."),
    ),
    "no_such_action": error(
        N_("{municipality} has no action “{value}”, in this file or in the data."),
        N_("Write the action as in the sheet, or add the action. Demonstration data do not count for own files."),
    ),
    "adjustment_unknown_offer": error(
        N_("There is no offer “{value}” in this file or in the data."),
        N_("Write its name as it stands among the offers."),
    ),
    "offer_spelling": warning(
        N_("There is no offer “{value}” with data, but one named {nearest}."),
        N_("If they are the same, replace the name."),
    ),
    "offer_written": warning(
        N_("The offer “{value}” is stored as “{meant}”, as it is written elsewhere."),
        N_("If they are two offers, give one of them another name."),
    ),
    "offers_alike": warning(
        N_("“{value}” and “{nearest}” differ by a few letters only. They are stored as two offers."),
        N_("If they are the same, replace one of the names."),
    ),
    "adjustment_alike": warning(
        N_("“{value}” is much like “{nearest}”, which is stored for the same offer. They count as two adjustments."),
        N_("If they are the same, write the title as it is stored: a new date then takes the place of the old one."),
    ),
    "groups_alike": warning(
        N_("The groups “{value}” and “{nearest}” of {dimension} differ by a few letters only. They count as two."),
        N_("If they are the same, replace one of them."),
    ),
    "places_alike": warning(
        N_("The places “{value}” and “{nearest}” differ by a few letters only. They count as two."),
        N_("If they are the same, replace one of them."),
    ),
    "offer_taken_out": warning(
        N_("“{value}” in {municipality} is taken out: its rows are stored, and no page counts them."),
        N_("Bring it back on the page of offers, if it is to count."),
    ),
    "name_twice": error(
        N_("“{value}” has another row, {other}, with a name or a place."),
        N_("Leave one of the rows out."),
    ),
    "name_chain": error(
        N_("“{value}” is to be called by a name that gets another one in row {other}."),
        N_("Write the last name in both rows."),
    ),
    "rank_twice": error(
        N_("“{value}” has the same place in the order as the group of row {other}."),
        N_("Give each group a place of its own, or make the two one group."),
    ),
    "name_unknown": warning(
        N_("Nothing is stored under the name “{value}”. The row changes nothing until something is."),
        N_("Write the name as it is stored, or leave the row out."),
    ),
    "several_adjustments": warning(
        N_("“{value}” has several adjustments. The first one divides before and after."),
        N_("Nothing needs to be done: another one can be chosen on the pages."),
    ),
    "follow_up_short": warning(
        N_("Courses of “{offer}” took longer than the follow-up time of {value} days: 95 of 100 took up to {days}."),
        N_("Correct the follow-up time, or leave it empty: it is measured then. Slow courses count as not completed."),
    ),
    "nothing_before": warning(
        N_("“{value}” has no rows from before its adjustment, so no change can be shown."),
        N_("Export the time before it too, or correct the date of the adjustment."),
    ),
    "nothing_after": warning(
        N_("“{value}” has no rows from after its adjustment, so no change can be shown."),
        N_("Export the time after it too, or correct the date of the adjustment."),
    ),
    "denominator_jumps": warning(
        N_("In “{value}” the number of citizens goes from some {usual} a period to {number} in {period}."),
        N_("Check whether another definition or another export begins there."),
    ),
    "rate_extreme": warning(
        N_("In “{value}” {rate} is exactly {share} among {number} citizens of {group}."),
        N_("Check whether the column is filled in for everybody."),
    ),
    "groups_too_small": note(
        N_("In “{value}” some groups of {dimension} are so small that their numbers will be hidden."),
        N_("Nothing needs to be done."),
    ),
}
