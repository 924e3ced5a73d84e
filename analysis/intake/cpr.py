"""CPR numbers: a file with one is refused, and neither the number nor the file is kept."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.findings import Finding
from analysis.intake.sheets import RawSheet, letters

CPR = (
    r"(^|[^\d.,])(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[-– ]?\d{4}([^\d]|$)"
    r"|^\s*[1-9](0[1-9]|1[0-2])\d{2}-?\d{4}\s*$"
)
"""Day, month, year and four digits, the first zero possibly lost to Excel. Modulus 11 clears nobody since 2007."""


def cpr_in_names(file_name: str, sheets: list[RawSheet]) -> Finding | None:
    """Whether the file or one of its sheets is named by something that looks like a CPR number."""
    return Finding("cpr_in_name") if holds_cpr([file_name, *(sheet.name for sheet in sheets)]) else None


def holds_cpr(texts: Sequence[str]) -> bool:
    """Whether any of the texts has something that looks like a CPR number."""
    return bool(pc.any(pc.match_substring_regex(pa.array(texts, pa.string()), CPR)).as_py())


def cpr_number(sheets: list[RawSheet]) -> Finding | None:
    """The first column with something that looks like a CPR number, never the number itself."""
    for sheet in sheets:
        for position, column in enumerate(sheet.columns):
            found = pc.match_substring_regex(pa.array(column.values, pa.string()), CPR)
            if not pc.any(found).as_py():
                continue
            code = found.index(True).as_py()
            row = int((column.codes == code).argmax())
            return Finding("cpr_number", sheet.name, (row + 1,), letters(position), letters=letters(position))
    return None
