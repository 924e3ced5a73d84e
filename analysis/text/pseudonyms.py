"""Keyed pseudonyms for identity numbers. The same number gets the same pseudonym in every notation.

A pseudonym is an HMAC of the number. Nobody can compute the number from it. But there are few possible numbers: a
person with the key can compute the pseudonym of each, and compare.
"""

import hashlib
import hmac
import itertools
import re

from analysis.text.check_digits import is_date, is_finnish, is_norwegian, is_swedish
from analysis.text.identity_numbers import holds_identity_number, may_be_disguised, strength
from analysis.text.month_names import with_months_in_digits
from analysis.text.plain_digits import normalised
from analysis.text.strength import Strength
from analysis.text.written_dates import with_two_digits

KEY_BYTES = 32
PREFIX = "b-"
LENGTH = 10
"""Letters and digits of a pseudonym: 50 bits, so that two of 100,000 persons share one in 1 of 200,000 files."""
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Without I, L, O and U, which people confuse with other letters or digits."""
REMOVED = "[CPR]"
"""Text in place of a text from which the number cannot be separated."""

_LABEL = re.compile(r"(?:[\W_]|cpr|personnummer|personnr|person|fødsels|nummer|numre|number|nr|no)+", re.IGNORECASE)
_ZERO_DECIMALS = re.compile(r"[.,]0+[\W_]*$")
_SCIENTIFIC = re.compile(r"(\d(?:[.,]\d+)?)e\+?0*(\d)[\W_]*", re.IGNORECASE)
_TURNED_ROUND = re.compile(r"(?!(?:19|20)\d\d)(\d{4})[ _-]{1,3}(\d{6})")
_WITH_A_WORD = re.compile(r"(\d{6})[A-Z]{1,4}(\d{4})")
_WITH_LETTERS = re.compile(r"\d{6}[A-Z]?\d{3}[0-9A-Z]|\d{6}[0-9A-Z]{4,5}|(?:18|19|20)?\d{6}[A-Z]\d{3}")
_IN_TEXT = (
    re.compile(r"(?<!\d)\d{6}[\W_]{0,3}\d{4}(?!\d)"),
    re.compile(r"(?<!\d)\d{6}[-+ ]?\d{5}(?!\d)|(?<!\d)\d{6} ?[-+a-y]? ?\d{3}[ _-]?[0-9a-y](?![^\W_])", re.IGNORECASE),
    re.compile(r"\d[\d\W_]{3,}\d"),
)
"""Places of a number in a text, the narrowest first. A match counts if it looks like a number on its own."""
_FEWEST_DIGITS, _MOST_DIGITS = 9, 16
_FEWEST_DIGITS_OF_ID = 6
_MOST_ZEROS = 2
"""Zeros at the end that scientific notation leaves out. If more digits are missing, a program has cut them off."""


class LostDigits(ValueError):
    """A number in scientific notation lacks its last digits, so different persons have the same text."""


class SamePseudonym(ValueError):
    """Two numbers have the same pseudonym."""


def identity(text: str) -> str | None:
    """Return the number in the one notation for all; None if the text contains anything else. Raises ``LostDigits``.

    Danish numbers are ten digits: the day first, without the century.
    """
    plain = with_months_in_digits(with_two_digits(normalised(text)))
    if label := _LABEL.match(plain):
        plain = plain[label.end() :]
    if scientific := _SCIENTIFIC.fullmatch(plain):
        return _written_out(scientific[1], int(scientific[2]))
    plain = _ZERO_DECIMALS.sub("", plain)
    if turned := _TURNED_ROUND.fullmatch(plain):
        return turned[2] + turned[1] if is_date(turned[2]) else turned[1] + turned[2]
    signs = re.sub(r"[\W_]", "", plain).upper()
    if signs.isdecimal():
        return _in_order(signs) if _FEWEST_DIGITS <= len(signs) <= _MOST_DIGITS else None
    worded = _WITH_A_WORD.fullmatch(signs)
    if worded and not is_finnish(worded[1], worded[2][:3], worded[2][3]):
        return worded[1] + worded[2]
    return signs if _WITH_LETTERS.fullmatch(signs) else None


def may_be_id(text: str) -> bool:
    """Return whether a value in a column of ids is an id, and not a word such as "unknown"."""
    return sum(map(str.isdecimal, text)) >= _FEWEST_DIGITS_OF_ID or _SCIENTIFIC.fullmatch(text.strip()) is not None


def _written_out(number: str, exponent: int) -> str | None:
    digits = re.sub(r"\D", "", number)
    if exponent < _FEWEST_DIGITS - 1 or len(digits) > exponent + 1:
        return None
    if len(digits) < exponent + 1 - _MOST_ZEROS:
        raise LostDigits
    return _in_order(digits.ljust(exponent + 1, "0"))


def _in_order(digits: str) -> str:
    """Return the digits with a lost first zero, and without added zeros and the century."""
    if len(digits) == 9:
        return f"0{digits}"
    if len(digits) == 12 and digits[4:6] in {"18", "19", "20"} and is_date(digits[:4] + digits[6:8]):
        return digits[:4] + digits[6:]
    if len(digits) == 12 and digits[:2] in {"18", "19", "20"}:
        danish = digits[6:8] + digits[4:6] + digits[2:4]
        return digits[2:] if is_swedish(digits[2:]) or not is_date(danish) else danish + digits[8:]
    if len(digits) == 11 and is_norwegian(digits):
        return digits
    return digits[-10:] if len(digits) > 10 and not digits[:-10].strip("0") else digits


def birth_year(number: str, last: int) -> int | None:
    """Return the year of birth in a Danish number of ten digits: its seventh digit tells the century.

    Parameters
    ----------
    number : number as ``identity`` returns it.
    last : last possible year, this one.
    """
    if not re.fullmatch(r"\d{10}", number) or not is_date(number[:6]):
        return None
    year, seventh = int(number[4:6]), int(number[6])
    if seventh <= 3:
        century = 1900
    elif seventh in {4, 9}:
        century = 2000 if year <= 36 else 1900
    else:
        century = 2000 if year <= 57 else 1800
    return century + year if 1900 <= century + year <= last else None


class Pseudonyms:
    """The pseudonyms of one file.

    Attributes
    ----------
    by_number : pseudonym of each number so far.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._numbers: dict[str, str] = {}
        self.by_number: dict[str, str] = {}

    def of(self, number: str) -> str:
        """Return the pseudonym of a number as ``identity`` returns it. Raises ``SamePseudonym``."""
        if number not in self.by_number:
            pseudonym = self._computed(number)
            if self._numbers.setdefault(pseudonym, number) != number:
                raise SamePseudonym
            self.by_number[number] = pseudonym
        return self.by_number[number]

    def of_cell(self, text: str) -> str:
        """Return the replacement of a cell with an apparent number, or with an id of a person in another form."""
        if number := identity(text):
            return self.of(number)
        replaced = self.in_text(text)
        return self.of(_signs(text)) if replaced in {text, REMOVED} else replaced

    def in_text(self, text: str) -> str:
        """Replace the numbers in a text; replace the whole text if they cannot be separated from it."""
        if not holds_identity_number([text]):
            return text
        if number := identity(text):
            return self.of(number)
        for written in (text, normalised(text)):
            for pattern in _IN_TEXT:
                written = pattern.sub(self._replaced, written)
                if not holds_identity_number([written]):
                    return written
        return REMOVED

    def _replaced(self, found: re.Match[str]) -> str:
        number = identity(found[0]) if strength(found[0]) > Strength.NONE else None
        return self.of(number) if number else found[0]

    def _computed(self, number: str) -> str:
        """Return the first pseudonym of the number that does not look like an identity number itself."""
        for attempt in itertools.count():
            digest = hmac.digest(self._key, f"{attempt} {number}".encode(), hashlib.sha256)
            bits = int.from_bytes(digest)
            pseudonym = PREFIX + "".join(LETTERS[bits >> 5 * place & 31] for place in range(LENGTH))
            if not strength(pseudonym) and not may_be_disguised(pseudonym):
                return pseudonym
        raise AssertionError


def _signs(text: str) -> str:
    """Return the letters and digits of an id that is not an identity number."""
    return re.sub(r"[\W_]", "", normalised(text)).casefold()
