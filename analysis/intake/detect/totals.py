"""Detect rows of counts that are totals of other rows, by a word such as "total" in a key column and by their sums.

A row of courses is never a total. A row in which such a word is part of free text is not a total either.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.intake.contract import Form
from analysis.intake.findings.findings import Finding
from analysis.intake.lexicon.total_words import LONGEST, PART, WHOLE
from analysis.intake.sheets import TextColumn
from analysis.intake.tables import COUNTED, Reason, Table, cleaned, normalised, word_codes
from analysis.intake.values.numbers import MOST, NotACount, NotANumber, Separators, TwoMeanings, count
from analysis.model.terms import EVERYBODY, UNDIVIDED, Stage

FEWEST_ROWS = 3
"""Minimum number of rows for a total that repeats a single other row each time."""
FEWEST_PARTS = 2
"""Minimum number of rows that a row without labels sums up."""
FEWEST_EQUAL = 4
"""Minimum number of equal sums for an offer that may be the total of the others: fewer can be chance."""
LARGE = 1_000
"""A sum of this size is no chance."""
SLIP = 0.1
"""Maximum relative difference from the sum for a total that may contain an error."""
MOST_TEXTS = 5_000
"""A column with more distinct texts than this contains ids, not totals."""


class _Sums(NamedTuple):
    """For each row, the sums of a selection of other rows.

    Attributes
    ----------
    parts : number of rows in the sum.
    added : sum by column, with 0 for missing numbers.
    most : largest possible sum by column where numbers are suppressed.
    unknown : whether a number in the sum is missing.
    """

    parts: np.ndarray
    added: np.ndarray
    most: np.ndarray
    unknown: np.ndarray


class _Counts:
    """The rows of a table: key codes (0 for blank), masks of total words in the keys, and numbers."""

    def __init__(self, table: Table) -> None:
        keys = {
            key: column
            for key, column in table.columns.items()
            if key not in COUNTED and column.values not in ([UNDIVIDED], [EVERYBODY])
        }
        self.codes = pd.DataFrame({key: word_codes(column) for key, column in keys.items()})
        self.whole = pd.DataFrame({key: _is_total_word(column, WHOLE) for key, column in keys.items()})
        self.part = self.whole | pd.DataFrame({key: _is_total_word(column, PART) for key, column in keys.items()})
        columns = [table.columns[stage] for stage in Stage if stage in table.columns]
        self.numbers = np.column_stack([numbers_of(column, table.separators) for column in columns])
        self.most = np.where(self.numbers < 0, MOST, self.numbers)


def without_totals(table: Table, findings: list[Finding], answer: str | None = None) -> Table:
    """Return the table without its totals. Compare each total with the expected sum.

    ``answer`` is the user's answer about rows that have the name of a total and may be one.
    """
    if table.form != Form.COUNTS or not table.columns.keys() & set(Stage):
        return table
    counts = _Counts(table)
    whole, part = (words.any(axis=1).to_numpy() for words in (counts.whole, counts.part))
    unnamed = _without_any_label(table, counts, findings)
    unnamed |= _sums_without_a_word(table, counts, ~part & ~unnamed, answer, findings)
    unnamed |= _above_their_groups(table, counts, ~part & ~unnamed, answer, findings)
    if not part.any():
        return table.without(unnamed, Reason.TOTAL) if unnamed.any() else table
    totals, doubtful = _repeating(counts, part & ~whole)
    totals |= unnamed
    if answer == "totals":
        totals |= doubtful
    whole, differing = _is_separate_row(counts, whole, totals)
    findings += _named(table, counts, whole | totals, "totals_row")
    if answer is None:
        findings += _named(table, counts, doubtful & ~whole, "total_or_own")
    findings += _wrong_totals(table, counts, differing)
    return table.without(whole | totals, Reason.TOTAL)


def _named(table: Table, counts: _Counts, rows: np.ndarray, check: str) -> Iterator[Finding]:
    """Yield a finding for each name with a total word in these rows."""
    for key, words in counts.part.items():
        here = words.to_numpy() & rows
        column = table.columns[str(key)]
        for code in np.unique(column.codes[here]).tolist():
            yield table.finding(check, str(key), here & (column.codes == code), cleaned(column.values[code]))


def _repeating(counts: _Counts, possible: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Find rows with a total word as part of a name, such as "Rygestop i alt", if all rows of that name are sums.

    The second mask has the rows of names that may be sums: with suppressed numbers or with an error.
    """
    if not possible.any():
        return possible, possible
    others = ~counts.part.any(axis=1).to_numpy()
    exactly, surely, fitting, nearly = np.zeros((4, len(others)), dtype=bool)
    for sums in _alternatives(counts, possible, counts.part, others):
        exactly |= (sums.parts > 0) & _equal(counts, sums)
        surely |= (sums.parts > 1) & _equal(counts, sums)
        fitting |= (sums.parts > 0) & _fits(counts, sums)
        nearly |= (sums.parts > 1) & _fits(counts, sums, SLIP)
    of_last = _sums_of_last_rows(counts, possible, others)
    exactly, surely, fitting = exactly | of_last, surely | of_last, fitting | of_last
    found, doubtful = np.zeros((2, len(others)), dtype=bool)
    for rows in _names(counts, possible):
        if fitting[rows].all() and (surely[rows].any() or exactly[rows].sum() >= FEWEST_ROWS):
            found |= rows
        elif (fitting | nearly)[rows].all() and (nearly[rows].any() or rows.sum() >= FEWEST_ROWS):
            doubtful |= rows
    return found, doubtful & ~found


def _sums_of_last_rows(counts: _Counts, possible: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Return which rows are the sums of two or more rows directly above: “Higher education, total” below its levels."""
    found = np.zeros(len(others), dtype=bool)
    codes, parts = counts.codes.to_numpy(), counts.part.to_numpy()
    for place in np.flatnonzero(possible & (counts.numbers >= 0).all(axis=1)).tolist():
        same, added = ~parts[place], np.zeros_like(counts.numbers[place])
        for above in range(place - 1, -1, -1):
            numbers = counts.numbers[above]
            is_part = others[above] and (codes[above] == codes[place])[same].all() and (numbers >= 0).all()
            added = added + numbers
            if not is_part or (added > counts.numbers[place]).any():
                break
            if place - above >= FEWEST_PARTS and (added == counts.numbers[place]).all() and added.any():
                found[place] = True
                break
    return found


def _names(counts: _Counts, possible: np.ndarray) -> Iterator[np.ndarray]:
    """Yield a row mask for each name with a total word."""
    for key in counts.part:
        named = possible & counts.part[key].to_numpy()
        codes = counts.codes[key].to_numpy()
        for code in np.unique(codes[named]).tolist():
            yield named & (codes == code)


def _is_separate_row(
    counts: _Counts, possible: np.ndarray, totals: np.ndarray
) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """Find rows with a cell that only says "total", if there are rows to sum; return also the wrong sums."""
    others = ~possible & ~totals
    found = np.zeros(len(others), dtype=bool)
    right = found.copy()
    nearest: dict[int, np.ndarray] = {}
    for sums in _alternatives(counts, possible, counts.whole, others):
        has_parts = possible & (sums.parts > 0)
        found |= has_parts
        right |= has_parts & (_equal(counts, sums) | sums.unknown)
        for place in np.flatnonzero(has_parts & ~right).tolist():
            added = sums.added[place]
            if place not in nearest or _distance(counts, place, added) < _distance(counts, place, nearest[place]):
                nearest[place] = added
    return found, {place: added for place, added in nearest.items() if not right[place]}


def _without_any_label(table: Table, counts: _Counts, findings: list[Finding]) -> np.ndarray:
    """Report and return rows of numbers without any label that are the sums of all rows with one."""
    blank = (counts.codes == 0).all(axis=1).to_numpy()
    parts = ~blank & ~counts.part.any(axis=1).to_numpy()
    if not blank.any() or parts.sum() < FEWEST_PARTS or (counts.numbers[parts] < 0).any():
        return np.zeros_like(blank)
    sums = counts.numbers[parts].sum(axis=0)
    stated = counts.numbers >= 0
    found = blank & stated.any(axis=1) & ((counts.numbers == sums) | ~stated).all(axis=1)
    if found.any():
        findings.append(table.finding("totals_row", next(iter(table.columns)), found, "–"))
    return found


def _sums_without_a_word(
    table: Table, counts: _Counts, rows: np.ndarray, answer: str | None, findings: list[Finding]
) -> np.ndarray:
    """Report names without a total word if, in all their rows, the numbers are the sums of the other rows.

    Return the rows without any name, and those of offers, that the user's ``answer`` calls totals; and large groups,
    unless the user calls them groups of their own.
    """
    totals = np.zeros(len(rows), dtype=bool)
    numbers, most = np.maximum(counts.numbers[rows], 0), counts.most[rows]
    known = counts.numbers[rows] >= 0
    for key in set(counts.codes) - {"dimension", "stage"}:
        codes = counts.codes.loc[rows, key].to_numpy()
        beside = counts.codes.loc[rows].drop(columns=key).groupby(list(counts.codes.columns.drop(key))).ngroup()
        size = np.bincount(beside)[beside]
        least, largest = (
            np.column_stack([np.bincount(beside, one)[beside] for one in some.T]) - some for some in (numbers, most)
        )
        fits = (size > 2) & numbers.any(axis=1) & ((least <= most) & (numbers <= largest)).all(axis=1)
        unknown = np.column_stack([np.bincount(beside, ~one)[beside] > 0 for one in known.T])
        sure = fits & ((least == largest) | unknown).all(axis=1) & (~unknown & (numbers > 0)).any(axis=1)
        for code in np.unique(codes).tolist() if key != "period" else [0]:
            of_name = codes == code
            if not of_name.any():
                continue
            if not fits[of_name].all() or 2 * sure[of_name].sum() < of_name.sum():
                continue
            mask = rows.copy()
            mask[rows] = codes == code
            value = cleaned(table.columns[key].values[table.columns[key].codes[mask.argmax()]])
            of_mask = counts.numbers[mask]
            is_asked = key == "offer" and (of_mask > 0).sum() >= FEWEST_EQUAL
            if key == "group" and of_mask.max() >= LARGE and answer != "own":
                findings.append(table.finding("totals_row", key, mask, value))
                totals |= mask
                continue
            if any(map(str.isalnum, value)) and not is_asked:
                findings.append(table.finding("sum_of_others", key, mask, value))
            elif answer is None:
                findings.append(table.finding("total_or_own", key, mask, value or "–"))
            elif answer == "totals":
                totals |= mask
    return totals


def _above_their_groups(
    table: Table, counts: _Counts, rows: np.ndarray, answer: str | None, findings: list[Finding]
) -> np.ndarray:
    """Report rows without a group that stand above several with one: they may be sums, also wrong ones.

    Return those that the user's ``answer`` calls totals.
    """
    totals = np.zeros(len(rows), dtype=bool)
    for key in set(counts.codes) - {"municipality", "offer", "period", "dimension", "stage"}:
        beside = list(counts.codes.columns.drop(key))
        blank = rows & (counts.codes[key] == 0).to_numpy()
        if not blank.any() or not beside:
            continue
        block = counts.codes.loc[rows, beside].groupby(beside, sort=False).ngroup()
        place = pd.Series(np.flatnonzero(rows), index=block.index)
        named = place.where(~blank[rows])
        first, number = named.groupby(block).transform("min"), named.groupby(block).transform("count")
        is_above = (place < first) & (number > 1)
        if not is_above[blank[rows]].all() or any(finding.check == "total_or_own" for finding in findings):
            continue
        if answer is None:
            findings.append(table.finding("total_or_own", key, blank, "–"))
        totals |= blank if answer == "totals" else np.zeros_like(blank)
    return totals


def _distance(counts: _Counts, place: int, added: np.ndarray) -> int:
    stated = counts.numbers[place]
    return int(np.abs(stated - added)[stated >= 0].sum())


def _equal(counts: _Counts, sums: _Sums) -> np.ndarray:
    stated = counts.numbers >= 0
    return ((counts.numbers == sums.added) | ~stated).all(axis=1) & stated.any(axis=1) & ~sums.unknown


def _fits(counts: _Counts, sums: _Sums, slip: float = 0) -> np.ndarray:
    """Return where the sums can equal the rows, for any suppressed values. ``slip`` is the allowed relative error."""
    stated = counts.numbers >= 0
    least, most = sums.added - slip * (1 + sums.added), sums.most + slip * (1 + sums.most)
    return ((counts.most >= least) & (np.maximum(counts.numbers, 0) <= most)).all(axis=1) & stated.any(axis=1)


def _alternatives(counts: _Counts, rows: np.ndarray, words: pd.DataFrame, others: np.ndarray) -> Iterator[_Sums]:
    """Yield the possible sums of each row: all similar rows, the rows above or below, or those of one dimension.

    Rows are similar if they agree in every key that is filled in and is not a total word.
    """
    stated = ((counts.codes > 0) & ~words).to_numpy()
    patterns = stated @ (1 << np.arange(stated.shape[1]))
    below = np.cumsum(rows)
    blocks = [np.zeros_like(below), np.where(rows, below - 1, below), below]
    for pattern in np.unique(patterns[rows]).tolist():
        here = rows & (patterns == pattern)
        keys = counts.codes.loc[:, stated[here][0]]
        for block in blocks:
            for part in _parts(counts, others, list(keys.columns)):
                yield _sums(counts, keys.assign(block=block), here, part)


def _parts(counts: _Counts, others: np.ndarray, keys: list[str]) -> Iterator[np.ndarray]:
    """Yield all rows that can be summed, and, if the totals have no dimension, those of each dimension."""
    yield others
    if "dimension" in counts.codes and "dimension" not in keys:
        dimensions = counts.codes["dimension"].to_numpy()
        for dimension in np.unique(dimensions[others]).tolist():
            yield others & (dimensions == dimension)


def _sums(counts: _Counts, keys: pd.DataFrame, rows: np.ndarray, others: np.ndarray) -> _Sums:
    """Sum the other rows that have the same keys as each of the rows."""
    group = keys.groupby(list(keys.columns), sort=False).ngroup().to_numpy()
    size = int(group.max()) + 1
    parts = np.bincount(group[others], minlength=size)[group] * rows
    numbers = counts.numbers[others]
    known = np.maximum(numbers, 0)
    added = np.column_stack([np.bincount(group[others], one, size) for one in known.T])[group].astype(np.int64)
    most = np.column_stack([np.bincount(group[others], one, size) for one in counts.most[others].T])[group]
    unknown = np.bincount(group[others], (numbers < 0).any(axis=1), size)[group] > 0
    return _Sums(parts, added, most, unknown & rows)


def _is_total_word(column: TextColumn, pattern: "re.Pattern[str]") -> np.ndarray:
    if len(column.values) > MOST_TEXTS:
        return np.zeros(len(column), dtype=bool)
    said = [len(value) < LONGEST and pattern.fullmatch(normalised(value)) is not None for value in column.values]
    return np.array(said, dtype=bool)[column.codes]


def _wrong_totals(table: Table, counts: _Counts, differing: dict[int, np.ndarray]) -> Iterator[Finding]:
    stages = [stage for stage in Stage if stage in table.columns]
    for place, added in differing.items():
        for position, stated in enumerate(counts.numbers[place].tolist()):
            if stated < 0 or stated == added[position]:
                continue
            mask = np.arange(len(table.rows)) == place
            yield table.finding("totals_differ", stages[position], mask, str(stated), sum=int(added[position]))


def numbers_of(column: TextColumn, separators: Separators) -> np.ndarray:
    """Return the counts of a column, -1 for missing."""
    found = []
    for code, value in enumerate(column.values):
        try:
            found.append(count(cleaned(value), column.kind(code), separators).number)
        except (NotACount, NotANumber, TwoMeanings):
            found.append(-1)
    return np.array(found, dtype=np.int64)[column.codes]
