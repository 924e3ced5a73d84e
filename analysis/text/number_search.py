"""Fast pre-filter for a column: find the texts with enough digits for an identity number."""

import functools

import pyarrow as pa
import pyarrow.compute as pc

_ENOUGH_DIGITS = (
    r"(?:\pN\PN*){9}",
    r"(?:^|\PN)\pN\PN+\pN\PN+(?:\pN\PN*){6}",
    r"\pN\PN*\pL\pL\PN*(?:\pN\PN*){6}",
    r"\pN{6}\PN?\pN?\pL\pL\pN",
)
"""Nine digits of any script; eight if day and month have one digit each; seven if the month is in letters; letters
among the last four digits.

These are four patterns, because the regex engine takes fifty times as long for one pattern with alternatives.
"""


def may_hold_identity_number(texts: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Return for each text whether ``strength`` needs to check it. False for null.

    Each call and each chunk compiles the patterns, which takes as long as searching tens of thousands of texts:
    join small columns.
    """
    found = [pc.match_substring_regex(texts, pattern) for pattern in _ENOUGH_DIGITS]
    return pc.fill_null(functools.reduce(pc.or_, found), False)
