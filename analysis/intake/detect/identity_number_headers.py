"""What headers say about identity numbers: that a column holds them, or numbers of another kind."""

import re
from collections.abc import Iterable

from analysis.intake.contract import KINDS
from analysis.intake.layout.heading import Heading
from analysis.intake.tables import normalised
from analysis.model.registry import derived

LONGEST_HEADER = 80
MOST_WORDS = 6
"""A longer text above a column is a sentence about identity numbers, such as guidance."""
NAMES_PERSONS = re.compile(
    r".*(?:cpr|personn|person n|person ?id|fødsel|foedsel|födel|\bfnr\b|hetu\b|henkilö|kennit|samordning|\bssn\b"
    r"|social security|identity n|borger ?n|patient ?n).*"
)
_NAMES_NUMBER_OF_PERSONS = re.compile(
    r".*(?:cpr|person(?:al)? ?-?(?:nr|nummer|numre|number|no\b|id\b|identi)|fødselsn(?:r|um)|foedselsn(?:r|um)"
    r"|födelsen(?:r|um)|\bfnr\b|\bhetu\b|henkilötun|henkilönum|kennital|samordningsn|\bssn\b|social security"
    r"|national id).*"
)
"""Headers of columns that contain only identity numbers, in any notation."""
NAMES_TELEPHONES = re.compile(r".*(?:tlf|telefon|mobil|phone|puhelin|\bgsm\b|sími).*")
NAMES_CASES = re.compile(
    r".*(?:\bsag|\bcase|journal|\bj\.? ?n(?:r|o|um)|\bdok\b|\bdokn|\bdokument|\bdocument|\bdoc\b|esdh|faktura|invoice"
    r"|lasku|konto|account|\bordre|\border|bilag|\bärende|\bsak|diarie|\bd\.?n(?:r|o)\b|diaari|\basian|\basiakirja).*"
)
"""Headers of numbers that consist of a date, a dash and a serial number."""
NAMES_OTHERS = re.compile(
    r"p ?(?:nr|nummer|number).*|.*(?:produktionsenhed|\bcvr|\bse ?nr|\bean\b|\bgln\b|tlf|telefon|mobil|phone|puhelin"
    r"|\bgsm\b|kode|code|koodi|område|omraade|\barea|aluee?|distri[kc]t|kvarter|bydel|sogn|postn|konto|account|faktura|invoice"
    r"|sags|journal|esdh|ydern|organisation|org ?n|enhed|yksikkö|enhet|løben|matrikel|ejendom|\bbbr|stregk|serien"
    r"|arbejdssted|institution|\bsor\b|virksomhed|företag|foretak|bedrift).*"
)


def names_numbers(header: str) -> bool:
    """Return whether a header says that its column contains identity numbers. A sentence about them does not."""
    if not 0 < len(header) <= LONGEST_HEADER or len(header.split()) > MOST_WORDS:
        return False
    return _NAMES_NUMBER_OF_PERSONS.fullmatch(normalised(header)) is not None


def fullest(single: Iterable[Heading]) -> Heading | None:
    """Return the first row with the most filled cells, which usually contains the headers."""
    return max(single, key=lambda one: sum(map(bool, one.texts)), default=None)


def our_headers(texts: Iterable[str]) -> set[str]:
    """Return the headers of the kinds of sheets that match most of these texts."""
    there = {normalised(text) for text in texts}
    most = max(len(there & words) for words in _header_words())
    return set().union(*(words for words in _header_words() if most and len(there & words) == most))


@derived
def _header_words() -> list[set[str]]:
    """Return the headers of each kind of sheet."""
    return [{normalised(header) for column in sheet.columns for header in column.headers} for sheet in KINDS.values()]


@derived
def citizen_headers() -> set[str]:
    """Return the headers of the column with citizen ids."""
    return {
        normalised(header)
        for sheet in KINDS.values()
        for column in sheet.columns
        if column.key == "citizen"
        for header in column.headers
    }
