"""A first mapping of a sheet: what its headers, labels and values say, for a user to complete."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from analysis.intake.contract import KINDS, Form
from analysis.intake.detect.headers import match
from analysis.intake.detect.layouts import row_labels, texts_beside
from analysis.intake.detect.registers import register_keys
from analysis.intake.layout import labels
from analysis.intake.layout.cell_types import DAY, NUMBER, grid, types_of
from analysis.intake.layout.cross_tables import CrossTable, cross_table
from analysis.intake.layout.heading import NO_HEADERS, Heading
from analysis.intake.layout.labels import common_dimension
from analysis.intake.lexicon.end_dates import is_end_date_header
from analysis.intake.lexicon.fuzzy_match import CERTAIN
from analysis.intake.lexicon.reference_data import ReferenceData
from analysis.intake.mapping.file_columns import headers, heading_of
from analysis.intake.mapping.suggestions import Suggestion, Why, suggestions
from analysis.intake.sheets import RawSheet, TextColumn

MOSTLY, FEWEST_COUNTS = 0.6, 2
"""Share of numbers in a column of counts, and the number of such columns in a table without ids of citizens."""
FEWEST_CERTAIN = 3
"""Minimum number of certain columns for another kind of rows than courses."""
FIRST_ROWS = 200
"""Number of rows below the headers from which a preview is made."""


@dataclass(frozen=True)
class Draft:
    """A first mapping of one sheet.

    Attributes
    ----------
    form : key of the kind of sheet.
    rows : first and last header row, from 0.
    columns : the columns below the headers, by name.
    likely : column of each field and how sure it is.
    numbers : names of the columns of numbers, or of the sessions of a register.
    levels : field of each header row over the numbers.
    """

    form: str
    rows: tuple[int, int]
    columns: dict[str, TextColumn]
    likely: dict[str, Suggestion] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()


def draft(
    sheet: RawSheet, known: ReferenceData, *, form: str | None = None, rows: tuple[int, int] | None = None
) -> Draft:
    """Return a first mapping, for a kind of rows and for header rows if the user has chosen them."""
    cross = cross_table(sheet, known)
    is_register = cross is not None and cross.levels == (labels.SESSION,)
    of_cross = Form.COURSES if is_register else Form.COUNTS
    if cross is not None and form in {None, of_cross} and rows in {None, (cross.heading.first, cross.heading.last)}:
        return _of_cross_table(sheet, cross, of_cross, known)
    heading = heading_of(sheet, NO_HEADERS if rows is None and _has_no_headers(sheet) else rows)
    rows = (heading.first, heading.last)
    columns = headers(sheet, rows)
    if form is not None:
        return Draft(form, rows, columns, _likely(heading, columns, form, known))
    found = {one: _likely(heading, columns, one, known) for one, kind in KINDS.items() if kind.by_hand}
    sure = {one: sum(likely.certain for likely in found[one].values()) for one in found}
    best = max(found, key=lambda one: sure[one] if sure[one] >= FEWEST_CERTAIN or one == Form.COURSES else 0)
    if best == Form.COURSES and "citizen" not in found[best] and _has_counts(columns):
        best = Form.COUNTS
    return Draft(best, rows, columns, found[best])


def _has_no_headers(sheet: RawSheet) -> bool:
    """Return whether the row of the likely headers has numbers or days, as the rows below it, and no known header."""
    heading = heading_of(sheet)
    if not sheet.filled[heading.last + 1 :].any() or labels.header_words() & {*heading.normalised}:
        return False
    here, below = grid(sheet, np.flatnonzero(sheet.filled[heading.last :])[:2] + heading.last)
    return bool((np.isin(here, (NUMBER, DAY)) & (here == below)).any() and (here == below).all())


def _likely(heading: Heading, columns: dict[str, TextColumn], form: str, known: ReferenceData) -> dict[str, Suggestion]:
    """Return the likely column of each field. A header by which the file is read without a mapping is certain.

    The end of a course is not: it is no completion until somebody says so.
    """
    found = suggestions(heading, columns, form, known)
    sure = {one.header for one in found.values() if one.certain}
    keys = match(heading, KINDS[form]).keys
    understood = {
        key: heading.names[at]
        for at, key in keys.items()
        if heading.normalised[at] in labels.header_words()
        and not (key == "completed_on" and is_end_date_header(heading.texts[at]))
    }
    return found | {
        key: Suggestion(name, CERTAIN, Why.NAME)
        for key, name in understood.items()
        if name in columns and name not in sure and not (key in found and found[key].certain)
    }


def _has_counts(columns: Mapping[str, TextColumn]) -> bool:
    """Return whether two or more columns hold nothing but numbers that are not years."""
    types = [types_of(column) for column in columns.values()]
    counts = [(one == NUMBER).mean() > MOSTLY and len(one) > 0 for one in types]
    return sum(counts) >= FEWEST_COUNTS


def _of_cross_table(sheet: RawSheet, cross: CrossTable, form: str, known: ReferenceData) -> Draft:
    heading = cross.heading
    rows = (heading.first, heading.last)
    keys = register_keys(cross) if form == Form.COURSES else row_labels(sheet, cross, known)
    groups = [at for at in keys if keys[at] == labels.GROUP and labels.DIMENSION not in keys.values()]
    dimensions = {at: common_dimension(texts_beside(sheet, cross, at), known) for at in groups}
    keys = {at: dimensions.get(at) or key for at, key in keys.items()}
    likely = {key: Suggestion(heading.names[at], CERTAIN, Why.NAME) for at, key in keys.items()}
    numbers = tuple(heading.names[at] for at in cross.numbers)
    return Draft(form, rows, headers(sheet, rows), likely, numbers, cross.levels)


def first_rows(sheet: RawSheet, last_header: int) -> RawSheet:
    """Return the sheet cut after its first rows, for a preview of a mapping."""
    last = min(sheet.rows, last_header + 1 + FIRST_ROWS)
    kept = np.arange(last)
    return RawSheet(sheet.name, [column.take(kept) for column in sheet.columns], last, merged=sheet.merged)
