"""Headers of sessions that have a number and no date: “1. gang”, “Session 2”."""

import re

from analysis.intake.layout.heading import Heading
from analysis.intake.layout.register_columns import FEWEST_DAYS

_WORDS = (
    r"(?:gang|møde|mødegang|session|lektion|træning|undervisning|samling|tilfælde|tillfälle|träff|kerta|tapaaminen"
    r"|meeting)"
)
_SESSION = re.compile(rf"(\d{{1,2}})\.? ?{_WORDS}|{_WORDS} ?(?:nr\.? ?)?(\d{{1,2}})")


def numbered_sessions(heading: Heading) -> list[int]:
    """Return the columns of sessions that have a number, in the order of the numbers; none if they are too few."""
    found = {at: match for at, text in enumerate(heading.normalised) if (match := _SESSION.fullmatch(text))}
    numbers = {at: int(match[1] or match[2]) for at, match in found.items()}
    return sorted(numbers, key=numbers.__getitem__) if len(numbers) >= FEWEST_DAYS else []
