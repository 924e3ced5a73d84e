"""Number formats that display another number than the cell's value: percentages, multiples, other digits, a sign."""

import operator
import re
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|(General)|(.)', re.IGNORECASE | re.DOTALL)
"""Quoted and escaped text, spacing, currencies, colours and conditions, the General format, and single characters."""
_NOT_PARTED = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]', re.DOTALL)
"""Text in which a semicolon does not end a section."""
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
"""Placeholders of a digit and of the decimal point in a section of a number format."""
_SCALED = re.compile(r"0,+(?:\.|$)")
"""Commas after the digits. Each one hides three digits."""
_SHARE = re.compile(r"[%‰]|\b(?:pct|pro[cs]ent\w*|per ?cent\w*|promille?)\b", re.IGNORECASE)
_MULTIPLE = re.compile(
    r"\b(?:tusind(?:er?)?|tusen|tuhat\w*|tuhansia|thousands?|mio|mrd|mia|milli\w*|miljon\w*|miljoon\w*|tus|timer|hours"
    r"|timmar|tuntia)\b",
    re.IGNORECASE,
)
_DIGIT_BEFORE, _DIGIT_BEHIND = re.compile(r"\d[ .,'\xa0]*$"), re.compile(r"[ .,'\xa0/]*\d")
_DASH = r"[-\N{MINUS SIGN}\N{EN DASH}]"
_SIGN_BEFORE = re.compile(rf"{_DASH}$|^\W*{_DASH}\W*$|[<>\N{{LESS-THAN OR EQUAL TO}}\N{{GREATER-THAN OR EQUAL TO}}] ?$")
"""A minus sign, or a sign that turns the number into a bound."""
_SIGN_BEHIND = re.compile(rf"\s?{_DASH}\W*$")
_PERCENTAGE = re.compile(r"[#0?.,]*[#0?](?: |\\ )?%")
"""A section that displays nothing but a number and a percent sign."""
_WHOLE = re.compile("\0+(?:[ .,'\xa0]\0{3})*|[\0 \xa0]+")
"""Digits without a separator that indicates decimals, a fraction or a date."""


class _Section(NamedTuple):
    """A section of a format: its condition, and whether it changes the displayed number, above 0 and for 0."""

    condition: tuple[str, float] | None
    changes: bool
    changes_zero: bool


def may_show_other_number(format_code: str) -> bool:
    """Return whether a number format displays some number from 0 as another one."""
    return any(section.changes or section.changes_zero for section in _sections(format_code))


def shows_other_number(format_code: str, text: str) -> bool:
    """Return whether a number format displays this number as another one; False below 0, which is not a count."""
    try:
        number = float(text)
    except ValueError:
        return False
    if number < 0:
        return False
    section = _section_of(_sections(format_code), number)
    return section.changes if number else section.changes_zero


def shows_percentage(format_code: str) -> bool:
    """Return whether a number format displays numbers above 0 as percentages, and nothing beside them."""
    return _PERCENTAGE.fullmatch(parted(format_code)[0].strip()) is not None


def _section_of(sections: tuple[_Section, ...], number: float) -> _Section:
    """Return the section for a number from 0: the first one by its condition, or otherwise by its position."""
    if not any(section.condition for section in sections):
        return sections[2] if number == 0 and len(sections) > 2 else sections[0]
    for place, (condition, *_) in enumerate(sections):
        is_for_negative = condition is None and place == 1 and len(sections) > 2
        if not is_for_negative and (condition is None or _COMPARED[condition[0]](number, condition[1])):
            return sections[place]
    return sections[-1]


@cache
def _sections(format_code: str) -> tuple[_Section, ...]:
    """Return the sections for numbers, at most three. The fourth is for texts."""
    return tuple(map(_section, parted(format_code)[:3]))


def parted(format_code: str) -> list[str]:
    """Split a number format into sections. Semicolons in its texts become commas."""
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
    if _DIGIT not in shown:  # The number is not displayed. A 0 is often displayed as a dash or as nothing.
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
    """Return whether text between the digits changes the number. Fractions and powers of ten do not."""
    whole, _, decimals = digits.partition(_POINT)
    if "/" in digits or "E" in digits.upper():
        return False
    return _WHOLE.fullmatch(whole) is None or bool(decimals.strip(f"{_DIGIT} "))
