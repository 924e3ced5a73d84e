"""Checks of attendance: registers, lists of sessions, and the rule by which courses are complete."""

from analysis.intake.findings.check import N_, error, note, warning

ATTENDANCE_CHECKS = {
    "sessions_apart": error(
        N_("{citizens} citizens have sessions of the same offer before and after a break of more than three months."),
        N_("Say in the question on this whether they are one course or several."),
    ),
    "completion_rule": error(
        N_("The file has attendances, and does not tell which of them make a course complete."),
        N_("State the rule in the question on this. It is kept with the offer."),
    ),
    "attendances_joined": note(
        N_(
            "Attendances are joined: {courses} courses in all. The most sessions that one citizen of an offer came to "
            "stand for the sessions held."
        ),
        N_("If that is wrong, export a row a course."),
    ),
    "attendances_marked": note(
        N_("Attendances are joined: {courses} courses in all. All dates of an offer count as its sessions."),
        N_("If that is wrong, export a row a course."),
    ),
    "attendances_differ": warning(
        N_("The same citizen has different groups in the attendances of one offer. The first of them is stored."),
        N_("Correct the rows that are wrong. If they are two citizens, give them ids of their own."),
    ),
    "attendance_stated": note(
        N_("Who completed follows from this column, by the stated rule."),
        N_("Check some of the rows."),
    ),
    "attendance_unused": note(
        N_("The file tells who completed, so this column of attendance is left out."),
        N_("If the attendance is to decide, leave out the column for the completion or the outcome."),
    ),
    "rule_not_usable": error(
        N_("The stated rule cannot be used: the file does not tell what it needs."),
        N_(
            "Choose another rule in the question on this. A share needs a share, or the sessions attended and held; a "
            "number needs the sessions attended; the last session needs a column for each session."
        ),
    ),
    "more_attended": error(N_("The citizen came to more sessions than were held."), N_("Correct one of the numbers.")),
    "not_a_share": error(
        N_("“{value}” is not clearly a share of the sessions."),
        N_("Write the shares of the column alike: all in per cent, or all from 0 to 1."),
    ),
    "attendance_mark": error(
        N_("“{value}” does not tell whether the citizen came."),
        N_("Write X for those who came, and nothing for those who did not."),
    ),
    "no_shows": warning(
        N_("These citizens never came: they count as invited, and their date started was planned."),
        N_("If some of them came first and stayed away later, write that they dropped out."),
    ),
    "register_absence": error(
        N_("“{value}” says that those who stayed away are marked. Marks are read as those of citizens who came."),
        N_("Mark those who came instead, and delete what is said of absence."),
    ),
    "session_unmarked": warning(
        N_("Nobody is marked at the sessions of {days}; they count as held."),
        N_("If they were cancelled, delete their columns."),
    ),
    "register_listed": note(
        N_("Everybody on the list counts as invited on {day}, the day of the first session."),
        N_("Add a column for the invitation, if the source has it."),
        N_("Choose the column for it above, if the file has one."),
    ),
    "sessions_undated": error(
        N_("The sessions have no dates: {sessions}."),
        N_(
            "Give the date on which all on the list started, or add a column with it, or write the date of each "
            "session as its header, for example 12-03-2015."
        ),
    ),
    "sessions_numbered": note(
        N_(
            "The sessions have no dates ({value}): the order of their numbers is that of the sessions, and the course "
            "begins on the date started."
        ),
        N_("Check under what was understood that the sessions are right."),
    ),
    "session_year": error(
        N_("The dates of the sessions have no year: {value}."),
        N_("Say in the question on this in which year the first session was, or write the year in the headers."),
    ),
    "sessions_without_year": note(
        N_("The dates of the sessions have no year. By “{text}” they are read as {first} to {last}."),
        N_("If that is wrong, write the year in the headers."),
    ),
    "sessions_by_week": note(
        N_("The sessions have weeks instead of dates. Each counts on the Monday of its week, from {first} to {last}."),
        N_("If a week of another month is meant, write the date of the session in the header."),
    ),
    "rows_without_ids": note(
        N_("The list has no ids of citizens: each of its {number} rows counts as one citizen. Names are not stored."),
        N_("If a citizen stands in several rows, add a column with an id of your own."),
    ),
    "names_replaced": warning(
        N_(
            "The column of ids has names. They only tell citizens of this file apart: they are not stored, and the "
            "original file is not kept."
        ),
        N_("Two citizens of the same name count as one. Use an id of your own to tell them apart."),
    ),
    "session_cancelled": warning(
        N_("The session is marked as cancelled and does not count as held: {value}."),
        N_("If it was held, mark those who came."),
    ),
    "attendances_cancelled": warning(
        N_("The sessions of {days} are marked as cancelled and do not count as held."),
        N_("If they were held, mark those who came."),
    ),
    "completion_rule_unused": warning(
        N_("A rule for completion was stated, but nothing in the file can use it."),
        N_("Check that the file has attendances, or remove the answer."),
    ),
}
