"""Annotate a workbook for correction in Excel: coloured cells with comments, and a first sheet with all findings."""

import json
import re
import subprocess
from dataclasses import dataclass, field
from typing import Any

from analysis.config import Limits
from analysis.i18n import Wording
from analysis.intake.contract import FINDINGS_SHEETS
from analysis.intake.findings.check import Severity
from analysis.intake.findings.findings import Finding, message, remedy, value_text
from analysis.intake.read_file import Reading
from analysis.intake.reader_process import start
from analysis.intake.sheets import DATES, NUMBERS, RawSheet, TextColumn, letters
from analysis.intake.tables import normalised
from analysis.intake.temporary_folders import temporary_folder
from analysis.model.languages import in_every_language, name_in

MOST_CELLS = 300_000
"""Maximum number of cells. The copy of a larger workbook has only its first rows and the rows with findings."""
MOST_MARKED = 2_000
FIRST_ROWS = 30
SHOWN_ROWS = 50
SECONDS = 60
MEMORY = 1500 * 2**20
COLOURS = {Severity.ERROR: "F8D3CF", Severity.WARNING: "FBF0C9"}
ORDER = list(Severity)
LONGEST_NAME = 31
OUR_SHEETS = {normalised(name) for name in in_every_language(FINDINGS_SHEETS).values()}

_NOT_IN_NAMES = re.compile(r"[\\*?:/\[\]\x00-\x1f\ud800-\udfff\ufffe\uffff]")


class NotAnnotated(Exception):
    """The copy could not be created within the time and memory limits."""


@dataclass(frozen=True)
class Places:
    """Positions of the cells of the file in the copy.

    ``pages`` maps sheet names of the file to those of the copy. ``rows`` is empty if the copy has every row. Otherwise
    it maps row numbers of each sheet to those of the copy, where every column is shifted one to the right.
    """

    pages: dict[str, str]
    rows: dict[str, dict[int, int]] = field(default_factory=dict)

    def cell(self, sheet: str, place: str, row: int) -> tuple[str, str, int] | None:
        """Return sheet, letters and row in the copy; None if the copy lacks the cell."""
        if sheet not in self.pages:
            return None
        if not self.rows:
            return self.pages[sheet], place, row
        moved = self.rows[sheet].get(row)
        return None if moved is None else (self.pages[sheet], _next(place), moved)


def annotated(
    content: bytes, reading: Reading, findings: list[Finding], wording: Wording, limits: Limits | None = None
) -> bytes:
    """Return an .xlsx file with the findings marked.

    If the original is too large, not an .xlsx file, or openpyxl cannot open it, the workbook is recreated from the
    texts. Raises ``NotAnnotated`` if this fails too.
    """
    limits = limits or Limits()
    findings = sorted(findings, key=lambda finding: ORDER.index(finding.severity))
    sheets = [sheet for sheet in reading.sheets if normalised(sheet.name) not in OUR_SHEETS]
    size = sum(sheet.rows * len(sheet.columns) for sheet in reading.sheets)
    if reading.kind == "xlsx" and size <= MOST_CELLS:
        result_text = _annotations(findings, wording, Places({sheet.name: sheet.name for sheet in sheets}))
        if (made := _run(content, {**result_text, "sheets": None}, limits)) is not None:
            return made
    cut = size > MOST_CELLS
    kept = {sheet.name: _kept_rows(sheet, findings, cut=cut) for sheet in sheets}
    rows = {name: {row: number for number, row in enumerate(some, start=2)} for name, some in kept.items()}
    places = Places(_pages(sheets, wording), rows if cut else {})
    anew = [
        {"name": places.pages[sheet.name], "rows": _cells(sheet, kept[sheet.name], wording, cut=cut)}
        for sheet in sheets
    ]
    made = _run(b"", {**_annotations(findings, wording, places), "sheets": anew}, limits)
    if made is None:
        raise NotAnnotated(reading.file_name)
    return made


def marks_cells(finding: Finding) -> bool:
    """Return whether the finding blocks or warns at cells of the file, which are then marked."""
    return finding.severity in COLOURS and bool(_rows(finding))


def _annotations(findings: list[Finding], wording: Wording, places: Places) -> dict[str, Any]:
    """Return the cells to mark and the rows of the list of findings, as input of the child process."""
    headers = [
        wording.text("How grave"),
        wording.text("Sheet"),
        wording.text("Rows"),
        wording.text("Column"),
        wording.text("Value"),
        wording.text("What is wrong"),
        wording.text("What to do"),
    ]
    return {
        "title": name_in(FINDINGS_SHEETS, wording.code),
        "replaced": sorted(OUR_SHEETS),
        "colours": list(COLOURS.values()),
        "marks": _marks(findings, wording, places),
        "uncomputed": _uncomputed(findings, places),
        "headers": headers,
        "notice": _notice(wording) if places.rows else "",
        "findings": [
            {"texts": _texts(finding, wording, places), "cell": _first_cell(finding, places)} for finding in findings
        ],
    }


def _notice(wording: Wording) -> str:
    return wording.text(
        "The workbook is too large to come back whole. Only its first rows and those with findings stand here, each "
        "with its row number in the file. Mend them in your own workbook."
    )


def _texts(finding: Finding, wording: Wording, places: Places) -> list[str]:
    said = {
        Severity.ERROR: wording.text("Must be corrected"),
        Severity.WARNING: wording.text("Worth a look"),
        Severity.NOTE: wording.text("For your information"),
    }
    in_sheet = finding.sheet or finding.rows or finding.letters
    return [
        said[finding.severity],
        places.pages.get(finding.sheet, finding.sheet) if in_sheet else "",
        _row_numbers(finding, wording),
        " ".join(part for part in (finding.letters, finding.column) if part),
        value_text(finding, wording),
        message(finding, wording),
        remedy(finding, wording),
    ]


def _row_numbers(finding: Finding, wording: Wording) -> str:
    shown = ", ".join(map(str, finding.rows[:SHOWN_ROWS]))
    more = len(finding.rows) - SHOWN_ROWS
    return wording.text("{rows} and {more} more", rows=shown, more=wording.integer(more)) if more > 0 else shown


def _rows(finding: Finding) -> tuple[int, ...]:
    """Return the rows of a finding's cells. A column without rows is marked at its header."""
    return finding.rows or ((1,) if finding.letters else ())


def _first_cell(finding: Finding, places: Places) -> tuple[str, str, int] | None:
    cells = (places.cell(finding.sheet, finding.letters or "A", row) for row in _rows(finding)[:MOST_MARKED])
    return next((cell for cell in cells if cell is not None), None)


def _marks(findings: list[Finding], wording: Wording, places: Places) -> list[list[Any]]:
    """Return sheet, letters, row, colour and comment of every cell to mark. Join the comments of one cell."""
    marks: dict[tuple[str, str, int], tuple[str, list[str]]] = {}
    for finding in findings:
        if not marks_cells(finding):
            continue
        said = f"{message(finding, wording)} {remedy(finding, wording)}"
        for row in _rows(finding)[:MOST_MARKED]:
            cell = places.cell(finding.sheet, finding.letters or "A", row)
            if cell is not None:
                marks.setdefault(cell, (COLOURS[finding.severity], []))[1].append(said)
    return [[*cell, colour, "\n\n".join(said)] for cell, (colour, said) in marks.items()]


def _uncomputed(findings: list[Finding], places: Places) -> list[tuple[str, str, int]]:
    """Return the cells of formulas without a stored value. They are empty unless the formula is written back."""
    cells = (
        places.cell(finding.sheet, finding.letters, row)
        for finding in findings
        if finding.check == "formula_without_value"
        for row in finding.rows
    )
    return [cell for cell in cells if cell is not None]


def _pages(sheets: list[RawSheet], wording: Wording) -> dict[str, str]:
    """Return a valid sheet name for each sheet: text files have none, and other formats allow more characters."""
    pages: dict[str, str] = {}
    taken = set(OUR_SHEETS)
    for sheet in sheets:
        wanted = _NOT_IN_NAMES.sub(" ", sheet.name).strip(" '")[:LONGEST_NAME].strip(" '") or wording.text("Data")
        name, number = wanted, 1
        while normalised(name) in taken:
            number += 1
            name = f"{wanted[: LONGEST_NAME - 4]} {number}"
        taken.add(normalised(name))
        pages[sheet.name] = name
    return pages


def _kept_rows(sheet: RawSheet, findings: list[Finding], *, cut: bool) -> list[int]:
    """Return the rows for a recreated workbook."""
    if not cut:
        return list(range(1, sheet.rows + 1))
    faulty = {row for finding in findings if finding.sheet == sheet.name for row in finding.rows[:MOST_MARKED]}
    most = max(MOST_MARKED, MOST_CELLS // max(len(sheet.columns), 1))
    return sorted({*range(1, min(FIRST_ROWS, sheet.rows) + 1), *sorted(faulty)[:most]})


def _next(place: str) -> str:
    position = 0
    for letter in place:
        position = 26 * position + ord(letter) - 64
    return letters(position)


def _cells(sheet: RawSheet, rows: list[int], wording: Wording, *, cut: bool) -> list[list[Any]]:
    """Return the cells of these rows. If rows are omitted, the first column is the row number."""
    cells: list[list[Any]] = [[_cell(column, row - 1) for column in sheet.columns] for row in rows]
    if cut:
        cells = [[row, *texts] for row, texts in zip(rows, cells, strict=True)]
        cells.insert(0, [wording.text("Row in the file (only the first and the faulty rows stand here)")])
    return cells


def _cell(column: TextColumn, row: int) -> str | float | dict[str, str] | None:
    """Return a text, a number, or a date for the child process to write. Excel has no dates before 1900."""
    text = column.at(row)
    kind = column.kind(int(column.codes[row]))
    if kind in NUMBERS:
        return float(text)
    if kind in DATES and re.match(r"(19|[2-9]\d)\d\d-\d\d-\d\d", text):
        return {"day": text}
    return text or None


def _run(content: bytes, result_text: dict[str, Any], limits: Limits) -> bytes | None:
    """Run the child process and return the workbook; None if it failed."""
    with temporary_folder() as folder:
        source = folder / "source.xlsx"
        source.write_bytes(content)
        (folder / "annotations.json").write_text(json.dumps(result_text), encoding="utf-8")
        try:
            child = start("annotate", source, limits.bounds(MEMORY, SECONDS))
        except OSError:
            return None
        try:
            child.wait(min(limits.seconds, SECONDS))
        except subprocess.TimeoutExpired:
            return None
        finally:
            child.stop()
        made = folder / "annotated.xlsx"
        return made.read_bytes() if child.returncode == 0 and made.exists() else None
