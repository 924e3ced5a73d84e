"""Read one file in a process of its own: a small workbook can abort whatever process parses it.

Run as a script by ``reading.py``: ``worker.py INPUT OUTPUT_FOLDER LIMITS``. What was found goes to
``manifest.json``, the distinct values of each column among it; which of them stands in which row goes to a file a
sheet. Values are written as text in one way: dates as 2015-03-12, whole numbers without a decimal point.
"""

import csv
import datetime as dt
import io
import json
import re
import sys
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_FILES = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"{\\rtf": "RTF"}
ERROR_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]+)(\d+)"[^>]*?\bt="e"[^>]*>.*?<v>([^<]*)</v>', re.DOTALL)
FAR_COLUMN = re.compile(rb'<c r="([A-Z]{3})\d')


class Refused(Exception):
    """The file cannot be read; ``check`` names the finding and ``values`` fill in its message."""

    def __init__(self, check: str, **values: object) -> None:
        super().__init__(check)
        self.check = check
        self.values = values


def main(source: str, folder: str, limits: str) -> None:
    bounds = json.loads(limits)
    _limit_memory(bounds["memory_bytes"])
    manifest: dict[str, Any] = {"sheets": []}
    try:
        for number, (name, columns, errors) in enumerate(_sheets(Path(source).read_bytes(), bounds)):
            path = Path(folder) / f"{number}.codes"
            values, rows = _write_columns(columns, path)
            manifest["sheets"].append(
                {"name": name, "file": path.name, "values": values, "rows": rows, "errors": errors}
            )
    except Refused as refusal:
        manifest = {"refused": refusal.check, "values": refusal.values}
    (Path(folder) / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the time-out outside still holds.
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sheets(content: bytes, bounds: dict[str, int]) -> Iterable[tuple[str, Iterable[Sequence[Any]], list[list[str]]]]:
    """Each sheet's name, its columns of values, and its error cells as [column letters, row, error]."""
    if not content.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise Refused("file_empty")
    if content.startswith(OLE_HEADER):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise Refused("file_encrypted" if encrypted else "file_old_excel")
    if content.startswith(b"PK"):
        yield from _workbook_sheets(content, bounds)
        return
    for start, kind in OTHER_FILES.items():
        if content.startswith(start):
            raise Refused("file_not_spreadsheet", kind=kind)
    if content[:512].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise Refused("file_not_spreadsheet", kind="HTML/XML")
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("file_not_spreadsheet", kind="?")
    yield from _text_sheet(content)


def _workbook_sheets(
    content: bytes, bounds: dict[str, int]
) -> Iterable[tuple[str, Iterable[Sequence[Any]], list[list[str]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    errors = _scan_package(content, bounds)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            yield name, zip(*rows, strict=True), errors.get(name, [])
    except CalamineError as error:
        raise Refused("file_damaged") from error


def _scan_package(content: bytes, bounds: dict[str, int]) -> dict[str, list[list[str]]]:
    """Look through the zip for what the reader would choke on or hide; return the error cells of each sheet."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
        entries = package.infolist()
        if sum(entry.file_size for entry in entries) > bounds["unpacked_bytes"] or len(entries) > bounds["entries"]:
            raise Refused("file_too_large", limit=bounds["unpacked_bytes"] // 2**20)
        if "xl/workbook.xml" not in package.namelist():
            raise Refused("file_not_spreadsheet", kind="ZIP")
        found = {}
        for name, part in _sheet_parts(package).items():
            xml = package.read(part)
            _refuse_far_cell(xml, bounds["cells"])
            if b't="e"' in xml:
                found[name] = [[piece.decode() for piece in match.groups()] for match in ERROR_CELL.finditer(xml)]
        return found
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, EOFError, ValueError) as error:
        raise Refused("file_damaged") from error


def _sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The part of the package that holds each sheet, by the sheet's name."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    }
    workbook = ElementTree.fromstring(package.read("xl/workbook.xml"))
    parts = {}
    for sheet in (element for element in workbook.iter() if element.tag.endswith("}sheet")):
        identity = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        target = targets.get(identity, "")
        if "worksheets/" in target:
            parts[sheet.attrib["name"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _refuse_far_cell(xml: bytes, most_cells: int) -> None:
    """A reader makes room for every cell up to the last one, so a lone far cell can exhaust the memory."""
    last_row = re.search(rb'r="(\d+)"', xml[max(xml.rfind(b"<row"), 0) :][:200])
    far_column = FAR_COLUMN.search(xml)
    width = sum((byte - 64) * 26**power for power, byte in enumerate(reversed(far_column[1]))) if far_column else 100
    if last_row and int(last_row[1]) * width > most_cells:
        raise Refused("file_far_cell", row=int(last_row[1]))


def _text_sheet(content: bytes) -> Iterable[tuple[str, Iterable[Sequence[Any]], list[list[str]]]]:
    text = _decoded(content)
    first_line = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first_line.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error as error:
        raise Refused("file_damaged") from error
    width = max(map(len, rows), default=0)
    if any(len(row) != width for row in rows):
        rows = [row + [""] * (width - len(row)) for row in rows]
    yield "", zip(*rows, strict=True), []


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _write_columns(columns: Iterable[Sequence[Any]], path: Path) -> tuple[list[list[str]], int]:
    """Write which distinct value stands in each row, column after column, as 32-bit numbers; return the values."""
    texts = []
    rows = 0
    with path.open("wb") as file:
        for column in columns:
            values, codes = _encode(column)
            codes.tofile(file)
            texts.append(values)
            rows = len(codes)
    return texts, rows


def _encode(column: Sequence[Any]) -> tuple[list[str], "array[int]"]:
    """The distinct values as text, and for each row the number of its value."""
    if bool in set(map(type, column)):  # True and 1 are equal, and not the same.
        column = [_text(value) for value in column]
    numbers = {value: number for number, value in enumerate(dict.fromkeys(column))}
    return [_text(value) for value in numbers], array("i", map(numbers.__getitem__, column))


def _text(value: Any) -> str:
    text = _TEXT[type(value)](value)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _number_text(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _moment_text(moment: dt.datetime) -> str:
    midnight = not (moment.hour or moment.minute or moment.second)
    return moment.date().isoformat() if midnight else moment.isoformat(" ", "seconds")


_TEXT: dict[type, Callable[[Any], str]] = {
    str: str,
    int: str,
    bool: lambda value: "true" if value else "false",
    float: _number_text,
    dt.datetime: _moment_text,
    dt.date: dt.date.isoformat,
    dt.time: dt.time.isoformat,
    dt.timedelta: str,
}

if __name__ == "__main__":
    main(*sys.argv[1:])
