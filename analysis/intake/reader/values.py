"""Read the values of every sheet, with python-calamine or as text, by column.

The result has the distinct values of each column as text, with their kinds. The codes of the rows are written to one
file per sheet. Dates have the form 2015-03-12, and whole numbers have no decimal point.
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
    """Return the sheets with distinct values, kinds and number of rows.

    If a workbook has cells that make the reader fail, read a copy in which they are empty.
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
    """Return the result for each sheet, and write the codes of its rows to a file."""
    answer = []
    rows_before = 0
    for number, (name, rows) in enumerate(sheets):
        path = folder / f"{number}.codes"
        columns, height = _write(rows, path, folder, rows_before)
        rows_before += height
        entry = {"name": name, "file": path.name, "rows": height, "values": [_texts(column) for column in columns]}
        entry["kinds"] = ["u" * len(column) if plain else _kinds(column) for column in columns]
        entry["days"] = list(map(_days, columns))
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
    """Add the empty columns before the first filled one to the rows."""
    empty = [""] * before
    return (empty + row for row in rows) if before else rows


class Truth(NamedTuple):
    """A boolean that is not equal to a number. In Python, True equals 1."""

    is_true: bool


class Column(dict[Any, int]):
    """The distinct values of a column and their codes, in order of appearance."""

    def codes(self, values: Sequence[Any]) -> "array[int]":
        """Return the code of each value; new values get the next code. A boolean and an equal number differ."""
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
    """Write the codes in blocks of rows, column by column, and the progress. Return the columns and the row count."""
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


def _kinds(column: Column) -> str:
    return "".join(map(_KINDS.__getitem__, map(type, column)))


def _days(column: Column) -> list[tuple[int, float]]:
    """Return the codes and numbers of dates, times and durations."""
    if _DAYS.isdisjoint(map(type, column)):
        return []
    return [(code, serial(value)) for value, code in column.items() if type(value) in _DAYS]


def _texts(column: Column) -> list[str]:
    """Return the values as text. If all are plain strings, skip the conversion of each value."""
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
"""Letter of each type: text, number, boolean or date. Values of a text file have ``u``, for unknown."""

_DAYS = {dt.datetime, dt.date, dt.time, dt.timedelta}


WORK = read_values

if __name__ == "__main__":
    run("values", WORK)
