"""Read text files: detect the encoding and the delimiter, and split the lines into rows."""

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path

from analysis.intake.reader.child import Refused
from analysis.intake.reader.file_type import HEAD, encoding_of_wide_text

_ONE_BYTE = "as_cp1252"


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Decode bytes that are not valid UTF-8 as Windows-1252, also in a file with valid UTF-8 elsewhere."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_ONE_BYTE, _as_cp1252)
DELIMITERS = ";,\t|"
LINES_LOOKED_AT = 50


def text_rows(path: Path, bounds: dict[str, int]) -> list[list[str]]:
    """Return the rows of a text file, all of equal length. Raises ``Refused`` if it cannot be split into rows."""
    text = _decoded(path.read_bytes())
    if "\x00" in text:
        raise Refused("file_nul_bytes")
    delimiter, text = split_off_delimiter(text)
    rows = _split(text, delimiter, bounds)
    width = max(map(len, rows), default=0)
    if width > bounds["columns"]:
        raise Refused("too_many_columns", limit=bounds["columns"])
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def _split(text: str, delimiter: str, bounds: dict[str, int]) -> list[list[str]]:
    csv.field_size_limit(2**20)
    rows: list[list[str]] = []
    of_lines: list[tuple[int, list[str]]] = []
    line = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            rows.append(row)
            if reader.line_num > line + 1:
                of_lines.append((line + 1, row))
            line = reader.line_num
            if len(rows) > bounds["rows"]:
                raise Refused("too_many_rows", limit=bounds["rows"])
    except csv.Error as error:
        raise Refused("quote_not_closed", row=line + 1) if '"' in text else Refused("file_damaged") from error
    if of_lines:
        _check_quotes(of_lines, Counter(map(len, rows)).most_common(1)[0][0], delimiter)
    return rows


def _check_quotes(of_lines: list[tuple[int, list[str]]], width: int, delimiter: str) -> None:
    """Reject multi-line rows in which an unclosed quotation mark includes other cells."""
    for line, row in of_lines:
        for cell in row:
            found = cell.count(delimiter) if "\n" in cell or "\r" in cell else 0
            if found and (found >= width - 1 or len(row) != width):
                raise Refused("quote_not_closed", row=line)


def _decoded(content: bytes) -> str:
    if wide := encoding_of_wide_text(content[:HEAD]):
        return content.decode(wide, errors="replace").removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("utf-8-sig", errors=_ONE_BYTE)


def split_off_delimiter(text: str) -> tuple[str, str]:
    """Return the delimiter that splits the first lines most evenly, and the text without Excel's ``sep=`` line."""
    if named := re.match(r"sep=(.)\r?\n", text):
        return named[1], text[named.end() :]
    lines = [line for line in text[: 2**16].splitlines()[:LINES_LOOKED_AT] if line.strip()]

    def evenness(delimiter: str) -> tuple[int, int]:
        """Return the number of lines with the most common count of the delimiter, and that count."""
        found = [line.count(delimiter) for line in lines]
        most = max((number for number in found if number), key=found.count, default=0)
        return (found.count(most) if most else 0), most

    return max(DELIMITERS, key=evenness), text
