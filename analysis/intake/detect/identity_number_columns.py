"""Find identity numbers in a file. Such a file is rejected, and neither the number nor the file is stored.

Other ten-digit numbers can look the same: production units, area codes, telephone numbers. The whole column decides:
the notation of its numbers, its header, the share of possible identity numbers, and their repetitions. If this is not
enough, the user can declare that the column contains no identity numbers. In both cases the column is emptied before
any further processing, and the original file is not stored.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_

from analysis.intake.detect.headers import headings
from analysis.intake.detect.identity_number_headers import fullest, names_numbers
from analysis.intake.detect.identity_number_values import LEAST_SHARE
from analysis.intake.detect.suspected_column import SuspectedColumn, suspected_columns
from analysis.intake.findings.check import N_
from analysis.intake.findings.findings import Finding, Word
from analysis.intake.sheets import RawSheet, letters
from analysis.intake.tables import normalised
from analysis.text.identity_numbers import (
    has_nine_digits,
    holds_identity_number,
    masked,
    strength,
)
from analysis.text.strength import Strength

PLACES = {
    "comments": Word(N_("comments and notes")),
    "properties": Word(N_("the properties of the document")),
    "custom_xml": Word(N_("custom XML")),
    "headers": Word(N_("headers and footers")),
    "names": Word(N_("defined names")),
    "sheet": Word(N_("formulas, filters, rules and links")),
    "other": Word(N_("texts that no cell shows")),
}
"""Places outside the cell values, by their key in the scan result."""


@dataclass(frozen=True)
class AmbiguousColumn:
    """A column with possible identity numbers. The user can declare that it contains none."""

    sheet: str
    letters: str
    header: str
    has_ids: bool = False
    """Whether the column contains ids of citizens, which are replaced instead of left out."""

    @property
    def name(self) -> str:
        """Name of the column for ``read(…, no_cpr=…)``."""
        return f"{self.sheet}!{self.letters}"


@dataclass(frozen=True)
class ScannedSheets:
    """The search result: the sheets without omitted columns, and the reason for a rejection, if any."""

    sheets: list[RawSheet]
    left_out: list[Finding]
    refused: Finding | None = None
    doubts: tuple[AmbiguousColumn, ...] = ()


def cpr_in_names(names: Iterable[str]) -> Finding | None:
    """Report an apparent identity number in the name of the file or of a sheet."""
    without_stamps = (_STAMP_IN_NAME.sub(" ", name) for name in names)
    return Finding("cpr_in_name") if holds_identity_number(without_stamps) else None


_STAMP_IN_NAME = re.compile(r"(?<!\d)20[1-9]\d[01]\d[0-3]\d[-_ ]?[0-2]\d[0-5]\d(?!\d)")


def find_identity_numbers(sheets: Sequence[RawSheet], no_cpr: Collection[str] = ()) -> ScannedSheets:
    """Search every cell. ``no_cpr`` are the columns that the user declares free of identity numbers."""
    said = {normalised(name) for name in no_cpr}
    kept, left_out, doubts = [], [], []
    refused = [(False, finding) for sheet in sheets for finding in _in_faulty_cells(sheet)]
    for sheet in sheets:
        columns = list(sheet.columns)
        for one in suspected_columns(sheet):
            doubt = AmbiguousColumn(sheet.name, letters(one.position), masked(one.header), one.has_ids)
            if one.is_other or (one.is_doubtful and said & one.names):
                columns[one.position] = one.with_other_ids() if one.has_ids else one.emptied()
                check = "no_cpr_ids" if one.has_ids else "no_cpr_column"
                left_out.append(one.finding(check, sheet.name, header=doubt.header or doubt.letters))
                continue
            refused.append((one.is_doubtful, one.finding("cpr_number", sheet.name)))
            doubts += [doubt] if one.is_doubtful else []
        kept.append(sheet if all(map(is_, columns, sheet.columns)) else replace(sheet, columns=columns))
    if refused:
        certain = next((finding for doubtful, finding in refused if not doubtful), None)
        return ScannedSheets([], [], certain or refused[0][1], () if certain else tuple(doubts))
    return ScannedSheets(kept, left_out)


@dataclass(frozen=True)
class NumbersInColumn:
    """The identity numbers of a column, to replace them in a copy of the file.

    Attributes
    ----------
    position : position of the column, counted from 0.
    codes : codes of the values with an apparent number.
    header_rows : rows, counted from 0, whose header names such numbers.
    first_row : first row below the headers, counted from 0.
    has_ids : whether the column consists of ids of persons, also where a value does not look like a number.
    is_rest : whether these are the last digits of numbers whose date is in the column before.
    names : the names in ``named`` that mean this column.
    """

    position: int
    codes: frozenset[int]
    header_rows: tuple[int, ...]
    first_row: int
    has_ids: bool
    is_rest: bool
    names: frozenset[str]


def numbers_by_column(sheet: RawSheet, named: Collection[str] = ()) -> Iterable[NumbersInColumn]:
    """Yield the columns that a file is rejected for, and the ``named`` ones: header or letters, maybe after ``sheet!``.

    Parameters
    ----------
    sheet : sheet as read.
    named : columns that the user declares to contain identity numbers.
    """
    said = {normalised(name): name for name in named}
    suspected = {one.position: one for one in suspected_columns(sheet)}
    single = [row for row in headings(sheet) if row.first == row.last]
    heading = fullest(single)
    for position in range(len(sheet.columns)):
        one = suspected.get(position) or SuspectedColumn(sheet, position, {}, heading, False, False, False)
        chosen = frozenset(said[name] for name in said.keys() & one.names)
        if (position not in suspected or one.is_other) and not chosen:
            continue
        above = [row for row in single if heading is None or row.first <= heading.first]
        rows = tuple(row.first for row in above if names_numbers(row.texts[position]))
        values = [one.column.values[code] for code in one.strengths]
        yield NumbersInColumn(
            position,
            frozenset(one.strengths),
            rows,
            heading.last + 1 if heading else 0,
            bool(chosen) or one.is_named or len(values) >= LEAST_SHARE * sum(map(bool, one.column.values)),
            bool(values) and not any(map(has_nine_digits, values)) and all(map(str.isdecimal, values)),
            chosen,
        )


def _in_faulty_cells(sheet: RawSheet) -> Iterable[Finding]:
    """Report identity numbers in cells with an error or an impossible date, because findings quote their content."""
    for place, row, held in sheet.errors:
        if strength(held) >= Strength.GROUPED:
            yield Finding("cpr_number", sheet.name, (row,), place, letters=place)


def cpr_elsewhere(numbers: Mapping[str, Sequence[str]], sheets: Sequence[RawSheet] = ()) -> ScannedSheets:
    """Report the numbers that the scan found outside the cell values: certain or possible ones, by place.

    If a cell of the ``sheets`` displays a shared string, the check of its column decides.
    """
    hidden = _not_shown(numbers.get("shared", ()), sheets)
    if hidden:
        place = "certain" if any(strength(text) is Strength.CERTAIN for text in hidden) else "possible"
        numbers = {**numbers, place: sorted({*numbers.get(place, ()), "other"})}
    certain, possible = (tuple(PLACES[place] for place in numbers.get(key, ())) for key in ("certain", "possible"))
    refused = Finding("cpr_elsewhere", values={"where": certain}) if certain else None
    return ScannedSheets(
        [], [Finding("long_number_elsewhere", values={"where": possible})] if possible else [], refused
    )


def _not_shown(texts: Iterable[str], sheets: Sequence[RawSheet]) -> list[str]:
    """Return the texts that no cell contains, ignoring spaces."""
    wanted = {"".join(text.split()): text for text in texts}
    if not wanted:
        return []
    values = ("".join(value.split()) for sheet in sheets for column in sheet.columns for value in column.values)
    shown = "\n".join(values)
    return [text for compact, text in wanted.items() if compact not in shown]
