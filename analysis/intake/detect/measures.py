"""Texts around a table that say that its numbers are percentages, averages, thousands or money, and not counts."""

from collections.abc import Collection, Iterable

from analysis.intake.findings.findings import Finding
from analysis.intake.layout.heading import Heading
from analysis.intake.lexicon.percent_words import says_measure, says_percent, says_thousands
from analysis.intake.parsing.questions import SCALED
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned

MOST_NOTES = 20


def measures_around(
    sheet: RawSheet, heading: Heading, labels: Iterable[int], numbers: Collection[int], notes: Iterable[int]
) -> list[Finding]:
    """Ask whether the numbers of a table are counts, if a text around it says otherwise and the user has not answered.

    Looked at are the title, the name of the sheet, the headers of the columns of ``labels``, the header rows with one
    text over all columns of ``numbers``, and the rows of ``notes``.
    """
    if SCALED in sheet.answers:
        return []
    titles = [text for row in range(heading.first) if sheet.filled[row] for text in sheet.row(row)]
    rows = heading.rows_of_texts
    corner = [texts[at] for texts in rows for at in labels] if numbers else []
    above = [texts[min(numbers)] for texts in heading.levels if len({texts[at] for at in numbers}) == 1]
    below = [text for row in list(notes)[:MOST_NOTES] for text in sheet.row(row)]
    said = [cleaned(text) for text in (*titles, *corner, *above, sheet.name) if _says_other(text)]
    said += [cleaned(text) for text in below if says_percent(text) or says_thousands(text)]
    return [Finding(SCALED, sheet.name, value=said[0])] if said else []


def _says_other(text: str) -> bool:
    return says_percent(text) or says_thousands(text) or says_measure(text)
