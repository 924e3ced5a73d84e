"""The form of a package: the protected counts of one installation for another, as a workbook that people can read."""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence

FORM = "lige-adgang package 1"
"""Text that tells a package, and its version, beside ``form`` in the first row of the manifest."""
MANIFEST = "Package"
"""Name of the first sheet, with a name and a text in each row."""
COUNTS, OFFERS, ADJUSTMENTS, GROUPS = "Counts", "Offers", "Adjustments", "Groups"
COLUMNS = {
    COUNTS: (
        *("municipality", "offer", "period_start", "period_end", "dimension", "group"),
        *("invited", "participated", "completed", "finished", "knows_completion"),
    ),
    OFFERS: ("municipality", "offer", "kind", "theme", "completion_rule", "follow_up_days", "ended_on"),
    ADJUSTMENTS: (
        *("municipality", "offer", "adjusted_on", "title", "what_changed", "aim"),
        *("citizens_involved", "staff_involved"),
    ),
    GROUPS: ("dimension", "ordered", "group", "rank"),
}
"""Columns of each of the other sheets. Texts for yes and no are ``YES`` and ``NO``."""
YES, NO = "yes", "no"
OF_MANIFEST = f"digest {MANIFEST}"
"""Name of the row of the manifest with its own digest."""
EXACT = "exact"
"""The rounding of counts that are not rounded, which only synthetic ones are."""
_TO_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def canonical(text: str) -> str:
    """Return the text as digests and readers take it: composed characters and single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def manifest_digest(rows: Iterable[Sequence[str]]) -> str:
    """Return the digest of a manifest, but for the row with this digest."""
    return digest(row[:2] for row in rows if row[0] != OF_MANIFEST)


def digest(rows: Iterable[Sequence[str]]) -> str:
    """Return the SHA-256 of the cells of a sheet, in letters: no part of it looks like an identity number."""
    content = "\n".join("\t".join(map(canonical, row)) for row in rows)
    return letters_of(content)


def letters_of(text: str) -> str:
    """Return the SHA-256 of a text, in the letters a to p."""
    return hashlib.sha256(text.encode()).hexdigest().translate(_TO_LETTERS)
