"""What a file is, told from its bytes and never from its name."""

import zipfile
from pathlib import Path

from analysis.intake.reader.child import Refused

OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_FILES = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"{\\rtf": "RTF"}
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<head", b"<body")
PACKAGES = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods", "word/document.xml": "Word"}
HEAD = 4096


def kind(path: Path) -> str:
    """``xlsx``, ``xlsb``, ``xls``, ``ods`` or ``text``. Raises ``Refused`` for anything else."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise Refused("file_empty")
    if head.startswith(OLE_HEADER):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            raise Refused("file_encrypted")
        return "xls"
    if head.startswith(b"PK"):
        return _package(path)
    for start, name in OTHER_FILES.items():
        if head.startswith(start):
            raise Refused("file_not_spreadsheet", kind=name)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(MARKUP):
        raise Refused("file_not_spreadsheet", kind="HTML/XML")
    if b"\x00" in head and encoding_of_wide_text(head) is None:
        raise Refused("file_not_spreadsheet", kind="?")
    return "text"


def encoding_of_wide_text(head: bytes) -> str | None:
    """The UTF-16 encoding of a text file with two bytes a letter, by its mark or by where its zeros stand."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * len(head) / 2 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * len(head) / 2 and odd == 0 else None


def _package(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Refused("file_damaged") from error
    found = next((name for part, name in PACKAGES.items() if part in names), "ZIP")
    if found in {"Word", "ZIP"}:
        raise Refused("file_not_spreadsheet", kind=found)
    return found
