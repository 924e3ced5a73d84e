"""Columns that may contain identity numbers, and what their headers, values and repetitions say of them."""

import hashlib
import re
from collections.abc import Iterable

import numpy as np

from analysis.intake.detect.headers import headings
from analysis.intake.detect.identity_number_headers import (
    LONGEST_HEADER,
    NAMES_CASES,
    NAMES_OTHERS,
    NAMES_PERSONS,
    NAMES_TELEPHONES,
    citizen_headers,
    fullest,
    names_numbers,
    our_headers,
)
from analysis.intake.detect.identity_number_values import LEAST_SHARE, likely_codes, strengths_of
from analysis.intake.detect.split_numbers import rests_of_split_numbers
from analysis.intake.findings.findings import Finding
from analysis.intake.layout.heading import Heading
from analysis.intake.sheets import RawSheet, TextColumn, letters
from analysis.intake.tables import normalised
from analysis.text.identity_numbers import (
    FEWEST_COMPARED,
    has_long_number,
    has_nine_digits,
    holds_identity_number,
)
from analysis.text.strength import Strength

MOST_REPEATED = 10
FEWEST_ROWS = 30
"""A number that often repeats, in a column with at least this many rows, belongs to a place, not a citizen."""


class SuspectedColumn:
    """A column with apparent identity numbers, or with a header that names them."""

    def __init__(
        self,
        sheet: RawSheet,
        position: int,
        strengths: dict[int, Strength],
        heading: Heading | None,
        named: bool,
        of_persons: bool,
        of_citizens: bool,
    ) -> None:
        self.position = position
        self.column = sheet.columns[position]
        self.strengths = strengths
        self.heading = heading
        self.is_named = named
        self.is_of_persons = of_persons
        self.has_ids = of_citizens and not named and self._are_of_another_system
        """Whether these are numeric ids, most of which cannot be identity numbers."""
        self.header = self.heading.texts[position] if self.heading else ""
        here = letters(position)
        names = {here, self.header, f"{sheet.name}!{here}", f"{sheet.name}!{self.header}"}
        self.names = {normalised(name) for name in names} - {""}

    @property
    def is_doubtful(self) -> bool:
        """Whether the user may declare that the numbers are not identity numbers."""
        if not self.strengths or self.has_ids:
            return True
        written_so = max(self.strengths.values()) is Strength.CERTAIN and not self._names(NAMES_TELEPHONES, NAMES_CASES)
        return not written_so and not self.is_of_persons and not self.is_named

    @property
    def is_other(self) -> bool:
        """Whether the column itself shows that its numbers are not identity numbers."""
        if not self.is_doubtful or self.is_named or self.has_ids:
            return False
        if self._names(NAMES_TELEPHONES) or max(self.strengths.values()) is Strength.DECIMAL:
            return True
        if max(self.strengths.values()) >= Strength.PROBABLE:
            return False
        return self._names(NAMES_OTHERS) or self._few_look_so or self._much_repeated

    def _names(self, *patterns: re.Pattern[str]) -> bool:
        """Return whether the header matches one of the patterns and is not an identity number itself."""
        header = "" if holds_identity_number([self.header]) else normalised(self.header)
        return any(pattern.fullmatch(header) for pattern in patterns)

    @property
    def _are_of_another_system(self) -> bool:
        """Whether few ids begin with a date, or all those dates are equal, as in serial numbers."""
        if not self.strengths or max(self.strengths.values()) > Strength.BARE:
            return False
        dates = {re.sub(r"\D", "", self.column.values[code]).zfill(10)[:6] for code in self.strengths}
        return self._few_look_so or (len(self.strengths) >= FEWEST_COMPARED and len(dates) == 1)

    @property
    def _few_look_so(self) -> bool:
        compared = [code for code, text in enumerate(self.column.values) if has_long_number(text)]
        return len(compared) >= FEWEST_COMPARED and len(self.strengths) < LEAST_SHARE * len(compared)

    @property
    def _much_repeated(self) -> bool:
        row_counts = self.column.row_counts()
        rows = [row_counts[code] for code in self.strengths if code in row_counts]
        others = sum(row_counts.values()) - sum(rows) - row_counts.get(self._blank_code, 0)
        return sum(rows) >= FEWEST_ROWS and min(rows) >= MOST_REPEATED and others <= 1

    @property
    def _blank_code(self) -> int:
        return self.column.values.index("") if "" in self.column.values else -1

    def with_other_ids(self) -> TextColumn:
        """Replace each long number by another id. Equal numbers stay equal, and ids differ between files."""
        long = [text for text in self.column.values if has_long_number(text) or has_nine_digits(text)]
        mark = hashlib.blake2b("\n".join(sorted(long)).encode(), digest_size=4).hexdigest()
        return self.column.replaced({text: f"id-{mark}-{number}" for number, text in enumerate(long, 1)})

    def emptied(self) -> TextColumn:
        """Remove all values below the header, and the header if it contains a number too."""
        codes = self.column.codes.copy()
        below = np.arange(len(codes)) > (self.heading.last if self.heading else -1)
        gone = below | np.isin(codes, list(self.strengths))
        codes[gone] = len(self.column.values)
        used = [text if code not in self.strengths else "" for code, text in enumerate(self.column.values)]
        kinds = "".join(self.column.kind(code) for code in range(len(used))) + "u"
        shown = set(np.unique(codes).tolist())
        return TextColumn([text if code in shown else "" for code, text in enumerate(used)] + [""], codes, kinds)

    def finding(self, check: str, sheet: str, header: str = "") -> Finding:
        """Return a finding at the first row with such a number, without the number itself."""
        here = letters(self.position)
        row = int(np.isin(self.column.codes, list(self.strengths)).argmax())
        if not self.strengths:
            first = int((~self.column.blank()).argmax())
            row = max(first, self.heading.last + 1 if self.heading else 0)
        rows = () if header else (row + 1,)
        return Finding(check, sheet, rows, header or here, letters=here)


def suspected_columns(sheet: RawSheet) -> Iterable[SuspectedColumn]:
    """Yield the columns with apparent identity numbers, or with a header that names them."""
    single = [row for row in headings(sheet) if row.first == row.last]
    heading = fullest(single)
    above = [row for row in single if heading is None or row.first <= heading.first]
    ours = our_headers(heading.texts if heading else ())
    headers = heading.normalised if heading else [""] * len(sheet.columns)
    split = rests_of_split_numbers(sheet.columns, headers, heading.last + 1 if heading else 0)
    for position, (column, likely) in enumerate(zip(sheet.columns, likely_codes(sheet.columns), strict=True)):
        named = {normalised(row.texts[position]) for row in above if 0 < len(row.texts[position]) <= LONGEST_HEADER}
        last = min((row.last for row in above if names_numbers(row.texts[position])), default=None)
        is_ours = heading is not None and normalised(heading.texts[position]) in ours
        is_citizen = is_ours and normalised(heading.texts[position]) in citizen_headers() if heading else False
        strengths = strengths_of(column, likely, strict=is_citizen or last is not None)
        if not strengths and (is_citizen or not is_ours) and position in split:
            strengths, is_ours, is_citizen = split[position], False, False
        filled = last is not None and _filled_below(column, last)
        if strengths or filled:
            names_persons = any(map(NAMES_PERSONS.fullmatch, named))
            yield SuspectedColumn(sheet, position, strengths, heading, filled, is_ours or names_persons, is_citizen)


def _filled_below(column: TextColumn, row: int) -> bool:
    """Return whether the column has a value below the row, counted from 0."""
    return bool((~column.blank()[row + 1 :]).any())
