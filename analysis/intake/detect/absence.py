"""Registers that mark those who stayed away: a title, a note or the name of the sheet says so."""

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from analysis.intake.findings.findings import Finding
from analysis.intake.layout.heading import Heading
from analysis.intake.parsing.attendance import PRESENT, is_present
from analysis.intake.sheets import RawSheet, TextColumn
from analysis.intake.tables import cleaned, normalised
from analysis.model.terms import NO_ID

_ABSENCE = re.compile(
    r"fravær|frånvar|poissa|\babsen[ct]|udeble|udebli|uteble|utebli|\bafbud|\bavbud"
    r"|\b(?:ikke|ej|inte|ei|not) (?:frem)?(?:mødt|møtt|oppmøtt|til ?stede|närvarande|paikalla|läsnä|present|attended)"
)
_PARTS = re.compile(r"[,;/|()\n]|\. | og | och | ja | and ")
_MEANS = re.compile(r"\s*(?:[=:]|\b(?:betyder|betyr|means|for|för)\b)\s*")
_ATTENDED = frozenset(
    {"fremmøde", "frammøte", "oppmøte", "närvaro", "läsnäolo", "presence", "attendance", "tilstedeværelse"}
)
SHORTEST_WORD = 3


def absence_marked(sheet: RawSheet, heading: Heading, rows: np.ndarray) -> list[Finding]:
    """Report texts which say that the marks are those of citizens who stayed away.

    They stand in the name of the sheet, in rows other than ``rows`` of the table (counted from 1) and its last header
    row, or beside the table.
    """
    return [
        Finding("register_absence", sheet.name, (row,) if row else (), value=text)
        for text, row in _around(sheet, heading, rows).items()
        if says_absence(text)
    ]


def explained_marks(sheet: RawSheet, heading: Heading, rows: np.ndarray) -> dict[str, bool]:
    """Return whether a mark says that a citizen came, for marks that only a legend around the table explains."""
    legend = [pair for text in _around(sheet, heading, rows) for pair in _legend(text)]
    meanings: dict[str, set[bool]] = {}
    for mark, came in legend:
        meanings.setdefault(normalised(mark), set()).add(came)
    return {mark: came.pop() for mark, came in meanings.items() if len(came) == 1 and is_present(mark) is None}


def _around(sheet: RawSheet, heading: Heading, rows: np.ndarray) -> dict[str, int]:
    """Return the texts around a table and the name of the sheet, each with its row from 1, or 0."""
    around = sheet.filled.copy()
    around[[heading.last, *(rows - 1)]] = False
    texts = {cleaned(text): row + 1 for row in np.flatnonzero(around).tolist() for text in sheet.row(row)}
    return {cleaned(sheet.name): 0, **_beside(sheet, heading), **texts}


def _beside(sheet: RawSheet, heading: Heading) -> dict[str, int]:
    """Return the texts in columns without a header, each with its first row from 1."""
    columns = [column for at, column in enumerate(sheet.columns) if not heading.texts[at] and not _has_row_ids(column)]
    texts = (
        (cleaned(column.values[code]), int((column.codes == code).argmax()) + 1)
        for column in columns
        for code in column.present().tolist()
    )
    return dict(texts)


def _has_row_ids(column: TextColumn) -> bool:
    """Return whether the column is not of the file: it has the ids of rows without one."""
    return any(text.startswith(NO_ID) for text in column.values)


def says_absence(text: str) -> bool:
    """Return whether a text is about absence, and does not give presence a mark of its own, or one read as absence."""
    if _ABSENCE.search(text.casefold()) is None:
        return False
    legend = list(_legend(text))
    has_presence = any(came for _, came in legend)
    return not has_presence or any(
        is_present(mark) is not came and is_present(mark) is not None for mark, came in legend
    )


def _legend(text: str) -> Iterator[tuple[str, bool]]:
    """Yield each mark that a text explains, such as “X = came”, and whether it says that a citizen came."""
    for part in _PARTS.split(text):
        sides = [one.split() for one in _MEANS.split(part)]
        for left, right in pairwise(sides):
            for mark, meaning in ((left[-1:], right), (right[:1], left)):
                came = _came(" ".join(meaning))
                if mark and came is not None and _came(mark[0]) is None:
                    yield mark[0], came


def _came(meaning: str) -> bool | None:
    """Return whether words say that a citizen came or stayed away; None if they say neither."""
    if _ABSENCE.search(meaning.casefold()):
        return False
    words = {normalised(meaning), *normalised(meaning).split()}
    return True if any(len(word) >= SHORTEST_WORD and word in PRESENT for word in words) or _ATTENDED & words else None
