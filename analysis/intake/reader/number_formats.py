"""Cell styles that display a date, a part of a date, or a number that differs from the cell's value."""

import re

from analysis.intake.reader.shown_numbers import may_show_other_number, parted
from analysis.intake.sheets import DATE_SHOWN_OTHERWISE

BUILT_IN = {"9": "0%", "10": "0.00%", "17": "mmm-yy"}
"""Built-in formats, identified only by number, of percentages and of month with year."""

DATES = frozenset(str(number) for number in (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""Built-in formats, identified only by number, of dates, times and durations."""

_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Parts of a format that display no part of the date: quoted text, escapes, spacing, colours and locales."""

_NOT_OF_A_DATE = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""The same, except hours, minutes and seconds of durations, which are in brackets."""


_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_YEAR_LETTERS = re.compile("[yå]+")


class Styles:
    """The cell styles of a workbook, from the start tags of its styles part."""

    def __init__(self) -> None:
        self._formats = dict(BUILT_IN)
        self._of_cells: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Process one start tag."""
        if name == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name in {"cellXfs", "cellStyleXfs"}:
            self._inside = name == "cellXfs"
        elif name == "xf" and self._inside:
            self._of_cells.append(attributes.get("numFmtId", ""))

    def dates(self) -> frozenset[int]:
        """Return the style numbers that display a date, a time or a duration."""
        used = set(self._of_cells)
        shown = {code for code in used if is_date(self._formats.get(code, ""))} | (used & DATES - self._formats.keys())
        return frozenset(number for number, code in enumerate(self._of_cells) if code in shown)

    def shown(self) -> dict[str, str]:
        """Return the displayed part of a date by style number, for styles that display only a part."""
        parts = {code: date_part(self._formats.get(code, "")) for code in set(self._of_cells)}
        return {str(number): parts[code] for number, code in enumerate(self._of_cells) if parts[code]}

    def other_numbers(self) -> dict[int, str]:
        """Return the format by style number, for formats that display some numbers as others."""
        formats = {code: self._formats.get(code, "") for code in set(self._of_cells)}
        other = {
            code for code, shown in formats.items() if shown and not is_date(shown) and may_show_other_number(shown)
        }
        return {number: formats[code] for number, code in enumerate(self._of_cells) if code in other}


def date_part(format_code: str) -> str:
    """Return the displayed part of a date: y a year, m month and year, q something else; otherwise empty."""
    first = parted(format_code)[0]
    letters = _NOT_SHOWN.sub("", first).lower()
    own_digits = any(re.search(r"\d", quoted + escaped) for quoted, escaped in _LITERAL.findall(first))
    if is_date(format_code) and (own_digits or len(_YEAR_LETTERS.findall(letters)) > 1):
        return DATE_SHOWN_OTHERWISE
    shown = set(letters) & set("yåmdhse")
    if shown in ({"y"}, {"å"}):
        return "y"
    return "m" if shown in ({"y", "m"}, {"å", "m"}) else ""


def is_date(format_code: str) -> bool:
    """Return whether a number format displays a date, a time or a duration, such as [h]:mm."""
    first = parted(format_code)[0].replace("General", "")
    return re.search("[dmyhs]", _NOT_OF_A_DATE.sub("", first), re.IGNORECASE) is not None
