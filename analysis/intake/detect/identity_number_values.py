"""How sure it is that the values of a column are identity numbers."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.intake.sheets import NUMBERS, TextColumn
from analysis.text.identity_numbers import (
    FEWEST_COMPARED,
    are_by_chance,
    has_nine_digits,
    is_bare_replacement,
    may_be_disguised,
    strength,
)
from analysis.text.month_names import with_months_in_digits
from analysis.text.number_search import may_hold_identity_number
from analysis.text.strength import Strength

LEAST_SHARE = 0.5
FEWEST_DECIMALS = 2
"""A single number with a date and four decimals may be an amount: its column is left out."""
LEAST_DISGUISED = 0.2
"""Below this share, ids with as many digits look like identity numbers by chance."""
STAMP = (
    r"^(?:\d{4}-\d\d-\d\d|\d\d[-./]\d\d[-./]\d{4})[ T]\d\d(?::\d\d|[:.]\d\d[:.]\d\d(?:\.\d+)?)Z?$"
    r"|^(?:20[1-9]\d-\d\d-\d\d|\d\d[-./]\d\d[-./]20[1-9]\d)[ T]\d\d\.\d\d$"
)
"""A date and a time of day, which needs no further check. A time with a point must be in the export years."""
WHOLE_STAMP = re.compile(
    r"\D*(?:20[1-9]\d[01]\d[0-3]\d|[0-3]?\d\W[01]?\d\W(?:20[1-9]|[1-3])\d)[\W_]{0,3}[0-2]\d[0-5]\d\D*"
)
"""A date and a time of day, in digits only, in the export years."""
_DECIMAL = re.compile(r"\W*\d+(?:[.,'] ?\d+| \d{3})+\W*")


def likely_codes(columns: Sequence[TextColumn]) -> list[np.ndarray]:
    """Return, for each column, the codes of the values that may be identity numbers."""
    values = pa.array([value for column in columns for value in column.values], pa.string())
    likely = pc.and_not(may_hold_identity_number(values), pc.match_substring_regex(values, STAMP))
    ends = np.cumsum([len(column.values) for column in columns], dtype=int)
    parts = np.split(likely.to_numpy(zero_copy_only=False), ends)
    return [np.flatnonzero(part) for part in parts[: len(columns)]]


def strengths_of(column: TextColumn, likely: np.ndarray, *, strict: bool) -> dict[int, Strength]:
    """Return the certainty of apparent identity numbers by code. ``strict`` is for ids of persons."""
    found: dict[int, Strength] = {}
    stamps: dict[int, Strength] = {}
    decimals: dict[int, Strength] = {}
    codes = [code for code in likely.tolist() if column.kind(code) != "d"]
    for code in codes:
        seen = strength(column.values[code], is_number=column.kind(code) in NUMBERS + "u")
        if seen >= Strength.GROUPED:
            found[code] = seen
        elif seen is Strength.TIMESTAMP:
            stamps[code] = Strength.CERTAIN if strict else Strength.BARE
        elif seen is Strength.DECIMAL:
            decimals[code] = seen
    if stamps and (strict or not _are_stamps(column)):
        found |= stamps
    if decimals and not found and len(decimals) >= LEAST_SHARE * sum(map(_is_decimal, column.values)):
        found = decimals if len(decimals) < FEWEST_DECIMALS else dict.fromkeys(decimals, Strength.BARE)
    if strict and max(found.values(), default=Strength.NONE) <= Strength.GROUPED:
        found = _disguised(column, codes)
    return {} if found and are_by_chance(found.values(), column.values) else found


def _is_decimal(text: str) -> bool:
    return _DECIMAL.fullmatch(text) is not None


def _are_stamps(column: TextColumn) -> bool:
    """Return whether most of the long values are dates with a time of day."""
    long = [text for text in column.values if has_nine_digits(text)]
    return sum(WHOLE_STAMP.fullmatch(with_months_in_digits(text)) is not None for text in long) >= LEAST_SHARE * len(
        long
    )


def _disguised(column: TextColumn, codes: list[int]) -> dict[int, Strength]:
    """Return the ids whose digits alone form an identity number, unless so few do that it is by chance."""
    disguised = [code for code in codes if may_be_disguised(column.values[code])]
    few = len(codes) >= FEWEST_COMPARED and len(disguised) < LEAST_DISGUISED * len(codes)
    return {} if few else {code: _of_disguised(column.values[code]) for code in disguised}


def _of_disguised(text: str) -> Strength:
    return Strength.BARE if is_bare_replacement(text) else Strength.CERTAIN
