"""The values of every sheet, read by python-calamine or as text, a column at a time.

The distinct values of each column go into the answer as text, each with its kind; which of them stands in which row
goes to a file a sheet. Dates are written as 2015-03-12, whole numbers without a decimal point.
"""

import datetime as dt
import itertools
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from analysis.intake.reader.child import Refused, run
from analysis.intake.reader.kinds import kind
from analysis.intake.reader.text import text_rows

ROWS_AT_A_TIME = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_values(source: Path, folder: Path, bounds: dict[str, int]) -> dict[str, Any]:
    """The sheets with their columns' distinct values, kinds and rows."""
    found = kind(source)
    sheets = [("", iter(text_rows(source, bounds)), True)] if found == "text" else _sheets(source, bounds)
    answer = []
    rows_before = 0
    for number, (name, rows, plain) in enumerate(sheets):
        path = folder / f"{number}.codes"
        columns, height = _write(rows, path, folder, rows_before)
        rows_before += height
        values = [list(map(_text, column)) for column in columns]
        kinds = ["".join("u" if plain else _KINDS[type(value)] for value in column) for column in columns]
        answer.append({"name": name, "file": path.name, "values": values, "kinds": kinds, "rows": height})
    return {"kind": found, "sheets": answer}


def _sheets(source: Path, bounds: dict[str, int]) -> Iterator[tuple[str, Iterator[Sequence[Any]], bool]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(source))
        names = workbook.sheet_names
        if len(names) > bounds["sheets"]:
            raise Refused("too_many_sheets", limit=bounds["sheets"])
        for name in names:
            sheet = workbook.get_sheet_by_name(name)
            if sheet.width > bounds["columns"]:
                raise Refused("too_many_columns", limit=bounds["columns"])
            if sheet.height > bounds["rows"]:
                raise Refused("too_many_rows", limit=bounds["rows"])
            yield name, _from_column_a(sheet.iter_rows(), (sheet.start or (0, 0))[1]), False
    except CalamineError as error:
        raise Refused("file_damaged") from error


def _from_column_a(rows: Iterator[list[Any]], before: int) -> Iterator[Sequence[Any]]:
    """The rows with the empty columns that stand before the first filled one."""
    empty = [""] * before
    return (empty + row for row in rows) if before else rows


class Column(dict[Any, int]):
    """The distinct values of a column, each with its number, in the order in which they come."""

    def codes(self, values: Sequence[Any]) -> "array[int]":
        """The number of each value; new ones get the next."""
        for value in dict.fromkeys(values):
            if value not in self:
                self[value] = len(self)
        return array("i", map(self.__getitem__, values))


def _write(rows: Iterator[Sequence[Any]], path: Path, folder: Path, rows_before: int) -> tuple[list[Column], int]:
    """Write the numbers of the values, some rows at a time and in each a column after the other; tell how far it is."""
    columns: list[Column] = []
    height = 0
    with path.open("wb") as file:
        while some := list(itertools.islice(rows, ROWS_AT_A_TIME)):
            if not columns:
                columns = [Column() for _ in some[0]]
            for column, values in zip(columns, zip(*some, strict=True), strict=True):
                column.codes(values).tofile(file)
            height += len(some)
            (folder / "progress").write_text(str(rows_before + height))
    return columns, height


def _text(value: Any) -> str:
    text = _TEXT[type(value)](value)
    if text.isascii() and text.isprintable():
        return text
    return _CONTROL.sub(" ", text)


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

_KINDS = {str: "t", int: "n", float: "n", bool: "b", dt.datetime: "d", dt.date: "d", dt.time: "d", dt.timedelta: "d"}
"""Whether a workbook holds text, a number, a truth value or a date; ``u`` in a text file, which does not say."""

if __name__ == "__main__":
    run("values", read_values)
