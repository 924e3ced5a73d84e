"""Labels of rows in an attendance register that sum up the sessions, or tell something of them."""

import re

from analysis.intake.lexicon.total_words import PART
from analysis.intake.tables import normalised

_SUM = re.compile(
    r"(?:antal|antall|number of|lukumäärä) .+|fremmødte|frammøtte|närvarande|deltagere|deltakere|deltagare|present"
    r"|(?:afholdt|avholdt|gennemført|gjennomført|holdt|held|genomför[dt]a?|pidetty)\??|dato|date|datum|päivä"
    r"|(?:fravær(?:ende)?|frånvar(?:o|ande)|afbud|absen(?:t|ce)|poissa(?:olot?)?)(?: i alt| totalt?)?"
)
"""Labels of a row that sums up the sessions, or says when or that they were held."""


def is_of_sessions(text: str) -> bool:
    """Return whether a label is about the sessions, and can be no name."""
    return _SUM.fullmatch(normalised(text)) is not None


def is_sum(text: str) -> bool:
    """Return whether a label says that its row sums up the sessions."""
    word = normalised(text)
    return PART.fullmatch(word) is not None or is_of_sessions(text)
