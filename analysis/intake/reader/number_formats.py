"""Which cell styles show a date, which of them only a part of it, and which another number than the cell holds."""

import re

from analysis.intake.reader.shown_numbers import may_show_other_number, parted

BUILT_IN = {"9": "0%", "10": "0.00%", "17": "mmm-yy"}
"""The formats of percentages, and of a month and a year, that a workbook names by number only."""

DATES = frozenset(str(number) for number in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The formats of days, times and durations that a workbook names by number only."""

_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Parts of a format that show no part of the date: quoted text, escapes, spacing, colours and locales."""

_NOT_OF_A_DATE = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""The same, but for the hours, minutes and seconds of durations, which are in brackets."""


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

    def dates(self) -> frozenset[int]:
        """The numbers of the cell styles that show a day, a time or a duration."""
        used = set(self._of_cells)
        shown = {code for code in used if is_date(self._formats.get(code, ""))} | (used & DATES - self._formats.keys())
        return frozenset(number for number, code in enumerate(self._of_cells) if code in shown)

    def shown(self) -> dict[str, str]:
        """By the number of a cell style, what it shows of a date; styles that show all of it are left out."""
        parts = {code: date_part(self._formats.get(code, "")) for code in set(self._of_cells)}
        return {str(number): parts[code] for number, code in enumerate(self._of_cells) if parts[code]}

    def other_numbers(self) -> dict[int, str]:
        """By the number of a cell style, its format where that shows some numbers as others."""
        formats = {code: self._formats.get(code, "") for code in set(self._of_cells)}
        other = {
            code for code, shown in formats.items() if shown and not is_date(shown) and may_show_other_number(shown)
        }
        return {number: formats[code] for number, code in enumerate(self._of_cells) if code in other}


def date_part(format_code: str) -> str:
    """What a number format shows of a date: y a year, m a month and a year, empty anything else."""
    shown = set(_NOT_SHOWN.sub("", parted(format_code)[0]).lower()) & set("yåmdhse")
    if shown in ({"y"}, {"å"}):
        return "y"
    return "m" if shown in ({"y", "m"}, {"å", "m"}) else ""


def is_date(format_code: str) -> bool:
    """Whether a number format shows a number as a day, a time or a duration, as [h]:mm does."""
    first = parted(format_code)[0].replace("General", "")
    return re.search("[dmyhs]", _NOT_OF_A_DATE.sub("", first), re.IGNORECASE) is not None
