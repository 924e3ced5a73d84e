"""Find identity numbers that two columns share: a date of birth, then the four digits after it."""

import itertools
import re
from collections.abc import Iterator, Sequence

import numpy as np

from analysis.intake.sheets import TextColumn
from analysis.text.check_digits import is_date
from analysis.text.labels import REST
from analysis.text.strength import Strength

_NAMES_BIRTHS = re.compile(r".*(?:fødsel|foedsel|født|foedt|birth|\bdob\b|född|födel|syntym).*")
_NAMES_REST = re.compile(rf".*(?:{REST}|kontrol|tarkist).*")
_NAMES_OTHERS = re.compile(r".*(?:kode|code|kod\b|koodi|post|kommune|kunta|\bzip|år\b|year|tid|time|kl\b).*")
_SIX_DIGITS, _FOUR_DIGITS = re.compile(r"\d{5,6}", re.ASCII), re.compile(r"\d{4}", re.ASCII)
_LEAST_OF_FOUR = 0.8
"""Share of the numbers that still have four digits where their first zeros are lost."""


def rests_of_split_numbers(
    columns: Sequence[TextColumn], headers: Sequence[str], first_row: int
) -> dict[int, dict[int, Strength]]:
    """Return the codes of the four digits that follow a date in the column before, by position of their column.

    Parameters
    ----------
    columns : columns of the sheet.
    headers : normalised headers of all columns.
    first_row : first row below the headers, counted from 0.
    """
    found = {}
    for position, (dates, rest) in enumerate(itertools.pairwise(columns), 1):
        if any(map(_FOUR_DIGITS.fullmatch, rest.values)):
            header = headers[position]
            codes = _filled(rest, first_row)
            texts = [rest.values[code] for code in codes]
            is_rest = _has_rests(texts) if _NAMES_REST.fullmatch(header) else _are_rests(header, texts)
            if is_rest and _has_dates(dates, headers[position - 1], first_row):
                found[position] = dict.fromkeys(codes, Strength.PROBABLE)
    return found


def _filled(column: TextColumn, first_row: int) -> list[int]:
    """Return the codes of the values from this row on."""
    return [code for code in np.unique(column.codes[first_row:]).tolist() if column.values[code].strip()]


def _has_rests(texts: Sequence[str]) -> bool:
    """Return whether these can be the four digits, some without their first zeros. They are not if all are years."""
    if all("1990" <= text < "2030" for text in texts):
        return False
    whole = sum(_FOUR_DIGITS.fullmatch(text) is not None for text in texts)
    return whole >= _LEAST_OF_FOUR * len(texts) and all(text.isdecimal() and len(text) <= 4 for text in texts)


def _are_rests(header: str, texts: Sequence[str]) -> bool:
    """Return whether these are the four digits although no header says so: some begin with 0, and not all are times."""
    if _NAMES_OTHERS.fullmatch(header) or not all(map(_FOUR_DIGITS.fullmatch, texts)):
        return False
    are_times = all(text[:2] < "24" and text[2:] < "60" for text in texts)
    return not are_times and any(text.startswith("0") for text in texts)


def _has_dates(column: TextColumn, header: str, first_row: int) -> bool:
    """Return whether every value is a date in six digits; or in any notation, if the header names births."""
    texts = [column.values[code] for code in _filled(column, first_row)]
    named = _NAMES_BIRTHS.fullmatch(header) is not None
    return bool(texts) and all(any(map(is_date, _as_six_digits(text, in_full=named))) for text in texts)


def _as_six_digits(text: str, *, in_full: bool) -> Iterator[str]:
    """Yield the possible days, months and years of a date in six digits; or, ``in_full``, also in other notations."""
    if _SIX_DIGITS.fullmatch(text):
        yield text.zfill(6)
    elif in_full:
        digits = re.sub(r"\D", "", text[:10])
        if len(digits) == 6:
            yield digits
        elif len(digits) == 8:
            yield from (digits[:4] + digits[6:], digits[6:] + digits[4:6] + digits[2:4])
