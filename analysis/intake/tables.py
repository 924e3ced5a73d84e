"""A sheet that was recognised, or mapped by hand: our columns, and where each of them stands."""

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
"""A longer text is neither a header nor a word that is known here."""


class Reason(StrEnum):
    """Why a row of the file is not stored."""

    PERSON = "person"
    """The person left it out."""
    TOTAL = "total"
    EXAMPLE = "example"
    REPEATED = "repeated"
    NOTE = "note"
    """It stands below the headers and is no data: a footnote, a title."""
    HIDDEN = "hidden"
    """The source holds its numbers back."""


@dataclass(frozen=True)
class LeftOut:
    """Rows of a sheet that are not stored, and why."""

    sheet: str
    rows: tuple[int, ...]
    reason: Reason


@dataclass(frozen=True)
class WideColumn:
    """A column that holds one stage of one group."""

    stage: str
    dimension: str
    group: str
    header: str
    letters: str
    column: TextColumn


@dataclass(frozen=True)
class Table:
    """What a sheet holds and where its columns are.

    ``columns``, ``headers`` and ``letters`` are by the format's column keys; ``rows`` are the sheet's own numbers of
    the data rows. ``wide`` are the columns of a sheet of counts in which each group has columns of its own.
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
    """How many rows below the headers hold anything, before any was told to be no data."""
    separators: Separators = NO_SEPARATORS
    """What the signs in its numbers mean."""
    date_order: str = ""
    """How its days with years of two digits are read; empty where nothing tells."""
    month_order: str = ""
    """Whether a person said that the day or the month comes first; empty where nobody did."""

    def header(self, key: str) -> str:
        return self.headers.get(key, key)

    def finding(self, check: str, key: str, mask: np.ndarray, value: str = "", **values: object) -> Finding:
        """A finding in this column, in the rows where the mask holds."""
        rows = tuple(self.rows[mask].tolist())
        return Finding(check, self.sheet, rows, self.header(key), value, values, self.letters.get(key, ""))

    def without(self, mask: np.ndarray, reason: Reason) -> "Table":
        """The same without the rows where the mask holds; that they are left out is kept."""
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
    """The same with what the signs in its numbers mean, by all its numbers and the language of its headers."""
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
    """The same with how days of two readings are read, by a person's answers or by all dates of the file."""
    tables = list(tables)
    columns = [column for table in tables for key, column in table.columns.items() if key.endswith("_on")]
    columns += [table.columns["period"] for table in tables if "period" in table.columns]
    texts = {cleaned(column.values[code]) for column in columns for code in column.row_counts()}
    order = answers.get("date_order") or order_of_short(texts)
    month_order = answers.get("month_order", "")
    return [replace(table, date_order=order, month_order=month_order) for table in tables]


def usual_sign(form: str, headers: Iterable[str]) -> str:
    """The sign for thousands of the language that most headers are in; empty where there is no telling."""
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
    """Whether most headers that tell of a language are Norwegian, Swedish or Finnish."""
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
    """Whether a header is the name, or begins or ends with it."""
    return any(word == name or word.startswith(f"{name} ") or word.endswith(f" {name}") for word in words)


def cleaned(text: str) -> str:
    """The text with composed letters, single spaces, and nothing that cannot be seen."""
    if text.isascii():
        if " " not in text and text.isprintable():  # Ids, dates and numbers: most of what there is.
            return text
    else:
        text = unicodedata.normalize("NFC", text)
    return " ".join(visible(text).split())


def normalised(text: str) -> str:
    """A header or a word without what people write differently: case, spaces, hyphens, a closing colon or star."""
    if len(text) > LONGEST_WORD:  # No word: it need not be made like others, only stay unlike them.
        return normalised(text[:LONGEST_WORD]) + text[LONGEST_WORD:]
    return re.sub(r"[\s_\-‐–]+", " ", cleaned(text).casefold()).strip(" :*.")
