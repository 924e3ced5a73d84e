"""Row labels of several kinds in one column, as in an outline: a municipality above its groups, sex before education.

Pivot tables write them so. Each kind becomes a column of its own, to the right of the sheet.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from analysis.intake.contract import KINDS, Form
from analysis.intake.layout.cell_types import BLANK, MARK, NUMBER, grid, types_of
from analysis.intake.layout.labels import (
    DIMENSION,
    GROUP,
    MUNICIPALITY,
    OFFER,
    PERIOD,
    STAGE,
    dimensions_of,
    fields_of,
    is_missing,
    is_part_of_year,
    two_groups,
)
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.lexicon.total_words import is_total
from analysis.intake.sheets import RawSheet, TextColumn, constant
from analysis.intake.tables import cleaned, normalised

SEARCH_ROWS = 60
"""Number of rows in which the first row of numbers is looked for."""
MOST_ROWS = 20_000
MOST_LABELS = 2_000
"""A longer sheet, or one with more labels, holds records and no outline."""
MOST_LEVELS = 4
LONGEST_NUMBER = 9
TOTAL = "Total *"
"""Label of a row whose numbers are the sum of those of the next level. No sheet writes it so."""
UNKNOWN = ""
PART = "part of a year"
"""Kind of the labels of months and quarters below their years."""
YEAR, MONTH = "År", "Måned"
"""Headers of the year of an outline, and of its parts."""
OUTER = (MUNICIPALITY, PERIOD, DIMENSION, STAGE)
"""Kinds of labels other than groups. The kind of a group is its dimension."""


@dataclass(frozen=True)
class Outline:
    """A sheet with a column for each kind of row label.

    Attributes
    ----------
    sheet : the sheet with further columns on the right, and without the rows that only have a label.
    headings : the rows, counted from 0, that only had a label.
    kinds : kind of the labels in each further column, and its first text.
    position : column that had all labels.
    header : its header.
    """

    sheet: RawSheet
    headings: np.ndarray
    kinds: tuple[tuple[str, str], ...]
    position: int
    header: str


@dataclass(frozen=True)
class _Body:
    """The rows below the headers: their numbers from 0, labels, counts (-1 if none), and which only have a label."""

    header: int
    position: int
    rows: np.ndarray
    labels: list[str]
    counts: np.ndarray
    only_label: np.ndarray


@dataclass(frozen=True)
class _Level:
    """A kind of label, its texts by place in the body, and other texts for the column that has all labels."""

    kind: str
    texts: dict[int, str]
    labels: dict[int, str]


def outline_of(sheet: RawSheet, known: ReferenceData, given: Collection[str]) -> Outline | None:
    """Return the sheet with its row labels in columns of their own; None if they are of one kind.

    ``given`` are the fields that the user states for all rows.
    """
    body = first = _body(sheet)
    written = sheet
    headers = {_header_key(text) for text in sheet.row(first.header)[first.position + 1 :]} if first else set()
    kinds: dict[str, str] = {}
    while body is not None and first is not None and len(kinds) < MOST_LEVELS:
        level = _level(body, known, {*given, *kinds})
        if level is None or level.kind in {*kinds, *headers} or not level.texts:
            break
        sheet = _with_level(sheet, body, level, known)
        kinds[level.kind] = next(text for text in level.texts.values() if text != TOTAL)
        body = _body(sheet, len(written.columns))
    if first is None or not kinds:
        return None
    headings = np.setdiff1d(first.rows[first.only_label], np.flatnonzero(sheet.filled))
    header = cleaned(written.columns[first.position].at(first.header))
    return Outline(sheet, headings, tuple(kinds.items()), first.position, header)


def labels_alone(sheet: RawSheet) -> dict[int, str]:
    """Return the labels that stand alone in their row above the rows of a table, by row from 0."""
    body = _body(sheet)
    if body is None or not body.only_label.any() or not body.only_label[0]:
        return {}
    return {row: body.labels[at] for at, row in enumerate(body.rows.tolist()) if body.only_label[at]}


def _body(sheet: RawSheet, width: int | None = None) -> _Body | None:
    """Return the rows below the headers; None if the first column has no labels beside numbers.

    ``width`` is the number of columns that the sheet had: those after them are labels.
    """
    filled = sum(not column.blank().all() for column in sheet.columns)
    if sheet.rows > MOST_ROWS or filled < 2:
        return None
    at = _label_column(sheet)
    if at is None or len(sheet.columns[at].values) > MOST_LABELS:
        return None
    labels, others = sheet.columns[at], sheet.columns[at + 1 :]
    has_numbers = np.any([np.isin(types_of(column), (NUMBER, MARK)) for column in others], axis=0)
    beside = np.any([~column.blank() for column in others], axis=0)
    items = np.flatnonzero(has_numbers & ~labels.blank())
    above = np.flatnonzero(beside[: items[0]]) if len(items) else items
    if not len(above):
        return None
    rows = np.flatnonzero(sheet.filled)
    rows = rows[(rows > above[-1]) & (rows <= np.flatnonzero(has_numbers)[-1])]
    empty = [is_missing(text) or is_total(text) for text in (cleaned(labels.at(row)) for row in rows.tolist())]
    rows = rows[beside[rows] | ~np.array(empty, dtype=bool)]
    lacks_label = labels.take(rows).blank().any() and beside[rows].all()
    if not (has_numbers | ~beside)[rows].all() or lacks_label:
        return None
    counts = np.column_stack([_counts(column, rows) for column in sheet.columns[at + 1 : width]])
    texts = [cleaned(labels.at(row)) for row in rows.tolist()]
    return _Body(int(above[-1]), at, rows, texts, counts, ~beside[rows])


def _label_column(sheet: RawSheet) -> int | None:
    """Return the first column with a text in the first row that has numbers after a text."""
    types = grid(sheet, np.arange(min(sheet.rows, SEARCH_ROWS)))
    filled, numbers = types != BLANK, types == NUMBER
    first = np.where(filled.any(axis=1), filled.argmax(axis=1), -1)
    rows = np.flatnonzero(numbers.any(axis=1) & (first >= 0) & ~numbers[np.arange(len(first)), first])
    return int(first[rows[0]]) if len(rows) and first[rows[0]] < len(sheet.columns) - 1 else None


def _counts(column: TextColumn, rows: np.ndarray) -> np.ndarray:
    texts = [value.strip() for value in column.values]
    found = [int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else -1 for text in texts]
    return np.array(found, dtype=np.int64)[column.codes[rows]]


def _level(body: _Body, known: ReferenceData, given: Collection[str]) -> _Level | None:
    """Return the outermost kind of label; None if all labels are of one kind."""
    if body.only_label.any():
        return _of_headings(body, known, given)
    kinds = _kinds(body.labels, known)
    return _of_sums(body, kinds, given) or _of_dimensions(kinds, known) or _of_pairs(body, known)


def _kinds(texts: Sequence[str], known: ReferenceData) -> list[str]:
    """Return the kind of each label, with as few kinds as possible; unknown for totals and other texts.

    A single letter, such as N for a number of all, is of no kind that no other label has.
    """
    fits = [set() if is_total(text) else _possible_kinds(text, known) for text in texts]
    for place, text in enumerate(texts):
        if len(text) == 1:
            fits[place] &= set().union(*(one for other, one in enumerate(fits) if texts[other] != text))
    often = sorted({kind for one in fits for kind in one}, key=lambda kind: -sum(kind in one for one in fits))
    return [next((kind for kind in often if kind in one), UNKNOWN) for one in fits]


def _possible_kinds(text: str, known: ReferenceData) -> set[str]:
    found = {*fields_of(text, known)} & {*OUTER} | {*dimensions_of(text, known)}
    return found | ({PART} if is_part_of_year(text) else set())


def _of_headings(body: _Body, known: ReferenceData, given: Collection[str]) -> _Level | None:
    """Return the kind of the rows that are only a label, if they stand over all others."""
    if not body.only_label[0]:
        return None
    alone = np.flatnonzero(body.only_label).tolist()
    kinds = dict(zip(alone, _kinds([body.labels[at] for at in alone], known), strict=True))
    first = kinds[0]
    if UNKNOWN in kinds.values():
        if {*kinds.values()} != {UNKNOWN} or OFFER in given or not _repeats(body, alone):
            return None
        first, kinds = OFFER, dict.fromkeys(alone, OFFER)
    return _standing_over(body, first, [at for at in alone if kinds[at] == first])


def _repeats(body: _Body, starts: list[int]) -> bool:
    """Return whether the same labels stand below two or more headings."""
    ends = [*starts[1:], len(body.labels)]
    below = [{*body.labels[first + 1 : last]} for first, last in zip(starts, ends, strict=True)]
    return len(below) > 1 and all(one & below[0] for one in below)


def _of_sums(body: _Body, kinds: list[str], given: Collection[str]) -> _Level | None:
    """Return the kind of labels whose numbers are the sums of the rows below them, as in a pivot table."""
    is_own = [text != TOTAL and not is_total(text) for text in body.labels]
    first = next((kind for kind, own in zip(kinds, is_own, strict=True) if own), UNKNOWN)
    if not any(is_own) or (first == UNKNOWN and OFFER in given):
        return None
    missing = [is_missing(text) for text in body.labels]
    starts = [at for at, kind in enumerate(kinds) if kind == first and is_own[at] and not missing[at]]
    spans = [[at for at in range(first + 1, last) if is_own[at]] for first, last in pairwise([*starts, len(kinds)])]
    same = [[at for at in one if kinds[at] == kinds[one[0]]] for one in spans]
    if not all(same) or all(len(one) == 1 for one in same):
        return None
    inner = {kinds[one[0]] for one in same}
    if first == UNKNOWN and inner & {UNKNOWN, MUNICIPALITY}:
        return None
    with_missing = [[at for at in one if kinds[at] == kinds[one[0]] or missing[at]] for one in spans]
    least = len(starts) * (1 if UNKNOWN in {first, *inner} else 0.5)
    are_sums = any(_right(body, starts, one) >= least for one in (same, with_missing))
    are_sums |= len(starts) > 1 and _right(body, starts, spans) == len(starts)
    return _standing_over(body, first or OFFER, starts) if are_sums else None


def _right(body: _Body, starts: list[int], below: list[list[int]]) -> int:
    """Return how many rows have the sums of the rows below them."""
    return sum(_is_sum(body, start, one) for start, one in zip(starts, below, strict=True))


def _is_sum(body: _Body, place: int, below: list[int]) -> bool:
    """Return whether the counts of a row are the sums of those of other rows."""
    stated, parts = body.counts[place], body.counts[below]
    some = (stated >= 0) & (parts >= 0).any(axis=0)
    return bool(some.any() and (np.maximum(parts, 0).sum(axis=0)[some] == stated[some]).all())


def _standing_over(body: _Body, kind: str, starts: list[int]) -> _Level:
    """Return a level whose labels hold for the rows below them. A total below the last rows is one of everything."""
    ends = [*starts[1:], len(body.labels)]
    totals = [sum(map(is_total, body.labels[first:last])) for first, last in zip(starts, ends, strict=True)]
    ends[-1] -= totals[-1] - min(totals[:-1], default=totals[-1])
    texts = dict.fromkeys(range(len(body.labels)), TOTAL)
    texts |= {at: body.labels[first] for first, last in zip(starts, ends, strict=True) for at in range(first, last)}
    texts |= {at: TOTAL for at, text in enumerate(body.labels) if text == TOTAL}
    alone = {at for at in starts if body.only_label[at]}
    return _Level(
        kind,
        {at: text for at, text in texts.items() if at not in alone and not body.only_label[at]},
        {at: "" if at in alone else TOTAL for at in starts},
    )


def _of_dimensions(kinds: list[str], known: ReferenceData) -> _Level | None:
    """Return the dimension of each row if groups of several dimensions stand after each other."""
    found = [kind for kind in kinds if kind != UNKNOWN]
    blocks = [kind for at, kind in enumerate(found) if at == 0 or found[at - 1] != kind]
    if len(blocks) < 2 or len({*blocks}) < len(blocks) or {*found} & {*OUTER} or kinds[0] == UNKNOWN:
        return None
    texts, current = {}, ""
    for at, kind in enumerate(kinds):
        current = kind or current
        texts[at] = name_of(current, known)
    return _Level(DIMENSION, texts, {})


def _of_pairs(body: _Body, known: ReferenceData) -> _Level | None:
    """Return the second group of labels with groups of two dimensions, such as “Women 25-34”."""
    pairs = {at: two_groups(text, known) for at, text in enumerate(body.labels) if not is_total(text)}
    whole = next((one for one in pairs.values() if one), None)
    if whole is None:
        return None
    kinds, (first, second) = {*whole}, whole
    texts, labels = {}, {}
    for at, pair in pairs.items():
        own = {*dimensions_of(body.labels[at], known)} & kinds
        if (pair is None and not own) or (pair is not None and {*pair} != kinds):
            return None
        pair = pair or {key: body.labels[at] if key in own else TOTAL for key in kinds}
        texts[at], labels[at] = pair[second], pair[first]
    return _Level(second, texts | {at: TOTAL for at in range(len(body.labels)) if at not in pairs}, labels)


def _with_level(sheet: RawSheet, body: _Body, level: _Level, known: ReferenceData) -> RawSheet:
    """Return the sheet with a column for a level on its right."""
    rows = body.rows.tolist()
    inner = [text for at, text in enumerate(body.labels) if at not in level.labels and not is_total(text)]
    are_parts = level.kind == PERIOD and any(map(is_part_of_year, inner))
    header = dict.fromkeys(_header_rows(sheet, body), YEAR if are_parts else name_of(level.kind, known))
    added = constant("", sheet.rows).with_cells(header | {rows[at]: text for at, text in level.texts.items()})
    labels = sheet.columns[body.position].with_cells({rows[at]: text for at, text in level.labels.items()})
    if _header_key(labels.at(body.header)) in {"", level.kind} or level.kind in {DIMENSION, PART}:
        kind = next((kind for kind in _kinds(inner, known) if kind != UNKNOWN), UNKNOWN)
        name = _inner_name(kind, level.kind, known)
        labels = labels.with_cells({body.header: name or labels.at(body.header)})
    columns = [labels if at == body.position else column for at, column in enumerate(sheet.columns)]
    return replace(sheet, columns=[*columns, added])


def _inner_name(kind: str, outer: str, known: ReferenceData) -> str:
    """Return the header of the labels that are left; empty if they keep theirs."""
    if outer == DIMENSION or (kind == UNKNOWN and outer in known.dimensions):
        return name_of(GROUP, known)
    return name_of(kind, known) if kind != UNKNOWN else ""


def _header_rows(sheet: RawSheet, body: _Body) -> list[int]:
    """Return the rows of headers: the last one, and those above it with several texts."""
    above = np.flatnonzero(sheet.filled[: body.header]).tolist()
    return [*(row for row in above if sum(map(bool, map(str.strip, sheet.row(row)))) > 1), body.header]


def _header_key(text: str) -> str:
    """Return the field of counts that a header names; empty if it names none."""
    word = normalised(text)
    columns = (*KINDS[Form.COUNTS].columns, *KINDS[Form.COUNTS].also)
    return next((one.key for one in columns if word in map(normalised, one.headers)), "")


def name_of(kind: str, known: ReferenceData) -> str:
    """Return the Danish header of a kind of labels."""
    if kind in known.dimensions:
        return known.dimensions[kind].labels.get("da", kind)
    if kind in {STAGE, PART}:
        return "Trin" if kind == STAGE else MONTH
    return KINDS[Form.COUNTS].column(kind).names["da"]
