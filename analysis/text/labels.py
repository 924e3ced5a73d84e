"""Numbers that the text labels: as identity numbers, or as something else."""

import re
from collections.abc import Iterator

from analysis.text.check_digits import is_date
from analysis.text.strength import Strength, is_stamp, of_digits
from analysis.text.units import UNIT, UNITS

NAMES = r"cpr|person ?-?n|personal ?id|fødselsn|foedselsn|födelsen|fnr|henkilö|hetu|kennit|ssn"
"""Prefixes of the names of identity numbers."""
NAME_BEFORE = re.compile(rf"(?:{NAMES})\D{{0,24}}$", re.IGNORECASE)
NAMED = re.compile(rf"(?:{NAMES}|fødsels|foedsels)\D{{0,24}}(\d{{9,12}})(?!\d)", re.IGNORECASE)
_WITHIN = r"(?: ?[-/_] ?|\. ?|[ ,:])?"
_RUN_CALLED_ONE = re.compile(
    rf"(?:{NAMES})(?:(?!tlf|tel|mobil|puh)\D){{0,24}}?(?<!\d)(\d(?:{_WITHIN}\d){{8,9}})(?!{_WITHIN}\d)", re.IGNORECASE
)
_PARTS = r"(?<!\d)(\d\d[ ./-]?\d\d[ ./-]?(?:18|19|20)?\d\d)"
_PARTS_CALLED_ONE = re.compile(rf"(?:{NAMES})\D{{0,24}}{_PARTS}(?!{UNITS})\D{{1,12}}(\d{{4}})(?!\d)", re.IGNORECASE)
_NAME_BETWEEN_PARTS = re.compile(
    rf"{_PARTS}[\W_]{{0,4}}(?:{NAMES})[^\W\d_]{{0,12}}[\W_]{{0,4}}(\d{{4}})(?!\d)", re.IGNORECASE
)
_CALLED_OTHERWISE = re.compile(
    r"(?<![^\W_])(?:(?-i:P)(?= 10[0-3]\d{7}(?!\d))|p[-. ]?(?:nr|nummer|number|enhed)|cvr(?:[- ]?(?:nr|nummer))?"
    r"|ean(?:[- ]?(?:nr|nummer|lokationsnummer))?|se-(?:nr|nummer)"
    r"|(?:tlf|tel|telefon|mobil|puh|puhelin)(?:[-. ]?(?:nr|nummer|no|numero))?)[.:]{0,2} ?"
    r"(?!\d{6}\D{1,3}\d{4})\+?\d(?:[ .]?\d|(?<=\d\d\d)-\d(?!\d{3}(?!\d))){7,13}(?![ -]?\d)",
    re.IGNORECASE,
)
"""A number that the text labels as something else and that does not have the notation of an identity number."""
CALLED_ONE = re.compile(NAMES, re.IGNORECASE)


def without_others(text: str) -> str:
    """Replace the numbers that the text labels as something else."""
    return _CALLED_OTHERWISE.sub(" til ", text)


def called_one(text: str) -> Iterator[Strength]:
    """Yield numbers that the text labels as identity numbers, for any grouping and any separators."""
    for found in _RUN_CALLED_ONE.finditer(text):
        if of_digits(re.sub(r"\D", "", found[1])) and not UNIT.match(text, found.end()):
            yield Strength.CERTAIN
    for pattern in (_PARTS_CALLED_ONE, _NAME_BETWEEN_PARTS):
        for found in pattern.finditer(text):
            date, rest = re.sub(r"\D", "", found[1]), found[2]
            six = date[:4] + date[-2:]
            if is_date(six, also_days_from=60) and not is_stamp(six, rest) and not UNIT.match(text, found.end()):
                yield Strength.CERTAIN
