"""A bounded look through a workbook's package, before its values are believed.

What would exhaust a reader is refused; what a reader hides is told: error cells, formulas without a stored value,
hidden sheets, rows and columns, merged cells, macros, the 1904 system, and how many cells hold a value. Parts are
unpacked a piece at a time. A piece of a sheet in which every cell is plain is only counted; any other is parsed.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from xml.parsers import expat

from analysis.intake.reader.child import Refused, run
from analysis.intake.reader.kinds import kind
from analysis.intake.reader.number_formats import Styles
from analysis.intake.reader.texts import Outside, Texts, look_at_file, look_at_parts, look_at_shared_texts

PIECE = 2**20
MOST_RATIO = 200
"""A part that unpacks to more than this many times its size was made to; real sheets reach some forty."""
RATIO_MATTERS = 200 * 2**20
MOST_LISTED = 10_000
SHARED_TEXTS = "xl/sharedstrings.xml"

_OTHER_CELL = re.compile(rb'<c(?=[ />])(?! r="A?[A-Z]\d{1,7}"(?: s="\d{1,6}")?(?: t="(?:s|n|str|inlineStr|b)")?/?>)')
_STYLED = re.compile(rb'<c r="([A-Z]+)(\d+)" s="(\d+)"')
_OTHER_PARTS = (b"<f", b"hidden=", b"<!", b":row", b":c ", b"mergeCell")
_COUNT = re.compile(rb'\b(?:count|uniqueCount)="(\d+)"')
Attributes = dict[str, str]


@dataclass
class SheetScan:
    """What was seen on one sheet, by position."""

    name: str
    hidden: bool = False
    values: int = 0
    last_row: int = 0
    last_column: int = 0
    errors: list[tuple[str, int, str]] = field(default_factory=list)
    uncomputed: list[tuple[str, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    shown: dict[str, dict[str, list[list[int]]]] = field(default_factory=dict)
    """Dates shown in part: by what is shown and by the column's letters, the first and last row of each run."""

    def note_shown(self, what: str, place: str, row: int) -> None:
        runs = self.shown.setdefault(what, {}).setdefault(place, [])
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])


def scan_file(source: Path, folder: Path, bounds: dict[str, int]) -> dict[str, Any]:
    """What the package holds, sheet by sheet; only the kind for files that are no packages of XML."""
    found = kind(source)
    if found == "text":
        return {"kind": found}
    if found == "xls":
        return {"kind": found, "numbers": look_at_file(source).found()}
    try:
        with zipfile.ZipFile(source) as package:
            _check_entries(package, bounds)
            if found != "xlsx":
                texts = Texts()
                embedded = look_at_parts(texts, package, ())
                return {"kind": found, "numbers": texts.found(), "embedded": embedded}
            return {"kind": found, **_scan_package(package, bounds)}
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, EOFError, OSError, ValueError) as error:
        raise Refused("file_damaged") from error


def _check_entries(package: zipfile.ZipFile, bounds: dict[str, int]) -> None:
    entries = package.infolist()
    if len(entries) > bounds["entries"]:
        raise Refused("too_many_sheets", limit=bounds["sheets"])
    if len({entry.filename for entry in entries}) < len(entries):
        raise Refused("file_damaged")
    for entry in entries:
        parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
        if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in entry.filename:
            raise Refused("file_hostile")
        if entry.flag_bits & 1:
            raise Refused("file_encrypted")
        if entry.file_size > RATIO_MATTERS and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise Refused("file_hostile")
    if sum(entry.file_size for entry in entries) > bounds["unpacked_bytes"]:
        raise Refused("unpacked_too_large", limit=bounds["unpacked_bytes"] // 2**20)


def _scan_package(package: zipfile.ZipFile, bounds: dict[str, int]) -> dict[str, Any]:
    sheets, date_1904 = _workbook(package)
    if len(sheets) > bounds["sheets"]:
        raise Refused("too_many_sheets", limit=bounds["sheets"])
    names = set(package.namelist())
    texts = Texts()
    empty_texts = _strings(package, names, texts)
    styles = Styles()
    if "xl/styles.xml" in names:
        _parse(package, "xl/styles.xml", styles.start)
    shown = styles.shown()
    scans = [_sheet(package, part, SheetScan(name, hidden), bounds, shown, texts) for name, part, hidden in sheets]
    done = {part for _, part, _ in sheets} | {name for name in names if name.lower() == SHARED_TEXTS}
    embedded = look_at_parts(texts, package, done)
    return {
        "numbers": texts.found(),
        "embedded": embedded,
        "macros": any(name.endswith("vbaProject.bin") for name in names),
        "date_1904": date_1904,
        "empty_texts": empty_texts,
        "sheets": [vars(scan) for scan in scans],
    }


def _workbook(package: zipfile.ZipFile) -> tuple[list[tuple[str, str, bool]], bool]:
    """Each worksheet's name, its part and whether it is hidden; and whether days are counted from 1904."""
    targets: dict[str, str] = {}
    _parse(package, "xl/_rels/workbook.xml.rels", lambda _, attributes: _note_target(attributes, targets))
    sheets: list[tuple[str, str, bool]] = []
    date_1904 = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal date_1904
        if name == "workbookPr":
            date_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}
        elif name == "sheet":
            part = targets[next(value for key, value in attributes.items() if key.endswith(":id"))]
            if "worksheets/" in part:
                sheets.append((attributes["name"], part, attributes.get("state", "visible") != "visible"))

    _parse(package, "xl/workbook.xml", start)
    return sheets, date_1904


def _note_target(attributes: Attributes, targets: dict[str, str]) -> None:
    if "Id" in attributes and attributes.get("TargetMode") != "External":
        target = attributes.get("Target", "")
        if ".." in PurePosixPath(target).parts:
            raise Refused("file_hostile")
        targets[attributes["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _strings(package: zipfile.ZipFile, names: set[str], texts: Texts) -> int:
    """How many of the shared texts are empty. Refuses a count that no part of that size could hold."""
    part = next((name for name in names if name.lower() == SHARED_TEXTS), None)
    if part is None:
        return 0
    size = package.getinfo(part).file_size
    empty = 0
    for number, piece in enumerate(_pieces(package, part)):
        if number == 0:
            _check_prolog(piece)
            if any(int(count) > 100 * size for count in _COUNT.findall(piece[:2000])):
                raise Refused("file_hostile")
        look_at_shared_texts(texts, piece)
        empty += sum(map(piece.count, (b"<t/>", b"<t></t>", b"<si/>", b"<si></si>", b"<t />")))
    return empty


def _sheet(
    package: zipfile.ZipFile, part: str, scan: SheetScan, bounds: dict[str, int], shown: dict[str, str], texts: Texts
) -> SheetScan:
    parser, outside = CellParser(scan, shown), Outside(texts)
    for number, piece in enumerate(_pieces(package, part)):
        outside.feed(piece)
        if number == 0:
            _check_prolog(piece)
        if number == 0 or not _plain(piece):
            parser.parse(piece, first=number == 0)
        else:
            scan.values += piece.count(b"<v>") + piece.count(b"<is>")
            scan.values -= sum(map(piece.count, (b"<v></v>", b"<t/>", b"<t></t>")))
            scan.last_column = max(scan.last_column, 52)
            scan.last_row = max(scan.last_row, _last_row(piece))
            for place, row, style in _STYLED.findall(piece) if shown else ():
                if what := shown.get(style.decode()):
                    scan.note_shown(what, place.decode(), int(row))
        if scan.last_row > bounds["rows"] and scan.values > bounds["rows"]:
            raise Refused("too_many_rows", limit=bounds["rows"])
        if scan.last_row * scan.last_column > bounds["cells"]:
            raise Refused("file_far_cell", row=scan.last_row, column=scan.last_column)
    return scan


def _plain(piece: bytes) -> bool:
    """Whether every cell of the piece is a value in columns A to AZ, and nothing is hidden."""
    return not any(part in piece for part in _OTHER_PARTS) and _OTHER_CELL.search(piece) is None


def _last_row(piece: bytes) -> int:
    found = re.findall(rb'<row [^>]*?\br="(\d{1,7})"', piece[piece.rfind(b"<row ") :])
    return int(found[-1]) if found else 0


def _pieces(package: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part unpacked a piece at a time, each but the last ending where a row or a text ends."""
    rest = b""
    with package.open(part) as file:
        while some := file.read(PIECE):
            some = rest + some
            cut = max(some.rfind(b"</row>") + 6, some.rfind(b"</si>") + 5)
            if cut < 6 and len(some) < 8 * PIECE:
                rest = some
                continue
            cut = cut if cut >= 6 else len(some)
            yield some[:cut]
            rest = some[cut:]
    if rest:
        yield rest


def _check_prolog(piece: bytes) -> None:
    """Entities are an attack in a workbook, and an encoding that hides them is one too."""
    if piece.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in piece[:200] or b"<!DOCTYPE" in piece:
        raise Refused("file_hostile")


class CellParser:
    """Parses pieces of a sheet and notes what a reader of values would not tell."""

    def __init__(self, scan: SheetScan, shown: dict[str, str]) -> None:
        self.scan = scan
        self.shown = shown
        self.row = 0
        self.column = 0
        self.error = False
        self.formula = False
        self.text: list[str] = []
        self.inside = ""

    def parse(self, piece: bytes, *, first: bool) -> None:
        """Parse one piece: the first with its beginning, each other as if it stood alone."""
        parser = _parser(self._start)
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        if first:
            parser.Parse(piece, False)
            return
        end = piece.find(b"</sheetData>")
        end = end if end >= 0 else piece.find(b":sheetData>")
        body, tail = (piece, b"") if end < 0 else (piece[: piece.rfind(b"<", 0, end + 1)], piece[end:])
        parser.Parse(b"<piece>", False)
        parser.Parse(body, False)
        self._tail(tail)

    def _tail(self, tail: bytes) -> None:
        self.scan.merged += [cells.decode() for cells in re.findall(rb'mergeCell [^>]*?ref="([A-Z0-9:]+)"', tail)]

    def _start(self, name: str, attributes: Attributes) -> None:
        scan = self.scan
        if name == "c":
            self._note_uncomputed()
            if place := attributes.get("r"):
                letters = place.rstrip("0123456789")
                self.row, self.column = int(place[len(letters) :]), _number(letters)
            else:
                self.column += 1
            scan.last_row, scan.last_column = max(scan.last_row, self.row), max(scan.last_column, self.column)
            self.error = attributes.get("t") == "e"
            if what := self.shown.get(attributes.get("s", "")):
                scan.note_shown(what, _letters(self.column), self.row)
        elif name in {"v", "is"}:
            self.inside, self.text = name, []
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

    def _characters(self, text: str) -> None:
        if self.inside:
            self.text.append(text)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == self.inside:
            text, self.inside = "".join(self.text), ""
            if self.error:
                if len(self.scan.errors) < MOST_LISTED:
                    self.scan.errors.append((_letters(self.column), self.row, text))
                self.error = False
                self.formula = False
            elif text:
                self.scan.values += 1
                self.formula = False
        elif name in {"row", "sheetData"}:
            self._note_uncomputed()

    def _note_uncomputed(self) -> None:
        if self.formula and len(self.scan.uncomputed) < MOST_LISTED:
            self.scan.uncomputed.append((_letters(self.column), self.row))
        self.formula = False


def _parse(package: zipfile.ZipFile, part: str, start: Callable[[str, Attributes], None]) -> None:
    content = package.read(part)
    _check_prolog(content)
    _parser(start).Parse(content, True)


def _parser(start: Callable[[str, Attributes], None]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise Refused("file_hostile")


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


if __name__ == "__main__":
    run("scan", scan_file)
