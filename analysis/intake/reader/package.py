"""The parts of a workbook's package: find by name, decompress in pieces, and resolve relations."""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.parsers import expat

from analysis.intake.reader.child import Refused

PIECE = 2**20
LONGEST_PIECE = 8 * PIECE
MOST_RATIO = 200
"""Maximum compression ratio of a part; real sheets have about 40. A higher ratio indicates an attack."""
RATIO_MATTERS = 200 * 2**20

Attributes = dict[str, str]
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*):[A-Za-z]+[\s>/]")


@dataclass(frozen=True)
class Relation:
    """A relation of a part: its kind and the target part in the package."""

    kind: str
    part: str


@dataclass(frozen=True)
class ListedSheet:
    """A sheet in the workbook's list; ``kind`` is worksheet, chartsheet, dialogsheet or xlMacrosheet."""

    name: str
    kind: str
    part: str
    hidden: bool


class Package:
    """An open package. As in Excel, part names are case-insensitive and allow both slashes."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self.zip = package
        self.entries = {part_name(entry.filename): entry for entry in package.infolist()}

    def __contains__(self, part: str) -> bool:
        return part.lower() in self.entries

    def size(self, part: str) -> int:
        return self.entries[part.lower()].file_size

    def pieces(self, part: str) -> Iterator[bytes]:
        """Yield a part in pieces. Each piece except the last ends with a row or a text.

        Remove a namespace prefix of all names, as in ``<x:row>``.
        """
        rest = b""
        prefix: bytes | None = None
        with self.zip.open(self.entries[part.lower()]) as file:
            while some := file.read(PIECE):
                some = rest + some
                if prefix is None:
                    check_prolog(some)
                    prefix = _prefix(some)
                some = _without_prefix(some, prefix)
                cut = _end(some)
                if not cut and len(some) < LONGEST_PIECE:
                    rest = some
                    continue
                cut = cut or _end_of_cell(some)
                yield some[:cut]
                rest = some[cut:]
        if rest:
            yield _without_prefix(rest, prefix or b"")

    def parse(self, part: str, start: Callable[[str, Attributes], None]) -> None:
        """Call ``start`` with the name, without prefix, and the attributes of every element."""
        made = parser(start)
        with self.zip.open(self.entries[part.lower()]) as file:
            piece = file.read(PIECE)
            check_prolog(piece)
            while piece:
                made.Parse(piece, False)
                piece = file.read(PIECE)
        made.Parse(b"", True)


def part_name(name: str) -> str:
    return name.replace("\\", "/").lower()


def _end_of_cell(piece: bytes) -> int:
    return piece.rfind(b"</c>") + 4 if b"</c>" in piece else len(piece)


def _end(piece: bytes) -> int:
    """Return the end of the last row of a piece, or of its last text; 0 without either."""
    end = b"</row>" if b"</row>" in piece else b"</si>"
    place = piece.rfind(end)
    return place + len(end) if place >= 0 else 0


def _prefix(beginning: bytes) -> bytes:
    found = re.search(rb"<[A-Za-z_]", beginning)
    match = _ROOT.match(beginning, found.start()) if found else None
    return match[1] if match else b""


def _without_prefix(piece: bytes, prefix: bytes) -> bytes:
    if not prefix:
        return piece
    return piece.replace(b"</" + prefix + b":", b"</").replace(b"<" + prefix + b":", b"<")


def check_entries(package: zipfile.ZipFile, bounds: dict[str, int]) -> None:
    """Reject a package with implausible sizes, paths outside the package, duplicate names or encrypted entries."""
    entries = package.infolist()
    if len(entries) > bounds["entries"]:
        raise Refused("too_many_sheets", limit=bounds["sheets"])
    for entry in entries:
        parts = PurePosixPath(entry.filename.replace("\\", "/")).parts
        if ".." in parts or entry.filename.startswith(("/", "\\")) or ":" in entry.filename:
            raise Refused("file_hostile")
        if entry.flag_bits & 1:
            raise Refused("file_encrypted")
        if entry.file_size > RATIO_MATTERS and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise Refused("file_hostile")
    if len({part_name(entry.filename) for entry in entries}) < len(entries):
        raise Refused("file_damaged")
    if sum(entry.file_size for entry in entries) > bounds["unpacked_bytes"]:
        raise Refused("unpacked_too_large", limit=bounds["unpacked_bytes"] // 2**20)


def workbook(package: Package) -> tuple[list[ListedSheet], bool]:
    """Return the sheets in the workbook's order, and whether it counts days from 1904."""
    relations: dict[str, Relation] = {}
    package.parse("xl/_rels/workbook.xml.rels", lambda _, attributes: _note_relation(attributes, relations))
    sheets: list[ListedSheet] = []
    date_1904 = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal date_1904
        if name == "workbookPr":
            date_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}
        elif name == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            if key not in relations:
                raise Refused("file_damaged")
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(ListedSheet(attributes["name"], relations[key].kind, relations[key].part, hidden))

    package.parse("xl/workbook.xml", start)
    return sheets, date_1904


def _note_relation(attributes: Attributes, relations: dict[str, Relation]) -> None:
    """Record a relation by its id. Reject a relation to a path outside the package as an attack."""
    if "Id" in attributes and attributes.get("TargetMode") != "External":
        target = attributes.get("Target", "").replace("\\", "/")
        part = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        if part.split("/")[0] == "..":
            raise Refused("file_hostile")
        relations[attributes["Id"]] = Relation(attributes.get("Type", "").rpartition("/")[2], part)


def check_prolog(beginning: bytes) -> None:
    """Reject entities, and encodings that could hide them, as an attack."""
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in beginning[:200] or b"<!DOCTYPE" in beginning:
        raise Refused("file_hostile")


def parser(start: Callable[[str, Attributes], None]) -> expat.XMLParserType:
    """Create an XML parser that rejects entities and removes namespace prefixes."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    made.StartDoctypeDeclHandler = _refuse_doctype
    return made


def _refuse_doctype(*_: object) -> None:
    raise Refused("file_hostile")
