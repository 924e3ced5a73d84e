"""Values given for all rows that the name of the sheet or a title contradicts."""

import re
from collections.abc import Mapping

import numpy as np

from analysis.intake.contract import KINDS, Form
from analysis.intake.detect.constants import named_values
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.labels import MUNICIPALITY, PERIOD
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned, normalised

MOST_ROWS = 12
_YEAR = re.compile(r"(?:19|20)\d\d")


def contradictions(given: Mapping[str, str], sheet: RawSheet, known: ReferenceData) -> list[Finding]:
    """Report a municipality or a year that the user gives, if the name of the sheet or a title says another."""
    top = np.flatnonzero(sheet.filled)[:MOST_ROWS].tolist()
    rows = [[cleaned(text) for text in sheet.row(row) if text.strip()] for row in top]
    titles = [texts[0] for texts in rows if len(texts) == 1]
    keys = [key for key in (MUNICIPALITY, PERIOD) if key in given]
    names = {key: KINDS[Form.COUNTS].column(key).names for key in keys}
    found = {}
    for title in (cleaned(sheet.name), *titles):
        for key, one in named_values(keys, sheet, title, known).items():
            if _differ(key, given[key], one.value, known):
                values = {"meant": names[key], "said": one.value}
                found[key] = Finding("constant_differs", sheet.name, value=given[key], values=values)
    return list(found.values())


def _differ(key: str, given: str, said: str, known: ReferenceData) -> bool:
    if key == MUNICIPALITY:
        return known.municipalities.get(normalised(given), said) != known.municipalities.get(normalised(said), said)
    years = _YEAR.findall(given), _YEAR.findall(said)
    return bool(years[0] and years[1] and not {*years[0]} & {*years[1]})
