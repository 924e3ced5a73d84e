"""The workbook to mend in Excel: as it came, faulty cells coloured and commented, and a first sheet that lists them."""

import datetime as dt
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from analysis.intake.checks import Severity
from analysis.intake.contract import FINDINGS_SHEETS
from analysis.intake.findings import Finding, message, remedy
from analysis.intake.reading import Reading, start, stop
from analysis.intake.sheets import RawSheet, TextColumn, letters
from analysis.settings import Limits
from analysis.wording import Wording

MOST_CELLS = 300_000
"""A larger workbook comes back with its first rows and the faulty ones only."""
MOST_MARKED = 2_000
FIRST_ROWS = 30
SHOWN_ROWS = 50
SECONDS = 60
MEMORY = 1500 * 2**20
COLOURS = {Severity.ERROR: "F8D3CF", Severity.WARNING: "FBF0C9"}
ORDER = list(Severity)


class NotAnnotated(Exception):
    """The copy could not be made within the limits of time and memory."""


def annotated(
    content: bytes, reading: Reading, findings: list[Finding], wording: Wording, limits: Limits | None = None
) -> bytes:
    """The workbook with what the checks saw, as the bytes of an .xlsx file.

    What openpyxl cannot open is made anew from the texts. Raises ``NotAnnotated`` where not even that can be done.
    """
    size = sum(sheet.rows * len(sheet.columns) for sheet in reading.sheets)
    told = {"marks": [], **_listed(findings, wording)}
    if reading.kind == "xlsx" and size <= MOST_CELLS:
        whole = {**told, "marks": _marks(findings, wording), "sheets": None}
        if (made := _run(content, whole, limits or Limits())) is not None:
            return made
    rows = {sheet.name: _kept(sheet, findings, whole=size <= MOST_CELLS) for sheet in reading.sheets}
    anew = {
        **told,
        "marks": _moved(_marks(findings, wording), rows, numbered=size > MOST_CELLS),
        "sheets": [_cells(sheet, rows[sheet.name], wording, numbered=size > MOST_CELLS) for sheet in reading.sheets],
    }
    made = _run(b"", anew, limits or Limits())
    if made is None:
        raise NotAnnotated(reading.file_name)
    return made


def _listed(findings: list[Finding], wording: Wording) -> dict[str, Any]:
    """The first sheet: its name, its headers, and a row for each finding, the gravest first."""
    said = {
        Severity.ERROR: wording.text("Must be mended"),
        Severity.WARNING: wording.text("Worth a look"),
        Severity.NOTE: wording.text("For your information"),
    }
    headers = [
        wording.text("How grave"),
        wording.text("Sheet"),
        wording.text("Rows"),
        wording.text("Column"),
        wording.text("Value"),
        wording.text("What is wrong"),
        wording.text("What to do"),
    ]
    rows = [
        [
            said[finding.severity],
            finding.sheet,
            _row_numbers(finding, wording),
            " ".join(part for part in (finding.letters, finding.column) if part),
            finding.value,
            message(finding, wording),
            remedy(finding, wording),
            _link(finding),
        ]
        for finding in sorted(findings, key=lambda finding: ORDER.index(finding.severity))
    ]
    title = FINDINGS_SHEETS[0] if wording.code == "da" else FINDINGS_SHEETS[1]
    return {"title": title, "headers": headers, "findings": rows}


def _row_numbers(finding: Finding, wording: Wording) -> str:
    shown = ", ".join(map(str, finding.rows[:SHOWN_ROWS]))
    more = len(finding.rows) - SHOWN_ROWS
    return wording.text("{rows} and {more} more", rows=shown, more=wording.integer(more)) if more > 0 else shown


def _link(finding: Finding) -> str | None:
    if not (finding.sheet and finding.rows):
        return None
    name = finding.sheet.replace("'", "''")
    return f"'{name}'!{finding.letters or 'A'}{finding.rows[0]}"


def _marks(findings: list[Finding], wording: Wording) -> list[list[Any]]:
    """Sheet, letters, row, colour and comment of every cell to mark; what several findings say of one is joined."""
    marks: dict[tuple[str, str, int], tuple[str, list[str]]] = {}
    for finding in sorted(findings, key=lambda finding: ORDER.index(finding.severity)):
        if finding.severity not in COLOURS:
            continue
        said = f"{message(finding, wording)} {remedy(finding, wording)}"
        for row in (finding.rows or ((1,) if finding.letters else ()))[:MOST_MARKED]:
            place = (finding.sheet, finding.letters or "A", row)
            marks.setdefault(place, (COLOURS[finding.severity], []))[1].append(said)
    return [[*place, colour, "\n\n".join(said)] for place, (colour, said) in marks.items()]


def _kept(sheet: RawSheet, findings: list[Finding], *, whole: bool) -> list[int]:
    """The rows that go into a workbook that is made anew."""
    if whole:
        return list(range(1, sheet.rows + 1))
    faulty = {row for finding in findings if finding.sheet == sheet.name for row in finding.rows[:MOST_MARKED]}
    return sorted({*range(1, min(FIRST_ROWS, sheet.rows) + 1), *faulty})


def _moved(marks: list[list[Any]], rows: dict[str, list[int]], *, numbered: bool) -> list[list[Any]]:
    """The marks where their cells stand in a workbook that is made anew, below a header and beside the row's number."""
    if not numbered:
        return marks
    places = {name: {row: place for place, row in enumerate(kept, start=2)} for name, kept in rows.items()}
    return [
        [name, _next(place), places[name][row], *rest]
        for name, place, row, *rest in marks
        if row in places.get(name, {})
    ]


def _next(place: str) -> str:
    position = 0
    for letter in place:
        position = 26 * position + ord(letter) - 64
    return letters(position)


def _cells(sheet: RawSheet, rows: list[int], wording: Wording, *, numbered: bool) -> dict[str, Any]:
    """The cells of these rows, numbers as numbers, with the row's number before them where some are left out."""
    cells = [[_cell(column, row - 1) for column in sheet.columns] for row in rows]
    if numbered:
        cells = [[row, *texts] for row, texts in zip(rows, cells, strict=True)]
        cells.insert(0, [wording.text("Row in the file (only the first and the faulty rows stand here)")])
    return {"name": sheet.name, "rows": cells}


def _cell(column: TextColumn, row: int) -> str | float | None:
    text = column.at(row)
    kind = column.kind(int(column.codes[row]))
    if kind == "n":
        return float(text)
    if kind == "d" and len(text) == len("2015-03-12"):
        return dt.date.fromisoformat(text).strftime("%d-%m-%Y")
    return text or None


def _run(content: bytes, told: dict[str, Any], limits: Limits) -> bytes | None:
    """The workbook that the child makes; None where it could not."""
    with tempfile.TemporaryDirectory(prefix="annotated-") as folder:
        source = Path(folder) / "source.xlsx"
        source.write_bytes(content)
        (Path(folder) / "annotations.json").write_text(json.dumps(told), encoding="utf-8")
        child = start("annotate", source, limits.bounds(memory=MEMORY))
        try:
            child.wait(min(limits.seconds, SECONDS))
        except subprocess.TimeoutExpired:
            return None
        finally:
            stop(child)
        made = Path(folder) / "annotated.xlsx"
        return made.read_bytes() if child.returncode == 0 and made.exists() else None
