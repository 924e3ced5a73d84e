"""Rows of an attendance register that are no citizens: notes, headings and numbers without anybody."""

from collections.abc import Collection

import numpy as np

from analysis.intake.detect.personal_data import are_names
from analysis.intake.layout.heading import Heading
from analysis.intake.lexicon.session_sums import is_sum
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import cleaned

MOSTLY = 0.5
"""Share of the other rows that have further labels, from which on a row with a single cell is a note."""
_SAYS = (":", "=")
"""Characters of a text that says something, and is no id."""


def note_rows(sheet: RawSheet, heading: Heading, sessions: Collection[int]) -> np.ndarray:
    """Return the rows below the headers that are no citizens, counted from 0.

    A row with a single label is a note if most others have further labels. Where there are no further labels, it is a
    note if the label has a space, colon or equals sign, which no label of a citizen with marks has.
    """
    beside = [at for at in range(len(sheet.columns)) if at not in sessions]
    if not beside or not sessions:
        return np.zeros(0, dtype=np.int64)
    labels = np.column_stack([~sheet.columns[at].blank() for at in beside])
    marked = np.any([~sheet.columns[at].blank() for at in sessions], axis=0)
    labels[: heading.last + 1] = False
    marked[: heading.last + 1] = False
    number = labels.sum(axis=1)
    first = np.where(number > 0, labels.argmax(axis=1), 0)
    others = (number > 1) | ((number == 1) & marked)
    have_further = others.any() and (number[others] > 1).mean() > MOSTLY
    found = []
    for row in np.flatnonzero((number > 0) & ~marked).tolist():
        column = sheet.columns[beside[first[row]]]
        is_alone = number[row] == 1
        if is_sum(column.at(row)) and not is_alone:
            continue
        signs = _signs(column.take(np.flatnonzero(marked)), is_alone=bool(is_alone))
        if (is_alone and have_further) or _says(cleaned(column.at(row)), signs):
            found.append(row)
    return np.array(found, dtype=np.int64)


def _signs(of_citizens: TextColumn, *, is_alone: bool) -> set[str]:
    """Return the characters that tell a note from the labels of citizens with marks. Names have spaces, no digits."""
    texts = [cleaned(of_citizens.values[code]) for code in of_citizens.present().tolist()]
    more: tuple[str, ...] = ("0123456789" if are_names(of_citizens) else " ",) if is_alone else ()
    signs = {sign for one in (*_SAYS, *more) for sign in one}
    return {sign for sign in signs if not any(sign in text for text in texts)}


def _says(text: str, signs: Collection[str]) -> bool:
    return any(sign in text for sign in signs)
