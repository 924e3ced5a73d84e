"""Which sheet holds what: the header row is found, and columns are matched to the format by their headers."""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np

from analysis.intake.contract import (
    GUIDANCE_SHEETS,
    LIST_SHEETS,
    SHEETS,
    SYNTHETIC_SHEETS,
    Form,
    Sheet,
)
from analysis.intake.findings import Finding
from analysis.intake.sheets import RawSheet, TextColumn

HEADER_SEARCH_ROWS = 30


@dataclass(frozen=True)
class Table:
    """A sheet that was recognised: what it holds and where its columns are.

    ``columns`` and ``headers`` are by the format's column keys; ``rows`` are the sheet's own numbers of the data rows.
    """

    form: Form
    sheet: str
    columns: dict[str, TextColumn]
    headers: dict[str, str]
    rows: np.ndarray
    dropped: tuple[str, ...] = ()

    def header(self, key: str) -> str:
        return self.headers.get(key, key)


def normalised(text: str) -> str:
    """A header or a word without what people write differently: case, spaces, hyphens, a closing colon or star."""
    composed = unicodedata.normalize("NFC", text).replace("\xa0", " ").casefold()
    return re.sub(r"[\s_\-‐–]+", " ", composed).strip(" :*.")


def is_synthetic(sheets: list[RawSheet]) -> bool:
    """Whether the workbook says of itself that its numbers are made up."""
    return any(normalised(sheet.name) in _names(SYNTHETIC_SHEETS) for sheet in sheets)


def recognise(sheet: RawSheet) -> tuple[Table | None, list[Finding]]:
    """The table on a sheet, if it is one of ours, with what was seen on the way to it."""
    name = normalised(sheet.name)
    if name in _names((*GUIDANCE_SHEETS, *SYNTHETIC_SHEETS, *LIST_SHEETS)):
        return None, []
    if not any(value.strip() for column in sheet.columns for value in column.values):
        return None, []
    found = _best_header(sheet, name)
    if found is None:
        return None, [Finding("sheet_unread", sheet=sheet.name)]
    spec, header_row = found
    return table_at(sheet, spec, header_row)


def table_at(sheet: RawSheet, spec: Sheet, header_row: int) -> tuple[Table | None, list[Finding]]:
    """The table below this header row, read as this kind of sheet."""
    findings: list[Finding] = []
    headers = sheet.row(header_row)
    matched, dropped = _match(headers, spec)
    for key in {key for key, _ in matched if sum(key == other for other, _ in matched) > 1}:
        column = next(headers[position] for other, position in matched if other == key)
        findings.append(Finding("column_twice", sheet=sheet.name, column=column.strip()))
    positions = dict(matched)
    for wanted in spec.columns:
        if wanted.needed and wanted.key not in positions:
            missing = dict(zip(("da", "en"), wanted.headers, strict=False))
            findings.append(Finding("missing_column", sheet=sheet.name, values={"missing": missing}))
    findings += [Finding("unknown_column", sheet=sheet.name, column=header) for header in dropped]
    if any(finding.check in {"missing_column", "column_twice"} for finding in findings):
        return None, findings
    rows = filled_rows([sheet.columns[position] for position in positions.values()], header_row)
    if not len(rows):
        return None, [*findings, Finding("no_rows", sheet=sheet.name)]
    columns = {key: sheet.columns[position].take(rows) for key, position in positions.items()}
    known = {key: headers[position].strip() for key, position in positions.items()}
    return Table(spec.form, sheet.name, columns, known, rows + 1, tuple(dropped)), findings


def _names(names: tuple[str, ...]) -> set[str]:
    return {normalised(name) for name in names}


def _match(headers: list[str], spec: Sheet) -> tuple[list[tuple[str, int]], list[str]]:
    keys = {normalised(header): column.key for column in spec.columns for header in column.headers}
    matched = []
    dropped = []
    for position, header in enumerate(headers):
        key = keys.get(normalised(header))
        if key is not None:
            matched.append((key, position))
        elif header.strip():
            dropped.append(header.strip())
    return matched, dropped


def _best_header(sheet: RawSheet, name: str) -> tuple[Sheet, int] | None:
    """The kind of sheet and the header row that fit best."""
    best_score, best = (False, False, 0), None
    for number in range(min(HEADER_SEARCH_ROWS, sheet.rows)):
        headers = sheet.row(number)
        for spec in SHEETS:
            score = _score(headers, spec, named=name in _names(spec.names))
            if score > best_score:
                best_score, best = score, (spec, number)
    return best


def _score(headers: list[str], spec: Sheet, *, named: bool) -> tuple[bool, bool, int]:
    """How well a header row fits a kind of sheet: by the sheet's name, by having all that is needed, by its columns."""
    keys = {key for key, _ in _match(headers, spec)[0]}
    needed = {column.key for column in spec.columns if column.needed}
    complete = needed <= keys and (spec.form is not Form.OFFERS or len(keys) > len(needed))
    nearly = len(needed) > 2 and 2 * len(needed & keys) > len(needed)
    if not (complete or nearly or (named and keys)):
        return False, False, 0
    return named, complete, len(keys)


def filled_rows(columns: list[TextColumn], header_row: int) -> np.ndarray:
    """The positions below the header where any column holds something."""
    filled = np.zeros(len(columns[0]), dtype=bool)
    for column in columns:
        blank = np.array([not value.strip() for value in column.values], dtype=bool)
        filled |= ~blank[column.codes]
    filled[: header_row + 1] = False
    return np.flatnonzero(filled)
