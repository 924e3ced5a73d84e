"""Texts around a table that say that its numbers are percentages, averages, thousands or money, and not counts."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from analysis.intake.contract import DIMENSION_KEYS
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.heading import Heading
from analysis.intake.layout.labels import DIMENSION, GROUP
from analysis.intake.layout.stitching import ValueColumn
from analysis.intake.lexicon.percent_words import (
    notes_others,
    says_no_count,
    says_percent,
    says_plan,
    says_thousands,
)
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.parsing.questions import SCALED
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned

MOST_NOTES = 20
OF_GROUPS = {GROUP, DIMENSION, *DIMENSION_KEYS}
FEW_GROUPS, FEWEST_ROWS, LONGEST = 2, 2, 3
"""Minimum numbers of groups and rows that make a distribution, and maximum number of digits of a percentage."""


def measures_around(
    sheet: RawSheet, heading: Heading, labels: Iterable[int], numbers: Collection[int], notes: Iterable[int]
) -> list[Finding]:
    """Ask whether the numbers of a table are counts, if a text around it says otherwise and the user has not answered.

    Looked at are the title, the name of the sheet, the headers of the columns of ``labels``, the header rows with one
    text over all columns of ``numbers`` or the word for a plan, and the rows of ``notes``.
    """
    if SCALED in sheet.answers:
        return []
    titles = [text for row in range(heading.first) if sheet.filled[row] for text in sheet.row(row)]
    rows = heading.rows_of_texts
    corner = [texts[at] for texts in rows for at in labels] if numbers else []
    above = [texts[min(numbers)] for texts in heading.levels if len({texts[at] for at in numbers}) == 1]
    above += [texts[at] for texts in heading.levels for at in numbers if says_plan(texts[at])]
    below = [text for row in list(notes)[:MOST_NOTES] for text in sheet.row(row)]
    said = [cleaned(text) for text in (*titles, *corner, *above, sheet.name) if says_no_count(text)]
    said += [cleaned(text) for text in below if _notes_other(text)]
    return [Finding(SCALED, sheet.name, value=said[0])] if said else []


def distribution_across(sheet: RawSheet, values: Sequence[ValueColumn], rows: np.ndarray) -> list[Finding]:
    """Ask whether the numbers of groups across are counts, if those of every row add up to 100, and its total is 100.

    Without a column of totals they must be of three groups or more: two add up to 100 by chance.
    """
    others = [{key: text for key, text in one.labels.items() if key not in OF_GROUPS} for one in values]
    totals = [one.position for one in values if any(is_total(text) for text in one.labels.values())]
    groups = [one.position for one in values if one.position not in totals and OF_GROUPS & one.labels.keys()]
    is_single = all(one == others[0] for one in others) and len(totals) <= 1
    if SCALED in sheet.answers or not is_single or len(groups) < (FEW_GROUPS if totals else FEW_GROUPS + 1):
        return []
    columns = [sheet.columns[at].take(rows) for at in (*groups, *totals)]
    texts = [[cleaned(column.at(row)) for column in columns] for row in range(len(rows))]
    filled = [row for row in texts if any(row)]
    are_numbers = all(text.isdecimal() and len(text) <= LONGEST for row in filled for text in row)
    if len(filled) < FEWEST_ROWS or not are_numbers:
        return []
    sums = {sum(map(int, part)) for row in filled for part in (row[: len(groups)], row[len(groups) :]) if part}
    return [Finding(SCALED, sheet.name, value=" + ".join(filled[0][: len(groups)]) + " = 100")] if sums == {100} else []


def _notes_other(text: str) -> bool:
    return says_percent(text) or says_thousands(text) or notes_others(text)
