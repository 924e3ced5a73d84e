"""Compare the values that the two readers found, and report the places where they differ."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from analysis.intake.findings.findings import Finding
from analysis.intake.reader.cell_hashes import FROM_1904, Meaning, of_finite, of_number, of_texts, of_truth
from analysis.intake.reader.cells import column_number
from analysis.intake.reader.digest import Digest, differing
from analysis.intake.sheets import DATES, NUMBERS, RawSheet, letters


def disagreements(folder: Path, scan: dict[str, Any], values: dict[str, Any], sheets: list[RawSheet]) -> list[Finding]:
    """Report where the scan of a workbook found other values than the reader. Empty for other kinds of files."""
    if "sheets" not in scan:
        return []
    if [one["name"] for one in scan["sheets"]] != [sheet.name for sheet in sheets]:
        return [Finding("readers_disagree")]
    found: list[Finding] = []
    for scanned, entry, sheet in zip(scan["sheets"], values["sheets"], sheets, strict=True):
        seen = Digest.load(folder / scanned["digest"])
        found += _of_sheet(sheet, scanned["impossible"], seen, _digest(sheet, entry["days"]))
    return found


def _of_sheet(sheet: RawSheet, impossible: list[tuple[str, int, str]], seen: Digest, read: Digest) -> Iterator[Finding]:
    """Yield one finding for each column that differs. Skip rows and columns with impossible dates."""
    apart = [row - 1 for _, row, _ in impossible], [column_number(place) - 1 for place, *_ in impossible]
    rows, columns = differing(seen, read, rows=apart[0], columns=apart[1])
    where = tuple(row + 1 for row in rows)
    if where and not columns:
        yield Finding("readers_disagree", sheet.name, where)
    for column in columns:
        yield Finding("readers_disagree", sheet.name, where, letters(column), letters=letters(column))


def _digest(sheet: RawSheet, days: list[list[tuple[int, float]]]) -> Digest:
    digest = Digest()
    for position, column in enumerate(sheet.columns):
        texts, numbers = _meanings(column.values, column.kinds, days[position], FROM_1904 * column.date_1904)
        digest.add_column(position, texts[column.codes], numbers[column.codes])
    return digest


def _meanings(
    values: list[str], kinds: str, days: list[tuple[int, float]], from_1904: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the meaning of each distinct value of a column; ``days`` has the numbers of dates, times and durations."""
    texts, numbers = np.zeros(len(values)), np.zeros(len(values))
    if kinds.count("t") == len(kinds):
        return np.array(of_texts(values), dtype=float), numbers
    words = [code for code, kind in enumerate(kinds) if kind == "t"]
    texts[words] = of_texts([values[code] for code in words])
    by_text = {values[code]: day - from_1904 * (values[code][4:5] == "-") for code, day in days}
    for code, kind in enumerate(kinds):
        if kind in NUMBERS + "b":
            texts[code], numbers[code] = _number_or_truth(values[code], kind)
        elif kind in DATES:
            texts[code], numbers[code] = of_finite(by_text[values[code]])
    return texts, numbers


def _number_or_truth(value: str, kind: str) -> Meaning:
    return of_truth(value) if kind == "b" else of_number(value)
