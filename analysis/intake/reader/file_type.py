"""Detect the type of a file from its bytes, never from its name."""

import itertools
import re
import struct
import zipfile
import zlib
from pathlib import Path

from analysis.intake.reader.child import Refused

OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_FILES = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"{\\rtf": "RTF"}
OLD_FILES = {
    "EncryptedPackage": None,
    "WordDocument": "Word",
    "PowerPoint Document": "PowerPoint",
    "__substg1.0_": "Outlook",
}
"""Streams of old Office files that are not workbooks; None means encrypted."""
_BEGIN = re.compile(rb"\x09\x08[\x08\x10]\x00\x00[\x05\x06]")
"""First bytes of the records of a workbook or a sheet."""
FILE_PASS, FIRST_RECORDS, MOST_BEGINS = 0x2F, 4, 100
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body")
PACKAGES = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods", "word/document.xml": "Word"}
MANIFEST, LARGEST_MANIFEST = "META-INF/manifest.xml", 2**20
HEAD = 4096


def kind(path: Path) -> str:
    """Return ``xlsx``, ``xlsb``, ``xls``, ``ods`` or ``text``. Raises ``Refused`` for any other file."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise Refused("file_nul_bytes" if head.startswith(b"\x00") else "file_empty")
    if head.startswith(OLE_HEADER):
        return _container(path.read_bytes())
    if head.startswith(b"PK"):
        return _package(path)
    for start, name in OTHER_FILES.items():
        if head.startswith(start):
            raise Refused("file_not_spreadsheet", kind=name)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(MARKUP):
        raise Refused("file_not_spreadsheet", kind="HTML/XML")
    if b"\x00" in head and encoding_of_wide_text(head) is None:
        raise Refused("file_nul_bytes") if _is_text(head) else Refused("file_not_spreadsheet", kind="?")
    return "text"


def _container(content: bytes) -> str:
    """Return ``xls`` for an old workbook. Raises ``Refused`` for other files in this container format."""
    for stream, name in OLD_FILES.items():
        if stream.encode("utf-16-le") in content:
            raise Refused("file_encrypted") if name is None else Refused("file_not_spreadsheet", kind=name)
    if any(_is_locked(content, begin.start()) for begin in itertools.islice(_BEGIN.finditer(content), MOST_BEGINS)):
        raise Refused("file_encrypted")
    return "xls"


def _is_locked(content: bytes, place: int) -> bool:
    """Return whether one of the first records of an old workbook marks the rest as encrypted."""
    for _ in range(FIRST_RECORDS):
        if place + 4 > len(content):
            return False
        kind, length = struct.unpack_from("<HH", content, place)
        if kind == FILE_PASS:
            return True
        place += 4 + length
    return False


def _is_text(head: bytes) -> bool:
    """Return whether the bytes are text, ignoring NUL bytes."""
    return sum(byte in b"\t\r\n" or byte >= 0x20 for byte in head if byte) >= 0.99 * len(head.replace(b"\x00", b""))


def encoding_of_wide_text(head: bytes) -> str | None:
    """Return the UTF-16 encoding of a text file, by its byte order mark or the positions of NUL bytes, or None."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    many, few = 0.4 * len(head) / 2, 0.02 * len(head) / 2
    if odd > many and even <= few:
        return "utf-16-le"
    return "utf-16-be" if even > many and odd <= few else None


def _package(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = {name.replace("\\", "/").lower() for name in package.namelist()}
            is_encrypted = "encrypted-package" in names or _is_encrypted(package)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise Refused("file_damaged") from error
    if is_encrypted:
        raise Refused("file_encrypted")
    found = next((name for part, name in PACKAGES.items() if part in names), "ZIP")
    if found in {"Word", "ZIP"}:
        raise Refused("file_not_spreadsheet", kind=found)
    return found


def _is_encrypted(package: zipfile.ZipFile) -> bool:
    """Return whether the manifest of an OpenDocument file marks parts as encrypted."""
    if MANIFEST not in package.namelist() or package.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        return False
    return b"encryption-data" in package.read(MANIFEST)
