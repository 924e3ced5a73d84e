"""One check: its severity, its message and its remedy."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    """Blocks storing until it is corrected."""
    WARNING = "warning"
    """Does not block storing, but should be reviewed."""
    NOTE = "note"
    """For information only."""


@dataclass(frozen=True)
class Check:
    """Severity and texts of a check. The texts are English and are translated when displayed.

    ``by_hand`` is the remedy for a user who matches the columns by hand, where it differs.
    """

    severity: Severity
    message: str
    remedy: str
    by_hand: str = ""


def N_(message: str) -> str:
    """Mark a text for translation. It is translated when displayed."""
    return message


def error(message: str, remedy: str, by_hand: str = "") -> Check:
    return Check(Severity.ERROR, message, remedy, by_hand)


def warning(message: str, remedy: str, by_hand: str = "") -> Check:
    return Check(Severity.WARNING, message, remedy, by_hand)


def note(message: str, remedy: str, by_hand: str = "") -> Check:
    return Check(Severity.NOTE, message, remedy, by_hand)
