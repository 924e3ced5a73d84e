"""Numbers that the text labels: as identity numbers, or as something else."""

import re
from collections.abc import Iterator

from analysis.text.check_digits import is_date, is_iban
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
REST = (
    r"l(?:ø|oe)be ?n(?:r|um)|løpen(?:r|um)|löpn(?:r|um)|kontroll?(?:ci|si|tal|n)|tarkistusm"
    r"|(?:sidste|siste|sista|last|viimeiset) (?:fire|fyra|four|neljä|4)|(?:fire|4) sidste"
)
"""Words for the four digits after the date."""
_REST_CALLED_SO = re.compile(
    rf"(?:{_PARTS}|(?<!\d)((?:18|19|20)\d\d[./-]\d\d[./-]\d\d))\D{{0,16}}(?:{REST})\D{{0,24}}(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_NUMBER = r"(?:[-. ]?(?:nr|nummer|number|no|numero))?"
_EIGHT = r"\d(?:[ .]?\d){7}"
_PHONE = (
    r"(?:\+|00)(?:45(?:[ .]?\d){8}|(?:4[46-9]|29[89]|35[48])(?:[ .-]?\d){6,9})"
    rf"|0(?:7[02369]|4\d|50)(?:[ .-]?\d){{7}}|{_EIGHT}"
)
"""Numbers with the code of a country, Swedish and Finnish mobile numbers, and Danish and Norwegian ones."""
_CALLED_OTHERWISE = re.compile(
    r"(?<![^\W_])(?:"
    r"(?:(?-i:P)(?= )|p[-. ]?(?:nr|nummer|number|enhed))[.:]{0,2} ?10[0-3]\d(?:[ .]?\d){6}"
    rf"|(?:cvr{_NUMBER}|se-(?:nr|nummer))[.:]{{0,2}} ?(?:DK[- ]?)?{_EIGHT}"
    rf"|ean(?:{_NUMBER}|[- ]?lokationsnummer)[.:]{{0,2}} ?{_EIGHT}(?:(?:[ .]?\d){{5}})?"
    rf"|(?:tlf|tel|telefon|mobil|puh|puhelin){_NUMBER}[.:]{{0,2}} ?(?!\d{{6}}\D{{1,3}}\d{{4}})(?:{_PHONE})"
    r")(?![ .-]?\d)",
    re.IGNORECASE,
)
"""A number that the text labels as something else, and that is as long as such a number."""
_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}\d\d(?: ?\d{4}){2,6}(?: ?\d{1,3})?(?![^\W_])")
CALLED_ONE = re.compile(NAMES, re.IGNORECASE)


def without_others(text: str) -> str:
    """Replace the numbers that the text labels as something else, and the numbers of accounts."""
    return _IBAN.sub(lambda found: " til " if is_iban(found[0]) else found[0], _CALLED_OTHERWISE.sub(" til ", text))


def rest_called_so(text: str) -> Iterator[Strength]:
    """Yield dates with four digits that the text calls the rest of an identity number."""
    if any(_is_date_and_rest(found) for found in _REST_CALLED_SO.finditer(text)):
        yield Strength.BARE


def called_one(text: str) -> Iterator[Strength]:
    """Yield numbers that the text labels as identity numbers, for any grouping and any separators."""
    for found in _RUN_CALLED_ONE.finditer(text):
        if of_digits(re.sub(r"\D", "", found[1])) and not UNIT.match(text, found.end()):
            yield Strength.CERTAIN
    for pattern in (_PARTS_CALLED_ONE, _NAME_BETWEEN_PARTS):
        if any(_is_date_and_rest(found) for found in pattern.finditer(text)):
            yield Strength.CERTAIN


def _is_date_and_rest(found: re.Match[str]) -> bool:
    """Return whether the groups are a date and four digits, neither a time of day nor a quantity."""
    *dates, rest = found.groups()
    date = re.sub(r"\D", "", "".join(filter(None, dates)))
    year_first = len(date) == 8 and found[1] is None
    six = date[6:] + date[4:6] + date[2:4] if year_first else date[:4] + date[-2:]
    is_number = not is_stamp(six, rest) and not UNIT.match(found.string, found.end())
    return is_number and is_date(six, also_days_from=60)
