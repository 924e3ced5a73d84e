"""Headers over numbers that have no meaning here: they may be the names of offers, which the user is asked."""

import re
from dataclasses import replace

import numpy as np

from analysis.intake.detect.layouts import row_labels
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.cell_types import BLANK, NUMBER, types_of
from analysis.intake.layout.cross_tables import CrossTable, cross_table
from analysis.intake.layout.labels import GROUP, OFFER
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.parsing.questions import HEADERS_UNKNOWN
from analysis.intake.sheets import RawSheet
from analysis.intake.tables import normalised

MOST_SHOWN = 3
_OF_CITIZENS = re.compile(
    r"nr\b|nummer|number|numero|\bid\b|født|fødsel|född|födelse|birth|synt|alder|ålder|\bage\b|kode|kod\b|code"
)
"""Parts of headers of columns of a list of citizens: their numbers are no counts."""


def asked_about_headers(findings: list[Finding], sheet: RawSheet, known: ReferenceData) -> list[Finding]:
    """Return the findings of a table that could not be read, with the question if its headers may be offers."""
    explained = [one for one in findings if _is_explained(one)]
    question = _question(sheet, known) if explained and HEADERS_UNKNOWN not in sheet.answers else None
    return findings if question is None else [*(one for one in findings if one not in explained), question]


def _is_explained(one: Finding) -> bool:
    """Return whether unknown headers can be the reason for a finding."""
    return one.check in {"sheet_unread", "column_twice", "missing_column"} or (one.check, one.value) == (
        "missing_constant",
        OFFER,
    )


def _question(sheet: RawSheet, known: ReferenceData) -> Finding | None:
    cross = cross_table(replace(sheet, answers={**sheet.answers, HEADERS_UNKNOWN: "offers"}), known)
    if cross is None or OFFER not in cross.levels:
        return None
    keys = row_labels(sheet, cross, known)
    is_by_group = {GROUP, *known.dimensions} & {*keys.values()} and OFFER not in keys.values()
    if not is_by_group or not _are_counts(sheet, cross, [*keys]):
        return None
    place = cross.levels.index(OFFER)
    names = dict.fromkeys(cross.heading.rows_of_texts[place][at] for at in cross.numbers)
    if any(map(_OF_CITIZENS.search, map(normalised, names))):
        return None
    shown = tuple(names)[:MOST_SHOWN]
    return Finding(HEADERS_UNKNOWN, sheet.name, (cross.heading.first + place + 1,), values={"texts": shown})


def _are_counts(sheet: RawSheet, cross: CrossTable, labels: list[int]) -> bool:
    """Return whether the columns hold numbers, and no two rows have the same labels, as no list of citizens has."""
    rows = np.flatnonzero(sheet.filled)
    rows = rows[rows > cross.heading.last]
    types = [types_of(sheet.columns[at].take(rows)) for at in cross.numbers]
    codes = np.column_stack([sheet.columns[at].codes[rows] for at in labels])
    return all(2 * (one == NUMBER).sum() > (one != BLANK).sum() for one in types) and len(
        np.unique(codes, axis=0)
    ) == len(codes)
