"""The known word most like an unknown one."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

LIKE = 80
"""The least likeness, of 100, at which a word is suggested; below it "Uge" would be taken for "gennemført"."""

MISSPELT = 85
"""The least likeness at which a header is taken for another, and said so."""


def nearest(word: str, known: Iterable[str]) -> tuple[str, float] | None:
    """The known word most like this one, parts and abbreviations counting, with its likeness; None where none is."""
    found = process.extractOne(word, list(known), scorer=fuzz.WRatio, score_cutoff=LIKE)
    return (found[0], found[1]) if found else None


def misspelt(word: str, known: Iterable[str], least: float = MISSPELT) -> tuple[str, float] | None:
    """The known word that this one differs from by a few letters, with its likeness; None where there is none."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=least)
    return (found[0], found[1]) if found else None
