"""Text that a file of Office may hold."""

import re

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """The text without the characters that XML, and so a file of Office, may not hold."""
    return _ILLEGAL.sub("", text)
