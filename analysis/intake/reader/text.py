"""Text files: their encoding and their delimiter are found, and every line becomes a row."""

import csv
import io
import re
from pathlib import Path

from analysis.intake.reader.child import Refused
from analysis.intake.reader.kinds import HEAD, encoding_of_wide_text

DELIMITERS = ";,\t|"
LINES_LOOKED_AT = 50


def text_rows(path: Path, bounds: dict[str, int]) -> list[list[str]]:
    """The rows of a text file, all of one length. Raises ``Refused`` where it cannot be split into rows."""
    text = _decoded(path.read_bytes())
    delimiter, text = _delimiter(text)
    csv.field_size_limit(2**20)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > bounds["rows"]:
                raise Refused("too_many_rows", limit=bounds["rows"])
    except csv.Error as error:
        raise Refused("file_damaged") from error
    width = max(map(len, rows), default=0)
    if width > bounds["columns"]:
        raise Refused("too_many_columns", limit=bounds["columns"])
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def _decoded(content: bytes) -> str:
    if wide := encoding_of_wide_text(content[:HEAD]):
        return content.decode(wide, errors="replace").removeprefix("\ufeff")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter that splits the first lines most evenly, and the text without Excel's line that names it."""
    if named := re.match(r"sep=(.)\r?\n", text):
        return named[1], text[named.end() :]
    lines = [line for line in text[: 2**16].splitlines()[:LINES_LOOKED_AT] if line.strip()]

    def evenness(delimiter: str) -> tuple[int, int]:
        """In how many lines it stands the most common number of times, and that number."""
        found = [line.count(delimiter) for line in lines]
        most = max((number for number in found if number), key=found.count, default=0)
        return (found.count(most) if most else 0), most

    return max(DELIMITERS, key=evenness), text
