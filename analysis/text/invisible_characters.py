"""Invisible characters. They make different words look alike, or reverse the direction of the text after them."""

import re

_RANGES = (
    (0x00, 0x08),
    (0x0E, 0x1F),
    (0x7F, 0x84),
    (0x86, 0x9F),
    (0xAD, 0xAD),
    (0x61C, 0x61C),
    (0x180E, 0x180E),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0xFEFF, 0xFEFF),
    (0xFFF9, 0xFFFB),
    (0xE0000, 0xE007F),
)
_UNSEEN = {number: None for first, last in _RANGES for number in range(first, last + 1)}
_ANY_UNSEEN = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _RANGES) + "]")
"""Control characters except white space, soft hyphens, joiners, direction marks, byte order marks and tags."""


def visible(text: str) -> str:
    """Remove invisible characters from the text. White space stays."""
    return text.translate(_UNSEEN) if _ANY_UNSEEN.search(text) else text
