"""Filters of a report that stand above its table, such as “Sex: Women”: they limit whose or which numbers these are."""

import re

from analysis.intake.detect.remarks import CUMULATED
from analysis.intake.detect.stated_above import Above
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.labels import dimension_named, dimensions_of, is_amount
from analysis.intake.lexicon.percent_words import says_measure, says_percent, says_thousands
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.parsing.questions import CUMULATED as QUESTION
from analysis.intake.parsing.questions import SCALED
from analysis.intake.tables import normalised

_ALL = {"alle", "all", "alla", "kaikki", "samtlige", "samtliga", "nej", "no", "nei", "ei"}
_ABOUT_THE_FILE = re.compile(
    r"(?:dato|datum|date|udskrevet|utskrevet|udtrukket|udtræk|opdateret|oppdatert|uppdaterad|updated|printed|kilde|källa"
    r"|source|rapport|report|version|kontakt|contact|bruger|user|system|filnavn|file|udarbejdet|oprettet|created|side"
    r"|page|titel|title|emne|status for|sprog|language)\b"
)


def filters_above(above: Above, known: ReferenceData) -> list[Finding]:
    """Report names and values above a table that limit its numbers, or that may."""
    found = []
    for row, (name, value) in above.others.items():
        text = f"{name}: {value}"
        word = normalised(value.strip("()"))
        if is_amount(value) or word in _ALL or is_total(value.strip("()")) or _ABOUT_THE_FILE.match(normalised(name)):
            continue
        parts = [name, *re.split(r" *[=:] *", value)]
        if any(dimension_named(part, known) for part in parts) or any(dimensions_of(part, known) for part in parts[1:]):
            found.append(Finding("group_in_title", above.sheet.name, (row + 1,), value=text))
        elif says_percent(value) or says_thousands(value) or says_measure(value):
            is_answered = SCALED in above.sheet.answers
            found += [] if is_answered else [Finding(SCALED, above.sheet.name, (row + 1,), value=text)]
        elif not CUMULATED.search(normalised(text)):
            found.append(Finding("filter_above", above.sheet.name, (row + 1,), value=text))
        elif QUESTION not in above.sheet.answers:
            found.append(Finding("said_cumulated", above.sheet.name, (row + 1,), value=text))
    return found
