"""Titles that restrict the numbers of a table to some citizens, such as “Women only” or “Under 65 years”."""

import re

import numpy as np

from analysis.intake.detect.parts_of_years import part_of_year
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.cell_types import NUMBER, grid
from analysis.intake.layout.labels import dimensions_of
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned, normalised

MOST_ROWS = 20
SEX, AGE = "sex", "age"
LONGEST_GROUP = 60
_SEXES = (
    re.compile(r"\b(?:mænd|mand|mandlige|menn|mann|mannlige|män|manliga|man|men|male|males|miehet)\b"),
    re.compile(r"\b(?:kvinder?|kvindelige|kvinner?|kvinnelige|kvinnor?|kvinnliga|women|woman|females?|naiset)\b"),
)
_AGES = re.compile(
    r"\b(?:under|over|fra|från|yli|alle) \d{2} ?(?:år|years|vuot\w*|v)\b|\b\d{2}[ -]\d{2} ?(?:år|years)\b|\b\d{2} ?\+"
    r"|\b\d{2} ?(?:år|years|vuot\w*) (?:og|eller|och|or|and|ja|tai)\b"
)
_ONLY = re.compile(r"(?:kun|only|bare|endast|enbart|vain|ainoastaan|udelukkende|utelukkende)\b")
"""Words at the start of a title of some citizens."""
_NEUTRAL = re.compile(
    r"\b(?:borgere?|deltagere?|deltakere?|deltagare|citizens|participants|personer|persons|antal|antall|number of|for"
    r"|med|på|af|av|of|with|alle|all|the|rygestop|forløb|kurser|(?:19|20)\d\d)\b|[^\w\s]"
)
"""Words of a title that say nothing of whose numbers they are."""
_OTHERS = re.compile(
    r"\b(?:venteliste\w*|väntelista\w*|waiting list|aflyst\w*|avlyst\w*|inställda|cancelled|afslag|frameld\w*"
    r"|frafald\w*|etniske? minoritet\w*|indvandrere|innvandrere|invandrare|immigrants|flygtninge|flyktninger)\b"
)
"""Words of a title for citizens who do not take part, or for a part of the citizens."""


def title_of_some(sheet: RawSheet, known: ReferenceData) -> Finding | None:
    """Report a title that names one sex or an age, if the table does not divide by it. A group alone is no fault."""
    has_numbers = (grid(sheet, np.arange(min(sheet.rows, MOST_ROWS))) == NUMBER).any(axis=1)
    first = int(has_numbers.argmax()) if has_numbers.any() else len(has_numbers)
    rows = [row for row in range(first) if sheet.filled[row]]
    texts = {row: [cleaned(text) for text in sheet.row(row) if text.strip()] for row in rows}
    table = normalised(" ".join(text for row in rows if len(texts[row]) > 1 for text in texts[row]))
    below = {text for column in sheet.columns for text in column.values[:MOST_ROWS] if len(text) <= LONGEST_GROUP}
    divided = {one for text in below for one in dimensions_of(text, known)}
    for row in (row for row in rows if len(texts[row]) == 1):
        (title,) = texts[row]
        own = dimensions_of(title.rpartition(": ")[2], known)
        word = normalised(title)
        rest = " ".join(_NEUTRAL.sub(" ", word).split())
        of_rest = [] if own else [key for key in dimensions_of(rest, known) if key not in divided]
        is_title = row < min((other for other in rows if len(texts[other]) > 1), default=row + 1)
        is_of_some = (_ONLY.match(word) and not part_of_year(title)) or _OTHERS.search(word) or of_rest
        if is_title and is_of_some:
            return Finding("group_in_title", sheet.name, (row + 1,), value=title)
        named = {SEX} if sum(bool(one.search(word)) for one in _SEXES) == 1 else set()
        named |= {AGE} if _AGES.search(word) else set()
        divides = {key for key in named if key in divided or _names_dimension(key, table, known)}
        if not own and named - divides:
            return Finding("group_in_title", sheet.name, (row + 1,), value=title)
    return None


def _names_dimension(key: str, headers: str, known: ReferenceData) -> bool:
    return any(f" {normalised(name)} " in f" {headers} " for name in known.dimensions[key].labels.values())
