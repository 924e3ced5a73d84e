"""Remarks in the name of a sheet, above and below its tables, that change what its numbers are."""

import re

import numpy as np

from analysis.intake.findings.findings import Finding
from analysis.intake.layout.labels import dimensions_of
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.questions import CUMULATED as QUESTION
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned, normalised

CUMULATED = re.compile(
    r"\b(?:[ak]k?kumuler\w*|cumulat\w*|ackumuler\w*|kumulat\w*|kertymä\w*|år til dato|åtd|ytd|year to date"
    r"|hittil i år|hidtil i år|opsummeret)"
)
"""Words that say that the numbers of a period are sums so far."""
_LIMITED = re.compile(
    r"\b(?:kun|only|bare|kun for|endast|enbart|vain|ainoastaan|eksklusiv\w*|ekskl|exkl\w*|excl\w*"
    r"|undtagen|undtaget|unntatt|except|vægtet|vægtede|vektet|vektede|viktad\w*|weighted|painotet\w*|simuler\w*"
    r"|simulat\w*|testdata|test data|fiktiv\w*|sat til|satt til|set to|foreløbig\w*|preliminary|imputer\w*)\b"
)
"""Words that say that the numbers are of some only, or not as they were counted."""
LONGEST, MOST_ROWS = 400, 1_000


def remarks(sheet: RawSheet, known: ReferenceData) -> list[Finding]:
    """Report texts alone in their row, and the name of the sheet, that change what the numbers of its tables are."""
    filled = np.sum([~column.blank() for column in sheet.columns], axis=0)
    rows = np.flatnonzero(filled == 1)[:MOST_ROWS].tolist()
    texts = [((), cleaned(sheet.name)), *(((row + 1,), _alone(sheet, row)) for row in rows)]
    found = []
    for place, text in texts:
        word = normalised(text)
        if CUMULATED.search(word):
            found += [] if QUESTION in sheet.answers else [Finding("said_cumulated", sheet.name, place, value=text)]
        elif _LIMITED.search(word) and not dimensions_of(text, known):
            found.append(Finding("remark", sheet.name, place, value=text))
    return found


def _alone(sheet: RawSheet, row: int) -> str:
    return cleaned("".join(sheet.row(row)))[:LONGEST]
