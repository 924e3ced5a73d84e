"""Text that is valid in an Office file."""

import re

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legal(text: str) -> str:
    """Remove the characters that XML, and therefore an Office file, does not allow."""
    return _ILLEGAL.sub("", text)
