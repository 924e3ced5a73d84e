"""A recognised or manually mapped sheet: the columns of the format and their positions in the file."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from analysis.intake.contract import KINDS, Holds
from analysis.intake.findings.findings import Finding
from analysis.intake.sheets import NUMBERS, TextColumn
from analysis.intake.values.dates import order_of_short
from analysis.intake.values.numbers import Separators, separators
from analysis.model.languages import in_every_language
from analysis.text.invisible_characters import visible

NO_SEPARATORS = Separators()
LONGEST_NUMBER = 30

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
    """The source suppressed its numbers."""


@dataclass(frozen=True)
class LeftOut:
    """Rows of a sheet that are not stored, and the reason."""

    sheet: str
    rows: tuple[int, ...]
    reason: Reason


@dataclass(frozen=True)
class WideColumn:
    """A column with one stage of one group."""

    stage: str
    dimension: str
    group: str
    header: str
    letters: str
    column: TextColumn


@dataclass(frozen=True)
class Table:
    """The data of a sheet and the positions of its columns.

    ``columns``, ``headers`` and ``letters`` are by column key of the format. ``rows`` are the sheet's own row numbers
    of the data rows. ``wide`` are the columns of a sheet of counts with separate columns for each group.
    """

    form: str
    sheet: str
    columns: dict[str, TextColumn]
    headers: dict[str, str]
    rows: np.ndarray
    letters: dict[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    wide: tuple[WideColumn, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    rows_in_file: int = 0
    """Number of rows with any value below the headers, including notes and other rows without data."""
    separators: Separators = NO_SEPARATORS
    """Meaning of the separators in its numbers."""
    date_order: str = ""
    """Reading order of dates with two-digit years; empty if unknown."""
    month_order: str = ""
    """The user's answer whether the day or the month comes first; empty without an answer."""

    def header(self, key: str) -> str:
        return self.headers.get(key, key)

    def finding(self, check: str, key: str, mask: np.ndarray, value: str = "", **values: object) -> Finding:
        """Create a finding for this column, in the rows of the mask."""
        rows = tuple(self.rows[mask].tolist())
        return Finding(check, self.sheet, rows, self.header(key), value, values, self.letters.get(key, ""))

    def without(self, mask: np.ndarray, reason: Reason) -> "Table":
        """Return a copy without the rows of the mask. Record them in ``left_out`` with the reason."""
        if not mask.any():
            return self
        kept = np.flatnonzero(~mask)
        left_out = LeftOut(self.sheet, tuple(self.rows[mask].tolist()), reason)
        return replace(
            self,
            columns={key: column.take(kept) for key, column in self.columns.items()},
            rows=self.rows[kept],
            wide=tuple(replace(one, column=one.column.take(kept)) for one in self.wide),
            left_out=(*self.left_out, left_out),
        )


def with_separators(table: Table, answer: str | None = None) -> Table:
    """Set the meaning of the separators, from all numbers of the table and the language of its headers."""
    counted = [one.key for one in KINDS[table.form].columns if one.holds is Holds.COUNT]
    columns = [table.columns[key] for key in counted if key in table.columns] + [one.column for one in table.wide]
    texts = [
        cleaned(value)
        for column in columns
        for code, value in enumerate(column.values)
        if column.kind(code) not in NUMBERS and len(value) <= LONGEST_NUMBER
    ]
    headers = [*table.headers.values(), *(one.header for one in table.wide)]
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
