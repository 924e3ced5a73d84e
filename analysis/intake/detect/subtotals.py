"""Subtotals of a pivot table whose labels stand in columns: “Randers Total” below the rows of Randers."""

import re
from collections.abc import Collection

import numpy as np

from analysis.intake.sheets import RawSheet
from analysis.intake.tables import cleaned, normalised

_MAY_BE = re.compile(r"(?:total|totalt|totaler|alt|resultat|summa?|yhteensä)\W*$", re.IGNORECASE)
_SUBTOTAL = re.compile(r"(.+?)[ -]+(?:total|totalt|totaler|i alt|ialt|resultat|summa|sum|yhteensä|subtotal)")


def subtotals(sheet: RawSheet, labels: Collection[int], rows: np.ndarray) -> np.ndarray:
    """Return a mask of the rows that are subtotals by their label.

    Such a label is that of the rows above with a word for a total behind it, and no label stands to its right.

    Parameters
    ----------
    labels : positions of the columns of labels.
    rows : rows of data, counted from 0.
    """
    found = np.zeros(len(rows), dtype=bool)
    columns = {at: sheet.columns[at].take(rows) for at in sorted(labels)}
    for at, column in columns.items():
        codes = [code for code in column.present().tolist() if _MAY_BE.search(column.values[code])]
        names = {code: match[1] for code in codes if (match := _SUBTOTAL.fullmatch(_word(column.values[code])))}
        if not names:
            continue
        right = [other.blank() for place, other in columns.items() if place > at]
        is_last = np.all(right, axis=0) if right else np.ones(len(rows), dtype=bool)
        above = ""
        for place, code in enumerate(column.codes.tolist()):
            if code in names:
                found[place] = is_last[place] and names[code] == above
            elif text := _word(column.values[code]):
                above = text
    return found


def _word(text: str) -> str:
    return normalised(cleaned(text))
