"""Checks of cells."""

from analysis.intake.findings.check import N_, error, note, warning

CELL_CHECKS = {
    "unknown_stage": error(
        N_("“{value}” is not a stage: invited, participated or completed."),
        N_("Write which of the three the numbers count, or leave the rows out."),
    ),
    "no_cpr_ids": warning(
        N_(
            "The ids of the column look like CPR numbers and are said to be others. They are replaced by other ids, "
            "each by one of its own, and the original file is not kept."
        ),
        N_("Nothing needs to be done. Nobody can find the ids of your system in what is stored."),
    ),
    "cpr_number": error(
        N_(
            "A cell looks like a CPR number or the identity number of another Nordic country. Neither the number nor "
            "the file is kept."
        ),
        N_("Replace CPR numbers with ids of your own and upload the file again."),
    ),
    "cpr_elsewhere": error(
        N_(
            "Outside the values of the cells, in {where}, something looks like a CPR number. Neither the number nor "
            "the file is kept."
        ),
        N_("Remove it in Excel, under File › Info › Inspect Workbook for example, and upload the file again."),
    ),
    "not_a_web_address": error(
        N_("“{value}” is no address of a page on the web."), N_("Write one that begins with https://, or leave it out.")
    ),
    "text_names_person": warning(
        N_("The text may name a person or say how to reach one: “{value}”."),
        N_("Take it out if it does. Everybody who sees the pages can read it."),
    ),
    "cpr_typed": error(
        N_("What was typed or chosen here looks like a CPR number, which is never stored."),
        N_("Write it without the number."),
    ),
    "cpr_in_name": error(
        N_("The name of the file or of a sheet looks like a CPR number. Neither the name nor the file is kept."),
        N_("Give it another name and upload it again."),
    ),
    "error_value": error(N_("“{value}” is an error from a formula."), N_("Correct the formula, or type the value.")),
    "error_elsewhere": note(N_("“{value}” is an error in a cell that is not stored."), N_("Nothing needs to be done.")),
    "impossible_day": error(
        N_("The cell is formatted as a date or a duration, and no calendar has number {value}."),
        N_("Correct the cell, or format it as a number."),
    ),
    "formula_without_value": error(
        N_("The cell holds a formula that was never calculated."),
        N_("Open the file in Excel and save it, or type the value."),
    ),
    "cell_empty": error(N_("The cell is empty, and it is needed."), N_("Fill it in, or leave the row out.")),
    "unknown_municipality": error(
        N_("“{value}” is not a Danish municipality."), N_("Write the municipality's name or number.")
    ),
    "unknown_municipality_near": error(
        N_("“{value}” is not a Danish municipality. The nearest is {nearest}."),
        N_("Replace it with the name that is meant."),
    ),
    "spelling": warning(N_("“{value}” is taken for {meant}."), N_("If that is wrong, replace it with what is meant.")),
    "leading_zeros": warning(
        N_("The code “{value}” has lost its first zero and is taken for {meant}."),
        N_("Format the column as text in Excel, so that zeros stay."),
    ),
    "municipality_code": error(
        N_("The code “{value}” is {meant} in Denmark, but the headers are those of another country."),
        N_("Answer the question on this, or write the municipality's name."),
    ),
    "municipality_country": error(
        N_("{number} of the {whole} municipalities in the column are in another country, {country}: “{value}”."),
        N_("Answer the question on this, or write the names of Danish municipalities."),
    ),
    "municipality_none": error(
        N_("No municipality in the column is Danish: “{value}”."),
        N_("Answer the question on this, or write the names of Danish municipalities."),
    ),
    "municipality_code_differs": error(
        N_("“{value}” has the name of {meant} and the code of {other}."),
        N_("Write the one that is meant."),
    ),
    "municipality_merged": note(
        N_("“{value}” became part of {meant} in {year}, and is stored as that."), N_("Nothing needs to be done.")
    ),
    "municipality_split": error(
        N_("“{value}” was divided in {year} between {possible}."),
        N_("Write the present municipality that is meant."),
    ),
    "municipality_several": error(
        N_("“{value}” is the name of several municipalities: {possible}."),
        N_("Write the one that is meant, or its code."),
    ),
    "municipality_region": error(
        N_("“{value}” is a region or a county, and not a municipality."),
        N_("Write the municipality's name or number, or leave the rows out if they are sums."),
    ),
    "unknown_municipality_abroad": error(
        N_("“{value}” is not known as a municipality of this country: {country}."),
        N_("Write the municipality's name or number."),
    ),
    "unknown_municipality_abroad_near": error(
        N_("“{value}” is not known as a municipality of this country: {country}. The nearest is {nearest}."),
        N_("Replace it with the name that is meant."),
    ),
    "unknown_group": error(
        N_("“{value}” is not one of the groups of {dimension}: {known}."),
        N_("Replace it with one of these, or add it to the dimension."),
    ),
    "unknown_group_near": error(
        N_("“{value}” is not one of the groups of {dimension}. The nearest is {nearest}."),
        N_("Say yes to that, choose another group, or add it to the dimension."),
    ),
    "group_as_date": error(
        N_("“{value}” looks like a range that Excel has turned into a date ({guess})."),
        N_("Replace it with the range, and format the column as text in Excel."),
    ),
    "group_of_list": error(
        N_("“{value}” is on the common list of groups, and keeps its name and its place."),
        N_("Leave the row out, or give other groups this name."),
    ),
    "unknown_dimension": error(N_("“{value}” is not a known dimension."), N_("Use one of: {known}.")),
    "unknown_word": error(N_("“{value}” is not understood here."), N_("Use one of: {known}.")),
    "not_a_date": error(N_("“{value}” is not a date."), N_("Write day-month-year, for example 12-03-2015.")),
    "date_out_of_bounds": error(N_("“{value}” lies before 1990 or in the future."), N_("Correct the date.")),
    "planned_out_of_bounds": error(N_("“{value}” lies before 1990 or after {latest}."), N_("Correct the date.")),
    "date_as_text": warning(
        N_("The dates are written as text, “{value}” for example, and read with the day first."),
        N_("Compare one with the source."),
    ),
    "date_month_first": warning(
        N_("The dates are read with the month first, “{value}” too: some of them can be read in no other way."),
        N_("Compare one with the source."),
    ),
    "date_order": error(
        N_("“{value}” can be read with the day first and with the year first."),
        N_("Answer the question on this, or write the year with four digits."),
    ),
    "month_order": error(
        N_("“{value}” can be read with the day first and with the month first."),
        N_("Answer the question on this, or write the dates as year-month-day, for example 2015-03-12."),
    ),
    "date_utc": warning(
        N_("Points in time like “{value}” are in UTC, and are read as the day that it was in Denmark."),
        N_("Compare one with the source."),
    ),
    "date_year_first": warning(
        N_("The dates are read with the year first; “{value}” is read as {meant}."),
        N_("Compare one with the source."),
    ),
    "no_end": note(
        N_("“{value}” is read as no end: the course has not ended."),
        N_("Nothing needs to be done."),
    ),
    "date_as_number": warning(
        N_("The dates are written as Excel's serial numbers; “{value}” is read as {meant}."),
        N_("Compare one with the source."),
    ),
    "not_a_period": error(
        N_("“{value}” is not a period that is known here."),
        N_("Write for example 2015, 2015K1, 2015-03, 2015-W12 or “school year 2015/16”."),
    ),
    "period_without_year": error(
        N_("“{value}” does not say which year."),
        N_("Write the year too, for example 2015-01, 2015K1, 2015H1 or 2015-W12."),
    ),
    "period_season": error(
        N_("“{value}” is a season or a term, and the months of those differ from place to place."),
        N_("Write the months that are meant, for example “jan-jun 2015”, or a half-year: 2015H1."),
    ),
    "period_numbers": error(
        N_("“{value}” can be months, quarters or a day."),
        N_("Write the months by name, for example “jan-mar 2015”, or a quarter: 2015K1."),
    ),
    "period_years": error(
        N_("“{value}” can be whole calendar years or school years."),
        N_("Answer the question on this, or write the first and the last day: 01-01-2015 - 31-12-2016."),
    ),
    "period_of_years": warning(
        N_("Periods like “{value}” are read as whole calendar years, from the first to the last."),
        N_("Compare one with the source."),
    ),
    "period_year_or_month": error(
        N_("“{value}” can be a month or a school year."),
        N_("Answer the question on this, or write “2010M11” for the month and “school year 2010/11” for the year."),
    ),
    "period_month_or_quarter": error(
        N_("“{value}” can be a month or a quarter."),
        N_("Answer the question on this, or write “2015M03” for the month and “2015K3” for the quarter."),
    ),
    "period_day": error(
        N_("“{value}” is a day, and it is not clear whether it stands for a week, a month, a quarter or a year."),
        N_("Answer the question on this, or write the period itself, for example 2015, 2015K1 or 2015M03."),
    ),
    "period_school_year": warning(
        N_("Periods like “{value}” are read as school years, from 1 August to 31 July."),
        N_("Compare one with the source."),
    ),
    "not_a_rank": error(
        N_("“{value}” is no place in an order."), N_("Write a whole number from 1 up: 1 is the first.")
    ),
    "not_a_round": error(
        N_("“{value}” is not the number of a round."),
        N_("Write 1 for the first round, 2 for the second, up to 99."),
    ),
    "not_a_count": error(
        N_("“{value}” cannot be a count: it is negative, or not whole."), N_("Write a whole number from 0 up.")
    ),
    "number_shown_otherwise": error(
        N_(
            "The cell holds {value} but shows another number: its format makes it a percentage, or adds or hides "
            "digits or a sign."
        ),
        N_("Format the column as numbers in Excel, see whether the counts are right, and correct those that are not."),
    ),
    "date_shown_otherwise": error(
        N_("The cell holds the date {value} but shows something else: its format has digits of its own, or two years."),
        N_("Write in Excel what the cell shows, as text, or format the column as dates."),
    ),
    "text_for_number": error(N_("“{value}” is text where a number is needed."), N_("Write the count as a number.")),
    "number_as_text": warning(
        N_("Numbers are stored as text, “{value}” for example, and are read as numbers."),
        N_("Nothing needs to be done, if they are right."),
    ),
    "number_two_meanings": error(
        N_("“{value}” is thousands in one language and a small number with decimals in another."),
        N_("Answer the question on this, or write plain numbers, without points and commas."),
    ),
    "number_written": warning(
        N_("Numbers are written with points, signs or units: “{value}” for example is read as {meant}."),
        N_("Compare one with the source."),
    ),
    "invited_estimated": error(
        N_("Numbers of the invited have decimals, “{value}” for example, as estimates of a population have."),
        N_("Answer the question on this, or write whole numbers."),
    ),
    "invited_rounded": warning(
        N_("Estimates of the invited are rounded: “{value}” for example is read as {meant}."),
        N_("Nothing needs to be done, if they are estimates."),
    ),
    "missing_code": error(
        N_("“{value}” is much larger than all others, and is what some programs write for a number that is missing."),
        N_("Answer the question on this, or write the number, or “*” where it is not known."),
    ),
    "count_implausible": warning(
        N_("“{value}” citizens in one period and group is more than seems likely."), N_("Compare it with the source.")
    ),
    "hidden_count": warning(
        N_("“{value}” stands for a number that is held back. The row is left out; it is not counted as zero."),
        N_("If you may, export the numbers themselves: this program hides small ones wherever it shows them."),
    ),
    "suppressed_mark": error(
        N_("“{value}” can stand for a number that is held back, or for none."),
        N_("Answer the question on this, or write 0 for none and “*” for a number that is held back."),
    ),
    "percent_of": error(
        N_("“{value}” is a percentage where a count is needed."),
        N_("Answer the question on this, or write the counts themselves."),
    ),
    "percent_read": warning(
        N_("Percentages are turned into counts: “{value}” of {base} is read as {meant}."),
        N_("Compare some with the source: a rounded percentage of many citizens can stand for several counts."),
    ),
    "percent_not_whole": error(
        N_("“{value}” of {base} is {product}, which is no whole number. A rounded percentage does not give the count."),
        N_("Write the count itself, or leave the row out in the question on this."),
    ),
    "percent_without_base": error(
        N_("“{value}” is a percentage, and there is no count that it can be a percentage of."),
        N_("Add a column for the invited, or write the counts themselves."),
        N_("Choose the column for the invited above, or write the counts themselves."),
    ),
    "spaces_normalised": note(
        N_("Spaces, line breaks or letters in two parts are written in one way (“{value}”)."),
        N_("Nothing needs to be done."),
    ),
    "not_a_weight": error(
        N_("“{value}” is neither a number of votes nor a share."),
        N_("Write a number from 0 up, or a share in per cent."),
    ),
    "rank_missing": error(
        N_("The groups of “{named}” have an order, but two or more of them lack a rank of their own: {groups}."),
        N_("Give the groups their ranks, 1 for the least advantaged, or untick that they have an order."),
    ),
    "rank_partly": warning(
        N_("Groups of “{named}” without a rank stand outside the order: {groups}."),
        N_("Give them a rank, if they have a place in the order."),
    ),
    "formula_like": warning(
        N_("“{value}” looks like a formula. It is kept as text and never calculated."),
        N_("Check that the text is meant."),
    ),
}
