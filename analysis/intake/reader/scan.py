"""Scan a workbook's package within limits, before its values are trusted.

The scan rejects content that would exhaust a reader. It reports content that a reader hides: error cells, formulas
without a stored value, hidden sheets, rows and columns, merged cells, macros, and the 1904 date system. It sums the
values by row and by column for comparison with the other reader. It decompresses parts in pieces. A piece of a sheet
with only plain cells is searched with patterns; any other piece is parsed.
"""

import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

import numpy as np

from analysis.intake.reader import cells
from analysis.intake.reader.cells import Cells, Meanings, column_letters, column_number
from analysis.intake.reader.child import Refused, run
from analysis.intake.reader.digest import Digest
from analysis.intake.reader.file_type import kind
from analysis.intake.reader.identity_number_scan import IdentityNumberScan, TextOutsideCells, search_file, search_parts
from analysis.intake.reader.number_formats import Styles
from analysis.intake.reader.package import Attributes, ListedSheet, Package, check_entries, parser, workbook
from analysis.text.identity_numbers import has_seven_digits

MOST_LISTED = 10_000


@dataclass
class SheetScan:
    """Result for one sheet, by position. ``impossible`` are dates that do not exist."""

    name: str
    hidden: bool = False
    values: int = 0
    last_row: int = 0
    last_column: int = 0
    digest: str = ""
    errors: list[tuple[str, int, str]] = field(default_factory=list)
    impossible: list[tuple[str, int, str]] = field(default_factory=list)
    uncomputed: list[tuple[str, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    shown: dict[str, dict[str, list[list[int]]]] = field(default_factory=dict)
    """Partly displayed dates and differently displayed numbers: runs of rows by kind and column letters."""

    def note_shown(self, what: str, place: str, row: int) -> None:
        runs = self.shown.setdefault(what, {}).setdefault(place, [])
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])


def scan_file(source: Path, folder: Path, bounds: dict[str, int]) -> dict[str, Any]:
    """Return the content of the package by sheet. For other files, return the kind and any numbers found."""
    found = kind(source)
    if found == "text":
        return {"kind": found}
    if found == "xls":
        return {"kind": found, "numbers": search_file(source).found()}
    try:
        with zipfile.ZipFile(source) as package:
            check_entries(package, bounds)
            if found != "xlsx":
                number_scan = IdentityNumberScan()
                unread = search_parts(number_scan, package, ())
                return {"kind": found, "numbers": number_scan.found(), **unread._asdict()}
            return {"kind": found, **_scan_package(Package(package), folder, bounds)}
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, EOFError, OSError, ValueError) as error:
        raise Refused("file_damaged") from error


def _scan_package(package: Package, folder: Path, bounds: dict[str, int]) -> dict[str, Any]:
    listed, date_1904 = workbook(package)
    if len(listed) > bounds["sheets"]:
        raise Refused("too_many_sheets", limit=bounds["sheets"])
    number_scan = IdentityNumberScan()
    styles = Styles()
    if cells.STYLES in package:
        package.parse(cells.STYLES, styles.start)
    meanings = Meanings(cells.shared_strings(package, number_scan), styles)
    sheets = [sheet for sheet in listed if sheet.kind == "worksheet"]
    scans = [
        _sheet(package, sheet, meanings, TextOutsideCells(number_scan), folder / f"{number}.digest.npz", bounds)
        for number, sheet in enumerate(sheets)
    ]
    looked_at = [part.lower() for part in (cells.SHARED_TEXTS, *(sheet.part for sheet in sheets))]
    done = {package.entries[part].filename for part in looked_at if part in package}
    unread = search_parts(number_scan, package.zip, done)
    has_macros = any(name.endswith("vbaproject.bin") for name in package.entries)
    return {
        "macros": has_macros or any(sheet.kind.endswith("Macrosheet") for sheet in listed),
        "date_1904": date_1904,
        "numbers": number_scan.found(),
        **unread._asdict(),
        "sheets": [vars(scan) for scan in scans],
    }


def _sheet(
    package: Package,
    listed: ListedSheet,
    meanings: Meanings,
    outside: TextOutsideCells,
    path: Path,
    bounds: dict[str, int],
) -> SheetScan:
    scan = SheetScan(listed.name, listed.hidden, digest=path.name)
    digest = Digest()
    parsed = CellParser(scan)
    for number, piece in enumerate(package.pieces(listed.part)):
        begin = 0
        if number == 0:
            begin = piece.find(b"<sheetData>") + len(b"<sheetData>") if b"<sheetData>" in piece else len(piece)
            _note(parsed.parse(piece[:begin], first=True), meanings, scan, digest)
        end = piece.find(b"</sheetData>", begin)
        rows, tail = (piece[begin:end], piece[end:]) if end >= 0 else (piece[begin:], b"")
        plain = _note_plain(rows, meanings, scan, digest)
        outside.feed(piece, row_tags=plain.row_tags if plain else None)
        if plain is None:
            _note(parsed.parse(rows, first=False), meanings, scan, digest)
        parsed.parse_tail(tail)
        _check_extent(scan, bounds)
    digest.save(path)
    return scan


def _note_plain(piece: bytes, meanings: Meanings, scan: SheetScan, digest: Digest) -> Cells | None:
    """Process the cells of a piece without a parser; None if this is not possible."""
    found = cells.plain_cells(piece)
    try:
        if found is not None:
            _note(found, meanings, scan, digest)
    except cells.NotPlain:
        return None
    return found


def _note(found: Cells, meanings: Meanings, scan: SheetScan, digest: Digest) -> None:
    """Add cells to the digest. Record their extent, impossible dates and display kinds."""
    if not found.keys:
        return
    meanings.forget()
    rows, columns, codes = found.placed(meanings)
    texts, numbers = np.frombuffer(meanings.texts)[codes], np.frombuffer(meanings.numbers)[codes]
    digest.add(rows, columns, texts, numbers)
    scan.values += len(found.keys)
    scan.last_row = max(scan.last_row, int(rows.max()) + 1)
    scan.last_column = max(scan.last_column, int(columns.max()) + 1)
    if meanings.impossible:
        for place in np.flatnonzero(np.isin(codes, list(meanings.impossible))).tolist():
            if len(scan.impossible) < MOST_LISTED:
                held = meanings.impossible[int(codes[place])]
                scan.impossible.append((column_letters(int(columns[place]) + 1), int(rows[place]) + 1, held))
    if meanings.shown:
        for place in np.flatnonzero(np.isin(codes, list(meanings.shown))).tolist():
            what = meanings.shown[int(codes[place])]
            scan.note_shown(what, column_letters(int(columns[place]) + 1), int(rows[place]) + 1)


def _check_extent(scan: SheetScan, bounds: dict[str, int]) -> None:
    if scan.last_row > bounds["rows"] and scan.values > bounds["rows"]:
        raise Refused("too_many_rows", limit=bounds["rows"])
    if scan.last_row * scan.last_column > bounds["cells"]:
        raise Refused("file_far_cell", row=scan.last_row, column=scan.last_column)


class CellParser:
    """Parse pieces of a sheet, and record content that the reader of values does not report."""

    def __init__(self, scan: SheetScan) -> None:
        self.scan = scan
        self.row = 0
        self.column = 0
        self.style = 0
        self.kind = ""
        self.formula = False
        self.text: list[str] = []
        self.inside = ""
        self.spoken = False
        self.cut = False
        self.found: list[tuple[bytes, int, tuple[int, str, str]]] = []

    def parse(self, piece: bytes, *, first: bool) -> Cells:
        """Return the cells of one piece. The first piece includes the start of the document, others are fragments."""
        self.found = []
        made = parser(self._start)
        made.EndElementHandler = self._end
        made.CharacterDataHandler = self._characters
        if not first:
            made.Parse(b"<piece>", False)
            if self.cut:  # The row of the previous piece continues.
                row, column = self.row, self.column
                made.Parse(b"<row>", False)
                self.row, self.column = row, column
        made.Parse(piece, False)
        self.cut = piece.endswith(b"</c>")
        if not self.found:
            return Cells()
        letters, rows, keys = zip(*self.found, strict=True)
        return Cells(letters, np.array(rows, dtype=np.int64), keys)

    def parse_tail(self, tail: bytes) -> None:
        """Process the content after the rows."""
        after = tail.removeprefix(b"</sheetData>").replace(b"</worksheet>", b"")
        parser(self._start).Parse(b"<piece>" + after, False)

    def _start(self, name: str, attributes: Attributes) -> None:
        scan = self.scan
        if name == "c":
            self._note_uncomputed()
            self._place(attributes.get("r"))
            self.style, self.kind = int(attributes.get("s") or 0), attributes.get("t", "")
        elif name in {"v", "is"}:
            self.inside, self.text = name, []
        elif name == "rPh":
            self.spoken = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self._note_uncomputed()
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            if attributes.get("hidden") in {"1", "true"} and len(scan.hidden_rows) < MOST_LISTED:
                scan.hidden_rows.append(self.row)
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            scan.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))
        elif name == "mergeCell":
            scan.merged.append(attributes["ref"])

    def _place(self, place: str | None) -> None:
        """Set the position of a cell: the stated one, or otherwise right of the previous cell."""
        if place:
            letters = place.rstrip("0123456789")
            self.row, self.column = int(place[len(letters) :]), column_number(letters)
        else:
            self.column += 1
        self.scan.last_row = max(self.scan.last_row, self.row)
        self.scan.last_column = max(self.scan.last_column, self.column)

    def _characters(self, text: str) -> None:
        if self.inside and not self.spoken:
            self.text.append(text)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == self.inside:
            self._value("".join(self.text))
            self.inside = ""
        elif name == "rPh":
            self.spoken = False
        elif name in {"row", "sheetData"}:
            self._note_uncomputed()

    def _value(self, text: str) -> None:
        if self.kind == "e":
            if len(self.scan.errors) < MOST_LISTED or has_seven_digits(text):
                self.scan.errors.append((column_letters(self.column), self.row, text))
            self.formula = False
        elif text:
            kind = "inlineStr" if self.inside == "is" else self.kind
            self.found.append((column_letters(self.column).encode(), self.row, (self.style, kind, text)))
            self.formula = False

    def _note_uncomputed(self) -> None:
        if self.formula and len(self.scan.uncomputed) < MOST_LISTED:
            self.scan.uncomputed.append((column_letters(self.column), self.row))
        self.formula = False


WORK = scan_file

if __name__ == "__main__":
    run("scan", WORK)
