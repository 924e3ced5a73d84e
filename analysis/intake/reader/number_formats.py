"""Which cell styles show a date in part: a year, or a month and a year."""

import re

BUILT_IN = {"17": "mmm-yy"}
"""The formats of a month and a year that a workbook names by number only."""

_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Parts of a format that show no part of the date: quoted text, escapes, spacing, colours and locales."""


class Styles:
    """The cell styles of a workbook, read from the start tags of its part for styles."""

    def __init__(self) -> None:
        self._formats = dict(BUILT_IN)
        self._of_cells: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take in one start tag."""
        if name == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in {"cellXfs", "cellStyleXfs"}:
            self._inside = name == "cellXfs"
        elif name == "xf" and self._inside:
            self._of_cells.append(attributes.get("numFmtId", ""))

    def shown(self) -> dict[str, str]:
        """By the number of a cell style, what it shows of a date; styles that show all of it are left out."""
        found = {str(number): part(self._formats.get(code, "")) for number, code in enumerate(self._of_cells)}
        return {number: what for number, what in found.items() if what}


def part(format_code: str) -> str:
    """What a number format shows of a date: y a year, m a month and a year, empty anything else."""
    shown = set(_NOT_SHOWN.sub("", format_code.partition(";")[0]).lower()) & set("yåmdhse")
    if shown in ({"y"}, {"å"}):
        return "y"
    return "m" if shown in ({"y", "m"}, {"å", "m"}) else ""
