"""Copy a text file with pseudonyms in place of CPR numbers. Encoding, delimiter, quotes and line ends stay."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analysis.intake.pseudonyms.changes import YEAR_HEADER, ChangedSheet
from analysis.intake.reader.file_type import HEAD, encoding_of_wide_text
from analysis.intake.reader.text_file import split_off_delimiter

BYTE_ORDER_MARK = "\ufeff"
ONE_BYTE = "latin-1"


class NotCopied(Exception):
    """The lines of the file cannot be taken apart and put together again."""


class Field(NamedTuple):
    """A field: its position in the text, with quotation marks, and its value."""

    start: int
    end: int
    value: str


def text_copy(content: bytes, changed: ChangedSheet, *, with_years: bool = False) -> bytes:
    """Return the file with the changes. Raises ``NotCopied``."""
    encoding, whole = _decoded(content)
    delimiter, text = split_off_delimiter(whole.removeprefix(BYTE_ORDER_MARK))
    rows = list(_fields(text, delimiter))
    pieces = [whole[: len(whole) - len(text)]]
    at = 0
    for field, new in _new_texts(rows, changed, delimiter, text, with_years=with_years):
        if encoding == ONE_BYTE:
            new = new.encode("cp1252", "replace").decode(ONE_BYTE)
        pieces += [text[at : field.start], new]
        at = field.end
    return "".join([*pieces, text[at:]]).encode(encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    """Return an encoding that changes no byte when the text is encoded again, and the text.

    Bytes that are not UTF-8 are read as Latin-1: delimiters, quotation marks and digits are the same in every encoding.
    """
    for encoding in (_wide(content) or "utf-8", ONE_BYTE):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == content:
            return encoding, text
    raise NotCopied


def _wide(content: bytes) -> str | None:
    if content.startswith(b"\xff\xfe"):
        return "utf-16-le"
    return "utf-16-be" if content.startswith(b"\xfe\xff") else encoding_of_wide_text(content[:HEAD])


def _fields(text: str, delimiter: str) -> Iterator[list[Field]]:
    """Yield the fields of each row. Raises ``NotCopied`` if the reader of uploads divides the text otherwise."""
    stop = rf"[^{re.escape(delimiter)}\r\n]*"
    pattern = re.compile(rf'(?:"((?:[^"]|"")*)"({stop})|({stop}))({re.escape(delimiter)}|\r\n|\r|\n|\Z)')
    at = 0
    csv.field_size_limit(2**20)
    for expected in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        row: list[Field] = []
        end = delimiter
        while end == delimiter:
            found = pattern.match(text, at)
            if found is None:
                raise NotCopied
            quoted, after, plain, end = found.groups()
            value = plain if quoted is None else quoted.replace('""', '"') + after
            row.append(Field(found.start(), found.start(4), value))
            at = found.end()
        if [field.value for field in row] != (expected or [""]):
            raise NotCopied
        yield row


def _new_texts(
    rows: Sequence[list[Field]], changed: ChangedSheet, delimiter: str, text: str, *, with_years: bool
) -> Iterator[tuple[Field, str]]:
    """Yield each changed field and its new text, in the order of the file."""
    columns = sorted(changed.columns, key=lambda column: column.position)
    for number, row in enumerate(rows):
        for column in columns:
            if column.position >= len(row):
                continue
            field = row[column.position]
            old = text[field.start : field.end]
            new = _quoted(column.cells[number], old, delimiter) if number in column.cells else old
            if with_years and column.years:
                header = YEAR_HEADER if number == column.first_row - 1 else ""
                new += f"{delimiter}{column.years.get(number, header)}"
            if new != old:
                yield field, new


def _quoted(value: str, old: str, delimiter: str) -> str:
    """Write a value in quotation marks where the old one had them, or where it needs them."""
    if old.startswith('"') or any(map(value.__contains__, (delimiter, '"', "\r", "\n"))):
        return '"' + value.replace('"', '""') + '"'
    return value
