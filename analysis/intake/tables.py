"""A recognised or manually mapped sheet: the columns of the format and their positions in the file."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import pyarrow as pa

from analysis.intake.contract import KINDS, Holds
from analysis.intake.findings.findings import FIELD, Finding
from analysis.intake.sheets import NUMBERS, TextColumn, letters
from analysis.intake.values.dates import order_of_short
from analysis.intake.values.numbers import Separators, separators
from analysis.model.languages import in_every_language
from analysis.model.terms import Stage
from analysis.text.invisible_characters import visible

NO_SEPARATORS = Separators()
LONGEST_NUMBER = 30
RUNNING = "running"
COUNTED = (*Stage, RUNNING)
"""The columns of numbers in a table of counts."""

LONGEST_WORD = 1_000
"""A longer text is neither a header nor a known word."""


class Reason(StrEnum):
    """Reason for not storing a row of the file."""

    PERSON = "person"
    """The user left it out."""
    TOTAL = "total"
    EXAMPLE = "example"
    REPEATED = "repeated"
    NOTE = "note"
    """A row below the headers without data: a footnote or a title."""
    HIDDEN = "hidden"
    """The source holds its numbers back, or gives a percentage that is no count."""
    NO_GROUP = "no group"
    """It tells no group of the citizen."""
    UNREAD = "unread"
    """Another table of the sheet, which is not read."""
    JOINED = "joined"
    """It became part of the record of another row: a further stage, or a further attendance."""


@dataclass(frozen=True)
class LeftOut:
    """Rows of a sheet that are not stored, and the reason."""

    sheet: str
    rows: tuple[int, ...]
    reason: Reason


@dataclass(frozen=True)
class Origin:
    """The cells of a column that was put together from several columns or rows of the sheet.

    ``rows`` are row numbers from 1, ``positions`` columns from 0, one of each for every record; ``headers`` are the
    headers by position. ``sheet`` is their sheet, if it is another one than that of the table.
    """

    rows: np.ndarray
    positions: np.ndarray
    headers: Mapping[int, str]
    sheet: str = ""

    def take(self, records: np.ndarray) -> "Origin":
        return replace(self, rows=self.rows[records], positions=self.positions[records])

    def places(self, mask: np.ndarray) -> tuple[tuple[int, str, str], ...]:
        """Return row, letters and header of the cells of the mask."""
        cells = zip(self.rows[mask].tolist(), self.positions[mask].tolist(), strict=True)
        return tuple((row, letters(position), self.headers.get(position, "")) for row, position in cells)


@dataclass(frozen=True)
class Table:
    """The data of a sheet and the positions of its columns.

    ``columns``, ``headers`` and ``letters`` are by column key of the format. ``rows`` are the sheet's own row numbers
    of the records: a row of a cross table holds several. ``origins`` has the cells of the columns that such a table
    was put together from.
    """

    form: str
    sheet: str
    columns: dict[str, TextColumn]
    headers: dict[str, str]
    rows: np.ndarray
    letters: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    origins: dict[str, Origin] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    rows_in_file: int = 0
    """Number of rows with any value below the headers, including notes and other rows without data."""
    separators: Separators = NO_SEPARATORS
    """Meaning of the separators in its numbers."""
    date_order: str = ""
    """Reading order of dates with two-digit years; empty if unknown."""
    completion_rule: str = ""
    """The user's rule by which attendances make a course complete."""
    month_order: str = ""
    """The user's answer whether the day or the month comes first; empty without an answer."""
    beside: np.ndarray | None = None
    """A number for each row of the sheet: the same where the columns that are not read say the same."""
    total_name: str = ""
    """What calls the table the totals of others: its title or its sheet; empty for other tables."""
    no_counts: frozenset[str] = frozenset()
    """Numbers that are no counts by a legend: those that are not known or too small."""
    held_back: pa.Table | None = None
    """Offers, periods and dimensions with a count that is held back, in the form of ``ImportPayload``."""

    @property
    def headers_of_numbers(self) -> dict[str, str]:
        """Headers of the columns that the table was put together from, by their letters."""
        return {letters(at): text for one in self.origins.values() for at, text in one.headers.items()}

    def header(self, key: str) -> str:
        return self.headers.get(key, key)

    def finding(self, check: str, key: str, mask: np.ndarray, value: str = "", **values: object) -> Finding:
        """Create a finding for this column, in the rows of the mask."""
        if (origin := self.origins.get(key)) is not None:
            return Finding(check, origin.sheet or self.sheet, value=value, values=values, places=origin.places(mask))
        rows = tuple(dict.fromkeys(self.rows[mask].tolist()))
        if key not in self.headers:
            own = {one.key: one.names for one in (*KINDS[self.form].columns, *KINDS[self.form].also)}
            values |= {FIELD: in_every_language(own[key])} if key in own else {}
        return Finding(check, self.sheet, rows, self.header(key), value, values, self.letters.get(key, ""))

    def without(self, mask: np.ndarray, reason: Reason) -> "Table":
        """Return a copy without the records of the mask. Rows that hold no other are ``left_out`` for the reason."""
        if not mask.any():
            return self
        kept = np.flatnonzero(~mask)
        rows = np.setdiff1d(self.rows[mask], self.rows[kept]) if self.origins else self.rows[mask]
        return replace(
            self.with_left_out(rows, reason),
            columns={key: column.take(kept) for key, column in self.columns.items()},
            rows=self.rows[kept],
            origins={key: origin.take(kept) for key, origin in self.origins.items()},
        )

    def with_others(self, rows: np.ndarray, reason: Reason) -> "Table":
        """Return a copy that accounts for further rows of the sheet: of a table that is not read, or labels alone."""
        return replace(self.with_left_out(rows, reason), rows_in_file=self.rows_in_file + len(rows))

    def with_left_out(self, rows: np.ndarray, reason: Reason) -> "Table":
        """Return a copy that records these rows of the sheet as left out."""
        if not len(rows):
            return self
        return replace(self, left_out=(*self.left_out, LeftOut(self.sheet, tuple(rows.tolist()), reason)))


def with_separators(table: Table, answer: str | None = None) -> Table:
    """Set the meaning of the separators, from all numbers of the table and the language of its headers."""
    counted = [one.key for one in KINDS[table.form].columns if one.holds is Holds.COUNT]
    columns = [table.columns[key] for key in counted if key in table.columns]
    texts = [
        cleaned(value)
        for column in columns
        for code, value in enumerate(column.values)
        if column.kind(code) not in NUMBERS and len(value) <= LONGEST_NUMBER
    ]
    headers = [*table.headers.values(), *table.headers_of_numbers.values()]
    return replace(table, separators=separators(texts, usual_sign(table.form, headers), answer))


def with_date_order(tables: Iterable[Table], answers: Mapping[str, str]) -> list[Table]:
    """Set the reading order of ambiguous dates, from the user's answers or from all dates of the file."""
    tables = list(tables)
    columns = [column for table in tables for key, column in table.columns.items() if key.endswith("_on")]
    columns += [table.columns["period"] for table in tables if "period" in table.columns]
    texts = {cleaned(column.values[code]) for column in columns for code in column.row_counts()}
    order = answers.get("date_order") or order_of_short(texts)
    month_order = answers.get("month_order", "")
    return [replace(table, date_order=order, month_order=month_order) for table in tables]


def usual_sign(form: str, headers: Iterable[str]) -> str:
    """Return the thousands separator of the language of most headers; empty if undecided."""
    words = {normalised(header) for header in headers}
    columns = KINDS[form].columns
    english, others = 0, 0
    for column in columns:
        names = {code: normalised(name) for code, name in in_every_language(column.names).items()}
        rest = {name for code, name in names.items() if code != "en"}
        english += bool(names["en"] not in rest and _named(names["en"], words))
        others += any(name != names["en"] and _named(name, words) for name in rest)
    if english == others:
        return ""
    return "," if english > others else "."


def is_foreign_sheet(table: Table) -> bool:
    """Return whether most headers with a recognisable language are Norwegian, Swedish or Finnish."""
    words = {normalised(header) for header in table.headers.values()}
    columns = KINDS[table.form].columns
    here, abroad = 0, 0
    for column in columns:
        names = {code: normalised(name) for code, name in in_every_language(column.names).items()}
        ours = {names["da"], names["en"]}
        here += bool(ours & words)
        abroad += bool((set(names.values()) - ours) & words)
    return abroad > here


def _named(name: str, words: set[str]) -> bool:
    """Return whether a header equals the name, or begins or ends with it."""
    return any(word == name or word.startswith(f"{name} ") or word.endswith(f" {name}") for word in words)


def cleaned(text: str) -> str:
    """Normalise a text: composed characters, single spaces, no invisible characters."""
    if text.isascii():
        if " " not in text and text.isprintable():  # Ids, dates and numbers: the most frequent values.
            return text
    else:
        text = unicodedata.normalize("NFC", text)
    return " ".join(visible(text).split())


def normalised(text: str) -> str:
    """Normalise a header or word: ignore case, spaces, hyphens, and a colon, full stop or asterisk at the ends."""
    if len(text) > LONGEST_WORD:  # Too long for a word: it must only differ from all words.
        return normalised(text[:LONGEST_WORD]) + text[LONGEST_WORD:]
    return re.sub(r"[\s_\-‐–]+", " ", cleaned(text).casefold()).strip(" :*.")


def word_codes(column: TextColumn) -> np.ndarray:
    """Return a number for each row: the same for texts that are equal after normalisation, and 0 for blanks."""
    texts = [normalised(value) for value in column.values]
    numbers = {text: number for number, text in enumerate(dict.fromkeys(["", *texts]))}
    return np.array([numbers[text] for text in texts], dtype=np.int64)[column.codes]
