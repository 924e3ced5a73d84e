"""Counts, however a person or a program writes them."""

import re
from dataclasses import dataclass

MOST = 10**9
IMPLAUSIBLE = 100_000
LONGEST = 400
"""A longer text is no number: the largest that a workbook holds has 309 digits."""

_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+")
_WHOLE_DECIMALS = re.compile(r"(\d+)[.,]0+")
_WITH_UNIT = re.compile(
    r"(\d+) ?(?:stk|pers|personer|borgere|deltagere|citizens|persons|people|innbyggere|deltakere|invånare|deltagare"
    r"|asukasta|henkilöä|osallistujaa|kpl)\.?",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"[-+\N{MINUS SIGN}]?\d+(?:[.,]\d+)?(?:e[-+]?\d+)?|[-+]?(?:inf(?:inity)?|nan)", re.IGNORECASE)
_HELD_BACK = re.compile(
    r"[<\N{LESS-THAN OR EQUAL TO}] ?\d+|\*+|\.\.+|\N{HORIZONTAL ELLIPSIS}|[1-4] ?[-\N{EN DASH}] ?[2-9]"
)


class NotANumber(ValueError):
    """The text is no number."""


class NotACount(ValueError):
    """The number is negative, not whole, or not finite."""


def is_held_back(text: str) -> bool:
    """Whether the text stands for a number that the source holds back, as <5 and * do."""
    return _HELD_BACK.fullmatch(text) is not None


@dataclass(frozen=True)
class Count:
    """A count, and whether it was written in another way than as plain digits."""

    number: int
    rewritten: bool = False


def count(text: str, kind: str) -> Count:
    """A count from the text of a cell and its kind. Raises ``NotACount`` or ``NotANumber``."""
    if len(text) > LONGEST:
        raise NotANumber(text)
    if text.isdecimal() and int(text) <= MOST:
        return Count(int(text))
    if kind != "n":
        if _GROUPED.fullmatch(text):
            return Count(int(re.sub(r"\D", "", text)), rewritten=True)
        if match := _WHOLE_DECIMALS.fullmatch(text) or _WITH_UNIT.fullmatch(text):
            return Count(int(match[1]), rewritten=True)
    if _FRACTION.fullmatch(text):
        raise NotACount(text)
    raise NotANumber(text)
