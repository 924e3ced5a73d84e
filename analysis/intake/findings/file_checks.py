"""Checks of files."""

from analysis.intake.findings.check import N_, error, note, warning

FILE_CHECKS = {
    "file_empty": error(N_("The file is empty."), N_("Save the export again and check that it holds rows.")),
    "package": note(
        N_("A package of {value}, made {moment}. Its counts are exact: they are synthetic."),
        N_("A later package from there takes its place."),
    ),
    "package_rounded": note(
        N_("A package of {value}, made {moment}. Its counts are multiples of {base}."),
        N_("They are not rounded again here. A later package from there takes its place."),
    ),
    "package_newer": note(
        N_("The package takes the place of the one from there that was made {moment}."),
        N_("Taking it back brings the earlier one back."),
    ),
    "package_older": error(
        N_("A package from there that is as new is stored already, made {moment}."),
        N_("Ask for a new package."),
    ),
    "package_own": error(
        N_("The package was made in this installation, which has the data already."),
        N_("Upload it in the installation that it is for."),
    ),
    "package_version": error(
        N_("A newer version of the program made the package."), N_("Update this installation, and upload it again.")
    ),
    "package_changed": error(
        N_("The sheet was changed, added or removed after the package was made."),
        N_("Ask for the package as it was made, or export it again."),
    ),
    "package_without_manifest": error(
        N_(
            "The sheet is from a package, but the package's first sheet, which says where the counts come from, is "
            "missing or was changed."
        ),
        N_("Ask for the package as it was made, or export it again."),
    ),
    "package_unreadable": error(
        N_("The package has contents that the program does not write."), N_("Export it again where it was made.")
    ),
    "file_encrypted": error(
        N_("The workbook is protected by a password."),
        N_("Open it in Excel, choose File › Info › Protect Workbook, remove the password and save it."),
    ),
    "file_not_spreadsheet": error(
        N_("This is not a spreadsheet but another kind of file ({kind})."), N_("Choose an .xlsx or a .csv file.")
    ),
    "file_text_as_workbook": error(
        N_("The file is named as a workbook but holds plain text (CSV)."), N_("Rename it so that it ends in .csv.")
    ),
    "file_damaged": error(
        N_("The file is damaged or cut off."), N_("Open it in Excel, save it under a new name and try that.")
    ),
    "file_hostile": error(
        N_("The file is built in a way that no spreadsheet program writes, as attacks are."),
        N_("Do not open it. Ask whoever sent it for a new export."),
    ),
    "file_too_large": error(
        N_("The file is larger than {limit} MB."), N_("Split it in two, by year for example, and upload each part.")
    ),
    "unpacked_too_large": error(
        N_("The file unpacks to more than {limit} MB."),
        N_("Split it in two, by year for example, and upload each part."),
    ),
    "too_many_rows": error(
        N_("A sheet has more than {limit} rows."), N_("Split it in two, by year for example, and upload each part.")
    ),
    "too_many_columns": error(
        N_("A sheet has more than {limit} columns."), N_("Delete the columns that are not needed.")
    ),
    "too_many_sheets": error(
        N_("The workbook has more than {limit} sheets."), N_("Copy the sheets with data to a workbook of their own.")
    ),
    "file_far_cell": error(
        N_("A sheet has a cell far from all others, in row {row} or column {column}."),
        N_("Delete the empty rows and columns after the data."),
    ),
    "file_unreadable": error(
        N_("The file could not be read within the limits of time and memory."),
        N_("Split it in two, or save it as .csv."),
    ),
    "file_crashed": error(
        N_("The program that reads workbooks broke down at this file."),
        N_("Open the file in Excel, save it under a new name and try that, or save it as .csv."),
    ),
    "file_busy": error(
        N_("The computer was too busy to read the file."), N_("Wait a little, and upload the file again.")
    ),
    "file_nul_bytes": error(
        N_("The file has NUL bytes, which no text has: it was damaged on its way, or is another kind of file."),
        N_("Save the export again. If it is a text file, save it as CSV UTF-8."),
    ),
    "quote_not_closed": error(
        N_("A quotation mark in line {row} is not closed, so that lines run together."),
        N_("Remove the quotation mark, or save the export as .xlsx."),
    ),
    "odd_days": error(
        N_("A cell holds a date or a duration that no calendar has, and a {kind} file cannot be read beyond it."),
        N_("Correct the cell, or save the file as .xlsx: the cell is then found."),
    ),
    "readers_disagree": error(
        N_("Two ways of reading the sheet saw different values here, so neither is trusted."),
        N_("Open the file in Excel, save it under a new name and try that."),
    ),
    "long_number_elsewhere": warning(
        N_(
            "Outside the values of the cells, in {where}, there are long numbers that could be CPR numbers. The "
            "original file is not kept."
        ),
        N_("Nothing needs to be done: they are not stored."),
    ),
    "embedded_file": warning(
        N_("Another file is embedded in the workbook and is not read. The original file is not kept."),
        N_("Nothing needs to be done: it is not stored."),
    ),
    "unsearched_part": warning(
        N_(
            "The workbook holds pictures, macros or other parts that cannot be searched for CPR numbers. The original "
            "file is not kept."
        ),
        N_("Nothing needs to be done: they are not stored."),
    ),
    "macros": warning(
        N_("The workbook has macros. They are never run."), N_("Check that the values are those you see in Excel.")
    ),
    "date_1904": warning(
        N_("The workbook counts its days from 1904, as older Macs did. The dates are read so."),
        N_("Compare one date with the source."),
    ),
    "old_format": warning(
        N_("In a {kind} file, formulas that failed, hidden rows and merged cells cannot be told from ordinary ones."),
        N_("Save it as .xlsx in Excel to have these checked too."),
    ),
    "name_differs": note(
        N_("The file's name ends in {value}, but it is a {kind} file and is read as such."),
        N_("Nothing needs to be done."),
    ),
    "file_already_imported": error(
        N_("This very file was stored on {moment} by {person}."),
        N_("Take that import back first if it is to be stored again."),
    ),
    "file_taken_back": note(
        N_("This very file was stored before, and taken back on {moment}."),
        N_("It can be brought back under Imports below, without uploading it again."),
    ),
    "nothing_to_correct": error(
        N_("No row of the file is stored already, so there is nothing to correct."),
        N_("Add the file to what is stored."),
    ),
    "correction_held_back": error(
        N_("Numbers of the same periods are held back, so single rows of them can't be corrected."),
        N_("Let a file with all rows take their place."),
    ),
    "correction_unsure": error(
        N_("Several stored courses of the same citizen could be meant, and none of them begins on the same day."),
        N_("Write the day on which the stored course began, or let a file with all rows take their place."),
    ),
    "correction_other_periods": error(
        N_("The counts that are stored here have other periods, such as quarters for months."),
        N_("Use the same periods, or let the file take their place."),
    ),
    "fewer_counted": error(
        N_(
            "In “{value}”, {start} to {end}, {stored} are stored (invited / participated / completed), and the file "
            "has {in_file}."
        ),
        N_("Replacing would lose the others. Add the file to what is stored, or accept the loss."),
    ),
    "adjustment_moved": warning(
        N_("The adjustment “{value}” of “{offer}” is stored with the date {stored_on}. This file has {adjusted_on}."),
        N_("The newer date will count, and before and after are divided there."),
    ),
    "offer_changed": warning(
        N_("“{value}” in {municipality}: “{what}” is stored as “{before}”. This file has “{after}”."),
        N_("The newer one will hold. If that is wrong, correct it in the file."),
    ),
    "file_other_version": note(
        N_("Another version of “{value}” was stored on {moment} by {person}."),
        N_("If this one takes its place, choose to replace it below."),
    ),
}
