"""Tell files of indicators, averages or amounts of money, which have no counts of citizens or courses."""

import re
from collections.abc import Iterable

import numpy as np

from analysis.intake.layout.cell_types import BLANK, NUMBER, TEXT, types_of
from analysis.intake.lexicon.percent_words import says_measure, says_percent, says_thousands
from analysis.intake.sheets import PERCENTAGE, RawSheet, TextColumn
from analysis.intake.tables import cleaned, normalised

LOOKED_AT = 500
"""Number of rows that decide what a column holds."""
MOSTLY = 0.6
_NAME_OF_ROW = re.compile(r".*(?:kode|code|koodi|nummer|\bkod|\bnr|\bid)|no|år|year|vuosi")
_DECIMAL = re.compile(r"-?\d+[.,](?:\d{1,2}|\d{4,})%?|-?\d+ ?%|0[.,]\d+")


def has_only_indicators(sheets: Iterable[RawSheet]) -> bool:
    """Return whether the sheets have columns of numbers, and every one of them is of averages, rates or money."""
    found = [_is_indicator(column) for sheet in sheets for column in sheet.columns]
    numbers = [one for one in found if one is not None]
    return bool(numbers) and all(numbers)


def _is_indicator(column: TextColumn) -> bool | None:
    """Return whether the numbers of a column are no counts; None for a column of texts, ids or years."""
    rows = np.flatnonzero(~column.blank())[:LOOKED_AT]
    filled = column.take(rows)
    types = types_of(filled)
    if not (types == NUMBER).any() or (types == NUMBER).sum() < MOSTLY * (types != BLANK).sum() - 1:
        return None
    headers = [cleaned(filled.at(place)) for place in np.flatnonzero(types == TEXT)[:2].tolist()]
    said = " ".join(map(normalised, headers))
    if _NAME_OF_ROW.fullmatch(said):
        return None
    if any(says_measure(text) or says_percent(text) or says_thousands(text) for text in headers):
        return True
    codes = filled.codes[types == NUMBER]
    parts = [
        _DECIMAL.fullmatch(filled.values[code].strip()) is not None or filled.kind(code) == PERCENTAGE
        for code in codes.tolist()
    ]
    return bool(np.mean(parts) > 1 - MOSTLY)
