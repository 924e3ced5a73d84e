"""Degrees of certainty that a text is an identity number, and the degree of digits without separators."""

from enum import IntEnum

from analysis.text.check_digits import is_date, is_norwegian, is_swedish


class Strength(IntEnum):
    """Degree of certainty that a text is an identity number."""

    NONE = 0
    DECIMAL = 1
    """A single number: a date, then four decimals; or an amount. The other such numbers of the column decide."""
    TIMESTAMP = 2
    """A date, followed by digits that can be a time of day."""
    GROUPED = 3
    """Starts with a date or has valid check digits, but in other groups: 1 in 20 grouped numbers do so by chance."""
    CHECKED = 4
    """Only digits, with valid Norwegian or Swedish check digits: 1 in some hundred numbers has them by chance."""
    BARE = 5
    """Only digits, starting with a date: a production unit, an area code or a telephone number can look the same."""
    PROBABLE = 6
    """Written in the usual notation, but maybe a date of the export years and a time of day; or in two columns."""
    CERTAIN = 7
    """Written in the usual notation of an identity number, or labelled as one."""


FIRST_YEAR_OF_EXPORTS = 2010
"""First year in which programs exported data.

Before it, a date of eight digits plus four digits of a time is an identity number. After it, this can be the timestamp
of an export.
"""
FEWEST_DIGITS = 9
"""Number of digits of an identity number without its first zero."""


def of_digits(digits: str, *, lost_zero: bool = True) -> Strength:
    """Grade digits without separators. With ``lost_zero`` the first zero may be missing."""
    if len(digits) == FEWEST_DIGITS and lost_zero and not digits.startswith("0"):
        return of_digits(f"0{digits}", lost_zero=False)
    if len(digits) == 10 and is_date(digits[:6]):
        return Strength.BARE
    swedish = (len(digits) == 10 and is_swedish(digits)) or (
        len(digits) == 12 and digits[:2] in {"18", "19", "20"} and is_swedish(digits[2:])
    )
    norwegian = len(digits) == 11 or (len(digits) == 10 and lost_zero and not digits.startswith("0"))
    return Strength.CHECKED if swedish or (norwegian and is_norwegian(digits.zfill(11))) else Strength.NONE


def is_stamp(date: str, rest: str) -> bool:
    """Return whether a date with a two-digit year is in the export years and the rest is a time of day."""
    return "10" <= date[4:] < "40" and rest[:2] < "24" and rest[2:] < "60"
