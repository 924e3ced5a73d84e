"""Which number formats show another number than the cell holds: a share of it, a multiple, other digits, a sign."""

import operator
import re
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|(General)|(.)', re.IGNORECASE | re.DOTALL)
"""Quoted and escaped text, spacing, currencies, colours and conditions, the plain format, and single signs."""
_NOT_PARTED = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]', re.DOTALL)
"""Where a semicolon does not end a section."""
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "<>": operator.ne,
    ">=": operator.ge,
    ">": operator.gt,
}
_DIGIT, _POINT = "\0", "\1"
"""The placeholders of a digit and of the decimal point in a section of a number format."""
_SCALED = re.compile(r"0,+(?:\.|$)")
"""Commas behind the digits, each of which hides three of them."""
_SHARE = re.compile(r"[%‰]|\b(?:pct|pro[cs]ent\w*|per ?cent\w*|promille?)\b", re.IGNORECASE)
_MULTIPLE = re.compile(
    r"\b(?:tusind(?:er?)?|tusen|tuhat\w*|tuhansia|thousands?|mio|mrd|mia|milli\w*|miljon\w*|miljoon\w*)\b",
    re.IGNORECASE,
)
_DIGIT_BEFORE, _DIGIT_BEHIND = re.compile(r"\d[ .,'\xa0]*$"), re.compile(r"[ .,'\xa0]*\d")
_DASH = r"[-\N{MINUS SIGN}\N{EN DASH}]"
_SIGN_BEFORE = re.compile(rf"{_DASH}$|^\W*{_DASH}\W*$|[<>\N{{LESS-THAN OR EQUAL TO}}\N{{GREATER-THAN OR EQUAL TO}}] ?$")
"""A minus, or a sign that makes a bound of the number."""
_SIGN_BEHIND = re.compile(rf"\s?{_DASH}\W*$")
_WHOLE = re.compile("\0+(?:[ .,'\xa0]\0{3})*|[\0 \xa0]+")
"""Digits with nothing between them that reads as decimals, a fraction or a day."""


class _Section(NamedTuple):
    """For which numbers a section of a format is, and whether it shows them as others: those above 0, and 0 itself."""

    condition: tuple[str, float] | None
    changes: bool
    changes_zero: bool


def may_show_other_number(format_code: str) -> bool:
    """Whether a number format shows some number from 0 up as another one."""
    return any(section.changes or section.changes_zero for section in _sections(format_code))


def shows_other_number(format_code: str, text: str) -> bool:
    """Whether a number format shows this number as another one. A number below 0 is no count, however it is shown."""
    try:
        number = float(text)
    except ValueError:
        return False
    if number < 0:
        return False
    section = _section_of(_sections(format_code), number)
    return section.changes if number else section.changes_zero


def _section_of(sections: tuple[_Section, ...], number: float) -> _Section:
    """The section that shows a number from 0 up: the first for it by its condition, or else by its place."""
    if not any(section.condition for section in sections):
        return sections[2] if number == 0 and len(sections) > 2 else sections[0]
    for place, (condition, *_) in enumerate(sections):
        is_for_negative = condition is None and place == 1 and len(sections) > 2
        if not is_for_negative and (condition is None or _COMPARED[condition[0]](number, condition[1])):
            return sections[place]
    return sections[-1]


@cache
def _sections(format_code: str) -> tuple[_Section, ...]:
    """The sections for numbers: three at most, the fourth is for texts."""
    return tuple(map(_section, parted(format_code)[:3]))


def parted(format_code: str) -> list[str]:
    """The sections of a number format; semicolons in its texts become commas."""
    return _NOT_PARTED.sub(lambda match: match[0].replace(";", ","), format_code).split(";")


def _section(code: str) -> _Section:
    condition = (match[1], float(match[2])) if (match := _CONDITION.search(code)) else None
    signs, shown = "", ""
    for quoted, escaped, currency, general, sign in _TOKEN.findall(code):
        if general or (sign and sign in "0#?@"):
            signs, shown = f"{signs}0", shown + _DIGIT
        elif sign == ".":
            signs, shown = f"{signs}.", shown + _POINT
        elif sign == ",":
            signs += ","
        else:
            shown += quoted + escaped + currency + sign
    if _DIGIT not in shown:  # The number is not shown at all; 0 often is a dash, or left out.
        return _Section(condition, changes=True, changes_zero=any(sign.isdecimal() for sign in shown))
    first, last = shown.index(_DIGIT), shown.rindex(_DIGIT) + 1
    before, digits, behind = shown[:first], shown[first:last], shown[last:].lstrip(_POINT)
    beside = f"{before} {behind}"
    share = _SHARE.search(beside) or _DIGIT_BEFORE.search(before) or _DIGIT_BEHIND.match(behind)
    sign_beside = _SIGN_BEFORE.search(before) or _SIGN_BEHIND.match(behind)
    in_brackets = before.endswith("(") and behind.startswith(")")
    multiple = _SCALED.search(signs) or _MULTIPLE.search(beside)
    changes = share or sign_beside or in_brackets or multiple or _is_parted(digits)
    return _Section(condition, changes=bool(changes), changes_zero=bool(share))


def _is_parted(digits: str) -> bool:
    """Whether something between the digits makes another number of them; a fraction or a power of ten does not."""
    whole, _, decimals = digits.partition(_POINT)
    if "/" in digits or "E" in digits.upper():
        return False
    return _WHOLE.fullmatch(whole) is None or bool(decimals.strip(f"{_DIGIT} "))
