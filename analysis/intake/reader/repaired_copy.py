"""Copy a workbook without the cells that make the reader fail: unknown errors and durations that are too long.

The scan reports those cells. In the copy, they become empty or lose their duration format.
"""

import re
import shutil
import zipfile
from pathlib import Path

from analysis.intake.reader.cell_hashes import LAST_DAY
from analysis.intake.reader.child import Refused
from analysis.intake.reader.package import Package, workbook

_ERROR = re.compile(rb"""(<c\b[^>]*?)\st=["']e["']([^>]*?)(?:/>|>.*?</c>)""", re.DOTALL)
_NUMBER = re.compile(
    rb"""(<c\b[^>]*?)\ss=["']\d+["']([^>/]*>\s*(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)?\s*<v>)([-+\d.eE]+)(?=</v>)"""
)
_LISTED = re.compile(rb"<(?:\w+:)?sheet\b[^>]*/>")


def readable_copy(source: Path, folder: Path) -> Path:
    """Write the copy into the folder."""
    target = folder / "readable.xlsx"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        package = Package(whole)
        sheets, _ = workbook(package)
        worksheets = {sheet.part.lower() for sheet in sheets if sheet.kind == "worksheet"}
        read = [sheet.kind == "worksheet" for sheet in sheets]
        for name, entry in package.entries.items():
            with copy.open(zipfile.ZipInfo(entry.filename), "w", force_zip64=True) as file:
                if name in worksheets:
                    for piece in package.pieces(name):
                        file.write(_readable(piece))
                elif name == "xl/workbook.xml":
                    file.write(_only(read, whole.read(entry)))
                else:
                    with whole.open(entry) as part:
                        shutil.copyfileobj(part, file)
    return target


def _readable(piece: bytes) -> bytes:
    return _NUMBER.sub(_without_style, _ERROR.sub(rb"\1\2/>", piece))


def _without_style(match: "re.Match[bytes]") -> bytes:
    try:
        is_too_long = abs(float(match[3])) >= LAST_DAY
    except ValueError:
        is_too_long = False
    return match[1] + match[2] + match[3] if is_too_long else match[0]


def _only(read: list[bool], book: bytes) -> bytes:
    """Remove the sheets without cells from the workbook. Reject a workbook whose list of sheets is unclear."""
    if len(_LISTED.findall(book)) != len(read):
        raise Refused("file_damaged")
    chosen = iter(read)
    return _LISTED.sub(lambda match: match[0] if next(chosen) else b"", book)
