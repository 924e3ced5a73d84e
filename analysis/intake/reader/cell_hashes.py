"""Meaning of an XML cell: a checksum of its text, or its number. Two readers of the same cells get the same sums.

The checksum ignores characters that readers treat differently, such as spaces.
"""

import datetime as dt
import re
from collections.abc import Sequence
from zlib import crc32

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd-\uffff]|_x[dD][89A-Fa-f][0-9A-Fa-f]{2}_")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_NUMBERS = {"nan": "nan", "inf": "inf", "infinity": "inf", "-inf": "-inf", "-infinity": "-inf"}
DAY_ZERO = dt.datetime(1899, 12, 30)
MARCH_1900 = dt.datetime(1900, 3, 1)
FROM_1904 = 1462
"""Days between the start of Excel's normal calendar and that of older Macs."""
DAY = dt.timedelta(days=1)
HALF_A_MILLISECOND = 1e-8
"""Slightly more than half a millisecond, in days."""
_SPREAD = 2_654_435_761
LAST_DAY = 2_958_466
"""Serial number of the day after 31 December 9999."""

Meaning = tuple[int, float]
"""The checksum of a text and a number. One of the two is 0."""


def of_text(text: str) -> Meaning:
    if not text.isprintable() or " " in text or "_x" in text:
        text = "".join(_UNSEEN.sub("", text).split())
    return crc32(text.encode("utf-8", "replace")), 0.0


def of_texts(texts: Sequence[str]) -> list[int]:
    """Return the checksums of many texts. If no text has characters to ignore, skip the check of each text."""
    together = "".join(texts)
    if together.isprintable() and " " not in together and "_x" not in together:
        return [crc32(text.encode()) for text in texts]
    return [of_text(text)[0] for text in texts]


def of_truth(text: str) -> Meaning:
    return crc32(b"\x01" if text in {"1", "true"} else b"\x02"), 0.0


def of_number(text: str) -> Meaning:
    """Return a number from its text. Invalid or non-finite numbers count as text."""
    number = float(text) if _NUMBER.fullmatch(text) else float("nan")
    if number - number == 0:
        return of_finite(number)
    if number == number:
        return of_text("inf" if number > 0 else "-inf")
    return of_text(_NO_NUMBERS.get(text.lower().lstrip("+"), text))


def of_finite(number: float) -> Meaning:
    """Return a checksum of a whole number or date. Return any other number itself, because readers round it."""
    whole = round(number)
    if abs(number - whole) < HALF_A_MILLISECOND:
        return (whole * _SPREAD + 1) % 2**32, 0.0
    return 0, number


def of_iso(text: str) -> Meaning:
    """Return the meaning of an ISO date or time, as used in strict workbooks."""
    try:
        if ":" in text and "-" not in text:
            return of_finite(serial(dt.time.fromisoformat(text)))
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return of_text(text)
    return of_text(text) if moment.tzinfo else of_finite(serial(moment))


def serial(value: dt.date | dt.time | dt.timedelta) -> float:
    """Return the serial number of a date, a time or a duration."""
    if isinstance(value, dt.timedelta):
        return value / DAY
    if isinstance(value, dt.time):
        return (
            dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond)
            / DAY
        )
    moment = value if isinstance(value, dt.datetime) else dt.datetime(value.year, value.month, value.day)
    return (moment - DAY_ZERO) / DAY - (moment < MARCH_1900)


def decoded(text: str) -> str:
    """Decode escapes such as ``_x000D_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
