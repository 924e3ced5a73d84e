"""The values of every sheet, read by python-calamine or as text, a column at a time.

The distinct values of each column go into the answer as text, each with its kind; which of them stands in which row
goes to a file a sheet. Dates are written as 2015-03-12, whole numbers without a decimal point.
"""

import datetime as dt
import itertools
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from analysis.intake.reader.cell_hashes import serial
from analysis.intake.reader.child import Refused, run
from analysis.intake.reader.file_type import kind
from analysis.intake.reader.repaired_copy import readable_copy
from analysis.intake.reader.text_file import text_rows

ROWS_AT_A_TIME = 20_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def read_values(source: Path, folder: Path, bounds: dict[str, int]) -> dict[str, Any]:
    """The sheets with their columns' distinct values, kinds and rows.

    Where a workbook holds cells that stop the reader, a copy is read in which those are empty.
    """
    from python_calamine import CalamineError

    found = kind(source)
    if found == "text":
        return {"kind": found, "sheets": _written([("", iter(text_rows(source, bounds)))], folder, plain=True)}
    try:
        return {"kind": found, "sheets": _written(_sheets(source, bounds), folder)}
    except (CalamineError, OverflowError) as error:
        if found == "xlsx":
            return {"kind": found, "sheets": _from_copy(source, folder, bounds)}
        raise Refused("odd_days" if isinstance(error, OverflowError) else _reason(error), kind=f".{found}") from error


def _from_copy(source: Path, folder: Path, bounds: dict[str, int]) -> list[dict[str, Any]]:
    from python_calamine import CalamineError

    try:
        return _written(_sheets(readable_copy(source, folder), bounds), folder)
    except (CalamineError, OverflowError) as error:
        raise Refused(_reason(error)) from error


def _reason(error: Exception) -> str:
    from python_calamine import PasswordError

    return "file_encrypted" if isinstance(error, PasswordError) or "assword" in str(error) else "file_damaged"


def _written(
    sheets: Iterable[tuple[str, Iterator[Sequence[Any]]]], folder: Path, *, plain: bool = False
) -> list[dict[str, Any]]:
    """What goes into the answer of each sheet; its rows go to a file."""
    answer = []
    rows_before = 0
    for number, (name, rows) in enumerate(sheets):
        path = folder / f"{number}.codes"
        columns, height = _write(rows, path, folder, rows_before)
        rows_before += height
        entry = {"name": name, "file": path.name, "rows": height, "values": [_texts(column) for column in columns]}
        entry["kinds"] = ["".join("u" if plain else _KINDS[type(value)] for value in column) for column in columns]
        entry["days"] = [
            [(code, serial(value)) for value, code in column.items() if type(value) in _DAYS] for column in columns
        ]
        answer.append(entry)
    return answer


def _sheets(source: Path, bounds: dict[str, int]) -> Iterator[tuple[str, Iterator[Sequence[Any]]]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    workbook = CalamineWorkbook.from_path(str(source))
    if len(workbook.sheet_names) > bounds["sheets"]:
        raise Refused("too_many_sheets", limit=bounds["sheets"])
    for listed in workbook.sheets_metadata:
        if listed.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(listed.name)
        if sheet.width > bounds["columns"]:
            raise Refused("too_many_columns", limit=bounds["columns"])
        if sheet.height > bounds["rows"]:
            raise Refused("too_many_rows", limit=bounds["rows"])
        yield listed.name, _from_column_a(sheet.iter_rows(), (sheet.start or (0, 0))[1])


def _from_column_a(rows: Iterator[list[Any]], before: int) -> Iterator[Sequence[Any]]:
    """The rows with the empty columns that stand before the first filled one."""
    empty = [""] * before
    return (empty + row for row in rows) if before else rows


class Truth(NamedTuple):
    """A truth value that is no number: Python's own TRUE equals 1."""

    is_true: bool


class Column(dict[Any, int]):
    """The distinct values of a column, each with its number, in the order in which they come."""

    def codes(self, values: Sequence[Any]) -> "array[int]":
        """The number of each value; new ones get the next. A truth value is none of the numbers, which it equals."""
        before = len(self)
        found = array("i", map(self.__getitem__, values))
        if (True in self or False in self) and bool in set(map(type, values)):
            for value in list(self)[before:]:
                del self[value]
            told_apart = [Truth(value) if type(value) is bool else value for value in values]
            found = array("i", map(self.__getitem__, told_apart))
        return found

    def __missing__(self, value: Any) -> int:
        self[value] = number = len(self)
        return number


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


def _texts(column: Column) -> list[str]:
    """The values as text; where all are texts with nothing odd in them, without a look at each."""
    if set(map(type, column)) == {str} and "".join(column).isprintable():
        return list(column)
    return list(map(_text, column))


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
    Truth: lambda value: "true" if value.is_true else "false",
    float: _number_text,
    dt.datetime: _moment_text,
    dt.date: dt.date.isoformat,
    dt.time: dt.time.isoformat,
    dt.timedelta: str,
}

_KINDS = {str: "t", int: "n", float: "n", Truth: "b", dt.datetime: "d", dt.date: "d", dt.time: "d", dt.timedelta: "d"}
"""Whether a workbook holds text, a number, a truth value or a date; ``u`` in a text file, which does not say."""

_DAYS = {dt.datetime, dt.date, dt.time, dt.timedelta}

if __name__ == "__main__":
    run("values", read_values)
