"""What a cell of XML means: a sum of its text, or its number. Two readers that saw the same cells have the same sums.

A text is known by its checksum without the characters that readers treat in different ways, as spaces.
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
"""The days from the beginning of Excel's ordinary calendar to that of the older Macs."""
DAY = dt.timedelta(days=1)
HALF_A_MILLISECOND = 1e-8
"""In days, and a little more."""
_SPREAD = 2_654_435_761
LAST_DAY = 2_958_466
"""The number of the day after the last of the year 9999."""

Meaning = tuple[int, float]
"""The checksum of a text and a number, of which one is 0."""


def of_text(text: str) -> Meaning:
    if not text.isprintable() or " " in text or "_x" in text:
        text = "".join(_UNSEEN.sub("", text).split())
    return crc32(text.encode("utf-8", "replace")), 0.0


def of_texts(texts: Sequence[str]) -> list[int]:
    """The checksums of many texts; where none of them has anything to be left out, without a look at each."""
    together = "".join(texts)
    if together.isprintable() and " " not in together and "_x" not in together:
        return [crc32(text.encode()) for text in texts]
    return [of_text(text)[0] for text in texts]


def of_truth(text: str) -> Meaning:
    return crc32(b"\x01" if text in {"1", "true"} else b"\x02"), 0.0


def of_number(text: str) -> Meaning:
    """A number from its text; one that is none, or not finite, counts as text."""
    number = float(text) if _NUMBER.fullmatch(text) else float("nan")
    if number - number == 0:
        return of_finite(number)
    if number == number:
        return of_text("inf" if number > 0 else "-inf")
    return of_text(_NO_NUMBERS.get(text.lower().lstrip("+"), text))


def of_finite(number: float) -> Meaning:
    """A whole number, or a day, by a checksum of its own; any other number, which readers round, by itself."""
    whole = round(number)
    if abs(number - whole) < HALF_A_MILLISECOND:
        return (whole * _SPREAD + 1) % 2**32, 0.0
    return 0, number


def of_iso(text: str) -> Meaning:
    """A day, or a time, as strict workbooks write them."""
    try:
        if ":" in text and "-" not in text:
            return of_finite(serial(dt.time.fromisoformat(text)))
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return of_text(text)
    return of_text(text) if moment.tzinfo else of_finite(serial(moment))


def serial(value: dt.date | dt.time | dt.timedelta) -> float:
    """The number by which a workbook holds a day, a time or a duration."""
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
    """The text with the characters for which a workbook writes ``_x000D_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
